package ledger

import (
	"strings"

	"manyi/internal/diag"
)

// Mapping is what survey.yaml says about the files of one ledger.
type Mapping struct {
	Files    []string // beside those that are named like the ledger, from the folder of the survey
	Encoding string
	Dates    string                       // form of its dates, "" for ISO 8601
	Columns  map[string]string            // file column -> column
	Codes    map[string]map[string]string // column -> code of the file -> code; "" is none
	Set      map[string]string            // column -> what a record has that says nothing of it
	From     string                       // id of the survey whose answers are records of this ledger, "" without
	FromAt   diag.Place
	At       diag.Place
}

// layoutOf turns a form of dates into one of package time: DD.MM.YYYY hh:mm, or
// the reference date 02.01.2006.
func layoutOf(form string) string {
	if strings.Contains(form, "2006") || strings.Contains(form, "06") {
		return form
	}
	return strings.NewReplacer(
		"YYYY", "2006", "yyyy", "2006", "YY", "06", "yy", "06", "MM", "01", "M", "1", "DD", "02", "dd", "02", "D", "2", "d", "2",
		"HH", "15", "hh", "15", "H", "15", "h", "15", "mm", "04", "ss", "05",
	).Replace(form)
}

// IsDateForm reports whether a form names year, month and day.
func IsDateForm(form string) bool {
	layout := layoutOf(form)
	year := strings.Contains(layout, "06")
	rest := strings.NewReplacer("2006", "", "06", "", "15", "", "04", "", "05", "").Replace(layout)
	month := strings.Contains(rest, "1") || strings.Contains(rest, "Jan")
	return year && month && strings.Contains(rest, "2")
}

func hasClock(layout string) bool {
	return strings.Contains(layout, "15") || strings.Contains(layout, "03") || strings.Contains(layout, ":04")
}
