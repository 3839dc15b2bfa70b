package simulate

import (
	"regexp"
	"strconv"

	"manyi/internal/survey"
)

// condition says whom a question is shown to. Conditions of one comparison
// with a literal are followed; the others hold for so many by chance.
type condition struct {
	column   int // -1: by chance
	operator string
	literal  string
}

const shownByChance = 0.4

var comparison = regexp.MustCompile(`^\s*([A-Za-z]\w*)\s*(==|!=|<=|>=|<|>)\s*(?:"([^"\\]*)"|'([^'\\]*)'|(-?[0-9][0-9.]*))\s*$`)

func (p *plan) condition(e *survey.Expression) *condition {
	if e == nil {
		return nil
	}
	m := comparison.FindStringSubmatch(e.Source)
	if m == nil {
		return &condition{column: -1}
	}
	column, earlier := p.index[m[1]]
	if !earlier || p.columns[column].kind == multiple {
		return &condition{column: -1}
	}
	return &condition{column, m[2], m[3] + m[4] + m[5]}
}

// holds reports whether the question is shown; a comparison with no answer is false.
func (c *condition) holds(r *respondents) bool {
	if c == nil {
		return true
	}
	if c.column < 0 {
		return r.rand.Float64() < shownByChance
	}
	cell := r.cells[c.column]
	if cell.state != answered {
		return false
	}
	if c.operator == "==" || c.operator == "!=" {
		return (cell.text == c.literal) == (c.operator == "==")
	}
	a, errA := strconv.ParseFloat(cell.text, 64)
	b, errB := strconv.ParseFloat(c.literal, 64)
	if errA != nil || errB != nil {
		return false
	}
	switch c.operator {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	}
	return a >= b
}
