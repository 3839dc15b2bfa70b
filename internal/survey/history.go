package survey

import "regexp"

// Event is one entry of history: what the author says of a change between
// versions, or from one wave to the next.
type Event struct {
	Version int    // the first version with the change, 0 where a wave is named
	Wave    string // the first wave with it
	Item    string // a question, a column, question=code for an answer, or an analysis
	Change  string // one of eventChanges
	Series  string // same, marked, new, or "" where the kind of change decides
	Note    Text
}

// The words of change and of series.
var (
	eventChanges = []string{"typo", "wording", "scale", "direction", "codes", "routing", "moved", "type", "weights", "renamed", "added", "removed", "reused", "other"}
	eventSeries  = []string{"same", "marked", "new"}
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
		return "same"
	}
	return e.Series
}
