package inbox

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// trapNames are the names of the field that only robots fill, as pages of this and other versions call it.
var trapNames = []string{"hp", "_hp", "bot-field"}

// Trapped reports whether a form holds what only robots write.
func Trapped(values url.Values) bool {
	for _, name := range trapNames {
		if strings.TrimSpace(values.Get(name)) != "" {
			return true
		}
	}
	return false
}

// ErrForm says that a form is none of a survey page.
var ErrForm = errors.New("no form of a survey")

// Packed reads the envelope from a form with one field payload: what a page
// with script sends to a relay; false where there is no such field.
func Packed(values url.Values) (Envelope, bool, error) {
	payload := values.Get("payload")
	if payload == "" {
		return Envelope{}, false, nil
	}
	if isArmor(payload) { // forms write line feeds as CR LF; the page made its receipt of the text before
		payload = strings.ReplaceAll(payload, "\r\n", "\n")
	}
	first := func(names ...string) string {
		for _, name := range names {
			if v := values.Get(name); v != "" {
				return v
			}
		}
		return ""
	}
	e := Envelope{Survey: first("survey", "_survey"), Build: first("build", "_build"), ID: first("id", "_id"), Payload: payload, Token: first("token", "_token"), Sealed: isArmor(payload)}
	e.Version, _ = strconv.Atoi(first("version", "_version"))
	if Trapped(values) {
		e.Trap = "1"
	}
	if !e.Sealed { // a relay may have kept the payload alone, and that says what it is
		if e.Survey == "" {
			e.Survey = Field([]byte(payload), "_survey")
		}
		if e.ID == "" || !idPattern.MatchString(e.ID) {
			e.ID = Field([]byte(payload), "_id")
		}
	}
	return e, true, e.check()
}

// mostFields is how many fields of a form are looked at.
const mostFields = 5000

// FormRecord makes the record of a form without script: one field a column. A
// repeated field is the list of a multiple choice. Columns that the survey does
// not name are left out. An empty field is a question without an answer.
func FormRecord(s *survey.Survey, values url.Values, id string, at time.Time) ([]byte, error) {
	if len(values) > mostFields || values.Get("_survey") != s.ID {
		return nil, ErrForm
	}
	record := map[string]any{"_id": id, "_survey": s.ID, "_version": s.Version, "_mode": "form", "_js": 0}
	if v, err := strconv.Atoi(values.Get("_version")); err == nil && v > 0 {
		record["_version"] = v
	}
	for _, name := range []string{"_build", "_lang", "_token", "_withdrawal"} {
		if v := values.Get(name); v != "" && len(v) <= 200 {
			record[name] = strings.ToValidUTF8(v, "\ufffd")
		}
	}
	if !at.IsZero() {
		record["_submitted"] = at.Format(time.RFC3339)
	}
	for _, f := range s.Schema().Fields {
		if v, ok := cellOf(f, values); ok {
			record[f.ID] = v
		}
	}
	out, err := json.Marshal(record)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// cellOf is what a form says of a column; false where it does not hold it. A
// tick that is not sent was not made, where any other of its list was, or the
// list has a field of its own.
func cellOf(f table.Field, values url.Values) (any, bool) {
	sent, ok := values[f.ID]
	if f.Kind != table.Tick {
		if !ok {
			return nil, false
		}
		if v := strings.ToValidUTF8(strings.TrimSpace(sent[0]), "\ufffd"); v != "" {
			return v, true
		}
		return nil, true
	}
	if ok {
		return sent[0], true
	}
	if slices.Contains(values[f.Question], f.Option) {
		return "1", true
	}
	if _, ok := values[f.Question]; ok {
		return "0", true
	}
	for name := range values {
		if strings.HasPrefix(name, f.Question+"_") && !strings.HasSuffix(name, "_text") {
			return "0", true
		}
	}
	return nil, false
}

// TooFast reports whether a record says that fewer seconds than least went by
// from its start to its end. One that does not say is not too fast.
func TooFast(record []byte, least int) bool {
	from, err := time.Parse(time.RFC3339, Field(record, "_started"))
	to, also := time.Parse(time.RFC3339, Field(record, "_submitted"))
	return err == nil && also == nil && to.Sub(from) < time.Duration(least)*time.Second
}
