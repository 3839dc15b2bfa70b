package table

import (
	"fmt"

	"manyi/internal/diag"
)

func (r *reader) unknownWave(rec *record, column int, wave string) {
	r.report(diag.Warning, "unknown-wave", func() diag.Problem {
		summary := "the response belongs to no declared wave"
		if r.part.source.Wave != "" {
			summary = fmt.Sprintf("the file belongs to wave %q, which is not declared", wave)
		}
		return diag.Problem{
			Place: r.metaPlace(rec, column), Summary: summary,
			Cure: "declare the wave in the survey, or claim the file under waves",
		}
	})
}

func (r *reader) tooManyWaves(rec *record, column int) {
	r.report(diag.Warning, "too-many-waves", func() diag.Problem {
		return diag.Problem{
			Place:   r.metaPlace(rec, column),
			Summary: fmt.Sprintf("the file names more than %d waves", waveLimit),
			Cure:    "declare the waves in the survey",
		}
	})
}

func (r *reader) otherSurvey(rec *record, c cell) {
	r.report(diag.Warning, "other-survey", func() diag.Problem {
		return diag.Problem{
			Place:   rec.place(r.part.source.Name, c),
			Summary: fmt.Sprintf("the response belongs to another survey than %q", r.plan.schema.Survey),
			Cure:    "move it to the responses of its own survey",
		}
	})
}

// metaPlace is where a metadata column stands in a record, or the record.
func (r *reader) metaPlace(rec *record, column int) diag.Place {
	if column < 0 || rec.cells[column].form == absent {
		return diag.Place{File: r.part.source.Name, Line: rec.line}
	}
	return rec.place(r.part.source.Name, rec.cells[column])
}

func (r *reader) badDay(rec *record, c cell) {
	r.report(diag.Warning, "bad-date", func() diag.Problem {
		return diag.Problem{
			Place:   rec.place(r.part.source.Name, c),
			Summary: "column \"_submitted\" does not begin with a date",
			Cure:    "write ISO 8601, such as 2026-11-22 or 2026-11-22T08:00:00+08:00",
		}
	})
}

func (r *reader) badWeight(rec *record, c cell) {
	r.report(diag.Error, "bad-weight", func() diag.Problem {
		return diag.Problem{
			Place:   rec.place(r.part.source.Name, c),
			Summary: fmt.Sprintf("weight column %q does not hold a weight", r.plan.opt.Weight),
			Cure:    "write a decimal of 0 or more, or leave the cell empty",
			Rule:    r.plan.opt.WeightRule,
		}
	})
}

func (r *reader) duplicateColumn(name, first, second string, place diag.Place) {
	r.report(diag.Error, "duplicate-column", func() diag.Problem {
		return diag.Problem{
			Place:   place,
			Summary: fmt.Sprintf("columns %q and %q both hold %q", first, second, name),
			Cure:    "rename one of them, or map it to another name under columns",
		}
	})
}

func (r *reader) noHeader(place diag.Place) {
	r.report(diag.Warning, "no-header", func() diag.Problem {
		return diag.Problem{Place: place, Summary: "the file has no header row", Cure: "write the column names in its first row"}
	})
}

func (r *reader) noKnownColumn(line int) {
	r.warnLine("no-known-column", line, "no column of the file is one of the survey",
		"write question ids in the first row, or map the file's names under columns")
}

func (r *reader) ragged(line, cells, width int) {
	r.warnLine("ragged-row", line, fmt.Sprintf("the row has %d cells where the header has %d", cells, width),
		"check for a missing quote or an extra delimiter")
}

// brokenHeader reports a header that cannot be read: all answers of the file are lost.
func (r *reader) brokenHeader(line int) {
	r.lost("broken-header", diag.Place{File: r.part.source.Name, Line: line}, "the header row cannot be read",
		"check its quotes")
}

func (r *reader) notUTF8(place diag.Place) {
	r.lost("not-utf8", place, "the file is not UTF-8", "save it as UTF-8, or name its encoding")
}

func (r *reader) unknownFormat() {
	r.lost("unknown-format", diag.Place{File: r.part.source.Name}, "the file is neither CSV nor JSONL",
		"name it .csv, .jsonl, .csv.gz or .jsonl.gz by what it holds")
}

func (r *reader) damaged() {
	r.lost("damaged-file", diag.Place{File: r.part.source.Name}, "the compressed file is torn or damaged, its last responses are lost",
		"fetch the file again")
}

// lost reports a fault that costs more answers than can be counted.
func (r *reader) lost(code string, place diag.Place, summary, cure string) {
	r.report(diag.Error, code, func() diag.Problem {
		return diag.Problem{Place: place, Summary: summary, Cure: cure}
	})
}

func (r *reader) rejected(line int, why outcome) {
	switch why {
	case long:
		r.warnLine("long-line", line, "the line is too long", fmt.Sprintf("allowed: %d MiB", lineLimit>>20))
	case ended:
		r.warnLine("empty-row", line, "the row is empty", "delete it")
	default:
		r.warnLine("broken-record", line, "the line is not a whole record", "check it for a torn end, a stray quote or a byte that is not text")
	}
}
