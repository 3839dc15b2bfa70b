package exporter

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// surveyJS writes the questionnaire as the JSON of SurveyJS. What it has no
// place for is told.
func (x *export) surveyJS() error {
	j := &surveyJSON{export: x}
	s := x.Survey
	top := ordered{}
	top.put("locale", jsTag(s.Languages[0]))
	top.put("title", j.text(s.Title))
	top.text("description", j.text(s.Intro))
	var pages []any
	for _, p := range s.Pages {
		pages = append(pages, j.page(p))
	}
	top.put("pages", pages)
	var values []any
	for _, c := range s.Calculated {
		if e, ok := foreign(c.Expr.Source, surveyJSDialect, s); ok {
			values = append(values, ordered{{"name", c.ID}, {"expression", e}})
		} else {
			x.without(c.At, "SurveyJS", "the formula of "+c.ID)
		}
	}
	for i := range s.Hidden {
		values = append(values, ordered{{"name", s.Hidden[i].ID}, {"expression", ""}})
	}
	if values != nil {
		top.put("calculatedValues", values)
	}
	for _, e := range s.Endings {
		if e.ShowIf != nil {
			x.without(e.At, "SurveyJS", "the ending "+e.ID+", which has a condition")
		} else {
			top.put("completedHtml", j.text(e.Text))
		}
	}
	return x.file(s.ID+"-surveyjs.json", func(w io.Writer) error {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetIndent("", "  ")
		if err := e.Encode(top); err != nil {
			return err
		}
		_, err := w.Write(b.Bytes())
		return err
	})
}

// without says what another tool has no place for.
func (x *export) without(at diag.Place, tool, what string) {
	x.lost(at, diag.Say("%s has no equivalent of %s", tool, what))
}

// ordered is an object of JSON that keeps its order.
type ordered []member

type member struct {
	key   string
	value any
}

func (o *ordered) put(key string, value any) { *o = append(*o, member{key, value}) }

func (o *ordered) text(key string, value any) {
	if value != nil {
		o.put(key, value)
	}
}

func (o *ordered) flag(key string, on bool) {
	if on {
		o.put(key, true)
	}
}

// MarshalJSON writes the members in their order.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(append(append(key, ':'), value...))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// jsTag is a language as SurveyJS calls it.
func jsTag(lang string) string {
	if lang == "zh-CN" {
		return "zh-cn"
	}
	return lang
}

type surveyJSON struct{ *export }

// text is a string, or a string by language with the first as its default; nil without.
func (j surveyJSON) text(t survey.Text) any {
	langs := j.Survey.Languages
	first := j.in(t, langs[0])
	out, same := ordered{{"default", first}}, true
	for _, lang := range langs {
		s := j.in(t, lang)
		same = same && s == first
		out.put(jsTag(lang), s)
	}
	switch {
	case same && first == "":
		return nil
	case same:
		return first
	}
	return out
}

func (j surveyJSON) page(p survey.Page) ordered {
	o := ordered{{"name", p.ID}}
	o.text("title", j.text(p.Title))
	o.text("description", j.text(p.Text))
	j.shown(&o, p.ShowIf, "page "+p.ID)
	if p.Shuffled {
		o.put("questionOrder", "random")
	}
	elements := []any{}
	for _, q := range p.Questions {
		if e := j.question(q); e != nil {
			elements = append(elements, e)
		}
	}
	o.put("elements", elements)
	return o
}

func (j surveyJSON) shown(o *ordered, e *survey.Expression, where string) {
	if e == nil {
		return
	}
	if s, ok := foreign(e.Source, surveyJSDialect, j.Survey); ok {
		o.put("visibleIf", s)
		return
	}
	j.without(e.At, "SurveyJS", "the condition of "+where)
}

var surveyJSTypes = map[survey.Type]string{
	survey.SingleChoice: "radiogroup", survey.Dropdown: "dropdown", survey.MultipleChoice: "checkbox", survey.YesNo: "radiogroup", survey.Rating: "rating", survey.Likert: "radiogroup", survey.NPS: "rating",
	survey.ImageChoice: "radiogroup", survey.Matrix: "matrix", survey.Ranking: "ranking", survey.Slider: "slider", survey.Number: "text", survey.ShortText: "text", survey.LongText: "comment",
	survey.MultiText: "multipletext", survey.Email: "text", survey.Phone: "text", survey.URL: "text", survey.Date: "text", survey.Time: "text", survey.Consent: "boolean", survey.Note: "html",
}

var surveyJSInputs = map[survey.Type]string{survey.Number: "number", survey.Email: "email", survey.Phone: "tel", survey.URL: "url", survey.Date: "date", survey.Time: "time"}

func (j surveyJSON) question(q *survey.Question) any {
	kind, ok := surveyJSTypes[q.Type]
	if !ok {
		j.without(q.At, "SurveyJS", "question "+q.ID+" of type "+string(q.Type))
		return nil
	}
	o := ordered{{"type", kind}, {"name", q.ID}}
	if in := surveyJSInputs[q.Type]; in != "" {
		o.put("inputType", in)
	}
	if q.Type == survey.Note {
		o.put("html", j.html(q.Text))
	} else {
		o.text("title", j.text(q.Text))
	}
	o.text("description", j.text(q.Help))
	o.flag("isRequired", q.Required)
	j.shown(&o, q.ShowIf, "question "+q.ID)
	j.answers(&o, q)
	j.rest(&o, q)
	return o
}

// html is a text whose signs of markup are entities.
func (j surveyJSON) html(t survey.Text) any {
	safe := survey.Text{}
	for lang, s := range t {
		safe[lang] = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "<br>").Replace(s)
	}
	return j.text(safe)
}

func (j surveyJSON) answers(o *ordered, q *survey.Question) {
	switch q.Type {
	case survey.SingleChoice, survey.Dropdown, survey.MultipleChoice, survey.YesNo, survey.Likert, survey.ImageChoice:
		o.put("choices", j.choices(q, false))
	case survey.Consent:
		j.without(q.At, "SurveyJS", "consent "+q.ID+", which is a switch")
	case survey.Rating, survey.NPS:
		o.put("rateValues", j.choices(q, true))
		if q.Look == "star" || q.Look == "smiley" {
			o.put("rateType", map[string]string{"star": "stars", "smiley": "smileys"}[q.Look])
		}
	case survey.Matrix:
		o.put("columns", j.choices(q, false))
		o.put("rows", j.rows(q.Rows, "value", "text"))
	case survey.Ranking:
		o.put("choices", j.rows(q.Items, "value", "text"))
	case survey.MultiText:
		o.put("items", j.rows(q.Items, "name", "title"))
	}
	if q.Min != nil {
		o.put("min", *q.Min)
	}
	if q.Max != nil {
		o.put("max", *q.Max)
	}
	if q.Step != nil {
		o.put("step", *q.Step)
	}
	if q.MaxLength > 0 {
		o.put("maxLength", q.MaxLength)
	}
	if q.MinChoices > 0 {
		o.put("minSelectedChoices", q.MinChoices)
	}
	if q.MaxChoices > 0 {
		o.put("maxSelectedChoices", q.MaxChoices)
	}
}

func (j surveyJSON) choices(q *survey.Question, rating bool) []any {
	var out []any
	for k, op := range q.Scale.Options {
		label := j.text(op.Label)
		if label == nil {
			label = j.text(endOf(q.Scale, k))
		}
		o := ordered{{"value", jsValue(op.Code)}}
		if label != nil && label != any(op.Code) {
			o.put("text", label)
		}
		if !rating {
			j.shown(&o, op.ShowIf, "option "+op.Code+" of "+q.ID)
		}
		if op.Missing != table.Answered {
			j.without(op.At, "SurveyJS", "code "+op.Code+" of "+q.ID+", which means "+op.Missing.String()+" and no answer")
		}
		if op.Exclusive || op.WriteIn || op.Anchor != "" || op.Image.File != "" {
			j.without(op.At, "SurveyJS", "what option "+op.Code+" of "+q.ID+" does: text beside it, excluding others, place or picture")
		}
		out = append(out, o)
	}
	return out
}

// endOf is the label of the end of a scale that names its ends only.
func endOf(sc *survey.Scale, k int) survey.Text {
	switch k {
	case 0:
		return sc.Low
	case len(sc.Codes()) - 1:
		return sc.High
	}
	return nil
}

// jsValue is a code that is a whole number as a number.
func jsValue(code string) any {
	if integer.MatchString(code) {
		n, _ := strconv.ParseInt(code, 10, 64)
		return n
	}
	return code
}

func (j surveyJSON) rows(rows []survey.Row, id, label string) []any {
	var out []any
	for _, r := range rows {
		o := ordered{{id, r.ID}}
		o.text(label, j.text(r.Label))
		j.shown(&o, r.ShowIf, "row "+r.ID)
		out = append(out, o)
	}
	return out
}

// rest tells and writes what is left of a question.
func (j surveyJSON) rest(o *ordered, q *survey.Question) {
	switch q.Randomize {
	case "options", "items":
		o.put("choicesOrder", "random")
	case "rows":
		o.put("rowsOrder", "random")
	}
	if e := q.RequiredIf; e != nil {
		if s, ok := foreign(e.Source, surveyJSDialect, j.Survey); ok {
			o.put("requiredIf", s)
		} else {
			j.without(e.At, "SurveyJS", "required_if of "+q.ID)
		}
	}
	if len(q.Correct) > 0 || q.TimeLimit > 0 {
		j.without(q.At, "SurveyJS", "the quiz keys of "+q.ID)
	}
	if q.Image.File != "" {
		j.without(q.At, "SurveyJS", "the picture of "+q.ID)
	}
}
