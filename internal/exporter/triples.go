package exporter

import (
	"bufio"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// sssVariable is a variable of Triple-S; a multiple choice is one of all its ticks.
type sssVariable struct {
	*Column
	ticks []int // places of the ticks, nil of others
	at    int
}

// named is what the variable is called: a multiple choice as its question.
func (v sssVariable) named() string {
	if v.ticks != nil {
		return v.Field.Question
	}
	return v.ID
}

// tripleS writes Triple-S 3.0: the definition as XML, the data as CSV. Codes
// that are no numbers are literal; a multiple choice is one string of 0 and 1,
// always in quotes, since a reader would take 010 for a number.
// Source: Triple-S XML version 3.0 (2017).
func (x *export) tripleS() error {
	shown, err := x.shown()
	if err != nil {
		return err
	}
	var vars []sssVariable
	for _, i := range shown {
		c := x.columns[i]
		if last := len(vars) - 1; c.Field.Kind == table.Tick {
			if last >= 0 && vars[last].ticks != nil && vars[last].Field.Question == c.Field.Question {
				vars[last].ticks = append(vars[last].ticks, i)
			} else {
				vars = append(vars, sssVariable{Column: c, ticks: []int{i}, at: i})
			}
			continue
		}
		vars = append(vars, sssVariable{Column: c, at: i})
	}
	name := x.Survey.ID
	if err := x.file(name+"-sss.csv", func(w io.Writer) error { return x.sssData(w, vars) }); err != nil {
		return err
	}
	return x.file(name+".sss", func(w io.Writer) error { return x.sssDefinition(w, name+"-sss.csv", vars) })
}

func (x *export) sssData(to io.Writer, vars []sssVariable) error {
	w := bufio.NewWriterSize(to, 1<<16)
	var line []byte
	for i, v := range vars {
		if i > 0 {
			line = append(line, ',')
		}
		line = appendCell(line, v.named())
	}
	if _, err := w.Write(append(line, '\r', '\n')); err != nil {
		return err
	}
	err := x.each(&diag.List{}, func(r *row) error {
		line = line[:0]
		for i, v := range vars {
			if i > 0 {
				line = append(line, ',')
			}
			switch {
			case v.ticks != nil:
				line = appendBits(line, v.ticks, r)
			case r.cells[v.at].text == "":
			case v.numeric():
				line = appendCell(line, r.cells[v.at].text)
			default:
				line = appendQuoted(line, r.cells[v.at].text)
			}
		}
		_, err := w.Write(append(line, '\r', '\n'))
		return err
	})
	return cmpErr(err, w.Flush())
}

// appendBits writes a multiple choice, nothing where it was not shown.
func appendBits(to []byte, ticks []int, r *row) []byte {
	var bits []byte
	some := false
	for _, i := range ticks {
		bit := byte('0')
		if r.cells[i].text == "1" || strings.EqualFold(r.cells[i].text, "true") {
			bit = '1'
		}
		bits, some = append(bits, bit), some || r.cells[i].state == filled
	}
	if !some {
		return to
	}
	return append(append(append(to, '"'), bits...), '"')
}

func (x *export) sssDefinition(to io.Writer, data string, vars []sssVariable) error {
	root := element("sss", "version", "3.0", "languages", strings.Join(x.Survey.Languages, " "))
	survey := root.add(element("survey"))
	survey.add(element("name")).text = x.Survey.ID
	survey.add(element("version")).text = strconv.Itoa(x.Survey.Version)
	x.sssTexts(survey.add(element("title")), func(lang string) string { return x.in(x.Survey.Title, lang) })
	record := survey.add(element("record", "ident", "A", "format", "csv", "href", data, "skip", "1"))
	for i, v := range vars {
		record.add(x.sssVariable(i+1, v))
	}
	return root.write(to, `<?xml version="1.0" encoding="UTF-8"?>`+"\n")
}

// sssTexts writes a text in every language.
func (x *export) sssTexts(to *node, in func(lang string) string) {
	for _, lang := range x.Survey.Languages {
		to.add(element("text", "xml:lang", lang)).text = in(lang)
	}
}

func (x *export) sssVariable(ident int, v sssVariable) *node {
	kind, options := "character", v.options()
	switch {
	case v.ticks != nil:
		kind = "multiple"
	case v.Field.Kind == table.Choice:
		kind = "single"
	case v.Field.Kind == table.Number:
		kind = "quantity"
	}
	n := element("variable", "ident", strconv.Itoa(ident), "type", kind)
	name := v.named()
	if kind == "single" && !v.numeric() || kind == "single" && slices.ContainsFunc(options, func(o survey.Option) bool { return o.Code[0] == '-' }) {
		n.attributes = append(n.attributes, xml.Attr{Name: xml.Name{Local: "format"}, Value: "literal"})
	}
	n.add(element("name")).text = name
	x.sssTexts(n.add(element("label")), func(lang string) string {
		if v.ticks != nil {
			return v.Item.Label(lang)
		}
		return x.label(v.Column, lang)
	})
	n.add(element("position", "start", strconv.Itoa(ident)))
	x.sssValues(n, v, kind)
	return n
}

// sssValues says what a variable of a kind can hold.
func (x *export) sssValues(n *node, v sssVariable, kind string) {
	switch kind {
	case "multiple":
		values := n.add(element("values"))
		for k, i := range v.ticks {
			o := x.columns[i].Option
			x.sssTexts(values.add(element("value", "code", strconv.Itoa(k+1))), func(lang string) string {
				if o == nil {
					return x.columns[i].Field.Option
				}
				return x.in(o.Label, lang)
			})
		}
	case "single":
		values := n.add(element("values"))
		for k, o := range v.options() {
			x.sssTexts(values.add(element("value", "code", o.Code)), func(lang string) string {
				if s := x.in(o.Label, lang); s != "" {
					return s
				}
				if s := x.in(endOf(v.Scale, k), lang); s != "" {
					return s
				}
				return o.Code
			})
		}
	case "quantity":
		whole, digits := 12, x.scanned.points[v.at]
		limit := strings.Repeat("9", whole)
		if digits > 0 {
			limit += "." + strings.Repeat("9", digits)
		}
		n.add(element("values")).add(element("range", "from", "-"+limit, "to", limit))
	default:
		n.add(element("size")).text = strconv.Itoa(max(x.scanned.chars[v.at], 1))
	}
}

// node is an element of XML.
type node struct {
	name       string
	attributes []xml.Attr
	text       string
	children   []*node
}

// element makes an element with attributes given as names and values.
func element(name string, attributes ...string) *node {
	n := &node{name: name}
	for i := 0; i+1 < len(attributes); i += 2 {
		n.attributes = append(n.attributes, xml.Attr{Name: xml.Name{Local: attributes[i]}, Value: attributes[i+1]})
	}
	return n
}

func (n *node) add(c *node) *node {
	n.children = append(n.children, c)
	return c
}

// write writes the tree; a sign that XML cannot hold is replaced.
func (n *node) write(to io.Writer, head string) error {
	if _, err := io.WriteString(to, head); err != nil {
		return err
	}
	e := xml.NewEncoder(to)
	e.Indent("", " ")
	if err := n.encode(e); err != nil {
		return err
	}
	if err := e.Close(); err != nil {
		return err
	}
	_, err := io.WriteString(to, "\n")
	return err
}

func (n *node) encode(e *xml.Encoder) error {
	start := xml.StartElement{Name: xml.Name{Local: n.name}, Attr: n.attributes}
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	if n.text != "" {
		if err := e.EncodeToken(xml.CharData(n.text)); err != nil {
			return err
		}
	}
	for _, c := range n.children {
		if err := c.encode(e); err != nil {
			return err
		}
	}
	return e.EncodeToken(start.End())
}
