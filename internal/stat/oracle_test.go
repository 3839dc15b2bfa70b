package stat

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tolerance is that of all comparisons with R: 1e-9, absolute for figures below 1
// in size and relative above, always relative for p-values. R's own cross-checks
// in make.R hold to 1e-9 or better, and the inputs are tallies of small integers
// and weights of four decimals, so that nothing is lost before the last formula.
const tolerance = 1e-9

// object is a JSON object with its path for messages.
type object struct {
	t     *testing.T
	path  string
	value map[string]any
}

func readJSON(t *testing.T, path string) object {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o := object{t: t, path: filepath.Base(filepath.Dir(path))}
	if err := json.Unmarshal(raw, &o.value); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return o
}

// at returns the object under the keys.
func (o object) at(keys ...string) object {
	o.t.Helper()
	for _, key := range keys {
		inner, ok := o.value[key].(map[string]any)
		if !ok {
			o.t.Fatalf("no object %q in %s", key, o.path)
		}
		o = object{o.t, o.path + "." + key, inner}
	}
	return o
}

// keys returns the names in an object, sorted.
func (o object) keys() []string {
	var names []string
	for name := range o.value {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (o object) list(key string) []object {
	o.t.Helper()
	items, ok := o.value[key].([]any)
	if !ok {
		o.t.Fatalf("no list %q in %s", key, o.path)
	}
	objects := make([]object, len(items))
	for i, item := range items {
		objects[i] = object{o.t, o.path + "." + key + "[" + strconv.Itoa(i) + "]", item.(map[string]any)}
	}
	return objects
}

// number returns a figure; null is NaN, a missing key is a failure.
func (o object) number(key string) float64 {
	o.t.Helper()
	switch v := o.value[key].(type) {
	case float64:
		return v
	case nil:
		if _, present := o.value[key]; present {
			return math.NaN()
		}
	}
	o.t.Fatalf("no number %q in %s", key, o.path)
	return 0
}

func (o object) integer(key string) int { return int(o.number(key)) }

func (o object) text(key string) string {
	v, _ := o.value[key].(string)
	return v
}

func (o object) numbers(key string) []float64 {
	o.t.Helper()
	return floats(o.t, o.value[key])
}

// matrix returns the data of a {rows, cols, data} object.
func (o object) matrix(key string) [][]float64 {
	o.t.Helper()
	var rows [][]float64
	for _, row := range o.at(key).value["data"].([]any) {
		rows = append(rows, floats(o.t, row))
	}
	return rows
}

func floats(t *testing.T, value any) []float64 {
	t.Helper()
	items, ok := value.([]any)
	if !ok {
		t.Fatalf("no list of numbers: %v", value)
	}
	out := make([]float64, len(items))
	for i, item := range items {
		out[i] = item.(float64)
	}
	return out
}

// ledger keeps the largest difference of each method from each oracle.
type ledger struct {
	t     *testing.T
	worst map[[2]string]float64
	count map[[2]string]int
}

func newLedger(t *testing.T) ledger {
	return ledger{t, map[[2]string]float64{}, map[[2]string]int{}}
}

func (l ledger) note(method, oracle string, limit, difference, got, want float64) {
	l.t.Helper()
	key := [2]string{method, oracle}
	l.count[key]++
	l.worst[key] = math.Max(l.worst[key], difference)
	if !(difference <= limit) {
		l.t.Errorf("%s against %s: got %.17g, want %.17g", method, oracle, got, want)
	}
}

// near checks a figure to the tolerance, absolute below 1 and relative above.
func (l ledger) near(method, oracle string, got, want float64) {
	l.t.Helper()
	l.note(method, oracle, tolerance, math.Abs(got-want)/math.Max(math.Abs(want), 1), got, want)
}

// relative checks a figure to a relative limit; equal figures have difference 0.
func (l ledger) relative(method, oracle string, limit, got, want float64) {
	l.t.Helper()
	difference := math.Abs(got-want) / math.Abs(want)
	if got == want {
		difference = 0
	}
	l.note(method, oracle, limit, difference, got, want)
}

// p checks a p-value, relatively.
func (l ledger) p(method, oracle string, got, want float64) {
	l.t.Helper()
	l.relative(method+" p", oracle, tolerance, got, want)
}

// print logs the table method x oracle x figures x largest difference.
func (l ledger) print() {
	var keys [][2]string
	for key := range l.worst {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) })
	for _, key := range keys {
		l.t.Logf("%-28s | %-21s | %4d figures | largest difference %.1e", key[0], key[1], l.count[key], l.worst[key])
	}
}

// sheet is a table of answers read from CSV.
type sheet struct {
	t       *testing.T
	columns map[string][]string
	rows    int
}

func readCSV(t *testing.T, path string) sheet {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	s := sheet{t, map[string][]string{}, len(records) - 1}
	for j, name := range records[0] {
		for _, record := range records[1:] {
			s.columns[name] = append(s.columns[name], record[j])
		}
	}
	return s
}

// numbers returns a column; an empty cell is NaN.
func (s sheet) numbers(name string) []float64 {
	s.t.Helper()
	out := make([]float64, s.rows)
	for i, cell := range s.columns[name] {
		out[i] = math.NaN()
		if cell == "" {
			continue
		}
		v, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			s.t.Fatal(err)
		}
		out[i] = v
	}
	return out
}

// tally groups the values that are not NaN in the rows that keep says; weights nil
// is 1 a row.
func tally(values, weights []float64, keep func(i int) bool) []Point {
	var points []Point
	position := map[float64]int{}
	for i, v := range values {
		if math.IsNaN(v) || keep != nil && !keep(i) {
			continue
		}
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		at, known := position[v]
		if !known {
			at = len(points)
			position[v] = at
			points = append(points, Point{Value: v})
		}
		points[at].N++
		points[at].W += w
		points[at].W2 += w * w
	}
	return points
}

// sumOf adds up the points whose value is from low to high.
func sumOf(points []Point, low, high float64) Point {
	var sum Point
	for _, p := range points {
		if p.Value >= low && p.Value <= high {
			sum.N += p.N
			sum.W += p.W
			sum.W2 += p.W2
		}
	}
	return sum
}

// in keeps the rows where a column has a value.
func (s sheet) in(column, value string) func(int) bool {
	return func(i int) bool { return s.columns[column][i] == value }
}

// split tallies a column by the sorted values of another.
func (s sheet) split(column, by string) (names []string, groups [][]Point) {
	names = slices.Clone(s.columns[by])
	slices.Sort(names)
	names = slices.Compact(names)
	values := s.numbers(column)
	for _, name := range names {
		groups = append(groups, tally(values, nil, s.in(by, name)))
	}
	return names, groups
}

// same is equality to a few roundings that holds of NaN and NaN.
func same(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || a == b || math.Abs(a-b) <= 1e-12*math.Max(math.Abs(a), math.Abs(b))
}

// foreign returns the folder of an oracle that may not be redistributed and skips
// the test where it is absent.
func foreign(t *testing.T, name string) string {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "shared", "oracle", name)
	if _, err := os.Stat(filepath.Join(folder, "expected.json")); err != nil {
		t.Skipf("the folder %s is absent: its data may not be redistributed", filepath.ToSlash(folder))
	}
	return folder
}
