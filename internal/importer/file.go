package importer

import (
	"io"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// file is an export as rows of text, whatever its format. The first row of a
// JSON export is made of its keys.
type file struct {
	source table.Source
	keys   []string       // JSON: the columns, in the order of their first record
	index  map[string]int // JSON: key -> column
	info   table.Gridded
}

// open prepares an export for reading; of JSON it finds the keys. False where
// the file cannot be read: problems say why.
func open(source table.Source, problems *diag.List) (*file, bool, error) {
	f := &file{source: source}
	if !f.isJSON() {
		return f, true, nil
	}
	f.index = map[string]int{}
	ok, err := f.eachRecord(problems, func(_ int, keys, _ []string) bool {
		for _, k := range keys {
			if _, known := f.index[k]; !known && len(f.keys) < columnLimit {
				f.index[k] = len(f.keys)
				f.keys = append(f.keys, strings.Clone(k))
			}
		}
		return true
	})
	return f, ok && err == nil, err
}

// columnLimit is how many columns of an export are looked at.
const columnLimit = 30_000

func (f *file) isJSON() bool {
	name := strings.ToLower(f.source.Name)
	return strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson")
}

// each hands every row to take, the header first.
func (f *file) each(problems *diag.List, take func(line int, cells []string) bool) error {
	if !f.isJSON() {
		info, err := table.Grid(f.source, problems, func(row table.GridRow) bool { return take(row.Line, row.Cells) })
		f.info = info
		return err
	}
	own := ownHeader([][]string{f.keys}) > 0
	if !take(0, f.keys) {
		return nil
	}
	_, err := f.eachRecord(problems, func(line int, keys, values []string) bool {
		cells := make([]string, len(f.keys))
		if own {
			for i := range cells {
				cells[i] = "~" + table.NotShown.String() // as we write it: what is absent was not shown
			}
		}
		for i, k := range keys {
			if at, ok := f.index[k]; ok {
				cells[at] = values[i]
				if !own && values[i] == listed {
					cells[at] = "" // an empty list: only of ours it is known that it was shown
				}
			}
		}
		return take(line, cells)
	})
	return err
}

// head are the first rows of the file.
func (f *file) head(n int, problems *diag.List) ([][]string, error) {
	var rows [][]string
	err := f.each(problems, func(_ int, cells []string) bool {
		rows = append(rows, cells)
		return len(rows) < n
	})
	return rows, err
}

// opened gives the bytes of the source; it is closed by the caller.
func (f *file) opened() (io.ReadCloser, error) { return f.source.Open() }
