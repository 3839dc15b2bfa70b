package survey

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"manyi/internal/diag"
)

// judgeCSI completes the tree when all columns are known and checks that it can be computed.
func (r *reader) judgeCSI(a *analysisDraft, into *Analysis) {
	c := a.csi()
	into.CSI = c
	if c.Weighting == "pls" {
		r.report(diag.Problem{
			Severity: diag.Note, Code: "not-built-yet", Place: a.At,
			Summary: diag.Say("%s is checked but not built yet: it has no effect", diag.Say("weighting pls")),
		})
		c.Weighting = ""
	}
	if c.extends != nil {
		r.extend(c)
	}
	if len(c.Facets) == 0 && c.extends == nil {
		r.report(diag.Problem{Code: "missing-key", Place: a.At, Summary: diag.Say("%s lacks the key %q", diag.Say("method %s", a.Method), "facets"), Cure: diag.Say("add facets:, or extends: with the name of a pack")})
	}
	sound := true
	r.eachFacet(c.Facets, func(f *Facet) { sound = r.judgeFacet(c, f) && sound })
	if c.Outcome != "" && r.unscored(c.Outcome) {
		r.report(diag.Problem{Code: "metric-misfit", Place: a.At, Summary: diag.Say("outcome %q of the index is no rating", shorten(c.Outcome)), Cure: ratedCure()})
	}
	if c.Weighting = cmp.Or(c.Weighting, c.defaultWeighting()); sound {
		r.judgeWeighting(a, c)
	}
	r.judgePoints(c)
	into.Built = into.Built && sound && len(c.Leaves()) > 0
	if into.Built {
		r.criteria(a, c)
	}
}

// defaultWeighting is given where any weight is written, else equal.
func (c *CSI) defaultWeighting() string {
	if c.has(func(f *Facet) bool { return f.Weight != nil }, func(i *FacetItem) bool { return i.Weight != nil }) {
		return "given"
	}
	return "equal"
}

// has reports whether any facet or item is such.
func (c *CSI) has(facet func(*Facet) bool, item func(*FacetItem) bool) bool {
	var below func([]Facet) bool
	below = func(facets []Facet) bool {
		for i := range facets {
			f := &facets[i]
			if facet(f) || slices.ContainsFunc(f.Items, func(i FacetItem) bool { return item(&i) }) || below(f.Facets) {
				return true
			}
		}
		return false
	}
	return below(c.Facets)
}

// Schemes are the ways of weighting that the definition has what it takes for, the chosen one first.
func (c *CSI) Schemes() []string {
	out := []string{c.Weighting}
	for _, s := range []string{"given", "equal", "stated", "rank", "ahp", "derived"} {
		if s != c.Weighting && c.possible(s) {
			out = append(out, s)
		}
	}
	return out
}

// possible reports whether the tree has what a way of weighting takes.
func (c *CSI) possible(scheme string) bool {
	switch scheme {
	case "given":
		return c.has(func(f *Facet) bool { return f.Weight != nil }, func(i *FacetItem) bool { return i.Weight != nil })
	case "stated":
		return c.has(func(f *Facet) bool { return f.Importance.Given() }, func(i *FacetItem) bool { return i.Importance.Given() })
	case "rank":
		return c.has(func(f *Facet) bool { return f.Rank.Given() }, func(i *FacetItem) bool { return i.Rank.Given() })
	case "ahp":
		return len(c.Judgements) > 0 || c.has(func(f *Facet) bool { return len(f.Judgements) > 0 }, func(*FacetItem) bool { return false })
	case "derived":
		return c.Outcome != ""
	}
	return true
}

func (r *reader) eachFacet(facets []Facet, f func(*Facet)) {
	for i := range facets {
		f(&facets[i])
		r.eachFacet(facets[i].Facets, f)
	}
}

// judgeFacet expands matrices to their rows and checks that every item is rated.
func (r *reader) judgeFacet(c *CSI, f *Facet) bool {
	if f.bare && len(f.Items)+len(f.Facets) == 0 {
		if c.Pack == nil || c.Pack.facet(f.ID) == nil {
			r.report(diag.Problem{Code: "missing-key", Place: f.At, Summary: diag.Say("a facet has neither items nor facets"), Cure: diag.Say("add items: or facets:")})
		} else {
			r.report(diag.Problem{Code: "missing-key", Place: f.At, Summary: diag.Say("no column of this survey is one of the items that the pack has for facet %q", f.ID), Cure: diag.Say("add items:, or delete the facet")})
		}
		return false
	}
	sound := true
	var items []FacetItem
	for _, i := range f.Items {
		column := r.def.column(i.ID)
		if column == nil || column.role == silent {
			return false // told where it is written
		}
		if column.role == group && column.question.Type == Matrix {
			for _, row := range column.question.Rows {
				each := i
				each.ID, each.Label = i.ID+"_"+row.ID, nil
				items = append(items, each)
			}
			continue
		}
		if r.unscored(i.ID) {
			r.report(diag.Problem{Code: "metric-misfit", Place: i.At, Rule: column.at, Summary: diag.Say("item %q of the index is no rating", i.ID), Cure: ratedCure()})
			sound = false
		}
		items = append(items, i)
	}
	f.Items = items
	return sound
}

func ratedCure() diag.Phrase {
	return diag.Say("use a question on an ordinal scale with numbers as codes, or a number with min: and max:")
}

// unscored reports whether the answers of a column have no place between a worst and a best one.
func (r *reader) unscored(id string) bool {
	c := r.def.column(id)
	switch {
	case c == nil || c.role != single:
		return true
	case c.scale != nil:
		return !c.scale.ordered()
	}
	q := c.question
	return q == nil || q.Min == nil || q.Max == nil || *q.Min >= *q.Max
}

// sibling is what the nodes below one node have in common: facets or items.
type sibling struct {
	id     string
	weight *float64
	at     diag.Place
}

func siblings(facets []Facet, items []FacetItem) []sibling {
	var out []sibling
	for _, f := range facets {
		out = append(out, sibling{f.ID, f.Weight, f.At})
	}
	for _, i := range items {
		out = append(out, sibling{i.ID, i.Weight, i.At})
	}
	return out
}

// judgeWeighting checks that the tree has what its way of weighting takes.
func (r *reader) judgeWeighting(a *analysisDraft, c *CSI) {
	if cure, ok := weightingCures[c.Weighting]; ok && !c.possible(c.Weighting) {
		r.report(diag.Problem{Code: "missing-key", Place: a.At, Summary: diag.Say("index %q has no basis for weighting %s", a.ID, c.Weighting), Cure: cure})
	}
	if c.Weighting == "given" {
		r.judgeGiven(siblings(c.Facets, nil))
	}
	r.judgeMatrices(c.Judgements, len(c.Facets), a.At)
	r.eachFacet(c.Facets, func(f *Facet) {
		if c.Weighting == "given" {
			r.judgeGiven(siblings(f.Facets, f.Items))
		}
		r.judgeMatrices(f.Judgements, len(f.Facets)+len(f.Items), f.At)
	})
}

var weightingCures = map[string]diag.Phrase{
	"given":   diag.Say("add weight: to facets or items, or write weighting: equal"),
	"stated":  diag.Say("add importance: with a question or a number to facets or items"),
	"rank":    diag.Say("add rank: with a question or a number to facets or items"),
	"ahp":     diag.Say("add judgements: with a matrix of comparisons"),
	"derived": diag.Say("add outcome: with the question that importance is derived from"),
}

// judgeGiven checks weights of siblings: all or none, and a sum of 1 or 100.
func (r *reader) judgeGiven(all []sibling) {
	sum, first, without := 0.0, sibling{}, []string(nil)
	for _, s := range all {
		if s.weight == nil {
			without = append(without, s.id)
			continue
		}
		if first.weight == nil {
			first = s
		}
		sum += *s.weight
	}
	switch {
	case first.weight == nil:
	case len(without) > 0:
		r.report(diag.Problem{Code: "missing-key", Place: first.at, Summary: diag.Say("%q has a weight, its siblings %s have none", first.id, strings.Join(without, ", ")), Cure: diag.Say("give all of them a weight, or none")})
	case sum == 0:
		r.report(diag.Problem{Code: "wrong-sum", Place: first.at, Summary: diag.Say("the weights of %q and its siblings are all 0", first.id), Cure: diag.Say("give at least one of them a weight above 0")})
	case math.Abs(sum-1) > 1e-6 && math.Abs(sum/100-1) > 1e-6:
		r.report(diag.Problem{Severity: diag.Warning, Code: "wrong-sum", Place: first.at, Summary: diag.Say("the weights of %q and its siblings sum to %s: they are divided by it", first.id, plain(math.Round(sum*1e6)/1e6)), Cure: diag.Say("write weights that sum to 1 or to 100")})
	}
}

// judgeMatrices checks that matrices of comparisons have a row for each of n nodes.
func (r *reader) judgeMatrices(matrices []Judgement, n int, at diag.Place) {
	for _, m := range matrices {
		if m != nil && len(m) != n {
			r.report(diag.Problem{Code: "wrong-matrix", Place: at, Summary: diag.Say("judgements have %d rows for %d facets or items", len(m), n), Cure: diag.Say("write one row for each, in their order")})
		}
	}
}

// judgePoints checks that a table of points has every code of every scale that is scored by it.
func (r *reader) judgePoints(c *CSI) {
	if c.Mapping == nil {
		return
	}
	told := map[*Scale]bool{}
	for _, i := range c.Leaves() {
		column := r.def.column(i.ID)
		if column == nil || column.scale == nil {
			if column != nil && column.number {
				r.report(diag.Problem{Code: "metric-misfit", Place: i.At, Summary: diag.Say("item %q is a number: points of codes do not fit it", i.ID), Cure: diag.Say("write mapping: minmax, or leave the item out")})
			}
			continue
		}
		for _, code := range column.scale.Codes() {
			if _, ok := c.Mapping[code]; !ok && !told[column.scale] {
				told[column.scale] = true
				r.breaks(c.mapping, r.ruleOf(column.scale), "unknown-code", diag.Say("add a line %s: points", code), diag.Say("the mapping has no points for code %q of item %q", code, i.ID))
			}
		}
	}
}

// criteria judges the tree by the four criteria of a good system of indicators
// and notes what is missing, once for a tree: importance is shown, somebody
// answers for it, it is measured, the competitor's value is known. An index
// that says none of this is no such system yet; the report shows what it lacks.
func (r *reader) criteria(a *analysisDraft, c *CSI) {
	have := c.Criteria()
	begun := slices.ContainsFunc(c.Leaves(), func(i FacetItem) bool { return i.Owner != "" || i.Evidence != "" || i.Competitor != nil })
	if !begun || have.Importance == have.Items && have.Owner == have.Items && have.Competitor == have.Items {
		return
	}
	var others []diag.Related
	for _, i := range c.Leaves() {
		lacks := []string{}
		if !c.Important(i) {
			lacks = append(lacks, "importance_evidence")
		}
		if i.Owner == "" {
			lacks = append(lacks, "owner")
		}
		if i.Competitor == nil {
			lacks = append(lacks, "competitor")
		}
		if told := slices.ContainsFunc(others, func(o diag.Related) bool { return o.Place == i.At }); len(lacks) > 0 && len(others) < 3 && !told {
			others = append(others, diag.Related{Place: i.At, Says: diag.Say("item %q lacks %s", i.ID, strings.Join(lacks, ", "))})
		}
	}
	r.report(diag.Problem{
		Severity: diag.Note, Code: "indicator-criteria", Place: a.At, Others: others,
		Summary: diag.Say("items of index %q: %d in all, %d with evidence of their importance, %d with an owner, %d with a competitor's score", a.ID, have.Items, have.Importance, have.Owner, have.Competitor),
		Cure:    diag.Say("add importance_evidence:, owner: and competitor: to the items; the report shows what is missing"),
	})
}

// Criteria are how many items meet each of the four criteria of indicators
// (METHODS A57); measurable are all that are built.
type Criteria struct{ Items, Importance, Owner, Measurable, Competitor int }

// Criteria counts the items that meet each criterion.
func (c *CSI) Criteria() Criteria {
	var out Criteria
	for _, i := range c.Leaves() {
		out.Items++
		out.Measurable++
		if c.Important(i) {
			out.Importance++
		}
		if i.Owner != "" {
			out.Owner++
		}
		if i.Competitor != nil {
			out.Competitor++
		}
	}
	return out
}

// Important reports whether the importance of an item is shown or measured.
func (c *CSI) Important(i FacetItem) bool {
	return i.Evidence != "" || i.Importance.Given() || i.Rank.Given() || c.Outcome != ""
}
