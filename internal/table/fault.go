package table

import (
	"math"
	"strconv"
	"strings"

	"manyi/internal/diag"
)

// detailLimit is how many problems of one kind in one file are put into
// words; diag keeps fewer and only counts the rest.
const detailLimit = 100

// namedCodes is how many codes a cure names.
const namedCodes = 12

// report adds a problem; words is called only where they may be shown.
func (r *reader) report(severity diag.Severity, code string, words func() diag.Problem) {
	p := diag.Problem{Place: diag.Place{File: r.part.source.Name}}
	if r.told[code]++; r.told[code] <= detailLimit {
		p = words()
	}
	p.Severity, p.Code = severity, code
	r.part.problems.Add(p)
}

// warnLine reports a line of the file.
func (r *reader) warnLine(code string, line int, summary, cure diag.Phrase) {
	r.report(diag.Warning, code, func() diag.Problem {
		return diag.Problem{Place: diag.Place{File: r.part.source.Name, Line: line}, Summary: summary, Cure: cure}
	})
}

// warnCell reports a cell that breaks the definition of f. No answer is shown.
func (r *reader) warnCell(code string, rec *record, c cell, f *Field, words func() (summary, cure diag.Phrase)) {
	r.report(diag.Warning, code, func() diag.Problem {
		summary, cure := words()
		return diag.Problem{Place: rec.place(r.part.source.Name, c), Summary: summary, Cure: cure, Rule: f.Rule}
	})
}

func (r *reader) badCode(rec *record, c cell, d *column, text []byte) {
	r.warnCell("unknown-code", rec, c, d.field, func() (diag.Phrase, diag.Phrase) {
		return diag.Say("column %q holds %s that is not in its list", d.field.ID, d.codes.shown(text)), allowed(d.field)
	})
}

// shown quotes a code that cannot be personal: one character, a number of up
// to four digits, or a code of the list in other letter case.
func (c *codes) shown(text []byte) diag.Phrase {
	const digitLimit = 4
	digits, printable := len(text) <= digitLimit, true
	for _, b := range text {
		digits = digits && b >= '0' && b <= '9'
		printable = printable && b > ' ' && b < 0x7F
	}
	near := false
	for code := range c.all {
		near = near || strings.EqualFold(code, string(text))
	}
	if digits || printable && (near || len(text) == 1) {
		return diag.Say("the code %q", text)
	}
	return diag.Say("a code")
}

func allowed(f *Field) diag.Phrase {
	list := f.Codes
	if f.Kind == Tick {
		list = []string{"0", "1"}
	}
	shown := list[:min(len(list), namedCodes)]
	if n := len(list) - namedCodes; n > 0 {
		return diag.Say("allowed: %s and %d more; for a file with codes of its own, map them under codes", shown, n)
	}
	return diag.Say("allowed: %s; for a file with codes of its own, map them under codes", shown)
}

func (r *reader) badList(rec *record, c cell, l *listing) {
	if len(l.ticks) == 0 {
		return
	}
	r.warnCell("unknown-code", rec, c, l.ticks[0].data.field, func() (diag.Phrase, diag.Phrase) {
		var options []string
		for _, b := range l.ticks {
			options = append(options, b.data.field.Option)
		}
		return diag.Say("column %q holds something that is not in its list", l.question),
			allowed(&Field{Codes: options})
	})
}

func (r *reader) badForm(rec *record, c cell, f *Field) {
	r.warnCell("bad-form", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		if c.form == repeated {
			return diag.Say("column %q stands twice in this record", f.ID), diag.Say("give every key once")
		}
		return diag.Say("column %q holds a list or an object where one value belongs", f.ID), diag.Say("write a string or a number")
	})
}

func (r *reader) badNumber(rec *record, c cell, f *Field) {
	r.warnCell("bad-number", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		return diag.Say("column %q does not hold a number", f.ID), diag.Say("write a decimal such as 1250.5, without thousands separators or units")
	})
}

func (r *reader) outOfRange(rec *record, c cell, f *Field) {
	r.warnCell("out-of-range", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		low, high := strconv.FormatFloat(f.Min, 'g', -1, 64), strconv.FormatFloat(f.Max, 'g', -1, 64)
		cure := diag.Say("allowed: %s to %s", low, high)
		switch {
		case math.IsNaN(f.Min):
			cure = diag.Say("allowed: at most %s", high)
		case math.IsNaN(f.Max):
			cure = diag.Say("allowed: at least %s", low)
		}
		return diag.Say("column %q holds a number outside its bounds", f.ID), cure
	})
}

func (r *reader) notWhole(rec *record, c cell, f *Field) {
	r.warnCell("not-whole", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		return diag.Say("column %q holds a number that is not whole", f.ID), diag.Say("write a whole number")
	})
}

func (r *reader) badText(rec *record, c cell, f *Field) {
	r.warnCell("not-utf8", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		if r.coding.name != "" {
			return diag.Say("column %q holds text that is not %s", f.ID, r.coding.name), diag.Say("name the encoding that the file was saved in")
		}
		return diag.Say("column %q holds text that is not UTF-8", f.ID), diag.Say("save the file as UTF-8")
	})
}

func (r *reader) tooLong(rec *record, c cell, f *Field) {
	r.warnCell("too-long", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		return diag.Say("column %q holds a text that is too long", f.ID), diag.Say("allowed: %d characters", f.Length)
	})
}

func (r *reader) badPattern(rec *record, c cell, f *Field) {
	r.warnCell("bad-pattern", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		return diag.Say("column %q does not match its pattern", f.ID), diag.Say("pattern: %s", f.Pattern)
	})
}

func (r *reader) tooManyValues(rec *record, c cell, f *Field) {
	r.warnCell("too-many-values", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		return diag.Say("column %q holds more than %d different values", f.ID, openLimit), diag.Say("define it as text, or keep the column out of the file")
	})
}
