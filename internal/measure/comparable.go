package measure

import (
	"slices"
	"strings"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// How a step stands to the series.
const (
	ComparableStep = "comparable"
	MarkedStep     = "marked" // comparable, and something changed that the reader should know
	NotComparable  = "not"
)

// Mark is a change of the questionnaire that a step crosses.
type Mark struct {
	Wave   string      `json:"wave"`
	Item   string      `json:"item"`
	Change string      `json:"change"` // a kind of history, or "equivalent"
	Series string      `json:"series"` // same, marked or new
	Old    string      `json:"old,omitempty"`
	Note   survey.Text `json:"note,omitempty"`
	Source string      `json:"source,omitempty"` // the earlier definition that shows the change, "" where the author says it
}

// Spliced is the kind of a mark where a column goes on under another name.
const Spliced = "equivalent"

// changedReason is why a line breaks at a change of a kind.
func changedReason(change string) string { return change + "_changed" }

// marksBetween are the changes that concern an item in the waves after from, up
// to to, in their order.
func (r *Results) marksBetween(s *survey.Survey, item survey.Item, from, to string) []*Mark {
	var out []*Mark
	first, last := slices.Index(r.Waves, from), slices.Index(r.Waves, to)
	if first < 0 || last < 0 {
		return nil
	}
	for _, e := range s.Events() {
		wave := r.waveOf(e)
		if at := slices.Index(r.Waves, wave); at <= first || at > last || !e.Of(item) {
			continue
		}
		out = append(out, &Mark{Wave: wave, Item: item.ID, Change: e.Change, Series: e.After(), Note: e.Note, Source: e.Source})
	}
	for _, w := range r.Waves[first+1 : last+1] {
		before := r.Waves[slices.Index(r.Waves, w)-1]
		if old, now := r.spliced[before][item.ID], r.spliced[w][item.ID]; old != now {
			out = append(out, &Mark{Wave: w, Item: item.ID, Change: Spliced, Series: survey.MarkedSeries, Old: old + now})
		}
	}
	return out
}

// waveOf is the first wave that has a change: the one it names, or the first
// with answers to its version of the questionnaire or a later one.
func (r *Results) waveOf(e survey.Event) string {
	if e.Wave != "" {
		return e.Wave
	}
	for _, w := range r.Waves {
		if r.versions[w] >= e.Version {
			return w
		}
	}
	return ""
}

// breakOf is why the marks end a series, "" where none does.
func breakOf(marks []*Mark) string {
	for _, m := range marks {
		if m.Series == survey.NewSeries {
			return changedReason(m.Change)
		}
	}
	return ""
}

// judgeSteps says of every step whether it is comparable, marked or not, and
// breaks those at which a question became another measure.
func (t *Trend) judgeSteps(s *survey.Survey, r *Results) {
	items := t.itemsOf(s)
	for _, f := range t.Figures {
		for i, step := range f.Steps {
			for _, item := range items[f.Figure] {
				step.Marks = append(step.Marks, r.marksBetween(s, item, step.From, step.To)...)
			}
			if _, item := s.Item(f.Item); !item { // what is said of the analysis itself
				step.Marks = append(step.Marks, r.marksBetween(s, survey.Item{ID: f.Item}, step.From, step.To)...)
			}
			if reason := breakOf(step.Marks); reason != "" && (step.Comparable || step.Reason == NotAsked) {
				marks := step.Marks
				step = broken(step, reason)
				step.Marks = marks
				f.Steps[i] = step
			}
			step.Comparability = comparability(step)
		}
	}
}

func comparability(s *Step) string {
	switch {
	case !s.Comparable:
		return NotComparable
	case slices.ContainsFunc(s.Marks, func(m *Mark) bool { return m.Series != survey.SameSeries }):
		return MarkedStep
	}
	return ComparableStep
}

// itemsOf are the items that each followed figure is made of.
func (t *Trend) itemsOf(s *survey.Survey) map[string][]survey.Item {
	byID := map[string]survey.Item{}
	for _, i := range s.Items() {
		byID[i.ID] = i
	}
	metrics := map[string]survey.Item{}
	for _, m := range s.Metrics() {
		metrics[m.ID] = byID[m.Question]
	}
	analyses := map[string]survey.Analysis{}
	for _, a := range s.Analyses {
		analyses[a.ID] = a
	}
	out := map[string][]survey.Item{}
	for _, f := range t.Figures {
		path, ofAnalysis := strings.CutPrefix(f.Figure, "analyses."+f.Item+".")
		switch a, item := analyses[f.Item], byID[f.Item]; {
		case !ofAnalysis && item.ID != "":
			out[f.Figure] = []survey.Item{item}
		case metrics[f.Item].ID != "":
			out[f.Figure] = []survey.Item{metrics[f.Item]}
		case ofAnalysis:
			for _, id := range madeOf(a, path) {
				if byID[id].ID != "" {
					out[f.Figure] = append(out[f.Figure], byID[id])
				}
			}
		}
	}
	return out
}

// splice lets columns of this wave that nobody asked go on with the answers of
// the old columns that the definition declares equivalent, and returns which.
func (w *wave) splice() map[string]string {
	out := map[string]string{}
	for _, e := range w.survey.Equivalent {
		now, old := w.columns[e.New], w.columns[e.Old]
		if (now == nil || now.Absent) && old != nil && !old.Absent {
			w.columns[e.New] = old
			out[e.New] = e.Old
		}
	}
	return out
}

// note keeps what a wave says of its columns and of the versions of the questionnaire.
func (r *Results) note(w *wave, raw *table.Wave) {
	if r.spliced == nil {
		r.spliced, r.versions = map[string]map[string]string{}, map[string]int{}
	}
	r.spliced[raw.ID] = w.spliced
	for _, c := range raw.Field {
		r.versions[raw.ID] = max(r.versions[raw.ID], c.Version)
	}
}
