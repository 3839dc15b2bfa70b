// Package importer brings answers that came another way than by a receiver
// into the files of a survey. It decides which are new; it shows no answer.
package importer

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"manyi/internal/diag"
)

// Fault is a response code that could not be read. Line counts from 1.
type Fault struct {
	Line    int
	Summary diag.Phrase
}

// Limits of one code, far above what a survey page makes.
const (
	mostCharacters = 1 << 20 // of a code
	mostBytes      = 4 << 20 // of the record in it
)

// start is how a code begins; 1 is no character of base32, so it is in no code.
var start = regexp.MustCompile(`(?i)M1[\s>]*\.`)

// ParseCodes finds the response codes in a text: a chat, a mail with quotes, a
// list. A code is "M1." and base32 (RFC 4648, upper or lower case) of a record
// as raw-deflated JSON and the CRC-32 (IEEE) of that JSON, most significant
// byte first. Blanks, line breaks, signs of quoting and what follows a code
// make no difference, since a deflated stream says where it ends. The records
// are in the order of the text; lines tells where each begins.
func ParseCodes(data []byte) (records []json.RawMessage, lines []int, faults []Fault) {
	places := start.FindAllIndex(data, -1)
	line, counted := 1, 0
	reader := flate.NewReader(strings.NewReader("")) // one for all: a text may begin many codes and end none
	for i, at := range places {
		line += bytes.Count(data[counted:at[0]], []byte("\n"))
		counted = at[0]
		end := len(data)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		record, err := decode(reader, data[at[1]:end])
		if err != nil {
			faults = append(faults, Fault{line, said(err)})
			continue
		}
		records, lines = append(records, record), append(lines, line)
	}
	return records, lines, faults
}

// What may be wrong with a code.
var (
	errCut     = errors.New("cut")
	errDamaged = errors.New("damaged")
	errLarge   = errors.New("large")
	errForeign = errors.New("foreign")
)

func said(err error) diag.Phrase {
	switch {
	case errors.Is(err, errCut):
		return diag.Say("the response code is cut off")
	case errors.Is(err, errLarge):
		return diag.Say("the response code is larger than any survey makes")
	case errors.Is(err, errForeign):
		return diag.Say("the response code holds no response")
	}
	return diag.Say("the response code is damaged: its check does not fit")
}

// decode reads one code from the start of text.
func decode(reader io.Reader, text []byte) (json.RawMessage, error) {
	packed := bytes.NewReader(unbase32(text))
	if err := reader.(flate.Resetter).Reset(packed, nil); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(reader, mostBytes+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errCut
	case err != nil:
		return nil, errDamaged
	case len(body) > mostBytes:
		return nil, errLarge
	}
	var check [4]byte
	if _, err := io.ReadFull(packed, check[:]); err != nil {
		return nil, errCut
	}
	if binary.BigEndian.Uint32(check[:]) != crc32.ChecksumIEEE(body) {
		return nil, errDamaged
	}
	var record map[string]json.RawMessage
	if !utf8.Valid(body) || json.Unmarshal(body, &record) != nil || len(record) == 0 {
		return nil, errForeign
	}
	var line bytes.Buffer // a record is one line of a file, so no line break may stay between its parts
	if err := json.Compact(&line, body); err != nil {
		return nil, errForeign
	}
	return line.Bytes(), nil
}

// noise is what mail programs and people put between the characters of a code.
const noise = " \t\r\n>|=*_-\u00a0\u3000\u00ad\u200b\u200c\u200d\u2060\ufeff"

// unbase32 returns the bytes of the characters up to one that is neither of
// base32 nor noise. Bits that do not fill a byte are dropped.
func unbase32(text []byte) []byte {
	var out []byte
	value, bits := uint32(0), 0
	for _, c := range string(text[:min(len(text), mostCharacters)]) {
		digit := strings.IndexRune("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", upper(c))
		if digit < 0 {
			if strings.ContainsRune(noise, c) {
				continue
			}
			break
		}
		value = value<<5 | uint32(digit)
		if bits += 5; bits >= 8 {
			bits -= 8
			out = append(out, byte(value>>bits))
			value &= 1<<bits - 1
		}
	}
	return out
}

// upper is the capital of a letter of ASCII; other letters of Unicode stay, so that none becomes one of base32.
func upper(c rune) rune {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}
