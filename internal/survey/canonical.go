package survey

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"
)

// The identity of a questionnaire is what its respondents see and what their
// answers mean, and nothing else. What counts:
//
//   - of the survey: languages, title, intro, privacy, pages, hidden,
//     calculated, endings, time_limit; not its id and version, and nothing that
//     is done with the answers (segments, waves, derived, weights, sample,
//     accounts, report, analyses, collect, ledgers);
//   - of a page and an ending: everything but the id;
//   - of a question: everything but label, metric and pii. Its answers count by
//     their content, wherever they are written: a named scale, a shipped one,
//     options or points; a scale's name and level do not;
//   - of a hidden column: id, the codes of allow, pattern; of a calculated one
//     id and expr.
//
// Comments, the order of keys, quotes, white space around values, the style
// and encoding of the file make no difference; nor does a flag that is false.
// Texts are compared in Unicode's form NFC. The order of lists counts.
var identity = map[string][]string{
	"survey":     {"languages", "title", "intro", "privacy", "pages", "hidden", "calculated", "endings", "time_limit"},
	"hidden":     {"id", "allow", "pattern"},
	"calculated": {"id", "expr"},
}

// unseen are the keys that do not count where all others do.
var unseen = map[string][]string{"pages": {"id"}, "endings": {"id"}, "questions": {"label", "metric", "pii", "level", "contact"}}

// flags are the keys that are false unless they are written.
var flags = []string{"required", "reverse", "integer", "exclusive", "write_in", "correct", "anonymous", "withdrawal"}

// formulas are the keys whose white space means nothing.
var formulas = []string{"show_if", "required_if", "expr"}

// canonicalForm numbers the rules of this file; it is part of every hash.
const canonicalForm = 1

// Canonical returns the identity of the questionnaire as JSON with sorted
// keys: equal for two definitions exactly where respondents see the same and
// their answers mean the same. It is nil for a survey that was not parsed.
func (s *Survey) Canonical() []byte { return s.canonical }

// Hash is the SHA-256 of the canonical form, in hexadecimal.
func (s *Survey) Hash() string { return hashOf(s.canonical) }

// buildLength is how many digits of the hash tell the states of one questionnaire apart.
const buildLength = 12

// Build is the short form of the hash, which every response carries as _build.
func (s *Survey) Build() string { return s.Hash()[:buildLength] }

// Hash is the SHA-256 of the question's part of the canonical form, in hexadecimal.
func (q *Question) Hash() string { return hashOf(q.canonical) }

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// canon makes canonical forms from the tree of a file.
type canon struct{ scales map[string]*Scale }

// survey is the canonical form of a whole definition.
func (c canon) survey(root *yaml.Node) []byte {
	m := c.mapping(root, "survey")
	m["canonical"] = canonicalForm
	return encoded(m)
}

// encoded is v as JSON; maps have sorted keys.
func encoded(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("survey: canonical form: " + err.Error())
	}
	return b
}

// mapping is the canonical form of a mapping that stands below the key place.
func (c canon) mapping(n *yaml.Node, place string) map[string]any {
	out := map[string]any{}
	for p := range slices.Chunk(n.Content, 2) {
		key, value := p[0].Value, p[1]
		switch wanted := identity[place]; {
		case len(wanted) > 0 && !slices.Contains(wanted, key), slices.Contains(unseen[place], key), isNull(value),
			slices.Contains(flags, key) && value.Value == "false":
		case slices.Contains(formulas, key):
			out[key] = strings.Join(strings.Fields(value.Value), " ")
		case place == "hidden" && key == "allow":
			out[key] = c.codes(value)
		case key == "low" || key == "high" || key == "options" || key == "points" || key == "scale" && c.scales[value.Value] != nil:
		default:
			out[key] = c.value(value, key)
		}
	}
	if answers := c.answers(n, place == "questions"); answers != nil {
		out["answers"] = answers
	}
	return out
}

// value is the canonical form of what stands behind the key place.
func (c canon) value(n *yaml.Node, place string) any {
	switch n.Kind {
	case yaml.MappingNode:
		return c.mapping(n, place)
	case yaml.SequenceNode:
		out := make([]any, len(n.Content))
		for i, e := range n.Content {
			out[i] = c.value(e, place)
		}
		return out
	}
	return plainText(n.Value)
}

func plainText(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }

// codes are the codes of allow, without their labels.
func (c canon) codes(n *yaml.Node) []string {
	var out []string
	for _, e := range n.Content {
		if e.Kind == yaml.MappingNode {
			e = cmp.Or(child(e, "code"), e)
		}
		out = append(out, plainText(e.Value))
	}
	return out
}

// answers are the options that n, a question or a scale, offers: its own, or
// those of the scale it names or has by its type. It returns nil where n
// offers none, and what low and high stand for where they are no labels of ends.
func (c canon) answers(n *yaml.Node, question bool) any {
	var out []any
	name, t := child(n, "scale"), child(n, "type")
	options, points := child(n, "options"), child(n, "points")
	switch {
	case options != nil && options.Kind == yaml.SequenceNode:
		for _, o := range options.Content {
			out = append(out, c.value(o, "options"))
		}
	case points != nil && points.Kind == yaml.ScalarNode && (question || t == nil) && strings.Contains(points.Value, ".."):
		out = spread(points.Value)
	case points != nil:
		return c.value(points, "points")
	case name != nil && c.scales[name.Value] != nil:
		out = c.scale(c.scales[name.Value])
	case question && t != nil && defaultScales[Type(t.Value)] != "":
		out = c.scale(c.scales[defaultScales[Type(t.Value)]])
	}
	low, high := child(n, "low"), child(n, "high")
	if len(out) == 0 {
		return c.ends(low, high)
	}
	c.label(out[0], low)
	c.label(out[len(out)-1], high)
	return out
}

// scale are the options of a named scale.
func (canon) scale(sc *Scale) []any {
	if sc.node == nil || sc.node.Kind != yaml.MappingNode {
		return nil
	}
	out, _ := canon{}.answers(sc.node, false).([]any) // a scale names no other
	return out
}

// ends are the texts of two ends without points between them.
func (c canon) ends(low, high *yaml.Node) any {
	if low == nil && high == nil {
		return nil
	}
	out := map[string]any{}
	for key, n := range map[string]*yaml.Node{"low": low, "high": high} {
		if n != nil {
			out[key] = c.value(n, "text")
		}
	}
	return out
}

// spread writes points A..B out.
func spread(written string) []any {
	low, high, _ := strings.Cut(written, "..")
	a, errA := strconv.Atoi(low)
	b, errB := strconv.Atoi(high)
	if errA != nil || errB != nil || b-a >= maxPoints {
		return []any{written}
	}
	var out []any
	for i := a; i <= b; i++ {
		out = append(out, map[string]any{"code": strconv.Itoa(i)})
	}
	return out
}

// label gives an option the label of an end.
func (c canon) label(option any, n *yaml.Node) {
	if m, ok := option.(map[string]any); ok && n != nil {
		m["label"] = c.value(n, "label")
	}
}
