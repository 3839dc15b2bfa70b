// Package inbox turns what receivers, relays and mail deliver into the response
// files of a survey: it knows the wire format of a survey page, the lines of
// the collector's files and the exports of others. Whatever it reads is
// hostile; whatever it reads is counted; it shows no answer.
package inbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"
)

// MostBytes is the most of one submission, in bytes.
const MostBytes = 256 << 10

// Envelope is what a survey page posts. Payload is the record as JSON or, sealed,
// as armored age text; its bytes are kept as they came.
type Envelope struct {
	Survey  string `json:"survey"`
	Version int    `json:"version"`
	Build   string `json:"build"`
	ID      string `json:"id"`
	Payload string `json:"payload"`
	Sealed  bool   `json:"sealed"`
	Token   string `json:"token,omitempty"`
	Trap    string `json:"hp"` // the field that only robots fill
}

// What may be wrong with a submission, in words for the program that sent it.
var (
	ErrNotJSON  = errors.New("not a JSON object")
	ErrSurvey   = errors.New("no survey id")
	ErrID       = errors.New("no response id")
	ErrPayload  = errors.New("no payload")
	ErrRecord   = errors.New("the payload is no record")
	ErrIdentity = errors.New("the payload is of another response")
	ErrSeal     = errors.New("the payload is not sealed")
)

var (
	surveyPattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)
	idPattern     = regexp.MustCompile(`^[a-z2-7]{26}$`)
	buildPattern  = regexp.MustCompile(`^[0-9a-z]{0,64}$`)
)

// IsSurvey reports whether a name may be that of a survey, and so of a folder.
func IsSurvey(name string) bool { return surveyPattern.MatchString(name) }

// ParseEnvelope reads an envelope of JSON and checks it.
func ParseEnvelope(data []byte) (Envelope, error) {
	var e Envelope
	if !single(data) || json.Unmarshal(data, &e) != nil {
		return e, ErrNotJSON
	}
	return e, e.check()
}

// check reports what is wrong with an envelope. A record names its response and
// its survey inside, so that nothing can be relabelled on the way.
func (e *Envelope) check() error {
	switch {
	case !IsSurvey(e.Survey):
		return ErrSurvey
	case !idPattern.MatchString(e.ID), !buildPattern.MatchString(e.Build):
		return ErrID
	case e.Payload == "" || !utf8.ValidString(e.Payload):
		return ErrPayload
	case e.Sealed:
		if !isArmor(e.Payload) {
			return ErrSeal
		}
		return nil
	}
	return e.checkRecord()
}

func (e *Envelope) checkRecord() error {
	body := []byte(e.Payload)
	if bytes.ContainsAny(body, "\r\n") || !single(body) {
		return ErrRecord
	}
	if Field(body, "_id") != e.ID || Field(body, "_survey") != e.Survey {
		return ErrIdentity
	}
	return nil
}

const (
	armorBegin = "-----BEGIN AGE ENCRYPTED FILE-----"
	armorEnd   = "-----END AGE ENCRYPTED FILE-----"
)

func isArmor(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, armorBegin) && strings.HasSuffix(text, armorEnd)
}

// mostDepth is how deep a record may be nested.
const mostDepth = 8

// single reports whether data is one JSON object in UTF-8 in which no object
// says a name twice.
func single(data []byte) bool {
	data = bytes.TrimSpace(data)
	return len(data) > 0 && data[0] == '{' && utf8.Valid(data) && json.Valid(data) && namesOnce(json.NewDecoder(bytes.NewReader(data)), 0)
}

// namesOnce walks one value of valid JSON.
func namesOnce(d *json.Decoder, depth int) bool {
	t, err := d.Token()
	delim, nested := t.(json.Delim)
	if err != nil || depth > mostDepth {
		return false
	}
	if !nested {
		return true
	}
	seen := map[string]bool{}
	for d.More() {
		if delim == '{' {
			name, err := d.Token()
			key, ok := name.(string)
			if err != nil || !ok || seen[key] {
				return false
			}
			seen[key] = true
		}
		if !namesOnce(d, depth+1) {
			return false
		}
	}
	_, err = d.Token()
	return err == nil
}

// Field is a text of a record, "" where there is none.
func Field(record []byte, name string) string {
	var all map[string]json.RawMessage
	var text string
	if json.Unmarshal(record, &all) != nil || json.Unmarshal(all[name], &text) != nil {
		return ""
	}
	return text
}

// Sum is what tells two submissions apart: SHA-256 of the id, a line feed and
// the payload as it came.
func Sum(id, payload string) [32]byte { return sha256.Sum256([]byte(id + "\n" + payload)) }

// base32Lower is base32 of RFC 4648 in lower case without padding.
var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Receipt is what a page shows and keeps: the first 20 characters of the sum in base32.
func Receipt(sum [32]byte) string { return base32Lower.EncodeToString(sum[:])[:20] }
