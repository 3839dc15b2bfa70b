package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Reliability says how far items measure one thing, over the responses that
// answered all of them. Items that are asked the other way round are turned.
// Weights are not looked at.
type Reliability struct {
	Common
	Incomplete   int                `json:"incomplete"` // responses that answered some of the items, left out
	Alpha        Number             `json:"alpha"`
	CI95         Interval           `json:"ci95"`
	Standardised Number             `json:"alpha_standardised"`
	AverageR     Number             `json:"average_r"`
	SplitHalf    Number             `json:"split_half"`
	Items        []*ReliabilityItem `json:"items"`
	KMO          Number             `json:"kmo"`
	Bartlett     Bartlett           `json:"bartlett"`
}

// ReliabilityItem is the part of one item.
type ReliabilityItem struct {
	ID             string `json:"id"`
	Mean           Number `json:"mean"`
	SD             Number `json:"sd"`
	ItemTotal      Number `json:"item_total"` // correlation with the sum, itself included
	ItemRest       Number `json:"item_rest"`  // with the sum of the others
	AlphaIfDropped Number `json:"alpha_if_dropped"`
	KMO            Number `json:"kmo"`
}

// Bartlett is Bartlett's test of sphericity.
type Bartlett struct {
	ChiSquared Number `json:"chi_squared"`
	DF         Number `json:"df"`
	P          Number `json:"p"`
}

// Warnings of reliability.
const (
	NegativeAlpha = "negative_alpha"
	TwoItems      = "two_items"
	SameAnswers   = "same_answers" // followed by ":" and the item
	NoInverse     = "no_inverse"   // items that repeat each other
	LowItem       = "low_item"     // followed by ":" and an item of item-rest r below .3
)

// Batteries is the reliability of every matrix of rated items, unasked.
type Batteries struct {
	Common
	Batteries []*Battery `json:"batteries"`
}

// Battery is the reliability of one question.
type Battery struct {
	ID     string   `json:"id"`
	Result Analysis `json:"result"` // *Reliability or *Hidden
}

func (w *wave) reliability(a survey.Analysis, g groups) []Analysis {
	if a.Reliability == nil {
		return nil
	}
	var out []Analysis
	for _, r := range w.reliabilityOf(g, a.Reliability.Items) {
		out = append(out, r)
	}
	return out
}

// batteries is the reliability of every question with several rated rows.
func (w *wave) batteries() *Batteries {
	out := &Batteries{Common: Common{Method: "reliability", N: w.table.Rows, Warnings: []string{}}}
	for _, b := range w.matrices() {
		r := w.reliabilityOf(everyone(w.table.Rows), b.items)[0]
		if r.N == 0 && r.Incomplete == 0 {
			continue // not asked in this wave
		}
		battery := &Battery{ID: b.id, Result: r}
		if hide([]int{r.N}, r.N, w.minCell)[0] {
			battery.Result = &Hidden{Common: Common{Method: "reliability"}}
		}
		out.Batteries = append(out.Batteries, battery)
	}
	if len(out.Batteries) == 0 {
		return nil
	}
	return out
}

// matrix is a question with rated rows.
type matrix struct {
	id    string
	items []string
}

// matrices are the questions with two or more rated rows.
func (w *wave) matrices() []matrix {
	var out []matrix
	for _, a := range w.items {
		if a.item.Row == nil || !a.item.Rated() {
			continue
		}
		if n := len(out); n == 0 || out[n-1].id != a.item.Question.ID {
			out = append(out, matrix{id: a.item.Question.ID})
		}
		last := &out[len(out)-1]
		last.items = append(last.items, a.item.ID)
	}
	kept := out[:0]
	for _, m := range out {
		if len(m.items) > 1 {
			kept = append(kept, m)
		}
	}
	return kept
}

// reliabilityOf is the reliability of a list of items in every group of g.
func (w *wave) reliabilityOf(g groups, items []string) []*Reliability {
	columns := make([]values, len(items))
	for i, id := range items {
		columns[i], _ = w.values(id)
		if item, ok := w.itemOf(id); ok && item.Reverse && columns[i].of != nil {
			columns[i].of = turned(columns[i].of)
		}
	}
	out := make([]*Reliability, len(g.codes))
	for k, m := range jointMoments(columns, g) {
		n, means, covariance := m.covariance()
		out[k] = reliable(items, stat.ReliabilityOf(n, means, covariance), m.some-m.n)
	}
	return out
}

// turned counts a scale from its other end.
func turned(of []float64) []float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range of {
		low, high = min(low, x), max(high, x)
	}
	out := make([]float64, len(of))
	for i, x := range of {
		out[i] = low + high - x
	}
	return out
}

func reliable(items []string, r stat.Reliability, incomplete int) *Reliability {
	out := &Reliability{
		Common: Common{Method: "reliability", N: r.N, Warnings: []string{}}, Incomplete: incomplete,
		Alpha: Number(r.Alpha), CI95: Interval{Number(r.Low), Number(r.High)}, Standardised: Number(r.Standardised), AverageR: Number(r.AverageR),
		SplitHalf: Number(r.SplitHalf), KMO: Number(r.KMO), Items: []*ReliabilityItem{},
		Bartlett: Bartlett{Number(r.Bartlett.Statistic), Number(r.Bartlett.DF), Number(r.Bartlett.P)},
	}
	same := false
	for i, item := range r.Items {
		out.Items = append(out.Items, &ReliabilityItem{
			ID: items[i], Mean: Number(item.Mean), SD: Number(item.SD), ItemTotal: Number(item.ItemTotal), ItemRest: Number(item.ItemRest),
			AlphaIfDropped: Number(item.AlphaIfDropped), KMO: Number(item.KMO),
		})
		switch {
		case r.N > 1 && item.SD == 0:
			same = true
			out.warn(SameAnswers + ":" + items[i])
		case item.ItemRest < .3:
			out.warn(LowItem + ":" + items[i])
		}
	}
	switch {
	case r.N == 0:
		out.warn(NoAnswers)
	case r.N < 30:
		out.warn(Base30)
	}
	if r.Alpha < 0 {
		out.warn(NegativeAlpha)
	}
	if r.K == 2 {
		out.warn(TwoItems)
	}
	if !same && r.N > r.K && math.IsNaN(r.KMO) {
		out.warn(NoInverse)
	}
	return out
}
