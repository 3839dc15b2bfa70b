package survey

import (
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// facetKeys are the keys of a facet; a function, because facets hold facets.
func facetKeys() []key[none] {
	return []key[none]{
		nameKey, labelKey,
		{"weight", "its weight among its siblings", number[none](nil, 0, maxWhole), optional},
		{"items", "questions or matrix rows, or mappings of id and weight", formed(listOf(either(plainShape("column"), keyed(itemKeys))), readItems), optional},
		{"facets", "facets below it", special("facets", readFacets), optional},
		targetKey,
	}
}

var itemKeys = []key[none]{
	{"id", "question or matrix row", reference(), required},
	labelKey,
	{"weight", "its weight among its siblings", number[none](nil, 0, maxWhole), optional},
	{"owner", "who answers for it", str[none](nil), optional},
	{"importance_evidence", "what shows its importance", str[none](nil), optional},
	{"competitor", "the best competitor's score", special("any", readAny), optional},
	targetKey,
}

func readFacets(r *reader, n *yaml.Node, a *none) {
	var ids places
	for e := range r.list(n) {
		have := mapping(r, e, diag.Say("a facet"), facetKeys(), a)
		if have == nil {
			continue
		}
		ids.unique(r, have["id"].value, diag.Say("facet"))
		switch items, facets := have["items"].key, have["facets"].key; {
		case items == nil && facets == nil:
			r.fail(e, "missing-key", diag.Say("add items: or facets:"), diag.Say("a facet has neither items nor facets"))
		case items != nil && facets != nil:
			r.breaks(facets, r.place(items), "two-ways", diag.Say("put the items into a facet of their own"), diag.Say("a facet has both items and facets"))
		}
	}
}

func readItems(r *reader, n *yaml.Node, a *none) {
	for e := range r.list(n) {
		if e.Kind == yaml.MappingNode {
			mapping(r, e, diag.Say("an item"), itemKeys, a)
			continue
		}
		reference().read(r, e, a)
	}
}

func readPointMapping(r *reader, n *yaml.Node, a *none) {
	if n.Kind == yaml.ScalarNode {
		r.word(n, []string{"minmax"})
		return
	}
	readNumbers(r, n, a)
}

// readNumbers reads names with numbers.
func readNumbers(r *reader, n *yaml.Node, _ *none) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write name: number"), diag.Say("names with numbers are wanted here, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		r.number(p.value, -maxWhole, maxWhole)
	}
}

func readMatrix(r *reader, n *yaml.Node, _ *none) {
	for row := range r.list(n) {
		for cell := range r.list(row) {
			r.str(cell) // a number, or a fraction such as 1/3
		}
	}
}
