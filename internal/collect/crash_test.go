package collect

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"manyi/internal/inbox"
)

func line(n int, extra string) inbox.Line {
	id := fmt.Sprintf("%026s", strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprint(n)))
	id = strings.ReplaceAll(id, " ", "a")
	id = strings.ReplaceAll(id, "0", "a")
	e := inbox.Envelope{Survey: "cafe", ID: id, Payload: fmt.Sprintf(`{"_id":%q,"_survey":"cafe","osat":"5","why":%q}`, id, extra)}
	return e.Line()
}

// model is a file as a disk has it: what was flushed is there, of the rest
// every sector of 512 bytes is new, old or zero after a crash, up to any length.
type model struct {
	durable, cached []byte
}

func (m *model) Write(p []byte) (int, error) { m.cached = append(m.cached, p...); return len(p), nil }
func (m *model) Sync() error                 { m.durable = bytes.Clone(m.cached); return nil }
func (m *model) Truncate(n int64) error      { m.cached = m.cached[:n]; return nil }
func (m *model) Close() error                { return nil }

const sector = 512

// crash is what may be found after the power failed.
func (m *model) crash(r *rand.Rand) []byte {
	length := len(m.durable)
	if more := len(m.cached) - length; more > 0 {
		length += r.IntN(more + 1)
	}
	out := bytes.Clone(m.cached[:length])
	for at := len(m.durable) / sector * sector; at < length; at += sector {
		from, to := max(at, len(m.durable)), min(at+sector, length)
		switch r.IntN(4) {
		case 0:
			clear(out[from:to])
		case 1: // what a deleted file of ours left there: a piece of a line, or whole lines
			stale, other := []byte("\n"), inbox.NewSegment("cafe/2026-11.jsonl")
			for range r.IntN(12) {
				other.Close(nil, [32]byte{}) // numbers as high as those of this file
			}
			for n := range 6 {
				l := line(9000+10*r.IntN(9)+n, strings.Repeat("stale", r.IntN(2)*200))
				stale = other.Close(l.Open(stale), l.Sum)
			}
			piece := r.IntN(2) * r.IntN(sector)
			copy(out[from:to], stale[piece:])
		}
	}
	return out
}

// TestACrashLosesNothingAcknowledged is P1 by a model of the disk: in every
// trial some batches are flushed, one is not, and then the power fails.
func TestACrashLosesNothingAcknowledged(t *testing.T) {
	trials := 4000
	if testing.Short() {
		trials = 400
	}
	var acked, lost, doubled, forged int
	for trial := range trials {
		r := rand.New(rand.NewPCG(7, uint64(trial)))
		m := &model{}
		in := inbox.NewSegment("cafe/2026-11.jsonl")
		m.cached = in.Head(nil)
		_ = m.Sync()
		s := &segment{disk: m, good: int64(len(m.durable)), in: in}
		want := map[string]bool{}
		written := map[string]bool{}
		n := 0
		for range 1 + r.IntN(4) {
			var batch []*request
			var ids []string
			for range 1 + r.IntN(5) {
				l := line(n, strings.Repeat("好", r.IntN(300)))
				n++
				batch, ids = append(batch, &request{line: l.Open(nil), whole: l.Sum}), append(ids, l.ID)
				written[l.ID] = true
			}
			if err := s.append(s.lines(batch)); err != nil {
				t.Fatal(err)
			}
			for _, id := range ids {
				want[id] = true
			}
		}
		for range r.IntN(4) { // written and not flushed: nobody was told
			l := line(n, strings.Repeat("x", r.IntN(900)))
			n++
			written[l.ID] = true
			_, _ = m.Write(in.Close(l.Open(nil), l.Sum))
		}
		found := map[string]int{}
		if _, err := scan(bytes.NewReader(m.crash(r)), func(l inbox.Line) { found[l.ID]++ }); err != nil {
			t.Fatal(err)
		}
		acked += len(want)
		for id := range want {
			if found[id] == 0 {
				lost++
			}
		}
		for id, times := range found {
			if times > 1 {
				doubled++
			}
			if !written[id] {
				forged++
			}
		}
	}
	t.Logf("crash model: %d trials, %d acknowledged, %d lost, %d doubled, %d forged", trials, acked, lost, doubled, forged)
	if lost+doubled+forged > 0 {
		t.Fail()
	}
}

// failing is a real file that fails when it is told to.
type failing struct {
	disk
	f *faults
}

type faults struct {
	mu            sync.Mutex
	room          int // bytes until the disk is full, -1: no end
	syncAt, syncs int // the flush that fails, 0: none
}

func (x *failing) Write(p []byte) (int, error) {
	x.f.mu.Lock()
	room := x.f.room
	if room >= 0 {
		x.f.room = max(0, room-len(p))
	}
	x.f.mu.Unlock()
	if room >= 0 && len(p) > room {
		n, _ := x.disk.Write(p[:room]) // the torn half that a full disk leaves
		return n, syscall.ENOSPC
	}
	return x.disk.Write(p)
}

func (x *failing) Sync() error {
	x.f.mu.Lock()
	defer x.f.mu.Unlock()
	if x.f.syncs++; x.f.syncs == x.f.syncAt {
		return syscall.EIO
	}
	return x.disk.Sync()
}

func (f *faults) open(folder *os.Root, name string) (disk, int64, error) {
	d, size, err := openDisk(folder, name)
	return &failing{d, f}, size, err
}

func at() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

// kept reads what a fresh start finds.
func kept(t *testing.T, dir string) map[string]int {
	t.Helper()
	out := map[string]int{}
	root, err := os.OpenRoot(dir + "/cafe")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f, err := root.Open(segmentName("2026-11", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := scan(f, func(l inbox.Line) { out[l.ID]++ })
	if err != nil || got.good != got.size || len(got.bad) > 0 {
		t.Errorf("file is not clean: %v, %d of %d bytes whole, %d damaged", err, got.good, got.size, len(got.bad))
	}
	return out
}

func TestAFullDiskLosesNothingAcknowledged(t *testing.T) {
	var acked, lost, refused, doubled int
	for run := range 40 {
		dir := t.TempDir()
		f := &faults{room: 3000 + 137*run}
		s, _, err := openStore(dir, at, f.open)
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		want := map[string]bool{}
		submit := func(from, to int) {
			var all sync.WaitGroup
			for n := from; n < to; n++ {
				all.Go(func() {
					l := line(n, strings.Repeat("z", n%200))
					_, err := s.Append("cafe", l)
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						refused++
						return
					}
					want[l.ID] = true
				})
			}
			all.Wait()
		}
		submit(0, 30)
		f.mu.Lock()
		f.room = -1 // somebody made room
		f.mu.Unlock()
		submit(0, 40)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		found := kept(t, dir)
		acked += len(want)
		for id := range want {
			if found[id] == 0 {
				lost++
			}
			if found[id] > 1 {
				doubled++
			}
		}
		if len(found) != 40 {
			t.Errorf("run %d: %d responses after all were sent again, want 40", run, len(found))
		}
	}
	t.Logf("full disk: 40 runs, %d acknowledged, %d refused, %d lost, %d doubled", acked, refused, lost, doubled)
	if lost+doubled > 0 || refused == 0 {
		t.Fail()
	}
}

func TestAfterAFailedFlushNothingIsAcknowledged(t *testing.T) {
	dir := t.TempDir()
	f := &faults{room: -1, syncAt: 4}
	s, _, err := openStore(dir, at, f.open)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	refused := 0
	for n := range 10 {
		l := line(n, "")
		if _, err := s.Append("cafe", l); err == nil {
			want[l.ID] = true
		} else if refused++; !errors.Is(err, errPoisoned) {
			t.Errorf("got %v, want errPoisoned", err)
		}
	}
	if _, healthy := s.Counts(); healthy {
		t.Error("healthy after a failed flush")
	}
	if len(want) != 3 || refused != 7 {
		t.Errorf("%d acknowledged and %d refused, want 3 and 7", len(want), refused)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, _, err = OpenStore(dir, at)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for n := range 10 {
		got, err := s.Append("cafe", line(n, ""))
		if err != nil || want[line(n, "").ID] != (got == Duplicate) && n != 3 {
			t.Errorf("response %d after a new start: %v, %v", n, got, err)
		}
	}
	if found := kept(t, dir); len(found) != 10 {
		t.Errorf("%d responses, want 10", len(found))
	}
	t.Logf("failed flush: 3 acknowledged, 7 refused, 0 lost, 0 doubled; all taken after a new start")
}

func TestOneIDIsKeptOnce(t *testing.T) {
	dir := t.TempDir()
	s, _, err := OpenStore(dir, at)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	count := map[Outcome]int{}
	var all sync.WaitGroup
	for n := range 40 {
		all.Go(func() {
			got, err := s.Append("cafe", line(1, strings.Repeat("b", n%2)))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			count[got]++
			mu.Unlock()
		})
	}
	all.Wait()
	if count[Stored] != 1 || count[Duplicate] != 19 || count[Conflict] != 20 {
		t.Errorf("got %v, want 1 stored, 19 duplicates, 20 conflicts", count)
	}
	if _, _, err := OpenStore(dir, at); !errors.Is(err, ErrLocked) {
		t.Errorf("a second collector: %v, want ErrLocked", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if found := kept(t, dir); len(found) != 1 {
		t.Errorf("%d responses, want 1", len(found))
	}
}

func TestTheStartMendsAndReports(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(dir+"/cafe", 0o700); err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Replace(line(2, "was").Append(nil), []byte("was"), []byte("now"), 1)
	body := append(line(1, "").Append(nil), damaged...)
	body = line(3, "").Append(body)
	body = append(body, line(4, "torn").Append(nil)[:90]...)
	if err := os.WriteFile(dir+"/cafe/2026-10.jsonl", body, 0o600); err != nil {
		t.Fatal(err)
	}
	s, findings, err := OpenStore(dir, at)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	want := []Finding{{File: "cafe/2026-10.jsonl", Line: 2}, {File: "cafe/2026-10.jsonl", Torn: 90}}
	if len(findings) != 2 || findings[0] != want[0] || findings[1] != want[1] {
		t.Errorf("found %v, want %v", findings, want)
	}
	if q, _ := os.ReadFile(dir + "/cafe/quarantine.jsonl"); !bytes.Contains(q, []byte("now")) {
		t.Error("the damaged line is not in quarantine.jsonl")
	}
	for n, want := range map[int]Outcome{1: Duplicate, 3: Duplicate, 4: Stored} {
		if got, err := s.Append("cafe", line(n, map[int]string{4: "torn"}[n])); got != want || err != nil {
			t.Errorf("response %d: %v, %v; want %v", n, got, err, want)
		}
	}
}
