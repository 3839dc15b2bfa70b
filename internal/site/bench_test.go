//go:build unix

package site_test

import (
	"bytes"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/simulate"
	"manyi/internal/site"
	"manyi/internal/survey"
)

const benchSurvey = `manyi: 1
id: %s
version: 1
languages: [en]
title: Survey %[1]s
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: All in all}
      - {id: recommend, type: nps, metric: nps, text: Would you recommend us}
hidden:
  - {id: region, from: rg, allow: [east, west]}
segments: [region]
`

// many writes a workspace of n small surveys with 100 simulated responses each.
func many(b *testing.B, n int) string {
	b.Helper()
	dir := b.TempDir()
	put(b, dir, "manyi.yaml", "manyi: 1\ntitle: Many\nlanguages: [en]\n")
	for i := range n {
		id := fmt.Sprintf("s%d", i)
		put(b, dir, "surveys/"+id+"/survey.yaml", fmt.Sprintf(benchSurvey, id))
		var problems diag.List
		files := os.DirFS(dir)
		s := survey.Parse(files, "surveys/"+id, survey.ParseWorkspace(files, &problems), &problems)
		var body bytes.Buffer
		if err := simulate.Write(&body, s, simulate.Options{N: 100, Seed: uint64(i)}); err != nil {
			b.Fatal(err)
		}
		put(b, dir, "surveys/"+id+"/responses/simulated.jsonl", body.String())
	}
	return dir
}

func BenchmarkBuild(b *testing.B) {
	const n = 1000
	build := func(b *testing.B, dir string) site.Result {
		var problems diag.List
		result, err := site.Build(dir, site.Options{Program: "test"}, &problems)
		if err != nil || problems.Has(diag.Error) {
			b.Fatal(err, problems.Problems())
		}
		return result
	}
	b.Run("first", func(b *testing.B) {
		dir := many(b, n)
		for b.Loop() {
			b.StopTimer()
			if err := os.RemoveAll(dir + "/site"); err != nil {
				b.Fatal(err)
			}
			if err := os.RemoveAll(dir + "/.manyi"); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if got := build(b, dir); got.Built != n {
				b.Fatalf("%d surveys built, want %d", got.Built, n)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/survey")
	})
	b.Run("unchanged", func(b *testing.B) {
		dir := many(b, n)
		build(b, dir)
		before := used()
		for b.Loop() {
			if got := build(b, dir); got.Built != 0 || got.Written != 0 {
				b.Fatalf("%d surveys built and %d files written, want none", got.Built, got.Written)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/survey")
		b.ReportMetric(float64((used()-before).Microseconds())/float64(b.N)/n, "cpu-µs/survey") // of all cores, other programs left out
	})
}

// used is the processor time of this program so far.
func used() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
