package collect

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The benchmark writes to MANYI_BENCH_DIR, else to the temporary folder: on a
// tmpfs it would measure nothing.
func benchDir(b *testing.B) string {
	b.Helper()
	dir, err := os.MkdirTemp(os.Getenv("MANYI_BENCH_DIR"), "collect")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// spread calls do b.N times from so many goroutines, and reports how many a second.
func spread(b *testing.B, writers int, do func(n int) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	start := time.Now()
	for range writers {
		all.Go(func() {
			for n := int(next.Add(1)); n <= b.N; n = int(next.Add(1)) {
				if err := do(n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "appends/s")
}

// BenchmarkPost is a whole submission over HTTP, client and server on one machine.
func BenchmarkPost(b *testing.B) {
	for _, clients := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("connections=%d", clients), func(b *testing.B) {
			s, _, err := OpenStore(benchDir(b), time.Now)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			url := serveBench(b, s)
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
			var mu sync.Mutex
			var took []time.Duration
			spread(b, clients, func(n int) error {
				id := strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprintf("%026d", n))
				payload := fmt.Sprintf(`{"_id":%q,"_survey":"cafe","why":%q}`, id, strings.Repeat("x", 1980))
				start := time.Now()
				got, err := client.Post(url, plain, strings.NewReader(fmt.Sprintf(`{"survey":"cafe","version":2,"build":"a","id":%q,"payload":%q,"sealed":false,"hp":""}`, id, payload)))
				if err != nil {
					return err
				}
				got.Body.Close()
				if got.StatusCode != http.StatusOK {
					return fmt.Errorf("status %d", got.StatusCode)
				}
				mu.Lock()
				took = append(took, time.Since(start))
				mu.Unlock()
				return nil
			})
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
