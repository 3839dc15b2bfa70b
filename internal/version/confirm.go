package version

import (
	"slices"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// confirm lets the author judge: an entry of history: that is about this step
// and this change sets the verdict. A typing error must be small, and what
// codes mean cannot be declared the same: at most it is marked.
func (c *comparison) confirm() {
	for i := range c.changes {
		x := &c.changes[i]
		for _, e := range c.new.History {
			if !c.here(e) || !about(e, x) {
				continue
			}
			c.judged(x, e)
		}
	}
}

// here reports whether an entry is about the step from the old to the new version.
func (c *comparison) here(e survey.Event) bool {
	fresh := !slices.ContainsFunc(c.old.History, func(o survey.Event) bool {
		return o.Version == e.Version && o.Wave == e.Wave && o.Item == e.Item && o.Change == e.Change && o.Series == e.Series
	})
	return fresh || e.Version > c.old.Version && e.Version <= c.new.Version
}

// about reports whether an entry is about a change.
func about(e survey.Event, x *Change) bool {
	if e.Item != x.Item && (x.Part != Answer || e.Item != questionOf(x.Item)) {
		return false
	}
	switch e.Change {
	case string(x.Kind), "other":
		return true
	case "typo":
		return x.Kind == Wording // a denial that came or went is more than a typing error
	case "wording":
		return x.Kind == Direction && len(x.Words) > 0 || x.Kind == Reused && len(x.Words) > 0
	}
	return false
}

// judged sets the verdict of the author.
func (c *comparison) judged(x *Change, e survey.Event) {
	x.Note = e.Note
	verdict := map[string]Verdict{"same": Same, "marked": Marked, "new": New}
	v, said := verdict[e.Verdict()]
	if !said {
		return
	}
	switch {
	case e.Change == "typo" && !small(x):
		x.Reason = diag.Say("declared a typing error in history, but more than a few letters differ")
		return
	case v == Same && x.Verdict > Same && mechanical(x):
		v = Marked
		x.Reason = diag.Say("declared the same in history, but the codes are others: marked")
	case v == New:
		x.Reason = diag.Say("a new series by the author's word in history")
	case e.Change == "typo":
		x.Reason = diag.Say("a typing error, confirmed in history")
	default:
		x.Reason = diag.Say("judged by the author in history")
	}
	x.Verdict, x.Confirmed = v, true
}

// mechanical reports whether the data itself, not only its reading, differs.
func mechanical(x *Change) bool {
	return len(x.Words) == 0 && slices.Contains([]Kind{Scale, Direction, Codes, Type, Reused}, x.Kind)
}

// small reports whether a text changed so little that it can be a typing error:
// most words stay, or few letters of those that do not.
func small(x *Change) bool {
	if len(x.Words) == 0 {
		return false
	}
	for _, w := range x.Words {
		a, b := []rune(w.Old), []rune(w.New)
		if 2*float64(len(common(a, b))) < nearly*float64(len(a)+len(b)) {
			return false
		}
	}
	return true
}
