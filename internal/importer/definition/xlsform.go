package definition

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"manyi/internal/importer/draft"
)

// Limits of a workbook, in bytes.
const (
	mostUnzipped = 128 << 20
	mostSheet    = 32 << 20
)

// openBook opens a workbook within limits; formulas give the value that is stored.
func openBook(body []byte) (*excelize.File, error) {
	return excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: mostSheet})
}

// isForm reports whether a workbook has the sheet that every XLSForm has, with its columns.
func isForm(body []byte) bool {
	f, err := openBook(body)
	if err != nil {
		return false
	}
	defer f.Close()
	sheet, err := readSheet(f, "survey")
	return err == nil && sheet != nil && slices.Contains(sheet.head, "type") && slices.Contains(sheet.head, "name")
}

// sheet is a sheet whose first row names the columns.
type sheet struct {
	head []string
	rows []sheetRow
}

type sheetRow struct {
	line  int
	cells map[string]string
}

func readSheet(f *excelize.File, name string) (*sheet, error) {
	for _, own := range f.GetSheetList() {
		if !strings.EqualFold(strings.TrimSpace(own), name) {
			continue
		}
		rows, err := f.GetRows(own)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		s := &sheet{}
		for _, h := range rows[0] {
			s.head = append(s.head, strings.TrimSpace(h))
		}
		for i, r := range rows[1:] {
			cells := map[string]string{}
			for k, v := range r {
				if v = strings.TrimSpace(v); v != "" && k < len(s.head) && cells[s.head[k]] == "" {
					cells[s.head[k]] = v
				}
			}
			if len(cells) > 0 {
				s.rows = append(s.rows, sheetRow{i + 2, cells})
			}
		}
		return s, nil
	}
	return nil, nil
}

// texts are the cells of a column in every language: label, label::English (en), label::zh.
func (r sheetRow) texts(column string) texts {
	out := texts{}
	for head, v := range r.cells {
		name, lang, translated := strings.Cut(head, ":")
		lang = strings.Trim(lang, ": ")
		if !strings.EqualFold(strings.TrimSpace(name), column) || translated && lang == "" {
			continue
		}
		out[sheetLanguage(lang)] = v
	}
	return out
}

// sheetLanguage is the tag of "English (en)", else the name.
func sheetLanguage(s string) string {
	if i := strings.LastIndex(s, "("); i >= 0 && strings.HasSuffix(s, ")") {
		return strings.TrimSpace(s[i+1 : len(s)-1])
	}
	return s
}

func (r sheetRow) get(names ...string) string {
	for _, n := range names {
		if v := r.cells[n]; v != "" {
			return v
		}
	}
	return ""
}

// form is an XLSForm while it is read.
type form struct {
	*builder
	choices map[string][]sheetRow
	shows   []string // conditions of the open groups
	depth   int      // of open groups
	repeats int      // of open repeats, whose questions have no place
}

// xlsForm reads an XLSForm. Source: xlsform.org.
func (b *builder) xlsForm(body []byte) error {
	f, err := openBook(body)
	if err != nil {
		return fmt.Errorf("the workbook cannot be read: %w", err)
	}
	defer f.Close()
	main, err := readSheet(f, "survey")
	if err != nil || main == nil {
		return errors.New("the workbook has no sheet survey")
	}
	choices, _ := readSheet(f, "choices")
	settings, _ := readSheet(f, "settings")
	x := &form{builder: b, choices: map[string][]sheetRow{}}
	x.languages(main, choices, settings)
	if choices != nil {
		for _, r := range choices.rows {
			list := r.get("list_name", "list name")
			x.choices[list] = append(x.choices[list], r)
		}
	}
	if settings != nil && len(settings.rows) > 0 {
		b.out.Title = b.text(texts{"": settings.rows[0].get("form_title")})
	}
	for _, r := range main.rows {
		x.row(r)
	}
	if b.report.Questions == 0 {
		return errors.New("the form has no question")
	}
	return nil
}

func (x *form) languages(main, choices, settings *sheet) {
	var found []string
	source := ""
	for _, s := range []*sheet{main, choices} {
		if s == nil {
			continue
		}
		for _, h := range s.head {
			name, lang, ok := strings.Cut(h, ":")
			if ok && strings.EqualFold(strings.TrimSpace(name), "label") {
				found = append(found, sheetLanguage(strings.Trim(lang, ": ")))
			}
		}
	}
	if settings != nil && len(settings.rows) > 0 {
		source = sheetLanguage(settings.rows[0].get("default_language"))
	}
	if source == "" && len(found) > 0 && !slices.Contains(main.head, "label") {
		source = found[0]
	}
	if source == "" {
		source = "en"
		for _, r := range main.rows {
			if strings.ContainsFunc(r.cells["label"], func(c rune) bool { return c >= 0x4e00 && c < 0xa000 }) {
				source = "zh-CN"
			}
		}
	}
	x.speak(found, source)
}

// formMeta are the types that a program fills in.
var formMeta = []string{"start", "end", "today", "deviceid", "username", "phonenumber", "subscriberid", "simserial", "email", "audit", "start-geopoint", "background-audio"}

func (x *form) row(r sheetRow) {
	kind := strings.Join(strings.Fields(strings.ReplaceAll(r.get("type"), "_group", " group")), " ")
	kind = strings.ReplaceAll(kind, "_repeat", " repeat")
	name := r.get("name")
	switch {
	case kind == "":
		return
	case kind == "begin repeat":
		x.repeats++
		x.out.Notes = append(x.out.Notes, x.lost(name, "a group that repeats: our surveys ask everything once"))
	case kind == "end repeat":
		x.repeats = max(x.repeats-1, 0)
	case x.repeats > 0:
		x.out.Notes = append(x.out.Notes, x.lost(name, "a question within a group that repeats"))
	case kind == "begin group":
		x.beginGroup(r, name)
	case kind == "end group":
		x.depth = max(x.depth-1, 0)
		if len(x.shows) > x.depth {
			x.shows = x.shows[:x.depth]
		}
		if x.depth == 0 {
			x.newPage("")
		}
	case slices.Contains(formMeta, kind) && !strings.Contains(kind, " "):
		x.out.Notes = append(x.out.Notes, x.lost(name, "%s is filled in by the device: ours are _started and _submitted", kind))
	case kind == "calculate":
		x.calculated(name, r.get("calculation"))
	default:
		x.question(r, kind, name)
	}
}

func (x *form) beginGroup(r sheetRow, name string) {
	if x.depth == 0 {
		p := x.newPage(name)
		p.Title = x.builder.text(r.texts("label"))
	} else if t := x.builder.text(r.texts("label")); t != nil {
		x.add(draft.Question{ID: x.id(name, "note"), Type: "note", Text: t})
		x.shown(joinForm(x.shows))
	}
	x.depth++
	x.shows = append(x.shows, r.get("relevant"))
}

// joinForm is that all of several conditions hold.
func joinForm(all []string) string {
	all = slices.DeleteFunc(slices.Clone(all), func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(all) == 1 {
		return all[0]
	}
	for i := range all {
		all[i] = "(" + all[i] + ")"
	}
	return strings.Join(all, " and ")
}

var formTypes = map[string]string{
	"integer": "number", "decimal": "number", "text": "short_text", "note": "note", "date": "date", "time": "time", "range": "slider", "acknowledge": "consent", "trigger": "consent",
	"select_one": "single_choice", "select_multiple": "multiple_choice", "rank": "ranking", "select one": "single_choice", "select multiple": "multiple_choice", "string": "short_text", "int": "number",
	"barcode": "short_text", "dateTime": "short_text", "datetime": "short_text",
}

func (x *form) question(r sheetRow, kind, name string) {
	word, list, _ := strings.Cut(kind, " ")
	if rest, ok := strings.CutPrefix(list, "one "); ok && word == "select" {
		word, list = "select_one", rest
	} else if rest, ok := strings.CutPrefix(list, "multiple "); ok && word == "select" {
		word, list = "select_multiple", rest
	}
	typ, known := formTypes[word]
	if !known {
		p := x.page()
		p.Notes = append(p.Notes, x.lost(name, "a question of type %s", plain(kind)))
		return
	}
	list, other := strings.CutSuffix(list, " or_other")
	q := draft.Question{From: name, ID: x.id(name, "q"), Type: typ, Text: x.builder.text(r.texts("label")), Help: x.builder.text(r.texts("hint"))}
	if q.ID != name {
		q.Notes = append(q.Notes, "called "+strconv.Quote(name)+" in the file")
	}
	switch strings.ToLower(r.get("required")) {
	case "yes", "true", "true()", "1":
		q.Required = typ != "note"
	case "", "no", "false", "false()", "0":
	default:
		q.Notes = append(q.Notes, x.lost(name, "required: %s", plain(r.get("required"))))
	}
	x.answers(&q, r, word, list, other)
	for _, column := range []string{"constraint", "calculation", "default", "choice_filter", "repeat_count", "trigger", "media::image", "image", "audio", "video"} {
		if v := r.cells[column]; v != "" && !x.constrained(&q, column, v) {
			q.Notes = append(q.Notes, x.lost(name, "%s %s", column, plain(v)))
		}
	}
	x.add(q)
	x.shown(joinForm(append(slices.Clone(x.shows), r.get("relevant"))))
}

// constrained reads the bounds of a number that a constraint gives.
func (x *form) constrained(q *draft.Question, column, v string) bool {
	if column != "constraint" || q.Type != "number" {
		return false
	}
	low, high := "", ""
	for part := range strings.SplitSeq(strings.ReplaceAll(v, " AND ", " and "), " and ") {
		m := strings.Join(strings.Fields(part), "")
		switch {
		case strings.HasPrefix(m, ".>=") && wholeNumber.MatchString(m[3:]):
			low = m[3:]
		case strings.HasPrefix(m, ".<=") && wholeNumber.MatchString(m[3:]):
			high = m[3:]
		default:
			return false
		}
	}
	q.Min, q.Max = low, high
	return true
}

func (x *form) answers(q *draft.Question, r sheetRow, word, list string, other bool) {
	switch word {
	case "integer", "int":
		q.Integer = true
	case "dateTime", "datetime", "barcode":
		q.Notes = append(q.Notes, x.lost(q.ID, "%s is a text here", word))
	case "text", "string":
		if strings.Contains(r.get("appearance"), "multiline") {
			q.Type = "long_text"
		}
	case "range":
		q.Min, q.Max, q.Step = "0", "10", ""
		for _, p := range strings.FieldsFunc(r.get("parameters"), func(c rune) bool { return c == ' ' || c == ';' || c == ',' }) {
			key, value, _ := strings.Cut(p, "=")
			switch key {
			case "start":
				q.Min = value
			case "end":
				q.Max = value
			case "step":
				q.Step = value
			}
		}
		if (q.Step == "" || q.Step == "1") && recommendWords.MatchString(said(q.Text)) && q.Min == "0" && q.Max == "10" {
			q.Type, q.Min, q.Max, q.Step = "nps", "", "", ""
		}
	case "rank", "select_one", "select_multiple", "select":
		x.list(q, list, other)
	}
	if strings.HasPrefix(r.get("appearance"), "minimal") && q.Type == "single_choice" {
		q.Type = "dropdown"
	}
}

func (x *form) list(q *draft.Question, list string, other bool) {
	rows := x.choices[strings.TrimSpace(list)]
	var names []string
	for _, c := range rows {
		names = append(names, c.get("name", "value"))
	}
	own, changed := codes(names)
	for i, c := range rows {
		label := x.builder.text(c.texts("label"))
		if label == nil {
			label = draft.Plain(own[i])
		}
		q.Options = append(q.Options, draft.Option{From: names[i], Code: own[i], Label: label})
	}
	if changed > 0 {
		q.Notes = append(q.Notes, x.guess(q.ID, "%d choices have new codes, since their names are no codes or stand twice", changed))
	}
	if other {
		q.Options = append(q.Options, draft.Option{Code: "other", Label: x.textOr(nil, "其他", "Other"), WriteIn: true, Anchor: "last"})
	}
	switch {
	case len(q.Options) == 0:
		q.Notes = append(q.Notes, x.lost(q.ID, "its list %s is not in the workbook", plain(list)))
		q.Type = "short_text"
	case q.Type == "ranking":
		for i, id := range rowIDs(codesOf(q.Options), "item") {
			q.Items = append(q.Items, draft.Row{From: q.Options[i].From, ID: id, Label: q.Options[i].Label})
		}
		q.Options = nil
	default:
		x.rated(q)
	}
}
