package exporter

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// xlsForm writes the questionnaire as an XLSForm workbook with the sheets
// survey, choices and settings. What XLSForm has no place for is told.
func (x *export) xlsForm() error {
	f := &formWriter{export: x, lists: map[string]bool{}}
	for _, lang := range x.Survey.Languages {
		f.langs = append(f.langs, formLanguage(lang))
	}
	head := []string{"type", "name"}
	for _, l := range f.langs {
		head = append(head, "label::"+l)
	}
	for _, l := range f.langs {
		head = append(head, "hint::"+l)
	}
	f.survey = [][]string{append(head, "required", "relevant", "constraint", "calculation", "appearance", "parameters")}
	f.choices = [][]string{{"list_name", "name"}}
	for _, l := range f.langs {
		f.choices[0] = append(f.choices[0], "label::"+l)
	}
	for _, p := range x.Survey.Pages {
		f.page(p)
	}
	for _, c := range x.Survey.Calculated {
		if e, ok := foreign(c.Expr.Source, xlsFormDialect, x.Survey); ok {
			f.line(formRow{kind: "calculate", name: c.ID, calculation: e})
		} else {
			x.without(c.At, "XLSForm", "the formula of "+c.ID)
		}
	}
	for i := range x.Survey.Hidden {
		f.line(formRow{kind: "hidden", name: x.Survey.Hidden[i].ID})
	}
	for _, e := range x.Survey.Endings {
		x.without(e.At, "XLSForm", "the ending "+e.ID)
	}
	settings := [][]string{
		{"form_title", "form_id", "version", "default_language"},
		{x.in(x.Survey.Title, x.Survey.Languages[0]), x.Survey.ID, strconv.Itoa(x.Survey.Version), f.langs[0]},
	}
	return x.file(x.Survey.ID+"-xlsform.xlsx", func(w io.Writer) error {
		return writeSheets(w, []string{"survey", "choices", "settings"}, [][][]string{f.survey, f.choices, settings})
	})
}

// writeSheets writes a workbook of texts.
func writeSheets(w io.Writer, names []string, sheets [][][]string) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range names {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return err
		}
		for k, cells := range sheets[i] {
			if err := f.SetSheetRow(name, "A"+strconv.Itoa(k+1), &cells); err != nil {
				return err
			}
		}
	}
	return f.Write(w)
}

func formLanguage(lang string) string {
	switch lang {
	case "zh-CN":
		return "中文 (zh-CN)"
	case "en":
		return "English (en)"
	}
	return lang
}

type formWriter struct {
	*export
	langs           []string
	survey, choices [][]string
	lists           map[string]bool
}

// formRow is a row of the sheet survey.
type formRow struct {
	kind, name                                                    string
	label, hint                                                   survey.Text
	required, relevant, constraint, calculation, look, parameters string
}

func (f *formWriter) line(r formRow) {
	out := []string{r.kind, r.name}
	for _, t := range []survey.Text{r.label, r.hint} {
		for _, lang := range f.Survey.Languages {
			out = append(out, f.in(t, lang))
		}
	}
	f.survey = append(f.survey, append(out, r.required, r.relevant, r.constraint, r.calculation, r.look, r.parameters))
}

func (f *formWriter) condition(e *survey.Expression, where string) string {
	if e == nil {
		return ""
	}
	s, ok := foreign(e.Source, xlsFormDialect, f.Survey)
	if !ok {
		f.without(e.At, "XLSForm", "the condition of "+where)
	}
	return s
}

func (f *formWriter) page(p survey.Page) {
	f.line(formRow{kind: "begin_group", name: p.ID, label: p.Title, relevant: f.condition(p.ShowIf, "page "+p.ID), look: "field-list"})
	if len(p.Text) > 0 {
		f.line(formRow{kind: "note", name: p.ID + "_text", label: p.Text})
	}
	for _, q := range p.Questions {
		f.question(q)
	}
	f.line(formRow{kind: "end_group", name: p.ID})
}

var formTypes = map[survey.Type]string{
	survey.Number: "decimal", survey.ShortText: "text", survey.LongText: "text", survey.Email: "text", survey.Phone: "text", survey.URL: "text", survey.Date: "date", survey.Time: "time",
	survey.Note: "note", survey.Consent: "acknowledge", survey.Slider: "range",
}

func (f *formWriter) question(q *survey.Question) {
	r := formRow{name: q.ID, label: q.Text, hint: q.Help, relevant: f.condition(q.ShowIf, "question "+q.ID), kind: formTypes[q.Type]}
	if q.Required {
		r.required = "yes"
	}
	switch q.Type {
	case survey.SingleChoice, survey.Dropdown, survey.YesNo, survey.Rating, survey.Likert, survey.NPS, survey.ImageChoice:
		r.kind = "select_one " + f.list(q.ID, q.Scale)
		if q.Type == survey.Dropdown {
			r.look = "minimal"
		}
	case survey.MultipleChoice:
		r.kind = "select_multiple " + f.list(q.ID, q.Scale)
	case survey.Matrix:
		f.matrix(q, r)
		return
	case survey.Ranking:
		sc := &survey.Scale{}
		for _, i := range q.Items {
			sc.Options = append(sc.Options, survey.Option{Code: i.ID, Label: i.Label})
		}
		r.kind = "rank " + f.list(q.ID, sc)
	case survey.Number, survey.Slider:
		f.number(q, &r)
	case survey.LongText:
		r.look = "multiline"
	}
	if r.kind == "" {
		f.without(q.At, "XLSForm", "question "+q.ID+" of type "+string(q.Type))
		return
	}
	f.untold(q)
	f.line(r)
}

// untold tells what of a question is lost.
func (f *formWriter) untold(q *survey.Question) {
	if q.RequiredIf != nil || q.Randomize != "" || q.MinChoices > 0 || q.MaxChoices > 0 || q.MaxLength > 0 || len(q.Correct) > 0 || q.Image.File != "" {
		f.without(q.At, "XLSForm", "some keys of "+q.ID+": required_if, randomize, limits of choices or length, quiz or picture")
	}
	if q.Type == survey.Email || q.Type == survey.Phone || q.Type == survey.URL {
		f.without(q.At, "XLSForm", "type "+string(q.Type)+" of "+q.ID+", which is a text")
	}
}

func (f *formWriter) number(q *survey.Question, r *formRow) {
	if q.Integer && q.Type == survey.Number {
		r.kind = "integer"
	}
	var bounds []string
	if q.Min != nil {
		bounds = append(bounds, ". >= "+number(*q.Min))
	}
	if q.Max != nil {
		bounds = append(bounds, ". <= "+number(*q.Max))
	}
	if q.Type == survey.Number {
		r.constraint = strings.Join(bounds, " and ")
		return
	}
	low, high, step := 0.0, 100.0, 1.0
	for _, p := range []struct {
		to   *float64
		from *float64
	}{{&low, q.Min}, {&high, q.Max}, {&step, q.Step}} {
		if p.from != nil {
			*p.to = *p.from
		}
	}
	r.parameters = "start=" + number(low) + " end=" + number(high) + " step=" + number(step)
}

// matrix is a group of questions of one list, a row each.
func (f *formWriter) matrix(q *survey.Question, r formRow) {
	list := f.list(q.ID, q.Scale)
	f.line(formRow{kind: "begin_group", name: q.ID, label: q.Text, hint: q.Help, relevant: r.relevant, look: "table-list"})
	for _, row := range q.Rows {
		f.line(formRow{kind: "select_one " + list, name: q.ID + "_" + row.ID, label: row.Label, required: r.required, relevant: f.condition(row.ShowIf, "row "+row.ID)})
	}
	f.line(formRow{kind: "end_group", name: q.ID})
	f.without(q.At, "XLSForm", "matrix "+q.ID+", which is a group of questions")
}

// list writes the choices of a scale once and returns its name.
func (f *formWriter) list(id string, sc *survey.Scale) string {
	name := id
	if sc.ID != "" {
		name = sc.ID
	}
	if f.lists[name] {
		return name
	}
	f.lists[name] = true
	for k, o := range sc.Options {
		line := []string{name, o.Code}
		for _, lang := range f.Survey.Languages {
			label := f.in(o.Label, lang)
			if label == "" {
				label = f.in(endOf(sc, k), lang)
			}
			if label == "" {
				label = o.Code
			}
			line = append(line, label)
		}
		f.choices = append(f.choices, line)
		if o.Missing != table.Answered || o.WriteIn || o.Exclusive || o.ShowIf != nil {
			f.without(o.At, "XLSForm", "what option "+o.Code+" of "+name+" does: no answer, text beside it, excluding others or a condition")
		}
	}
	return name
}
