package table

import (
	"bytes"
	"regexp"

	"manyi/internal/diag"
)

// damage is what a spreadsheet program leaves of a value that it took for
// something else. Its text says so in a problem.
type damage uint8

const (
	whole damage = iota
	narrowed
	rounded
	dated
	unpadded
	failedFormula
	truth
)

func (d damage) words() diag.Phrase {
	switch d {
	case narrowed:
		return diag.Say("the cell was too narrow and shows ####")
	case rounded:
		return diag.Say("a long number was rounded, as in 1E+17")
	case dated:
		return diag.Say("a code was turned into a date")
	case unpadded:
		return diag.Say("the leading zeros are lost")
	case failedFormula:
		return diag.Say("a formula failed")
	}
	return diag.Say("a code was turned into TRUE or FALSE")
}

var (
	roundedForm = regexp.MustCompile(`^[0-9](\.[0-9]+)?[Ee]\+[0-9]{2,3}$`)
	datedForm   = regexp.MustCompile(`^([0-9]{1,2}月[0-9]{1,2}日|([0-9]{4}年)?[0-9]{1,2}月([0-9]{1,2}日)?|[0-9]{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|` +
		`(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-[0-9]{2}|[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}( 00:00(:00)?)?)$`)
	formulaErrors = [...]string{"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
)

// damaged returns how any kind of text shows that a spreadsheet broke it.
func damaged(text []byte) damage {
	if len(text) == 0 || text[0] != '#' {
		return whole
	}
	const fewest = 3 // # signs that no person writes
	if len(text) >= fewest && len(bytes.Trim(text, "#")) == 0 {
		return narrowed
	}
	for _, e := range formulaErrors {
		if string(text) == e {
			return failedFormula
		}
	}
	return whole
}

// damagedName is damaged for ids and other names.
func damagedName(text []byte) damage {
	if len(text) > 1 && text[0] >= '0' && text[0] <= '9' && bytes.IndexByte(text, '+') > 0 && roundedForm.Match(text) {
		return rounded
	}
	return damaged(text)
}

// damagedCode is damaged for a code that is not in the list.
func (c *codes) damagedCode(text []byte) damage {
	if d := damagedName(text); d != whole {
		return d
	}
	switch {
	case datedForm.Match(text):
		return dated
	case string(text) == "TRUE" || string(text) == "FALSE" || string(text) == "真" || string(text) == "假":
		return truth
	}
	for code := range c.all {
		if len(code) > len(text) && code[0] == '0' && string(bytes.TrimLeft([]byte(code), "0")) == string(text) {
			return unpadded
		}
	}
	return whole
}

func (r *reader) spreadsheetDamage(rec *record, c cell, f *Field, d damage) {
	r.warnCell("spreadsheet-damage", rec, c, f, func() (diag.Phrase, diag.Phrase) {
		return diag.Say("column %q looks damaged by a spreadsheet: %s", f.ID, d.words()), saveUndamaged()
	})
}

func (r *reader) damagedID(rec *record, c cell, d damage) {
	r.report(diag.Warning, "spreadsheet-damage", func() diag.Problem {
		return diag.Problem{
			Place:   rec.place(r.part.source.Name, c),
			Summary: diag.Say("column %q looks damaged by a spreadsheet: %s", "_id", d.words()), Cure: saveUndamaged(),
		}
	})
}

func saveUndamaged() diag.Phrase {
	return diag.Say("take the original file, or format the column as text before its values are entered")
}
