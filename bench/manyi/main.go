// Command manyi does with our packages what duckdb.mjs does with DuckDB: it
// reads the responses that gen writes, counts them by two segments, takes mean,
// standard deviation and top share of every item in each group, and all
// pairwise correlations; then it prints seconds and memory.
//
//	go run ./bench/manyi responses.csv
package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"time"

	"manyi/internal/diag"
	"manyi/internal/stat"
	"manyi/internal/table"
)

const items = 40

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./bench/manyi responses.csv")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	clock := newClock()
	answers, err := read(name)
	if err != nil {
		return err
	}
	reading := clock.lap()
	wave := answers.Waves[0]
	figures := describe(wave)
	describing := clock.lap()
	r := stat.Correlations(columns(wave), []float64{1, 2, 3, 4, 5, 6, 7})
	correlating := clock.lap()

	megabytes := float64(info.Size()) / 1e6
	fmt.Printf("cores %d, rows %d, MB %.1f, live heap %.2f bytes a cell\n", runtime.GOMAXPROCS(0), wave.Rows, megabytes, liveHeap()/float64(wave.Rows*(items+3)))
	fmt.Printf("read              %s\nfigures           %s\ncorrelations      %s\n", reading, describing, correlating)
	both := lap{reading.wall + describing.wall, reading.cpu + describing.cpu}
	fmt.Printf("read and figures  %s  %.0f MB/s a core\n", both, megabytes/both.cpu.Seconds())
	fmt.Printf("groups %d, mean of q1 %.6f, sd %.6f, top share %.6f, r(q1, q2) %.6f\n",
		len(figures), figures[0][0].mean, figures[0][0].sd, figures[0][0].top, r[1][0])
	runtime.KeepAlive(answers)
	return nil
}

// lap is how long a step took, by the clock and of all processors.
type lap struct{ wall, cpu time.Duration }

func (l lap) String() string {
	return fmt.Sprintf("%.3f s, cpu %.3f s", l.wall.Seconds(), l.cpu.Seconds())
}

// clock measures one step after the other.
type clock struct {
	at  time.Time
	cpu time.Duration
}

func newClock() *clock { return &clock{time.Now(), cpuTime()} }

func (c *clock) lap() lap {
	l := lap{time.Since(c.at), cpuTime() - c.cpu}
	*c = *newClock()
	return l
}

// liveHeap is how many bytes are in use after a collection.
func liveHeap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

func read(name string) (*table.Answers, error) {
	schema := &table.Schema{Survey: "bench", Fields: []table.Field{
		{ID: "region", Kind: table.Choice, Codes: []string{"east", "south", "north", "west"}},
		{ID: "tenure", Kind: table.Choice, Codes: []string{"lt1", "y1_3", "gt3"}},
	}}
	for i := range items {
		schema.Fields = append(schema.Fields, table.Field{
			ID: fmt.Sprintf("q%d", i+1), Kind: table.Choice, Codes: []string{"1", "2", "3", "4", "5", "6", "7"},
		})
	}
	var problems diag.List
	source := table.Source{Name: "responses.csv", Open: func() (io.ReadCloser, error) { return os.Open(name) }}
	answers, err := table.Read(schema, []table.Source{source}, table.Options{}, &problems)
	if err == nil && len(problems.Problems()) > 0 {
		err = fmt.Errorf("%s: %s", problems.Problems()[0].Place, problems.Problems()[0].Summary)
	}
	return answers, err
}

func columns(w *table.Wave) [][]uint8 {
	var out [][]uint8
	for i := range items {
		out = append(out, w.Columns[fmt.Sprintf("q%d", i+1)].Cells)
	}
	return out
}

// figure is what is asked of an item in a group.
type figure struct {
	n             int
	mean, sd, top float64
}

// describe returns the figures of all items: of everybody, of each region, of each tenure.
func describe(w *table.Wave) [][]figure {
	var out [][]figure
	cells := columns(w)
	for _, segment := range []string{"region", "tenure"} {
		c := w.Columns[segment]
		groups := make([][]figure, len(c.Codes)+1)
		for _, item := range cells {
			var counts [256][8]int
			for row, v := range item {
				counts[c.Cells[row]][min(v, 7)]++
			}
			var all [8]int
			for g := range c.Codes {
				for v, n := range counts[g] {
					all[v] += n
				}
				groups[g+1] = append(groups[g+1], figureOf(counts[g]))
			}
			groups[0] = append(groups[0], figureOf(all))
		}
		if len(out) > 0 {
			groups = groups[1:]
		}
		out = append(out, groups...)
	}
	return out
}

func figureOf(counts [8]int) figure {
	f := figure{}
	sum, squares := 0.0, 0.0
	for v, n := range counts[:7] {
		f.n += n
		sum += float64(n * (v + 1))
		squares += float64(n * (v + 1) * (v + 1))
	}
	n := float64(f.n)
	f.mean = sum / n
	f.sd = math.Sqrt((squares - sum*sum/n) / (n - 1))
	f.top = float64(counts[5]+counts[6]) / n
	return f
}
