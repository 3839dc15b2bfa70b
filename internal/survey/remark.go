package survey

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// remark is a comment of a file.
type remark struct {
	line, column int
	text         string
	alone        bool // nothing else stands on its line
}

// around is what stands around an entry: a key with its value, or an entry of a list.
type around struct {
	head   []string // comment lines above; "" is a blank line
	tail   string   // comment behind its first line
	column int      // of tail
	foot   []string // comment lines below that are indented like it or deeper
}

// texts are where scalars are that may hold a # of their own.
type texts struct {
	quotes map[position]bool // where a quoted text starts
	inside map[int]bool      // lines of texts below their key
}

func (s *source) texts() texts {
	t := texts{map[position]bool{}, map[int]bool{}}
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		switch {
		case n.Kind != yaml.ScalarNode:
		case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
			t.quotes[position{n.Line, n.Column}] = true
		case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
			from, to := s.body(n)
			for i := from; i < to; i++ {
				t.inside[i] = true
			}
		}
		for _, c := range n.Content {
			visit(c)
		}
	}
	visit(s.root)
	return t
}

// body are the lines from..to-1 of a text below its key, without blank lines at its end.
func (s *source) body(n *yaml.Node) (from, to int) {
	from, to = n.Line+1, n.Line+1
	if strings.Trim(n.Value, "\n") == "" {
		return from, to
	}
	first := from
	for strings.TrimSpace(s.line(first)) == "" && first < len(s.lines) {
		first++
	}
	margin := indentOf(s.line(first))
	for i := first; i <= len(s.lines); i++ {
		if line := s.line(i); strings.TrimSpace(line) != "" {
			if indentOf(line) < margin {
				break
			}
			to = i + 1
		}
	}
	return from, to
}

// margin is the indent of the first line of a text that has any.
func (s *source) margin(from, to int) int {
	for i := from; i < to; i++ {
		if line := s.line(i); strings.TrimSpace(line) != "" {
			return indentOf(line)
		}
	}
	return 0
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// comments are the comments of the file, in order. Lines within quotes are noted in t.inside.
func (s *source) comments(t texts) []remark {
	var out []remark
	quote := rune(0)
	for number := 1; number <= len(s.lines); number++ {
		if t.inside[number] {
			continue
		}
		t.inside[number] = quote != 0
		line := []rune(s.line(number))
		for i := 0; i < len(line); i++ {
			switch c := line[i]; {
			case quote == '"' && c == '\\':
				i++
			case quote == '\'' && c == quote && i+1 < len(line) && line[i+1] == quote:
				i++
			case quote != 0 && c == quote:
				quote = 0
			case quote != 0:
			case t.quotes[position{number, i + 1}]:
				quote = c
			case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
				text := strings.TrimRight(string(line[i:]), " \t")
				out = append(out, remark{number, i + 1, text, strings.TrimSpace(string(line[:i])) == ""})
				i = len(line)
			}
		}
	}
	return out
}

// entry is a node that comments can belong to, with where its line starts.
type entry struct {
	node         *yaml.Node
	line, column int
}

// entries are those of the file in its order; what is in { } or [ ] on one line has none.
func (s *source) entries() []entry {
	var out []entry
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		if n.Style&yaml.FlowStyle != 0 && lastLine(n) == n.Line {
			return
		}
		switch n.Kind {
		case yaml.MappingNode:
			for c := range slices.Chunk(n.Content, 2) {
				out = append(out, entry{c[0], c[0].Line, c[0].Column})
				visit(c[1])
			}
		case yaml.SequenceNode:
			for _, e := range n.Content {
				line, column := e.Line, e.Column
				if n.Style&yaml.FlowStyle == 0 {
					column = max(1, indentOf(s.line(line))+1)
				}
				out = append(out, entry{e, line, column})
				visit(e)
			}
		}
	}
	visit(s.root)
	return out
}

func lastLine(n *yaml.Node) int {
	last := n.Line
	for _, c := range n.Content {
		last = max(last, lastLine(c))
	}
	return last
}

// attach gives every comment and blank line to the entry it belongs to: one
// above an entry to that, unless it is indented deeper; then, and behind the
// last entry, to the one above it. Comments above the first entry are the
// head of the file.
func (s *source) attach() (head []string, out map[*yaml.Node]around, foot []string) {
	t := s.texts()
	a := attacher{source: s, entries: s.entries(), out: map[*yaml.Node]around{}}
	remarks := s.comments(t)
	next := 0
	var pending []remark
	for line := 1; line <= len(s.lines); line++ {
		first := next
		for next < len(a.entries) && a.entries[next].line <= line {
			next++
		}
		if next > first {
			if rest := a.above(first, pending); first == 0 {
				head = rest
			} else {
				a.edit(a.entries[first].node, func(x *around) { x.head = rest })
			}
			pending = nil
		}
		for len(remarks) > 0 && remarks[0].line == line {
			if remarks[0].alone {
				pending = append(pending, remarks[0])
			} else {
				a.beside(next-1, remarks[0])
			}
			remarks = remarks[1:]
		}
		if strings.TrimSpace(s.line(line)) == "" && !t.inside[line] {
			pending = append(pending, remark{line: line})
		}
	}
	foot = a.above(len(a.entries), pending)
	for len(foot) > 0 && foot[len(foot)-1] == "" {
		foot = foot[:len(foot)-1]
	}
	return head, a.out, foot
}

type attacher struct {
	*source
	entries []entry
	out     map[*yaml.Node]around
}

func (a *attacher) edit(n *yaml.Node, change func(*around)) {
	x := a.out[n]
	change(&x)
	a.out[n] = x
}

// above gives the pending comments that are indented deeper than entry number
// next to entries before it, and returns the others.
func (a *attacher) above(next int, pending []remark) []string {
	column := 1
	if next < len(a.entries) {
		column = a.entries[next].column
	}
	deeper := 0
	for i, r := range pending {
		if next > 0 && r.text != "" && r.column > column {
			deeper = i + 1
		}
	}
	for _, r := range pending[:deeper] {
		owner := next - 1
		for r.text != "" && owner > 0 && a.entries[owner].column > r.column {
			owner--
		}
		a.edit(a.entries[owner].node, func(x *around) { x.foot = append(x.foot, r.text) })
	}
	var out []string
	for _, r := range pending[deeper:] {
		out = append(out, r.text)
	}
	return out
}

// beside gives a comment to the last entry that starts on its line, or before it.
func (a *attacher) beside(last int, r remark) {
	if last < 0 {
		return
	}
	a.edit(a.entries[last].node, func(x *around) {
		if x.tail == "" {
			x.tail, x.column = r.text, r.column
		} else {
			x.foot = append(x.foot, r.text)
		}
	})
}
