package page

import (
	"html/template"
	"slices"
	"strings"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// radios are one choice: a list where the options have labels, a row of points
// where only the ends do or where stars or faces are wanted.
func (s Survey) radios(c *control, q *survey.Question) error {
	c.Kind, c.Input, c.Look = "choice", "radio", q.Look
	if q.Look == "number" {
		c.Look = ""
	}
	all, err := s.options(q.Scale, q.ID)
	c.Options = all
	for i, o := range q.Scale.Options {
		if o.Missing == table.Answered && len(o.Label) == 0 {
			c.Kind = "scale"
		}
		if o.WriteIn {
			c.Options[i].WriteIn = q.ID + "_" + o.Code + "_text"
		}
		c.Images = c.Images || o.Image.File != ""
	}
	if q.Look == "star" || q.Look == "smiley" {
		c.Kind = "scale"
		c.marks(q)
	}
	if c.Kind == "scale" {
		c.Low, c.High = s.ends(q.Scale)
	}
	return err
}

// ends are the labels of the two ends of a scale.
func (s Survey) ends(sc *survey.Scale) (low, high []said) {
	var answers []survey.Option
	for _, o := range sc.Options {
		if o.Missing == table.Answered {
			answers = append(answers, o)
		}
	}
	if len(answers) == 0 {
		return nil, nil
	}
	low, high = s.texts(answers[0].Label), s.texts(answers[len(answers)-1].Label)
	if len(low) == 0 {
		low = s.texts(sc.Low)
	}
	if len(high) == 0 {
		high = s.texts(sc.High)
	}
	return low, high
}

// marks gives every answer its star, or its face from sad to glad.
func (c *control) marks(q *survey.Question) {
	values := q.Scale.Values()
	if len(values) < 2 {
		return
	}
	low, high, at := slices.Min(values), slices.Max(values), 0
	for i := range c.Options {
		if c.Options[i].None {
			continue
		}
		mood := 2*(values[at]-low)/(high-low) - 1
		if q.Reverse {
			mood = -mood
		}
		c.Options[i].Mark = star
		if c.Look == "smiley" {
			c.Options[i].Mark = face(mood)
		}
		at++
	}
}

func (s Survey) checkboxes(c *control, q *survey.Question) error {
	c.Kind, c.Input, c.Required = "choice", "checkbox", false
	c.Least, c.Most = q.MinChoices, q.MaxChoices
	c.Hints = append(c.Hints, s.howMany(q))
	all, err := s.options(q.Scale, "")
	c.Options = all
	for i, o := range q.Scale.Options {
		c.Options[i].Name, c.Options[i].Value, c.Options[i].None = q.ID+"_"+o.Code, "1", o.Exclusive
		if o.WriteIn {
			c.Options[i].WriteIn = q.ID + "_" + o.Code + "_text"
		}
		c.Images = c.Images || o.Image.File != ""
	}
	return err
}

// howMany says how many options may be ticked.
func (s Survey) howMany(q *survey.Question) []said {
	switch {
	case q.MinChoices > 0 && q.MinChoices == q.MaxChoices:
		return s.words("ask.choose_exactly", "n", q.MaxChoices)
	case q.MinChoices > 0 && q.MaxChoices > 0:
		return s.words("ask.choose_between", "min", q.MinChoices, "max", q.MaxChoices)
	case q.MinChoices > 0:
		return s.words("ask.choose_min", "min", q.MinChoices)
	case q.MaxChoices > 0:
		return s.words("survey.choose_max", "max", q.MaxChoices)
	}
	return s.words("survey.choose_many")
}

// dropdown has one label for all languages, since an option holds no elements.
func (s Survey) dropdown(c *control, q *survey.Question) {
	c.Kind, c.Choose = "select", pick(s.words("survey.select"))
	all, _ := s.options(q.Scale, q.ID) // a select shows no pictures
	for i := range all {
		if len(all[i].Label) == 0 {
			all[i].Label = []said{{Text: all[i].Code}}
		}
		all[i].In = pick(all[i].Label)
		if q.Scale.Options[i].WriteIn {
			all[i].WriteIn = q.ID + "_" + all[i].Code + "_text"
		}
	}
	c.Options = all
}

// pick makes one text of a text in several languages.
func pick(all []said) picked {
	var texts, attrs []string
	for _, t := range all {
		text := unpiped(t.Text)
		texts = append(texts, text)
		if t.Lang != "" {
			attrs = append(attrs, `data-l-`+strings.ToLower(t.Lang)+`="`+template.HTMLEscapeString(text)+`"`)
		}
	}
	if len(attrs) < 2 {
		attrs = nil
	}
	return picked{Text: strings.Join(texts, " / "), Attr: attribute(attrs)}
}

// attribute is the only place where text becomes attributes: names made of
// language tags, which the definition has checked, and escaped values.
func attribute(all []string) template.HTMLAttr { return template.HTMLAttr(strings.Join(all, " ")) }

// cascade is one select a level; below the first, the choices are grouped by what they stand below.
func (s Survey) cascade(c *control, q *survey.Question) {
	c.Kind = "cascade"
	for i, level := range q.Levels {
		row := &control{
			ID: c.ID + "-" + level.ID, Name: q.ID + "_" + level.ID, Label: s.texts(level.Label), Required: c.Required && i == 0, Choose: pick(s.words("survey.select")),
		}
		s.branches(row, q.Branches, i, "", nil)
		c.Rows = append(c.Rows, row)
	}
}

// branches adds the choices of a level, in groups by their parent.
func (s Survey) branches(row *control, all []survey.Branch, level int, path string, above []said) {
	if level > 0 {
		for _, b := range all {
			below := strings.TrimPrefix(path+"/"+b.Code, "/")
			s.branches(row, b.Branches, level-1, below, s.texts(b.Label))
		}
		return
	}
	var choices []choice
	for _, b := range all {
		label := s.texts(b.Label)
		choices = append(choices, choice{Value: b.Code, Code: b.Code, Label: label, In: pick(label)})
	}
	if path == "" {
		row.Options = choices
	} else if len(choices) > 0 {
		row.Options = append(row.Options, choice{Parent: path, Label: above, In: pick(above), Below: choices})
	}
}
