package table

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// headSize is how much of a file decides its encoding, in bytes.
const headSize = 256 << 10

// coding is how the bytes of a file stand for text.
type coding struct {
	name    string            // "" for UTF-8
	decoder encoding.Encoding // nil for UTF-8
	mark    int               // bytes of the byte order mark
	told    bool              // the author has not named it
}

// codingAliases are names of code pages that the indexes lack.
var codingAliases = map[string]encoding.Encoding{
	"cp949": korean.EUCKR, "ms949": korean.EUCKR, "uhc": korean.EUCKR, "windows-949": korean.EUCKR,
	"cp936": simplifiedchinese.GB18030, "ms936": simplifiedchinese.GB18030, "windows-936": simplifiedchinese.GB18030,
}

// IsEncoding reports whether files can be read in the encoding of this name.
func IsEncoding(name string) bool {
	_, ok := codingNamed(name)
	return ok
}

// codingNamed returns the encoding of a name of the WHATWG or the IANA index.
func codingNamed(name string) (coding, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "utf-8", "utf8":
		return coding{}, true
	case "replacement", "x-user-defined":
		return coding{}, false
	}
	found, ok := codingAliases[name]
	if !ok {
		var err error
		if found, err = htmlindex.Get(name); err != nil {
			found, err = ianaindex.IANA.Encoding(name)
		}
		if err != nil || found == nil {
			return coding{}, false
		}
	}
	return coding{name: name, decoder: found}, true
}

// marked returns the encoding that the byte order mark of a file states.
func marked(head []byte) (coding, bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return coding{mark: 3}, true
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return utf16(unicode.LittleEndian, 2), true
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return utf16(unicode.BigEndian, 2), true
	}
	return coding{}, false
}

func utf16(order unicode.Endianness, mark int) coding {
	name := "utf-16le"
	if order == unicode.BigEndian {
		name = "utf-16be"
	}
	return coding{name, unicode.UTF16(order, unicode.IgnoreBOM), mark, true}
}

// readHead reads the first bytes of a file, up to size; end is why there are no more.
func readHead(body io.Reader, size int) (head []byte, end error) {
	head = make([]byte, size)
	n := 0
	for n < len(head) && end == nil {
		var m int
		m, end = body.Read(head[n:])
		n += m
	}
	return head[:n], end
}

// failed is a reader that has come to its end.
type failed struct{ end error }

func (f failed) Read([]byte) (int, error) { return 0, f.end }

// text finds out the encoding of a file and returns its content as UTF-8,
// nil where it cannot be read. A byte order mark wins over the name that the
// author gives, that over a guess.
func (r *reader) text(body io.Reader, f format, size int) io.Reader {
	head, end := readHead(body, min(size, headSize))
	if end != nil {
		body = failed{end}
	}
	c, ok := marked(head)
	if name := r.part.source.Encoding; !ok && name != "" {
		if c, ok = codingNamed(name); !ok {
			r.unknownEncoding(name)
			return nil
		}
	} else if !ok {
		if c, ok = r.guess(head, end != nil, f); !ok {
			r.notUTF8(1)
			return nil
		}
	}
	r.coding = c
	if c.told && c.name != "" {
		r.tellEncoding(c.name)
	}
	rest := io.MultiReader(bytes.NewReader(head[c.mark:]), body)
	if c.decoder == nil {
		return rest
	}
	return transform.NewReader(rest, c.decoder.NewDecoder())
}

// garbled reports whether a text holds what its bytes do not mean in the
// encoding they were read in.
func (r *reader) garbled(text []byte) bool {
	return !utf8.Valid(text) || r.coding.decoder != nil && bytes.Contains(text, []byte("\uFFFD"))
}
