package collect

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"manyi/internal/inbox"
)

// ErrLocked says that another process writes into the data folder.
var ErrLocked = errors.New("another collector writes into this folder")

// errClosed says that the store takes no more.
var errClosed = errors.New("the collector is stopping")

// Unmatched is the folder of submissions to surveys that the workspace does not have.
const Unmatched = "_unmatched"

// Outcome is what became of a line that is safe on the disk.
type Outcome uint8

// The outcomes.
const (
	Stored    Outcome = iota
	Duplicate         // the same was there before
	Conflict          // another one of this id was there; this one is in conflicts.jsonl
)

// aside says in which file a line goes.
type aside uint8

const (
	counted aside = iota
	suspect       // most likely a robot's: suspects.jsonl
)

// Store keeps the lines of every survey: data/<survey>/<yyyy-mm>.jsonl.
type Store struct {
	root *os.Root
	lock *os.File
	now  func() time.Time
	open opener

	mu     sync.RWMutex
	logs   map[string]*journal
	closed bool
}

// OpenStore opens a data folder, reads what is there and mends what a crash left.
func OpenStore(dir string, now func() time.Time) (*Store, []Finding, error) {
	return openStore(dir, now, openDisk)
}

func openStore(dir string, now func() time.Time, open opener) (*Store, []Finding, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	held, err := lock(root)
	if err != nil {
		return nil, nil, errors.Join(err, root.Close())
	}
	s := &Store{root: root, lock: held, now: now, open: open, logs: map[string]*journal{}}
	findings, err := s.load()
	if err != nil {
		return nil, findings, errors.Join(err, s.Close())
	}
	return s, findings, nil
}

// load opens the journal of every survey that has one.
func (s *Store) load() ([]Finding, error) {
	var findings []Finding
	for _, name := range folders(s.root) {
		if name != Unmatched && !inbox.IsSurvey(name) {
			continue
		}
		_, found, err := s.journal(name)
		findings = append(findings, found...)
		if err != nil {
			return findings, err
		}
	}
	return findings, nil
}

func folders(root *os.Root) []string {
	f, err := root.Open(".")
	if err != nil {
		return nil
	}
	defer f.Close()
	entries, _ := f.ReadDir(-1) // what cannot be listed is made anew, or fails then
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	slices.Sort(out)
	return out
}

// journal returns the journal of a survey and makes it where there is none.
func (s *Store) journal(survey string) (*journal, []Finding, error) {
	s.mu.RLock()
	j, closed := s.logs[survey], s.closed
	s.mu.RUnlock()
	if closed {
		return nil, nil, errClosed
	}
	if j != nil {
		return j, nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.logs[survey]; j != nil || s.closed {
		return j, nil, nil
	}
	if err := s.root.Mkdir(survey, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, nil, err
	}
	if err := syncFolder(s.root); err != nil {
		return nil, nil, err
	}
	folder, err := s.root.OpenRoot(survey)
	if err != nil {
		return nil, nil, err
	}
	j, findings, err := openJournal(survey, folder, s.now, s.open)
	if err != nil {
		return nil, findings, fmt.Errorf("open the answers of %q: %w", survey, errors.Join(err, folder.Close()))
	}
	s.logs[survey] = j
	return j, findings, nil
}

// Append keeps a line; when it returns without an error, the line is on the disk.
func (s *Store) Append(survey string, line inbox.Line) (Outcome, error) {
	return s.append(survey, line, counted)
}

func (s *Store) append(survey string, line inbox.Line, to aside) (Outcome, error) {
	j, _, err := s.journal(survey)
	if err != nil {
		return 0, err
	}
	if j == nil {
		return 0, errClosed
	}
	return j.append(line, to)
}

// Counts are the numbers of one survey since the beginning of its files, but
// for what was repeated, which is since the program started.
type Counts struct {
	Stored     int `json:"stored"`
	Duplicates int `json:"duplicates"`
	Conflicts  int `json:"conflicts"`
	Suspects   int `json:"suspects"`
	Opened     int `json:"opened"` // pages that were fetched since the start
}

// Counts returns the numbers of every survey; healthy is false where a disk failed.
func (s *Store) Counts() (counts map[string]Counts, healthy bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	counts, healthy = map[string]Counts{}, !s.closed
	for name, j := range s.logs {
		c, ok := j.counts()
		counts[name], healthy = c, healthy && ok
	}
	return counts, healthy
}

// Close writes what is queued, flushes it and lets go of the folder.
func (s *Store) Close() error {
	s.mu.Lock()
	s.closed = true
	logs := s.logs
	s.mu.Unlock()
	var err error
	for _, j := range logs {
		err = errors.Join(err, j.close())
	}
	return errors.Join(err, s.lock.Close(), s.root.Close())
}
