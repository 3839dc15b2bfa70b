package version

import (
	"manyi/internal/diag"
	"manyi/internal/survey"
)

// Place is where the item of a change stands in the new version; the file
// where it is not found.
func (x *Change) Place(s *survey.Survey) diag.Place {
	q := x.Item
	if x.Part == Answer {
		q = questionOf(x.Item)
	} else if x.Part == Row && len(x.Of) > 0 {
		q = x.Of[0]
	}
	for _, p := range s.Pages {
		for _, have := range p.Questions {
			if have.ID == q {
				return x.within(have)
			}
		}
	}
	for _, h := range s.Hidden {
		if h.ID == x.Item {
			return h.At
		}
	}
	for _, c := range s.Calculated {
		if c.ID == x.Item {
			return c.At
		}
	}
	for _, a := range s.Analyses {
		if a.ID == x.Item {
			return a.At
		}
	}
	return diag.Place{File: s.File}
}

// within is the place of a part of a question, the question's where it has none.
func (x *Change) within(q *survey.Question) diag.Place {
	for _, rows := range [][]survey.Row{q.Rows, q.Items, q.Features} {
		for _, r := range rows {
			if q.ID+"_"+r.ID == x.Item {
				return r.At
			}
		}
	}
	if q.Scale != nil {
		for _, o := range q.Scale.Options {
			if answerItem(q.ID, o.Code) == x.Item && o.At.Line > 0 && o.At.File == q.At.File {
				return o.At
			}
		}
	}
	return q.At
}

// Misused reports whether an id or a code stayed and stands for something
// else, so that answers of both versions would be mixed in one column; what
// the author judged in history: is no misuse.
func (x *Change) Misused() bool {
	if x.Verdict != New || x.Confirmed {
		return false
	}
	switch x.Kind {
	case Reused, Codes, Direction, Scale, Type:
		return true
	}
	return false
}
