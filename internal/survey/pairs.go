package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// maxPairGroups is how many answers each segment of a pair may have: more is no
// breakdown that anybody reads. Package measure leaves out what only the data show.
const maxPairGroups = 60

// readSegmentPair reads one entry of report.pairs: two segments by which figures are split at once.
func readSegmentPair(r *reader, n *yaml.Node) (pair [2]string, ok bool) {
	if n.Kind != yaml.SequenceNode || len(n.Content) != 2 {
		r.fail(n, "wrong-type", diag.Say("write two segments, like [region, tenure]"), diag.Say("a pair is a list of two segments"))
		return pair, false
	}
	for i, e := range n.Content {
		if pair[i], ok = r.str(e); !ok {
			return pair, false
		}
	}
	r.def.check(func() { r.judgePair(n, pair) })
	return pair, true
}

// judgePair runs when all columns are known.
func (r *reader) judgePair(n *yaml.Node, pair [2]string) {
	if pair[0] == pair[1] {
		r.fail(n.Content[1], "wrong-pair", diag.Say("name two different segments"), diag.Say("the pair names segment %q twice", shorten(pair[0])))
		return
	}
	for i, e := range n.Content {
		if !slices.Contains(r.def.survey.Segments, pair[i]) {
			cure := didYouMean(pair[i], r.def.survey.Segments)
			if len(r.def.survey.Segments) == 0 || r.def.column(pair[i]) != nil {
				cure = diag.Say("list it under segments, or take it out of the pair")
			}
			r.fail(e, "wrong-pair", cure, diag.Say("%q is not one of the segments", shorten(pair[i])))
			continue
		}
		if c := r.def.column(pair[i]); c != nil && c.groupCount() > maxPairGroups {
			r.breaks(e, c.at, "wrong-pair", diag.Say("make fewer groups of it under derived, and use those"), diag.Say("segment %q has more than %d groups", pair[i], maxPairGroups))
		}
	}
	for _, other := range r.def.pairs {
		if first := other.pair; first == pair || first == [2]string{pair[1], pair[0]} {
			r.twice(n, r.place(other.node), "wrong-pair", diag.Say("delete one of the two"), diag.Say("the pair is given twice"))
			return
		}
	}
	r.def.pairs = append(r.def.pairs, pairDraft{n, pair})
}

// pairDraft is a pair with its place.
type pairDraft struct {
	node *yaml.Node
	pair [2]string
}

// groupCount is how many groups a column is known to have, 0 where only the data show.
func (c *column) groupCount() int {
	if c.scale != nil {
		return len(c.scale.Codes())
	}
	return len(c.labels)
}
