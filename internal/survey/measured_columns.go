package survey

import (
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// fitness checks, when all columns are known, that one column suits a method.
type fitness func(r *reader, n *yaml.Node, c *column)

// measuredColumn is the id of one data column that a method measures.
func measuredColumn[T any](at func(*T) *string, fits fitness) value[T] {
	return value[T]{plainShape("column"), func(r *reader, n *yaml.Node, into *T) {
		if s, ok := r.str(n); ok {
			set(at, into, s)
			r.measured(n, fits)
		}
	}}
}

// measuredColumns is a list of different data columns that a method measures.
func measuredColumns(at func(*analysisDraft) *[]string, fits fitness) value[analysisDraft] {
	return value[analysisDraft]{listOf(plainShape("column")), func(r *reader, n *yaml.Node, a *analysisDraft) {
		first := map[string]*yaml.Node{}
		for e := range r.list(n) {
			s, ok := r.str(e)
			if !ok {
				continue
			}
			if before := first[s]; before != nil {
				r.twice(e, r.place(before), "duplicate-id", diag.Say("delete one of the two"), diag.Say("item %q is listed twice, %s", shorten(s), onLines(before.Line, e.Line)))
				continue
			}
			first[s] = e
			*at(a) = append(*at(a), s)
			r.measured(e, fits)
		}
	}}
}

// measured checks that n names one column and that it fits.
func (r *reader) measured(n *yaml.Node, fits fitness) {
	r.reference(n, diag.Say("item"), func(c *column) {
		switch {
		case c.role == group:
			r.breaks(n, c.at, "wrong-question", diag.Say("name one of its columns, such as %s_…", c.id), diag.Say("question %q is more than one column", c.id))
		default:
			fits(r, n, c)
		}
	})
}

// hasNumbers wants answers whose means have a meaning: a number, a tick, or
// codes that are numbers in an order.
func hasNumbers(r *reader, n *yaml.Node, c *column) {
	switch {
	case c.number || c.role == tick || c.scale != nil && c.scale.ordered():
	case c.scale != nil && len(c.scale.Options) == 0: // a fault of its own
	case c.scale == nil && c.question != nil && !c.text:
	default:
		r.breaks(n, c.at, "not-ordered", diag.Say("use a rating, a number, or an option of a multiple choice"), diag.Say("%q is measured as a number, but its answers have no order in numbers", c.id))
	}
}

// apartFrom reports an outcome that is also one of the items that explain it.
func (r *reader) apartFrom(outcome *yaml.Node, items []string) {
	for _, id := range items {
		if outcome != nil && id == outcome.Value {
			r.fail(outcome, "wrong-question", diag.Say("delete it from the items"), diag.Say("%q is the outcome and one of the items that explain it", shorten(id)))
		}
	}
}

// Resampling says how intervals are drawn.
type Resampling struct {
	Resamples int
	Seed      uint64
}

// The settings of a bootstrap that a definition leaves out.
const (
	defaultDraws    = 1000
	defaultDrawSeed = 1
)

type resamplingDraft struct{ resamples, seed int }

// resamplingKey is the key of a method whose intervals come from a bootstrap.
func resamplingKey(at func(*analysisDraft) *Resampling) key[analysisDraft] {
	keys := []key[resamplingDraft]{
		{"resamples", "how many", whole(func(d *resamplingDraft) *int { return &d.resamples }, 100, 100_000), required},
		{"seed", "start of the random numbers", whole(func(d *resamplingDraft) *int { return &d.seed }, 0, 1<<31-1), optional},
	}
	return key[analysisDraft]{"bootstrap", "resamples and seed", formed(keyed(keys), func(r *reader, n *yaml.Node, a *analysisDraft) {
		d := resamplingDraft{seed: defaultDrawSeed}
		if mapping(r, n, diag.Say("bootstrap"), keys, &d) != nil {
			*at(a) = Resampling{d.resamples, uint64(d.seed)}
		}
	}), optional}
}
