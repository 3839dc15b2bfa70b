package exporter

import (
	"regexp"
	"slices"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// Column is one column of the export, by our own name.
type Column struct {
	ID       string
	Field    table.Field
	Meta     bool
	Personal bool
	Question *survey.Question // nil of metadata, hidden and other columns
	Item     survey.Item      // the item that it belongs to; no ID where none does
	Option   *survey.Option   // of a tick or of the text beside an option
	Scale    *survey.Scale    // codes with their labels, nil of numbers and texts
	Hidden   *survey.Hidden
}

// metaNames are the metadata that are handed on, in their order.
var metaNames = []string{"_id", "_survey", "_version", "_build", "_wave", "_lang", "_mode", "_started", "_submitted", "_ms", "_order", "_token"}

const (
	metaID = iota
	metaSurvey
	metaVersion
	metaBuild
	metaWave
	metaLang
	metaMode
	metaStarted
	metaSubmitted
	metaMilliseconds
	metaOrder
	metaToken
)

// plan lists the columns of the survey. What may identify a person is withheld
// unless it is asked for: columns with pii, e-mail addresses, telephone
// numbers, the token of an invitation and the key of a panel.
func (x *export) plan() {
	s := x.Survey
	all := make([]*Column, 0, 64)
	for i, name := range metaNames {
		all = append(all, &Column{ID: name, Meta: true, Field: table.Field{ID: name, Kind: table.Text}, Personal: i == metaToken})
	}
	of := x.owners()
	items := s.Items()
	seen := map[string]bool{}
	add := func(f table.Field) {
		c := of[f.ID]
		if c == nil {
			c = &Column{ID: f.ID}
		}
		if seen[f.ID] || slices.Contains(metaNames, f.ID) {
			return
		}
		seen[f.ID] = true
		c.Field = f
		c.describe(items)
		all = append(all, c)
		if f.Kind == table.Tick && !slices.Contains(x.lists, f.Question) {
			x.lists = append(x.lists, f.Question)
		}
	}
	for _, f := range s.Schema().Fields {
		add(f)
	}
	if s.Weight != "" {
		add(table.Field{ID: s.Weight, Kind: table.Number})
	}
	if id := s.Sample.Panel; id != "" && !seen[id] {
		of[id] = &Column{ID: id, Personal: true}
		add(table.Field{ID: id, Kind: table.Open})
	}
	for _, c := range all {
		if c.Personal && !x.opt.Personal {
			x.withheld = append(x.withheld, c)
		} else {
			x.columns = append(x.columns, c)
		}
	}
}

// owners are the columns of questions and hidden fields by their names.
func (x *export) owners() map[string]*Column {
	of := map[string]*Column{}
	for _, p := range x.Survey.Pages {
		for _, q := range p.Questions {
			for _, id := range q.ColumnIDs() {
				of[id] = &Column{ID: id, Question: q, Personal: q.PII || q.Type == survey.Email || q.Type == survey.Phone}
			}
		}
	}
	for i := range x.Survey.Hidden {
		h := &x.Survey.Hidden[i]
		of[h.ID] = &Column{ID: h.ID, Hidden: h, Personal: h.PII}
	}
	return of
}

// describe finds the item, the scale and the option of a column.
func (c *Column) describe(items []survey.Item) {
	id := c.Field.ID
	if c.Field.Kind == table.Tick {
		id = c.Field.Question
	}
	for _, i := range items {
		if i.ID != id {
			continue
		}
		c.Item = i
		if c.Field.Kind == table.Choice {
			c.Scale = i.Scale
		}
	}
	if c.Scale == nil && c.Field.Kind == table.Choice && c.Question != nil {
		c.Scale = c.Question.Scale // the sets of a max_diff
	}
	if c.Question == nil || c.Question.Scale == nil {
		return
	}
	for i := range c.Question.Scale.Options {
		o := &c.Question.Scale.Options[i]
		if c.Field.Kind == table.Tick && o.Code == c.Field.Option || c.Field.Kind == table.Text && c.ID == c.Question.ID+"_"+o.Code+"_text" {
			c.Option = o
		}
	}
}

// options are the codes of the column with their labels, those that mean no answer included.
func (c *Column) options() []survey.Option {
	switch {
	case c.Field.Kind == table.Tick:
		return []survey.Option{{Code: "0", Label: survey.Text{"zh-CN": "未选", "": "not ticked"}}, {Code: "1", Label: survey.Text{"zh-CN": "选中", "": "ticked"}}}
	case c.Scale != nil:
		return c.Scale.Options
	}
	return nil
}

var integer = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,14})$`)

// numeric reports whether every code of the column is a whole number, or the column is one of numbers.
func (c *Column) numeric() bool {
	switch c.Field.Kind {
	case table.Number, table.Tick:
		return true
	case table.Choice:
		for _, o := range c.options() {
			if !integer.MatchString(o.Code) {
				return false
			}
		}
		return len(c.options()) > 0
	}
	return false
}

// label is what the column is called: the question, or the row or option of it.
func (x *export) label(c *Column, lang string) string {
	switch {
	case c.Meta:
		return c.ID
	case c.Field.Kind == table.Tick && c.Option != nil:
		return c.Item.Label(lang) + ": " + x.in(c.Option.Label, lang)
	case c.Option != nil:
		return x.in(c.Question.Text, lang) + ": " + x.in(c.Option.Label, lang)
	case c.Item.ID != "" && c.Item.Row != nil && c.Question != nil:
		return x.in(c.Question.Text, lang) + ": " + c.Item.Label(lang)
	case c.Item.ID != "":
		return c.Item.Label(lang)
	case c.Question != nil:
		return x.in(c.Question.Text, lang)
	}
	return c.ID
}
