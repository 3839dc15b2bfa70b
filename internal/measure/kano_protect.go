package measure

import "math"

// protectKano takes from the groups what tells of classes that 1 to k−1 of
// them gave: a pair of answers is a cell, as an answer by code is. Better, worse,
// the strengths and n give the counts back, so they go with them; the class, how
// clear it is, and the means of both questions stay.
func protectKano(l lineage, splits []split, whole *Kano, id string, k int) {
	for i, f := range whole.Features {
		protectClasses(l, splits, f.classes[:], k, func(b *Block) *sorted {
			r, hidden := shownOf[*Kano](b, id)
			if r == nil {
				return nil
			}
			f := r.Features[i]
			return &sorted{f.classes[:], hidden || f.Suppressed, func() {
				f.withhold()
				if r.Thresholds.Rule == "mean" { // the mean of all gives back the last
					r.Thresholds.Better, r.Thresholds.Worse = Number(math.NaN()), Number(math.NaN())
				}
			}}
		})
	}
}

// Hidden reports whether the figures of a feature are not shown.
func (f *KanoFeature) Hidden() bool { return f.Suppressed || f.Withheld }

// withhold leaves of a feature what does not tell how many gave each class.
func (f *KanoFeature) withhold() {
	nan := Number(math.NaN())
	none := Interval{nan, nan}
	f.stands = f.Stands()
	f.Withheld = true
	f.Counts, f.Shares, f.Fong, f.Unweighted, f.CoefficientN, f.SensitivityRank = nil, nil, nil, nil, 0, 0
	f.Better, f.Worse, f.Sensitivity, f.CategoryStrength, f.TotalStrength = nan, nan, nan, nan, nan
	f.BetterCI95, f.WorseCI95, f.SensitivityCI95 = none, none, none
}
