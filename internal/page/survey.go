package page

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// Survey is all that a survey page needs beside the definition. Locales are
// those of the survey's languages, in their order.
type Survey struct {
	Survey  *survey.Survey
	Locales []*survey.Locale
	Site    survey.Text
}

// said is a text in one language; Lang is "" where it is good for all.
type said struct {
	Lang, Text string
	HTML       template.HTML // from Markdown, instead of Text
}

// surveyData is what survey.html sees.
type surveyData struct {
	Lang, Dir, Title, ID, Build, Policy, Action string
	Version                                     int
	CSS                                         template.CSS
	Languages                                   []language
	Site, Name, Send, NoChannel                 []said
	Intro                                       []said
	Pages                                       []surveyPage
	Footer                                      [][]said
}

type language struct {
	Tag, Name, Word string
	Current         bool
}

type surveyPage struct {
	Title, Text []said
	Questions   []control
}

// control is one question as its native controls.
type control struct {
	Kind                    string // note, matrix, scale, choice, select, number, long, short
	ID, Name, Input, Choose string
	Text, Low, High         []said
	Must, Other             []said
	Note                    []said
	Hints                   [][]said
	Key, Options            []choice
	Rows                    []control
	Required                bool
	MaxLength               int
	Min, Max, Step          string
	Label                   []said
}

type choice struct {
	Name, Value, Code, Plain, WriteIn string
	Label                             []said
	None                              bool // a missing code: not applicable, don't know
}

// Survey writes the page a respondent fills in: one HTML file with all its
// languages, that asks nothing of the network and works without script.
func (t *Theme) Survey(s Survey) ([]byte, error) {
	first := s.Locales[0]
	data := surveyData{
		Lang: first.Tag(), Dir: first.Say("language.dir"), Title: s.in(s.Survey.Title, first), Site: s.texts(s.Site),
		ID: s.Survey.ID, Version: s.Survey.Version, Build: s.Survey.Build(), Action: s.Survey.Collect.URL,
		Name: s.texts(s.Survey.Title), Send: s.words("survey.send"), NoChannel: s.words("survey.print"), Footer: s.footer(),
	}
	var style strings.Builder
	style.WriteString(t.survey)
	for i, l := range s.Locales {
		data.Languages = append(data.Languages, language{Tag: l.Tag(), Name: l.Say("language.name"), Word: l.Say("survey.language"), Current: i == 0})
		if len(s.Locales) > 1 {
			style.WriteString(`form:has([name="_lang"][value="` + l.Tag() + `"]:checked) :is(main,footer,header>div) [lang]:not([lang="` + l.Tag() + `"]){display:none}`)
		}
	}
	data.CSS = template.CSS(style.String())
	sum := sha256.Sum256([]byte(style.String()))
	action := "'none'"
	if data.Action != "" {
		action = data.Action
	}
	data.Policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src data:; form-action " + action + "; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
	intro, err := s.markdown(s.Survey.Intro)
	if err != nil {
		return nil, err
	}
	data.Intro = intro
	for _, p := range s.Survey.Pages {
		out := surveyPage{Title: s.texts(p.Title), Text: s.texts(p.Text)}
		for _, q := range p.Questions {
			c, err := s.control(q)
			if err != nil {
				return nil, err
			}
			out.Questions = append(out.Questions, c)
		}
		data.Pages = append(data.Pages, out)
	}
	return t.execute("survey.html", 64<<10, data)
}

func (s Survey) in(t survey.Text, l *survey.Locale) string {
	return t.In(l.Tag(), s.Survey.Languages...)
}

// texts is a text in every language of the survey.
func (s Survey) texts(t survey.Text) []said {
	if plain, ok := t[""]; ok {
		return []said{{Text: plain}}
	}
	var out []said
	for _, l := range s.Locales {
		if v, ok := t[l.Tag()]; ok {
			out = append(out, said{Lang: l.Tag(), Text: v})
		}
	}
	return out
}

// words is a phrase of the locale packs in every language of the survey.
func (s Survey) words(key string, pairs ...any) []said {
	var out []said
	for _, l := range s.Locales {
		out = append(out, said{Lang: l.Tag(), Text: l.Say(key, pairs...)})
	}
	return out
}

func (s Survey) markdown(t survey.Text) ([]said, error) {
	out := s.texts(t)
	for i := range out {
		html, err := Markdown([]byte(out[i].Text), nil)
		if err != nil {
			return nil, err
		}
		out[i].HTML = html
		if out[i].Lang == "" {
			out[i].Lang = s.Locales[0].Tag()
		}
	}
	return out, nil
}

func (s Survey) footer() [][]said {
	var out [][]said
	p := s.Survey.Privacy
	if p.Anonymous {
		out = append(out, s.words("survey.anonymous"))
	}
	if p.RetainMonths > 0 {
		out = append(out, s.words("survey.retain", "months", p.RetainMonths))
	}
	if p.Contact != "" {
		out = append(out, s.words("survey.contact", "contact", p.Contact))
	}
	return out
}

// control builds the controls of one question.
func (s Survey) control(q *survey.Question) (control, error) {
	c := control{
		ID: "q-" + q.ID, Name: q.ID, Text: s.texts(q.Text), Required: q.Required && q.ShowIf == nil && q.RequiredIf == nil,
		Must: s.words("survey.required"), Other: s.words("survey.other"), MaxLength: q.MaxLength,
	}
	if help := s.texts(q.Help); len(help) > 0 {
		c.Hints = append(c.Hints, help)
	}
	if hint := s.condition(q.ShowIf); hint != nil {
		c.Hints = append(c.Hints, hint)
	}
	switch q.Type {
	case survey.Note:
		c.Kind = "note"
		note, err := s.markdown(q.Text)
		c.Note = note
		return c, err
	case survey.Matrix:
		s.matrix(&c, q)
	case survey.Dropdown:
		s.dropdown(&c, q)
	case survey.MultipleChoice:
		s.checkboxes(&c, q)
	case survey.Number:
		s.number(&c, q)
	case survey.LongText:
		c.Kind = "long"
	case survey.ShortText:
		c.Kind = "short"
	default:
		s.radios(&c, q)
	}
	return c, nil
}

// equals is the simplest condition, the only one that is put in words yet.
var equals = regexp.MustCompile(`^\s*([A-Za-z][A-Za-z0-9_]*)\s*==\s*["']?([A-Za-z0-9_.-]+)["']?\s*$`)

// condition says in every language when a question is to be answered, nil where there are no words for it.
func (s Survey) condition(e *survey.Expression) []said {
	if e == nil {
		return nil
	}
	m := equals.FindStringSubmatch(e.Source)
	if m == nil {
		return nil
	}
	item, ok := s.Survey.Item(m[1])
	if !ok || item.Scale == nil {
		return nil
	}
	i := slices.IndexFunc(item.Scale.Options, func(o survey.Option) bool { return o.Code == m[2] })
	if i < 0 {
		return nil
	}
	var out []said
	for _, l := range s.Locales {
		answer := s.in(item.Scale.Options[i].Label, l)
		out = append(out, said{Lang: l.Tag(), Text: l.Say("survey.answer_if", "question", item.Label(l.Tag()), "answer", cmp.Or(answer, m[2]))})
	}
	return out
}

// radios are one choice: a list where the options have labels, a row of points where only the ends do.
func (s Survey) radios(c *control, q *survey.Question) {
	c.Kind, c.Input = "choice", "radio"
	for _, o := range q.Scale.Options {
		if o.Missing == table.Answered && len(o.Label) == 0 {
			c.Kind = "scale"
		}
		option := choice{Name: q.ID, Value: o.Code, Code: o.Code, Label: s.texts(o.Label), None: o.Missing != table.Answered}
		if o.WriteIn {
			option.WriteIn = q.ID + "_" + o.Code + "_text"
		}
		c.Options = append(c.Options, option)
	}
	if c.Kind == "scale" {
		c.Low, c.High = s.texts(q.Scale.Low), s.texts(q.Scale.High)
	}
}

func (s Survey) checkboxes(c *control, q *survey.Question) {
	c.Kind, c.Input, c.Required = "choice", "checkbox", false
	hint := s.words("survey.choose_many")
	if q.MaxChoices > 0 {
		hint = s.words("survey.choose_max", "max", q.MaxChoices)
	}
	c.Hints = append(c.Hints, hint)
	for _, o := range q.Scale.Options {
		option := choice{Name: q.ID + "_" + o.Code, Value: "1", Label: s.texts(o.Label)}
		if o.WriteIn {
			option.WriteIn = q.ID + "_" + o.Code + "_text"
		}
		c.Options = append(c.Options, option)
	}
}

// dropdown has one label for all languages, since an option holds no elements.
func (s Survey) dropdown(c *control, q *survey.Question) {
	c.Kind = "select"
	join := func(ts []said) string {
		var parts []string
		for _, t := range ts {
			parts = append(parts, t.Text)
		}
		return strings.Join(parts, " / ")
	}
	c.Choose = join(s.words("survey.select"))
	for _, o := range q.Scale.Options {
		plain := join(s.texts(o.Label))
		if plain == "" {
			plain = o.Code
		}
		c.Options = append(c.Options, choice{Value: o.Code, Plain: plain})
	}
}

func (s Survey) matrix(c *control, q *survey.Question) {
	c.Kind = "matrix"
	for _, o := range q.Scale.Options {
		if len(o.Label) > 0 && o.Missing == table.Answered {
			c.Key = append(c.Key, choice{Code: o.Code, Label: s.texts(o.Label)})
		}
	}
	for _, r := range q.Rows {
		row := control{Label: s.texts(r.Label), Required: c.Required}
		for _, o := range q.Scale.Options {
			row.Options = append(row.Options, choice{Name: q.ID + "_" + r.ID, Value: o.Code, Label: s.texts(o.Label), None: o.Missing != table.Answered})
		}
		c.Rows = append(c.Rows, row)
	}
}

func (s Survey) number(c *control, q *survey.Question) {
	c.Kind, c.Step = "number", "any"
	if q.Integer {
		c.Step = "1"
	}
	format := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'g', -1, 64)
	}
	c.Min, c.Max = format(q.Min), format(q.Max)
	if q.Min != nil && q.Max != nil {
		c.Hints = append(c.Hints, s.words("survey.number_between", "low", c.Min, "high", c.Max))
	}
}
