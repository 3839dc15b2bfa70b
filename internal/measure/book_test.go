package measure_test

import (
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// judged measures answers by a definition, the file's columns being renamed.
func judged(t testing.TB, definition string, open func() (io.ReadCloser, error), columns map[string]string) *measure.Results {
	t.Helper()
	s, answers := read(t, definition, open, columns)
	return measure.Compute(s, answers, measure.Options{MinCell: 5})
}

// read reads answers by a definition.
func read(t testing.TB, definition string, open func() (io.ReadCloser, error), columns map[string]string) (*survey.Survey, *table.Answers) {
	t.Helper()
	var problems diag.List
	failOn := func() {
		t.Helper()
		if problems.Has(diag.Error) {
			var b strings.Builder
			_ = problems.WriteText(&b, "en")
			t.Fatal(b.String())
		}
	}
	s := survey.Parse(fstest.MapFS{"surveys/x/survey.yaml": {Data: []byte(definition)}}, "surveys/x", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	failOn()
	opt := table.Options{Weight: s.Weight}
	answers, err := table.Read(s.Schema(), []table.Source{{Name: "data.csv", Columns: columns, Whole: true, Open: open}}, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	failOn()
	return s, answers
}

func fileOf(path string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return os.Open(path) }
}

func textOf(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

// foreignFolder is an oracle that may not be redistributed; the test is skipped where it is absent.
func foreignFolder(t *testing.T, name string) string {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "shared", "oracle", name)
	if _, err := os.Stat(filepath.Join(folder, "expected.json")); err != nil {
		t.Skipf("the folder %s is absent: its data may not be redistributed", filepath.ToSlash(folder))
	}
	return folder
}

func readTree(t *testing.T, path string) map[string]any {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// below walks a tree of JSON objects; nil where it leads nowhere.
func below(tree any, path ...string) any {
	for _, key := range path {
		m, _ := tree.(map[string]any)
		tree = m[key]
	}
	return tree
}

// oracleBook keeps the largest difference of each method from an oracle.
type oracleBook struct {
	t      *testing.T
	oracle string
	worst  map[string]float64
	count  map[string]int
}

func newOracleBook(t *testing.T, oracle string) *oracleBook {
	return &oracleBook{t, oracle, map[string]float64{}, map[string]int{}}
}

// near checks a figure to 1e-9; want is a number of the oracle, nil for none.
func (b *oracleBook) near(what string, got measure.Number, want any) {
	b.t.Helper()
	b.count[what]++
	number, ok := want.(float64)
	if !ok {
		if !math.IsNaN(float64(got)) {
			b.t.Errorf("%s = %v, want none", what, got)
		}
		return
	}
	difference := math.Abs(float64(got)-number) / math.Max(1, math.Abs(number))
	b.worst[what] = math.Max(b.worst[what], difference)
	if !(difference <= 1e-9) {
		b.t.Errorf("%s = %.17g, want %.17g", what, got, number)
	}
}

// same checks a word; want is a word of the oracle, nil for none.
func (b *oracleBook) same(what, got string, want any) {
	b.t.Helper()
	b.count[what]++
	if word, _ := want.(string); got != word {
		b.t.Errorf("%s = %q, want %q", what, got, word)
	}
}

func (b *oracleBook) print() {
	var keys []string
	for k := range b.count {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		b.t.Logf("%-34s | %-22s | %4d figures | largest difference %.1e", k, b.oracle, b.count[k], b.worst[k])
	}
}
