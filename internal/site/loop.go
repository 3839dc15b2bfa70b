package site

import (
	"slices"
	"sync"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
)

// Loop is the improvement loop of one survey.
type Loop struct {
	Survey *survey.Survey
	AsOf   string
	*service.Loop
}

// Loops measures one survey of the workspace in dir, or with id "" all of them,
// and returns what their improvement loops say; known are the surveys there are.
// Nothing is written.
func Loops(dir, id string, opt Options, problems *diag.List) (out []Loop, known []string, err error) {
	var lock sync.Mutex
	opt.Only = "reports"
	opt.measured = func(s *survey.Survey, r *measure.Results, found *service.Results) {
		lock.Lock()
		defer lock.Unlock()
		if found != nil && found.Loop != nil {
			out = append(out, Loop{s, r.AsOf, found.Loop})
		}
	}
	b, err := open(dir, opt, problems)
	if err != nil || b == nil {
		return nil, nil, err
	}
	defer b.close()
	known = b.ids
	if id != "" {
		if !slices.Contains(known, id) {
			return nil, known, nil
		}
		b.ids = []string{id}
	}
	b.old.Surveys = nil // all are measured, changed or not
	if err := b.ready(); err != nil {
		return nil, known, err
	}
	_, err = b.surveys()
	slices.SortFunc(out, func(x, y Loop) int { return slices.Index(known, x.Survey.ID) - slices.Index(known, y.Survey.ID) })
	return out, known, err
}
