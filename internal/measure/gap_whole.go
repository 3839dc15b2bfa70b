package measure

import (
	"math"

	"manyi/internal/stat"
)

// conclude adds what is said of all dimensions together, where none of them is
// hidden, and adjusts the tests.
func (p *gapPlan) conclude(r *Gap, s, whole *gapSums) {
	p.adjust(r)
	if r.N == 0 {
		r.warn(NoAnswers)
		return
	}
	if r.N < 30 {
		r.warn(Base30)
	}
	hidden := false
	for _, d := range r.Dimensions {
		hidden = hidden || d.Suppressed
	}
	if hidden {
		nan := Number(math.NaN())
		r.Why, r.Classes = "min_cell", Classes{nan, nan, nan, nan, false}
		return
	}
	p.together(r, s, p.design(whole.any))
	p.tolerance(r)
	if p.expects && s == whole { // by group, one group's classes could be had from the others
		r.Outcomes = p.outcomes(s)
	}
}

// together is the mean of the dimensions that have answers, plain and by points.
func (p *gapPlan) together(r *Gap, s *gapSums, design int) {
	equal, given := make([]float64, len(r.Dimensions)), make([]float64, len(r.Dimensions))
	answered, weighed := 0.0, 0.0
	for _, d := range r.Dimensions {
		if d.N > 0 {
			answered++
			weighed += float64(d.Weight)
		}
	}
	r.Perceived, r.Expected = 0, 0
	for i, d := range r.Dimensions {
		if d.N > 0 {
			equal[i], given[i] = 1/answered, float64(d.Weight)/weighed
			r.Perceived += d.Perceived / Number(answered)
			r.Expected += d.Expected / Number(answered)
		}
	}
	r.estimate, r.weighted = p.combined(s, equal, design), p.combined(s, given, design)
	r.CI95, r.WeightedCI95 = interval(r.estimate), interval(r.weighted)
	if p.expects {
		r.Gap, r.WeightedGap = Number(r.estimate.Value), Number(r.weighted.Value)
	} else {
		r.Weighted = Number(r.weighted.Value)
	}
}

// combined is Σ ωᵢ·meanᵢ over the dimensions, with
//
//	SE² = n/(n−1) · Σᵢⱼ ωᵢωⱼ Σ w²(yᵢ−meanᵢ)(yⱼ−meanⱼ) / (WᵢWⱼ)
//
// the inner sum over respondents with both dimensions; of one dimension, or of
// respondents with all, the standard error of their weighted mean.
func (p *gapPlan) combined(s *gapSums, omega []float64, design int) stat.Estimate {
	e := stat.Estimate{N: s.any.N, DF: float64(max(design, s.any.N) - 1)}
	mean, size := make([]float64, len(omega)), make([]float64, len(omega))
	for d := range omega {
		m := s.dimensions[d].gap
		if !p.expects {
			m = s.dimensions[d].perceived
		}
		mean[d], size[d] = m.Mean(), m.W
		if omega[d] != 0 {
			e.Value += omega[d] * mean[d]
		}
	}
	variance, terms := 0.0, 0.0
	for d := range omega {
		for k, c := range s.both[d] {
			o := omega[d] * omega[d+k]
			if o == 0 || c.w == 0 {
				continue
			}
			if k > 0 {
				o *= 2
			}
			product := mean[d] * mean[d+k] * c.w
			variance += o * (c.de - mean[d]*c.e - mean[d+k]*c.d + product) / (size[d] * size[d+k])
			terms += math.Abs(o) * (math.Abs(c.de) + math.Abs(product)) / (size[d] * size[d+k])
		}
	}
	if variance <= 1e-12*terms {
		variance = 0
	}
	n := e.DF + 1
	e.SE = math.Sqrt(n / (n - 1) * variance)
	if s.any.N < 2 {
		e.SE = math.NaN()
	}
	return stat.Around(e)
}

// tolerance is the mean of the dimensions' distances from what is wanted and what would do.
func (p *gapPlan) tolerance(r *Gap) {
	n, mss, msa := 0, Number(0), Number(0)
	for _, d := range r.Dimensions {
		switch {
		case d.zoneHidden:
			return
		case d.Zone != nil:
			d.MSS, d.MSA = d.Gap, d.Zone.MSA
			n, mss, msa = n+1, mss+d.MSS, msa+d.MSA
		}
	}
	if n > 0 {
		r.MSS, r.MSA = mss/Number(n), msa/Number(n)
	}
}

// adjust fills Holm's p-values over all items and over all dimensions.
func (p *gapPlan) adjust(r *Gap) {
	var items, dimensions []*GapLevel
	for _, d := range r.Dimensions {
		dimensions = append(dimensions, &d.GapLevel)
		for _, i := range d.Items {
			items = append(items, &i.GapLevel)
		}
	}
	for _, family := range [][]*GapLevel{items, dimensions} {
		ps := make([]float64, len(family))
		for i, l := range family {
			ps[i] = float64(l.P)
			if l.Suppressed {
				ps[i] = math.NaN()
			}
		}
		for i, adjusted := range stat.Holm(ps) {
			family[i].Holm = Number(adjusted)
		}
	}
}

// hideItems hides, group by group, what rests on too few answers, as questions
// are hidden; a dimension falls with any of its pairs, so that no pair can be
// had from the others.
func (w *wave) hideItems(results []*Gap, whole *gapSums) {
	if len(results) == 0 {
		return
	}
	pair := 0
	for d, dim := range results[0].Dimensions {
		w.hideLevel(results, &whole.dimensions[d].levels, func(r *Gap) *GapLevel { return &r.Dimensions[d].GapLevel })
		for i := range dim.Items {
			w.hideLevel(results, &whole.pairs[pair].levels, func(r *Gap) *GapLevel { return &r.Dimensions[d].Items[i].GapLevel })
			pair++
		}
		for _, r := range results {
			for _, item := range r.Dimensions[d].Items {
				r.Dimensions[d].Suppressed = r.Dimensions[d].Suppressed || item.Suppressed
				if item.zoneHidden {
					r.Dimensions[d].Zone, r.Dimensions[d].zoneHidden = nil, true
				}
			}
			for _, item := range r.Dimensions[d].Items {
				item.Suppressed = r.Dimensions[d].Suppressed
			}
		}
	}
}

func (w *wave) hideLevel(results []*Gap, whole *levels, of func(*Gap) *GapLevel) {
	rows, n, zoneRows, zoned := make([]int, len(results)), make([]int, len(results)), make([]int, len(results)), make([]int, len(results))
	for k, r := range results {
		l := of(r)
		rows[k], n[k], zoneRows[k] = l.rows, l.N, l.zoneRows
		if l.Zone != nil {
			zoned[k] = l.Zone.N
		}
	}
	for k, h := range either(hide(rows, whole.perceived.Rows, w.minCell), hide(n, whole.perceived.N, w.minCell)) {
		of(results[k]).Suppressed = h
	}
	for k, h := range either(hide(zoneRows, whole.adequate.Rows, w.minCell), hide(zoned, whole.adequate.N, w.minCell)) {
		if l := of(results[k]); h && l.Zone != nil {
			l.Zone, l.zoneHidden = nil, true
		}
	}
}

// figures are what is followed over the waves and compared between groups.
func (r *Gap) figures() []figure {
	path, of := "gap", func(l *GapLevel) stat.Estimate { return l.gap }
	if !r.expects {
		path, of = "perceived", func(l *GapLevel) stat.Estimate { return l.perceived }
	}
	var out []figure
	if r.N > 0 && r.Why == "" {
		out = append(out, figure{path, "whole", r.estimate})
		if !math.IsNaN(r.weighted.Value) {
			out = append(out, figure{"weighted_" + path, "whole", r.weighted})
		}
	}
	for _, d := range r.Dimensions {
		if !d.Suppressed && d.N > 0 {
			out = append(out, figure{"dimensions." + d.ID + "." + path, "dimension", of(&d.GapLevel)})
		}
	}
	return out
}
