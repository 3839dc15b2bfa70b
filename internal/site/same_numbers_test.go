package site_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var (
	aFigure = regexp.MustCompile(`(?s)<figure class="figure" id="fig-([^"]+)".*?</figure>`)
	aLine   = regexp.MustCompile(`(?s)<tr>(.*?)</tr>`)
	aCell   = regexp.MustCompile(`(?s)<t[dh][^>]*>(.*?)</t[dh]>`)
	aTag    = regexp.MustCompile(`<[^>]*>[^<]*</sup>|<[^>]*>`)
)

// TestPagesCSVWorkbookAndResultsCarryTheSameNumbers parses what a reader can
// take away of every figure of the demo: its table on the page, its CSV, its
// sheet, and results.json.
func TestPagesCSVWorkbookAndResultsCarryTheSameNumbers(t *testing.T) {
	site := filepath.Join(built(t), "reports")
	for _, survey := range []string{"sfo", "kiosk", "telecom"} {
		t.Run(survey, func(t *testing.T) {
			folder := filepath.Join(site, survey)
			known := numbersOf(t, filepath.Join(folder, "results.json"))
			book, err := excelize.OpenFile(filepath.Join(folder, survey+".xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			figures, cells, elsewhere := 0, 0, 0
			names, _ := filepath.Glob(filepath.Join(folder, "*.html"))
			for _, name := range names {
				body, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range aFigure.FindAllSubmatch(body, -1) {
					id := string(m[1])
					n, derived := sameFigure(t, folder, id, m[0], book, known)
					figures, cells, elsewhere = figures+1, cells+n, elsewhere+derived
				}
			}
			t.Logf("%d figures, %d numbers alike on page, in CSV and in the workbook; %d of them are sums or differences of results.json's", figures, cells, elsewhere)
			if figures == 0 || cells < 20*figures/10 {
				t.Errorf("only %d numbers in %d figures were compared", cells, figures)
			}
			if elsewhere > cells/20 {
				t.Errorf("%d of %d numbers are not in results.json", elsewhere, cells)
			}
		})
	}
}

// sameFigure compares the numbers of a figure; it returns how many there are,
// and how many of them results.json does not hold.
func sameFigure(t *testing.T, folder, id string, drawn []byte, book *excelize.File, known []float64) (cells, elsewhere int) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(folder, "data", id+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		t.Fatalf("%s.csv: %v", id, err)
	}
	fromCSV := numbersOfRows(records[1:])
	raw, err := book.GetRows(sheetNamed(book, id), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	shown, err := book.GetRows(sheetNamed(book, id))
	if err != nil {
		t.Fatal(err)
	}
	var onPage strings.Builder
	for _, line := range aLine.FindAllSubmatch(drawn, -1) {
		for _, c := range aCell.FindAllSubmatch(line[1], -1) {
			onPage.WriteString("\n" + html.UnescapeString(aTag.ReplaceAllString(string(c[1]), "")))
		}
	}
	for r := 4; r < len(raw); r++ {
		for c, text := range raw[r] {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || c == 0 || !isNumber(book, id, r, c) {
				continue
			}
			cells++
			if !slices.ContainsFunc(fromCSV, func(x float64) bool { return x == v }) {
				t.Errorf("%s: the workbook has %v, the CSV has not", id, v)
			}
			if tiny := "<\u00a00.001"; v >= 0 && v < .001 && strings.Contains(onPage.String(), tiny) {
				continue // a p-value
			}
			if want := strings.ReplaceAll(shown[r][c], "-", "−"); !strings.Contains(onPage.String(), strings.TrimPrefix(want, "+")) && !strings.Contains(onPage.String(), shown[r][c]) {
				t.Errorf("%s: the workbook shows %s, the page does not", id, shown[r][c])
			}
			if !numberAmong(known, v) {
				elsewhere++
			}
		}
	}
	return cells, elsewhere
}

// isNumber reports whether a cell is stored as a number.
func isNumber(book *excelize.File, id string, r, c int) bool {
	at, _ := excelize.CoordinatesToCellName(c+1, r+1)
	kind, _ := book.GetCellType(sheetNamed(book, id), at)
	return kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
}

func sheetNamed(book *excelize.File, id string) string {
	for _, name := range book.GetSheetList() {
		if strings.EqualFold(name, id) || len(id) > 31 && strings.EqualFold(name, id[:31]) {
			return name
		}
	}
	return id
}

func numbersOfRows(rows [][]string) []float64 {
	var out []float64
	for _, r := range rows {
		for _, c := range r {
			if v, err := strconv.ParseFloat(c, 64); err == nil {
				out = append(out, v)
			}
		}
	}
	return out
}

// numberAmong reports whether v, or v as a share of a percentage, is among sorted numbers.
func numberAmong(sorted []float64, v float64) bool {
	for _, x := range []float64{v, -v, 100 * v, v / 100, 1 - v} {
		i, _ := slices.BinarySearch(sorted, x-1e-9*math.Max(1, math.Abs(x)))
		if i < len(sorted) && math.Abs(sorted[i]-x) <= 2e-9*math.Max(1, math.Abs(x)) {
			return true
		}
	}
	return false
}

// numbersOf are all numbers of a JSON file, sorted.
func numbersOf(t *testing.T, file string) []float64 {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all any
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", file, err))
	}
	var out []float64
	var walk func(any)
	walk = func(x any) {
		switch x := x.(type) {
		case float64:
			out = append(out, x)
		case []any:
			for _, e := range x {
				walk(e)
			}
		case map[string]any:
			for _, e := range x {
				walk(e)
			}
			counts, _ := x["counts"].(map[string]any)
			if n, ok := x["n"].(float64); ok && n > 0 {
				for _, c := range counts {
					if c, ok := c.(float64); ok {
						out = append(out, c/n) // the shares of a question without weights
					}
				}
			}
		}
	}
	walk(all)
	slices.Sort(out)
	return out
}
