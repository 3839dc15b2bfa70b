package pls

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"
)

// ledger keeps the largest difference of each key of one oracle.
type ledger struct {
	t     *testing.T
	name  string
	worst map[string]float64
	n     map[string]int
}

func newLedger(t *testing.T, name string) *ledger {
	l := &ledger{t, name, map[string]float64{}, map[string]int{}}
	t.Cleanup(func() {
		var keys []string
		for k := range l.worst {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			t.Logf("%-24s %-42s %6d numbers, largest difference %.1e", l.name, k, l.n[k], l.worst[k])
		}
	})
	return l
}

// is compares one number.
func (l *ledger) is(key string, got, want float64) {
	l.t.Helper()
	l.n[key]++
	if math.IsNaN(want) && math.IsNaN(got) {
		l.worst[key] = max(l.worst[key], 0)
		return
	}
	d := math.Abs(got-want) / max(1, math.Abs(want))
	l.worst[key] = max(l.worst[key], d)
	if !(d <= tolerance9) {
		l.t.Errorf("%s: %s: got %.15g, want %.15g", l.name, key, got, want)
	}
}

func (l *ledger) are(key string, got, want []float64) {
	l.t.Helper()
	if len(got) != len(want) {
		l.t.Errorf("%s: %s: got %d numbers, want %d", l.name, key, len(got), len(want))
		return
	}
	for i := range got {
		l.is(key, got[i], want[i])
	}
}

// node is a piece of the expected JSON.
type node struct {
	t *testing.T
	v any
}

func read(t *testing.T, name string) node {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return node{t, v}
}

func (n node) has(key string) bool {
	m, _ := n.v.(map[string]any)
	_, ok := m[key]
	return ok
}

func (n node) at(keys ...string) node {
	n.t.Helper()
	for _, k := range keys {
		m, ok := n.v.(map[string]any)
		if !ok {
			n.t.Fatalf("%q is in no object", k)
		}
		if n.v, ok = m[k]; !ok {
			n.t.Fatalf("no key %q", k)
		}
	}
	return n
}

func (n node) number() float64 {
	switch v := n.v.(type) {
	case float64:
		return v
	case nil:
		return math.NaN()
	}
	n.t.Fatalf("no number: %v", n.v)
	return 0
}

func (n node) texts() []string {
	var out []string
	for _, x := range n.v.([]any) {
		out = append(out, x.(string))
	}
	return out
}

func (n node) numbers() []float64 {
	var out []float64
	for _, x := range n.v.([]any) {
		out = append(out, node{n.t, x}.number())
	}
	return out
}

// by returns the numbers of the names.
func (n node) by(names []string) []float64 {
	n.t.Helper()
	out := make([]float64, len(names))
	for i, name := range names {
		out[i] = n.at(name).number()
	}
	return out
}

// cell returns one number of a matrix {rows, cols, data}.
func (n node) cell(row, col string) float64 {
	n.t.Helper()
	r, c := slices.Index(n.at("rows").texts(), row), slices.Index(n.at("cols").texts(), col)
	if r < 0 || c < 0 {
		n.t.Fatalf("no cell %s, %s", row, col)
	}
	return node{n.t, n.at("data").v.([]any)[r]}.numbers()[c]
}

// grid returns a matrix flat, by the names.
func (n node) grid(rows, cols []string) []float64 {
	n.t.Helper()
	var out []float64
	for _, r := range rows {
		for _, c := range cols {
			out = append(out, n.cell(r, c))
		}
	}
	return out
}

// answers is a CSV file by column.
type answers struct {
	columns map[string][]float64
	n       int
}

func readAnswers(t *testing.T, name string) answers {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	a := answers{map[string][]float64{}, len(lines) - 1}
	for c, name := range lines[0] {
		for _, line := range lines[1:] {
			x := math.NaN()
			if line[c] != "" {
				if x, err = strconv.ParseFloat(line[c], 64); err != nil {
					t.Fatal(err)
				}
			}
			a.columns[name] = append(a.columns[name], x)
		}
	}
	return a
}

// rows gives the answers of the items.
func (a answers) rows(items []string) Rows {
	return Rows{N: a.n, Weights: a.columns["weight"], Read: func(i int, into []float64) {
		for k, name := range items {
			into[k] = a.columns[name][i]
		}
	}}
}

// design is a model with its names.
type design struct {
	Model
	names, items []string
	scheme       string
}

func makeDesign(names []string, blocks, edges node, modes func(string) string, scheme string) design {
	d := design{names: names, scheme: scheme}
	for _, name := range names {
		items := blocks.at(name).texts()
		c := Construct{Items: len(items)}
		if modes(name) == "B" {
			c.Mode = B
		}
		d.items, d.Constructs = append(d.items, items...), append(d.Constructs, c)
	}
	for _, e := range edges.v.([]any) {
		x := node{edges.t, e}
		d.Paths = append(d.Paths, Path{slices.Index(names, x.at("from").v.(string)), slices.Index(names, x.at("to").v.(string))})
	}
	d.Scheme = map[string]Scheme{"path": PathWeighting, "centroid": Centroid, "factorial": Factorial}[scheme]
	return d
}

// byPath returns the numbers of want[to][from] in the order of the paths.
func (d design) byPath(want node) []float64 {
	var out []float64
	for _, p := range d.Paths {
		out = append(out, want.at(d.names[p.To], d.names[p.From]).number())
	}
	return out
}

// endogenous are the names of constructs with predecessors, and their places.
func (d design) endogenous() (names []string, at []int) {
	for c, name := range d.names {
		if slices.ContainsFunc(d.Paths, func(p Path) bool { return p.To == c }) {
			names, at = append(names, name), append(at, c)
		}
	}
	return names, at
}

func pick(x []float64, at []int) []float64 {
	var out []float64
	for _, i := range at {
		out = append(out, x[i])
	}
	return out
}

func (d design) estimate(t *testing.T, a answers, missing Missing) *Study {
	t.Helper()
	s, err := Estimate(d.Model, a.rows(d.items), missing)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// scale maps means and spreads of answers 1–10 to 0–100.
func scale(x []float64, shift float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = (v - shift) / 9 * 100
	}
	return out
}

// outerDiagonal sets the diagonal of a J×J matrix.
func outerDiagonal(m, diagonal []float64) []float64 {
	out := slices.Clone(m)
	for i, v := range diagonal {
		out[i*len(diagonal)+i] = v
	}
	return out
}

// below compares the lower triangle, with the diagonal where asked.
func (l *ledger) below(key string, d design, got []float64, want node, diagonal bool) {
	j := len(d.names)
	for r := range j {
		for c := range r + 1 {
			if c < r || diagonal {
				l.is(key, got[r*j+c], want.cell(d.names[r], d.names[c]))
			}
		}
	}
}
