package survey

import (
	"unicode"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// offsets maps characters of a scalar's value to where they stand in the file.
type offsets struct {
	source *source
	value  string
	at     []position // one a byte of value that starts a character, and one for the end
}

type position struct{ line, column int }

// offsets aligns the value of n with the text of the file, whatever the style:
// it steps over quotes, indentation, line ends and escapes. Within an escape
// the place is that of the escape.
func (r *reader) offsets(n *yaml.Node) offsets {
	o := offsets{source: r.source, value: n.Value, at: make([]position, len(n.Value)+1)}
	c := cursor{source: r.source, line: n.Line, column: n.Column}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		c.line, c.column = n.Line+1, 1
	} else if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		c.column++
	}
	for i, want := range n.Value {
		c.seek(want)
		o.at[i] = position{c.line, c.column}
		c.step()
	}
	o.at[len(n.Value)] = position{c.line, c.column}
	return o
}

// place is where the bytes from to end of the value stand.
func (o offsets) place(from, end int) diag.Place {
	from, end = min(max(from, 0), len(o.value)), min(end, len(o.value))
	start := o.at[from]
	for start == (position{}) && from > 0 { // inside a character
		from--
		start = o.at[from]
	}
	length := 1
	if last := o.at[max(end, from)]; last.line == start.line && last.column > start.column {
		length = last.column - start.column
	}
	return o.source.at(start.line, start.column, length)
}

// cursor is a position in the file.
type cursor struct {
	source       *source
	line, column int
}

// rune returns the character at the cursor, '\n' past the end of a line and 0 past the end of the file.
func (c *cursor) rune() rune {
	if c.line > len(c.source.lines) {
		return 0
	}
	row := c.source.characters(c.line)
	if c.column > len(row) {
		return '\n'
	}
	return row[c.column-1]
}

func (c *cursor) step() {
	if c.rune() == '\n' {
		c.line, c.column = c.line+1, 1
		return
	}
	c.column++
}

// reach is how far the next character may be: an indentation or an escape, not a page.
const reach = 400

// seek moves to the next character that can stand for want; it stays where it is if there is none within reach.
func (c *cursor) seek(want rune) {
	line, column := c.line, c.column
	for range reach {
		got := c.rune()
		if got == want || unicode.IsSpace(want) && unicode.IsSpace(got) {
			return
		}
		if got == 0 {
			break
		}
		c.step()
	}
	c.line, c.column = line, column
}
