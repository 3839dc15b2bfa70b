package simulate_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/simulate"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

// parse reads a survey that must have no error.
func parse(t testing.TB, fsys fs.FS, id string) *survey.Survey {
	t.Helper()
	var problems diag.List
	ws := survey.ParseWorkspace(fsys, &problems)
	if ws == nil {
		t.Fatal("manyi.yaml cannot be used")
	}
	s := survey.Parse(fsys, "surveys/"+id, ws, &problems)
	if s == nil || problems.Has(diag.Error) {
		var text strings.Builder
		_ = problems.WriteText(&text, "en")
		t.Fatal(text.String())
	}
	return s
}

// samples are a survey of the real world, a small one and one with every built type.
func samples(t testing.TB) map[string]*survey.Survey {
	t.Helper()
	return map[string]*survey.Survey{
		"demo":    parse(t, os.DirFS("../.."), "sfo"),
		"starter": parse(t, starter(t), "feedback"),
		"every":   parse(t, os.DirFS("testdata"), "every"),
		"types":   parse(t, os.DirFS("../.."), "every_type"),
	}
}

// starter is the workspace that `manyi new` makes, as far as a survey needs it.
func starter(t testing.TB) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	for to, from := range map[string]string{"manyi.yaml": "workspace/manyi.yaml", "surveys/feedback/survey.yaml": "starters/basic/surveys/feedback/survey.yaml"} {
		body, err := fs.ReadFile(templates.Files, from)
		if err != nil {
			t.Fatal(err)
		}
		out[to] = &fstest.MapFile{Data: body}
	}
	return out
}

func written(t testing.TB, s *survey.Survey, opt simulate.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := simulate.Write(&b, s, opt); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads simulated responses as the build does; no problem is allowed.
func read(t testing.TB, s *survey.Survey, body []byte, name string) *table.Answers {
	t.Helper()
	opt := table.Options{Weight: s.Weight, WaveOf: s.WaveOf("Asia/Shanghai")}
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
	}
	var problems diag.List
	answers, err := table.Read(s.Schema(), []table.Source{{
		Name: name,
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil },
	}}, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	if len(problems.Problems()) > 0 {
		var text strings.Builder
		_ = problems.WriteText(&text, "en")
		t.Error(text.String())
	}
	return answers
}

func TestEveryAnswerIsValid(t *testing.T) {
	const n = 3000
	for name, s := range samples(t) {
		for _, format := range []simulate.Format{simulate.JSONL, simulate.CSV} {
			t.Run(name+" "+string(format), func(t *testing.T) {
				answers := read(t, s, written(t, s, simulate.Options{N: n, Seed: 1, Format: format}), "x."+string(format))
				c := answers.Count
				if c.Counted != n || c.Complete != n || c.BadCells != 0 || c.NoWeight != 0 {
					t.Errorf("got counted %d, complete %d, bad cells %d, without weight %d; want %d, %d, 0, 0", c.Counted, c.Complete, c.BadCells, c.NoWeight, n, n)
				}
				if len(answers.Unknown) > 0 {
					t.Errorf("columns that the definition does not name: %v", answers.Unknown)
				}
				for _, w := range answers.Waves {
					for id, column := range w.Columns {
						if column.Absent {
							t.Errorf("wave %q has no column %q", w.ID, id)
						}
					}
				}
			})
		}
	}
}

func TestItemsHangTogether(t *testing.T) {
	for name, s := range samples(t) {
		answers := read(t, s, written(t, s, simulate.Options{N: 4000, Seed: 2}), "x.jsonl")
		var rated []survey.Item
		for _, item := range s.Items() {
			if item.Rated() && item.Question != nil && item.Question.ShowIf == nil {
				rated = append(rated, item)
			}
		}
		pairs := 0
		for i, a := range rated {
			for _, b := range rated[:i] {
				if len(a.Scale.Codes()) < 5 || len(b.Scale.Codes()) < 5 {
					continue
				}
				r := correlation(answers.Waves[0], a, b)
				if a.Reverse != b.Reverse {
					r = -r
				}
				if pairs++; r < 0.3 || r > 0.9 {
					t.Errorf("%s: %s and %s correlate %.2f, want 0.3 to 0.9", name, a.ID, b.ID, r)
				}
			}
		}
		if pairs == 0 {
			t.Errorf("%s: no pair of rated items", name)
		}
	}
}

// correlation is Pearson's r over the rows where both items are answered.
func correlation(w *table.Wave, a, b survey.Item) float64 {
	var n, sa, sb, saa, sbb, sab float64
	va, vb := a.Scale.Values(), b.Scale.Values()
	for i := range w.Rows {
		x, _ := w.Columns[a.ID].Code(i)
		y, _ := w.Columns[b.ID].Code(i)
		if x < 0 || y < 0 {
			continue
		}
		p, q := va[x], vb[y]
		n, sa, sb, saa, sbb, sab = n+1, sa+p, sb+q, saa+p*p, sbb+q*q, sab+p*q
	}
	return (sab - sa*sb/n) / math.Sqrt((saa-sa*sa/n)*(sbb-sb*sb/n))
}

func TestSameArgumentsSameBytes(t *testing.T) {
	s := samples(t)["every"]
	first := written(t, s, simulate.Options{N: 500, Seed: 7})
	if !bytes.Equal(first, written(t, s, simulate.Options{N: 500, Seed: 7})) {
		t.Error("the same arguments wrote other bytes")
	}
	if bytes.Equal(first, written(t, s, simulate.Options{N: 500, Seed: 8})) {
		t.Error("another seed wrote the same bytes")
	}
	one := written(t, s, simulate.Options{N: 250, Seed: 7, Wave: s.Waves[1].ID})
	if !bytes.HasSuffix(first, one) {
		t.Error("a wave written alone is not what it is among all")
	}
}

func TestChoicesStayWithinTheirLimits(t *testing.T) {
	s := samples(t)["every"]
	alone, most, below := 0, 0, 0
	for line := range bytes.Lines(written(t, s, simulate.Options{N: 2000, Seed: 3})) {
		var r struct {
			Mode  string   `json:"_mode"`
			Picks []string `json:"picks"`
			Osat  string   `json:"osat"`
			Why   *string  `json:"why"`
		}
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		if r.Mode != "simulated" || r.Why != nil && !strings.HasPrefix(*r.Why, "[") {
			t.Fatal("a response that does not say it is simulated")
		}
		if r.Why != nil && r.Osat > "3" {
			below++
		}
		for _, pick := range r.Picks {
			if pick == "none" && len(r.Picks) == 1 {
				alone++
			} else if pick == "none" {
				t.Fatalf("an exclusive option among %v", r.Picks)
			}
		}
		if len(r.Picks) < 2 && fmt.Sprint(r.Picks) != "[none]" || len(r.Picks) > 3 {
			t.Fatalf("picks %v, want 2 to 3 or none alone", r.Picks)
		}
		most = max(most, len(r.Picks))
	}
	if alone == 0 || most != 3 || below > 0 {
		t.Errorf("none alone %d times, at most %d picks, %d answers to a question that was not shown", alone, most, below)
	}
}

func TestWavesOfTheDefinitionAreFilledAndSomeRespondentsAreCareless(t *testing.T) {
	s := samples(t)["demo"]
	answers := read(t, s, written(t, s, simulate.Options{N: 9000, Seed: 4}), "x.jsonl")
	if len(answers.Waves) != 3 {
		t.Fatalf("%d waves, want the 3 of the definition", len(answers.Waves))
	}
	var matrix []string
	for _, item := range s.Items() {
		if item.Question != nil && item.Question.ID == "facilities" {
			matrix = append(matrix, item.ID)
		}
	}
	straight := 0
	w := answers.Waves[0]
	for i := range w.Rows {
		codes := map[int]bool{}
		for _, id := range matrix {
			if code, _ := w.Columns[id].Code(i); code >= 0 {
				codes[code] = true
			}
		}
		if len(codes) == 1 {
			straight++
		}
	}
	if share := float64(straight) / float64(w.Rows); share < 0.02 || share > 0.06 {
		t.Errorf("%.3f of the respondents answer a matrix of %d rows alike, want about 0.03", share, len(matrix))
	}
}

func BenchmarkWrite(b *testing.B) {
	s := samples(b)["demo"]
	for _, n := range []int{1000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			var size counter
			for b.Loop() {
				size = 0
				if err := simulate.Write(&size, s, simulate.Options{N: n, Seed: 1}); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(size))
		})
	}
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
