package audit

import (
	"slices"

	"manyi/internal/diag"
)

// block audits the segments of the whole or of one wave.
func (a *auditor) block(b node, at string) {
	segments := b.of("by_segment")
	if b.hidden() || !segments.there() {
		return
	}
	size := func(x node) (float64, bool) { return x.of("base").number("responses"), x.of("base").there() }
	a.sizes(b, segments, size, at+"responses")
	for _, q := range b.of("questions").keys() {
		of := func(x node) (float64, bool) {
			found := x.of("questions").of(q)
			return rowsOf(found), found.there() && !found.hidden() && !x.hidden()
		}
		a.sizes(b, segments, of, at+q)
		a.answers(b, segments, q, at)
	}
	a.divisions(b, segments, at)
	for _, id := range b.of("analyses").keys() {
		if !inSegments(segments, id) {
			continue
		}
		of := func(x node) (float64, bool) {
			found := x.of("analyses").of(id)
			return found.number("n"), found.there() && !found.hidden() && !x.hidden()
		}
		a.sizes(b, segments, of, at+id)
	}
}

// rowsOf is how many answered a question, with or without weight.
func rowsOf(q node) float64 {
	if u := q.of("unweighted"); u.there() {
		return u.number("n")
	}
	return q.number("n")
}

func inSegments(segments node, id string) bool {
	for _, s := range segments.keys() {
		for _, g := range segments.of(s).keys() {
			if segments.of(s).of(g).of("analyses").of(id).there() {
				return true
			}
		}
	}
	return false
}

// sizes audits the counts of people of one thing in the groups of all segments.
func (a *auditor) sizes(b, segments node, of func(node) (float64, bool), name string) {
	total, shown := of(b)
	if !shown || total == 0 {
		return
	}
	s := &system{}
	known := map[[2]string]float64{}
	unknown := map[[2]string]int{}
	for _, segment := range segments.keys() {
		groups := segments.of(segment)
		e := equation{sum: total, about: name + " · " + segment + " · " + rest}
		for _, g := range groups.keys() {
			where := name + " · " + segment + " = " + g
			if n, ok := of(groups.of(g)); ok {
				a.small(where, n)
				known[[2]string{segment, g}] = n
				e.sum -= n
				continue
			}
			i := s.unknown(where)
			unknown[[2]string{segment, g}] = i
			e.of = append(e.of, i)
		}
		e.of = append(e.of, s.unknown(name+" · "+segment+" · "+none))
		s.equations = append(s.equations, e)
	}
	a.recoded(s, known, unknown, name)
	a.solve(s)
}

const (
	rest = "all that is not shown"
	none = "in no group"
)

// recoded adds what follows from segments that are recodings of each other.
func (a *auditor) recoded(s *system, known map[[2]string]float64, unknown map[[2]string]int, name string) {
	for _, r := range a.recodings {
		codes := make([]string, 0, len(r.Of))
		for c := range r.Of {
			codes = append(codes, c)
		}
		slices.Sort(codes)
		for _, code := range codes {
			n, ok := known[[2]string{r.Segment, code}]
			if !ok {
				continue
			}
			e := equation{sum: n, about: name + " · " + r.Segment + " = " + code + " · " + rest}
			for _, c := range r.Of[code] {
				at := [2]string{r.From, c}
				if x, ok := known[at]; ok {
					e.sum -= x
				} else if i, ok := unknown[at]; ok {
					e.of = append(e.of, i)
				}
			}
			if len(e.of) > 0 {
				s.equations = append(s.equations, e)
			}
		}
	}
}

// since compares the sizes of groups with those of an earlier edition: where one
// changed by fewer than k people, the figures of those few follow.
func (a *auditor) since(old, now node) {
	for _, segment := range now.of("by_segment").keys() {
		groups := now.of("by_segment").of(segment)
		for _, g := range groups.keys() {
			before := old.of("by_segment").of(segment).of(g).of("base")
			after := groups.of(g).of("base")
			if !before.there() || !after.there() || old.text("latest") != now.text("latest") {
				continue
			}
			change := after.number("responses") - before.number("responses")
			if change < 0 {
				change = -change
			}
			if change > 0 && change < a.k {
				a.find("responses · "+segment+" = "+g, diag.Say("%v people more or fewer than in the earlier edition; the threshold is %v", change, a.k))
			}
		}
	}
}
