package measure

import (
	"encoding/json"
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Gap is service quality by pairs of questions, what was met less what was
// expected, in points of the scale: SERVQUAL of Parasuraman, Zeithaml and Berry
// (J. Retailing 64, 1988, 12–40), with the zone of tolerance of the same
// authors (1994) where it was asked what would do, or SERVPERF of Cronin and
// Taylor (1992), performance alone, where expectations are not asked.
//
// A dimension is the mean of a respondent's pairs first, one is enough, then
// the mean over respondents. The whole is the mean of the dimensions, plain or
// weighted by their points; its standard error is linearised over respondents
// and takes the points as given. With a view, all figures are of those who are
// served.
type Gap struct {
	Common
	PerformanceOnly bool            `json:"performance_only"`
	Scale           [2]Number       `json:"scale"`
	Far             Number          `json:"far"` // points below the expected from which a gap is far below
	Perceived       Number          `json:"perceived"`
	Expected        Number          `json:"expected"`
	Gap             Number          `json:"gap"`
	CI95            Interval        `json:"ci95"` // of gap; of perceived where performance alone is measured
	WeightedGap     Number          `json:"weighted_gap"`
	WeightedCI95    Interval        `json:"weighted_ci95"`
	Weighted        Number          `json:"weighted_perceived"` // only where performance alone is measured
	MSS             Number          `json:"mss"`
	MSA             Number          `json:"msa"`
	Classes                         // by the respondent's mean over dimensions
	Dimensions      []*GapDimension `json:"dimensions"`
	Outcomes        []*GapOutcome   `json:"outcomes,omitempty"`
	View            *GapView        `json:"view,omitempty"`
	Why             string          `json:"why,omitempty"` // min_cell: a dimension is hidden, and the whole would give it away

	expects            bool
	estimate, weighted stat.Estimate
	bands              [gapClasses]int // people in each, also where the shares are not shown
}

// Classes are the shares of four bands of the gap, rounded to whole points:
// above the expected, as expected, below, and below by Far or more.
type Classes struct {
	Exceed   Number `json:"exceed"`
	Meet     Number `json:"meet"`
	Below    Number `json:"below"`
	FarBelow Number `json:"far_below"`
	Withheld bool   `json:"withheld,omitempty"` // of a group: fewer than min_cell people are in one of them
}

// GapLevel is what is said of a dimension and of an item.
type GapLevel struct {
	ID            string   `json:"id"`
	N             int      `json:"n"`
	Perceived     Number   `json:"perceived"`
	PerceivedCI95 Interval `json:"perceived_ci95"`
	Expected      Number   `json:"expected"`
	ExpectedCI95  Interval `json:"expected_ci95"`
	Gap           Number   `json:"gap"`
	CI95          Interval `json:"ci95"`
	T             Number   `json:"t"` // of gap against 0: Student's paired test
	DF            Number   `json:"df"`
	P             Number   `json:"p"`
	Holm          Number   `json:"p_holm"` // over the items, or over the dimensions
	Classes
	Zone       *Zone `json:"zone,omitempty"`
	Suppressed bool  `json:"-"`

	gap, perceived stat.Estimate
	rows, zoneRows int
	zoneHidden     bool
	bands          [gapClasses]int // pairs of answers in each band, also where the shares are not shown
	places         [4]int          // and in each place of the zone
}

// Holds reports whether the gap stands up as different from 0 at 5 %.
func (l *GapLevel) Holds() bool { return float64(l.Holm) < 0.05 }

// GapDimension is one dimension. Weight is its share of the points, Weighted
// its gap times that: what it adds to the weighted gap.
type GapDimension struct {
	GapLevel
	Points   Number     `json:"points"`
	Weight   Number     `json:"weight"`
	Weighted Number     `json:"weighted"`
	Alpha    *GapAlpha  `json:"alpha"`
	MSS      Number     `json:"mss"`
	MSA      Number     `json:"msa"`
	Items    []*GapItem `json:"items"`
}

// GapItem is one pair; its ID is the column of what was met.
type GapItem struct{ GapLevel }

// GapAlpha is Cronbach's alpha of what was met, what was expected and the gap,
// over the rows that have every pair of the dimension.
type GapAlpha struct {
	N         int    `json:"n"`
	Perceived Number `json:"perceived"`
	Expected  Number `json:"expected"`
	Gap       Number `json:"gap"`
}

// Zone is the zone of tolerance, from what would do to what is wanted: the
// means beside it and the shares below, within and above it. Where what would
// do is more than what is wanted there is no zone; those are Contrary and in
// no share.
type Zone struct {
	N        int      `json:"n"`
	Adequate Number   `json:"adequate"`
	MSA      Number   `json:"msa"` // perceived less adequate
	MSACI95  Interval `json:"msa_ci95"`
	Below    Number   `json:"below"`
	Within   Number   `json:"within"`
	Above    Number   `json:"above"`
	Contrary Number   `json:"contrary"`
	Withheld bool     `json:"withheld,omitempty"` // of a group: fewer than min_cell people are in one of them
}

// MarshalJSON leaves nothing but the reason of a suppressed dimension.
func (d *GapDimension) MarshalJSON() ([]byte, error) {
	if d.Suppressed {
		return hiddenAs(d.ID)
	}
	type plain GapDimension
	return json.Marshal((*plain)(d))
}

// MarshalJSON leaves nothing but the reason of a suppressed item.
func (i *GapItem) MarshalJSON() ([]byte, error) {
	if i.Suppressed {
		return hiddenAs(i.ID)
	}
	type plain GapItem
	return json.Marshal((*plain)(i))
}

// hiddenAs is a suppressed entry of a list, which keeps its name.
func hiddenAs(id string) ([]byte, error) {
	return json.Marshal(struct {
		ID         string `json:"id"`
		Suppressed bool   `json:"suppressed"`
		Reason     string `json:"reason"`
	}{id, true, "min_cell"})
}

// Warnings of gaps.
const (
	NoExpectation = "no_expectation" // expectations are defined, and no file has them
	SmallView     = "small_view"     // too few of one side to tell the views apart: both are taken together
)

func (w *wave) gap(a survey.Analysis, g groups) []Analysis {
	p := w.gapPlan(a.Gap)
	out, results := make([]Analysis, len(g.codes)), make([]*Gap, len(g.codes))
	roles := w.viewRoles(a.Gap.View)
	served, ok := roles.served(g, w.minCell)
	if !ok {
		for k := range out {
			out[k] = &Hidden{Common: Common{Method: a.Method}}
		}
		return out
	}
	found := p.read(served)
	everybody := len(g.codes) == 1 && g.codes[0] == ""
	whole := found
	if !everybody {
		every, _ := roles.served(everyone(w.table.Rows), w.minCell)
		whole = p.read(every)
	}
	for k, s := range found {
		results[k] = p.result(s, whole[0])
		out[k] = results[k]
	}
	w.hideItems(results, whole[0])
	for k, r := range results {
		p.conclude(r, found[k], whole[0])
	}
	if everybody && a.Gap.View != nil {
		results[0].View = p.view(roles)
		if results[0].View == nil {
			results[0].warn(SmallView)
		}
	}
	return out
}

// result reads one group off its sums. The whole gives the design of weighted figures.
func (p *gapPlan) result(s, whole *gapSums) *Gap {
	nan := Number(math.NaN())
	r := &Gap{
		Common:          Common{Method: "gap", N: s.any.N, Warnings: []string{}, rows: s.any.Rows},
		PerformanceOnly: !p.expects, Scale: [2]Number{Number(p.low), Number(p.high)}, Far: Number(p.far), expects: p.expects,
		Perceived: nan, Expected: nan, Gap: nan, CI95: Interval{nan, nan}, WeightedGap: nan, WeightedCI95: Interval{nan, nan}, Weighted: nan,
		MSS: nan, MSA: nan, Classes: p.shares(s.classes[:], s.any.N),
	}
	r.bands = [gapClasses]int(counted(s.classes[:]))
	for d, spec := range p.spec.Dimensions {
		first, last := p.first[d], p.first[d+1]
		dim := &GapDimension{GapLevel: p.level(spec.ID, &s.dimensions[d].levels, &whole.dimensions[d].levels), Points: nan, Weight: nan, Weighted: nan, MSS: nan, MSA: nan}
		dim.Alpha = p.alpha(s, d)
		for i := first; i < last; i++ {
			dim.Items = append(dim.Items, &GapItem{p.level(spec.Pairs[i-first].Perceived, &s.pairs[i].levels, &whole.pairs[i].levels)})
		}
		r.Dimensions = append(r.Dimensions, dim)
	}
	p.weights(r, s)
	return r
}

// level is the figures of a pair or dimension.
func (p *gapPlan) level(id string, l, whole *levels) GapLevel {
	perceived := l.perceived.Estimate(p.design(whole.perceived))
	out := GapLevel{
		ID: id, N: l.perceived.N, rows: l.perceived.Rows, zoneRows: l.adequate.Rows, Perceived: Number(perceived.Value), PerceivedCI95: interval(perceived),
		Classes: p.shares(l.classes[:], l.gap.N), perceived: perceived,
	}
	expected, gap := l.expected.Estimate(p.design(whole.expected)), l.gap.Estimate(p.design(whole.gap))
	test := stat.AgainstZero(gap)
	out.Expected, out.ExpectedCI95 = Number(expected.Value), interval(expected)
	out.Gap, out.CI95, out.gap = Number(gap.Value), interval(gap), gap
	out.T, out.DF, out.P, out.Holm = Number(test.Statistic), Number(test.DF), Number(test.P), Number(math.NaN())
	out.bands, out.places = [gapClasses]int(counted(l.classes[:])), [4]int(counted(l.zone[:]))
	if l.adequate.N > 0 {
		out.Zone = p.zone(l, whole)
	}
	return out
}

func (p *gapPlan) zone(l, whole *levels) *Zone {
	above := l.above.Estimate(p.design(whole.above))
	z := &Zone{N: l.adequate.N, Adequate: Number(l.adequate.Mean()), MSA: Number(above.Value), MSACI95: interval(above), Contrary: Number(l.zone[zoneContrary].N)}
	all := sum(l.zone[:], []int{zoneBelow, zoneWithin, zoneAbove})
	z.Below, z.Within, z.Above = part(l.zone[zoneBelow], all), part(l.zone[zoneWithin], all), part(l.zone[zoneAbove], all)
	return z
}

// design is how many answers a weighted figure's whole has; 0 without weights,
// where a group is a sample of its own.
func (p *gapPlan) design(m stat.Moment) int {
	if p.wave.weights == nil {
		return 0
	}
	return m.N
}

func (p *gapPlan) shares(classes []stat.Point, n int) Classes {
	if !p.expects || n == 0 {
		nan := Number(math.NaN())
		return Classes{nan, nan, nan, nan, false}
	}
	all := sum(classes, []int{0, 1, 2, 3})
	return Classes{part(classes[0], all), part(classes[1], all), part(classes[2], all), part(classes[3], all), false}
}

// alpha is α = k/(k−1)·(1 − Σs²ᵢ/s²), weighted where the survey is; NaN of one
// pair, of rows too few to be shown and where nothing varies.
// Source: Cronbach, Psychometrika 16 (1951) 297–334.
func (p *gapPlan) alpha(s *gapSums, d int) *GapAlpha {
	first, last := p.first[d], p.first[d+1]
	a := [3]float64{}
	for k := range a {
		items, total := 0.0, s.dimensions[d].total[k].Variance()
		for i := first; i < last; i++ {
			items += s.pairs[i].whole[k].Variance()
		}
		n := float64(last - first)
		a[k] = n / (n - 1) * (1 - items/total)
		if n < 2 || !(total > 0) || s.dimensions[d].total[k].Rows < p.wave.minCell {
			a[k] = math.NaN()
		}
	}
	out := &GapAlpha{N: s.dimensions[d].total[0].N, Perceived: Number(a[0]), Expected: Number(a[1]), Gap: Number(a[2])}
	if !p.expects {
		out.Expected, out.Gap = Number(math.NaN()), Number(math.NaN())
	}
	return out
}

// weights shares out the points: those given, or the means of the questions that ask for them.
func (p *gapPlan) weights(r *Gap, s *gapSums) {
	total := 0.0
	for d, spec := range p.spec.Dimensions {
		points := math.NaN()
		switch {
		case spec.Points != nil:
			points = *spec.Points
		case spec.Source != "" && s.points[d].N >= p.wave.minCell:
			points = s.points[d].Mean()
		}
		r.Dimensions[d].Points = Number(points)
		total += points
	}
	for _, d := range r.Dimensions {
		if total > 0 {
			d.Weight = d.Points / Number(total)
			d.Weighted = d.Weight * d.Gap
		}
	}
}
