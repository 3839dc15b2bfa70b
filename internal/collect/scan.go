package collect

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"manyi/internal/inbox"
)

// mostLine is the longest line that is read, in bytes: a submission with every
// character of its armor escaped, and the rest of the line.
const mostLine = 1 << 20

// scanned is what stands in a file of lines.
type scanned struct {
	good int64          // bytes up to the end of the last whole line
	size int64          // bytes in all; those after good are torn
	bad  []badRow       // whole lines whose checksum or bond does not fit
	in   *inbox.Segment // nil: a file without bonds
}

// badRow is a damaged line.
type badRow struct {
	line int
	raw  []byte // its first mostLine bytes
}

// scan reads a file of lines and hands every sound one to take. A line counts
// only with its line feed, with a checksum that fits and, in a file with a head,
// with a bond to that file and to its place.
func scan(in io.Reader, take func(inbox.Line)) (scanned, error) {
	var out scanned
	r := bufio.NewReaderSize(in, mostLine)
	for line := 1; ; line++ {
		raw, err := r.ReadSlice('\n')
		length := int64(len(raw))
		long := errors.Is(err, bufio.ErrBufferFull)
		if long {
			raw = bytes.Clone(raw)
			for errors.Is(err, bufio.ErrBufferFull) {
				var more []byte
				more, err = r.ReadSlice('\n')
				length += int64(len(more))
			}
		}
		out.size += length
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out.good = out.size
		if line == 1 && !long {
			if out.in = inbox.ParseHead(raw); out.in != nil {
				continue
			}
		}
		l, broken := out.in.Parse(raw)
		if long || broken != nil {
			if len(bytes.TrimSpace(raw)) > 0 {
				out.bad = append(out.bad, badRow{line, bytes.Clone(raw)})
			}
			continue
		}
		take(l)
	}
}
