package stat

import "math"

// LogOdds compares how two groups spread their mentions over the same topics:
// of each topic the log-odds-ratio of the first group over the second, with an
// informative Dirichlet prior,
//
//	δ = log((y1+α)/(n1+α0-y1-α)) - log((y2+α)/(n2+α0-y2-α)),
//	SE² = 1/(y1+α) + 1/(y2+α),  z = δ/SE,  δ ± z(.975)·SE
//
// y the mentions of the topic, n all mentions of the group. The prior of a topic
// is its share of the mentions of both groups together, times the number of
// topics that anybody mentions: α0 is that number, one mention a topic on
// average. It draws topics of few mentions towards no difference. A topic that
// nobody mentions, one that all mentions are of, or a group without mentions:
// NaN. DF is NaN.
// Source: Monroe, Colaresi & Quinn, Political Analysis 16 (2008) 372-403, eq.
// 16, 20 and 23.
func LogOdds(first, second []int) []Test {
	out := make([]Test, len(first))
	n1, n2, kinds := 0.0, 0.0, 0.0
	for i := range first {
		n1, n2 = n1+float64(first[i]), n2+float64(second[i])
		if first[i]+second[i] > 0 {
			kinds++
		}
	}
	for i := range first {
		y1, y2 := float64(first[i]), float64(second[i])
		prior := kinds * (y1 + y2) / (n1 + n2)
		rest1, rest2 := n1+kinds-y1-prior, n2+kinds-y2-prior
		if out[i] = undefinedTest(math.NaN()); !(n1 > 0 && n2 > 0 && prior > 0 && kinds > 1) {
			continue
		}
		out[i].Difference = math.Log((y1+prior)/rest1) - math.Log((y2+prior)/rest2)
		out[i] = finished(out[i], math.Sqrt(1/(y1+prior)+1/(y2+prior)))
	}
	return out
}
