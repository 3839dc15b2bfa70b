package survey

import (
	"encoding/json"
	"io/fs"
	"maps"
	"math"
	"os"
	"reflect"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// vector is one case of testdata/expressions.json, which the page's interpreter runs too.
type vector struct {
	Expr    string
	Answers map[string]any
	Today   string
	Params  map[string]string
	Want    any
}

func vectors(t testing.TB) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/expressions.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []vector
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// cases returns the reader of testdata/expressions.yaml, with its columns known.
func cases(t testing.TB) *reader {
	t.Helper()
	data, err := os.ReadFile("testdata/expressions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	var files fs.FS = fstest.MapFS{"surveys/cases/survey.yaml": {Data: data}}
	file := load(files, "surveys/cases/survey.yaml", &problems)
	r := newReader(file, &problems)
	s := &Survey{File: file.name, Scales: map[string]*Scale{}}
	maps.Copy(s.Scales, shipped())
	r.def = &definition{survey: s, columns: map[string]*column{}}
	mapping(r, file.root, diag.Say("a survey"), surveyKeys, s)
	r.judge(s)
	if problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	return r
}

// parsed reads one expression against the columns of the cases.
func (r *reader) parsed(t testing.TB, source string) *Expression {
	t.Helper()
	r.def.checks = nil
	e := r.expression(&yaml.Node{Kind: yaml.ScalarNode, Value: source, Line: 1, Column: 1}, inReport)
	if e == nil {
		t.Fatalf("%s: %v", source, r.problems.Problems())
	}
	e.settle(r.def, e.tree)
	e.number()
	return e
}

func valueOf(t testing.TB, v any) Value {
	t.Helper()
	switch v := v.(type) {
	case nil:
		return NoValue(table.Skipped)
	case float64:
		return NumberValue(v)
	case bool:
		return TruthValue(v)
	case string:
		if v == "" {
			return NoValue(table.Skipped)
		}
		return TextValue(v)
	case []any:
		var codes []string
		for _, c := range v {
			codes = append(codes, c.(string))
		}
		return ListValue(codes)
	case map[string]any:
		why, ok := table.ParseReason(v["missing"].(string))
		if !ok {
			t.Fatalf("no reason: %v", v)
		}
		return NoValue(why)
	}
	t.Fatalf("no value: %v", v)
	return Value{}
}

func TestExpressionsGiveWhatTheCasesSay(t *testing.T) {
	r := cases(t)
	for _, v := range vectors(t) {
		e := r.parsed(t, v.Expr)
		got := e.Evaluate(&Environment{
			Read:  func(i int) Value { return valueOf(t, v.Answers[e.Names[i]]) },
			Today: v.Today,
			Param: func(name string) Value { return valueOf(t, v.Params[name]) },
		})
		want := valueOf(t, v.Want)
		if s, ok := v.Want.(string); ok {
			want = TextValue(s)
		}
		if v.Want == nil && got.kind != noKind || v.Want != nil && !equal(got, want) {
			t.Errorf("%s with %v gives %+v, want %v", v.Expr, v.Answers, got, v.Want)
		}
	}
}

func equal(a, b Value) bool {
	if a.kind == numberKind && b.kind == numberKind {
		return math.Abs(a.number-b.number) < 1e-12
	}
	return reflect.DeepEqual(a, b) || a.kind == textKind && b.kind == textKind && a.text == b.text
}

func TestExpressionsAreWrittenAsTrees(t *testing.T) {
	r := cases(t)
	for source, want := range map[string]string{
		`osat <= 3 and not ("late" in problems)`: `["and",["\u003c=",{"n":1,"q":"osat"},3],["not",["in","late",{"q":"problems"}]]]`,
		`mean(aspects) > 2.5`:                    `["\u003e",["mean",{"n":1,"q":"aspects_speed"},{"n":1,"q":"aspects_skill"}],2.5]`,
		`missing(osat, refused) ? -1 : today()`:  `["?",["missing",{"n":1,"q":"osat"},"refused"],["neg",1],["today"]]`,
		`region in ["east", "</script>"]`:        `["in",{"q":"region"},["list","east","\u003c/script\u003e"]]`,
		`param("rg") == "x"`:                     `["==",["param","rg"],"x"]`,
	} {
		if got := string(r.parsed(t, source).JSON()); got != want {
			t.Errorf("%s is written %s, want %s", source, got, want)
		}
	}
}

// TestThePageReadsTheSameTrees writes the cases with their trees for the test
// of the page's interpreter.
func TestThePageReadsTheSameTrees(t *testing.T) {
	r := cases(t)
	var trees []json.RawMessage
	for _, v := range vectors(t) {
		trees = append(trees, r.parsed(t, v.Expr).JSON())
	}
	got, err := json.MarshalIndent(trees, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	name := "testdata/expressions.trees.json"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got)+"\n" {
		t.Error("the trees differ from testdata/expressions.trees.json: refresh it with UPDATE=1 and read the diff")
	}
}
