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
	number float64
	time   time.Time
	day    bool
	list   []string
}

// kept stands for the content of a column that is not kept.
const kept = "•"

// parse reads a cell as what its column holds; a fault says what is wrong and
// what cures it, without showing the cell.
func (f *file) parse(c *Column, e *table.EntryCell) (v parsed, summary, cure diag.Phrase) {
	v.number = math.NaN()
	if !e.Has {
		return v, diag.Phrase{}, diag.Phrase{}
	}
	if !e.Fault.Empty() {
		return v, diag.Say("column %q cannot be read: %s", c.Name, e.Fault), diag.Say("correct the cell")
	}
	if e.List != nil && c.Kind != List {
		return v, diag.Say("column %q holds a list where one value belongs", c.Name), diag.Say("write one value")
	}
	if c.Kind == List {
		v.list = f.listed(c, e)
		return v, diag.Phrase{}, diag.Phrase{}
	}
	text := e.Text
	if to, ok := f.mapping.Codes[c.Name][text]; ok {
		if text = to; text == "" {
			return v, diag.Phrase{}, diag.Phrase{}
		}
	}
	return f.single(c, text, v)
}

// single reads a cell of one value.
func (f *file) single(c *Column, text string, v parsed) (_ parsed, summary, cure diag.Phrase) {
	switch c.Kind {
	case Number:
		n, ok := table.ParseNumber(text)
		if !ok {
			return v, diag.Say("column %q does not hold a number", c.Name), diag.Say("write a decimal such as 1250.5, without thousands separators or units")
		}
		v.number = n
	case YesNo:
		n, ok := yesNo[strings.ToLower(text)]
		if !ok {
			return v, diag.Say("column %q holds neither yes nor no", c.Name), diag.Say("write yes or no, or map the codes of the file under codes")
		}
		v.number = n
	case Date, Moment:
		t, day, ok := f.moment(text)
		if !ok {
			return v, diag.Say("column %q does not hold a date", c.Name), f.dateCure()
		}
		if v.time, v.day = t, day; c.Kind == Date {
			v.time, v.day = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, f.zone), true
		}
	case Word:
		if !slices.Contains(c.Words, text) {
			return v, diag.Say("column %q holds a word that is not in its list", c.Name), diag.Say("allowed: %s; for a file with words of its own, map them under codes", strings.Join(c.Words, ", "))
		}
		v.text = f.once(text)
	case Text:
		if v.text = text; c.Dropped {
			v.text = kept
		}
	default:
		v.text = f.once(text)
	}
	return v, diag.Phrase{}, diag.Phrase{}
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

// moment reads a date in the form of the mapping, else in ISO 8601. A workbook
// gives its dates in ISO 8601 whatever the mapping says.
func (f *file) moment(text string) (t time.Time, day, ok bool) {
	if f.layout != "" {
		if t, err := time.ParseInLocation(f.layout, text, f.zone); err == nil && inYears(t) {
			return t, !hasClock(f.layout), true
		}
	}
	if f.layout != "" && !strings.HasSuffix(strings.ToLower(f.source.Name), ".xlsx") {
		return t, false, false
	}
	for i, form := range isoForms {
		if t, err := time.ParseInLocation(form, text, f.zone); err == nil && inYears(t) {
			t = t.In(f.zone)
			clock := t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 || i > 2
			return t, !clock || i == 0, true
		}
	}
	return t, false, false
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
