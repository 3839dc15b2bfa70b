// Package exporter hands a survey and its responses on to other programs:
// tables, a codebook, packages of statistics, and the definitions of other
// survey tools. It is the mirror of importer. It touches no disk: who calls it
// gives the writers. Personal data leaves only where Options say so.
package exporter

import (
	"io"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Formats are what Write can write.
var Formats = []string{"csv", "jsonl", "xlsx", "codebook", "spss", "r", "triple-s", "ddi", "surveyjs", "xlsform"}

// Input is what is exported.
type Input struct {
	Survey  *survey.Survey
	Sources []table.Source
	Options table.Options
	// Measure measures the responses as a build does: the formats r and
	// codebook, and the option Computed, need it.
	Measure func() (*measure.Results, []measure.Counted, error)
}

// Options say what is exported. The zero value is codes, without personal data.
type Options struct {
	Wave     string // only this wave, "" all
	Labels   bool   // csv, xlsx: labels in Lang in place of codes
	Lang     string // of labels; "" is the source language
	Excel    bool   // csv: a byte order mark, by which Excel knows UTF-8
	Personal bool   // columns that may identify a person, too
	Computed bool   // csv, jsonl: the rows that count with derived and calculated columns and the weight, texts left out
}

// Create opens a file of the export.
type Create func(name string) (io.WriteCloser, error)

// Summary accounts for what was written.
type Summary struct {
	Files     []string
	Rows      int // written
	Duplicate int // of an id that was there before, left out
	Unmatched int // of no wave or of another survey, left out
	Rejected  int // no record
	Withheld  []string
}

// Write writes a survey in a format. Faults and what the format cannot hold go
// to problems; its error is the system's.
func Write(in *Input, format string, opt Options, create Create, problems *diag.List) (*Summary, error) {
	if opt.Lang == "" && len(in.Survey.Languages) > 0 {
		opt.Lang = in.Survey.Languages[0]
	}
	x := &export{Input: in, opt: opt, create: create, problems: problems, sum: &Summary{}}
	x.plan()
	write := map[string]func() error{
		"csv": x.csv, "jsonl": x.jsonl, "xlsx": x.workbook, "codebook": x.codebook, "spss": x.spss, "r": x.r,
		"triple-s": x.tripleS, "ddi": x.ddi, "surveyjs": x.surveyJS, "xlsform": x.xlsForm,
	}[format]
	if write == nil {
		panic("exporter: unknown format " + format)
	}
	if err := write(); err != nil {
		return nil, err
	}
	x.tell(format)
	for _, c := range x.withheld {
		x.sum.Withheld = append(x.sum.Withheld, c.ID)
	}
	return x.sum, nil
}

// export is one run.
type export struct {
	*Input
	opt      Options
	create   Create
	problems *diag.List
	sum      *Summary
	columns  []*Column // to be written, in order
	withheld []*Column // personal ones
	lists    []string  // multiple choices that a file may hold in one column
	scanned  *scan
	losses   []diag.Related
}

// file writes one file of the export.
func (x *export) file(name string, write func(w io.Writer) error) error {
	f, err := x.create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	x.sum.Files = append(x.sum.Files, name)
	return f.Close()
}

// lost says that a format has no place for something.
func (x *export) lost(place diag.Place, what diag.Phrase) {
	x.losses = append(x.losses, diag.Related{Place: place, Says: what})
}

// tell tells all losses as one problem, so that none of them is capped.
func (x *export) tell(format string) {
	if len(x.losses) > 0 {
		x.problems.Add(diag.Problem{
			Severity: diag.Note, Code: "not-exported", Place: diag.Place{File: x.Survey.File}, Summary: diag.Say("%d things have no place in the format %s, or another one", len(x.losses), format), Others: x.losses,
		})
	}
}

// text is a text in the language of the export, without piping.
func (x *export) text(t survey.Text) string { return x.in(t, x.opt.Lang) }

func (x *export) in(t survey.Text, lang string) string {
	return survey.Unpiped(t.In(lang, x.Survey.Languages...))
}
