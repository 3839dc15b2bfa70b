package measure

import (
	"math"

	"manyi/internal/survey"
)

// ServiceEvaluation is points obtained of the points of the clauses that are
// involved, as a percentage; clauses that do not apply are left out of both.
// Deductions are taken off the points obtained; the score is never below 0.
// No stars: their bands belong to the reviewers of GB/T 27922 (METHODS A69).
type ServiceEvaluation struct {
	Common
	Obtained   Number          `json:"obtained"` // before deductions
	Deducted   Number          `json:"deducted"`
	Involved   Number          `json:"involved"`
	Score      Number          `json:"score"`
	Target     *Number         `json:"target"`
	Verdict    string          `json:"verdict,omitempty"`
	Items      int             `json:"items"`
	Unscored   []string        `json:"unscored"`   // involved, and not scored yet: in neither sum
	Unproven   []string        `json:"unproven"`   // scored without evidence
	Uninvolved []string        `json:"uninvolved"` // do not apply here
	Stages     []*ServiceStage `json:"stages"`
}

// ServiceStage is the part of one stage: before, during or after the sale, standalone, "" of none.
type ServiceStage struct {
	Stage    string `json:"stage"`
	Items    int    `json:"items"`
	Obtained Number `json:"obtained"`
	Deducted Number `json:"deducted"`
	Involved Number `json:"involved"`
	Score    Number `json:"score"`
}

// serviceEvaluation adds up the clauses. Respondents have no part in it, so it
// stands for everyone only.
func (w *wave) serviceEvaluation(a survey.Analysis, g groups) []Analysis {
	if a.ServiceEvaluation == nil || len(g.codes) != 1 || g.codes[0] != "" {
		return nil
	}
	s := a.ServiceEvaluation
	e := &ServiceEvaluation{Common: Common{Method: a.Method, Warnings: []string{}}, Unscored: []string{}, Unproven: []string{}, Uninvolved: []string{}, Stages: []*ServiceStage{}}
	for _, c := range s.Items {
		e.Items++
		switch {
		case !c.Involved:
			e.Uninvolved = append(e.Uninvolved, c.ID)
		case c.Score == nil:
			e.Unscored = append(e.Unscored, c.ID)
		case len(c.Evidence) == 0:
			e.Unproven = append(e.Unproven, c.ID)
		}
	}
	total := stageOf(s, func(string) bool { return true })
	e.Obtained, e.Deducted, e.Involved, e.Score = total.Obtained, total.Deducted, total.Involved, total.Score
	if target := s.Target; target != nil && !math.IsNaN(float64(e.Score)) {
		if e.Target, e.Verdict = pointer(*target), Missed; float64(e.Score) >= *target {
			e.Verdict = Met
		}
	}
	for _, stage := range append([]string{""}, survey.Stages...) {
		part := stageOf(s, func(of string) bool { return of == stage })
		if part.Stage = stage; part.Items > 0 {
			e.Stages = append(e.Stages, part)
		}
	}
	if total.Items == 0 || total.Involved == 0 {
		e.warn(NoAnswers)
	}
	return []Analysis{e}
}

// stageOf adds up the clauses and deductions of some stages.
func stageOf(s *survey.ServiceEvaluation, of func(stage string) bool) *ServiceStage {
	out := &ServiceStage{}
	for _, c := range s.Items {
		if !of(c.Stage) {
			continue
		}
		out.Items++
		if c.Involved && c.Score != nil {
			out.Obtained += Number(*c.Score)
			out.Involved += Number(*c.Weight)
		}
	}
	for _, d := range s.Deductions {
		if of(d.Stage) && d.Points != nil {
			out.Deducted += Number(*d.Points)
		}
	}
	out.Score = Number(math.NaN())
	if out.Involved > 0 {
		out.Score = max(out.Obtained-out.Deducted, 0) / out.Involved * 100
	}
	return out
}
