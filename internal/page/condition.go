package page

import "manyi/internal/survey"

// condition says in every language when something is to be answered, nil where it always is.
func (s Survey) condition(e *survey.Expression) []said { return s.sentence(e, "ask.if") }

// mustIf says when a question must be answered.
func (s Survey) mustIf(e *survey.Expression) []said { return s.sentence(e, "ask.must_if") }

func (s Survey) sentence(e *survey.Expression, key string) []said {
	var out []said
	for _, l := range s.Locales {
		if clause := s.Survey.Wording(e, l); clause != "" {
			out = append(out, said{Lang: l.Tag(), Text: l.Say(key, "clause", clause)})
		}
	}
	return out
}

// instructions say how to fill in the printed form.
func (s Survey) instructions() [][]said {
	out := [][]said{s.words("ask.paper_how")}
	if s.Address != "" {
		out = append(out, s.words("ask.paper_online"))
	}
	return out
}
