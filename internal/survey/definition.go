package survey

import (
	"cmp"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// definition is what is known of a survey.yaml while it is judged. Checks that
// need the whole file wait until it is read: first scales meet their
// questions, then columns are gathered, then references are followed.
type definition struct {
	survey      *Survey
	site        *Workspace
	files       fs.FS              // the workspace, nil in tests of parts
	columns     map[string]*column // by id in lower case
	order       []*column
	resolve     []func()  // scales meet their questions
	sources     []func()  // derived columns meet what they are made of
	checks      []func()  // references are followed
	asking      *Question // that is being read
	expressions []*Expression
	typing      map[string]bool // calculated columns whose kind is being found
	analysisIDs places
	analyses    int // how many entries of analyses are read
	pairs       []pairDraft
}

// role is what a name of the definition stands for.
type role uint8

const (
	single  role = iota // one answer
	group               // several columns under one name: a multiple choice, a matrix
	tick                // one option of a multiple choice
	writeIn             // text beside an option
	silent              // a note: an id without data
	hidden
	calculated
	derived
)

// column is one name of the definition: a data column or a group of them.
type column struct {
	id       string
	at       diag.Place
	role     role
	scale    *Scale
	question *Question
	text     bool // free text
	number   bool
	pii      bool
	labels   map[string]bool // codes of a hidden or derived column
}

// check runs f when all columns are known.
func (d *definition) check(f func()) { d.checks = append(d.checks, f) }

// whenScales runs f when all scales are read.
func (d *definition) whenScales(f func()) { d.resolve = append(d.resolve, f) }

func (d *definition) column(id string) *column {
	c := d.columns[strings.ToLower(id)]
	if c == nil || c.id != id {
		return nil
	}
	return c
}

// known reports whether id is a name of the definition that can have an answer.
func (d *definition) known(id string) bool {
	c := d.column(id)
	return c != nil && c.role != silent
}

// names returns what can be referred to, in the order of the file.
func (d *definition) names() []string {
	var out []string
	for _, c := range d.order {
		if c.role != silent {
			out = append(out, c.id)
		}
	}
	return out
}

var columnPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,31}$`)

// reservedNames mean something else in an expression or in a browser.
var reservedNames = []string{
	"and", "or", "not", "in", "true", "false", "nil", "null", "let", "if", "else", "matches", "contains", "startsWith", "endsWith",
	"constructor", "prototype", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable",
}

// columnID reads the id of a column.
func columnID(r *reader, n *yaml.Node) (string, bool) {
	s, ok := r.str(n)
	if !ok {
		return "", false
	}
	if why := wrongColumn(s); !why.Empty() {
		cure := diag.Say("start with a letter A–Z or a–z; use letters, digits and _ only, at most 32")
		if strings.HasPrefix(why.Format, "is reserved") {
			cure = diag.Say("choose another id")
		}
		r.fail(n, "wrong-id", cure, diag.Say("id %q %s", shorten(s), why))
		return "", false
	}
	return s, true
}

func wrongColumn(s string) diag.Phrase {
	switch {
	case s == "__proto__" || slices.ContainsFunc(reservedNames, func(w string) bool { return strings.EqualFold(w, s) }):
		return diag.Say("is reserved")
	case strings.HasPrefix(s, "_"):
		return diag.Say("is reserved: names that start with _ are metadata")
	case len(s) > 32:
		return diag.Say("has %d characters", len([]rune(s)))
	case !columnPattern.MatchString(s):
		return diag.Say("has a character that is not allowed")
	}
	return diag.Phrase{}
}

// id is the value of a column's id, with its place.
func id[T any](at func(*T) *string, place func(*T) *diag.Place) value[T] {
	return value[T]{shape{kind: "id"}, func(r *reader, n *yaml.Node, into *T) {
		if s, ok := columnID(r, n); ok {
			set(at, into, s)
		}
		if place != nil {
			*place(into) = r.place(n)
		}
	}}
}

// add enters a column; a name that is taken is an error that names both places.
func (r *reader) add(c column) {
	if c.id == "" {
		return
	}
	if why := wrongColumn(c.id); !why.Empty() {
		r.report(diag.Problem{
			Code: "wrong-id", Place: c.at, Summary: diag.Say("the column would be called %q, which %s", c.id, why),
			Cure: diag.Say("shorten the ids, or use letters, digits and _ only"),
		})
	}
	if first := r.def.columns[strings.ToLower(c.id)]; first != nil {
		a, b := first, &c
		if cmp.Or(cmp.Compare(b.at.Line, a.at.Line), cmp.Compare(b.at.Column, a.at.Column)) < 0 {
			a, b = b, a
		}
		summary := diag.Say("column %q is defined twice, %s", b.id, onLines(a.at.Line, b.at.Line))
		if a.id != b.id {
			summary = diag.Say("columns %q and %q differ only in case", a.id, b.id)
		}
		r.report(diag.Problem{Code: "duplicate-column", Place: b.at, Others: before(a.at), Summary: summary, Cure: diag.Say("give one of them another id")})
		return
	}
	r.def.columns[strings.ToLower(c.id)] = &c
	r.def.order = append(r.def.order, &c)
}

// gather enters the columns of the survey.
func (r *reader) gather(s *Survey) {
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			r.gatherQuestion(q)
		}
	}
	for i := range s.Hidden {
		h := &s.Hidden[i]
		h.From = cmp.Or(h.From, h.ID)
		c := column{id: h.ID, at: h.At, role: hidden, pii: h.PII, text: len(h.Options) == 0}
		c.labels = codeSet(h.Options)
		r.add(c)
	}
	for _, c := range s.Calculated {
		r.add(column{id: c.ID, at: c.At, role: calculated})
	}
	for _, d := range s.Derived {
		c := column{id: d.ID, at: d.At, role: derived, labels: map[string]bool{}}
		for _, b := range d.Bands {
			c.labels[b.Code] = true
		}
		if d.Level != "" && d.Level != Nominal {
			c.scale = d.scale()
		}
		r.add(c)
	}
}

func codeSet(options []Option) map[string]bool {
	if len(options) == 0 {
		return nil
	}
	out := map[string]bool{}
	for _, o := range options {
		out[o.Code] = true
	}
	return out
}

func (r *reader) gatherQuestion(q *Question) {
	c := column{id: q.ID, at: q.At, scale: q.Scale, question: q, pii: q.PII}
	switch {
	case q.Type == Note:
		c.role = silent
	case q.Type.several():
		c.role = group
	case q.Type.written():
		c.text = true
	case q.Type == Number || q.Type == Slider:
		c.number = true
	}
	r.add(c)
	if q.ID == "" {
		return
	}
	for _, part := range q.parts() {
		part.question, part.pii = q, q.PII
		r.add(part)
	}
}

// reference checks, when all columns are known, that n names one.
func (r *reader) reference(n *yaml.Node, what diag.Phrase, judge func(c *column)) {
	name := n.Value
	r.def.check(func() {
		c := r.def.column(name)
		switch {
		case c == nil || c.role == silent:
			r.fail(n, "unknown-name", didYouMean(name, r.def.names()), diag.Say("%s %q is not a question or column of this survey", what, shorten(name)))
		case judge != nil:
			judge(c)
		}
	})
}
