package exporter

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// syntax is SPSS syntax while it is written.
type syntax struct{ b bytes.Buffer }

func (s *syntax) line(format string, args ...any) {
	fmt.Fprintf(&s.b, format, args...)
	s.b.WriteByte('\n')
}

// literal writes a text in quotes behind a name, over several lines where one is too short.
func (s *syntax) literal(head, text, end string) {
	room := spssLine - len(end) - len(" + ''")
	line := head + " "
	for first := true; first || text != ""; first = false {
		part := cutLiteral(text, room-len(line))
		text = text[len(part):]
		more := ""
		if text != "" {
			more = " +"
		} else {
			more = end
		}
		s.line("%s%s%s", line, quoted(part), more)
		line = "    "
	}
}

// cutLiteral is as much of a text as fits into so many bytes when its quotes are doubled.
func cutLiteral(s string, most int) string {
	used := 0
	for i, c := range s {
		size := utf8.RuneLen(c)
		if c == '\'' {
			size = 2
		}
		if used += size; used > most {
			return s[:i]
		}
	}
	return s
}

// quoted is a literal of SPSS.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
