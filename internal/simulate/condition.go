package simulate

import (
	"slices"
	"strconv"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// condition says whom a question is shown to: all of its expressions hold, as
// the page evaluates them.
type condition []*survey.Expression

// and returns the condition with one more expression, which may be nil.
func (c condition) and(e *survey.Expression) condition {
	if e == nil {
		return c
	}
	return append(slices.Clone(c), e)
}

// holds reports whether the question is shown to the respondent.
func (c condition) holds(r *respondents) bool {
	for _, e := range c {
		if !r.evaluate(e).True() {
			return false
		}
	}
	return true
}

func (r *respondents) evaluate(e *survey.Expression) survey.Value {
	return e.Evaluate(&survey.Environment{
		Read: func(i int) survey.Value { return r.value(e.Names[i]) },
		Param: func(name string) survey.Value {
			for _, h := range r.plan.survey.Hidden {
				if h.From == name {
					return r.value(h.ID)
				}
			}
			return survey.NoValue(table.NotShown)
		},
		Today: r.submitted.Format("2006-01-02"),
	})
}

// value is what the respondent answered to a question or column before.
func (r *respondents) value(name string) survey.Value {
	for _, c := range r.plan.survey.Calculated {
		if c.ID == name && c.Expr != nil {
			return r.evaluate(c.Expr)
		}
	}
	i, known := r.plan.index[name]
	if !known {
		return survey.NoValue(table.NotShown)
	}
	c, cell := &r.plan.columns[i], &r.cells[i]
	switch {
	case cell.state == absent:
		return survey.NoValue(table.NotShown)
	case cell.state == empty:
		return survey.NoValue(table.Skipped)
	case cell.state == coded:
		return survey.NoValue(c.reasons[cell.text])
	case c.kind == multiple:
		var codes []string
		for k, ticked := range cell.ticks {
			if ticked {
				codes = append(codes, c.codes[k])
			}
		}
		return survey.ListValue(codes)
	case c.numeric:
		x, _ := strconv.ParseFloat(cell.text, 64)
		return survey.NumberValue(x)
	}
	return survey.TextValue(cell.text)
}
