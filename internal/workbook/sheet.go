package workbook

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"manyi/internal/chart"
	"manyi/internal/report"
)

// sheet is a figure or a table before it is written.
type sheet struct {
	id, sheet   string
	title, note string
	head        []string
	rows        [][]cell
}

// cell is a number with its form, or a text.
type cell struct {
	text   string
	value  float64 // NaN for a text
	format string
}

func text(s string) cell { return cell{text: s, value: math.NaN()} }

// sheetsOf are the figures and tables of a page.
func sheetsOf(p *report.Page) []*sheet {
	var out []*sheet
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			switch {
			case b.Figure != nil:
				out = append(out, figureSheet(b.Figure))
			case b.Table != nil:
				out = append(out, tableSheet(b.Table))
			}
		}
	}
	return out
}

func figureSheet(f *chart.Figure) *sheet {
	head, rows := f.Table()
	s := &sheet{id: f.ID, title: f.Title, note: f.Note}
	marked := map[int]bool{} // columns with letters beside their numbers
	for _, row := range rows {
		for i, c := range row {
			marked[i] = marked[i] || c.Mark != ""
		}
	}
	for i, h := range head {
		if s.head = append(s.head, h.Text); marked[i] {
			s.head = append(s.head, "")
		}
	}
	for _, row := range rows {
		var cells []cell
		for i, c := range row {
			x := text(c.Text)
			if c.Number && !math.IsNaN(c.Value) && !math.IsInf(c.Value, 0) {
				x.value, x.format = c.Value, numberFormat(c.Format, !c.Format.Percent)
			}
			if cells = append(cells, x); marked[i] {
				cells = append(cells, text(c.Mark))
			}
		}
		s.rows = append(s.rows, cells)
	}
	return s
}

// tableSheet keeps the words of a table; a cell that is a number alone becomes one.
func tableSheet(t *report.Table) *sheet {
	s := &sheet{id: t.ID, title: t.Caption, note: t.Note, head: slices.Clone(t.Head)}
	if t.Groups != nil {
		var spans []cell
		for _, g := range t.Groups {
			spans = append(spans, text(g.Label))
			for range g.Of - 1 {
				spans = append(spans, text(""))
			}
		}
		for i, g := range spans {
			if i < len(s.head) && g.text != "" {
				s.head[i] = g.text + " · " + s.head[i]
			}
		}
	}
	for _, r := range t.Rows {
		cells := []cell{text(r.Label)}
		for _, c := range r.Cells {
			words := strings.TrimSpace(strings.Join(append([]string{c.Text}, c.Lines...), "\n"))
			x := text(words)
			if value, format, ok := parsed(words); ok && c.Mark == "" {
				x.value, x.format = value, format
			} else if c.Mark != "" {
				x.text += " " + c.Mark
			}
			cells = append(cells, x)
		}
		s.rows = append(s.rows, cells)
	}
	return s
}

// widest and narrowest are the widths of columns, in characters.
const widest, narrowest = 60, 9

// width is about how wide the longest text of a column is.
func (s *sheet) width(column int) float64 {
	most := narrowest
	see := func(t string) {
		n := 0
		for _, r := range t {
			n++
			if unicode.Is(unicode.Han, r) || unicode.In(r, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r >= 0xff00 && r < 0xff60 {
				n++
			}
		}
		most = max(most, n+2)
	}
	if column < len(s.head) {
		see(s.head[column])
	}
	for _, r := range s.rows {
		if column < len(r) && math.IsNaN(r[column].value) {
			see(r[column].text)
		}
	}
	return float64(min(most, widest))
}

// headRow is where the heading of the columns stands.
const headRow = 4

// write writes a sheet: message, note, table.
func (b *book) write(s *sheet) error {
	if _, err := b.file.NewSheet(s.sheet); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(s.sheet)
	if err != nil {
		return err
	}
	columns := len(s.head)
	for _, r := range s.rows {
		columns = max(columns, len(r))
	}
	for i := range columns {
		if err := w.SetColWidth(i+1, i+1, s.width(i)); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: headRow, TopLeftCell: "B5", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	title, err := b.bold(13)
	if err != nil {
		return err
	}
	head, err := b.head()
	if err != nil {
		return err
	}
	rows := [][]any{{excelize.Cell{StyleID: title, Value: plain(s.title)}}, {plain(s.note)}, {}, make([]any, len(s.head))}
	for i, h := range s.head {
		rows[headRow-1][i] = excelize.Cell{StyleID: head, Value: h}
	}
	for _, r := range s.rows {
		line, err := b.line(r)
		if err != nil {
			return err
		}
		rows = append(rows, line)
	}
	for i, r := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := w.SetRow(at, r); err != nil {
			return err
		}
	}
	return w.Flush()
}

// line turns the cells of a row into what the library writes.
func (b *book) line(cells []cell) ([]any, error) {
	out := make([]any, len(cells))
	for i, c := range cells {
		if math.IsNaN(c.value) {
			out[i] = c.text
			continue
		}
		style, err := b.number(c.format)
		if err != nil {
			return nil, err
		}
		out[i] = excelize.Cell{StyleID: style, Value: c.value}
	}
	return out, nil
}
