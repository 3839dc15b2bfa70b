package importer

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"

	"manyi/internal/diag"
)

// Counts is what became of the rows of an export.
type Counts struct {
	Read     int `json:"read"`
	New      int `json:"new"`
	Known    int `json:"known"`    // there already, with the same answers
	Finished int `json:"finished"` // a partial that is complete now: it took the place of the partial
	Replaced int `json:"replaced"` // changed, and --replace was given
	Conflict int `json:"conflict"` // changed: the first is kept
	Twice    int `json:"twice"`    // twice in the file
	Rejected int `json:"rejected"` // no row
	Partial  int `json:"partial"`  // of those read
}

// Written is what an import wrote, or would write.
type Written struct {
	Counts
	File    string // of responses
	Record  string // of provenance
	First   string // earliest and latest day of the responses
	Last    string
	Details []int // lines with conflicts, the first of them
}

const (
	conflictLimit = 10
	rowKey        = `,"_row":`
)

// entry is a response that is there already.
type entry struct {
	hash    uint64
	file    int32
	partial bool
	here    bool // of this file
}

// writer writes the records of an import.
type writer struct {
	plan     *Plan
	root     *os.Root
	out      *bufio.Writer
	have     map[uint64]entry
	files    []string
	instead  map[int32]map[uint64]bool // file -> ids whose lines give way
	counts   Written
	id       *Column
	times    [2]*Column // started, submitted
	seconds  *Column
	finished *Column
	language *Column
	rows     map[uint64]int // rows without an id: how many of one content
	line     bytes.Buffer
}

// Write reads the export once more and appends its new responses to
// surveys/<id>/responses/<name>.jsonl. Nothing is written where out is false.
// The file is written whole or not at all.
func (p *Plan) Write(root *os.Root, really bool, problems *diag.List) (Written, error) {
	name := p.name()
	w := &writer{plan: p, root: root, have: map[uint64]entry{}, instead: map[int32]map[uint64]bool{}, rows: map[uint64]int{}}
	w.counts.File = path.Join("surveys", p.Survey.ID, "responses", name+".jsonl")
	w.counts.Record = path.Join("surveys", p.Survey.ID, "imports", name+".yaml")
	f := p.Frame
	w.id, w.seconds, w.finished, w.language = f.column(ID), f.column(Seconds), f.column(Finished), f.column(Language)
	w.times = [2]*Column{f.column(Started), f.column(Submitted)}
	if err := w.known(); err != nil {
		return w.counts, err
	}
	hidden := path.Join(path.Dir(w.counts.File), "."+name+".new") // of a kind that no build reads
	var file *os.File
	var to io.Writer = io.Discard
	if really {
		if err := root.MkdirAll(path.Dir(w.counts.File), 0o755); err != nil {
			return w.counts, err
		}
		created, err := root.Create(hidden)
		if err != nil {
			return w.counts, err
		}
		file, to = created, created
	}
	w.out = bufio.NewWriterSize(to, 1<<18)
	err := errors.Join(w.all(problems), w.out.Flush())
	if file == nil {
		return w.counts, err
	}
	if err == nil && w.counts.New+w.counts.Finished+w.counts.Replaced > 0 {
		err = w.join(file)
	}
	err = errors.Join(err, file.Close())
	return w.counts, errors.Join(err, ignoreMissing(root.Remove(hidden)))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// name is what the files of the import are called.
func (p *Plan) name() string {
	return cmp.Or(p.Options.Name, p.Options.Wave, stem(p.Frame.file.source.Name), p.Frame.Tool.Name)
}

// known reads which responses imports have written already.
func (w *writer) known() error {
	folder := path.Dir(w.counts.File)
	entries, err := fs.ReadDir(w.root.FS(), folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || path.Ext(e.Name()) != ".jsonl" {
			continue
		}
		name := path.Join(folder, e.Name())
		at := int32(len(w.files))
		w.files = append(w.files, name)
		err = errors.Join(err, eachLine(w.root, name, func(line []byte) error {
			if id, body, ok := ours(line); ok {
				w.have[hash(id)] = entry{hash: hash(body), file: at, partial: bytes.Contains(line, []byte(`,"_submitted":null`))}
			}
			return nil
		}))
	}
	return err
}

func eachLine(root *os.Root, name string, take func(line []byte) error) error {
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<18)
	for {
		line, err := r.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := take(line); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// ours cuts a line that an import wrote: its id, and what is compared.
func ours(line []byte) (id, body []byte, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte(`{"_id":"`))
	at := bytes.LastIndex(rest, []byte(rowKey))
	end := bytes.IndexByte(rest, '"')
	if !ok || at < 0 || end < 0 || at < end {
		return nil, nil, false
	}
	return rest[:end], rest[:at], true
}

func hash(b []byte) uint64 {
	h := fnv.New64a()
	h.Write(b)
	return h.Sum64()
}

// all turns every row into a record.
func (w *writer) all(problems *diag.List) error {
	row, rec := 0, newRecord()
	var failed error
	var quiet diag.List // the first look told
	f := w.plan.Frame
	err := f.file.each(&quiet, func(line int, cells []string) bool {
		row++
		if row <= f.Header {
			return true
		}
		w.counts.Read++
		w.plan.take(rec, cells)
		failed = w.record(rec, cells, line)
		return failed == nil
	})
	lost := f.file.info.Lost
	w.counts.Read += lost
	w.counts.Rejected += lost
	w.tellConflicts(problems)
	return errors.Join(err, failed)
}

func (w *writer) tellConflicts(problems *diag.List) {
	for i, line := range w.counts.Details {
		problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "import-conflict", Place: diag.Place{File: w.plan.Frame.file.source.Name, Line: line},
			Summary: diag.Say("this response was imported before with other answers, which are kept"),
			Cure:    diag.Say("--replace takes the newer answers; --wave keeps rounds apart whose numbers begin anew"),
		})
		if i+1 == conflictLimit {
			return
		}
	}
}

// record writes one response, if it is new.
func (w *writer) record(rec *record, cells []string, line int) error {
	id := w.identity(cells)
	w.line.Reset()
	w.line.WriteString(`{"_id":`)
	w.text(id)
	partial := w.meta(cells)
	if partial {
		w.counts.Partial++
	}
	for _, key := range w.plan.order {
		w.value(rec, key)
	}
	_, body, _ := ours(append(w.line.Bytes(), rowKey+"0"...))
	e, there := w.have[hash([]byte(escaped(id)))]
	mine := entry{hash: hash(body), file: -1, partial: partial, here: true}
	switch {
	case !there:
		w.counts.New++
	case e.hash == mine.hash && e.here:
		w.counts.Twice++
		return nil
	case e.hash == mine.hash:
		w.counts.Known++
		return nil
	case !e.here && e.partial && !partial:
		w.counts.Finished++
		w.giveWay(e.file, id)
	case !e.here && w.plan.Options.Replace:
		w.counts.Replaced++
		w.giveWay(e.file, id)
	default:
		w.counts.Conflict++
		if len(w.counts.Details) < conflictLimit {
			w.counts.Details = append(w.counts.Details, line)
		}
		return nil
	}
	w.have[hash([]byte(escaped(id)))] = mine
	w.line.WriteString(rowKey + strconv.Itoa(line) + "}\n")
	_, err := w.out.Write(w.line.Bytes())
	return err
}

func (w *writer) giveWay(file int32, id string) {
	if w.instead[file] == nil {
		w.instead[file] = map[uint64]bool{}
	}
	w.instead[file][hash([]byte(escaped(id)))] = true
}

// join puts the new lines behind those that are there already.
func (w *writer) join(added *os.File) error {
	for at, ids := range w.instead {
		if w.files[at] == w.counts.File {
			continue
		}
		if err := w.rewrite(w.files[at], ids, nil); err != nil {
			return err
		}
	}
	if _, err := added.Seek(0, io.SeekStart); err != nil {
		return err
	}
	own := slices.Index(w.files, w.counts.File)
	return w.rewrite(w.counts.File, w.instead[int32(own)], added)
}

// rewrite writes a file of responses anew: without the lines of ids, and with more.
func (w *writer) rewrite(name string, ids map[uint64]bool, more io.Reader) error {
	hidden := path.Join(path.Dir(name), "."+path.Base(name)+".join")
	f, err := w.root.Create(hidden)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<18)
	err = eachLine(w.root, name, func(line []byte) error {
		if id, _, ok := ours(line); ok && ids[hash(id)] {
			return nil
		}
		if line[len(line)-1] != '\n' {
			line = append(line, '\n')
		}
		_, err := out.Write(line)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err == nil && more != nil {
		_, err = io.Copy(out, more)
	}
	if err := errors.Join(err, out.Flush(), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, w.root.Remove(hidden))
	}
	return w.root.Rename(hidden, name)
}

func itoa(n int) string { return strconv.Itoa(n) }
