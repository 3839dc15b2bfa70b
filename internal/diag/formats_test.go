package diag

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// mixed is a list with every shape of problem.
func mixed() *List {
	var l List
	l.Add(Problem{
		Severity: Error, Code: "unknown-scale", Place: Place{File: "surveys/咖 啡/survey.yaml", Line: 12, Column: 12, Length: 7},
		Rule: Place{File: "surveys/咖 啡/survey.yaml", Line: 4, Column: 3}, Summary: Say("%s uses unknown scale %q", Say("question %q", "speed"), "likret5"),
		Cure: Say("did you mean %q?", "likert5"), Source: "    scale: likret5",
	})
	l.Add(Problem{
		Severity: Error, Code: "duplicate-key", Place: Place{File: "manyi.yaml", Line: 3, Column: 1, Length: 5}, Summary: Say("key %q is empty", "title"),
		Others: []Related{{Place{File: "manyi.yaml", Line: 2, Column: 1, Length: 5}, Say("the first is here")}},
	})
	l.Add(Problem{Severity: Note, Code: "file-not-read", Place: Place{File: "a:b.txt"}, Summary: Say("file was not read")})
	for i := range othersPerKind + 2 {
		l.Add(Problem{Severity: Warning, Code: "ragged-row", Place: Place{File: "r.csv", Line: i + 2}, Summary: Say("the row is empty")})
	}
	return &l
}

func decoded(t *testing.T, write func(b *bytes.Buffer) error) map[string]any {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatalf("%v\n%s", err, &b)
	}
	return out
}

// at follows names and indices into a decoded JSON value.
func at(t *testing.T, v any, path ...any) any {
	t.Helper()
	for i, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[p]
		case int:
			l, _ := v.([]any)
			if p >= len(l) {
				t.Fatalf("%v: only %d entries", path[:i+1], len(l))
			}
			v = l[p]
		}
	}
	return v
}

func TestJSONHoldsEveryProblemWithItsPlaces(t *testing.T) {
	got := decoded(t, func(b *bytes.Buffer) error { return mixed().WriteJSON(b, "zh-CN") })
	for _, test := range []struct {
		want any
		path []any
	}{
		{"error", []any{"problems", 1, "severity"}},
		{"unknown-scale", []any{"problems", 1, "code"}},
		{`题目 "speed" 使用了未知量表 "likret5"`, []any{"problems", 1, "summary"}},
		{`是否想写 "likert5"？`, []any{"problems", 1, "cure"}},
		{12.0, []any{"problems", 1, "place", "line"}},
		{7.0, []any{"problems", 1, "place", "length"}},
		{4.0, []any{"problems", 1, "rule", "line"}},
		{"第一处在这里", []any{"problems", 0, "others", 0, "says"}},
		{2.0, []any{"problems", 0, "others", 0, "place", "line"}},
		{nil, []any{"problems", 7, "place", "line"}},
		{2.0, []any{"beyond", 0, "count"}},
		{2.0, []any{"counts", "error"}},
		{float64(othersPerKind + 2), []any{"counts", "warning"}},
		{1.0, []any{"counts", "note"}},
	} {
		if got := at(t, got, test.path...); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%v: got %v, want %v", test.path, got, test.want)
		}
	}
	empty := decoded(t, func(b *bytes.Buffer) error { return new(List).WriteJSON(b, "en") })
	if list, ok := empty["problems"].([]any); !ok || len(list) != 0 {
		t.Errorf("no problems: got %v, want an empty list", empty["problems"])
	}
}

func TestSARIFHasTheShapeOfTheStandard(t *testing.T) {
	log := decoded(t, func(b *bytes.Buffer) error { return mixed().WriteSARIF(b, "1.2.3", "en") })
	if got := at(t, log, "version"); got != "2.1.0" {
		t.Errorf("version %v", got)
	}
	if got := at(t, log, "runs", 0, "columnKind"); got != "unicodeCodePoints" {
		t.Errorf("columnKind %v", got)
	}
	rules, _ := at(t, log, "runs", 0, "tool", "driver", "rules").([]any)
	for i := range rules {
		if text, _ := at(t, rules[i], "shortDescription", "text").(string); text == "" {
			t.Errorf("rule %v has no description", at(t, rules[i], "id"))
		}
	}
	results, _ := at(t, log, "runs", 0, "results").([]any)
	if got, want := len(results), len(mixed().Problems()); got != want {
		t.Fatalf("%d results, want %d", got, want)
	}
	for _, r := range results {
		checkResult(t, r, rules)
	}
	if got := at(t, results, 1, "locations", 0, "physicalLocation", "region"); !reflect.DeepEqual(got, map[string]any{"startLine": 12.0, "startColumn": 12.0, "endColumn": 19.0}) {
		t.Errorf("region %v", got)
	}
	if got := at(t, results, 1, "relatedLocations", 0, "physicalLocation", "region", "startLine"); got != 4.0 {
		t.Errorf("rule on line %v, want 4", got)
	}
	if got := at(t, results, 0, "relatedLocations", 0, "message", "text"); got != "the first is here" {
		t.Errorf("related location says %v", got)
	}
	if text, _ := at(t, results, 6, "message", "text").(string); !strings.Contains(text, "and 2 more") {
		t.Errorf("the last of a capped kind says %q", text)
	}
}

// checkResult holds a result against 3.27 of the standard.
func checkResult(t *testing.T, r any, rules []any) {
	t.Helper()
	index, _ := at(t, r, "ruleIndex").(float64)
	if got, want := at(t, rules, int(index), "id"), at(t, r, "ruleId"); got != want {
		t.Errorf("the rule at its index is %v, want %v", got, want)
	}
	if level, _ := at(t, r, "level").(string); level != "error" && level != "warning" && level != "note" {
		t.Errorf("level %q", level)
	}
	if text, _ := at(t, r, "message", "text").(string); text == "" {
		t.Errorf("no message: %v", r)
	}
	locations, _ := at(t, r, "locations").([]any)
	related, _ := at(t, r, "relatedLocations").([]any)
	if len(locations) != 1 {
		t.Errorf("%d locations", len(locations))
	}
	for _, l := range append(locations, related...) {
		checkLocation(t, l)
	}
}

// checkLocation holds a location against 3.28 to 3.30 of the standard.
func checkLocation(t *testing.T, l any) {
	t.Helper()
	uri, _ := at(t, l, "physicalLocation", "artifactLocation", "uri").(string)
	if u, err := url.Parse(uri); err != nil || uri == "" || u.Scheme != "" || strings.HasPrefix(uri, "/") || strings.ContainsAny(uri, " \\") {
		t.Errorf("uri %q is no relative reference: %v", uri, err)
	}
	region, ok := at(t, l, "physicalLocation", "region").(map[string]any)
	if !ok {
		return
	}
	if line, _ := region["startLine"].(float64); line < 1 {
		t.Errorf("startLine %v", region["startLine"])
	}
	start, hasStart := region["startColumn"].(float64)
	end, hasEnd := region["endColumn"].(float64)
	if hasStart != hasEnd || hasStart && (start < 1 || end <= start) {
		t.Errorf("columns %v to %v", region["startColumn"], region["endColumn"])
	}
}

func TestEveryCodeIsDescribed(t *testing.T) {
	files := token.NewFileSet()
	err := filepath.WalkDir("../..", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			kv, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			key, named := kv.Key.(*ast.Ident)
			code, constant := literal(kv.Value)
			if !named || key.Name != "Code" || !constant || !strings.Contains(name, "internal/survey") && !strings.Contains(name, "internal/site") {
				return true
			}
			if _, described := about[code]; !described && strings.ToLower(code) == code {
				t.Errorf("%s: code %q is not in about.go", files.Position(kv.Pos()), code)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := About("some-new-code").String(), "some new code"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
