package survey

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// facetKeys are the keys of a facet; a function, because facets hold facets.
func facetKeys() []key[none] {
	return []key[none]{
		nameKey, labelKey,
		{"weight", "its weight among its siblings", number[none](nil, 0, maxWhole), optional},
		{"items", "questions or matrix rows, or mappings of id and weight", special("list of item", readItems), optional},
		{"facets", "facets below it", special("list of mapping", readFacets), optional},
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
		have := mapping(r, e, "a facet", facetKeys(), a)
		if have == nil {
			continue
		}
		ids.unique(r, have["id"].value, "facet")
		switch items, facets := have["items"].key, have["facets"].key; {
		case items == nil && facets == nil:
			r.fail(e, "missing-key", "add items: or facets:", "a facet has neither items nor facets")
		case items != nil && facets != nil:
			r.breaks(facets, r.place(items), "two-ways", "put the items into a facet of their own", "a facet has both items and facets")
		}
	}
}

func readItems(r *reader, n *yaml.Node, a *none) {
	for e := range r.list(n) {
		if e.Kind == yaml.MappingNode {
			mapping(r, e, "an item", itemKeys, a)
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
		r.fail(n, "wrong-type", "write name: number", "names with numbers are wanted here, not %s", kindOf(n))
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
	{"weights", "fixed weights of the items", special("mapping", readNumbers), optional},
}

func readConstructs(r *reader, n *yaml.Node, a *none) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", "write name: {items: [a, b]}", "constructs must be names with items, not %s", kindOf(n))
		return
	}
	for p := range pairs(r, n) {
		mapping(r, p.value, "a construct", constructKeys, a)
	}
}

func readPaths(r *reader, n *yaml.Node, _ *none) {
	for e := range r.list(n) {
		if e.Kind != yaml.SequenceNode || len(e.Content) != 2 {
			r.fail(e, "wrong-type", "write [from, to]", "a path must be two constructs")
			continue
		}
		for _, c := range e.Content {
			r.str(c)
		}
		if strings.EqualFold(e.Content[0].Value, e.Content[1].Value) {
			r.fail(e, "cycle", "delete it", "a path leads from %q to itself", shorten(e.Content[0].Value))
		}
	}
}

func readDiagnostics(r *reader, n *yaml.Node, a *none) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", "write construct: [items]", "diagnostics must be constructs with items, not %s", kindOf(n))
		return
	}
	for p := range pairs(r, n) {
		references().read(r, p.value, a)
	}
}
