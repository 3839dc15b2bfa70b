package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// ledgerBrands adds the brands of the ledger that the responses do not have.
// Rows of another wave are left out.
func (w *wave) ledgerBrands(c *survey.Competitors, r *Competitors) {
	book := w.ledgers.Of("competitors")
	if book == nil {
		return
	}
	var found []*Brand
	for row := range book.Rows {
		id, item, of := book.Of("brand").Text(row), book.Of("item").Text(row), book.Of("wave").Text(row)
		rated := slices.ContainsFunc(r.Brands, func(b *Brand) bool { return b.ID == id })
		if rated || !slices.Contains(r.Items, item) || of != "" && of != w.table.ID {
			continue
		}
		i := slices.IndexFunc(found, func(b *Brand) bool { return b.ID == id })
		if i < 0 {
			i, found = len(found), append(found, &Brand{ID: id, Source: "ledger", Items: make([]*BrandFigure, len(r.Items))})
		}
		n := book.Of("n").Number(row)
		if !(n >= 1 && n < 1e9) {
			n = 0
		}
		mean := stat.Summary(book.Of("mean").Number(row), book.Of("sd").Number(row), int(n))
		if math.IsNaN(mean.SE) && !slices.Contains(r.Warnings, LedgerDoubt) {
			r.warn(LedgerDoubt)
		}
		found[i].Items[slices.Index(r.Items, item)] = w.ledgerFigure(c, r, item, mean)
	}
	for _, b := range found {
		b.finish(r)
	}
	r.Brands = append(r.Brands, found...)
	slices.SortStableFunc(r.Brands, func(x, y *Brand) int { return trit(y.ID == r.Own, false) - trit(x.ID == r.Own, false) })
}

// ledgerFigure is brandFigure for a mean of the ledger, whose item the survey
// may not have: then the range of the analysis tells its scale.
func (w *wave) ledgerFigure(c *survey.Competitors, r *Competitors, item string, mean stat.Estimate) *BrandFigure {
	if known, ok := w.itemOf(item); ok && known.Rated() {
		return w.brandFigure(item, mean)
	}
	f := &BrandFigure{ID: item, N: mean.N, Mean: Number(mean.Value), score: mean}
	if len(c.Range) == 2 {
		f.score = onHundred(mean, c.Range[0], c.Range[1])
	} else if !slices.Contains(r.Warnings, UnknownScale) {
		r.warn(UnknownScale)
	}
	return f
}

// finish computes the score of a brand of the ledger: the mean of its items. Its
// doubt is not known: how the items go together is not in the ledger.
func (b *Brand) finish(r *Competitors) {
	nan, sum := math.NaN(), 0.0
	b.score = stat.Estimate{Value: nan, SE: nan, DF: nan, Low: nan, High: nan}
	complete := true
	for i, f := range b.Items {
		if f == nil {
			b.Items[i] = &BrandFigure{ID: r.Items[i], Mean: Number(nan), score: stat.Summary(nan, nan, 0)}
			complete = false
			continue
		}
		b.N, sum = max(b.N, f.N), sum+f.score.Value
	}
	if complete {
		b.score.Value, b.score.N = sum/float64(len(b.Items)), b.N
	} else if !slices.Contains(r.Warnings, ItemsMissing) {
		r.warn(ItemsMissing)
	}
}

// OwnOf returns the own brand, nil where it is not there or hidden.
func (c *Competitors) OwnOf() *Brand {
	i := slices.IndexFunc(c.Brands, func(b *Brand) bool { return b.ID == c.Own && !b.Suppressed })
	if i < 0 {
		return nil
	}
	return c.Brands[i]
}

// Rivals are the other brands that may be shown.
func (c *Competitors) Rivals() []*Brand {
	var out []*Brand
	for _, b := range c.Brands {
		if b.ID != c.Own && !b.Suppressed {
			out = append(out, b)
		}
	}
	return out
}

// compare fills scores, gaps and tests.
func (c *Competitors) compare() {
	own, rivals := c.OwnOf(), c.Rivals()
	for _, b := range c.Brands {
		b.Score, b.CI95 = Number(b.score.Value), interval(b.score)
		b.Gap, b.GapCI, b.P, b.Holm, b.Relative = against(nil, b.score)
		for i, f := range b.Items {
			f.Score, f.CI95 = Number(f.score.Value), interval(f.score)
			f.Gap, f.GapCI, f.P, f.Holm, f.Relative = against(nil, f.score)
			if own != nil && b != own {
				f.Gap, f.GapCI, f.P, f.Holm, f.Relative = against(&own.Items[i].score, f.score)
			}
		}
		if own != nil && b != own {
			b.Gap, b.GapCI, b.P, b.Holm, b.Relative = against(&own.score, b.score)
		}
		if b.Suppressed && !slices.Contains(c.Warnings, BrandsAreFew) {
			c.warn(BrandsAreFew)
		}
	}
	adjustBrands(rivals, func(b *Brand) (Number, *Number) { return b.P, &b.Holm })
	for i := range c.Items {
		adjustBrands(rivals, func(b *Brand) (Number, *Number) { return b.Items[i].P, &b.Items[i].Holm })
	}
	switch {
	case own == nil:
		c.warn(NoOwnBrand)
	case len(rivals) == 0:
		c.warn(OneBrand)
	}
}

func adjustBrands(brands []*Brand, of func(*Brand) (Number, *Number)) {
	p := make([]float64, len(brands))
	for i, b := range brands {
		v, _ := of(b)
		p[i] = float64(v)
	}
	for i, adjusted := range stat.Holm(p) {
		_, to := of(brands[i])
		*to = Number(adjusted)
	}
}

// against is own less theirs; nothing without an own figure.
func against(own *stat.Estimate, theirs stat.Estimate) (gap Number, ci Interval, p, holm, relative Number) {
	nan := Number(math.NaN())
	if own == nil {
		return nan, Interval{nan, nan}, nan, nan, nan
	}
	t := stat.Welch(theirs, *own)
	relative = Number(own.Value / theirs.Value * 100)
	if !(theirs.Value > 0) {
		relative = nan
	}
	return Number(t.Difference), Interval{Number(t.Low), Number(t.High)}, Number(t.P), nan, relative
}

// Industry is the benchmark of the industry (METHODS A63): best takes the items
// of the brand with the best score, composite the best brand of each item,
// expert what an expert says. The gap is own less industry.
type Industry struct {
	Method string            `json:"method"`
	Brand  string            `json:"brand,omitempty"` // best
	Items  []*IndustryFigure `json:"items"`
	Score  Number            `json:"score"`
	Gap    Number            `json:"gap"`
}

// IndustryFigure is one item of the benchmark.
type IndustryFigure struct {
	ID    string   `json:"id"`
	Brand string   `json:"brand,omitempty"` // whose figure it is
	Score Number   `json:"score"`
	Gap   Number   `json:"gap"`
	GapCI Interval `json:"gap_ci95"`
}

func (c *Competitors) industry(s survey.Industry) *Industry {
	own := c.OwnOf()
	if s.Method == "" || own == nil {
		return nil
	}
	shown := append([]*Brand{own}, c.Rivals()...)
	ind := &Industry{Method: s.Method, Score: Number(math.NaN())}
	best := c.best(shown, func(b *Brand) float64 { return b.score.Value })
	if s.Method == "best" && best != nil {
		ind.Brand = best.ID
	}
	sum, n := 0.0, 0
	for i, id := range c.Items {
		f := &IndustryFigure{ID: id, Score: Number(math.NaN())}
		bench := stat.Estimate{Value: math.NaN(), SE: math.NaN()}
		switch s.Method {
		case "expert":
			if v, ok := s.Values[id]; ok {
				bench = stat.Estimate{Value: v}
			}
		case "best":
			if best != nil {
				f.Brand, bench = best.ID, best.Items[i].score
			}
		default:
			if b := c.best(shown, func(b *Brand) float64 { return b.Items[i].score.Value }); b != nil {
				f.Brand, bench = b.ID, b.Items[i].score
			}
		}
		f.Score = Number(bench.Value)
		f.Gap, f.GapCI = fromBenchmark(own.Items[i].score, bench, f.Brand == own.ID)
		if ind.Items = append(ind.Items, f); !math.IsNaN(bench.Value) {
			sum, n = sum+bench.Value, n+1
		}
	}
	if n == len(c.Items) && n > 0 {
		ind.Score = Number(sum / float64(n))
	}
	if s.Method == "composite" && !slices.Contains(c.Warnings, SelectedLevel) {
		c.warn(SelectedLevel)
	}
	ind.Gap = Number(own.score.Value) - ind.Score
	return ind
}

// best is the brand with the largest figure, nil where none has one.
func (c *Competitors) best(brands []*Brand, of func(*Brand) float64) *Brand {
	var out *Brand
	for _, b := range brands {
		if v := of(b); !math.IsNaN(v) && (out == nil || v > of(out)) {
			out = b
		}
	}
	return out
}

// fromBenchmark is own less the benchmark; one without answers of its own, an
// expert's, has no doubt of its own.
func fromBenchmark(own, bench stat.Estimate, itself bool) (Number, Interval) {
	nan := Number(math.NaN())
	switch {
	case itself:
		return 0, Interval{nan, nan}
	case bench.N == 0 && bench.SE == 0:
		return Number(own.Value - bench.Value), Interval{Number(own.Low - bench.Value), Number(own.High - bench.Value)}
	}
	t := stat.Welch(bench, own)
	return Number(t.Difference), Interval{Number(t.Low), Number(t.High)}
}
