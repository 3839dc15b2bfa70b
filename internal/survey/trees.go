package survey

import (
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
