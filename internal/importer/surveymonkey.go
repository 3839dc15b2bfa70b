package importer

import (
	"html"
	"strings"
)

var monkeyRoles = map[string]Role{
	"respondentid": ID, "respondent id": ID, "collectorid": Technical, "collector id": Technical, "startdate": Started, "start date": Started, "date created": Started,
	"enddate": Submitted, "end date": Submitted, "date modified": Submitted, "ip address": Personal, "email address": Personal, "first name": Personal, "last name": Personal,
	"lastname": Personal, "firstname": Personal, "custom data": Personal, "custom data 1": Personal, "custom value 1": Personal,
}

// monkeyHeader knows an export of SurveyMonkey; a second row of its header has
// nothing under Respondent ID.
func monkeyHeader(head [][]string) int {
	if len(head) == 0 || has(head[0], "respondent id", "respondentid") == 0 {
		return 0
	}
	if len(head) > 1 {
		for i, h := range head[0] {
			if f := fold(h); f == "respondent id" || f == "respondentid" {
				if i >= len(head[1]) || strings.TrimSpace(head[1][i]) == "" {
					return 2
				}
			}
		}
	}
	return 1
}

// monkeyColumns fills the titles of the first row to the right, and reads
// options, rows and write-ins from the second. With one row they follow " - ".
func monkeyColumns(head [][]string) []Column {
	out := headed(head, monkeyRoles)
	last := ""
	for i := range out {
		c := &out[i]
		c.Title = strings.Join(strings.Fields(html.UnescapeString(c.Title)), " ")
		if c.Role != Answer {
			last = ""
			continue
		}
		if len(c.Headers) < 2 {
			continue
		}
		if c.Title == "" {
			c.Title = last
		}
		last = c.Title
		c.Part = strings.Join(strings.Fields(html.UnescapeString(c.Headers[1])), " ")
		switch fold(c.Part) {
		case "response", "open-ended response", "回复", "开放式回复", "答案":
			c.Part = ""
		}
	}
	if len(head) < 2 {
		shared(out, []string{" - ", ": "})
		monkeyTwice(out)
	}
	monkeyOther(out)
	grouped(out)
	return out
}

// monkeyTwice cuts "Question - Other (please specify)" behind the question itself.
func monkeyTwice(columns []Column) {
	for i := 1; i < len(columns); i++ {
		c, before := &columns[i], &columns[i-1]
		if rest, ok := strings.CutPrefix(c.Title, before.Title+" - "); ok && before.Role == Answer && before.Title != "" {
			c.Title, c.Part, c.Coding = before.Title, rest, WriteIn
		}
	}
}

// monkeyOther finds the texts beside an option: the second of two columns with
// one label, or the Other of a question whose answers stand in one cell.
func monkeyOther(columns []Column) {
	for i := 1; i < len(columns); i++ {
		c, before := &columns[i], &columns[i-1]
		if c.Role != Answer || c.Title != before.Title || c.Part == "" {
			continue
		}
		if c.Part == before.Part || before.Part == "" && isOther(c.Part) {
			c.Coding = WriteIn
		}
	}
}
