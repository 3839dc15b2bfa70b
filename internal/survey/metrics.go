package survey

// Metrics returns the csat, ces and nps analyses: those declared and those a
// question's metric stands for ({id: osat_csat, method: csat, question: osat}).
func (s *Survey) Metrics() []Analysis {
	var out []Analysis
	seen := map[string]bool{}
	for _, a := range s.Analyses {
		if a.Question != "" && a.Built {
			out, seen[a.ID] = append(out, a), true
		}
	}
	for _, item := range s.Items() {
		if item.Question == nil || item.Row != nil || item.Question.Metric == "" {
			continue
		}
		if id := item.ID + "_" + item.Question.Metric; !seen[id] {
			out = append(out, Analysis{ID: id, Method: item.Question.Metric, Question: item.ID, Built: true, At: item.Question.At})
		}
	}
	return out
}
