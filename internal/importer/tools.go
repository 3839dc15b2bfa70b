package importer

import (
	"slices"
	"strings"

	"manyi/internal/table"
)

// Tool is a program whose exports are read, and its conventions.
type Tool struct {
	Name    string // in mappings and on the command line
	Title   string // as people call it
	prefix  string // of ids
	joins   []string
	missing map[string]table.Reason // folded texts that are no answer
	utc     bool                    // its times are in UTC
	inline  bool                    // what is written beside Other stands where labels stand, unmarked
	header  func(head [][]string) int
	columns func(head [][]string) []Column
}

// skipped are texts that no tool means as an answer.
var skipped = map[string]table.Reason{"(跳过)": table.NotShown, "(空)": table.Skipped}

// Tools are the tools that are known, in the order in which they are tried.
var Tools = []*Tool{
	{Name: "manyi", Title: "manyi", prefix: "row", joins: []string{listed, "; "}, missing: ownMissing, header: ownHeader, columns: ownColumns},
	{Name: "qualtrics", Title: "Qualtrics", prefix: "qtx", joins: []string{","}, missing: map[string]table.Reason{"-99": table.Skipped}, header: qualtricsHeader, columns: qualtricsColumns},
	{Name: "surveymonkey", Title: "SurveyMonkey", prefix: "sm", joins: nil, missing: map[string]table.Reason{"n/a": table.Skipped}, header: monkeyHeader, columns: monkeyColumns},
	{Name: "wenjuanxing", Title: "问卷星", prefix: "wjx", joins: []string{"┋"}, missing: map[string]table.Reason{"-3": table.NotShown, "(跳过)": table.NotShown, "跳过": table.NotShown, "-2": table.Skipped, "(空)": table.Skipped, "空": table.Skipped}, header: starHeader, columns: starColumns},
	{Name: "tencent", inline: true, Title: "腾讯问卷", prefix: "tx", joins: []string{"┋", "\n", ";", "；", ",", "，", "、"}, missing: skipped, header: tencentHeader, columns: tencentColumns},
	{Name: "kobo", Title: "KoboToolbox", prefix: "kobo", joins: []string{listed, " "}, utc: true, header: koboHeader, columns: koboColumns},
	{Name: "odk", Title: "ODK Central", prefix: "odk", joins: []string{listed, " "}, utc: true, header: odkHeader, columns: koboColumns},
	{Name: "limesurvey", Title: "LimeSurvey", prefix: "ls", missing: map[string]table.Reason{"n/a": table.NotShown}, header: limeHeader, columns: limeColumns},
	{Name: "typeform", inline: true, Title: "Typeform", prefix: "tf", joins: []string{listed, ", "}, utc: true, header: typeformHeader, columns: typeformColumns},
	{Name: "formbricks", inline: true, Title: "Formbricks", prefix: "fb", joins: []string{listed, "; ", ", "}, utc: true, header: formbricksHeader, columns: formbricksColumns},
	{Name: "google", inline: true, Title: "Google Forms", prefix: "gf", joins: []string{";", ", "}, header: googleHeader, columns: googleColumns},
	{Name: "surveyjs", Title: "SurveyJS", prefix: "sjs", joins: []string{listed}, utc: true, header: surveyjsHeader, columns: surveyjsColumns},
	{Name: "table", inline: true, Title: "a table", prefix: "row", joins: []string{"┋", listed, ";", "；", "|", ", "}, missing: skipped, header: func([][]string) int { return 1 }, columns: tableColumns},
}

// recognise finds the tool of an export, by name or by its header, and how many rows the header has.
func recognise(head [][]string, name string) (*Tool, int) {
	for _, t := range Tools {
		if name != "" && t.Name != name {
			continue
		}
		n := t.header(head)
		if n == 0 && name != "" {
			n = 1
		}
		if n > 0 && n <= len(head) {
			return t, n
		}
	}
	return nil, 0
}

// ToolNames are what --tool may say.
func ToolNames() []string {
	var out []string
	for _, t := range Tools {
		out = append(out, t.Name)
	}
	return out
}

// has reports how many of the names are headers, without regard to case and width.
func has(header []string, names ...string) int {
	n := 0
	for _, name := range names {
		if slices.ContainsFunc(header, func(h string) bool { return fold(h) == name }) {
			n++
		}
	}
	return n
}

// headed makes a column of each header, with the role that roles gives.
func headed(head [][]string, roles map[string]Role) []Column {
	width := 0
	for _, row := range head {
		width = max(width, len(row))
	}
	out := make([]Column, width)
	for i := range out {
		c := &out[i]
		for _, row := range head {
			h := ""
			if i < len(row) {
				h = strings.TrimSpace(strings.Trim(row[i], "\ufeff"))
			}
			c.Headers = append(c.Headers, h)
		}
		c.Title = c.Headers[0]
		c.Role = roles[fold(c.Title)]
	}
	return out
}

// bracketed cuts "Question [Row]" in two, at the bracket that closes last.
func bracketed(s string) (title, part string, ok bool) {
	if !strings.HasSuffix(s, "]") {
		return s, "", false
	}
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ']':
			depth++
		case '[':
			if depth--; depth == 0 && i > 0 {
				return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1 : len(s)-1]), true
			}
		}
	}
	return s, "", false
}

// marks may stand between a question and the row or option of a column.
var marks = []string{"——", "—", " – ", " - ", "：", ": ", ":", "-", "_", "(", "（", "/", "."}

// shared splits the titles of neighbouring columns that begin alike: what they
// share up to a mark is the question, what follows the row or the option.
func shared(columns []Column, marks []string) {
	for i := 0; i < len(columns); {
		n := 1
		title := ""
		for _, mark := range marks {
			if m, t := run(columns[i:], mark); m > n {
				n, title = m, t
			}
		}
		for j := i; n > 1 && j < i+n; j++ {
			c := &columns[j]
			c.Part = trimPart(c.Title[len(title):])
			c.Title = trimTitle(title)
		}
		i += n
	}
}

// run is how many columns from the first share what stands before a mark in its title.
func run(columns []Column, mark string) (n int, title string) {
	first := columns[0]
	at := strings.Index(first.Title, mark)
	for at > 0 {
		title = first.Title[:at+len(mark)]
		n = 0
		for _, c := range columns {
			if c.Role != Answer || c.Part != "" || !strings.HasPrefix(c.Title, title) || len(c.Title) == len(title) {
				break
			}
			n++
		}
		if n > 1 {
			return n, title
		}
		next := strings.Index(first.Title[at+len(mark):], mark)
		if next < 0 {
			return 1, ""
		}
		at += len(mark) + next
	}
	return 1, ""
}

func trimTitle(s string) string { return strings.TrimRight(s, " —–-_:：(（/.") }

func trimPart(s string) string {
	s = strings.Trim(s, " :：")
	if strings.Count(s, "(") < strings.Count(s, ")") {
		s = strings.TrimSuffix(s, ")")
	}
	if strings.Count(s, "（") < strings.Count(s, "）") {
		s = strings.TrimSuffix(s, "）")
	}
	return strings.TrimSpace(s)
}
