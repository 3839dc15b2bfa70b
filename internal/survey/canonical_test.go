package survey

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"
)

// completeSurvey is the survey of FORMAT 1.
func completeSurvey(t testing.TB) string {
	t.Helper()
	for _, f := range samples(t)["testdata/complete_definition.txtar"].Files {
		if strings.HasSuffix(f.Name, "survey.yaml") {
			return string(f.Data)
		}
	}
	t.Fatal("no complete definition")
	return ""
}

func hashed(t testing.TB, data []byte) string {
	t.Helper()
	s, _ := parse(data)
	if s == nil {
		t.Fatalf("no survey:\n%s", data)
	}
	return s.Hash()
}

func TestTheCanonicalFormStays(t *testing.T) {
	s := medium(t)
	var b bytes.Buffer
	if err := json.Indent(&b, s.Canonical(), "", "  "); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "\n%s survey %s\n", s.Hash(), s.Build())
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			fmt.Fprintf(&b, "%s %s\n", q.Hash(), q.ID)
		}
	}
	const golden = "testdata/canonical.golden"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("the identity of a questionnaire must not change between versions of this program\ngot\n%s\nwant\n%s", got, want)
	}
}

// tree is the parsed document of text.
func tree(t testing.TB, text string) *yaml.Node {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	return &n
}

func rendered(t testing.TB, n *yaml.Node, indent int) []byte {
	t.Helper()
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(indent)
	if err := e.Encode(n); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// reformat changes everything that makes no difference.
func reformat(n *yaml.Node, random *rand.Rand, flow bool) {
	n.LineComment, n.HeadComment, n.FootComment = "", "", ""
	if !flow && random.IntN(3) == 0 { // the encoder breaks files that have comments inside { }
		n.HeadComment = "# a remark"
	}
	switch n.Kind {
	case yaml.MappingNode:
		pairs := slices.Collect(slices.Chunk(n.Content, 2))
		random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		n.Content = slices.Concat(pairs...)
		n.Style = []yaml.Style{0, yaml.FlowStyle}[random.IntN(2)]
	case yaml.SequenceNode:
		n.Style = []yaml.Style{0, yaml.FlowStyle}[random.IntN(2)]
	case yaml.ScalarNode:
		if n.Tag == "!!str" && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
			n.Style = []yaml.Style{0, yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle}[random.IntN(3)]
			if random.IntN(2) == 0 {
				n.Value = norm.NFD.String(n.Value)
			}
		}
	}
	for _, c := range n.Content {
		reformat(c, random, flow || n.Style&yaml.FlowStyle != 0)
	}
}

func TestReformattingDoesNotChangeTheHash(t *testing.T) {
	for name, text := range map[string]string{"medium": mediumSurvey, "complete": completeSurvey(t)} {
		want := hashed(t, []byte(text))
		for seed := range uint64(100) {
			n := tree(t, text)
			random := rand.New(rand.NewPCG(seed, 1))
			reformat(n, random, false)
			data := rendered(t, n, 2+random.IntN(5))
			if got := hashed(t, data); got != want {
				t.Fatalf("%s, seed %d: the hash changes with\n%s", name, seed, data)
			}
		}
		for coded, data := range map[string][]byte{
			"UTF-16": toUTF16(text, binary.LittleEndian), "CRLF": []byte(strings.ReplaceAll(text, "\n", "\r\n")), "BOM": []byte("\uFEFF" + text),
		} {
			if got := hashed(t, data); got != want {
				t.Errorf("%s: the hash changes in %s", name, coded)
			}
		}
	}
}

// uncounted are the places of a definition that are no part of its identity.
var uncounted = regexp.MustCompile(`^/(manyi|id|version|segments|waves|derived|weights|sample|accounts|report|analyses|collect|ledgers)\b` +
	`|^/scales/[^/]+/level$|^/scales/(sat3|agree10)/` + // the scales that no question uses
	`|^/pages/\d+/(id|questions/\d+/(label|metric|pii)\b)|^/endings/\d+/id$|^/hidden/\d+/(from|label|pii|allow/\d+/label)\b|^/calculated/\d+/label\b`)

// leaves calls do for every scalar of a document with its path.
func leaves(n *yaml.Node, path string, do func(path string, n *yaml.Node)) {
	switch n.Kind {
	case yaml.DocumentNode:
		leaves(n.Content[0], path, do)
	case yaml.MappingNode:
		for c := range slices.Chunk(n.Content, 2) {
			leaves(c[1], path+"/"+c[0].Value, do)
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			leaves(c, fmt.Sprintf("%s/%d", path, i), do)
		}
	case yaml.ScalarNode:
		do(path, n)
	}
}

func TestEveryWordingCodeTypeAndScaleChangesTheHash(t *testing.T) {
	for name, text := range map[string]string{"medium": mediumSurvey, "complete": completeSurvey(t)} {
		before := hashed(t, []byte(text))
		n := tree(t, text)
		leaves(n, "", func(path string, leaf *yaml.Node) {
			old := *leaf
			switch leaf.Value {
			case "true":
				leaf.Value = "false"
			case "false":
				leaf.Value = "true"
			default:
				leaf.Value, leaf.Tag, leaf.Style = leaf.Value+"1", "!!str", 0
			}
			changed := hashed(t, rendered(t, n, 2)) != before
			if want := !uncounted.MatchString(path); changed != want {
				t.Errorf("%s: %s: changed %v, want %v", name, path, changed, want)
			}
			*leaf = old
		})
	}
}

func TestTheOrderOfWhatIsSeenChangesTheHash(t *testing.T) {
	before := medium(t)
	for _, swap := range [][2]string{
		{"      - {code: 01, label: 差}\n      - {code: 02, label: 好}\n", "      - {code: 02, label: 好}\n      - {code: 01, label: 差}\n"},
		{"- {id: speed, label: {zh-CN: 速度, en: Speed}}\n          - {id: skill, label: 技术}", "- {id: skill, label: 技术}\n          - {id: speed, label: {zh-CN: 速度, en: Speed}}"},
		{"[zh-CN, en]", "[en, zh-CN]"},
	} {
		text := strings.Replace(mediumSurvey, swap[0], swap[1], 1)
		if text == mediumSurvey {
			t.Fatalf("%q is not there", swap[0])
		}
		if hashed(t, []byte(text)) == before.Hash() {
			t.Errorf("the hash stays with %q", swap[1])
		}
	}
}

func TestAnswersCountByTheirContent(t *testing.T) {
	question := func(t *testing.T, answers, scales string) string {
		t.Helper()
		s, problems := parse([]byte("manyi: 1\nid: cafe\nlanguages: [en]\ntitle: T\n" + scales + "pages:\n  - id: p\n    questions:\n      - {id: q, type: rating, text: X, " + answers + "}\n"))
		if len(problems.Problems()) > 0 {
			t.Fatal(problems.Problems()[0].Summary)
		}
		return s.Pages[0].Questions[0].Hash()
	}
	const options = "options: [{code: 1, label: bad}, {code: 2}, {code: 3, label: good}]"
	want := question(t, "options: [{code: 1, label: bad}, {code: 2, label: so}, {code: 3, label: good}]", "")
	for name, got := range map[string]string{
		"a named scale":        question(t, "scale: mine", "scales:\n  mine:\n    options: [{code: 1, label: bad}, {code: 2, label: so}, {code: 3, label: good}]\n"),
		"a scale with a level": question(t, "scale: yours", "scales:\n  yours:\n    level: ordinal\n    options: [{code: 1, label: bad}, {label: so, code: 2}, {code: 3, label: good}]\n"),
	} {
		if got != want {
			t.Errorf("%s: other hash than the options themselves", name)
		}
	}
	a, b := question(t, "points: 1..5, low: bad, high: good", ""), question(t, "scale: five", "scales:\n  five: {points: 1..5, low: bad, high: good}\n")
	if a != b || a == want {
		t.Errorf("points: %s in the question, %s as a scale (%s)", a, b, options)
	}
}
