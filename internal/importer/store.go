package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"manyi/internal/diag"
)

// Tally is what became of the codes of one file.
type Tally struct {
	Read    int // codes that were found, broken ones too
	New     int // appended
	Known   int // there already, or twice in the file
	Changed int // appended, though another response has the same id: the report lists both
	Broken  int // not read
	File    string
}

// Codes appends the responses of data, the text of the file named source, to
// surveys/<id>/responses/codes.jsonl of the workspace. One that is there
// already is not appended again, so that the same file may be imported any
// number of times. The file is written whole or not at all. Faults are added
// to problems, with the line of source and never an answer.
func Codes(root *os.Root, id, source string, data []byte, problems *diag.List) (Tally, error) {
	t := Tally{File: "surveys/" + id + "/responses/codes.jsonl"}
	old, err := known(root, t.File)
	if err != nil {
		return t, err
	}
	records, lines, faults := ParseCodes(data)
	t.Read = len(records) + len(faults)
	for _, f := range faults {
		t.refuse(problems, source, f.Line, f.Summary, diag.Say("ask for the whole code, copied from M1. to its end"))
	}
	out, have, ids := bytes.NewBuffer(old), map[string]bool{}, map[string]bool{}
	for line := range bytes.Lines(old) {
		line = bytes.TrimSpace(line)
		have[string(line)] = true
		ids[identity(line)] = true
	}
	for i, record := range records {
		switch name, survey := identity(record), field(record, "_survey"); {
		case survey != id:
			t.refuse(problems, source, lines[i], diag.Say("the response code is of another survey"), diag.Say("import it with --survey and the name of that survey"))
		case name == "":
			t.refuse(problems, source, lines[i], diag.Say("the response code has no id"), diag.Say("ask for the code again"))
		case have[string(record)]:
			t.Known++
		default:
			if ids[name] {
				t.Changed++
			} else {
				t.New++
			}
			have[string(record)], ids[name] = true, true
			out.Write(record)
			out.WriteByte('\n')
		}
	}
	if t.New+t.Changed == 0 {
		return t, nil
	}
	return t, replace(root, t.File, out.Bytes())
}

func (t *Tally) refuse(problems *diag.List, source string, line int, summary, cure diag.Phrase) {
	t.Broken++
	problems.Add(diag.Problem{Severity: diag.Error, Code: "broken-code", Place: diag.Place{File: source, Line: line}, Summary: summary, Cure: cure})
}

func identity(record []byte) string { return field(record, "_id") }

// field is a text of a record, "" where there is none.
func field(record []byte, name string) string {
	var all map[string]json.RawMessage
	var text string
	if json.Unmarshal(record, &all) != nil || json.Unmarshal(all[name], &text) != nil {
		return ""
	}
	return text
}

// known is the file as it is, ending in a whole line; nil where there is none.
func known(root *os.Root, name string) ([]byte, error) {
	info, err := root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", name)
	}
	body, err := root.ReadFile(name)
	if len(body) > 0 && body[len(body)-1] != '\n' {
		body = append(body, '\n')
	}
	return body, err
}

// replace writes a file under another name, flushes it and puts it in its place.
func replace(root *os.Root, name string, body []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	hidden := path.Join(path.Dir(name), ".codes.new") // of a kind that no build reads
	f, err := root.OpenFile(hidden, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, root.Remove(hidden))
	}
	return root.Rename(hidden, name)
}
