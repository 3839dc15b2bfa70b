package survey

import (
	"strings"

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

var constructKeys = []key[none]{
	labelKey, itemsKey,
	{"mode", "A reflective, B formative", oneOf("A", "B"), optional},
	{"weights", "fixed weights of the items", formed(mapOf(numbered(0, 0)), readNumbers), optional},
}

func readConstructs(r *reader, n *yaml.Node, a *none) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write name: {items: [a, b]}"), diag.Say("constructs must be names with items, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		mapping(r, p.value, diag.Say("a construct"), constructKeys, a)
	}
}

func readPaths(r *reader, n *yaml.Node, _ *none) {
	for e := range r.list(n) {
		if e.Kind != yaml.SequenceNode || len(e.Content) != 2 {
			r.fail(e, "wrong-type", diag.Say("write [from, to]"), diag.Say("a path must be two constructs"))
			continue
		}
		for _, c := range e.Content {
			r.str(c)
		}
		if strings.EqualFold(e.Content[0].Value, e.Content[1].Value) {
			r.fail(e, "cycle", diag.Say("delete it"), diag.Say("a path leads from %q to itself", shorten(e.Content[0].Value)))
		}
	}
}

func readDiagnostics(r *reader, n *yaml.Node, a *none) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write construct: [items]"), diag.Say("diagnostics must be constructs with items, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		references().read(r, p.value, a)
	}
}
