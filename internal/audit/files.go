package audit

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// isBase reports whether a column of a figure's data counts people.
func isBase(column string) bool {
	return column == "n" || strings.HasSuffix(column, "_n") && column != "coefficient_n"
}

// ofRecords are the data of figures that count the records of the firm itself
// (complaints, suggestions, customers lost), which are shown however few.
var ofRecords = regexp.MustCompile(`^(month-.*|quarter-.*|causes-.*-(count|months)|complaints-(ages|months|late-.*)|voice-.*-months|lost-months|lost-pareto.*|flow)\.csv$`)

// whole is a cell as a count.
func whole(cell string) (float64, bool) {
	n, err := strconv.Atoi(cell)
	return float64(n), err == nil
}

func csvRows(files fs.FS, name string) ([][]string, error) {
	body, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	return r.ReadAll()
}

// mostUnpacked bounds what is read of one part of a workbook, in bytes.
const mostUnpacked = 64 << 20

// workbook looks at the bases in the sheets of a workbook.
func (a *auditor) workbook(files fs.FS, name string) error {
	body, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	var texts []string
	for _, f := range z.File {
		if f.Name == "xl/sharedStrings.xml" {
			if texts, err = shared(f); err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
		}
	}
	a.file = name
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			rows, err := sheet(f, texts)
			if err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
			a.sheet(rows, strings.TrimSuffix(path.Base(f.Name), ".xml"))
		}
	}
	return nil
}

// sheet looks below every head that has a column of counts.
func (a *auditor) sheet(rows [][]string, name string) {
	for i, row := range rows {
		if slices.ContainsFunc(row, isBase) {
			a.rows(rows[i:], name)
			return
		}
	}
}

func shared(f *zip.File) ([]string, error) {
	var doc struct {
		Items []struct {
			Text string `xml:"t"`
			Runs []struct {
				Text string `xml:"t"`
			} `xml:"r"`
		} `xml:"si"`
	}
	if err := decode(f, &doc); err != nil {
		return nil, err
	}
	var out []string
	for _, i := range doc.Items {
		var text strings.Builder
		text.WriteString(i.Text)
		for _, r := range i.Runs {
			text.WriteString(r.Text)
		}
		out = append(out, text.String())
	}
	return out, nil
}

func sheet(f *zip.File, texts []string) ([][]string, error) {
	var doc struct {
		Rows []struct {
			Cells []struct {
				Kind   string `xml:"t,attr"`
				Value  string `xml:"v"`
				Inline string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := decode(f, &doc); err != nil {
		return nil, err
	}
	var out [][]string
	for _, r := range doc.Rows {
		var row []string
		for _, c := range r.Cells {
			text := c.Value + c.Inline
			if i, err := strconv.Atoi(c.Value); c.Kind == "s" && err == nil && i >= 0 && i < len(texts) {
				text = texts[i]
			}
			row = append(row, text)
		}
		out = append(out, row)
	}
	return out, nil
}

func decode(f *zip.File, to any) error {
	part, err := f.Open()
	if err != nil {
		return err
	}
	defer part.Close()
	body, err := io.ReadAll(io.LimitReader(part, mostUnpacked+1))
	if err != nil {
		return err
	}
	if len(body) > mostUnpacked {
		return errors.New("a sheet is too large")
	}
	return xml.Unmarshal(body, to)
}
