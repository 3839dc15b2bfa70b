package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/seal"
)

// sealing is how the records of a file are sealed.
type sealing uint8

const (
	openFile    sealing = iota
	sealedFile          // the whole file is an age file: *.jsonl.age, *.csv.gz.age …
	sealedLines         // each line is a sealed record: *.sealed.jsonl
)

func sealingOf(name string) sealing {
	switch name = strings.ToLower(name); {
	case strings.HasSuffix(name, ".age"):
		return sealedFile
	case strings.HasSuffix(strings.TrimSuffix(name, ".gz"), ".sealed.jsonl"):
		return sealedLines
	}
	return openFile
}

// Sealed reports whether a file of this name holds sealed records, which are
// read only with a key.
func Sealed(name string) bool { return sealingOf(name) != openFile }

// unsealed replaces in by what is sealed in it; false where it cannot be read.
// A sealed file is read twice: nothing of it is used before its end was
// reached unchanged, and no plain text touches a disk.
func (r *reader) unsealed(in *input, source *Source) (bool, error) {
	if r.plan.opt.Keys.None() {
		r.part.count.SealedFiles++
		return false, nil
	}
	plain, err := r.plan.opt.Keys.Open(in.bytes())
	if err == nil {
		_, err = io.Copy(io.Discard, plain)
	}
	if err != nil {
		return false, r.stillSealed(err)
	}
	again, err := source.Open()
	if err != nil {
		return false, err
	}
	in.file.Close()
	in.file = again
	if plain, err = r.plan.opt.Keys.Open(in.bytes()); err != nil {
		return false, r.stillSealed(err)
	}
	in.file, in.at, in.size = struct {
		io.Reader
		io.Closer
	}{plain, again}, nil, -1
	return true, nil
}

// bytes are those the file had when it was opened.
func (in *input) bytes() io.Reader {
	if in.size >= 0 {
		return io.LimitReader(in.file, in.size)
	}
	return in.file
}

// stillSealed counts a sealed file that was not opened.
func (r *reader) stillSealed(err error) error {
	switch {
	case errors.Is(err, seal.ErrOtherKey):
		r.part.count.SealedFiles++
	case errors.Is(err, seal.ErrDamaged):
		r.part.count.Read++
		r.part.count.Rejected++
		r.lost("damaged-seal", diag.Place{File: r.part.source.Name}, diag.Say("the sealed file is cut off or was changed; nothing of it is used"), diag.Say("fetch the file again"))
	default:
		return err
	}
	return nil
}

// openedLines turns lines of sealed records into lines of plain ones: a blank
// line for one that stays sealed, a broken one for one that was changed, so
// that every record keeps the number of its line.
type openedLines struct {
	reader *reader
	in     *bufio.Reader
	rest   []byte
}

func (r *reader) openedLines(body io.Reader) io.Reader {
	return &openedLines{reader: r, in: bufio.NewReaderSize(body, 64<<10)}
}

func (o *openedLines) Read(p []byte) (int, error) {
	for len(o.rest) == 0 {
		line, err := o.in.ReadSlice('\n')
		var whole []byte
		for errors.Is(err, bufio.ErrBufferFull) {
			if whole = append(whole, line...); len(whole) > lineLimit {
				whole = whole[:lineLimit] // no record is that long: what is left of it is broken
			}
			line, err = o.in.ReadSlice('\n')
		}
		if whole != nil {
			line = append(whole, line...)
		}
		if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
			return 0, err
		}
		o.rest = append(o.rest[:0], o.reader.openedLine(line)...)
	}
	n := copy(p, o.rest)
	o.rest = o.rest[n:]
	return n, nil
}

var brokenLine = []byte("!\n")

func (r *reader) openedLine(line []byte) []byte {
	if len(bytes.TrimSpace(line)) == 0 {
		return []byte("\n")
	}
	var outer struct {
		ID     string `json:"_id"`
		Sealed string `json:"_sealed"`
	}
	if json.Unmarshal(line, &outer) != nil || outer.Sealed == "" {
		return brokenLine // a record in clear among sealed ones was put there by somebody else
	}
	plain, err := r.plan.opt.Keys.OpenAll([]byte(outer.Sealed))
	if errors.Is(err, seal.ErrOtherKey) {
		r.part.count.Sealed++
		return []byte("\n")
	}
	var inner struct {
		ID string `json:"_id"`
	}
	if err != nil || json.Unmarshal(plain, &inner) != nil || outer.ID != "" && outer.ID != inner.ID {
		return brokenLine // changed, or sent again under another id
	}
	var out bytes.Buffer
	if json.Compact(&out, plain) != nil {
		return brokenLine
	}
	out.WriteByte('\n')
	return out.Bytes()
}
