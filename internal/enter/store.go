package enter

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// fileName is the file of responses that is written.
const fileName = "paper.jsonl"

// record is one form as a line of the file.
type record map[string]any

func (r record) id() string {
	id, _ := r["_id"].(string)
	return id
}

// answer is one answer in a form that compares.
func (r record) answer(column string) string {
	out, err := json.Marshal(r[column])
	if err != nil {
		return "" // what came from JSON goes back
	}
	return string(out)
}

// record is a form with its metadata; a question that was not to be asked and
// has no answer is absent, one that was and has none is null.
func (s *Server) record(answers map[string]any, paper string) record {
	id := "paper-" + paper
	if paper == "" {
		random := make([]byte, 16)
		_, _ = rand.Read(random)
		id += hex.EncodeToString(random)
	}
	rec := record{
		"_id": id, "_survey": s.Survey.ID, "_version": s.Survey.Version, "_build": s.Survey.Build(), "_lang": s.Lang, "_mode": "paper",
		"_submitted": s.Now().Format(time.RFC3339),
	}
	if s.Wave != "" {
		rec["_wave"] = s.Wave
	}
	for _, slot := range s.slots {
		if v, ok := answers[slot.Column]; ok {
			rec[slot.Column] = v
		} else if s.asked(slot, answers) {
			rec[slot.Column] = nil
		}
	}
	return rec
}

// asked reports whether the conditions of a field hold for the answers.
func (s *Server) asked(one slot, answers map[string]any) bool {
	return !slices.ContainsFunc(one.shown, func(e *survey.Expression) bool {
		return !e.Evaluate(&survey.Environment{
			Read:  func(i int) survey.Value { return value(answers[e.Names[i]]) },
			Today: s.Now().Format(time.DateOnly),
			Param: func(string) survey.Value { return survey.NoValue(table.NotShown) },
		}).True()
	})
}

func value(v any) survey.Value {
	switch v := v.(type) {
	case float64:
		return survey.NumberValue(v)
	case string:
		return survey.TextValue(v)
	case []string:
		return survey.ListValue(v)
	}
	return survey.NoValue(table.Skipped)
}

// store is the file of the forms that were entered.
type store struct {
	root    *os.Root
	folder  string
	records []record
}

func openStore(root *os.Root, folder string) (*store, error) {
	s := &store{root: root, folder: folder}
	data, err := root.ReadFile(folder + "/" + fileName)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", fileName, err)
	}
	for n, line := range bytes.Split(data, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var rec record
		if err := json.Unmarshal(line, &rec); err != nil {
			return nil, fmt.Errorf("%s/%s:%d is no JSON object: mend or remove the line first", folder, fileName, n+1)
		}
		s.records = append(s.records, rec)
	}
	return s, nil
}

func (s *store) find(id string) (record, bool) {
	i := slices.IndexFunc(s.records, func(r record) bool { return r.id() == id })
	if i < 0 {
		return nil, false
	}
	return s.records[i], true
}

// add appends a form; it is on the disk when add returns.
func (s *store) add(rec record) error {
	if err := s.root.MkdirAll(s.folder, 0o755); err != nil {
		return err
	}
	f, err := s.root.OpenFile(s.folder+"/"+fileName, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(line(rec))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		s.records = append(s.records, read(rec))
	}
	return err
}

// replace writes the file anew with one form in place of its first entry.
func (s *store) replace(rec record) error {
	i := slices.IndexFunc(s.records, func(r record) bool { return r.id() == rec.id() })
	records := slices.Clone(s.records)
	records[i] = read(rec)
	var out bytes.Buffer
	for _, r := range records {
		out.Write(line(r))
	}
	hidden := s.folder + "/.paper.new"
	if err := s.root.WriteFile(hidden, out.Bytes(), 0o600); err != nil {
		return err
	}
	if err := s.root.Rename(hidden, s.folder+"/"+fileName); err != nil {
		return err
	}
	s.records = records
	return nil
}

func line(rec record) []byte {
	out, err := json.Marshal(rec)
	if err != nil {
		panic("enter: " + err.Error()) // texts, finite numbers and lists only
	}
	return append(out, '\n')
}

// read is a form as it comes back from the file, so that two compare.
func read(rec record) record {
	var out record
	if err := json.Unmarshal(line(rec), &out); err != nil {
		panic("enter: " + err.Error())
	}
	return out
}
