package survey

import (
	"math"
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Gap is the settings of method gap: what was met against what was expected.
type Gap struct {
	Dimensions      []GapDimension
	PerformanceOnly bool     // SERVPERF: expectations are not used
	Far             float64  // points below the expected from which a gap is far below; 0: a third of the scale
	Outcomes        []string // questions set against the class of the gap
	View            *GapView // nil without
}

// Expects reports whether any pair asks for an expectation that is used.
func (g *Gap) Expects() bool {
	return !g.PerformanceOnly && slices.ContainsFunc(g.Dimensions, func(d GapDimension) bool {
		return slices.ContainsFunc(d.Pairs, func(p GapPair) bool { return p.Expected != "" })
	})
}

// GapDimension is one dimension of quality.
type GapDimension struct {
	ID     string
	Label  Text
	Pairs  []GapPair
	Points *float64 // of 100 given to it; nil where a question gives them, or none
	Source string   // the question whose mean is its points
}

// GapPair is one thing that was asked twice or three times. ID is the column of Perceived.
type GapPair struct {
	Label     Text
	Perceived string
	Expected  string // what one wants; "" without
	Adequate  string // what would do; "" without
}

// GapView compares those who serve with those who are served.
type GapView struct {
	Column   string
	Internal string // code of those who serve
	External string // code of those who are served
}

func gapOf(a *analysisDraft) *Gap {
	if a.Gap == nil {
		a.Gap = &Gap{}
	}
	return a.Gap
}

var gapMethod = method{name: "gap", keys: []key[analysisDraft]{
	{"performance_only", "expectations are not used (SERVPERF)", boolean(func(a *analysisDraft) *bool { return &gapOf(a).PerformanceOnly }), optional},
	{"far", "points below the expected from which a gap counts as far below", formed(numbered(0, maxWhole), readFar), optional},
	{"outcome", "questions to set against the gap, such as buying again", formed(either(plainShape("column"), listOf(plainShape("column"))), readGapOutcome), optional},
	{"view", "the column that tells those who serve from those who are served", formed(keyed(gapViewKeys), func(r *reader, n *yaml.Node, a *analysisDraft) { mapping(r, n, diag.Say("view"), gapViewKeys, a) }), optional},
	{"dimensions", "dimensions with pairs of questions", formed(listOf(keyed(gapDimensionKeys)), readGapDimensions), required},
}}

var gapDimensionKeys = []key[GapDimension]{
	{"id", "name of it", pattern(func(d *GapDimension) *string { return &d.ID }, "speed", columnPattern), required},
	{"label", "what reports call it", text(func(d *GapDimension) *Text { return &d.Label }), optional},
	{"pairs", "perceived and expected", items(func(d *GapDimension) *[]GapPair { return &d.Pairs }, keyed(gapPairKeys), readGapPair), required},
	{"points", "points of 100 given to it, or the question that asks for them", formed(either(plainShape("column"), numbered(0, 100)), readGapPoints), optional},
}

var gapPairKeys = []key[GapPair]{
	{"label", "what reports call it", text(func(p *GapPair) *Text { return &p.Label }), optional},
	{"perceived", "what was met", rated(func(p *GapPair) *string { return &p.Perceived }), required},
	{"expected", "what was expected", rated(func(p *GapPair) *string { return &p.Expected }), optional},
	{"adequate", "what would do", rated(func(p *GapPair) *string { return &p.Adequate }), optional},
}

func readGapPair(r *reader, n *yaml.Node) (GapPair, bool) {
	var p GapPair
	have := mapping(r, n, diag.Say("a pair"), gapPairKeys, &p)
	if have == nil {
		return p, false
	}
	if a, ok := have["adequate"]; ok && have["expected"].key == nil {
		r.fail(a.key, "missing-key", diag.Say("add expected: what was hoped for; the zone of tolerance lies between the two"), diag.Say("a pair has the key adequate and lacks the key expected"))
	}
	r.sameScale(have["perceived"].value, have["expected"].value)
	r.sameScale(have["perceived"].value, have["adequate"].value)
	return p, p.Perceived != ""
}

func readGapDimensions(r *reader, n *yaml.Node, a *analysisDraft) {
	g := gapOf(a)
	var seen places
	var first *yaml.Node
	for e := range r.list(n) {
		var d GapDimension
		have := mapping(r, e, diag.Say("a dimension"), gapDimensionKeys, &d)
		if have == nil {
			continue
		}
		seen.unique(r, have["id"].value, diag.Say("dimension"))
		if list := have["pairs"].value; list != nil && list.Kind == yaml.SequenceNode {
			for _, pair := range list.Content {
				if c := child(pair, "perceived"); c != nil && first == nil {
					first = c
				} else if c != nil {
					r.sameScale(first, c)
				}
			}
		}
		g.Dimensions = append(g.Dimensions, d)
	}
	r.judgeAllocation(n, g)
	asked, all := 0, 0
	for _, d := range g.Dimensions {
		for _, p := range d.Pairs {
			all++
			if p.Expected != "" {
				asked++
			}
		}
	}
	r.def.check(func() {
		if asked > 0 && asked < all && !g.PerformanceOnly {
			r.fail(n, "missing-key", diag.Say("add expected: to every pair, or set performance_only: true"), diag.Say("%d of %d pairs have the key expected", asked, all))
		}
	})
}

// judgeAllocation checks that all dimensions have points or none has.
func (r *reader) judgeAllocation(n *yaml.Node, g *Gap) {
	with := 0
	for _, d := range g.Dimensions {
		if d.Points != nil || d.Source != "" {
			with++
		}
	}
	if with > 0 && with < len(g.Dimensions) {
		r.fail(n, "missing-key", diag.Say("give points to every dimension or to none"), diag.Say("%d of %d dimensions have points", with, len(g.Dimensions)))
	}
}

func readGapPoints(r *reader, n *yaml.Node, d *GapDimension) {
	if n.Kind == yaml.ScalarNode && plainNumber.MatchString(n.Value) {
		if f, ok := r.number(n, 0, 100); ok {
			d.Points = &f
		}
		return
	}
	if s, ok := r.str(n); ok {
		d.Source = s
		r.reference(n, diag.Say("points"), nil)
	}
}

func readFar(r *reader, n *yaml.Node, a *analysisDraft) {
	f, ok := r.number(n, 0, maxWhole)
	if ok && f < 1 {
		r.fail(n, "out-of-range", diag.Say("write 1 or more"), diag.Say("%s is out of range", n.Value))
	} else if ok {
		gapOf(a).Far = f
	}
}

func readGapOutcome(r *reader, n *yaml.Node, a *analysisDraft) {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = slices.Collect(r.list(n))
	}
	for _, e := range nodes {
		if s, ok := r.str(e); ok {
			gapOf(a).Outcomes = append(gapOf(a).Outcomes, s)
			r.coded(e, diag.Say("outcome"))
		}
	}
}

var gapViewKeys = []key[analysisDraft]{
	{"column", "the column of the role", special("column", func(r *reader, n *yaml.Node, a *analysisDraft) {
		if s, ok := r.str(n); ok {
			gapViewOf(a).Column = s
			r.coded(n, diag.Say("view"))
		}
	}), required},
	{"internal", "code of those who serve", special("code", func(r *reader, n *yaml.Node, a *analysisDraft) { gapViewOf(a).Internal = r.viewCode(n, a) }), required},
	{"external", "code of those who are served", special("code", func(r *reader, n *yaml.Node, a *analysisDraft) { gapViewOf(a).External = r.viewCode(n, a) }), required},
}

func gapViewOf(a *analysisDraft) *GapView {
	if gapOf(a).View == nil {
		a.Gap.View = &GapView{}
	}
	return a.Gap.View
}

// viewCode reads a code of the column of a view, which is checked when all columns are known.
func (r *reader) viewCode(n *yaml.Node, a *analysisDraft) string {
	view := gapViewOf(a)
	s, ok := code(r, n)
	if !ok {
		return ""
	}
	r.def.check(func() {
		c := r.def.column(view.Column)
		if c == nil {
			return
		}
		codes := sorted(c.labels)
		if c.scale != nil {
			codes = c.scale.Codes()
		}
		if len(codes) > 0 && !slices.Contains(codes, s) {
			r.breaks(n, c.at, "unknown-code", didYouMean(s, codes), diag.Say("the question has no code %q", shorten(s)))
		}
	})
	return s
}

// rated is the value of a key that names a question or matrix row with an
// ordered scale of numbers, or a number.
func rated[T any](at func(*T) *string) value[T] {
	return special("column", func(r *reader, n *yaml.Node, into *T) {
		s, ok := r.str(n)
		if !ok {
			return
		}
		set(at, into, s)
		r.reference(n, diag.Say("item"), func(c *column) { r.judgeRated(n, c) })
	})
}

func (r *reader) judgeRated(n *yaml.Node, c *column) {
	switch {
	case c.role == group:
		r.breaks(n, c.at, "wrong-question", diag.Say("name one of its columns, such as %s_…", c.id), diag.Say("question %q is more than one column", c.id))
	case c.number || c.role == calculated:
	case c.scale != nil && !c.scale.ordered():
		r.breaks(n, c.at, "not-ordered", diag.Say("use a question with a scale of numbers"), diag.Say("the answers of %q have no order and no numbers", c.id))
	case c.scale == nil:
		r.breaks(n, c.at, "not-ordered", diag.Say("use a question with a scale of numbers"), diag.Say("%q is no rating", c.id))
	}
}

// coded checks, when all columns are known, that n names one column with a list of answers.
func (r *reader) coded(n *yaml.Node, what diag.Phrase) {
	r.reference(n, what, func(c *column) {
		switch {
		case c.role == group:
			r.breaks(n, c.at, "wrong-question", diag.Say("name one of its columns, such as %s_…", c.id), diag.Say("question %q is more than one column", c.id))
		case c.role == tick || c.scale != nil || len(c.labels) > 0:
		default:
			r.breaks(n, c.at, "wrong-question", diag.Say("use a question with a list of answers"), diag.Say("%q has no list of answers", c.id))
		}
	})
}

// sameScale checks, when all columns are known, that two columns are measured
// with the same numbers, so that one can be taken from the other.
func (r *reader) sameScale(first, second *yaml.Node) {
	if first == nil || second == nil || first.Kind != yaml.ScalarNode || second.Kind != yaml.ScalarNode {
		return
	}
	r.def.check(func() {
		a, b := r.def.column(first.Value), r.def.column(second.Value)
		if a == nil || b == nil || a.scale == nil || b.scale == nil || !a.scale.ordered() || !b.scale.ordered() {
			return
		}
		lowA, highA := ends(a.scale)
		if lowB, highB := ends(b.scale); lowA == lowB && highA == highB {
			return
		}
		r.breaks(second, a.at, "other-scale", diag.Say("ask both on one scale"), diag.Say("%q is not asked on the scale of %q", b.id, a.id))
	})
}

// ends are the lowest and the highest number of a scale, NaN of none.
func ends(sc *Scale) (low, high float64) {
	values := sc.Values()
	if len(values) == 0 {
		return math.NaN(), math.NaN()
	}
	return slices.Min(values), slices.Max(values)
}
