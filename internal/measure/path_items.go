package measure

import (
	"math"

	"manyi/internal/pls"
	"manyi/internal/survey"
)

// modelItem is one item of a path model on 0–100.
type modelItem struct {
	id         string
	v          values
	shift, per float64 // (x − shift)·per
	cut        *values // price tolerance: v is the rise, cut the cut
}

// at returns the answer in a row, NaN where there is none.
func (i *modelItem) at(row int) float64 {
	x := i.v.at(row)
	if i.cut == nil {
		return (x - i.shift) * i.per
	}
	return (tolerance(x, i.cut.at(row)) - 1) / 9 * 100
}

// mostTolerance is where price tolerance is cut off, in percent.
const mostTolerance = 25

// tolerance is price tolerance on 1–10: the rise in % that somebody bears who
// would buy again, less the cut in % that would win back one who would not,
// within ±25. A definition of ours (METHODS, head of A).
func tolerance(rise, cut float64) float64 {
	x := rise
	if math.IsNaN(x) {
		x = -cut
	}
	return 1 + (min(max(x, -mostTolerance), mostTolerance)+mostTolerance)/(2*mostTolerance)*9
}

// modelItems reads the items of a list of columns and, last, price tolerance.
func (w *wave) modelItems(ids []string, price *survey.PriceTolerance) []modelItem {
	var out []modelItem
	for _, id := range ids {
		out = append(out, w.modelItem(id))
	}
	if price != nil {
		rise, _ := w.values(price.Rise)
		cut, _ := w.values(price.Cut)
		out = append(out, modelItem{id: survey.PriceItem, v: rise, cut: &cut})
	}
	return out
}

func (w *wave) modelItem(id string) modelItem {
	i := modelItem{id: id, per: 1}
	item, ok := w.itemOf(id)
	switch {
	case !ok:
	case item.Rated():
		i.v, _ = w.scores(id)
	case item.Question != nil && item.Question.Min != nil && item.Question.Max != nil:
		i.v, _ = w.values(id)
		low, high := *item.Question.Min, *item.Question.Max
		if item.Reverse {
			low, high = high, low
		}
		i.shift, i.per = low, 100/(high-low)
	}
	return i
}

// rowsOf is the answers of some rows, with weights of mean 1 among them.
func (w *wave) rowsOf(items []modelItem, rows []int32) pls.Rows {
	r := pls.Rows{N: len(rows), Read: func(i int, into []float64) {
		row := int(rows[i])
		for k := range items {
			into[k] = items[k].at(row)
		}
	}}
	if w.weights == nil {
		return r
	}
	r.Weights = make([]float64, len(rows))
	n, sum := 0.0, 0.0
	for i, row := range rows {
		r.Weights[i] = w.weights[row]
		if w.weights[row] > 0 {
			n, sum = n+1, sum+w.weights[row]
		}
	}
	for i := range r.Weights {
		r.Weights[i] *= n / sum
	}
	return r
}

// members are the rows of every group.
func (g groups) members() [][]int32 {
	out := make([][]int32, len(g.codes))
	for row, k := range g.of {
		if k >= 0 {
			out[k] = append(out[k], int32(row))
		}
	}
	return out
}
