package ledger

import (
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// parsed is the value of one cell.
type parsed struct {
	text   string
	code   uint32 // of a Code or Word, in its column
	number float64
	moment int64 // seconds since 1970, noMoment or yesAtAll
	day    bool
	list   []string
}

// kept stands for the content of a column that is not kept.
const kept = "•"

// nothing is a cell without content.
var nothing = parsed{number: math.NaN(), moment: noMoment}

// fault says what is wrong with a cell and what cures it, without showing the
// cell; nil where nothing is.
type fault struct{ summary, cure diag.Phrase }

// parse reads a cell as what its column holds.
func (f *file) parse(c *Column, e *table.EntryCell, v *parsed) *fault {
	if !e.Fault.Empty() {
		return &fault{diag.Say("column %q cannot be read: %s", c.Name, e.Fault), diag.Say("correct the cell")}
	}
	if e.List != nil && c.Kind != List {
		return &fault{diag.Say("column %q holds a list where one value belongs", c.Name), diag.Say("write one value")}
	}
	if c.Kind == List {
		if v.list = f.listed(c, e); c.Links && circle(v.list) {
			v.list = nil
			return &fault{diag.Say("the causes of column %q go round in a circle", c.Name), diag.Say("write each cause as child<parent, and let the chain end at the problem")}
		}
		return nil
	}
	text := e.Text
	if f.mapping.Codes != nil {
		if to, ok := f.mapping.Codes[c.Name][text]; ok {
			if text = to; text == "" {
				return nil
			}
		}
	}
	return f.single(c, text, v)
}

// single reads a cell of one value.
func (f *file) single(c *Column, text string, v *parsed) *fault {
	switch c.Kind {
	case Number:
		n, ok := table.ParseNumber(text)
		if !ok {
			return &fault{diag.Say("column %q does not hold a number", c.Name), diag.Say("write a decimal such as 1250.5, without thousands separators or units")}
		}
		v.number = n
	case YesNo:
		n, ok := yesOrNo(text)
		if !ok {
			return &fault{diag.Say("column %q holds neither yes nor no", c.Name), diag.Say("write yes or no, or map the codes of the file under codes")}
		}
		v.number = n
	case Date, Moment:
		return f.dated(c, text, v)
	case Word:
		if !slices.Contains(c.Words, text) {
			return &fault{diag.Say("column %q holds a word that is not in its list", c.Name), diag.Say("allowed: %s; for a file with words of its own, map them under codes", strings.Join(c.Words, ", "))}
		}
		v.text, v.code = f.once(text)
	case Text:
		if v.text = kept; !c.Dropped {
			v.text = strings.Clone(text)
		}
	case ID:
		v.text = strings.Clone(text)
	default:
		v.text, v.code = f.once(text)
	}
	return nil
}

// dated reads a cell of a date. A Flag may be a plain yes or no.
func (f *file) dated(c *Column, text string, v *parsed) *fault {
	t, day, ok := f.moment(text)
	if ok {
		if v.moment, v.day = t, day; c.Kind == Date && !day {
			at := time.Unix(t, 0).In(f.zone)
			v.moment, v.day = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, f.zone).Unix(), true
		}
		return nil
	}
	if c.Flag {
		if n, said := yesOrNo(text); said {
			if n == 1 {
				v.moment, v.day = yesAtAll, true
			}
			return nil
		}
	}
	return &fault{diag.Say("column %q does not hold a date", c.Name), f.dateCure()}
}

func yesOrNo(text string) (float64, bool) {
	n, ok := yesNo[text]
	if !ok {
		n, ok = yesNo[strings.ToLower(text)]
	}
	return n, ok
}

var yesNo = map[string]float64{
	"1": 1, "yes": 1, "y": 1, "true": 1, "是": 1, "有": 1, "真": 1,
	"0": 0, "no": 0, "n": 0, "false": 0, "否": 0, "无": 0, "假": 0,
}

func (f *file) listed(c *Column, e *table.EntryCell) []string {
	codes := e.List
	if codes == nil {
		codes = strings.FieldsFunc(e.Text, func(r rune) bool { return r == ';' || r == '；' })
	}
	var out []string
	for _, code := range codes {
		code = strings.TrimSpace(code)
		if to, ok := f.mapping.Codes[c.Name][code]; ok {
			code = to
		}
		if code != "" {
			out = append(out, code)
		}
	}
	return out
}

// isoForms are the forms of ISO 8601 that are read; those with an offset state
// their instant, the others are in the zone of the site.
var isoForms = []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00"}

// moment reads a date in the form of the mapping, else in ISO 8601, as seconds
// since 1970. A workbook gives its dates in ISO 8601 whatever the mapping says.
func (f *file) moment(text string) (seconds int64, day, ok bool) {
	if f.layout != "" {
		if t, err := time.ParseInLocation(f.layout, text, f.zone); err == nil && inYears(t) {
			return t.Unix(), !hasClock(f.layout), true
		}
	}
	if f.layout != "" && !strings.HasSuffix(strings.ToLower(f.source.Name), ".xlsx") {
		return 0, false, false
	}
	if t, day, ok := f.plainMoment(text); ok {
		return t, day, ok
	}
	for i, form := range isoForms {
		if t, err := time.ParseInLocation(form, text, f.zone); err == nil && inYears(t) {
			t = t.In(f.zone)
			clock := t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 || i > 2
			return t.Unix(), !clock || i == 0, true
		}
	}
	return 0, false, false
}

// plainMoment reads 2006-01-02 and 2006-01-02T15:04, which nearly all cells
// are, without a layout; anything else is left to the layouts.
func (f *file) plainMoment(text string) (seconds int64, day, ok bool) {
	if len(text) != 10 && len(text) != 16 || text[4] != '-' || text[7] != '-' {
		return 0, false, false
	}
	year, month, date := digits(text[0:4]), digits(text[5:7]), digits(text[8:10])
	if year < 1900 || year > 2200 || month < 1 || month > 12 || date < 1 || date > 28 && date > daysOf(year, month) {
		return 0, false, false
	}
	hour, minute := 0, 0
	if len(text) == 16 {
		if text[10] != 'T' && text[10] != ' ' || text[13] != ':' {
			return 0, false, false
		}
		if hour, minute = digits(text[11:13]), digits(text[14:16]); hour < 0 || hour > 23 || minute < 0 || minute > 59 {
			return 0, false, false
		}
	}
	start := f.dayStart(year, month, date)
	if len(text) == 10 {
		return start, true, true
	}
	if next := f.dayStart(year, month, date+1); next-start != 86400 { // the clock changes on this day
		return time.Date(year, time.Month(month), date, hour, minute, 0, 0, f.zone).Unix(), false, true
	}
	return start + int64(hour*3600+minute*60), false, true
}

func daysOf(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// dayStart is the start of a day in the zone, remembered: days repeat.
func (f *file) dayStart(year, month, date int) int64 {
	key := int32(year*512 + month*32 + date)
	if t, ok := f.days[key]; ok {
		return t
	}
	t := time.Date(year, time.Month(month), date, 0, 0, 0, 0, f.zone).Unix()
	f.days[key] = t
	return t
}

// digits is a number written in digits alone, −1 where it is not.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// inYears keeps out what is a typing error.
func inYears(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 2200 }

func (f *file) dateCure() diag.Phrase {
	if f.mapping.Dates != "" {
		return diag.Say("write it like %s, as dates: under ledgers says", f.mapping.Dates)
	}
	return diag.Say("write ISO 8601, such as 2026-11-22 or 2026-11-22T08:00, or name the form with dates: under ledgers, such as dates: DD.MM.YYYY")
}

// ParseCount reads a cell of texts as a number.
func ParseCount(text string) (float64, bool) { return table.ParseNumber(text) }
