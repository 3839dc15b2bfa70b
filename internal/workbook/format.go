package workbook

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"manyi/internal/chart"
)

// numberFormat is how a spreadsheet shows a number of a figure.
func numberFormat(f chart.Format, thousands bool) string {
	form := "0"
	if thousands {
		form = "#,##0"
	}
	if f.Decimals > 0 {
		form += "." + strings.Repeat("0", f.Decimals)
	}
	if f.Percent {
		form += "%"
	}
	if f.Signed {
		return "+" + form + ";-" + form + ";" + form
	}
	return form
}

// aNumber is a number as tables write it: 2,919 · −0.14 · 81.4%.
var aNumber = regexp.MustCompile(`^([+−-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?(\s?%)?$`)

// parsed reads a cell of a table that is a number and nothing else. Years and
// numbers with leading zeros stay text, as they are names.
func parsed(s string) (value float64, format string, ok bool) {
	m := aNumber.FindStringSubmatch(s)
	if m == nil || len(m[2]) > 1 && m[2][0] == '0' {
		return 0, "", false
	}
	digits := strings.ReplaceAll(m[2], ",", "") + m[3]
	if m[4] != "" {
		digits += "e-2"
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0, "", false
	}
	if m[1] == "−" || m[1] == "-" {
		v = -v
	}
	f := chart.Format{Decimals: max(len(m[3])-1, 0), Percent: m[4] != "", Signed: m[1] == "+"}
	return v, numberFormat(f, strings.Contains(s, ",")), true
}

// plain is a text without the marks of emphasis.
func plain(s string) string { return strings.ReplaceAll(s, "**", "") }

// longestName is the most characters of the name of a sheet.
const longestName = 31

// name makes a free name of a sheet.
func (b *book) name(want string) string {
	want = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '-'
		}
		return r
	}, want), "'")
	if want == "" {
		want = "-"
	}
	cut := func(tail string) string {
		rest := []rune(want)
		return string(rest[:min(len(rest), longestName-len(tail))]) + tail
	}
	name := cut("")
	for i := 2; b.names[strings.ToLower(name)]; i++ {
		name = cut("~" + strconv.Itoa(i))
	}
	b.names[strings.ToLower(name)] = true
	return name
}

func (b *book) style(key string, s *excelize.Style) (int, error) {
	if id, ok := b.formats[key]; ok {
		return id, nil
	}
	id, err := b.file.NewStyle(s)
	if err == nil {
		b.formats[key] = id
	}
	return id, err
}

func (b *book) number(format string) (int, error) {
	return b.style(format, &excelize.Style{CustomNumFmt: &format})
}

func (b *book) bold(size float64) (int, error) {
	return b.style("bold"+strconv.FormatFloat(size, 'f', -1, 64), &excelize.Style{Font: &excelize.Font{Bold: true, Size: size}})
}

func (b *book) head() (int, error) {
	return b.style("head", &excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "bottom"}, Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "8A94A3"}}})
}

func (b *book) linked() (int, error) {
	return b.style("link", &excelize.Style{Font: &excelize.Font{Color: "1C5A9E", Underline: "single"}})
}
