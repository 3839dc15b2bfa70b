// Package durable compares the collector's store with SQLite in one run: how
// many records of 2 KiB a second are on the disk before their writer is told.
// It is a module of its own, so that the program does not need SQLite.
//
//	cd bench/durable && MANYI_BENCH_DIR=/a/real/disk go test -bench . -benchtime 20000x
package durable

import (
	"database/sql"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the pure Go port

	"manyi/internal/collect"
	"manyi/internal/inbox"
)

// mostBatch is how many records are committed at once, as in the store.
const mostBatch = 256

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

// record2k is a line of 2 KiB.
func record2k(n int) inbox.Line {
	id := fmt.Sprintf("%026d", n)
	payload := fmt.Sprintf(`{"_id":%q,"_survey":"cafe","why":%q}`, id, strings.Repeat("x", 1980))
	return inbox.Line{ID: id, Sum: inbox.Sum(id, payload), Body: []byte(payload)}
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

// BenchmarkDurableAppend compares, in one run, our store with SQLite in WAL mode
// with synchronous=FULL, one transaction a response: both have each record on
// the disk before they return.
func BenchmarkDurableAppend(b *testing.B) {
	for _, writers := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprintf("jsonl/writers=%d", writers), func(b *testing.B) {
			s, _, err := collect.OpenStore(benchDir(b), time.Now)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			spread(b, writers, func(n int) error { _, err := s.Append("cafe", record2k(n)); return err })
		})
		b.Run(fmt.Sprintf("sqlite/writers=%d", writers), func(b *testing.B) {
			db := sqlite(b)
			spread(b, writers, func(n int) error {
				l := record2k(n)
				_, err := db.Exec("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", l.ID, l.Sum[:], l.Body)
				return err
			})
		})
		b.Run(fmt.Sprintf("sqlite-grouped/writers=%d", writers), func(b *testing.B) {
			g := newGrouped(b, sqlite(b))
			spread(b, writers, func(n int) error { return g.append(record2k(n)) })
		})
	}
}

func sqlite(b *testing.B) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+benchDir(b)+"/a.db?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(60000)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1) // SQLite has one writer; queuing here is faster than its retries
	if _, err := db.Exec("CREATE TABLE answers (id TEXT PRIMARY KEY, sum BLOB, body BLOB) WITHOUT ROWID"); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

// grouped commits what is waiting in one transaction, as our store does.
type grouped struct {
	db    *sql.DB
	queue chan *groupedLine
}

type groupedLine struct {
	line inbox.Line
	done chan error
}

func newGrouped(b *testing.B, db *sql.DB) *grouped {
	g := &grouped{db, make(chan *groupedLine, mostBatch)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for first := range g.queue {
			batch := []*groupedLine{first}
			for len(batch) < mostBatch && len(g.queue) > 0 {
				batch = append(batch, <-g.queue)
			}
			err := g.commit(batch)
			for _, l := range batch {
				l.done <- err
			}
		}
	}()
	b.Cleanup(func() { close(g.queue); <-ended })
	return g
}

func (g *grouped) commit(batch []*groupedLine) error {
	tx, err := g.db.Begin()
	if err != nil {
		return err
	}
	insert, err := tx.Prepare("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	for _, l := range batch {
		if _, err := insert.Exec(l.line.ID, l.line.Sum[:], l.line.Body); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (g *grouped) append(l inbox.Line) error {
	one := &groupedLine{l, make(chan error, 1)}
	g.queue <- one
	return <-one.done
}
