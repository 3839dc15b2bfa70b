package measure

import (
	"encoding/json"
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Competitors compares brands (METHODS A22): items and score on 0–100, the gap
// (own less theirs, so that more is better) and the relative index (own ÷
// theirs × 100). Brands come from the responses, which name one each, and from
// the ledger of competitors (mean, sd, n). The score of a brand is the mean of
// the items, each weighing the same: of a respondent who answered half of them
// or more, or of the means of the ledger. Differences are Welch's.
type Competitors struct {
	Common
	Own      string    `json:"own"`
	Items    []string  `json:"items"`
	Brands   []*Brand  `json:"brands"`
	Industry *Industry `json:"industry,omitempty"`
}

// Brand is one brand. Its gap and tests stand against the own brand, which has none.
type Brand struct {
	ID       string         `json:"id"`
	Source   string         `json:"source"` // responses or ledger
	N        int            `json:"n"`      // 0 where the ledger does not say
	Items    []*BrandFigure `json:"items"`
	Score    Number         `json:"score"`
	CI95     Interval       `json:"ci95"`
	Gap      Number         `json:"gap"`
	GapCI    Interval       `json:"gap_ci95"`
	P        Number         `json:"p"`
	Holm     Number         `json:"p_holm"` // over the brands
	Relative Number         `json:"relative"`

	Suppressed bool `json:"-"`
	score      stat.Estimate
	rows       int
}

// BrandFigure is one item of a brand.
type BrandFigure struct {
	ID       string   `json:"id"`
	N        int      `json:"n"`
	Mean     Number   `json:"mean"` // on the scale of the item
	Score    Number   `json:"score"`
	CI95     Interval `json:"ci95"`
	Gap      Number   `json:"gap"`
	GapCI    Interval `json:"gap_ci95"`
	P        Number   `json:"p"`
	Holm     Number   `json:"p_holm"` // over the brands, for this item
	Relative Number   `json:"relative"`

	Suppressed bool `json:"-"`
	score      stat.Estimate
}

// MarshalJSON leaves the name and the reason of a suppressed item.
func (f *BrandFigure) MarshalJSON() ([]byte, error) {
	if f.Suppressed {
		return json.Marshal(map[string]any{"id": f.ID, "suppressed": true, "reason": "min_cell"})
	}
	type plain BrandFigure
	return json.Marshal((*plain)(f))
}

// MarshalJSON leaves the name and the reason of a suppressed brand.
func (b *Brand) MarshalJSON() ([]byte, error) {
	if b.Suppressed {
		return json.Marshal(map[string]any{"id": b.ID, "suppressed": true, "reason": "min_cell"})
	}
	type plain Brand
	return json.Marshal((*plain)(b))
}

// OwnBrand stands for the own brand where no code names it.
const OwnBrand = "own"

// Warnings of competitors.
const (
	OneBrand      = "one_brand"      // there is nobody to compare with
	NoOwnBrand    = "no_own_brand"   // nobody rated the own brand
	LedgerDoubt   = "ledger_doubt"   // brands of the ledger lack sd or n: no interval
	ItemsMissing  = "items_missing"  // a brand lacks items: its score is not compared
	UnknownScale  = "unknown_scale"  // means of the ledger are taken as 0–100
	BrandsAreFew  = "brands_are_few" // a brand is hidden
	SelectedLevel = "selected_best"  // the composite takes the best by chance, too
)

func (w *wave) competitors(a survey.Analysis, g groups) []Analysis {
	c := a.Competitors
	book := w.ledgers.Of("competitors")
	whole := len(g.codes) == 1 && g.codes[0] == ""
	if c == nil || c.Brand == "" && (book == nil || !whole) {
		return nil
	}
	items := w.competitorItems(c)
	rated := w.ratedBrands(c, items, g)
	out := make([]Analysis, len(g.codes))
	for k := range out {
		r := &Competitors{Common: Common{Method: "competitors", Warnings: []string{}}, Own: c.Own, Items: items, Brands: rated[k]}
		if r.Own == "" {
			r.Own = OwnBrand
		}
		for _, b := range r.Brands {
			r.N, r.rows = r.N+b.N, r.rows+b.rows
		}
		if whole {
			w.ledgerBrands(c, r)
		}
		r.compare()
		r.Industry = r.industry(c.Industry)
		out[k] = r
	}
	return out
}

// competitorItems are the items of the analysis, else those of the ledger.
func (w *wave) competitorItems(c *survey.Competitors) []string {
	items := slices.Clone(c.Items)
	book := w.ledgers.Of("competitors")
	if len(items) > 0 || book == nil {
		return items
	}
	for row := range book.Rows {
		if id := book.Of("item").Text(row); !slices.Contains(items, id) {
			items = append(items, id)
		}
	}
	return items
}

// brandTally is the answers of one brand in one group.
type brandTally struct {
	items []bag // numbers of the answers
	score bag   // mean of the items on 0–100
	rows  int
	n     int
}

// ratedBrands are the brands that responses name, by group; the own brand alone
// where no question names brands.
func (w *wave) ratedBrands(c *survey.Competitors, items []string, g groups) [][]*Brand {
	codes, brandOf := w.brandCodes(c)
	raw, scored, known := make([]values, len(items)), make([]values, len(items)), false
	for i, id := range items {
		var ok bool
		raw[i], _ = w.values(id)
		scored[i], ok = w.scores(id)
		known = known || ok
	}
	if !known {
		return make([][]*Brand, len(g.codes))
	}
	tallies := make([][]brandTally, len(g.codes)+1)
	for k := range tallies {
		tallies[k] = make([]brandTally, len(codes))
		for b := range tallies[k] {
			tallies[k][b] = brandTally{items: make([]bag, len(items)), score: bag{}}
			for i := range items {
				tallies[k][b].items[i] = bag{}
			}
		}
	}
	for row, k := range g.of {
		b := brandOf(row)
		if b < 0 {
			continue
		}
		tallies[len(g.codes)][b].add(raw, scored, row, w.weight(row))
		if k >= 0 {
			tallies[k][b].add(raw, scored, row, w.weight(row))
		}
	}
	out := make([][]*Brand, len(g.codes))
	for k := range out {
		out[k] = w.brandsOf(codes, items, tallies[k], tallies[len(g.codes)])
	}
	return out
}

// brandCodes are the brands and the brand of a row.
func (w *wave) brandCodes(c *survey.Competitors) (codes []string, of func(row int) int) {
	if c.Brand == "" {
		own := c.Own
		if own == "" {
			own = OwnBrand
		}
		return []string{own}, func(int) int { return 0 }
	}
	column := w.columns[c.Brand]
	if column == nil || column.Absent {
		return nil, func(int) int { return -1 }
	}
	return column.Codes, func(row int) int {
		code, _ := column.Code(row)
		return code
	}
}

func (t *brandTally) add(raw, scored []values, row int, weight float64) {
	sum, n := 0.0, 0
	for i := range raw {
		v := scored[i].at(row)
		if math.IsNaN(v) {
			continue
		}
		t.items[i].add(raw[i].at(row), weight)
		sum, n = sum+v, n+1
	}
	if n == 0 {
		return
	}
	t.rows++
	if weight > 0 {
		t.n++
	}
	if 2*n >= len(raw) {
		t.score.add(sum/float64(n), weight)
	}
}

// brandsOf turns tallies into brands and hides the small ones.
func (w *wave) brandsOf(codes, items []string, tallies, design []brandTally) []*Brand {
	rows, n, allRows, all := make([]int, len(codes)), make([]int, len(codes)), 0, 0
	designed := make([]int, len(items)+1)
	for b := range codes {
		rows[b], n[b] = tallies[b].rows, tallies[b].n
		allRows, all = allRows+rows[b], all+n[b]
		for i := range items {
			designed[i] += design[b].items[i].n()
		}
		designed[len(items)] += design[b].score.n()
	}
	hidden := either(hide(rows, allRows, w.minCell), hide(n, all, w.minCell))
	few := w.fewAnswers(len(items), tallies)
	var out []*Brand
	for b, code := range codes {
		t := tallies[b]
		if t.rows == 0 {
			continue
		}
		brand := &Brand{ID: code, Source: "responses", N: t.n, rows: t.rows, Suppressed: hidden[b], score: w.bagMean(t.score, designed[len(items)])}
		for i, id := range items {
			brand.Items = append(brand.Items, w.brandFigure(id, w.bagMean(t.items[i], designed[i])))
			if few[i][b] {
				brand.Items[i] = &BrandFigure{ID: id, Mean: Number(math.NaN()), score: stat.Summary(math.NaN(), math.NaN(), 0), Suppressed: true}
			}
		}
		out = append(out, brand)
	}
	return out
}

// fewAnswers says, by item and brand, which means must be hidden: a brand may be
// rated by many and one of its items by few.
func (w *wave) fewAnswers(items int, tallies []brandTally) [][]bool {
	out := make([][]bool, items)
	for i := range out {
		n, all := make([]int, len(tallies)), 0
		for b, t := range tallies {
			n[b] = t.items[i].n()
			all += n[b]
		}
		out[i] = hide(n, all, w.minCell)
	}
	return out
}

// brandFigure puts a mean on 0–100 by the scale of its item.
func (w *wave) brandFigure(id string, mean stat.Estimate) *BrandFigure {
	f := &BrandFigure{ID: id, N: mean.N, Mean: Number(mean.Value), score: mean}
	if item, ok := w.itemOf(id); ok && item.Rated() {
		v := item.Scale.Values()
		low, high := slices.Min(v), slices.Max(v)
		if item.Reverse {
			low, high = high, low
		}
		f.score = onHundred(mean, low, high)
	}
	return f
}

// onHundred maps an estimate from low … high to 0 … 100.
func onHundred(e stat.Estimate, low, high float64) stat.Estimate {
	to := func(x float64) float64 { return (x - low) / (high - low) * 100 }
	out := e
	out.Value, out.Low, out.High = to(e.Value), to(e.Low), to(e.High)
	if high < low {
		out.Low, out.High = out.High, out.Low
	}
	out.SE = e.SE * 100 / math.Abs(high-low)
	return out
}

// figures are the scores of the brands that are shown.
func (c *Competitors) figures() []figure {
	var out []figure
	for _, b := range c.Brands {
		if !b.Suppressed && b.Source == "responses" {
			out = append(out, figure{path: "brands." + b.ID + ".score", kind: "competitors.score", estimate: b.score})
		}
	}
	return out
}
