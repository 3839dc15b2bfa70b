package collect

import (
	"errors"
	"io"
	"os"
	"regexp"
	"slices"

	"manyi/internal/inbox"
)

// Finding is what the start of the collector found in its files. It names
// places, never an answer.
type Finding struct {
	File string // below the data folder
	Line int    // 0: the end of the file
	Torn int64  // bytes that a crash left without an end of line
}

var segmentPattern = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}(\.[0-9]+)?\.jsonl$`)

// recover reads every file of the survey: which ids are there, what is torn,
// what is damaged. Torn ends were never acknowledged; they are kept in a
// sidecar and cut off. Damaged lines stay and are copied to quarantine.jsonl.
func (j *journal) recover() ([]Finding, error) {
	names, err := j.files()
	if err != nil {
		return nil, err
	}
	var findings []Finding
	var broken []byte
	for _, name := range names {
		found, bad, err := j.read(name)
		findings = append(findings, found...)
		broken = append(broken, bad...)
		if err != nil {
			return findings, err
		}
	}
	if len(broken) > 0 {
		return findings, j.folder.WriteFile("quarantine.jsonl", broken, 0o600)
	}
	return findings, nil
}

func (j *journal) files() ([]string, error) {
	f, err := j.folder.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		beside := e.Name() == "conflicts.jsonl" || e.Name() == "suspects.jsonl"
		if e.Type().IsRegular() && (beside || segmentPattern.MatchString(e.Name())) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// read scans one file and mends its end.
func (j *journal) read(name string) ([]Finding, []byte, error) {
	f, err := j.folder.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	got, err := scan(f, func(l inbox.Line) {
		switch name {
		case "conflicts.jsonl":
			j.tally.Conflicts++
		case "suspects.jsonl":
			j.tally.Suspects++
		default:
			if id := idDigest(l.ID); j.known[id] == (digest{}) {
				j.known[id] = digest(l.Sum[:16])
				j.tally.Stored++
			}
		}
	})
	if err != nil {
		return nil, nil, err
	}
	if got.in != nil {
		j.heads[name] = got.in
	}
	var findings []Finding
	var bad []byte
	for _, b := range got.bad {
		findings = append(findings, Finding{File: j.survey + "/" + name, Line: b.line})
		bad = append(append(bad, b.raw...), '\n')
	}
	if got.good < got.size {
		findings = append(findings, Finding{File: j.survey + "/" + name, Torn: got.size - got.good})
		if err := j.cut(f, name, got); err != nil {
			return findings, bad, err
		}
	}
	return findings, bad, nil
}

// cut takes what follows the last whole line from a file and keeps it beside.
func (j *journal) cut(f *os.File, name string, got scanned) error {
	tail := make([]byte, min(got.size-got.good, mostLine))
	if _, err := f.ReadAt(tail, got.good); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if side, _, err := openDisk(j.folder, name+".torn"); err == nil { // on a full disk it cannot be kept, and is nobody's loss
		_, _ = side.Write(append(tail, '\n'))
		_ = side.Close()
	}
	return errors.Join(f.Truncate(got.good), f.Sync())
}
