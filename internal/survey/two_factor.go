package survey

import (
	"slices"

	"manyi/internal/diag"
)

// TwoFactor is the settings of method two_factor. The classes that are found
// come from PenaltyReward, whose items are those of both lists.
type TwoFactor struct {
	Hygiene    []string
	Motivators []string
	Outcome    string // "": nothing is found, only scored
}

var twoFactorMethod = method{name: "two_factor", judge: (*reader).judgeTwoFactor, keys: slices.Concat([]key[analysisDraft]{
	{"hygiene", "questions of hygiene factors", measuredColumns(func(a *analysisDraft) *[]string { return &a.twoFactor().Hygiene }, hasCodes), required},
	{"motivators", "questions of motivators", measuredColumns(func(a *analysisDraft) *[]string { return &a.twoFactor().Motivators }, hasCodes), required},
	outcomeKey(func(a *analysisDraft) *string { return &a.twoFactor().Outcome }, optional),
}, penaltyRewardKeys)}

func (a *analysisDraft) twoFactor() *TwoFactor {
	if a.TwoFactor == nil {
		a.TwoFactor = &TwoFactor{}
	}
	return a.TwoFactor
}

func (r *reader) judgeTwoFactor(a *analysisDraft, into *Analysis) {
	f := a.TwoFactor
	if f == nil {
		return
	}
	p := a.penaltyReward()
	p.Outcome, p.Items = f.Outcome, slices.Concat(f.Hygiene, f.Motivators)
	into.PenaltyReward = p
	r.apartFrom(a.outcome, p.Items)
	for i, id := range f.Motivators {
		if slices.Contains(f.Hygiene, id) {
			r.bothFactors(a, f.Motivators[i])
		}
	}
	if f.Outcome != "" {
		r.judgeEnds(a, p)
	}
}

// bothFactors reports an item that is declared as both.
func (r *reader) bothFactors(a *analysisDraft, id string) {
	r.report(diag.Problem{
		Code: "two-ways", Place: a.At, Summary: diag.Say("item %q is a hygiene factor and a motivator", id), Cure: diag.Say("keep it in one of the two lists"),
	})
}
