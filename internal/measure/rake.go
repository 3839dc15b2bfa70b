package measure

import (
	"slices"

	"manyi/internal/diag"
	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Raking is how weights were made to fit the population's margins.
type Raking struct {
	Trim       float64        `json:"trim,omitempty"` // largest weight allowed, the mean being 1
	Iterations int            `json:"iterations"`
	Residual   Number         `json:"largest_residual"` // of the weighted shares from their targets
	Trimmed    int            `json:"trimmed"`          // responses at the limit
	Converged  bool           `json:"converged"`
	Margins    []*RakedMargin `json:"margins"`
}

// RakedMargin is one margin before and after. Responses without an answer to
// it keep the weight that the other margins give them.
type RakedMargin struct {
	Column  string       `json:"column"`
	N       int          `json:"n"`
	Unknown int          `json:"unknown"`
	Codes   []*RakedCode `json:"codes"`
}

// RakedCode is one code of a margin: its shares of the responses and of the
// weighted responses, and the population's. Few responses are not shown.
type RakedCode struct {
	Code       string `json:"code"`
	N          int    `json:"n"`
	Before     Number `json:"before"`
	After      Number `json:"after"`
	Target     Number `json:"target"`
	Suppressed bool   `json:"suppressed,omitempty"`
}

// rake makes the weights of the wave from the margins of the definition. What
// no weights can meet is a fault of the files, and there are no weights.
func (w *wave) rake(problems *diag.List) []float64 {
	r := w.survey.Rake
	if w.table.Rows == 0 {
		return []float64{}
	}
	margins, possible := make([]stat.RakeMargin, len(r.Margins)), true
	counts := make([][]int, len(r.Margins))
	for i, m := range r.Margins {
		var ok bool
		margins[i], counts[i], ok = w.margin(m, problems)
		possible = possible && ok
	}
	if !possible {
		return nil
	}
	unit, size, cells := units(margins, w.table.Rows)
	got := stat.Rake(size, nil, cells, r.Trim)
	weights := make([]float64, w.table.Rows)
	for row, u := range unit {
		weights[row] = got.Weights[u]
	}
	w.raking = &Raking{Trim: r.Trim, Iterations: got.Iterations, Residual: Number(got.Residual), Trimmed: got.Trimmed, Converged: got.Converged}
	for i, m := range r.Margins {
		w.raking.Margins = append(w.raking.Margins, w.raked(m, margins[i], counts[i], weights))
	}
	if r.Trim == 0 && got.Residual > 1e-6 {
		w.unreachable(r, problems)
	}
	return weights
}

// margin is one margin by row, and how many rows each code has.
func (w *wave) margin(m survey.Margin, problems *diag.List) (stat.RakeMargin, []int, bool) {
	out := stat.RakeMargin{Of: make([]int32, w.table.Rows)}
	counts := make([]int, len(m.Shares))
	var codes []string
	for _, s := range m.Shares {
		codes, out.Target = append(codes, s.Code), append(out.Target, s.Share)
	}
	c := w.columns[m.Column]
	if c == nil || c.Absent {
		impossible(problems, m.At, diag.Say("map the column under waves, or take the margin out"), diag.Say("none of %s has the column %q, to whose margin the weights are raked", w.named(), m.Column))
		return out, counts, false
	}
	to := make([]int32, len(c.Codes))
	for i, code := range c.Codes {
		to[i] = int32(slices.Index(codes, code))
	}
	ok := true
	told := map[string]bool{}
	for row := range out.Of {
		out.Of[row] = -1
		code, why := c.Code(row)
		if why != table.Answered {
			continue
		}
		if k := to[code]; k >= 0 {
			out.Of[row] = k
			counts[k]++
		} else if !told[c.Codes[code]] {
			told[c.Codes[code]], ok = true, false
			impossible(problems, m.At, diag.Say("add the code with its share, 0 where nobody is left"), diag.Say("margin %q says nothing of the code %q, which some of %s have", m.Column, c.Codes[code], w.named()))
		}
	}
	for k, s := range m.Shares {
		if s.Share > 0 && counts[k] == 0 {
			ok = false
			impossible(problems, s.At, diag.Say("put it together with another code under derived, and rake to that"), diag.Say("none of %s has code %q of margin %q: no weights can make up for nobody", w.named(), s.Code, m.Column))
		}
	}
	return out, counts, ok
}

func impossible(problems *diag.List, at diag.Place, cure, summary diag.Phrase) {
	if problems != nil {
		problems.Add(diag.Problem{Severity: diag.Error, Code: "wrong-margin", Place: at, Summary: summary, Cure: cure})
	}
}

// named are the responses in a message.
func (w *wave) named() diag.Phrase {
	if w.table.ID == "" {
		return diag.Say("the responses")
	}
	return diag.Say("the responses of wave %q", w.table.ID)
}

func (w *wave) unreachable(r *survey.Rake, problems *diag.List) {
	if problems != nil {
		problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "wrong-margin", Place: r.At,
			Summary: diag.Say("the margins cannot all be met at once by %s", w.named()),
			Cure:    diag.Say("put small codes together under derived, or take a margin out"),
		})
	}
}

// units puts rows that are alike in every margin together.
func units(margins []stat.RakeMargin, rows int) (unit []int32, size []int, cells []stat.RakeMargin) {
	unit = make([]int32, rows)
	known := map[int64]int32{}
	cells = make([]stat.RakeMargin, len(margins))
	for i, m := range margins {
		cells[i].Target = m.Target
	}
	for row := range rows {
		key := int64(0)
		for _, m := range margins {
			key = key*int64(len(m.Target)+1) + int64(m.Of[row]+1)
		}
		u, ok := known[key]
		if !ok {
			u = int32(len(size))
			known[key] = u
			size = append(size, 0)
			for i, m := range margins {
				cells[i].Of = append(cells[i].Of, m.Of[row])
			}
		}
		unit[row] = u
		size[u]++
	}
	return unit, size, cells
}

// raked compares a margin before and after.
func (w *wave) raked(m survey.Margin, margin stat.RakeMargin, counts []int, weights []float64) *RakedMargin {
	sums, total, n := make([]float64, len(counts)), 0.0, 0
	for row, k := range margin.Of {
		if k >= 0 {
			sums[k] += weights[row]
			total += weights[row]
			n++
		}
	}
	out := &RakedMargin{Column: m.Column, N: n, Unknown: w.table.Rows - n}
	hidden := hide(counts, w.table.Rows, w.minCell)
	for k, s := range m.Shares {
		c := &RakedCode{Code: s.Code, N: counts[k], Before: Number(float64(counts[k]) / float64(n)), After: Number(sums[k] / total), Target: Number(s.Share)}
		if hidden[k] {
			nan := undefined()
			c.N, c.Before, c.After, c.Suppressed = 0, nan, nan, true
		}
		out.Codes = append(out.Codes, c)
	}
	return out
}
