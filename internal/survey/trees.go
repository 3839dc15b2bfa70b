package survey

import (
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

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
