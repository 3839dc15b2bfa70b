package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// QualityRule says what marks a careless response and which marks leave it out.
type QualityRule struct {
	Exclude        []string // of QualityMarks: these responses do not count
	Speed          *float64 // a speeder takes less than this part of the median time; nil: a third
	Seconds        int      // or less than so many seconds, 0 without
	Attention      []CodesOf
	Contradictions [][]CodesOf // answers that exclude each other
}

// CodesOf is some codes of a column.
type CodesOf struct {
	Column string
	Codes  []string
}

// QualityMarks are the marks of a careless response, as results.json names them.
var QualityMarks = []string{"speeders", "straight_liners", "duplicates", "attention", "contradictions"}

var qualityKeys = []key[QualityRule]{
	{"exclude", "marks whose responses do not count", items(func(q *QualityRule) *[]string { return &q.Exclude }, oneWord(QualityMarks...), func(r *reader, n *yaml.Node) (string, bool) {
		return r.word(n, QualityMarks)
	}), optional},
	{"speed", "a speeder takes less than this part of the median time", number(func(q *QualityRule) **float64 { return &q.Speed }, 0, 1), optional},
	{"seconds", "a speeder takes less than so many seconds", whole(func(q *QualityRule) *int { return &q.Seconds }, 1, 86400), optional},
	{"attention", "question -> the code that attentive people choose", formed(mapOf(either(plainShape("code"), listOf(plainShape("code")))), func(r *reader, n *yaml.Node, q *QualityRule) {
		q.Attention = r.expectedCodes(n)
	}), optional},
	{"contradictions", "answers that exclude each other", items(func(q *QualityRule) *[][]CodesOf { return &q.Contradictions }, mapOf(either(plainShape("code"), listOf(plainShape("code")))), func(r *reader, n *yaml.Node) ([]CodesOf, bool) {
		out := r.expectedCodes(n)
		if len(out) == 1 {
			r.fail(n, "too-few-options", diag.Say("name a second question: {osat: 5, nps: [0, 1]}"), diag.Say("one answer contradicts nothing"))
		}
		return out, len(out) > 1
	}), optional},
}

// expectedCodes reads columns with a code or several.
func (r *reader) expectedCodes(n *yaml.Node) []CodesOf {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write {q: 3} or {q: [3, 4]}"), diag.Say("questions with codes are wanted here, not %s", kindOf(n)))
		return nil
	}
	var out []CodesOf
	for p := range pairs(r, n) {
		c := CodesOf{Column: p.key.Value}
		nodes := []*yaml.Node{p.value}
		if p.value.Kind == yaml.SequenceNode {
			nodes = p.value.Content
		}
		for _, e := range nodes {
			if s, ok := code(r, e); ok {
				c.Codes = append(c.Codes, s)
			}
		}
		out = append(out, c)
		r.reference(p.key, diag.Say("question"), func(col *column) { r.judgeCodeList(p.key, nodes, col) })
	}
	return out
}

func (r *reader) judgeCodeList(key *yaml.Node, nodes []*yaml.Node, c *column) {
	known := c.codes()
	if len(known) == 0 || c.role == group {
		r.breaks(key, c.at, "wrong-question", diag.Say("use a question with a list of answers"), diag.Say("column %q has no list of codes", c.id))
		return
	}
	for _, n := range nodes {
		if !slices.Contains(known, n.Value) {
			r.breaks(n, c.at, "unknown-code", didYouMean(n.Value, known), diag.Say("column %q has no code %q", c.id, shorten(n.Value)))
		}
	}
}
