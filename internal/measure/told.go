package measure

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Told is one figure of a block, to be put beside the same figure of another one.
type Told struct {
	stat.Estimate
	Normal bool   // compared by z, else by Welch's t
	Why    string // it is not told: "min_cell", NotAsked or NoAnswers; "" where it is
}

// Told returns a figure of an item: its mean, its score (the mean on 0–100) or the
// share of its best answers (top); of an analysis "nps" or, of method csi, "index."
// and a path such as "score" or "facets.service.score".
func (b *Block) Told(item, kind string) Told {
	q := b.question(item)
	switch kind {
	case "score":
		t := told(estimate(b, item, "mean", ""), false)
		if t.Why == "" {
			t.Estimate = q.tallied.asked.scored(t.Estimate)
		}
		return t
	case "mean":
		return told(estimate(b, item, kind, ""), false)
	case "top":
		return told(estimate(b, item, kind, ""), q != nil && !q.weights)
	case "nps":
		if b != nil && b.hides(item) {
			return Told{Why: "min_cell"}
		}
		f := estimate(b, item, "score", "")
		return told(f, !f.weights)
	}
	return b.toldIndex(item, strings.TrimPrefix(kind, "index."))
}

func told(f found, normal bool) Told {
	if f.reason == "" && (f.N == 0 || math.IsNaN(f.Value)) {
		f.reason = NoAnswers
	}
	return Told{Estimate: f.Estimate, Normal: normal, Why: f.reason}
}

func (b *Block) toldIndex(id, path string) Told {
	switch {
	case b == nil || b.Analyses[id] == nil && !b.Suppressed:
		return Told{Why: NotAsked}
	case b.Suppressed || b.hides(id):
		return Told{Why: "min_cell"}
	}
	for _, f := range figuresOf(b, id) {
		if f.path == path {
			return told(found{Estimate: f.estimate}, math.IsNaN(f.estimate.DF))
		}
	}
	return Told{Why: "min_cell"} // figures leaves hidden facets out
}

func (b *Block) question(id string) *Question {
	if b == nil || b.Suppressed {
		return nil
	}
	return b.Questions[id]
}

func (b *Block) hides(id string) bool {
	_, hidden := b.Analyses[id].(*Hidden)
	return hidden
}

// scored puts the estimate of a mean on 0–100 (METHODS B0).
func (a asked) scored(e stat.Estimate) stat.Estimate {
	s := a.score(e)
	e.Value, e.Low, e.High, e.SE = float64(s.Value), float64(s.CI95[0]), float64(s.CI95[1]), e.SE/(a.hi-a.lo)*100
	return e
}

// Less is a less b, of respondents that the two do not share.
func (t Told) Less(b Told) stat.Test {
	if t.Normal || b.Normal {
		return stat.Normal(b.Estimate, t.Estimate)
	}
	return stat.Welch(b.Estimate, t.Estimate)
}

// Breaks are the waves that cannot be compared with the wave before, because the
// question or the index is not the same.
func (r *Results) Breaks(figure string) []string {
	if r.Block == nil {
		return nil
	}
	t, ok := r.Analyses["trend"].(*Trend)
	if !ok {
		return nil
	}
	var out []string
	for _, f := range t.Figures {
		if f.Figure != figure {
			continue
		}
		for _, s := range f.Steps {
			if !s.Comparable && !slices.Contains([]string{"min_cell", NotAsked, NoAnswers}, s.Reason) {
				out = append(out, s.To)
			}
		}
	}
	return out
}

// IndexPaths are the figures of an index that is explored: the index itself, then
// its facets from the top down, by path.
func IndexPaths(a survey.Analysis) (paths, facets []string) {
	paths, facets = []string{"score"}, []string{""}
	if a.CSI == nil {
		return nil, nil
	}
	var add func(prefix string, below []survey.Facet)
	add = func(prefix string, below []survey.Facet) {
		for _, f := range below {
			path := prefix + "facets." + f.ID + "."
			paths, facets = append(paths, path+"score"), append(facets, f.ID)
			add(path, f.Facets)
		}
	}
	add("", a.CSI.Facets)
	return paths, facets
}
