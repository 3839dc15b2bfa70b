package inbox

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"
)

// Item is one submission found in a file.
type Item struct {
	Survey string // where the source says it, or the record
	ID     string
	Record []byte // JSON on one line; nil where it is sealed or a form
	Armor  string
	Form   url.Values // of a page without script
	Token  string     // beside the record
	Trap   bool
	Line   int
	Fault  bool // it is a submission and cannot be read
}

// Parse finds the submissions in a file by what it looks like: lines of the
// collector, envelopes and webhooks as JSON, exports of relays as CSV or JSON,
// urlencoded lines, mails and texts with response codes or sealed answers.
func Parse(data []byte) []Item {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	trimmed := bytes.TrimSpace(data)
	switch {
	case len(trimmed) == 0:
		return nil
	case trimmed[0] == '{' || trimmed[0] == '[':
		return parseJSON(data)
	case looksMail(trimmed):
		return parseMail(data)
	case looksForm(trimmed):
		return parseForms(data)
	}
	if items, ok := parseCSV(data); ok {
		return items
	}
	return parseText(data)
}

// parseJSON reads JSON lines, or one document with a list in it.
func parseJSON(data []byte) []Item {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if ParseHead(append(bytes.Clone(first), '\n')) == nil && json.Valid(data) {
		var out []Item
		for _, one := range documents(data) {
			out = append(out, itemOf(one, 1))
		}
		return out
	}
	return parseLines(data)
}

// parseLines reads lines of JSON. Where the first is the head of a collector's
// file, every other has to be of that file.
func parseLines(data []byte) []Item {
	var out []Item
	var in *Segment
	line := 0
	for raw := range bytes.Lines(data) {
		line++
		if line == 1 {
			if in = ParseHead(raw); in != nil {
				continue
			}
		}
		switch raw = bytes.TrimSpace(raw); {
		case len(raw) == 0:
		case in != nil:
			out = append(out, lineItem(in, raw, line))
		default:
			out = append(out, itemOf(raw, line))
		}
	}
	return out
}

// lineItem reads a line of the collector.
func lineItem(in *Segment, raw []byte, line int) Item {
	l, err := in.Parse(raw)
	if err != nil {
		return Item{Line: line, Fault: true}
	}
	return Item{Survey: Field(l.Body, "_survey"), ID: l.ID, Record: l.Body, Armor: l.Armor, Line: line}
}

// documents are the objects of a JSON export: the object, the entries of a list,
// or those of the first list that an object holds.
func documents(data []byte) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(data, &list) == nil {
		return list
	}
	var wrapped map[string]json.RawMessage
	if json.Unmarshal(data, &wrapped) == nil {
		for _, name := range []string{"submissions", "items", "entries", "records", "results"} {
			if json.Unmarshal(wrapped[name], &list) == nil && len(list) > 0 {
				return list
			}
		}
	}
	return []json.RawMessage{data}
}

// wrappers are the keys below which webhooks put what was posted.
var wrappers = []string{"data", "body", "fields", "json", "form", "payload_json", "human_fields", "ordered_human_fields"}

// itemOf reads one object: a line of the collector, an envelope, a record, or
// something that holds one of these.
func itemOf(raw []byte, line int) Item {
	broken := Item{Line: line, Fault: true}
	if !utf8.Valid(raw) {
		return broken
	}
	var all map[string]json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		return broken
	}
	if _, ok := all["sha256"]; ok {
		return lineItem(nil, raw, line)
	}
	if _, ok := all["_id"]; ok && Field(raw, "_survey") != "" {
		return recordItem(raw, line)
	}
	if _, ok := all["payload"]; ok {
		return packedItem(all, line)
	}
	for _, name := range wrappers {
		inner := bytes.TrimSpace(all[name])
		var text string
		if json.Unmarshal(inner, &text) == nil {
			if inner = []byte(text); looksForm(inner) {
				return formItem(string(inner), line)
			}
		}
		if len(inner) > 0 && inner[0] == '{' {
			if got := itemOf(inner, line); !got.Fault {
				return got
			}
		}
	}
	if Field(raw, "_survey") == "" {
		return broken
	}
	values := url.Values{}
	for name, v := range all {
		values[name] = texts(v)
	}
	return Item{Survey: values.Get("_survey"), Form: values, Line: line}
}

// texts are the values of a field of a form in JSON.
func texts(v json.RawMessage) []string {
	var one string
	var many []string
	switch {
	case json.Unmarshal(v, &one) == nil:
		return []string{one}
	case json.Unmarshal(v, &many) == nil:
		return many
	}
	return []string{strings.TrimSpace(string(v))}
}

// packedItem reads the fields of an envelope in JSON.
func packedItem(all map[string]json.RawMessage, line int) Item {
	values := url.Values{}
	for name, v := range all {
		values[name] = texts(v)
	}
	var record json.RawMessage
	if v := bytes.TrimSpace(all["payload"]); len(v) > 0 && v[0] == '{' { // a relay that unpacked it
		record = v
		values.Set("payload", string(record))
	}
	return valuesItem(values, line)
}

// valuesItem reads a form: packed by script, or one field a column.
func valuesItem(values url.Values, line int) Item {
	if values.Get("payload") == "" {
		return Item{Survey: values.Get("_survey"), Form: values, Line: line, Trap: Trapped(values), Fault: values.Get("_survey") == ""}
	}
	e, _, err := Packed(values)
	if err != nil {
		return Item{Line: line, Fault: true}
	}
	out := Item{Survey: e.Survey, ID: e.ID, Token: e.Token, Trap: e.Trap != "", Line: line}
	if e.Sealed {
		out.Armor = e.Payload
	} else {
		out.Record = []byte(e.Payload)
	}
	return out
}

func recordItem(raw []byte, line int) Item {
	var compact bytes.Buffer
	if !single(raw) || json.Compact(&compact, raw) != nil {
		return Item{Line: line, Fault: true}
	}
	return Item{Survey: Field(raw, "_survey"), ID: Field(raw, "_id"), Record: compact.Bytes(), Line: line}
}

// looksForm reports whether a text is urlencoded: its first line is pairs of
// which one is of ours.
func looksForm(data []byte) bool {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	text := string(bytes.TrimSpace(line))
	if strings.ContainsAny(text, " \t,<") || !strings.Contains(text, "=") {
		return false
	}
	values, err := url.ParseQuery(text)
	return err == nil && (values.Get("payload") != "" || values.Get("_survey") != "")
}

func parseForms(data []byte) []Item {
	var out []Item
	line := 0
	for raw := range strings.Lines(string(data)) {
		line++
		if raw = strings.TrimSpace(raw); raw != "" {
			out = append(out, formItem(raw, line))
		}
	}
	return out
}

func formItem(text string, line int) Item {
	values, err := url.ParseQuery(text)
	if err != nil {
		return Item{Line: line, Fault: true}
	}
	return valuesItem(values, line)
}

// parseCSV reads the export of a relay: a header with payload or _survey. What
// a relay adds of people (ip, user_agent, referrer) is passed over.
func parseCSV(data []byte) ([]Item, bool) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, false
	}
	known := false
	for i, name := range head {
		head[i] = strings.TrimSpace(name)
		known = known || head[i] == "payload" || head[i] == "_survey"
	}
	if !known {
		return nil, false
	}
	var out []Item
	for {
		row, err := r.Read()
		if err == io.EOF {
			return out, true
		}
		if err != nil || len(row) != len(head) {
			out = append(out, Item{Line: lineOf(r, row, err), Fault: true})
			continue
		}
		line := lineOf(r, row, err)
		values := url.Values{}
		for i, name := range head {
			if row[i] != "" || name != "payload" {
				values.Add(name, row[i])
			}
		}
		out = append(out, valuesItem(values, line))
	}
}

// lineOf is the line of a row, or of what broke it; a row without fields has none of its own.
func lineOf(r *csv.Reader, row []string, err error) int {
	if broken, ok := errors.AsType[*csv.ParseError](err); ok {
		return broken.StartLine
	}
	if len(row) == 0 {
		return 0
	}
	line, _ := r.FieldPos(0)
	return line
}
