package survey

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing/fstest"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Format returns survey.yaml or manyi.yaml of a workspace in the stable
// layout: keys in the order of the format, an indent of two spaces, short
// { } and [ ] on one line, a text that YAML would misread in { } on lines of
// its own; UTF-8 with line ends LF. Comments, quotes and single blank lines
// stay. What the file means never changes: where that cannot be kept, and
// where the file is no plain YAML, the reason goes to problems and nil is
// returned.
func Format(workspace fs.FS, name string, problems *diag.List) []byte {
	file := load(workspace, name, problems)
	if file == nil {
		return nil
	}
	out := file.layout(rootShape(name))
	var again diag.List
	second := load(fstest.MapFS{"again": &fstest.MapFile{Data: out}}, "again", &again)
	if second == nil || !sameTree(file.root, second.root) || !slices.Equal(file.remarks(), second.remarks()) ||
		!bytes.Equal(second.layout(rootShape(name)), out) {
		problems.Add(diag.Problem{
			Code: "no-layout", Place: diag.Place{File: name}, Summary: diag.Say("the file is left as it is: its layout cannot be changed without changing what it says"),
			Cure: diag.Say("write one key a line and comments on lines of their own"),
		})
		return nil
	}
	return out
}

func rootShape(name string) shape {
	if strings.HasSuffix(name, "manyi.yaml") {
		return keyed(workspaceKeys)
	}
	return keyed(surveyKeys)
}

// sameTree reports whether two trees say the same: the order of keys is free.
func sameTree(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) || a.Kind == yaml.ScalarNode && (a.Value != b.Value || a.Tag != b.Tag) {
		return false
	}
	if a.Kind == yaml.MappingNode {
		other := map[string][]*yaml.Node{}
		for c := range slices.Chunk(b.Content, 2) {
			other[c[0].Value] = append(other[c[0].Value], c[1])
		}
		for c := range slices.Chunk(a.Content, 2) {
			left := other[c[0].Value]
			if len(left) == 0 || !sameTree(c[1], left[0]) {
				return false
			}
			other[c[0].Value] = left[1:]
		}
		return true
	}
	for i := range a.Content {
		if !sameTree(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// remarks are the texts of all comments, sorted.
func (s *source) remarks() []string {
	var out []string
	for _, c := range s.comments(s.texts()) {
		out = append(out, c.text)
	}
	slices.Sort(out)
	return out
}

// lineWidth is how many characters a line with { } or [ ] may have before it is broken up.
const lineWidth = 140

// layouter writes a tree in the stable layout.
type layouter struct {
	*source
	reader    *reader // for the lengths of scalars
	around    map[*yaml.Node]around
	languages []string
	out       strings.Builder
}

func (s *source) layout(root shape) []byte {
	head, comments, foot := s.attach()
	return s.write(root, head, comments, foot)
}

// write lays the tree out with the comments that attach found.
func (s *source) write(root shape, head []string, comments map[*yaml.Node]around, foot []string) []byte {
	r := &reader{source: s}
	r.readLanguages()
	l := &layouter{source: s, reader: r, languages: r.languages, around: comments}
	l.lines(head, 0)
	if l.fits(s.root, root, 0) {
		l.out.WriteString(l.inline(s.root, root) + "\n")
	} else {
		l.block(s.root, root, 0, "")
	}
	l.lines(foot, 0)
	return []byte(l.out.String())
}

// lines writes comment lines; an empty one is a blank line.
func (l *layouter) lines(lines []string, indent int) {
	for _, line := range lines {
		if line == "" {
			l.blank()
		} else {
			l.out.WriteString(strings.Repeat(" ", indent) + line + "\n")
		}
	}
}

// blank writes a blank line, but never a second one, nor one at the start.
func (l *layouter) blank() {
	if s := l.out.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		l.out.WriteByte('\n')
	}
}

// block writes n, whose lines start at indent; lead stands in the first of
// them instead of the indent, for what follows a dash.
func (l *layouter) block(n *yaml.Node, s shape, indent int, lead string) {
	if n.Kind == yaml.SequenceNode {
		for i, e := range n.Content {
			l.item(e, s.entry(n), indent, lead, i == 0)
		}
		return
	}
	for i, p := range l.sorted(n, s) {
		if i > 0 || lead == "" {
			l.lines(l.around[p.key].head, indent)
			lead = strings.Repeat(" ", indent)
		}
		l.value(lead+l.token(p.key)+":", p.value, s.below(n, p.key.Value), indent, l.around[p.key])
	}
}

// item writes an entry of a list. Comments of its first key stand above the dash.
func (l *layouter) item(e *yaml.Node, s shape, indent int, lead string, first bool) {
	a := l.around[e]
	head := a.head
	dashed := e.Kind != yaml.ScalarNode && !l.fits(e, s, indent+2)
	if dashed && a.tail != "" { // beside the dash
		head = append(slices.Clone(head), a.tail)
		a.tail = ""
	}
	if dashed && e.Kind == yaml.MappingNode {
		head = append(slices.Clone(head), l.around[l.sorted(e, s)[0].key].head...)
	}
	if !first || lead == "" {
		l.lines(head, indent)
		lead = strings.Repeat(" ", indent)
	}
	if !dashed {
		l.value(lead+"-", e, s, indent, a)
		return
	}
	l.block(e, s, indent+2, lead+"- ")
	l.lines(a.foot, indent)
}

// value writes what stands behind start: on its line where it fits, else below it.
func (l *layouter) value(start string, n *yaml.Node, s shape, indent int, a around) {
	switch {
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		header, lines := l.literal(n)
		l.line(start+" "+header, a)
		for _, line := range lines {
			l.out.WriteString(strings.TrimRight(strings.Repeat(" ", indent+2)+line, " ") + "\n")
		}
	case n.Kind == yaml.ScalarNode || l.fits(n, s, utf8.RuneCountInString(start)+1):
		l.line(strings.TrimRight(start+" "+l.inline(n, s), " "), a)
	default:
		l.line(start, a)
		l.block(n, s, indent+2, "")
	}
	l.lines(a.foot, indent)
}

// line ends a line with the comment that stood behind it, in the same column if there is room.
func (l *layouter) line(text string, a around) {
	if a.tail != "" {
		gap := max(1, a.column-1-utf8.RuneCountInString(text))
		text += strings.Repeat(" ", gap) + a.tail
	}
	l.out.WriteString(text + "\n")
}

// fits reports whether a collection is written in { } or [ ] and may stay so behind column.
func (l *layouter) fits(n *yaml.Node, s shape, column int) bool {
	if len(n.Content) == 0 {
		return true
	}
	return n.Style&yaml.FlowStyle != 0 && l.simple(n, s) && column+utf8.RuneCountInString(l.inline(n, s)) <= lineWidth
}

// simple reports whether nothing in n needs a line of its own: no comment, no
// text with a sign that YAML reads as its own within { }.
func (l *layouter) simple(n *yaml.Node, s shape) bool {
	if n.Kind == yaml.ScalarNode {
		return n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0
	}
	for i, c := range n.Content {
		if a := l.around[c]; len(a.head) > 0 && slices.ContainsFunc(a.head, func(s string) bool { return s != "" }) || a.tail != "" || len(a.foot) > 0 {
			return false
		}
		below := shape{}
		switch {
		case n.Kind == yaml.SequenceNode:
			below = s.entry(n)
		case i%2 == 1:
			below = s.below(n, n.Content[i-1].Value)
			if s.kind == "text" && strings.ContainsAny(c.Value, "?,:{}[]#\"") {
				return false
			}
		}
		if !l.simple(c, below) {
			return false
		}
	}
	return true
}

// inline writes n on one line.
func (l *layouter) inline(n *yaml.Node, s shape) string {
	var parts []string
	switch n.Kind {
	case yaml.MappingNode:
		for _, p := range l.sorted(n, s) {
			parts = append(parts, l.token(p.key)+": "+l.inline(p.value, s.below(n, p.key.Value)))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case yaml.SequenceNode:
		for _, e := range n.Content {
			parts = append(parts, l.inline(e, s.entry(n)))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return l.token(n)
}

// token is a scalar as it is written; one of several lines is put on one.
func (l *layouter) token(n *yaml.Node) string {
	line := []rune(l.rest(n))
	quoted := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	if !quoted {
		return strings.ReplaceAll(n.Value, "\n", " ") // a plain text of several lines has none
	}
	length := l.reader.length(n)
	if length >= 2 && length <= len(line) && line[length-1] == line[0] && l.closed(line[:length]) {
		return string(line[:length])
	}
	return doubleQuoted(n.Value)
}

// rest is the first line of n from where n starts.
func (l *layouter) rest(n *yaml.Node) string {
	line := []rune(l.source.line(n.Line))
	if n.Column < 1 || n.Column > len(line) {
		return ""
	}
	return string(line[n.Column-1:])
}

// closed reports whether a quoted text ends in the quote that closes it.
func (*layouter) closed(text []rune) bool {
	var n yaml.Node
	return decodeNode(yaml.NewDecoder(strings.NewReader(string(text))), &n) == nil
}

// doubleQuoted writes any text on one line.
func doubleQuoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\u0085", `\N`, "\u2028", `\L`, "\u2029", `\P`).Replace(s) + `"`
}

// literal is the header and the lines, without their indent, of a text below its key.
func (l *layouter) literal(n *yaml.Node) (header string, lines []string) {
	header, _, _ = strings.Cut(l.rest(n), " ")
	from, to := l.body(n)
	for i := from; i < to; i++ {
		line := l.source.line(i)
		lines = append(lines, line[min(len(line), l.margin(from, to)):])
	}
	return header, lines
}

// sorted are the keys of n in the order of the format, languages in that of
// the file; keys without a place keep their order behind the others.
func (l *layouter) sorted(n *yaml.Node, s shape) []pair {
	place := map[string]int{}
	for i, k := range s.order(n) {
		place[k.name] = i - len(s.order(n))
	}
	if s.kind == "text" {
		for i, lang := range l.languages {
			place[lang] = i - len(l.languages)
		}
	}
	var out []pair
	for c := range slices.Chunk(n.Content, 2) {
		out = append(out, pair{c[0], c[1]})
	}
	slices.SortStableFunc(out, func(a, b pair) int { return place[a.key.Value] - place[b.key.Value] })
	return out
}
