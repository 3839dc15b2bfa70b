package measure

import "math"

// Verdicts of a check.
const (
	Good = "good"
	Fair = "fair"
	Poor = "poor"
)

// check judges the measurement (METHODS B2): loadings from 0.7, alpha, rho_A and
// rho_C from 0.7, AVE from 0.5, HTMT to 0.85 (fair to 0.9), VIF to 3 (fair to 5),
// √AVE above every correlation, SRMR to 0.08 (fair to 0.1), weights above 0.
func (r *PathModel) check() {
	several, formative := map[string]bool{}, map[string]bool{}
	for _, c := range r.Constructs {
		several[c.ID], formative[c.ID] = len(c.Indicators) > 1, c.Mode == "B"
		for _, i := range c.Indicators {
			if several[c.ID] && c.Mode == "A" {
				r.judged("loading", c.ID, i.ID, i.Loading, .7, .4, true)
			}
			if several[c.ID] && c.Mode == "B" {
				r.judged("item_vif", c.ID, i.ID, i.VIF, 3, 5, false)
			}
			if i.Weight <= 0 {
				r.Checks = append(r.Checks, &Check{"weight", c.ID, i.ID, i.Weight, 0, Poor})
			}
		}
		if several[c.ID] && c.Mode == "A" {
			r.judged("alpha", c.ID, "", c.Alpha, .7, .6, true)
			r.judged("rho_a", c.ID, "", c.RhoA, .7, .6, true)
			if c.RhoA > 1 { // no reliability is: the items contradict each other
				r.Checks[len(r.Checks)-1].Verdict = Poor
			}
			r.judged("rho_c", c.ID, "", c.RhoC, .7, .6, true)
			r.judged("ave", c.ID, "", c.AVE, .5, .5, true)
		}
	}
	for _, h := range r.HTMT {
		if formative[h.A] || formative[h.B] {
			continue // both criteria are of reflective constructs
		}
		r.judged("htmt", h.A, h.B, h.Value, .85, .9, false)
		if a, b := r.Larcker[h.A][h.A], r.Larcker[h.B][h.B]; several[h.A] || several[h.B] {
			bound := Number(math.Inf(1))
			for id, v := range map[string]Number{h.A: a, h.B: b} {
				if several[id] && !math.IsNaN(float64(v)) {
					bound = min(bound, v)
				}
			}
			r.judged("fornell_larcker", h.A, h.B, Number(math.Abs(float64(r.Larcker[h.A][h.B]))), float64(bound), float64(bound), false)
		}
	}
	for _, p := range r.Paths {
		r.judged("vif", p.To, p.From, p.VIF, 3, 5, false)
	}
	r.judged("srmr", "", "", r.SRMR, .08, .1, false)
}

// judged adds a check: good on the right side of one bound, fair of the other.
func (r *PathModel) judged(check, construct, other string, value Number, good, fair float64, high bool) {
	v := float64(value)
	if math.IsNaN(v) || math.IsInf(good, 0) {
		return
	}
	c := &Check{check, construct, other, value, Number(good), Poor}
	switch {
	case high && v >= good, !high && v <= good:
		c.Verdict = Good
	case high && v >= fair, !high && v <= fair:
		c.Verdict = Fair
	}
	r.Checks = append(r.Checks, c)
}
