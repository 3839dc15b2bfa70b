package table

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"manyi/internal/diag"
)

// rating returns rows responses to 40 items of five points, with or without an id.
func rating(rows int, ids bool) (*Schema, string) {
	const items = 40
	schema := &Schema{Survey: "bench"}
	var header []string
	for i := range items {
		id := fmt.Sprintf("q%02d", i)
		schema.Fields = append(schema.Fields, Field{ID: id, Kind: Choice, Codes: []string{"1", "2", "3", "4", "5"}, Missing: map[string]Reason{"98": NotApplicable}})
		header = append(header, id)
	}
	if ids {
		header = append(header, "_id", "_submitted")
	}
	var b strings.Builder
	b.WriteString(strings.Join(header, ",") + "\n")
	r := rand.New(rand.NewPCG(5, 6))
	for row := range rows {
		for i := range items {
			if i > 0 {
				b.WriteByte(',')
			}
			if v := r.IntN(60); v == 0 {
				b.WriteString("98")
			} else if v > 1 {
				b.WriteByte('1' + byte(v%5))
			}
		}
		if ids {
			fmt.Fprintf(&b, ",r%08d,2026-01-02T03:04:05Z", row)
		}
		b.WriteByte('\n')
	}
	return schema, b.String()
}

func BenchmarkRead(b *testing.B) {
	for _, size := range []struct {
		name string
		rows int
		ids  bool
		ext  string
	}{
		{"100k", 100_000, false, ".csv"},
		{"100k-ids", 100_000, true, ".csv"},
		{"1M-ids", 1_000_000, true, ".csv"},
		{"100k-ids-gz", 100_000, true, ".csv.gz"},
	} {
		b.Run(size.name, func(b *testing.B) {
			schema, text := rating(size.rows, size.ids)
			source := onDisk(b, "r.csv", text)
			if size.ext == ".csv.gz" {
				source = zipped(b, "r.csv.gz", text)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			before := liveHeap()
			var a *Answers
			for b.Loop() {
				var problems diag.List
				a, _ = Read(schema, []Source{source}, Options{}, &problems)
			}
			b.ReportMetric(float64(liveHeap()-before)/float64(size.rows*len(schema.Fields)), "bytes/cell")
			runtime.KeepAlive(text)
			runtime.KeepAlive(source)
			runtime.KeepAlive(schema)
			same(b, "rows", a.Count.Counted, size.rows)
		})
	}
}

// liveHeap is how many bytes are in use after a collection.
func liveHeap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
