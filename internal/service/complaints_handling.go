package service

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// claims is what was claimed from those who are responsible, such as a carrier,
// and what came back (METHODS A15, the last step).
func (b *complaintsBase) claims() {
	claimed, recovered, party := b.ledger.Of("claimed"), b.ledger.Of("recovered"), b.ledger.Of("party")
	if !claimed.Present {
		return
	}
	c := &ComplaintClaims{}
	var all []stat.Point
	by := map[string][]stat.Point{}
	for _, r := range b.rows {
		row := int(r)
		amount, back := claimed.Number(row), recovered.Number(row)
		if !complaintsFinite(amount) {
			continue
		}
		if amount <= 0 {
			c.Ignored++
			continue
		}
		if !complaintsFinite(back) {
			back = 0
		}
		if back == 0 {
			c.Open++
		}
		// A mean of back/amount with the amounts as weights is Σ back/Σ amount.
		p := stat.Point{Value: back / amount, N: 1, W: amount, W2: amount * amount}
		all, by[party.Text(row)] = append(all, p), append(by[party.Text(row)], p)
	}
	if len(all) == 0 && c.Ignored == 0 {
		return
	}
	b.out.Claims = c
	c.ComplaintClaim = complaintsClaim("", all, len(all) < b.least)
	b.parties(c, by)
}

// parties are the claims against each party, those with most claims first.
func (b *complaintsBase) parties(c *ComplaintClaims, by map[string][]stat.Point) {
	var codes []string
	for code := range by {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(x, y string) int { return cmp.Or(len(by[y])-len(by[x]), cmp.Compare(x, y)) })
	sizes := make([]int, len(codes))
	for i, code := range codes {
		sizes[i] = len(by[code])
	}
	hidden := complaintsHidden(sizes, b.least)
	for i, code := range codes[:min(len(codes), complaintsMostGroups)] {
		c.Parties = append(c.Parties, complaintsClaim(code, by[code], hidden[i]))
	}
}

func complaintsClaim(party string, points []stat.Point, hidden bool) *ComplaintClaim {
	c := &ComplaintClaim{Party: party, N: len(points), Claimed: complaintsNaN(), Recovered: complaintsNaN(), Rate: complaintsNaN(), CI95: measure.Interval{complaintsNaN(), complaintsNaN()}, Hidden: hidden}
	if hidden || len(points) == 0 {
		return c
	}
	claimed, recovered := 0.0, 0.0
	for _, p := range points {
		claimed, recovered = claimed+p.W, recovered+p.W*p.Value
	}
	e := stat.WeightedMean(points, 0)
	c.Claimed, c.Recovered, c.Rate = complaintsCents(claimed), complaintsCents(recovered), measure.Number(recovered/claimed)
	c.CI95 = measure.Interval{measure.Number(math.Max(e.Low, 0)), measure.Number(e.High)}
	return c
}

// complaintsAspects are what customers judge of the handling.
var complaintsAspects = []string{"result", "process", "manner"}

// complaintsScale is the points of the scale of satisfaction, and those that are satisfied.
func (b *complaintsBase) scale() (values, top []float64) {
	sc := b.rules.Scale
	if sc == nil {
		return []float64{1, 2, 3, 4, 5}, []float64{4, 5}
	}
	codes := sc.Codes()
	values = sc.Values()
	best := survey.TopCodes(sc, false)
	for i, code := range codes {
		if slices.Contains(best, code) {
			top = append(top, values[i])
		}
	}
	return values, top
}

// handling is how satisfied customers are with the handling, by its method (METHODS A84, A93).
func (b *complaintsBase) handling() {
	var present []string
	for _, aspect := range complaintsAspects {
		if b.ledger.Of("satisfied_" + aspect).Present {
			present = append(present, aspect)
		}
	}
	if len(present) == 0 {
		return
	}
	values, top := b.scale()
	h := &ComplaintHandling{Low: slices.Min(values), High: slices.Max(values)}
	if len(top) > 0 {
		h.Top = slices.Min(top)
	}
	method := b.ledger.Of("method")
	of := map[string]map[string]map[float64]int{"": {}} // method -> aspect -> answer -> records
	for _, aspect := range present {
		v := b.ledger.Of("satisfied_" + aspect)
		for _, r := range b.rows {
			x := v.Number(int(r))
			if math.IsNaN(x) {
				continue
			}
			if !slices.Contains(values, x) {
				h.Outside++
				continue
			}
			complaintsCount(of, "", aspect, x)
			if m := method.Text(int(r)); m != "" {
				complaintsCount(of, m, aspect, x)
			}
		}
	}
	for _, aspect := range present {
		h.All = append(h.All, b.satisfaction(h, aspect, of[""][aspect], top, false))
	}
	b.methods(h, of, present, top)
	b.out.Handling = h
}

func complaintsCount(of map[string]map[string]map[float64]int, method, aspect string, x float64) {
	if of[method] == nil {
		of[method] = map[string]map[float64]int{}
	}
	if of[method][aspect] == nil {
		of[method][aspect] = map[float64]int{}
	}
	of[method][aspect][x]++
}

func (b *complaintsBase) methods(h *ComplaintHandling, of map[string]map[string]map[float64]int, present []string, top []float64) {
	counts := map[string]int{}
	v := b.ledger.Of("method")
	for _, r := range b.rows {
		if m := v.Text(int(r)); m != "" {
			counts[m]++
		}
	}
	var codes []string
	for code := range counts {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(x, y string) int { return cmp.Or(counts[y]-counts[x], cmp.Compare(x, y)) })
	hidden := map[string][]bool{}
	for _, aspect := range present {
		sizes := make([]int, len(codes))
		for i, code := range codes {
			sizes[i] = complaintsSum(of[code][aspect])
		}
		hidden[aspect] = complaintsHidden(sizes, b.least)
	}
	for i, code := range codes[:min(len(codes), complaintsMostGroups)] {
		m := &ComplaintMethod{Method: code, N: counts[code]}
		for _, aspect := range present {
			m.Of = append(m.Of, b.satisfaction(h, aspect, of[code][aspect], top, hidden[aspect][i]))
		}
		h.Methods = append(h.Methods, m)
	}
}

func complaintsSum(of map[float64]int) int {
	n := 0
	for _, k := range of {
		n += k
	}
	return n
}

func (b *complaintsBase) satisfaction(h *ComplaintHandling, aspect string, of map[float64]int, top []float64, hidden bool) *ComplaintSatisfaction {
	s := &ComplaintSatisfaction{Aspect: aspect, N: complaintsSum(of), Mean: complaintsNaN(), Score: complaintsNaN(), CI95: measure.Interval{complaintsNaN(), complaintsNaN()}}
	if hidden || s.N > 0 && s.N < b.least {
		s.Hidden = true
		return s
	}
	var points []stat.Point
	best := 0
	for x, n := range of {
		points = append(points, stat.Point{Value: x, N: n, W: float64(n), W2: float64(n)})
		if slices.Contains(top, x) {
			best += n
		}
	}
	slices.SortFunc(points, func(p, q stat.Point) int { return cmp.Compare(p.Value, q.Value) })
	e := stat.Mean(points)
	s.Mean, s.CI95 = measure.Number(e.Value), complaintsInterval(e)
	s.Score = measure.Number((e.Value - h.Low) / (h.High - h.Low) * 100)
	if len(top) > 0 {
		s.Top = complaintsShare(best, s.N)
	}
	return s
}

// followUp is the calls after the handling (METHODS A121).
func (b *complaintsBase) followUp() {
	if !b.called.Present {
		return
	}
	reached, result := b.ledger.Of("reached"), b.ledger.Of("satisfied_result")
	_, top := b.scale()
	limit := complaintsSeconds(b.out.Limits.FollowUp)
	var handled, called, due, inTime, asked, got, said, satisfied, dated, again, undated int
	for i, r := range b.rows {
		row, s := int(r), b.states[i]
		has := s&ComplaintCalledBack != 0
		if s&ComplaintHandled != 0 {
			handled++
			called += complaintsOne(has)
			if limit > 0 {
				in, isDue := b.calledInTime(row, s, limit)
				due += complaintsOne(isDue)
				inTime += complaintsOne(isDue && in)
			}
		}
		if !has {
			continue
		}
		if k := reached.Number(row); !math.IsNaN(k) {
			asked++
			got += complaintsOne(k == 1)
		}
		if x := result.Number(row); s&ComplaintReached != 0 && !math.IsNaN(x) {
			said++
			satisfied += complaintsOne(slices.Contains(top, x))
		}
		is, known, unknown := b.reopenedAfterCall(row, s)
		again, dated, undated = again+complaintsOne(is), dated+complaintsOne(known), undated+complaintsOne(unknown)
	}
	f := &ComplaintFollowUp{Called: complaintsShare(called, handled), Reached: complaintsShare(got, asked), Satisfied: complaintsShare(satisfied, said), Reopened: complaintsShare(again, dated), Undated: undated}
	if limit > 0 {
		f.InTime = complaintsShare(inTime, due)
	}
	if said > 0 && said < b.least {
		f.Hidden, f.Satisfied = true, &ComplaintShare{N: said, Share: complaintsNaN(), CI95: measure.Interval{complaintsNaN(), complaintsNaN()}}
	}
	b.out.FollowUp = f
}

// reopenedAfterCall reports whether a complaint was reopened after its call,
// whether that can be told, and whether it was reopened at an unknown time.
func (b *complaintsBase) reopenedAfterCall(row int, s ComplaintState) (is, known, undated bool) {
	switch {
	case !b.happened(b.called, row):
		return false, false, false
	case s&ComplaintReopened != 0 && b.reopened.Undated(row):
		return false, false, true
	}
	return b.happened(b.reopened, row) && ledger.SecondsBetween(b.called, b.reopened, row) > 0, true, false
}

// calledInTime reports whether the customer was called within the limit after
// the answer, or the closing where there is no answer, and whether the limit is over.
func (b *complaintsBase) calledInTime(row int, s ComplaintState, limit int64) (in, due bool) {
	after := b.answered
	if !b.happened(b.answered, row) {
		after = b.closed
	}
	if !b.happened(after, row) || s&ComplaintCalledBack != 0 && b.called.Undated(row) {
		return false, false
	}
	due = b.waited(after, row) >= limit
	return b.happened(b.called, row) && ledger.SecondsBetween(after, b.called, row) <= limit, due
}

// escalation is the share of complaints at a level that has left the firm (METHODS A07).
func (b *complaintsBase) escalation() {
	v := b.ledger.Of("level")
	if len(b.rules.Escalated) == 0 || !v.Present {
		return
	}
	x, n := 0, 0
	for _, r := range b.rows {
		if level := v.Text(int(r)); level != "" {
			n++
			x += complaintsOne(slices.Contains(b.rules.Escalated, level))
		}
	}
	b.out.Escalated = complaintsShare(x, n)
}
