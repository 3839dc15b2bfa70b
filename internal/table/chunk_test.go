package table

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
)

// onDisk is a file with size and random access.
func onDisk(t testing.TB, name, text string) Source {
	t.Helper()
	files := fstest.MapFS{name: {Data: []byte(text)}}
	return Source{Name: name, Open: func() (io.ReadCloser, error) { return files.Open(name) }}
}

// inChunks reads a source in chunks of some bytes.
func inChunks(t testing.TB, schema *Schema, opt Options, chunk int64, sources ...Source) (*Answers, []diag.Problem) {
	t.Helper()
	p := newPlan(schema, opt)
	p.chunk = chunk
	var problems diag.List
	a, err := p.read(sources, &problems)
	if err != nil {
		t.Fatal(err)
	}
	verify(t, schema, a)
	return a, problems.Problems()
}

// places writes where each kind of problem was found first.
func places(problems []diag.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&b, p.Severity, p.Place, p.Code, p.Summary, p.Rule)
	}
	return b.String()
}

// hardRows are what a border of a chunk may fall into.
var hardRows = []string{
	"1,5,\"two\nlines\",north\n", "2,4,\"a\n\"\"b\"\",c\n\n\",south\r\n", "\n", "\r\n", "3,7,x,n\n", "4,5\n", "5,5,\"torn\n", "6,5,x\"y,n\n",
	"7,5,x,\"n\"z\n", ",,,\n", "8,5,\x00,n\n", "9,1,,北京\n", "1,5,\"1,5,x,n\n1,5,x,n\n1,5,x,n\n\",n\n", "10,2,x,long" + strings.Repeat("g", 80) + "\n",
}

// TestChunksReadAsTheWhole holds whatever the size of the chunks and the
// number of processors: the borders fall into every kind of row.
func TestChunksReadAsTheWhole(t *testing.T) {
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 1))
		var b strings.Builder
		b.WriteString([]string{"", "\uFEFF", "sep=,\n", "\n\n"}[r.IntN(4)] + "_id,osat,why,region\n")
		for range 40 {
			b.WriteString(hardRows[r.IntN(len(hardRows))])
		}
		text := strings.TrimSuffix(b.String(), []string{"", "\n"}[r.IntN(2)])
		want, wantProblems := inChunks(t, cafe(), Options{Partials: true}, 1<<30, onDisk(t, "r.csv", text))
		for _, chunk := range []int64{1, 2, 3, 7, 16, 50, 64, 100, 333, 1000} {
			before := runtime.GOMAXPROCS(1 + r.IntN(4))
			got, problems := inChunks(t, cafe(), Options{Partials: true}, chunk, onDisk(t, "r.csv", text))
			runtime.GOMAXPROCS(before)
			same(t, "counts", got.Count, want.Count)
			same(t, "waves", alike(got.Waves[0], want.Waves[0]), true)
			same(t, "problems", places(problems), places(wantProblems))
			if t.Failed() {
				t.Fatalf("seed %d, chunks of %d bytes of %q", seed, chunk, text)
			}
		}
	}
}

func FuzzChunks(f *testing.F) {
	for _, row := range hardRows {
		f.Add("_id,osat,why,region\n"+row+row, uint16(9))
	}
	f.Fuzz(func(t *testing.T, text string, chunk uint16) {
		want, wantProblems := inChunks(t, cafe(), Options{}, 1<<30, onDisk(t, "r.csv", text))
		got, problems := inChunks(t, cafe(), Options{}, int64(chunk)+1, onDisk(t, "r.csv", text))
		if got.Count != want.Count || len(got.Waves) != len(want.Waves) || places(problems) != places(wantProblems) {
			t.Errorf("got %+v\n%s\nwant %+v\n%s", got.Count, places(problems), want.Count, places(wantProblems))
		}
	})
}

func TestALargeFileReadsTheSameOnAnyNumberOfProcessors(t *testing.T) {
	schema, text := rating(120_000, true)
	text = strings.Replace(text, "\nr", "\n\"r", 3)
	source := onDisk(t, "r.csv", text)
	var want *Answers
	var wantProblems []diag.Problem
	for _, n := range []int{1, 5} {
		before := runtime.GOMAXPROCS(n)
		got, problems := read(t, schema, Options{}, source)
		runtime.GOMAXPROCS(before)
		if want == nil {
			want, wantProblems = got, problems
		}
		same(t, "counts", got.Count, want.Count)
		same(t, "problems", places(problems), places(wantProblems))
		for id, c := range want.Waves[0].Columns {
			same(t, id, bytes.Equal(got.Waves[0].Columns[id].Cells, c.Cells), true)
		}
	}
	same(t, "rows", want.Count.Counted > 119_000, true)
}

// growing is a file that another program appends to while it is read.
type growing struct {
	io.Reader
	size int64
}

func (g growing) Close() error               { return nil }
func (g growing) Stat() (fs.FileInfo, error) { return sized{g.size}, nil }

type sized struct{ size int64 }

func (s sized) Size() int64            { return s.size }
func (s sized) Mode() fs.FileMode      { return 0 }
func (s sized) Name() string           { return "r" }
func (s sized) IsDir() bool            { return false }
func (s sized) ModTime() (z time.Time) { return z }
func (s sized) Sys() any               { return nil }

func TestAFileThatGrowsIsReadAsFarAsItWas(t *testing.T) {
	for name, head := range map[string]string{"r.csv": "osat\n5\n4\n", "r.jsonl": "{\"osat\":5}\n{\"osat\":4}\n", "r.yaml": "- osat: 5\n- osat: 4\n"} {
		source := Source{Name: name, Open: func() (io.ReadCloser, error) {
			return growing{io.MultiReader(strings.NewReader(head), &endless{text: "1\n", n: 1 << 40}), int64(len(head))}, nil
		}}
		a, problems := read(t, cafe(), Options{}, source)
		same(t, name, words(problems), "")
		same(t, name, cells(a, "osat"), "5 4")
	}
}

// TestAFileThatShrinksIsReadAsFarAsItIs: its chunks end before their borders.
func TestAFileThatShrinksIsReadAsFarAsItIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.csv")
	must(t, os.WriteFile(path, []byte("osat\n"+strings.Repeat("5\n", 100)), 0o600))
	source := Source{Name: "r.csv", Open: func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		if err == nil {
			info, _ := f.Stat()
			must(t, os.Truncate(path, 25))
			return shrunk{f, info}, nil
		}
		return f, err
	}}
	a, problems := inChunks(t, cafe(), Options{}, 16, source)
	same(t, "problems", words(problems), "")
	same(t, "rows", a.Count.Counted, 10)
}

type shrunk struct {
	*os.File
	info fs.FileInfo
}

func (s shrunk) Stat() (fs.FileInfo, error) { return s.info, nil }

func TestOnlyFilesAreRead(t *testing.T) {
	folder := t.TempDir()
	source := Source{Name: "r.csv", Open: func() (io.ReadCloser, error) { return os.Open(folder) }}
	_, problems := read(t, cafe(), Options{}, source)
	same(t, "problems", words(problems), "error r.csv not-a-file\n")
}
