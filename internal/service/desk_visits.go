package service

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// DeskVisits is what mystery visits found (METHODS A53). The score of a visit is
//
//	100 · Σ w·points / Σ w·most points   over the items that were scored
//
// after the rule of critical items.
type DeskVisits struct {
	N         int              `json:"n"` // visits
	Rows      int              `json:"rows"`
	Left      int              `json:"left_out"` // rows without a score in range, an item or a visit
	Points    measure.Number   `json:"points"`   // most points of an item that names none
	Guessed   bool             `json:"points_guessed,omitempty"`
	Rule      string           `json:"critical_rule"`
	Below     measure.Number   `json:"critical_below"`
	Cap       measure.Number   `json:"cap"`
	PassFrom  measure.Number   `json:"pass_from"`
	MinVisits int              `json:"min_visits"`
	Score     *DeskFigure      `json:"score"`
	Raw       *DeskFigure      `json:"score_without_rule"`
	Passed    *DeskFigure      `json:"passed"`
	Critical  *DeskFigure      `json:"critical_failed"` // visits with a failed critical item
	Items     []*DeskVisitItem `json:"items"`
	Units     []*DeskUnit      `json:"units,omitempty"`
	Months    []*DeskPoint     `json:"months,omitempty"`
	Compare   *DeskCompare     `json:"survey,omitempty"`

	all []*deskVisit
}

// DeskVisitItem is one item over all visits: its score in percent of its points.
type DeskVisitItem struct {
	ID       string      `json:"id"`
	Critical bool        `json:"critical"`
	Score    *DeskFigure `json:"score"`
	Failed   int         `json:"failed,omitempty"` // as a critical item
}

// DeskUnit is one unit; units of fewer than MinVisits visits are hidden.
type DeskUnit struct {
	ID       string      `json:"id"`
	N        int         `json:"n"`
	Score    *DeskFigure `json:"score"`
	Passed   int         `json:"passed"`
	Critical int         `json:"critical_failed"`
}

// DeskCompare sets the units' visits beside what their customers say.
type DeskCompare struct {
	Measure  string           `json:"measure"`
	Segment  string           `json:"segment"`
	N        int              `json:"n"`
	Pearson  measure.Number   `json:"r"`
	Spearman measure.Number   `json:"rho"`
	Points   []*DeskTwoScores `json:"points"`
}

// DeskTwoScores is a unit with both scores.
type DeskTwoScores struct {
	Unit   string      `json:"unit"`
	Visits *DeskFigure `json:"visits"`
	Survey *DeskFigure `json:"answers"`
}

// deskVisit is one visit while it is scored.
type deskVisit struct {
	unit       string
	row        int
	got, most  float64
	raw, score float64
	failed     int
	passed     bool
}

func (c *deskContext) visits() *DeskVisits {
	l := c.of("visits")
	if l == nil {
		return nil
	}
	r := c.rules.Visits
	out := &DeskVisits{Rows: l.Rows, Rule: cmp.Or(r.CriticalRule, "fail"), Below: deskOr(r.CriticalBelow, 60), Cap: deskOr(r.Cap, 59), PassFrom: deskOr(r.Pass, 80), MinVisits: r.MinVisits}
	if out.MinVisits == 0 {
		out.MinVisits = 3
	}
	if out.Points = deskOr(r.Max, 0); r.Max == nil {
		out.Points = measure.Number(deskGuessed(l.Of("score").Numbers))
	}
	c.scoreVisits(out, l)
	if out.N = len(out.all); out.N == 0 {
		return out.none()
	}
	out.sum()
	c.units(out)
	names, of := c.months(l.Of("date"), l.Rows)
	for k, m := range names {
		f := deskMeanOf(out.all, func(v *deskVisit) bool { return of[v.row] == k })
		out.Months = append(out.Months, &DeskPoint{Month: m, Figure: f})
	}
	out.Compare = c.compareVisits(out)
	return out
}

// none is visits of which no row could be used.
func (d *DeskVisits) none() *DeskVisits {
	d.sum()
	return d
}

func deskOr(given *float64, usual float64) measure.Number {
	if given != nil {
		return measure.Number(*given)
	}
	return measure.Number(usual)
}

// deskGuessed is the smallest usual end of a scale that holds every score.
func deskGuessed(scores []float64) float64 {
	most := 0.0
	for _, x := range scores {
		if !math.IsNaN(x) {
			most = max(most, x)
		}
	}
	for _, end := range []float64{1, 5, 10, 100} {
		if most <= end {
			return end
		}
	}
	return most
}

// given reports whether the author says how many points an item can earn.
func (c *deskContext) given(id string) bool {
	return slices.ContainsFunc(c.rules.Visits.Items, func(i survey.DeskVisitItem) bool { return i.ID == id && i.Max != nil })
}

// checked is what the author says of an item.
func (c *deskContext) checked(id string, points float64) (weight, most float64, critical bool) {
	weight, most = 1, points
	for _, i := range c.rules.Visits.Items {
		if i.ID == id {
			return float64(deskOr(i.Weight, 1)), float64(deskOr(i.Max, points)), i.Critical
		}
	}
	return weight, most, false
}

// scoreVisits gathers rows to visits and items.
func (c *deskContext) scoreVisits(out *DeskVisits, l *ledger.Ledger) {
	ids := map[string]*deskVisit{}
	scores := map[string][]float64{}
	items := map[string]*DeskVisitItem{}
	for i := range l.Rows {
		item, x := l.Of("item").Text(i), l.Of("score").Number(i)
		weight, most, critical := c.checked(item, float64(out.Points))
		id := l.Of("id").Text(i)
		if id == "" && l.Of("date").Has(i) && l.Of("unit").Has(i) {
			id = "\x00" + l.Of("date").Time(i).Format("2006-01-02") + "\x00" + l.Of("unit").Text(i)
		}
		if id == "" || item == "" || !(x >= 0 && x <= most) {
			out.Left++
			continue
		}
		v := ids[id]
		if v == nil {
			v = &deskVisit{row: i, unit: l.Of("unit").Text(i)}
			ids[id] = v
			out.all = append(out.all, v)
		}
		if items[item] == nil {
			items[item] = &DeskVisitItem{ID: item}
			out.Items = append(out.Items, items[item])
		}
		critical = critical || l.Of("critical").Number(i) == 1
		v.got, v.most = v.got+weight*x, v.most+weight*most
		scores[item] = append(scores[item], 100*x/most)
		items[item].Critical = items[item].Critical || critical
		if critical && 100*x/most < float64(out.Below) {
			v.failed++
			items[item].Failed++
		}
	}
	for _, item := range out.Items {
		out.Guessed = out.Guessed || c.rules.Visits.Max == nil && !c.given(item.ID)
		item.Score = c.hide(deskFigure(deskClipped(scores[item.ID]), 0))
	}
	slices.SortStableFunc(out.Items, func(a, b *DeskVisitItem) int { return strings.Compare(a.ID, b.ID) })
	for _, v := range out.all {
		v.judge(out)
	}
}

// judge applies the rule of critical items.
func (v *deskVisit) judge(d *DeskVisits) {
	v.raw = math.NaN()
	if v.most > 0 {
		v.raw = 100 * v.got / v.most
	}
	v.score = v.raw
	switch {
	case v.failed > 0 && d.Rule == "zero":
		v.score = 0
	case v.failed > 0 && d.Rule == "cap":
		v.score = min(v.raw, float64(d.Cap))
	}
	v.passed = v.failed == 0 && v.score >= float64(d.PassFrom)
}

// deskClipped is the mean of scores of 0–100 with its t interval cut to them.
func deskClipped(scores []float64) stat.Estimate {
	e := stat.Mean(deskPoints(scores, nil))
	e.Low, e.High = max(e.Low, 0), min(e.High, 100)
	return e
}

func deskMeanOf(visits []*deskVisit, part func(*deskVisit) bool) *DeskFigure {
	var scores []float64
	for _, v := range visits {
		if part == nil || part(v) {
			scores = append(scores, v.score)
		}
	}
	return deskFigure(deskClipped(scores), 0)
}

// sum fills the figures of all visits.
func (d *DeskVisits) sum() {
	var raw []float64
	passed, critical := 0, 0
	for _, v := range d.all {
		raw = append(raw, v.raw)
		if v.passed {
			passed++
		}
		if v.failed > 0 {
			critical++
		}
	}
	d.Score, d.Raw = deskMeanOf(d.all, nil), deskFigure(deskClipped(raw), 0)
	d.Passed, d.Critical = deskFigure(stat.Share(passed, len(d.all)), passed), deskFigure(stat.Share(critical, len(d.all)), critical)
}

// units ranks the units that have enough visits, the best score first.
func (c *deskContext) units(d *DeskVisits) {
	d.Score = c.judge(d.Score, "visit", false)
	at := map[string]*DeskUnit{}
	for _, v := range d.all {
		if v.unit == "" {
			continue
		}
		u := at[v.unit]
		if u == nil {
			u = &DeskUnit{ID: v.unit}
			at[v.unit] = u
			d.Units = append(d.Units, u)
		}
		u.N++
		if v.passed {
			u.Passed++
		}
		if v.failed > 0 {
			u.Critical++
		}
	}
	var figures []*DeskFigure
	for _, u := range d.Units {
		u.Score = c.judge(deskMeanOf(d.all, func(v *deskVisit) bool { return v.unit == u.ID }), "visit", false)
		if u.N < d.MinVisits {
			*u = DeskUnit{ID: u.ID, N: u.N, Score: &DeskFigure{Suppressed: true, few: true}}
		}
		figures = append(figures, u.Score)
	}
	deskRank(figures, false)
	slices.SortFunc(d.Units, func(a, b *DeskUnit) int {
		if a.Score.Suppressed != b.Score.Suppressed {
			return int(deskYes(a.Score.Suppressed) - deskYes(b.Score.Suppressed))
		}
		return cmp.Or(cmp.Compare(b.Score.Value, a.Score.Value), strings.Compare(a.ID, b.ID))
	})
}

// compareVisits sets units beside the groups of the survey's segment.
func (c *deskContext) compareVisits(d *DeskVisits) *DeskCompare {
	r := c.rules.Visits
	if r.Segment == "" || r.Compare == "" || c.Results.Block == nil {
		return nil
	}
	out := &DeskCompare{Measure: r.Compare, Segment: r.Segment}
	var x, y []float64
	for _, u := range d.Units {
		f := c.surveyed(r.Segment, u.ID, r.Compare)
		if f == nil || f.Suppressed || u.Score.Suppressed || math.IsNaN(float64(f.Value+u.Score.Value)) {
			continue
		}
		out.Points = append(out.Points, &DeskTwoScores{u.ID, u.Score, f})
		x, y = append(x, float64(u.Score.Value)), append(y, float64(f.Value))
	}
	if out.N = len(out.Points); out.N == 0 {
		return nil
	}
	out.Pearson, out.Spearman = measure.Number(math.NaN()), measure.Number(math.NaN())
	if out.N > 2 {
		out.Pearson, out.Spearman = measure.Number(stat.Pearson(x, y, nil)), measure.Number(stat.Spearman(x, y, nil))
	}
	return out
}

// surveyed is the score 0–100 of a group of the survey: of an index or a rated question.
func (c *deskContext) surveyed(segment, group, what string) *DeskFigure {
	if c.Results.Block == nil {
		return nil
	}
	block := c.Results.BySegment[segment][group]
	if block == nil || block.Suppressed {
		return nil
	}
	if index, ok := block.Analyses[what].(*measure.CSI); ok {
		return c.hide(deskOf(index.N, index.Score, index.CI95))
	}
	if q := block.Questions[what]; q != nil && !q.Suppressed && q.Score != nil {
		return c.hide(deskOf(q.N, q.Score.Value, q.Score.CI95))
	}
	return nil
}
