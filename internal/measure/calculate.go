package measure

import (
	"fmt"
	"maps"
	"slices"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// evaluator computes the expressions of a definition over the rows of a wave.
// Calculated columns are computed here from the answers, whatever a file says
// of them (a page can be tampered with).
type evaluator struct {
	wave    *wave
	formula map[string]*survey.Expression
	read    map[string]func(row int) survey.Value
}

func newEvaluator(w *wave) *evaluator {
	e := &evaluator{wave: w, formula: map[string]*survey.Expression{}, read: map[string]func(int) survey.Value{}}
	for _, c := range w.survey.Calculated {
		if c.Expr != nil && len(c.Expr.Unkept(w.kind)) == 0 {
			e.formula[c.ID] = c.Expr
		}
	}
	return e
}

// kind is how a column of the wave is stored.
func (w *wave) kind(name string) table.Kind {
	if c := w.columns[name]; c != nil {
		return c.Field.Kind
	}
	return table.Choice
}

// of returns the expression as a function of the row.
func (e *evaluator) of(expr *survey.Expression) func(row int) survey.Value {
	readers := make([]func(int) survey.Value, len(expr.Names))
	for i, name := range expr.Names {
		readers[i] = e.reader(name)
	}
	row := 0
	env := &survey.Environment{
		Read:  func(i int) survey.Value { return readers[i](row) },
		Param: func(name string) survey.Value { return e.param(name)(row) },
	}
	return func(i int) survey.Value {
		row = i
		if e.wave.table.Days != nil && e.wave.table.Days[i] != 0 {
			day := e.wave.table.Days[i]
			env.Today = fmt.Sprintf("%04d-%02d-%02d", day/10000, day/100%100, day%100)
		} else {
			env.Today = ""
		}
		return expr.Evaluate(env)
	}
}

// reader is the answer to a name by row.
func (e *evaluator) reader(name string) func(row int) survey.Value {
	if f := e.read[name]; f != nil {
		return f
	}
	f := func(int) survey.Value { return survey.NoValue(table.NotShown) }
	if expr := e.formula[name]; expr != nil {
		e.read[name] = f // a definition with a circle is refused
		f = e.of(expr)
	} else if c := e.wave.columns[name]; c != nil {
		f = func(row int) survey.Value { return answerIn(c, row) }
	} else if item, ok := e.wave.survey.Item(name); ok && item.Type == survey.MultipleChoice {
		f = e.ticked(item)
	}
	e.read[name] = f
	return f
}

// answerIn is one answer of a column; of a free text only that it is there.
func answerIn(c *table.Column, row int) survey.Value {
	if c.Field.Kind == table.Number {
		x, why := c.Number(row)
		if why != table.Answered {
			return survey.NoValue(why)
		}
		return survey.NumberValue(x)
	}
	code, why := c.Code(row)
	switch {
	case why != table.Answered:
		return survey.NoValue(why)
	case c.Field.Kind == table.Tick:
		return survey.NumberValue(float64(code))
	case code < len(c.Codes):
		return survey.TextValue(c.Codes[code])
	}
	return survey.TextValue("")
}

// ticked is the codes that are ticked in a multiple choice.
func (e *evaluator) ticked(item survey.Item) func(row int) survey.Value {
	codes := item.Scale.Codes()
	columns := make([]*table.Column, len(codes))
	for i, code := range codes {
		columns[i] = e.wave.columns[item.ID+"_"+code]
	}
	return func(row int) survey.Value {
		var list []string
		reason := table.Skipped
		for i, c := range columns {
			if c == nil {
				continue
			}
			switch code, why := c.Code(row); {
			case why != table.Answered:
				reason = why
			case code == 1:
				list = append(list, codes[i])
			}
		}
		if list == nil {
			return survey.NoValue(reason)
		}
		return survey.ListValue(list)
	}
}

// param is what the page's address held, where a hidden column keeps it.
func (e *evaluator) param(name string) func(row int) survey.Value {
	i := slices.IndexFunc(e.wave.survey.Hidden, func(h survey.Hidden) bool { return h.From == name })
	if i < 0 {
		return func(int) survey.Value { return survey.NoValue(table.NotShown) }
	}
	return e.reader(e.wave.survey.Hidden[i].ID)
}

// calculate adds the calculated columns to the wave.
func (w *wave) calculate() {
	e := newEvaluator(w)
	made := map[string]*table.Column{}
	for _, c := range w.survey.Calculated {
		if e.formula[c.ID] != nil {
			item, _ := w.survey.Item(c.ID)
			made[c.ID] = column(c, item, w.table.Rows, e.reader(c.ID))
		}
	}
	maps.Copy(w.columns, made)
}

// column stores what a formula gives: numbers as they are, conditions as the
// codes yes and no, texts as codes.
func column(c survey.Calculated, item survey.Item, rows int, at func(row int) survey.Value) *table.Column {
	out := &table.Column{Field: table.Field{ID: c.ID, Kind: table.Open, Rule: c.At}}
	if item.Type == survey.Number {
		out.Field.Kind = table.Number
		numbers(out, rows, at)
		return out
	}
	if item.Scale != nil {
		out.Field.Kind, out.Codes = table.Choice, item.Scale.Codes()
	}
	found := map[string]uint16{}
	for i, code := range out.Codes {
		found[code] = uint16(i)
	}
	out.Wide = make([]uint16, rows)
	for i := range rows {
		code, ok := codeOf(at(i))
		k, known := found[code]
		switch {
		case !ok:
			out.Wide[i] = table.WideBase + uint16(table.Skipped)
			continue
		case !known && (item.Scale != nil || len(out.Codes) >= table.WideBase):
			out.Wide[i] = table.WideBase + uint16(table.Invalid)
			continue
		case !known:
			k = uint16(len(out.Codes))
			found[code], out.Codes = k, append(out.Codes, code)
		}
		out.Wide[i] = k
	}
	out.Field.Codes = out.Codes
	return out
}

func numbers(out *table.Column, rows int, at func(row int) survey.Value) {
	out.Numbers, out.Cells = make([]float64, rows), make([]uint8, rows)
	for i := range rows {
		x, ok := at(i).Number()
		if out.Numbers[i] = x; !ok {
			out.Cells[i] = table.MissingBase + uint8(table.Skipped)
		}
	}
}

// codeOf is a value as the code it is stored by.
func codeOf(v survey.Value) (code string, ok bool) {
	if b, is := v.Truth(); is {
		if b {
			return "yes", true
		}
		return "no", true
	}
	if x, is := v.Number(); is {
		return fmt.Sprintf("%g", x), true
	}
	return v.Text()
}

// filtered is the wave without the responses that report.filter does not take;
// they are counted as excluded.
func filtered(s *survey.Survey, t *table.Wave, opt Options) *table.Wave {
	f := s.Report.Filter
	if f == nil {
		return t
	}
	opt.Problems = nil // faults are those of the responses that stay
	w := newWave(s, t, opt)
	if len(f.Unkept(w.kind)) > 0 {
		return t
	}
	holds := newEvaluator(w).of(f)
	keep := make([]bool, t.Rows)
	for i := range keep {
		keep[i] = holds(i).True()
	}
	return t.Keep(keep)
}
