package service

import (
	"slices"
	"strings"

	"manyi/internal/survey"
)

// LoopCause is one cause of a tree; Under is the ID of the one above, "" where it
// hangs on the problem. Label is the author's, by language.
type LoopCause struct {
	ID       string      `json:"id"`
	Under    string      `json:"under,omitempty"`
	Label    survey.Text `json:"label"`
	Evidence survey.Text `json:"evidence,omitempty"`
}

// causesOf joins the causes that actions name. An entry of cause is a cause, or
// "cause < parent": then it is under the parent. Circles are the causes that
// would be under themselves; they are let hang on the problem.
func causesOf(entries []string) (out []*LoopCause, circles []string) {
	at := map[string]*LoopCause{}
	take := func(name string) *LoopCause {
		if at[name] == nil {
			at[name] = &LoopCause{ID: name, Label: survey.Text{"": name}}
			out = append(out, at[name])
		}
		return at[name]
	}
	for _, entry := range entries {
		var below *LoopCause
		for part := range strings.SplitSeq(entry, "<") {
			name := strings.TrimSpace(part)
			if name == "" {
				continue
			}
			c := take(name)
			switch {
			case below == nil || below.Under != "":
			case below == c || above(at, c, below.ID):
				if !slices.Contains(circles, below.ID) {
					circles = append(circles, below.ID)
				}
			default:
				below.Under = c.ID
			}
			below = c
		}
	}
	return out, circles
}

// above reports whether the way up from c meets a cause.
func above(at map[string]*LoopCause, c *LoopCause, id string) bool {
	for range at {
		if c == nil {
			return false
		}
		if c.ID == id {
			return true
		}
		c = at[c.Under]
	}
	return false
}
