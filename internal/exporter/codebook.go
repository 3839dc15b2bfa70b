package exporter

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// variable is one column as a codebook tells it.
type variable struct {
	*Column
	Page     string
	Kind     string            // single, multiple, number, code, text, date, time, metadata, calculated, derived
	Label    map[string]string // by language
	Ask      map[string]string // the whole question
	Codes    []code
	Routing  string
	Formula  string
	N        map[string]int // by wave: answers, nil where nothing was measured
	Asked    []string       // waves that have it
	Required bool
}

type code struct {
	Code    string
	Label   map[string]string
	Missing string
}

// variables are all columns of the data, calculated and derived ones too.
func (x *export) variables() []variable {
	var out []variable
	for _, c := range x.columns {
		out = append(out, x.variable(c))
	}
	items := x.Survey.Items()
	for _, c := range x.Survey.Calculated {
		v := x.added(items, c.ID, "calculated")
		v.Formula = c.Expr.Source
		out = append(out, v)
	}
	for _, d := range x.Survey.Derived {
		v := x.added(items, d.ID, "derived")
		v.Formula = bands(d)
		out = append(out, v)
	}
	return out
}

// bands is how a derived column is made of another.
func bands(d survey.Derived) string {
	var parts []string
	for _, b := range d.Bands {
		of := strings.Join(b.Codes, ", ")
		if b.Codes == nil {
			of = number(b.Low) + ".." + number(b.High)
		}
		parts = append(parts, b.Code+" = "+of)
	}
	return d.From + ": " + strings.Join(parts, "; ")
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func (x *export) added(items []survey.Item, id, kind string) variable {
	c := &Column{ID: id, Field: table.Field{ID: id, Kind: table.Choice}}
	c.describe(items)
	if c.Scale == nil {
		c.Field.Kind = table.Number
	}
	v := x.variable(c)
	v.Kind = kind
	return v
}

func (x *export) variable(c *Column) variable {
	v := variable{Column: c, Kind: c.kind(), Label: map[string]string{}, Ask: map[string]string{}}
	for _, lang := range x.Survey.Languages {
		v.Label[lang] = x.label(c, lang)
		if c.Question != nil {
			v.Ask[lang] = x.in(c.Question.Text, lang)
		}
	}
	for _, o := range c.options() {
		one := code{Code: o.Code, Label: map[string]string{}}
		for _, lang := range x.Survey.Languages {
			one.Label[lang] = x.in(o.Label, lang)
		}
		if o.Missing != table.Answered {
			one.Missing = o.Missing.String()
		}
		v.Codes = append(v.Codes, one)
	}
	v.ends(x)
	if c.Question == nil {
		return v
	}
	v.Required = c.Question.Required
	for _, p := range x.Survey.Pages {
		if slices.Contains(p.Questions, c.Question) {
			v.Page = p.ID
			v.Routing = conditions(p.ShowIf, c.Question.ShowIf)
		}
	}
	if c.Item.Row != nil {
		v.Routing = joinConditions(v.Routing, conditions(c.Item.Row.ShowIf))
	}
	return v
}

// ends names the ends of a scale that has only those.
func (v *variable) ends(x *export) {
	if v.Scale == nil || len(v.Codes) == 0 {
		return
	}
	for _, lang := range x.Survey.Languages {
		first, last := &v.Codes[0], &v.Codes[len(v.Scale.Codes())-1]
		if first.Label[lang] == "" {
			first.Label[lang] = x.in(v.Scale.Low, lang)
		}
		if last.Label[lang] == "" {
			last.Label[lang] = x.in(v.Scale.High, lang)
		}
	}
}

func conditions(all ...*survey.Expression) string {
	out := ""
	for _, e := range all {
		if e != nil {
			out = joinConditions(out, e.Source)
		}
	}
	return out
}

func joinConditions(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "(" + a + ") and (" + b + ")"
}

func (c *Column) kind() string {
	switch {
	case c.Meta:
		return "metadata"
	case c.Question != nil && c.Question.Type == survey.Date:
		return "date"
	case c.Question != nil && c.Question.Type == survey.Time:
		return "time"
	}
	return [...]string{table.Choice: "single", table.Tick: "multiple", table.Open: "code", table.Number: "number", table.Text: "text"}[c.Field.Kind]
}

// measured adds how many answers each column has in each wave.
func measured(vs []variable, waves []measure.Counted) {
	for i := range vs {
		v := &vs[i]
		if v.Meta {
			continue
		}
		v.N = map[string]int{}
		for _, w := range waves {
			c := w.Columns[v.ID]
			if c == nil || c.Absent {
				continue
			}
			n := 0
			for row := range w.Rows {
				if answered(c, row) {
					n++
				}
			}
			v.N[w.ID], v.Asked = n, append(v.Asked, w.ID)
		}
	}
}

func answered(c *table.Column, row int) bool {
	if c.Field.Kind == table.Number {
		_, why := c.Number(row)
		return why == table.Answered
	}
	_, why := c.Code(row)
	return why == table.Answered
}

// codebookTable is the codebook as a table: a line a variable and code.
func (x *export) codebookTable() [][]string {
	langs := x.Survey.Languages
	head := []string{"variable", "page", "kind", "type", "code", "missing"}
	for _, lang := range langs {
		head = append(head, "label:"+lang, "question:"+lang, "code_label:"+lang)
	}
	out := [][]string{append(head, "routing", "formula", "required")}
	for _, v := range x.variables() {
		codes := v.Codes
		if len(codes) == 0 {
			codes = []code{{}}
		}
		for _, c := range codes {
			asked := ""
			if v.Question != nil {
				asked = string(v.Question.Type)
			}
			line := []string{v.ID, v.Page, v.Kind, asked, c.Code, c.Missing}
			for _, lang := range langs {
				line = append(line, v.Label[lang], v.Ask[lang], c.Label[lang])
			}
			out = append(out, append(line, v.Routing, v.Formula, strconv.FormatBool(v.Required)))
		}
	}
	return out
}

// codebook writes the codebook three times: for readers, for a repository and for machines.
func (x *export) codebook() error {
	vs := x.variables()
	results, waves, err := x.Measure()
	if err != nil {
		return err
	}
	if results != nil {
		measured(vs, waves)
	}
	name := x.Survey.ID + "-codebook"
	if err := x.file(name+".html", func(w io.Writer) error { return x.codebookHTML(w, vs, waves) }); err != nil {
		return err
	}
	if err := x.file(name+".md", func(w io.Writer) error { return x.codebookMarkdown(w, vs, waves) }); err != nil {
		return err
	}
	return x.file(name+".csv", func(to io.Writer) error {
		w := bufio.NewWriter(to)
		for _, cells := range x.codebookTable() {
			var line []byte
			for i, s := range cells {
				if i > 0 {
					line = append(line, ',')
				}
				line = appendQuoted(line, table.Guard(s))
			}
			if _, err := w.Write(append(line, '\n')); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}
