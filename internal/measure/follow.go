package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// practical is the smallest effect that matters, in standard deviations: what
// the report says, else Cohen's bound of a small one.
func practical(s *survey.Survey) Number {
	if s.Report.Practical != nil {
		return Number(*s.Report.Practical)
	}
	return .2
}

// effect is Cohen's d of two means or scores, h of two shares: b less a.
func effect(a, b found, kind string) float64 {
	switch {
	case kind == "mean":
		return stat.CohenD(a.points, b.points)
	case kind == "score" || a.figure:
		return spreadD(a.Estimate, b.Estimate)
	}
	return stat.CohenH(a.Value, b.Value)
}

// followAnalysis follows every figure of an analysis over the waves.
func (t *Trend) followAnalysis(r *Results, id, method string) {
	known := map[string]bool{}
	for _, wave := range r.Waves {
		for _, f := range figuresOf(r.ByWave[wave], id) {
			if known[f.path] {
				continue
			}
			known[f.path] = true
			followed := &Followed{Figure: "analyses." + id + "." + f.path, Item: id, Kind: method + "." + f.kind}
			for i := 1; i < len(r.Waves); i++ {
				from, to := r.Waves[i-1], r.Waves[i]
				next := step(from, to, figureIn(r.ByWave[from], id, f.path), figureIn(r.ByWave[to], id, f.path), followed.Kind)
				if reason := unlike(r.ByWave[from], r.ByWave[to], id, f.path); reason != "" && next.Comparable {
					next = broken(next, reason)
				}
				followed.Steps = append(followed.Steps, next)
			}
			t.Figures = append(t.Figures, followed)
		}
	}
}

// figureIn is a figure of an analysis in one wave, ready to be compared.
func figureIn(b *Block, id, path string) found {
	if e, ok := figureOf(b, id, path); ok {
		if e.N < 2 || math.IsNaN(e.Value) {
			return found{Estimate: e, reason: NoAnswers, figure: true}
		}
		return found{Estimate: e, figure: true}
	}
	out := found{Estimate: stat.Estimate{Value: math.NaN(), SE: math.NaN()}, reason: NotAsked, figure: true}
	if b != nil {
		_, hidden := b.Analyses[id].(*Hidden)
		few := slices.ContainsFunc(figuresOf(b, id), func(f figure) bool { return f.path == path })
		if hidden || few || b.Suppressed {
			out.reason = "min_cell"
		}
	}
	return out
}

// Reworded is why a step is not comparable: the definition says that the
// question was asked in other words.
const Reworded = "wording_changed"

// limits adds the process limits of every figure with enough waves since its last break.
func (t *Trend) limits(r *Results) {
	for _, f := range t.Figures {
		first := 0
		for i, s := range f.Steps {
			if breaks(s.Reason) {
				first = i + 1
			}
		}
		var values []float64
		for _, wave := range r.Waves[first:] {
			values = append(values, f.value(r.ByWave[wave]))
		}
		c := stat.XmR(values)
		if math.IsNaN(c.Mean) {
			continue
		}
		f.XmR = &XmR{Mean: Number(c.Mean), Low: Number(c.Low), High: Number(c.High), From: r.Waves[first], Signals: []string{}}
		for i := range values {
			if c.Outside[i] || c.Run[i] {
				f.XmR.Signals = append(f.XmR.Signals, r.Waves[first+i])
			}
		}
	}
}

// value is the figure in one wave, NaN where it is not shown.
func (f *Followed) value(b *Block) float64 {
	if len(f.Figure) > len("analyses.") && f.Figure[:len("analyses.")] == "analyses." && f.Kind != "score" {
		if e, ok := figureOf(b, f.Item, f.Figure[len("analyses."+f.Item+"."):]); ok {
			return e.Value
		}
		return math.NaN()
	}
	e := estimate(b, f.Item, f.Kind, f.Code)
	if e.reason != "" {
		return math.NaN()
	}
	return e.Value
}

// Value is a figure of an analysis with its doubt.
type Value struct {
	Value, Low, High float64
	N                int
}

// Figure returns a figure of an analysis by its path below it, as results.json
// has it; false where the block does not show it.
func (b *Block) Figure(analysis, path string) (Value, bool) {
	e, ok := figureOf(b, analysis, path)
	return Value{e.Value, e.Low, e.High, e.N}, ok
}

// Hidden reports whether an analysis of the block is not shown, because its base is too small.
func (b *Block) Hidden(analysis string) bool {
	_, hidden := b.Analyses[analysis].(*Hidden)
	return hidden || b.Suppressed
}
