package survey

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Event is one entry of history: what the author says of a change between
// versions, or from one wave to the next.
type Event struct {
	Version int    // the first version with the change, 0 where a wave is named
	Wave    string // the first wave with it
	Item    string // a question, a column, question=code for an answer, or an analysis
	Change  string // one of eventChanges
	Series  string // same, marked, new, or "" where the kind of change decides
	Note    Text
	Source  string // the earlier definition that shows it, "" where the author says it
	At      diag.Place
}

// What a change does to a trend line.
const (
	SameSeries   = "same"   // nothing: the line goes on
	MarkedSeries = "marked" // the line goes on with a mark
	NewSeries    = "new"    // the line breaks
)

// The words of change and of series.
var (
	eventChanges = []string{"typo", "wording", "scale", "direction", "codes", "answers", "routing", "order", "moved", "mode", "coding", "type", "weights", "renamed", "added", "removed", "reused", "other"}
	eventSeries  = []string{SameSeries, MarkedSeries, NewSeries}
)

var eventItem = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(=[^\s=]{1,64})?$`)

var eventKeys = []key[Event]{
	{"version", "first version with the change", whole(func(e *Event) *int { return &e.Version }, 1, 1_000_000), optional},
	{"wave", "first wave with the change", str(func(e *Event) *string { return &e.Wave }), optional},
	{"item", "question, column, analysis, or question=code for an answer", pattern(func(e *Event) *string { return &e.Item }, "osat, aspects_speed or osat=3", eventItem), required},
	{"change", "what changed", word(func(e *Event) *string { return &e.Change }, eventChanges...), required},
	{"series", "what becomes of the series: same, marked or new", word(func(e *Event) *string { return &e.Series }, eventSeries...), optional},
	{"note", "why, in words that reports show", text(func(e *Event) *Text { return &e.Note }), optional},
}

// Verdict is what the author says becomes of the series, "" where nothing is said.
func (e Event) Verdict() string {
	if e.Series == "" && e.Change == "typo" {
		return SameSeries
	}
	return e.Series
}

// After is what becomes of the series: what the author says, else what follows
// from the kind. What a respondent reads or a code means makes another measure;
// what is around it leaves a mark.
func (e Event) After() string {
	if said := e.Verdict(); said != "" {
		return said
	}
	switch e.Change {
	case "wording", "scale", "direction", "codes", "type", "reused":
		return NewSeries
	}
	return MarkedSeries
}

// Of reports whether the change concerns the item: its column, an answer of it,
// or the question it belongs to.
func (e Event) Of(i Item) bool {
	id, _, _ := strings.Cut(e.Item, "=")
	return id == i.ID || i.Question != nil && id == i.Question.ID
}

// Events are the entries of history, what waves name under changed and what
// earlier definitions show.
func (s *Survey) Events() []Event {
	out := slices.Concat(s.History, s.Past)
	for _, w := range s.Waves {
		for _, item := range w.Changed {
			out = append(out, Event{Wave: w.ID, Item: item, Change: "wording", Series: NewSeries, At: w.At})
		}
	}
	return out
}

func readHistory(r *reader, n *yaml.Node, s *Survey) {
	for e := range r.list(n) {
		event := Event{At: r.place(e)}
		have := mapping(r, e, diag.Say("an entry of history"), eventKeys, &event)
		if have == nil {
			continue
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
		s.History = append(s.History, event)
		r.def.check(func() { r.judgeEvent(event, have) })
	}
}

// judgeEvent checks that item, wave and version of a change are known. What
// was removed, or has another name now, is not.
func (r *reader) judgeEvent(e Event, have found) {
	s := r.def.survey
	names := r.def.names()
	for _, a := range s.Analyses {
		names = append(names, a.ID)
	}
	gone := e.Change == "removed" || e.Change == "renamed"
	if id, _, _ := strings.Cut(e.Item, "="); e.Item != "" && !gone && !slices.Contains(names, id) {
		r.fail(have["item"].value, "unknown-name", didYouMean(id, names), diag.Say("history names %q, which is not in this survey", shorten(id)))
	}
	var waves []string
	for _, w := range s.Waves {
		waves = append(waves, w.ID)
	}
	if e.Wave != "" && len(waves) > 0 && !slices.Contains(waves, e.Wave) {
		r.fail(have["wave"].value, "unknown-name", didYouMean(e.Wave, waves), diag.Say("the survey has no wave %q", shorten(e.Wave)))
	}
	if s.Version > 0 && e.Version > s.Version {
		r.fail(have["version"].value, "out-of-range", diag.Say("write at most %d, or count the version of the questionnaire up", s.Version), diag.Say("version %d is later than the questionnaire's own", e.Version))
	}
}
