package inbox

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Forget takes responses out of the files of a survey: those of some ids, those
// of a withdrawal code, or those from before a day.
type Forget struct {
	Root   *os.Root // of the workspace
	Survey *survey.Survey
	Zone   string
	IDs    []string
	Code   string // of withdrawal, as the respondent has it; "" without
	Before string // day; "" without
	Day    string // of the tombstones
}

// Gone is what was taken out.
type Gone struct {
	Responses, Files int
	IDs              []string // all that were meant, those of the code too
}

// Run finds the responses, writes their tombstones and then removes them, so
// that one that is not removed because something fails is not counted either.
// Files that cannot be written anew, such as sheets, are named in problems.
// What is too old leaves no tombstone: nobody withdrew it.
func (f *Forget) Run(problems *diag.List) (Gone, error) {
	found, err := f.sweep(false, problems)
	if err != nil {
		return found, err
	}
	if f.Before == "" {
		if err := f.bury(found.IDs); err != nil {
			return found, err
		}
	}
	return f.sweep(true, &diag.List{})
}

// meant reports whether a record is one of those that are to go.
func (f *Forget) meant(id, withdraw, submitted string) bool {
	switch {
	case slices.Contains(f.IDs, id) && id != "":
		return true
	case f.Code != "" && withdraw != "":
		return codeFits(f.Code, withdraw)
	case f.Before != "":
		day := survey.Day(f.Zone, submitted)
		return day != "" && day < f.Before
	}
	return false
}

// codeFits reports whether a stored hash is that of a code. People type codes
// with blanks, dashes and in either case; pages of different versions write the
// hash in hexadecimal or base32, whole or its first 20 characters and more.
func codeFits(code, stored string) bool {
	bare := strings.NewReplacer(" ", "", "-", "", "\u3000", "").Replace(strings.TrimSpace(code))
	for _, c := range []string{strings.TrimSpace(code), bare, strings.ToLower(bare), strings.ToUpper(bare)} {
		sum := sha256.Sum256([]byte(c))
		for _, written := range []string{hex.EncodeToString(sum[:]), base32Lower.EncodeToString(sum[:])} {
			if len(stored) >= 20 && strings.HasPrefix(written, strings.ToLower(stored)) {
				return true
			}
		}
	}
	return false
}

// sweep goes through all files; with remove it writes them anew.
func (f *Forget) sweep(remove bool, problems *diag.List) (Gone, error) {
	gone := Gone{IDs: slices.Clone(f.IDs)}
	found := map[string]bool{}
	base := "surveys/" + f.Survey.ID + "/responses"
	err := fs.WalkDir(f.Root.FS(), base, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && (!e.Type().IsRegular() || e.Name() == table.TombstoneFile || strings.HasPrefix(e.Name(), ".") || !table.Readable(name)) {
			return nil
		}
		if err != nil {
			return err
		}
		ids, err := f.file(name, remove, problems)
		if len(ids) > 0 {
			gone.Files++
			gone.Responses += len(ids)
		}
		for _, id := range ids {
			found[id] = id != ""
		}
		return err
	})
	gone.IDs = nil
	for id, named := range found {
		if named {
			gone.IDs = append(gone.IDs, id)
		}
	}
	slices.Sort(gone.IDs)
	return gone, err
}

// file handles one file and returns the ids of what is meant in it.
func (f *Forget) file(name string, remove bool, problems *diag.List) ([]string, error) {
	data, err := f.Root.ReadFile(name)
	if err != nil {
		return nil, err
	}
	plain, zipped := strings.CutSuffix(strings.ToLower(name), ".gz")
	if zipped {
		if data, err = gunzip(data); err != nil {
			return nil, err
		}
	}
	var kept []byte
	var ids []string
	switch {
	case strings.HasSuffix(plain, ".jsonl"):
		kept, ids = f.lines(data)
	case (strings.HasSuffix(plain, ".csv") || strings.HasSuffix(plain, ".tsv")) && utf8.Valid(data):
		kept, ids = f.rows(data, strings.HasSuffix(plain, ".tsv"), f.columns())
	default:
		return f.told(name, problems)
	}
	if !remove || len(ids) == 0 {
		return ids, nil
	}
	if zipped {
		kept = gzipped(kept)
	}
	return ids, Replace(f.Root, name, kept)
}

func gunzip(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, 1<<30))
}

func gzipped(data []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(data) // into memory
	_ = w.Close()
	return out.Bytes()
}

// lines leaves out lines of JSON, be they records or the collector's.
func (f *Forget) lines(data []byte) (kept []byte, ids []string) {
	for raw := range bytes.Lines(data) {
		record, id := raw, Field(raw, "_id")
		if id == "" {
			var l struct {
				ID   string          `json:"id"`
				Body json.RawMessage `json:"body"`
			}
			if json.Unmarshal(raw, &l) == nil && l.ID != "" {
				record, id = l.Body, l.ID
			}
		}
		if f.meant(id, Field(record, "_withdrawal"), Field(record, "_submitted")) {
			ids = append(ids, id)
			continue
		}
		kept = append(kept, raw...)
	}
	return kept, ids
}

// columns are the names that files of the waves have for the metadata.
func (f *Forget) columns() map[string]string {
	out := map[string]string{}
	for _, w := range f.Survey.Waves {
		maps.Copy(out, w.Columns)
	}
	return out
}

// rows leaves out rows of CSV; the bytes of the others stay as they are.
func (f *Forget) rows(data []byte, tabs bool, names map[string]string) (kept []byte, ids []string) {
	start := int64(len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r := csv.NewReader(bytes.NewReader(data[start:]))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	line, _, _ := bytes.Cut(data, []byte("\n"))
	if tabs || bytes.Contains(line, []byte("\t")) {
		r.Comma = '\t'
	} else if bytes.Count(line, []byte(";")) > bytes.Count(line, []byte(",")) {
		r.Comma = ';'
	}
	at := map[string]int{}
	last := int64(0)
	kept = append(kept, data[:start]...)
	for first := true; ; first = false {
		row, err := r.Read()
		end := r.InputOffset()
		if errors.Is(err, io.EOF) {
			return append(kept, data[start+last:]...), ids
		}
		if first {
			for i, name := range row {
				name = strings.TrimSpace(name)
				if to, ok := names[name]; ok {
					name = to
				}
				at[name] = i
			}
		}
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		if id := cell("_id"); !first && err == nil && f.meant(id, cell("_withdrawal"), cell("_submitted")) {
			ids = append(ids, id)
		} else {
			kept = append(kept, data[start+last:start+end]...)
		}
		last = end
	}
}

// told looks into a file that cannot be written anew, and says which rows are to go.
func (f *Forget) told(name string, problems *diag.List) ([]string, error) {
	source := table.Source{Name: name, Columns: f.columns(), Open: func() (io.ReadCloser, error) { return f.Root.Open(name) }}
	var ids []string
	_, err := table.EachRecord(source, []string{"_id", "_withdrawal", "_submitted"}, &diag.List{}, func(e *table.Entry) {
		if id := e.Cells[0].Text; f.meant(id, e.Cells[1].Text, e.Cells[2].Text) {
			ids = append(ids, id)
			problems.Add(diag.Problem{
				Severity: diag.Error, Code: "not-removed", Place: diag.Place{File: name, Line: e.Line}, Summary: diag.Say("a response that is to be forgotten stands in a file of a kind that is not written anew"),
				Cure: diag.Say("delete the row by hand; it is not counted any more"),
			})
		}
	})
	return ids, err
}

// bury appends the tombstones of ids that have none.
func (f *Forget) bury(ids []string) error {
	name := "surveys/" + f.Survey.ID + "/responses/" + table.TombstoneFile
	data, err := f.Root.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	have, sound := table.Tombstones(data)
	if !sound {
		return errors.New(name + " is damaged: restore it first")
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		data = append(data, '\n')
	}
	changed := false
	for _, id := range ids {
		if t := table.Tombstone(f.Survey.ID, id); !have[t] {
			data = append(data, `{"forgotten":"`+t+`","day":"`+f.Day+"\"}\n"...)
			have[t], changed = true, true
		}
	}
	if !changed {
		return nil
	}
	return Replace(f.Root, name, data)
}

// Collected takes responses out of the collector's folder, whose lock the
// caller holds. ids are those that were found elsewhere; what only the collector
// has gets its tombstone too, so that a page that sends again brings nothing back.
func (f *Forget) Collected(data *os.Root, ids []string) (int, error) {
	f.IDs = append(slices.Clone(f.IDs), ids...)
	n := 0
	for _, remove := range []bool{false, true} {
		entries, err := fs.ReadDir(data.FS(), f.Survey.ID)
		if errors.Is(err, fs.ErrNotExist) {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		var found []string
		for _, e := range entries {
			name := f.Survey.ID + "/" + e.Name()
			if !e.Type().IsRegular() || !strings.Contains(e.Name(), ".jsonl") {
				continue
			}
			body, err := data.ReadFile(name)
			if err != nil {
				return 0, err
			}
			kept, gone := f.lines(body)
			found = append(found, gone...)
			if remove && len(gone) > 0 {
				if err := Replace(data, name, kept); err != nil {
					return 0, err
				}
			}
		}
		if n = len(found); f.Before == "" && !remove {
			if err := f.bury(found); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}
