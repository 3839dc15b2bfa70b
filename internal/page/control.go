package page

import (
	"html/template"
	"strconv"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// control is one question as its native controls. Kind chooses the template.
type control struct {
	Kind                 string
	ID, Name, Of, Type   string // of the element, of the column, of the question
	Input, Mode, Auto    string // of an input: type, inputmode, autocomplete
	Text, Low, High      []said
	Must, Other          []said
	Note                 []said
	If                   []said // when it is to be answered
	Hints                [][]said
	Label                []said
	Options              []choice
	Key                  []choice
	Rows                 []*control
	Image                *picture
	Look, Shuffle        string
	Required             bool
	Images               bool // the options have pictures
	Least, Most          int
	MaxLength            int
	Min, Max, Step, Unit string
	Units                []said
	Total                string
	Choose               picked
}

// choice is one answer.
type choice struct {
	Name, Value, Code, WriteIn string
	Label                      []said
	In                         picked // the label as one text, for a select
	None                       bool   // a missing code: not applicable, don't know
	Image                      *picture
	If                         []said
	Mark                       template.HTML // a star or a face
	Parent                     string        // cascade: the codes it stands below
	Below                      []choice
}

// picked is a text for where no elements may stand: all languages at once, and
// each in an attribute, from which the script takes the one that is chosen.
type picked struct {
	Text string
	Attr template.HTMLAttr
}

// control builds the controls of one question; conditional says that its page is.
func (s Survey) control(q *survey.Question, conditional bool) (*control, error) {
	c := &control{
		ID: "q-" + q.ID, Name: q.ID, Of: q.ID, Type: string(q.Type), Text: s.texts(q.Text),
		Required: q.Required && !conditional && q.ShowIf == nil && q.RequiredIf == nil,
		Must:     s.words("survey.required"), Other: s.words("survey.other"), MaxLength: q.Length(), If: s.condition(q.ShowIf), Shuffle: q.Randomize,
	}
	if help := s.texts(q.Help); len(help) > 0 {
		c.Hints = append(c.Hints, help)
	}
	if must := s.mustIf(q.RequiredIf); must != nil {
		c.Hints = append(c.Hints, must)
	}
	var err error
	if c.Image, err = s.picture(q.Image); err != nil {
		return nil, err
	}
	return c, s.fit(c, q)
}

// fit adds what the type of q needs.
func (s Survey) fit(c *control, q *survey.Question) (err error) {
	switch q.Type {
	case survey.Note:
		c.Kind = "note"
		c.Note, err = s.markdown(q.Text)
	case survey.Matrix, survey.MatrixMultiple:
		err = s.matrix(c, q)
	case survey.MatrixDual:
		err = s.dual(c, q)
	case survey.Differential:
		s.differential(c, q)
	case survey.KanoPairs:
		err = s.kano(c, q)
	case survey.MaxDiff:
		s.tasks(c, q)
	case survey.Ranking, survey.ConstantSum, survey.MultiText:
		err = s.items(c, q)
	case survey.Dropdown:
		s.dropdown(c, q)
	case survey.Cascade:
		s.cascade(c, q)
	case survey.MultipleChoice:
		err = s.checkboxes(c, q)
	case survey.Number, survey.Slider:
		s.number(c, q)
	case survey.LongText:
		c.Kind = "long"
	case survey.ShortText, survey.Email, survey.Phone, survey.URL, survey.Date, survey.Time:
		s.line(c, q)
	case survey.Consent:
		s.consent(c)
	default:
		err = s.radios(c, q)
	}
	return err
}

// inputs are the native inputs of texts on one line.
var inputs = map[survey.Type]struct{ kind, mode, auto string }{
	survey.ShortText: {"text", "", ""}, survey.Email: {"email", "email", "email"}, survey.Phone: {"tel", "tel", "tel"},
	survey.URL: {"url", "url", "url"}, survey.Date: {"date", "", ""}, survey.Time: {"time", "", ""},
}

func (s Survey) line(c *control, q *survey.Question) {
	in := inputs[q.Type]
	c.Kind, c.Input, c.Mode, c.Auto, c.Min, c.Max = "line", in.kind, in.mode, in.auto, q.Earliest, q.Latest
	if q.Type == survey.Date || q.Type == survey.Time {
		c.MaxLength = 0
	}
	if key := "ask.paper_" + string(q.Type); q.Type == survey.Date || q.Type == survey.Time {
		c.Label = s.words(key)
	}
}

// consent is one box to tick.
func (s Survey) consent(c *control) {
	c.Kind, c.Input = "choice", "checkbox"
	c.Options = []choice{{Name: c.Name, Value: "yes", Code: "yes", Label: s.words("ask.agree")}}
}

func (s Survey) number(c *control, q *survey.Question) {
	c.Kind, c.Step = "number", "any"
	if q.Integer {
		c.Step = "1"
	}
	if q.Step != nil {
		c.Step = plain(q.Step)
	}
	c.Min, c.Max, c.Units = plain(q.Min), plain(q.Max), s.texts(q.Unit)
	if q.Type == survey.Slider {
		c.Kind, c.Low, c.High = "slider", s.texts(q.LowEnd), s.texts(q.HighEnd)
	}
	if q.Min != nil && q.Max != nil {
		c.Hints = append(c.Hints, s.words("survey.number_between", "low", c.Min, "high", c.Max))
	}
}

// plain writes a bound, "" without one.
func plain(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// options are the answers of a scale as choices of the column name.
func (s Survey) options(sc *survey.Scale, name string) ([]choice, error) {
	if sc == nil {
		return nil, nil
	}
	var out []choice
	for _, o := range sc.Options {
		c := choice{
			Name: name, Value: o.Code, Code: o.Code, Label: s.texts(o.Label), None: o.Missing != table.Answered, If: s.condition(o.ShowIf),
		}
		if len(c.Label) == 0 && c.None {
			c.Label = []said{{Text: o.Code}}
		}
		var err error
		if c.Image, err = s.picture(o.Image); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
