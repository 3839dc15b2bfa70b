package measure

import "manyi/internal/survey"

// Levels returns the share of each code of an ordered scale, in its order:
// weighted where the survey is. It is nil where there are no answers.
func (q *Question) Levels(sc *survey.Scale) []float64 {
	codes := sc.Codes()
	if q.Withheld || len(q.points) != len(codes) {
		return nil
	}
	total := 0.0
	for _, p := range q.points {
		total += p.W
	}
	out := make([]float64, len(codes))
	for i, p := range q.points {
		out[i] = p.W / total
	}
	return out
}
