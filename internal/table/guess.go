package table

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// guess returns the encoding of a file that nothing names. Whatever is not
// UTF-8 must prove itself: decoded, the head of the file has no faults,
// encodes to the same bytes, and its columns are those of the survey. It
// returns false where the header makes no sense in any encoding known.
func (r *reader) guess(head []byte, whole bool, f format) (coding, bool) {
	if c, ok := pairs(head); ok && r.proves(c, head[:len(head)&^1], f) {
		return c, true
	}
	lines := head // without the last, which may be torn
	if i := bytes.LastIndexByte(head, '\n'); i >= 0 {
		lines = head[:i+1]
	}
	if utf8.Valid(head) || !whole && utf8.Valid(lines) {
		return coding{}, true
	}
	first, _, _ := bytes.Cut(head, []byte("\n"))
	header := utf8.Valid(first)
	if header && !utf8.Valid(lines) && mostlyUTF8(lines) {
		return coding{}, true
	}
	c := coding{"gb18030", simplifiedchinese.GB18030, 0, true}
	for _, text := range [][]byte{head, lines} {
		if !utf8.Valid(text) && likelyChinese(text) && r.proves(c, text, f) {
			return c, true
		}
	}
	return coding{}, header
}

// pairs guesses UTF-16 without a mark: every other byte of a header is zero.
func pairs(head []byte) (coding, bool) {
	head = head[:min(len(head), 64)]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > len(head)/4 && zeros[0] == 0:
		return utf16(unicode.LittleEndian, 0), true
	case zeros[0] > len(head)/4 && zeros[1] == 0:
		return utf16(unicode.BigEndian, 0), true
	}
	return coding{}, false
}

// mostlyUTF8 reports whether a text that is not all UTF-8 still is more of
// it than not: a file with some damaged bytes.
func mostlyUTF8(text []byte) bool {
	good, bad := 0, 0
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		switch {
		case c == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		text = text[size:]
	}
	return good >= bad
}

// likelyChinese reports whether at least nine of ten characters beyond ASCII
// are of GB 2312. Latin, Japanese and traditional Chinese encodings, read so,
// give many that are not.
func likelyChinese(text []byte) bool {
	common, all := 0, 0
	for i := 0; i < len(text); i++ {
		if text[i] < utf8.RuneSelf {
			continue
		}
		all++
		if i+1 == len(text) {
			break
		}
		lead, trail := text[i], text[i+1]
		if trail >= 0xA1 && (lead >= 0xB0 && lead <= 0xF7 || lead >= 0xA1 && lead <= 0xA9) {
			common++
		}
		if trail >= '0' && trail <= '9' {
			i += 2 // of four bytes
		}
		i++
	}
	return 10*common >= 9*all
}

// proves reports whether the head of a file fits an encoding and the survey.
func (r *reader) proves(c coding, head []byte, f format) bool {
	text, err := c.decoder.NewDecoder().Bytes(head)
	if err != nil || bytes.Contains(text, []byte("\uFFFD")) {
		return false
	}
	back, err := c.decoder.NewEncoder().Bytes(text)
	return err == nil && bytes.Equal(head, back) && (r.plan.foreign || r.fits(names(text, f)))
}

// fits reports whether columns of these names can be answers of the survey:
// one is known, and where any is beyond ASCII, one of those is.
func (r *reader) fits(names [][]byte) bool {
	known, foreign, knownForeign := false, false, false
	for _, name := range names {
		as := r.role(name)
		_, mapped := r.names[trimName(string(name))]
		useful := as.field >= 0 || as.ticks != nil || as.weight || mapped
		known = known || useful
		if !isASCII(name) {
			foreign = true
			knownForeign = knownForeign || useful
		}
	}
	return known && (!foreign || knownForeign)
}

// names returns the names of columns that the head of a file shows.
func names(text []byte, f format) (names [][]byte) {
	switch f {
	case jsonFormat:
		first, _, _ := bytes.Cut(text, []byte("\n"))
		var members map[string]json.RawMessage
		if json.Unmarshal(first, &members) != nil {
			return nil
		}
		for name := range members {
			names = append(names, []byte(name))
		}
	case yamlFormat:
		const lines = 200
		for _, line := range bytes.SplitN(text, []byte("\n"), lines) {
			name, _, ok := bytes.Cut(line, []byte(":"))
			if ok {
				names = append(names, bytes.Trim(name, " -\"'"))
			}
		}
	default:
		s := newCSVScanner(newWindow(bytes.NewReader(text)))
		rec := &record{}
		if s.next(rec) != found {
			return nil
		}
		for _, c := range rec.cells {
			names = append(names, bytes.Clone(rec.text(c)))
		}
	}
	return names
}
