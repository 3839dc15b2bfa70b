package stat

import "math"

// NPS returns the net promoter score of unweighted answers, the share of
// promoters (9-10) less the share of detractors (0-6), in points from -100 to 100.
//
//	s = P/n - D/n,  SE = sqrt((P/n + D/n - s²)/n)
//
// The interval is the adjusted Wald interval s' ± z·SE' with n+3 answers, P+3/4
// and D+3/4, cut to ±100; it is not centred on the score. DF is NaN. No answers or
// a negative count: NaN. One answer or answers of one kind: SE 0, the interval has
// width. Source: Reichheld, HBR 81(12) 2003; Rocks, Am. Statistician 70 (2016)
// 365-372.
func NPS(promoters, passives, detractors int) Estimate {
	n := promoters + passives + detractors
	if n <= 0 || min(promoters, passives, detractors) < 0 {
		return undefinedEstimate(max(n, 0))
	}
	e := Estimate{N: n, DF: math.NaN()}
	e.Value, e.SE = score(float64(promoters), float64(detractors), float64(n))
	e.Low, e.High = adjustedWald(float64(promoters), float64(detractors), float64(n))
	return e
}

// score returns the net promoter score and its standard error (divided by n).
func score(promoters, detractors, n float64) (value, se float64) {
	s := (promoters - detractors) / n
	variance := (promoters+detractors)/n - s*s
	return 100 * (promoters - detractors) / n, 100 * math.Sqrt(math.Max(variance, 0)/n)
}

// adjustedWald returns Rocks' interval; n may be an effective size.
func adjustedWald(promoters, detractors, n float64) (low, high float64) {
	value, se := score(promoters+.75, detractors+.75, n+3)
	return clip(value-z95*se, -100, 100), clip(value+z95*se, -100, 100)
}

// WeightedNPS returns the weighted net promoter score: WeightedMean of the score
// 100, 0, -100 of promoters, passives and detractors (Value is not looked at),
// with its t interval cut to ±100; design as there.
// No answers or no weight: NaN. One answer: SE NaN. Answers of one kind only have
// SE 0 and, in place of an interval of no width, the adjusted Wald interval of NPS
// with the effective size (DF NaN).
func WeightedNPS(promoters, passives, detractors Point, design int) Estimate {
	promoters.Value, passives.Value, detractors.Value = 100, 0, -100
	kinds := weighted([]Point{promoters, passives, detractors})
	if len(kinds) == 0 {
		return undefinedEstimate(0)
	}
	e := linearised(sums(kinds), design)
	if len(kinds) > 1 {
		return clipped(e, -100, 100)
	}
	effective := EffectiveN(kinds[0].W, kinds[0].W2)
	e.DF = math.NaN()
	e.Low, e.High = adjustedWald(effective*math.Max(e.Value/100, 0), effective*math.Max(-e.Value/100, 0), effective)
	return e
}
