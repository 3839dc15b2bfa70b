package definition

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/importer/draft"
)

// lssRow is a row of a table of LimeSurvey: column -> text.
type lssRow map[string]string

// UnmarshalXML reads the columns by their names.
func (r *lssRow) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	*r = lssRow{}
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			var text string
			if err := d.DecodeElement(&text, &t); err != nil {
				return err
			}
			(*r)[t.Name.Local] = text
		case xml.EndElement:
			return nil
		}
	}
}

type lssTable struct {
	Rows []lssRow `xml:"rows>row"`
}

type lssFile struct {
	Type         string   `xml:"LimeSurveyDocType"`
	Languages    []string `xml:"languages>language"`
	Surveys      lssTable `xml:"surveys"`
	Settings     lssTable `xml:"surveys_languagesettings"`
	Groups       lssTable `xml:"groups"`
	GroupTexts   lssTable `xml:"group_l10ns"`
	Questions    lssTable `xml:"questions"`
	Subquestions lssTable `xml:"subquestions"`
	Texts        lssTable `xml:"question_l10ns"`
	Answers      lssTable `xml:"answers"`
	AnswerTexts  lssTable `xml:"answer_l10ns"`
	Attributes   lssTable `xml:"question_attributes"`
	Quotas       lssTable `xml:"quota"`
}

// lss is a file with its rows joined over languages: older files have a row a
// language, newer ones tables of texts.
type lss struct {
	*builder
	groups, questions, subquestions, answers []*lssItem
	attributes                               map[string]map[string]string // qid -> attribute -> value
}

// lssItem is a group, question, subquestion or answer in all its languages.
type lssItem struct {
	lssRow
	text, help texts
}

// limeSurvey reads an .lss file. Source: LimeSurvey manual, "Survey structure file format".
func (b *builder) limeSurvey(body []byte) error {
	var f lssFile
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.Entity = nil
	if err := decoder.Decode(&f); err != nil {
		return fmt.Errorf("the XML cannot be read: %w", err)
	}
	if f.Type != "Survey" || len(f.Questions.Rows) == 0 {
		return errors.New("the file holds no survey of LimeSurvey")
	}
	source := ""
	if len(f.Surveys.Rows) > 0 {
		source = f.Surveys.Rows[0]["language"]
	}
	if source == "" && len(f.Languages) > 0 {
		source = f.Languages[0]
	}
	b.speak(f.Languages, source)
	s := &lss{builder: b, attributes: map[string]map[string]string{}}
	s.groups = joined(f.Groups.Rows, f.GroupTexts.Rows, "gid", "gid", "group_name", "description")
	s.questions = joined(f.Questions.Rows, f.Texts.Rows, "qid", "qid", "question", "help")
	s.subquestions = joined(f.Subquestions.Rows, f.Texts.Rows, "qid", "qid", "question", "help")
	s.answers = joinedBy(f.Answers.Rows, f.AnswerTexts.Rows, func(r lssRow) string { return r["qid"] + "\x00" + r["code"] + "\x00" + r["scale_id"] }, "aid", "answer", "")
	for _, a := range f.Attributes.Rows {
		if s.attributes[a["qid"]] == nil {
			s.attributes[a["qid"]] = map[string]string{}
		}
		s.attributes[a["qid"]][a["attribute"]] = a["value"]
	}
	s.head(f.Settings.Rows)
	if len(f.Quotas.Rows) > 0 {
		b.out.Notes = append(b.out.Notes, b.lost("", "%d quotas", len(f.Quotas.Rows)))
	}
	for _, g := range s.groups {
		s.group(g)
	}
	if b.report.Questions == 0 {
		return errors.New("the survey has no question")
	}
	return nil
}

func (s *lss) head(rows []lssRow) {
	title, intro, end := texts{}, texts{}, texts{}
	for _, r := range rows {
		lang := r["surveyls_language"]
		title[lang], intro[lang], end[lang] = r["surveyls_title"], strings.TrimSpace(r["surveyls_description"]+"\n"+r["surveyls_welcometext"]), r["surveyls_endtext"]
	}
	s.out.Title, s.out.Intro = s.builder.text(title), s.builder.text(intro)
	if t := s.builder.text(end); t != nil {
		s.out.Endings = append(s.out.Endings, draft.Ending{ID: "default", Text: t})
	}
}

func joined(rows, translated []lssRow, id, ref, text, help string) []*lssItem {
	return joinedBy(rows, translated, func(r lssRow) string { return r[id] }, ref, text, help)
}

// joinedBy puts the rows of one thing together, in the order of their first.
func joinedBy(rows, translated []lssRow, key func(lssRow) string, ref, text, help string) []*lssItem {
	of := map[string]*lssItem{}
	var out []*lssItem
	for _, r := range rows {
		item := of[key(r)]
		if item == nil {
			item = &lssItem{lssRow: r, text: texts{}, help: texts{}}
			of[key(r)] = item
			out = append(out, item)
		}
		item.text[r["language"]], item.help[r["language"]] = r[text], r[help]
	}
	byRef := map[string]*lssItem{}
	for _, i := range out {
		byRef[i.lssRow[ref]] = i
	}
	for _, r := range translated {
		if i := byRef[r[ref]]; i != nil {
			i.text[r["language"]], i.help[r["language"]] = r[text], r[help]
		}
	}
	order := func(i *lssItem) int {
		for _, k := range []string{"group_order", "question_order", "sortorder"} {
			if n, err := strconv.Atoi(i.lssRow[k]); err == nil {
				return n
			}
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b *lssItem) int { return order(a) - order(b) })
	return out
}

func (s *lss) group(g *lssItem) {
	p := s.newPage(plain(g.text[""]))
	p.Title, p.Text = s.builder.text(g.text), s.builder.text(g.help)
	at := len(s.out.Pages) - 1
	s.when(p.ID, g.lssRow["grelevance"], func(c string) { s.out.Pages[at].ShowIf = c }, func(n string) {
		s.out.Pages[at].Notes = append(s.out.Pages[at].Notes, n)
	})
	for _, q := range s.questions {
		if q.lssRow["gid"] == g.lssRow["gid"] && q.lssRow["parent_qid"] == "0" {
			s.question(q)
		}
	}
}

var lssTypes = map[string]string{
	"L": "single_choice", "!": "dropdown", "O": "single_choice", "M": "multiple_choice", "P": "multiple_choice", "F": "matrix", "H": "matrix", "A": "matrix", "B": "matrix", "C": "matrix", "E": "matrix",
	"1": "matrix", "R": "ranking", "N": "number", "K": "constant_sum", "S": "short_text", "T": "long_text", "U": "long_text", "Q": "multi_text", "Y": "yes_no", "G": "single_choice",
	"D": "date", "5": "rating", "X": "note", "I": "dropdown",
}

// lssFixed are the answers of types that have no list of their own: codes, Chinese, English.
var lssFixed = map[string][][3]string{
	"G": {{"F", "女", "Female"}, {"M", "男", "Male"}},
	"C": {{"Y", "是", "Yes"}, {"N", "否", "No"}, {"U", "不确定", "Uncertain"}},
	"E": {{"I", "增加", "Increase"}, {"S", "不变", "Same"}, {"D", "减少", "Decrease"}},
}

func (s *lss) question(item *lssItem) {
	r := item.lssRow
	kind, title := r["type"], r["title"]
	if kind == "*" {
		s.calculated(title, strings.Trim(plain(item.text[""]+s.attributes[r["qid"]]["equation"]), "{}"))
		return
	}
	typ, known := lssTypes[kind]
	if !known {
		p := s.page()
		p.Notes = append(p.Notes, s.lost(title, "a question of type %q", kind))
		return
	}
	q := draft.Question{From: title, ID: s.id(title, "q"), Type: typ, Required: r["mandatory"] == "Y" && typ != "note", Text: s.builder.text(item.text), Help: s.builder.text(item.help)}
	if q.ID != title {
		q.Notes = append(q.Notes, "called "+strconv.Quote(title)+" in the file")
	}
	place := r["sid"] + "X" + r["gid"] + "X" + r["qid"] // the name of the column in old conditions
	s.ids[place] = q.ID
	s.content(&q, item)
	for _, row := range s.below(r["qid"]) {
		sub := row.lssRow["title"]
		if typ == "multiple_choice" {
			s.ticks[place+sub], s.ticks[title+"_"+sub] = tickOf{q.ID, sub}, tickOf{q.ID, sub}
		} else if own, ok := s.ids[q.ID+"_"+sub]; ok {
			s.ids[place+sub] = own
		}
	}
	for name, value := range map[string]string{"preg": r["preg"], "array_filter": s.attributes[r["qid"]]["array_filter"], "em_validation_q": s.attributes[r["qid"]]["em_validation_q"]} {
		if strings.TrimSpace(value) != "" {
			q.Notes = append(q.Notes, s.lost(title, "%s %s", name, plain(value)))
		}
	}
	slices.Sort(q.Notes)
	s.add(q)
	s.shown(r["relevance"])
}

// content reads answers and subquestions.
func (s *lss) content(q *draft.Question, item *lssItem) {
	r := item.lssRow
	kind, qid := r["type"], r["qid"]
	options, rows := s.options(q, qid, "0"), s.rows(q, qid)
	if fixed := lssFixed[kind]; fixed != nil {
		for _, f := range fixed {
			options = append(options, draft.Option{Code: f[0], Label: s.textOr(nil, f[1], f[2])})
		}
	}
	switch kind {
	case "M", "P":
		for _, row := range s.below(qid) {
			options = append(options, draft.Option{Code: row.lssRow["title"], Label: s.builder.text(row.text)})
		}
		q.Options = recoded(options)
		q.MaxChoices, _ = strconv.Atoi(s.attributes[qid]["max_answers"])
	case "A":
		q.Rows = rows
		s.points(q, "1", "5")
	case "B":
		q.Rows = rows
		s.points(q, "1", "10")
	case "5":
		s.points(q, "1", "5")
	case "R":
		for i, o := range options {
			q.Items = append(q.Items, draft.Row{From: o.From, ID: rowIDs(codesOf(options), "item")[i], Label: o.Label})
		}
	case "K", "Q":
		q.Items = rows
	case "I":
		q.Type = "short_text"
		q.Notes = append(q.Notes, s.lost(q.ID, "a switch of languages: the page has its own"))
	default:
		q.Rows, q.Options = rows, options
		if q.Type != "matrix" {
			q.Rows = nil
		}
		s.rated(q)
	}
	s.contentRest(q, kind, qid, r["other"] == "Y")
}

func (s *lss) contentRest(q *draft.Question, kind, qid string, other bool) {
	if other && (kind == "L" || kind == "!" || kind == "M" || kind == "P") {
		q.Options = append(q.Options, draft.Option{Code: "other", Label: s.textOr(nil, "其他", "Other"), WriteIn: true, Anchor: "last"})
		q.Notes = append(q.Notes, s.guess(q.ID, "answers -oth- are the option other"))
	}
	switch kind {
	case "K":
		q.Type = "multi_text"
		q.Notes = append(q.Notes, s.lost(q.ID, "several numbers are texts here; make it a constant_sum where they have a total"))
	case "1":
		q.Notes = append(q.Notes, s.lost(q.ID, "the second scale of a dual array; make it a matrix_dual"))
	case "O":
		q.Notes = append(q.Notes, s.lost(q.ID, "the comment beside the list"))
	case "P":
		q.Notes = append(q.Notes, s.lost(q.ID, "the comments beside the options"))
	}
	if (q.Type == "single_choice" || q.Type == "dropdown" || q.Type == "multiple_choice") && len(q.Options) == 0 {
		q.Type = "short_text"
		q.Notes = append(q.Notes, s.lost(q.ID, "its list of answers is not in the file"))
	}
	if q.Type == "matrix" && len(q.Rows) == 0 {
		q.Rows = []draft.Row{{ID: "row1", Label: q.Text}}
	}
	if s.attributes[qid]["random_order"] == "1" {
		q.Randomize = map[string]string{"single_choice": "options", "multiple_choice": "options", "matrix": "rows", "ranking": "items"}[q.Type]
	}
	if q.Type == "short_text" || q.Type == "long_text" {
		q.MaxLength, _ = strconv.Atoi(s.attributes[qid]["maximum_chars"])
	}
}

func codesOf(options []draft.Option) []string {
	var out []string
	for _, o := range options {
		out = append(out, o.Code)
	}
	return out
}

// recoded gives options codes that columns can be named by.
func recoded(options []draft.Option) []draft.Option {
	own, _ := codes(codesOf(options))
	for i := range options {
		options[i].From, options[i].Code = or(options[i].From, options[i].Code), own[i]
	}
	return options
}

func (s *lss) options(q *draft.Question, qid, scale string) []draft.Option {
	var out []draft.Option
	for _, a := range s.answers {
		if a.lssRow["qid"] == qid && (a.lssRow["scale_id"] == scale || a.lssRow["scale_id"] == "") {
			label := s.builder.text(a.text)
			if label == nil {
				label = draft.Plain(a.lssRow["code"])
			}
			out = append(out, draft.Option{Code: a.lssRow["code"], Label: label})
		}
	}
	return recoded(out)
}

func (s *lss) below(qid string) []*lssItem {
	var out []*lssItem
	for _, row := range s.subquestions {
		if row.lssRow["parent_qid"] == qid && (row.lssRow["scale_id"] == "0" || row.lssRow["scale_id"] == "") {
			out = append(out, row)
		}
	}
	return out
}

func (s *lss) rows(q *draft.Question, qid string) []draft.Row {
	var names []string
	below := s.below(qid)
	for _, row := range below {
		names = append(names, row.lssRow["title"])
	}
	var out []draft.Row
	for i, id := range rowIDs(names, "row") {
		label := s.builder.text(below[i].text)
		if label == nil {
			label = draft.Plain(names[i])
		}
		s.ids[q.ID+"_"+names[i]] = q.ID + "_" + id
		out = append(out, draft.Row{From: names[i], ID: id, Label: label})
	}
	return out
}
