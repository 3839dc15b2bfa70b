package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// Series says whether answers before and after a change are one series.
type Series string

// What a change does to a trend line.
const (
	SameSeries   Series = "same"   // nothing: the line goes on
	MarkedSeries Series = "marked" // the line goes on with a mark
	NewSeries    Series = "new"    // the line breaks
)

// Change is an entry of history: how a question differs from the wave or
// version of the questionnaire before.
type Change struct {
	Wave    string // the first wave with it, or
	Version int    // the first version with it
	Item    string // question or column
	Change  string // one of changeWords
	Series  Series
	Note    Text
	At      diag.Place
}

// changeWords are the kinds of change and what each does to the series where
// the author does not say: what a respondent reads or a code means makes
// another measure; what is around it leaves a mark (research b8).
var changeWords = []struct {
	name   string
	series Series
}{
	{"typo", SameSeries},
	{"wording", NewSeries},
	{"scale", NewSeries},
	{"direction", NewSeries},
	{"codes", NewSeries},
	{"type", NewSeries},
	{"answers", MarkedSeries},
	{"routing", MarkedSeries},
	{"order", MarkedSeries},
	{"mode", MarkedSeries},
	{"coding", MarkedSeries},
	{"other", MarkedSeries},
}

// ChangeWords are the kinds of change an author can name.
func ChangeWords() []string {
	out := make([]string, len(changeWords))
	for i, w := range changeWords {
		out[i] = w.name
	}
	return out
}

// SeriesAfter is what a kind of change does to the series, "" for an unknown kind.
func SeriesAfter(change string) Series {
	for _, w := range changeWords {
		if w.name == change {
			return w.series
		}
	}
	return ""
}

// Of reports whether the change concerns the item: its column, or the question it belongs to.
func (c Change) Of(i Item) bool {
	return c.Item == i.ID || i.Question != nil && c.Item == i.Question.ID
}

// Changes are the entries of history and what waves name under changed.
func (s *Survey) Changes() []Change {
	out := slices.Clone(s.History)
	for _, w := range s.Waves {
		for _, item := range w.Changed {
			out = append(out, Change{Wave: w.ID, Item: item, Change: "wording", Series: NewSeries, At: w.At})
		}
	}
	return out
}

// Equivalent is a column that goes on where another one ended.
type Equivalent struct {
	New, Old string
	At       diag.Place

	foreign bool // the definition does not have the old column any more
}

var historyKeys = []key[Change]{
	{"wave", "first wave with the change", str(func(c *Change) *string { return &c.Wave }), optional},
	{"version", "first version of the questionnaire with the change", whole(func(c *Change) *int { return &c.Version }, 1, 1_000_000), optional},
	{"item", "the question or column that changed", special("column", readChangedItem), required},
	{"change", "what changed: the wording, the scale, the order, the coding of the file …", word(func(c *Change) *string { return &c.Change }, ChangeWords()...), required},
	{"series", "what it does to the trend: same, marked or new", word(func(c *Change) *Series { return &c.Series }, "same", "marked", "new"), optional},
	{"note", "what happened, in a sentence", text(func(c *Change) *Text { return &c.Note }), optional},
}

func readChangedItem(r *reader, n *yaml.Node, c *Change) {
	c.Item, _ = changed(r, n)
}

func readHistory(r *reader, n *yaml.Node, s *Survey) {
	for e := range r.list(n) {
		c := Change{At: r.place(e)}
		have := mapping(r, e, diag.Say("a change"), historyKeys, &c)
		if have == nil {
			continue
		}
		if c.Series == "" {
			c.Series = SeriesAfter(c.Change)
		}
		wave, version := have["wave"], have["version"]
		switch {
		case wave.key == nil && version.key == nil:
			r.fail(e, "missing-key", diag.Say("add wave: or version: with the first one that has the change"), diag.Say("since when the change holds is not said"))
			continue
		case wave.key != nil && version.key != nil:
			r.breaks(version.key, r.place(wave.key), "two-ways", diag.Say("keep one of the two"), diag.Say("a change has both a wave and a version"))
			continue
		}
		s.History = append(s.History, c)
		r.def.check(func() { r.judgeChange(c, wave.value, version.value) })
	}
}

// judgeChange checks that the wave or the version of a change exists.
func (r *reader) judgeChange(c Change, wave, version *yaml.Node) {
	s := r.def.survey
	if wave != nil {
		var ids []string
		for _, w := range s.Waves {
			ids = append(ids, w.ID)
		}
		if len(ids) > 0 && c.Wave != "" && !slices.Contains(ids, c.Wave) {
			r.fail(wave, "unknown-name", didYouMean(c.Wave, ids), diag.Say("the survey has no wave %q", shorten(c.Wave)))
		}
	}
	if version != nil && s.Version > 0 && c.Version > s.Version {
		r.fail(version, "out-of-range", diag.Say("write at most %d, or count the version of the questionnaire up", s.Version), diag.Say("version %d is later than the questionnaire's own", c.Version))
	}
}

func readEquivalent(r *reader, n *yaml.Node, s *Survey) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write {q_new: q_old}"), diag.Say("equivalent must be new columns with old ones, not %s", kindOf(n)))
		return
	}
	olds := places{}
	for p := range pairs(r, n) {
		old, ok := r.str(p.value)
		if !ok {
			continue
		}
		if !columnPattern.MatchString(old) {
			r.fail(p.value, "wrong-id", diag.Say("name the column as the older files have it"), diag.Say("%q is no id of a column", shorten(old)))
			continue
		}
		olds.unique(r, p.value, diag.Say("old column"))
		at := len(s.Equivalent)
		s.Equivalent = append(s.Equivalent, Equivalent{New: p.key.Value, Old: old, At: r.place(p.key)})
		r.reference(p.key, diag.Say("column"), func(c *column) { r.judgeEquivalent(p, c, &s.Equivalent[at]) })
	}
}

// judgeEquivalent checks that two columns can be one series.
func (r *reader) judgeEquivalent(p pair, c *column, e *Equivalent) {
	switch {
	case c.role == calculated || c.role == derived:
		r.breaks(p.key, c.at, "wrong-target", diag.Say("name a column that is asked"), diag.Say("column %q is not read from files", e.New))
		return
	case len(c.columns(r.def)) != 1 || c.role == group:
		r.breaks(p.key, c.at, "wrong-question", diag.Say("name its columns one by one, such as %s_…", e.New), diag.Say("%q is more than one column", e.New))
		return
	}
	old := r.def.column(e.Old)
	if old == nil {
		e.foreign = true
		return
	}
	if e.New == e.Old {
		r.fail(p.value, "wrong-value", diag.Say("name the column as the older files have it"), diag.Say("%q goes on where itself ended", shorten(e.Old)))
		return
	}
	if !slices.Equal(c.codes(), old.codes()) || c.number != old.number || c.text != old.text {
		r.breaks(p.value, old.at, "other-scale", diag.Say("only columns with the same codes can be one series; for others leave the line broken"), diag.Say("%q is not asked on the scale of %q", e.Old, e.New))
	}
}

// oldFields are the fields of columns that only older files have.
func (s *Survey) oldFields(fields []table.Field) []table.Field {
	var out []table.Field
	for _, e := range s.Equivalent {
		i := slices.IndexFunc(fields, func(f table.Field) bool { return f.ID == e.New })
		taken := slices.ContainsFunc(fields, func(f table.Field) bool { return f.ID == e.Old })
		if e.foreign && i >= 0 && !taken {
			f := fields[i]
			f.ID, f.Rule = e.Old, e.At
			out = append(out, f)
		}
	}
	return out
}
