package survey

import "slices"

// Splitting is the column of a segment and what is derived from it: of a group
// they say nothing but that it is the group, and their codes name the others.
func (s *Survey) Splitting(segment string) []string {
	out := []string{segment}
	for again := true; again; {
		again = false
		for _, d := range s.Derived {
			if slices.Contains(out, d.From) && !slices.Contains(out, d.ID) {
				out, again = append(out, d.ID), true
			}
		}
	}
	return out
}

// Of is the definition as readers of one group of a segment need it: no segment
// is left to split by, nor its question, no wave to compare with, and of the
// analyses those that have.
func (s *Survey) Of(segment string, has func(analysis string) bool) *Survey {
	out, gone := *s, s.Splitting(segment)
	out.Segments, out.Report.Pairs, out.Analyses = nil, nil, nil
	for _, a := range s.Analyses {
		if has(a.ID) {
			out.Analyses = append(out.Analyses, a)
		}
	}
	out.Pages = nil
	for _, p := range s.Pages {
		p.Questions = slices.DeleteFunc(slices.Clone(p.Questions), func(q *Question) bool { return slices.Contains(gone, q.ID) })
		out.Pages = append(out.Pages, p)
	}
	out.Hidden = slices.DeleteFunc(slices.Clone(s.Hidden), func(h Hidden) bool { return slices.Contains(gone, h.ID) })
	out.Calculated = slices.DeleteFunc(slices.Clone(s.Calculated), func(c Calculated) bool { return slices.Contains(gone, c.ID) })
	out.Derived = slices.DeleteFunc(slices.Clone(s.Derived), func(d Derived) bool { return slices.Contains(gone, d.ID) })
	return &out
}
