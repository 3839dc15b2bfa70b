package inbox

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// ErrNoContact says that a survey asks nobody whether to call.
var ErrNoContact = errors.New("no question asks for a call")

// FollowUp is a CSV list of those who asked to be called: who they are, as far
// as they said so, and when they answered; nothing of what they answered.
func FollowUp(root *os.Root, s *survey.Survey) (list string, n int, err error) {
	var asks []string
	columns := []string{"_id", "_submitted", "_lang"}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			switch {
			case q.Contact:
				asks = append(asks, q.ID)
			case q.Type == survey.Email || q.Type == survey.Phone || q.PII:
				columns = append(columns, q.ColumnIDs()...)
			}
		}
	}
	for _, h := range s.Hidden {
		if h.PII {
			columns = append(columns, h.ID)
		}
	}
	if len(asks) == 0 {
		return "", 0, ErrNoContact
	}
	rows, err := contacts(root, s, columns, asks)
	if err != nil {
		return "", 0, err
	}
	var out strings.Builder
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	if err := w.WriteAll(append([][]string{columns}, rows...)); err != nil {
		return "", 0, err
	}
	return out.String(), len(rows), nil
}

// contacts are the rows of the responses in which one of asks was agreed to.
func contacts(root *os.Root, s *survey.Survey, columns, asks []string) ([][]string, error) {
	names := map[string]string{}
	for _, w := range s.Waves {
		maps.Copy(names, w.Columns)
	}
	base := "surveys/" + s.ID + "/responses"
	forgotten := map[string]bool{}
	if data, err := root.ReadFile(base + "/" + table.TombstoneFile); err == nil {
		forgotten, _ = table.Tombstones(data)
	}
	var rows [][]string
	seen := map[string]bool{}
	err := fs.WalkDir(root.FS(), base, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && (!e.Type().IsRegular() || e.Name() == table.TombstoneFile || strings.HasPrefix(e.Name(), ".") || !table.Readable(name)) {
			return nil
		}
		if err != nil {
			return err
		}
		source := table.Source{Name: name, Columns: names, Open: func() (io.ReadCloser, error) { return root.Open(name) }}
		_, err = table.EachRecord(source, append(slices.Clone(columns), asks...), &diag.List{}, func(e *table.Entry) {
			agreed := slices.ContainsFunc(e.Cells[len(columns):], func(c table.EntryCell) bool { return c.Text == "1" || c.Text == "true" })
			id := e.Cells[0].Text
			if !agreed || id != "" && (seen[id] || forgotten[table.Tombstone(s.ID, id)]) {
				return
			}
			seen[id] = true
			row := make([]string, len(columns))
			for i := range columns {
				row[i] = inert(e.Cells[i].Text)
			}
			rows = append(rows, row)
		})
		return err
	})
	return rows, err
}

// inert keeps spreadsheets from taking a text for a formula.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}
