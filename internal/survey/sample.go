package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Sample says how the respondents were found and what they stand for.
type Sample struct {
	Type        string // probability, census, self_selected or ""
	Population  int
	Invited     int          // how many were asked, 0 where it is not known
	Margins     []Margin     // what the population is like, for comparison only
	Populations []Population // how many people the groups of a column are
	Tree        []string     // columns of the composition of the customers, the widest first
	Panel       string       // column that tells the same respondent in every wave, "" without
}

// Population is how many people have each code of a column.
type Population struct {
	Column string
	Codes  []CodeCount
}

// CodeCount is how many people have a code.
type CodeCount struct {
	Code  string
	Count int
}

var sampleKeys = []key[Sample]{
	{"type", "probability, census or self_selected", word(func(s *Sample) *string { return &s.Type }, "probability", "census", "self_selected"), required},
	{"population", "how many could have been asked", whole(func(s *Sample) *int { return &s.Population }, 1, mostPeople), optional},
	{"invited", "how many were asked", whole(func(s *Sample) *int { return &s.Invited }, 1, mostPeople), optional},
	{"margins", "column -> code -> share of the population, to compare with", marginsOf(func(s *Sample) *[]Margin { return &s.Margins }), optional},
	{"populations", "column -> code -> how many people, for response rates", formed(mapOf(mapOf(counting(0, mostPeople))), readPopulations), optional},
	{"tree", "columns of the composition of the customers, the widest first", items(func(s *Sample) *[]string { return &s.Tree }, shape{kind: "column"}, segment), optional},
	{"panel", "column that tells the same respondent in every wave, like _id", special("string", readPanel), optional},
}

// mostPeople is more than any population.
const mostPeople = 2_000_000_000

func readPopulations(r *reader, n *yaml.Node, s *Sample) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write region: {east: 5000, west: 7000}"), diag.Say("populations must be columns with numbers of people, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		if p.value.Kind != yaml.MappingNode {
			r.fail(p.value, "wrong-type", diag.Say("write {east: 5000, west: 7000}"), diag.Say("populations must be columns with numbers of people, not %s", kindOf(p.value)))
			continue
		}
		out := Population{Column: p.key.Value}
		for c := range pairs(r, p.value) {
			if i, ok := r.whole(c.value, 0, mostPeople); ok {
				out.Codes = append(out.Codes, CodeCount{c.key.Value, i})
			}
		}
		s.Populations = append(s.Populations, out)
		r.reference(p.key, diag.Say("population"), func(c *column) { r.judgeCodes(c, p.value) })
	}
}

// judgeCodes checks that the keys of n are codes of c.
func (r *reader) judgeCodes(c *column, n *yaml.Node) {
	known := c.codes()
	for i := 0; i+1 < len(n.Content); i += 2 {
		if code := n.Content[i]; len(known) > 0 && !slices.Contains(known, code.Value) {
			r.breaks(code, c.at, "unknown-code", didYouMean(code.Value, known), diag.Say("column %q has no code %q", c.id, shorten(code.Value)))
		}
	}
}

// readPanel takes a column of metadata or a hidden column.
func readPanel(r *reader, n *yaml.Node, s *Sample) {
	name, ok := r.str(n)
	if !ok {
		return
	}
	s.Panel = name
	if name == "_id" || name == "_token" {
		return
	}
	r.reference(n, diag.Say("panel column"), func(c *column) {
		if c.role != hidden && !c.text {
			r.breaks(n, c.at, "wrong-value", diag.Say("write _id, _token or a hidden column"), diag.Say("column %q does not tell respondents apart", c.id))
		}
	})
}
