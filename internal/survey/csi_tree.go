package survey

import (
	"math"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// facetKeys are the keys of a facet; a function, because facets hold facets.
func facetKeys() []key[Facet] {
	return []key[Facet]{
		{"id", "name of it", pattern(func(f *Facet) *string { return &f.ID }, "speed", columnPattern), required},
		{"label", "what reports call it", text(func(f *Facet) *Text { return &f.Label }), optional},
		{"weight", "its weight among its siblings", number(func(f *Facet) **float64 { return &f.Weight }, 0, maxWhole), optional},
		{"importance", "its importance: a question of it, or a number", stated(diag.Say("importance"), func(f *Facet) *Stated { return &f.Importance }), optional},
		{"rank", "its rank, 1 the first: a question of it, or a number", stated(diag.Say("rank"), func(f *Facet) *Stated { return &f.Rank }), optional},
		{"items", "questions or matrix rows, or mappings of id and weight", formed(listOf(either(plainShape("column"), keyed(itemKeys))), readItems), optional},
		{"facets", "facets below it", special("facets", func(r *reader, n *yaml.Node, f *Facet) { f.Facets = readFacets(r, n) }), optional},
		{"judgements", "ahp: matrix of comparisons, or several", judgementShape(func(f *Facet) *[]Judgement { return &f.Judgements }), optional},
		{"target", "the figure to reach", number(func(f *Facet) **float64 { return &f.Target }, -maxWhole, maxWhole), optional},
	}
}

var itemKeys = []key[FacetItem]{
	{"id", "question or matrix row", columnOf(diag.Say("item"), func(i *FacetItem) *string { return &i.ID }), required},
	{"label", "what reports call it", text(func(i *FacetItem) *Text { return &i.Label }), optional},
	{"weight", "its weight among its siblings", number(func(i *FacetItem) **float64 { return &i.Weight }, 0, maxWhole), optional},
	{"importance", "its importance: a question of it, or a number", stated(diag.Say("importance"), func(i *FacetItem) *Stated { return &i.Importance }), optional},
	{"rank", "its rank, 1 the first: a question of it, or a number", stated(diag.Say("rank"), func(i *FacetItem) *Stated { return &i.Rank }), optional},
	{"owner", "who answers for it", str(func(i *FacetItem) *string { return &i.Owner }), optional},
	{"importance_evidence", "what shows its importance", str(func(i *FacetItem) *string { return &i.Evidence }), optional},
	{"competitor", "the best competitor's score", number(func(i *FacetItem) **float64 { return &i.Competitor }, -maxWhole, maxWhole), optional},
	{"factor", "the item of the pack that it measures", pattern(func(i *FacetItem) *string { return &i.Factor }, "speed", columnPattern), optional},
	{"target", "the figure to reach", number(func(i *FacetItem) **float64 { return &i.Target }, -maxWhole, maxWhole), optional},
}

// readFacets reads a list of facets and of what is below them.
func readFacets(r *reader, n *yaml.Node) []Facet {
	var ids places
	var out []Facet
	for e := range r.list(n) {
		f := Facet{At: r.place(e)}
		have := mapping(r, e, diag.Say("a facet"), facetKeys(), &f)
		if have == nil {
			continue
		}
		if id := have["id"].value; id != nil {
			f.At = r.place(id)
		}
		ids.unique(r, have["id"].value, diag.Say("facet"))
		r.oneBelow(&f, have)
		out = append(out, f)
	}
	return out
}

// oneBelow checks that a facet has not both items and facets.
func (r *reader) oneBelow(f *Facet, have found) {
	switch items, facets := have["items"].key, have["facets"].key; {
	case items == nil && facets == nil:
		f.bare = true // judged later: a pack may have its items
	case items != nil && facets != nil:
		r.breaks(facets, r.place(items), "two-ways", diag.Say("put the items into a facet of their own"), diag.Say("a facet has both items and facets"))
	}
}

func readItems(r *reader, n *yaml.Node, f *Facet) {
	for e := range r.list(n) {
		item := FacetItem{At: r.place(e)}
		if e.Kind == yaml.MappingNode {
			if have := mapping(r, e, diag.Say("an item"), itemKeys, &item); have["id"].value != nil {
				item.At = r.place(have["id"].value)
			}
		} else {
			itemKeys[0].value.read(r, e, &item)
		}
		if item.ID != "" {
			f.Items = append(f.Items, item)
		}
	}
}

// stated is a number, or the column that holds it.
func stated[T any](what diag.Phrase, at func(*T) *Stated) value[T] {
	return value[T]{either(numbered(0, maxWhole), plainShape("column")), func(r *reader, n *yaml.Node, into *T) {
		if n.Kind == yaml.ScalarNode && n.Style == 0 && plainNumber.MatchString(n.Value) {
			if f, ok := r.number(n, 0, maxWhole); ok {
				at(into).Value = &f
			}
			return
		}
		columnOf(what, func(t *T) *string { return &at(t).Column }).read(r, n, into)
	}}
}

// judgementShape is one matrix of comparisons, or several.
func judgementShape[T any](at func(*T) *[]Judgement) value[T] {
	matrix := listOf(listOf(plainShape("string")))
	return value[T]{either(matrix, listOf(matrix)), func(r *reader, n *yaml.Node, into *T) {
		if n.Kind == yaml.SequenceNode && len(n.Content) > 0 && deep(n.Content[0]) {
			for e := range r.list(n) {
				*at(into) = append(*at(into), r.matrix(e))
			}
			return
		}
		*at(into) = append(*at(into), r.matrix(n))
	}}
}

// deep reports whether n is a list of lists.
func deep(n *yaml.Node) bool {
	return n.Kind == yaml.SequenceNode && len(n.Content) > 0 && n.Content[0].Kind == yaml.SequenceNode
}

// matrix reads comparisons, row against column: 1 in the diagonal and the
// reverse of each comparison opposite to it. It is nil where that fails.
func (r *reader) matrix(n *yaml.Node) Judgement {
	var out Judgement
	sound := true
	for row := range r.list(n) {
		var cells []float64
		for cell := range r.list(row) {
			x, ok := r.comparison(cell)
			cells, sound = append(cells, x), sound && ok
		}
		out = append(out, cells)
	}
	if !sound || len(out) == 0 {
		return nil
	}
	for i, row := range out {
		if len(row) != len(out) {
			r.fail(n.Content[i], "wrong-matrix", diag.Say("write as many comparisons in every row as there are rows"),
				diag.Say("row %d of the judgements is %d long, the matrix has %d rows", i+1, len(row), len(out)))
			return nil
		}
	}
	for i, row := range out {
		for j := range i + 1 {
			// fractions may be written with two decimals: .33 for 1/3
			if product := row[j] * out[j][i]; math.Abs(product-1) > 0.02 {
				r.fail(n.Content[i].Content[j], "wrong-matrix", diag.Say("write 1 in the diagonal and 1/x opposite to x"),
					diag.Say("comparison %d with %d is not the reverse of %d with %d", i+1, j+1, j+1, i+1))
				return nil
			}
		}
	}
	return out
}

// comparison reads a positive number or a fraction such as 1/3.
func (r *reader) comparison(n *yaml.Node) (float64, bool) {
	s, ok := r.str(n)
	if !ok {
		return 0, false
	}
	above, below, fraction := strings.Cut(s, "/")
	x, err := strconv.ParseFloat(strings.TrimSpace(above), 64)
	if fraction && err == nil {
		var y float64
		y, err = strconv.ParseFloat(strings.TrimSpace(below), 64)
		x /= y
	}
	if err != nil || !(x > 0) || math.IsInf(x, 0) {
		r.fail(n, "wrong-matrix", diag.Say("write a number above 0, or a fraction such as 1/3"), diag.Say("%q is not a comparison", shorten(s)))
		return 0, false
	}
	return x, true
}
