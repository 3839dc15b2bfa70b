package measure

import (
	"encoding/json"

	"manyi/internal/stat"
)

// CSI is a satisfaction index: a score of 0–100 for every respondent, weighted
// through a tree of facets and renormalised at every node over what was
// answered; the index is the mean over respondents (METHODS B0, B6). The
// interval is Student's t, with weights that of the linearised mean.
type CSI struct {
	Common
	Score         Number             `json:"score"`
	SD            Number             `json:"sd"`
	CI95          Interval           `json:"ci95"`
	Target        *Number            `json:"target"`
	Verdict       string             `json:"verdict,omitempty"` // by the interval: met, not_shown, missed
	Weighting     string             `json:"weighting"`
	Mapping       map[string]float64 `json:"mapping,omitempty"` // points of codes; absent: minmax
	Range         [2]Number          `json:"range"`             // the least and the most the index can be
	MinAnswered   Number             `json:"min_answered"`
	Facets        []*IndexFacet      `json:"facets"`
	Schemes       []*IndexScheme     `json:"schemes"`
	AHP           []*IndexAHP        `json:"ahp,omitempty"`
	Contributions *Contributions     `json:"contributions,omitempty"` // to the change since the wave before

	estimate  stat.Estimate
	weights   bool
	effective []weightEffect // by place, of everyone
	tree      *tree
}

// Verdicts on a target.
const (
	Met      = "met"
	NotShown = "not_shown"
	Missed   = "missed"
)

// Warnings of an index, each followed by ":" and the node.
const (
	NoImportance = "no_importance" // siblings without stated importance or rank: weighted equally
	NoDerived    = "no_derived"    // no positive correlation with the outcome: weighted equally
	Inconsistent = "inconsistent"  // CR of .10 or more
)

// IndexFacet is one facet: Weight among its siblings, Overall in the index
// where everything is answered.
type IndexFacet struct {
	ID      string        `json:"id"`
	Weight  Number        `json:"weight"`
	Overall Number        `json:"overall_weight"`
	Score   Number        `json:"score"`
	CI95    Interval      `json:"ci95"`
	N       int           `json:"n"`
	Target  *Number       `json:"target,omitempty"`
	Verdict string        `json:"verdict,omitempty"`
	Items   []*IndexItem  `json:"items,omitempty"`
	Facets  []*IndexFacet `json:"facets,omitempty"`

	Suppressed bool `json:"-"`
	estimate   stat.Estimate
}

// MarshalJSON leaves nothing but the reason of a suppressed facet.
func (f *IndexFacet) MarshalJSON() ([]byte, error) {
	if f.Suppressed {
		return suppressed, nil
	}
	type plain IndexFacet
	return json.Marshal((*plain)(f))
}

// IndexItem is one item: its points are the mapped answers.
type IndexItem struct {
	ID      string   `json:"id"`
	Weight  Number   `json:"weight"`
	Overall Number   `json:"overall_weight"`
	Score   Number   `json:"score"`
	CI95    Interval `json:"ci95"`
	N       int      `json:"n"`
	Target  *Number  `json:"target,omitempty"`
	Verdict string   `json:"verdict,omitempty"`
	Why     string   `json:"why,omitempty"`

	Suppressed bool `json:"-"`
	estimate   stat.Estimate
}

// MarshalJSON leaves nothing but the reason of a suppressed item.
func (i *IndexItem) MarshalJSON() ([]byte, error) {
	if i.Suppressed {
		return suppressed, nil
	}
	type plain IndexItem
	return json.Marshal((*plain)(i))
}

// IndexScheme is the index by one way of weighting. Reversals are the pairs of
// top facets that stand in another order than by the chosen way.
type IndexScheme struct {
	Scheme    string            `json:"scheme"`
	N         int               `json:"n"`
	Score     Number            `json:"score"`
	CI95      Interval          `json:"ci95"`
	Facets    []*SchemeFacet    `json:"facets"`
	Reversals [][2]string       `json:"reversals"`
	Weights   map[string]Number `json:"weights,omitempty"` // overall weight of each item, of everyone
}

// SchemeFacet is a top facet by one way of weighting.
type SchemeFacet struct {
	ID     string `json:"id"`
	Weight Number `json:"weight"`
	Score  Number `json:"score"`
}

// IndexAHP is the comparisons of one node, the geometric mean of all matrices,
// and what they imply.
type IndexAHP struct {
	Node    string   `json:"node"` // "" is the top
	Judges  int      `json:"judges"`
	Below   []string `json:"below"`
	Weights []Number `json:"weights"`
	Lambda  Number   `json:"lambda"`
	CI      Number   `json:"ci"`
	RI      Number   `json:"ri"` // Saaty 1980
	CR      Number   `json:"cr"`
	RITable string   `json:"ri_table"`
	CR2007  Number   `json:"cr_2007"` // by the random indices of Saaty and Tran 2007
}

func (c *CSI) figures() []figure {
	out := []figure{{path: "score", kind: "index", estimate: c.estimate}}
	var add func(prefix string, facets []*IndexFacet)
	add = func(prefix string, facets []*IndexFacet) {
		for _, f := range facets {
			if f.Suppressed {
				continue
			}
			path := prefix + "facets." + f.ID + "."
			out = append(out, figure{path: path + "score", kind: "facet", estimate: f.estimate})
			add(path, f.Facets)
		}
	}
	add("", c.Facets)
	return out
}

// verdict compares an interval with a target: what the interval leaves open is not shown.
func verdict(e stat.Estimate, target *float64) (*Number, string) {
	if target == nil {
		return nil, ""
	}
	switch {
	case e.Low >= *target:
		return pointer(*target), Met
	case e.High < *target:
		return pointer(*target), Missed
	}
	return pointer(*target), NotShown
}
