package survey

import (
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// CSI is the settings of method csi: a tree of facets over rated items.
type CSI struct {
	Weighting   string // given, equal, stated, rank, ahp or derived
	Facets      []Facet
	Mapping     map[string]float64 // points of codes; nil: minmax, 0 the worst and 100 the best answer
	MinAnswered float64            // share of a node's weight that must be answered
	Outcome     string             // derived: the column that weights are correlated with
	Judgements  []Judgement        // ahp: comparisons of the top facets
	Target      *float64
	Pack        *Pack // of extends, nil without

	extends *yaml.Node
	mapping *yaml.Node
}

// Facet is a node of the tree; it has either items or facets.
type Facet struct {
	ID         string
	Label      Text
	Weight     *float64 // among its siblings, not normalised; nil where none is given
	Importance Stated
	Rank       Stated
	Items      []FacetItem
	Facets     []Facet
	Judgements []Judgement // ahp: comparisons of what is below it
	Target     *float64
	FromPack   bool // the pack has it, too
	At         diag.Place

	bare bool // written with neither items nor facets
}

// FacetItem is a leaf of the tree: one rated column.
type FacetItem struct {
	ID         string // the data column
	Label      Text   // what reports call it; empty: as the question says
	Weight     *float64
	Importance Stated
	Rank       Stated
	Owner      string
	Evidence   string // what shows its importance
	Competitor *float64
	Target     *float64
	Factor     string // id of the item of the pack that it measures, "" without
	At         diag.Place
}

// Stated is an importance or a rank: of a column, or a number of the author's. Both are empty without.
type Stated struct {
	Column string
	Value  *float64
}

// Given reports whether there is one.
func (s Stated) Given() bool { return s.Column != "" || s.Value != nil }

// Judgement is one person's matrix of pairwise comparisons, row against column.
type Judgement [][]float64

// Depth is how many levels of facets the tree has.
func (c *CSI) Depth() int { return depth(c.Facets) }

func depth(facets []Facet) int {
	most := 0
	for _, f := range facets {
		most = max(most, depth(f.Facets))
	}
	if len(facets) > 0 {
		most++
	}
	return most
}

// Leaves are the items of the tree in the order of the file.
func (c *CSI) Leaves() []FacetItem { return itemsBelow(c.Facets) }

func itemsBelow(facets []Facet) []FacetItem {
	var out []FacetItem
	for _, f := range facets {
		out = append(append(out, f.Items...), itemsBelow(f.Facets)...)
	}
	return out
}

var csiMethod = method{name: "csi", judge: (*reader).judgeCSI, keys: []key[analysisDraft]{
	{"facets", "tree of facets with weights and items", special("facets", func(r *reader, n *yaml.Node, a *analysisDraft) {
		a.csi().Facets = readFacets(r, n)
	}), optional},
	{"weighting", "where weights come from", word(func(a *analysisDraft) *string { return &a.csi().Weighting }, "given", "equal", "stated", "rank", "ahp", "derived", "pls"), optional},
	{"extends", "name of a pack of facets", formed(matching(packPattern), func(r *reader, n *yaml.Node, a *analysisDraft) {
		a.csi().extends = n
	}), optional},
	{"mapping", "points of codes: minmax, or code: points", formed(either(oneWord("minmax"), mapOf(numbered(0, 0))), readPointMapping), optional},
	{"min_answered", "share of the weight that must be answered", formed(numbered(0, 1), func(r *reader, n *yaml.Node, a *analysisDraft) {
		if f, ok := r.number(n, 0, 1); ok {
			a.csi().MinAnswered = f
		}
	}), optional},
	{"outcome", "the rating that derived weights are correlated with", columnOf(diag.Say("outcome"), func(a *analysisDraft) *string { return &a.csi().Outcome }), optional},
	{"judgements", "ahp: matrix of comparisons, or several", judgementShape(func(a *analysisDraft) *[]Judgement { return &a.csi().Judgements }), optional},
	{"target", "the figure to reach", number(func(a *analysisDraft) **float64 { return &a.csi().Target }, -maxWhole, maxWhole), optional},
}}

// csi is the settings of the draft, begun at the first use.
func (a *analysisDraft) csi() *CSI {
	if a.CSI == nil {
		a.CSI = &CSI{MinAnswered: 0.5}
	}
	return a.CSI
}

// columnOf refers to a column and keeps its name.
func columnOf[T any](what diag.Phrase, at func(*T) *string) value[T] {
	return special("column", func(r *reader, n *yaml.Node, into *T) {
		if s, ok := r.str(n); ok {
			set(at, into, s)
			r.reference(n, what, nil)
		}
	})
}

// readPointMapping reads minmax, or the points of every code.
func readPointMapping(r *reader, n *yaml.Node, a *analysisDraft) {
	if n.Kind == yaml.ScalarNode {
		r.word(n, []string{"minmax"})
		return
	}
	readNumbers(r, n, a)
	if n.Kind != yaml.MappingNode {
		return
	}
	c := a.csi()
	c.mapping, c.Mapping = n, map[string]float64{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if code, points := n.Content[i], n.Content[i+1]; plainNumber.MatchString(points.Value) {
			var f float64
			if points.Decode(&f) == nil {
				c.Mapping[code.Value] = f
			}
		}
	}
}
