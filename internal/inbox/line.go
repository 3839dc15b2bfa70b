package inbox

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"unicode/utf8"
)

// Line is one line of the collector's files. The checksum covers id and payload;
// the bond covers the checksum, the segment that the line stands in and its
// number there, so that a line that a file system shows from elsewhere, whole as
// it may be, is none of this file.
type Line struct {
	ID    string
	Sum   [32]byte
	Body  []byte // the record, as it came; nil where it is sealed
	Armor string

	number uint64 // 0: a line from before there were bonds
	bond   string
}

// Line is the envelope as the collector keeps it.
func (e *Envelope) Line() Line {
	l := Line{ID: e.ID, Sum: Sum(e.ID, e.Payload)}
	if e.Sealed {
		l.Armor = e.Payload
	} else {
		l.Body = []byte(e.Payload)
	}
	return l
}

// Open writes the line but for its end, which Segment.Close writes.
func (l Line) Open(to []byte) []byte {
	to = append(to, `{"id":"`...)
	to = append(to, l.ID...)
	to = append(to, `","sha256":"`...)
	to = hex.AppendEncode(to, l.Sum[:])
	if l.Body != nil {
		return append(append(to, `","body":`...), l.Body...)
	}
	armor, err := json.Marshal(l.Armor)
	if err != nil {
		panic("inbox: " + err.Error()) // a text always has a form in JSON
	}
	return append(append(to, `","armor":`...), armor...)
}

// Append writes a line without a bond, as files had before.
func (l Line) Append(to []byte) []byte { return append(l.Open(to), "}\n"...) }

// Segment is one file of lines: the random name in its first line, and the
// number of the line that was read or written last. Numbers grow; where one is
// left out, an answer was forgotten.
type Segment struct {
	ID   string
	File string // as the first line names it: survey/2026-11.jsonl
	last uint64
}

// NewSegment makes a segment for a file.
func NewSegment(file string) *Segment {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return &Segment{ID: base32Lower.EncodeToString(b[:]), File: file}
}

// Head writes the first line of the file.
func (s *Segment) Head(to []byte) []byte {
	to = append(append(to, `{"segment":"`...), s.ID...)
	return append(append(append(to, `","file":"`...), s.File...), "\"}\n"...)
}

// Close ends an opened line with its number and bond.
func (s *Segment) Close(to []byte, sum [32]byte) []byte {
	s.last++
	to = append(to, `,"n":`...)
	to = strconv.AppendUint(to, s.last, 10)
	to = append(to, `,"bond":"`...)
	return append(append(to, s.bond(s.last, sum)...), "\"}\n"...)
}

// bond is the first 16 bytes of SHA-256 over segment, file, number and checksum.
func (s *Segment) bond(number uint64, sum [32]byte) string {
	text := make([]byte, 0, 160)
	text = append(append(append(text, s.ID...), '\n'), s.File...)
	text = append(strconv.AppendUint(append(text, '\n'), number, 10), '\n')
	got := sha256.Sum256(append(text, sum[:]...))
	return hex.EncodeToString(got[:16])
}

// ParseHead reads the first line of a file; nil where that is none: the file is
// of a version without bonds.
func ParseHead(raw []byte) *Segment {
	if !bytes.HasPrefix(raw, []byte(`{"segment":`)) || !bytes.HasSuffix(raw, []byte("}\n")) {
		return nil
	}
	var in struct {
		Segment string `json:"segment"`
		File    string `json:"file"`
	}
	if json.Unmarshal(raw, &in) != nil || !idPattern.MatchString(in.Segment) {
		return nil
	}
	return &Segment{ID: in.Segment, File: in.File}
}

// ErrLine says that a line is none of the collector's, or is damaged.
var ErrLine = errors.New("the line is damaged: its checksum does not fit")

// Parse reads the next line of the segment and holds it against checksum and
// bond. Of no segment, it asks for the checksum alone.
func (s *Segment) Parse(raw []byte) (Line, error) {
	l, err := ParseLine(raw)
	if err != nil || s == nil {
		return l, err
	}
	if l.number <= s.last || l.bond != s.bond(l.number, l.Sum) {
		return Line{}, ErrLine
	}
	s.last = l.number
	return l, nil
}

// ParseLine reads a line and holds it against its checksum.
func ParseLine(raw []byte) (Line, error) {
	var in struct {
		ID     string          `json:"id"`
		SHA256 string          `json:"sha256"`
		Body   json.RawMessage `json:"body"`
		Armor  *string         `json:"armor"`
		Number uint64          `json:"n"`
		Bond   string          `json:"bond"`
	}
	if !utf8.Valid(raw) || json.Unmarshal(raw, &in) != nil || (in.Body == nil) == (in.Armor == nil) {
		return Line{}, ErrLine
	}
	l := Line{ID: in.ID, Body: in.Body, number: in.Number, bond: in.Bond}
	payload := string(in.Body)
	if in.Armor != nil {
		l.Armor, payload = *in.Armor, *in.Armor
	}
	l.Sum = Sum(l.ID, payload)
	if hex.EncodeToString(l.Sum[:]) != in.SHA256 {
		return Line{}, ErrLine
	}
	return l, nil
}
