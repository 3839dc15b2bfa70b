package collect

import (
	"errors"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"

	"manyi/internal/inbox"
)

// mostBatch is how many lines are flushed at once; mostSegment when a new file
// is begun, in bytes.
const (
	mostBatch   = 256
	mostSegment = 64 << 20
)

// digest is enough of a hash to tell submissions apart.
type digest [16]byte

// request is a line on its way to the disk.
type request struct {
	id, sum digest
	whole   [32]byte
	line    []byte // but for its end, which the file gives
	to      aside
	done    chan result
}

// requests are used again: their line has room, their channel is empty.
var requests = sync.Pool{New: func() any { return &request{done: make(chan result, 1)} }}

type result struct {
	outcome Outcome
	err     error
}

// journal is the answers of one survey. One goroutine writes: it takes all
// that is waiting, writes it at once, flushes once and then answers, so that
// batches grow with the load by themselves and no timer is needed.
type journal struct {
	survey string
	folder *os.Root
	now    func() time.Time
	open   opener
	queue  chan *request
	ended  chan struct{}

	closing sync.RWMutex
	closed  bool

	// Of the writer alone, but for tally.
	known    map[digest]digest // id -> sum
	main     *segment
	month    string
	part     int
	beside   map[string]*segment       // conflicts.jsonl, suspects.jsonl
	heads    map[string]*inbox.Segment // of the files that were read, by name
	poisoned bool

	mu    sync.Mutex
	tally Counts
	sick  bool
}

func openJournal(survey string, folder *os.Root, now func() time.Time, open opener) (*journal, []Finding, error) {
	j := &journal{
		survey: survey, folder: folder, now: now, open: open, queue: make(chan *request, mostBatch), ended: make(chan struct{}),
		known: map[digest]digest{}, beside: map[string]*segment{}, heads: map[string]*inbox.Segment{},
	}
	findings, err := j.recover()
	if err != nil {
		return nil, findings, err
	}
	go j.run()
	return j, findings, nil
}

// append hands a line to the writer and waits for its fate.
func (j *journal) append(line inbox.Line, to aside) (Outcome, error) {
	r := requests.Get().(*request)
	r.id, r.sum, r.whole, r.to = idDigest(line.ID), digest(line.Sum[:16]), line.Sum, to
	r.line = line.Open(r.line[:0])
	j.closing.RLock()
	if j.closed {
		j.closing.RUnlock()
		return 0, errClosed
	}
	j.queue <- r
	j.closing.RUnlock()
	got := <-r.done
	requests.Put(r)
	return got.outcome, got.err
}

func idDigest(id string) digest {
	sum := inbox.Sum(id, "")
	return digest(sum[:16])
}

// run is the writer.
func (j *journal) run() {
	defer close(j.ended)
	batch := make([]*request, 0, mostBatch)
	for first := range j.queue {
		batch = append(batch[:0], first)
		runtime.Gosched() // those who were just answered may ask again: a fuller batch for the same flush
	fill:
		for len(batch) < mostBatch {
			select {
			case r, ok := <-j.queue:
				if !ok {
					break fill
				}
				batch = append(batch, r)
			default:
				break fill
			}
		}
		j.commit(batch)
	}
}

// commit decides the fate of each line of a batch.
func (j *journal) commit(batch []*request) {
	if j.poisoned {
		reply(batch, result{err: errPoisoned})
		return
	}
	pending := map[digest]*request{}
	var fresh, conflicts, suspects, repeats, late []*request
	for _, r := range batch {
		sum, old := j.known[r.id]
		first := pending[r.id]
		switch {
		case r.to == suspect:
			suspects = append(suspects, r)
		case old && sum == r.sum:
			repeats = append(repeats, r)
		case old, first != nil && first.sum != r.sum:
			conflicts = append(conflicts, r)
		case first != nil:
			late = append(late, r) // as safe as the first, once that is
		default:
			pending[r.id] = r
			fresh = append(fresh, r)
		}
	}
	j.count(func(c *Counts) { c.Duplicates += len(repeats) })
	reply(repeats, result{outcome: Duplicate})
	j.store(fresh, j.segment, result{outcome: Stored}, func(r *request) { j.known[r.id] = r.sum })
	for _, r := range late {
		if _, safe := j.known[r.id]; safe {
			j.count(func(c *Counts) { c.Duplicates++ })
			reply([]*request{r}, result{outcome: Duplicate})
		} else {
			reply([]*request{r}, result{err: errNotFirst})
		}
	}
	j.store(conflicts, j.besides("conflicts.jsonl"), result{outcome: Conflict}, nil)
	j.store(suspects, j.besides("suspects.jsonl"), result{outcome: Stored}, nil)
}

var errNotFirst = errors.New("the same submission is on its way")

func reply(all []*request, r result) {
	for _, one := range all {
		one.done <- r
	}
}

// store writes lines at once, or one by one where that fails: a full disk may
// still have room for some. Those that are safe are told so.
func (j *journal) store(all []*request, at func() (*segment, error), good result, safe func(*request)) {
	if len(all) == 0 {
		return
	}
	err := j.write(all, at)
	if err != nil && len(all) > 1 && !errors.Is(err, errPoisoned) {
		for _, r := range all {
			j.store([]*request{r}, at, good, safe)
		}
		return
	}
	if err != nil {
		reply(all, result{err: err})
		return
	}
	j.count(func(c *Counts) {
		switch {
		case all[0].to == suspect:
			c.Suspects += len(all)
		case good.outcome == Conflict:
			c.Conflicts += len(all)
		default:
			c.Stored += len(all)
		}
	})
	for _, r := range all {
		if safe != nil {
			safe(r)
		}
	}
	reply(all, good)
}

func (j *journal) write(all []*request, at func() (*segment, error)) error {
	if j.poisoned {
		return errPoisoned
	}
	s, err := at()
	if err != nil {
		return err
	}
	if err = s.append(s.lines(all)); errors.Is(err, errPoisoned) {
		j.poisoned = true
		j.mu.Lock()
		j.sick = true
		j.mu.Unlock()
	}
	return err
}

// segment is the file of the month, or the next one where it is full.
func (j *journal) segment() (*segment, error) {
	month := j.now().UTC().Format("2006-01")
	if j.main != nil && month == j.month && j.main.good < mostSegment {
		return j.main, nil
	}
	part := 1
	if month == j.month {
		part = j.part
		if j.main != nil {
			part++
		}
	}
	for ; ; part++ {
		next, err := j.attach(segmentName(month, part))
		if err != nil {
			return nil, err
		}
		if next.good >= mostSegment || next.in == nil { // a file without bonds is not written to any more
			if err := next.disk.Close(); err != nil {
				return nil, err
			}
			continue
		}
		if j.main != nil {
			if err := j.main.disk.Close(); err != nil {
				return nil, errors.Join(err, next.disk.Close())
			}
		}
		j.main, j.month, j.part = next, month, part
		return j.main, nil
	}
}

// attach opens a file of lines, which is made where there is none.
func (j *journal) attach(name string) (*segment, error) {
	info, err := j.folder.Lstat(name)
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0 {
		in := inbox.NewSegment(j.survey + "/" + name)
		if err := born(j.folder, name, in); err != nil {
			return nil, err
		}
		j.heads[name] = in
	}
	d, size, err := j.open(j.folder, name)
	if err != nil {
		return nil, err
	}
	return &segment{disk: d, good: size, in: j.heads[name]}, nil
}

// segmentName is 2026-11.jsonl, then 2026-11.2.jsonl …
func segmentName(month string, part int) string {
	if part > 1 {
		return month + "." + strconv.Itoa(part) + ".jsonl"
	}
	return month + ".jsonl"
}

// besides is a file for lines that do not count.
func (j *journal) besides(name string) func() (*segment, error) {
	return func() (*segment, error) {
		if s := j.beside[name]; s != nil {
			return s, nil
		}
		made, err := j.attach(name)
		if err != nil {
			return nil, err
		}
		j.beside[name] = made
		return j.beside[name], nil
	}
}

func (j *journal) count(change func(*Counts)) {
	j.mu.Lock()
	change(&j.tally)
	j.mu.Unlock()
}

func (j *journal) counts() (Counts, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.tally, !j.sick
}

// close lets the writer finish what is queued.
func (j *journal) close() error {
	j.closing.Lock()
	already := j.closed
	j.closed = true
	j.closing.Unlock()
	if already {
		return nil
	}
	close(j.queue)
	<-j.ended
	var err error
	if j.main != nil {
		err = j.main.disk.Close()
	}
	for _, s := range j.beside {
		err = errors.Join(err, s.disk.Close())
	}
	return errors.Join(err, j.folder.Close())
}
