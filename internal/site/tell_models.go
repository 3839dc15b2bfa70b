package site

import (
	"slices"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// tellModels warns of path models with fewer responses in the latest wave than
// ten for every arrow at one construct (Barclay, Higgins and Thompson 1995).
func tellModels(s *survey.Survey, answers *table.Answers, problems *diag.List) {
	if len(answers.Waves) == 0 {
		return
	}
	n := answers.Waves[len(answers.Waves)-1].Rows
	for _, a := range s.Analyses {
		if a.PathModel == nil || n == 0 {
			continue
		}
		arrows := make([]int, len(a.PathModel.Constructs))
		for _, p := range a.PathModel.Paths {
			arrows[p[1]]++
		}
		if most := slices.Max(arrows); n < 10*most {
			problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "few-for-model", Place: a.At, Summary: diag.Say("%d responses are few for path model %q, which has %d arrows at one construct", n, a.ID, most),
				Cure: diag.Say("the rule of thumb asks for %d; read its paths with care, or let fewer arrows lead to one construct", 10*most),
			})
		}
	}
}
