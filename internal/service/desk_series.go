package service

import (
	"math"

	"manyi/internal/measure"
	"manyi/internal/stat"
)

// DeskSeries is a share by month with the limits of a p-chart and a test of its
// trend.
type DeskSeries struct {
	ID     string         `json:"id"`
	Mean   measure.Number `json:"mean"` // p̄ of all months
	Trend  *DeskTrend     `json:"trend,omitempty"`
	Points []*DeskPoint   `json:"points"`
}

// DeskPoint is one month.
type DeskPoint struct {
	Month   string         `json:"month"`
	Figure  *DeskFigure    `json:"figure"`
	Limits  *[2]deskNumber `json:"limits,omitempty"`  // p̄ ± 3√(p̄(1−p̄)/n), cut to 0–1
	Outside bool           `json:"outside,omitempty"` // beyond a limit
	Run     bool           `json:"run,omitempty"`     // the eighth or a later month on one side of p̄
}

type deskNumber = measure.Number

// DeskTrend is a test of a steady rise or fall, two-sided.
type DeskTrend struct {
	Statistic measure.Number `json:"z"`
	P         measure.Number `json:"p"`
	Holm      measure.Number `json:"holm"` // P by Holm over all trends of the same figure
}

// Holds reports whether the trend stands among all that were tested beside it.
func (t *DeskTrend) Holds() bool { return t != nil && float64(t.Holm) < 0.05 }

// deskHolm adjusts trends that are read together; nil ones take no part.
func deskHolm(trends []*DeskTrend) {
	var in []*DeskTrend
	var ps []float64
	for _, t := range trends {
		if t != nil {
			in, ps = append(in, t), append(ps, float64(t.P))
		}
	}
	for i, p := range stat.Holm(ps) {
		in[i].Holm = measure.Number(p)
	}
}

// series is a key figure by month. Months whose base is hidden, and those that
// would give them away, take no part in limits and runs.
func (c *deskContext) series(id string, h deskHits, names []string, of []int) *DeskSeries {
	out := &DeskSeries{ID: id}
	in := deskNoHits(len(h))
	for i := range h {
		if of[i] >= 0 {
			in[i] = h[i]
		}
	}
	figures := c.byGroup(in, len(names), of, deskAnswers[id])
	n, count := 0, 0
	for _, f := range figures {
		if !f.Suppressed {
			n, count = n+f.N, count+f.Count
		}
	}
	mean := stat.Share(count, n).Value
	out.Mean = measure.Number(mean)
	for i, f := range figures {
		out.Points = append(out.Points, &DeskPoint{Month: names[i], Figure: f})
	}
	out.limits(mean)
	out.Trend = deskTrend(figures, mean)
	return out
}

// seriesExpected is the least number of records that a month must lead to expect
// on either side, so that it takes part in a run: of a rare event most months
// show none, and lie below the mean without any signal.
const seriesExpected = 5

// limits sets the limits of every month that is shown, and marks months outside
// and runs on one side of the mean; a month on the mean ends a run.
func (s *DeskSeries) limits(mean float64) {
	run, side := 0, 0
	for _, p := range s.Points {
		if p.Figure.Suppressed || p.Figure.N == 0 {
			continue
		}
		half := 3 * math.Sqrt(mean*(1-mean)/float64(p.Figure.N))
		low, high := max(mean-half, 0), min(mean+half, 1)
		p.Limits = &[2]deskNumber{deskNumber(low), deskNumber(high)}
		value := float64(p.Figure.Value)
		p.Outside = value < low || value > high
		if float64(p.Figure.N)*min(mean, 1-mean) < seriesExpected {
			continue
		}
		now := 0
		if value > mean {
			now = 1
		} else if value < mean {
			now = -1
		}
		if now != side || now == 0 {
			run, side = 0, now
		}
		if now != 0 {
			run++
		}
		p.Run = run >= 8
	}
}

// deskTrendOf is a trend that was tested alone so far.
func deskTrendOf(z float64) *DeskTrend {
	p := measure.Number(stat.TwoSidedZ(z))
	return &DeskTrend{Statistic: measure.Number(z), P: p, Holm: p}
}

// deskTrend is the Cochran–Armitage test of a linear trend of shares over months:
//
//	z = Σ x_i(s_i − s̄) / √(p̄(1−p̄) Σ n_i(s_i − s̄)²),  s̄ = Σ n_i s_i / Σ n_i
//
// Fewer than three months with a base, or shares of all 0 or all 1: nil.
// Source: Armitage, Biometrics 11 (1955) 375–386; R prop.trend.test.
func deskTrend(figures []*DeskFigure, mean float64) *DeskTrend {
	n, s, shown := 0.0, 0.0, 0
	for i, f := range figures {
		if !f.Suppressed && f.N > 0 {
			n, s, shown = n+float64(f.N), s+float64(f.N)*float64(i), shown+1
		}
	}
	if shown < 3 || !(mean > 0 && mean < 1) {
		return nil
	}
	centre, top, below := s/n, 0.0, 0.0
	for i, f := range figures {
		if !f.Suppressed && f.N > 0 {
			d := float64(i) - centre
			top += float64(f.Count) * d
			below += float64(f.N) * d * d
		}
	}
	z := top / math.Sqrt(mean*(1-mean)*below)
	return deskTrendOf(z)
}
