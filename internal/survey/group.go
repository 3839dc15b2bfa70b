package survey

// Of is the definition as readers of one group need it: no segment is left to
// split by, no wave to compare with, and of the analyses those that have.
func (s *Survey) Of(has func(analysis string) bool) *Survey {
	out := *s
	out.Segments, out.Report.Pairs, out.Analyses = nil, nil, nil
	for _, a := range s.Analyses {
		if has(a.ID) {
			out.Analyses = append(out.Analyses, a)
		}
	}
	return &out
}
