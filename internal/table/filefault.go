package table

import (
	"manyi/internal/diag"
)

func (r *reader) unknownWave(rec *record, column int, wave string) {
	r.report(diag.Warning, "unknown-wave", func() diag.Problem {
		summary := diag.Say("the response belongs to no declared wave")
		if r.part.source.Wave != "" {
			summary = diag.Say("the file belongs to wave %q, which is not declared", wave)
		}
		return diag.Problem{
			Place: r.metaPlace(rec, column), Summary: summary,
			Cure: diag.Say("declare the wave in the survey, or claim the file under waves"),
		}
	})
}

func (r *reader) tooManyWaves(rec *record, column int) {
	r.report(diag.Warning, "too-many-waves", func() diag.Problem {
		return diag.Problem{
			Place:   r.metaPlace(rec, column),
			Summary: diag.Say("the file names more than %d waves", waveLimit),
			Cure:    diag.Say("declare the waves in the survey"),
		}
	})
}

func (r *reader) otherSurvey(rec *record, c cell) {
	r.report(diag.Warning, "other-survey", func() diag.Problem {
		return diag.Problem{
			Place:   rec.place(r.part.source.Name, c),
			Summary: diag.Say("the response belongs to another survey than %q", r.plan.schema.Survey),
			Cure:    diag.Say("move it to the responses of its own survey"),
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
			Summary: diag.Say("column \"_submitted\" does not begin with a date"),
			Cure:    diag.Say("write ISO 8601, such as 2026-11-22 or 2026-11-22T08:00:00+08:00"),
		}
	})
}

func (r *reader) badWeight(rec *record, c cell) {
	r.report(diag.Error, "bad-weight", func() diag.Problem {
		return diag.Problem{
			Place:   rec.place(r.part.source.Name, c),
			Summary: diag.Say("weight column %q does not hold a weight", r.plan.opt.Weight),
			Cure:    diag.Say("write a decimal of 0 or more, or leave the cell empty"),
			Rule:    r.plan.opt.WeightRule,
		}
	})
}

func (r *reader) duplicateColumn(name, first, second string, place diag.Place) {
	r.report(diag.Error, "duplicate-column", func() diag.Problem {
		return diag.Problem{
			Place:   place,
			Summary: diag.Say("columns %q and %q both hold %q", first, second, name),
			Cure:    diag.Say("rename one of them, or map it to another name under columns"),
		}
	})
}

func (r *reader) noHeader(place diag.Place) {
	r.report(diag.Warning, "no-header", func() diag.Problem {
		return diag.Problem{Place: place, Summary: diag.Say("the file has no header row"), Cure: diag.Say("write the column names in its first row")}
	})
}

// noKnownColumn reports a file that has nothing to do with the survey, or has no header.
func (r *reader) noKnownColumn(line int) {
	summary, cure := diag.Say("no column of the file is one of the survey"), diag.Say("write question ids in the first row, or map the file's names under columns")
	if r.plan.records {
		summary, cure = diag.Say("no column of the file is one of its ledger"), diag.Say("write the ledger's columns in the first row, or map the file's names under ledgers")
	}
	r.lost("no-known-column", diag.Place{File: r.part.source.Name, Line: line}, summary, cure)
}

// oldMacLines reports lines that end in a carriage return alone.
func (r *reader) oldMacLines(line int) {
	r.lost("cr-lines", diag.Place{File: r.part.source.Name, Line: line}, diag.Say("the lines of the file end in CR alone"),
		diag.Say("save it with LF or CRLF line ends, such as CSV UTF-8"))
}

func (r *reader) ragged(line, cells, width int) {
	r.warnLine("ragged-row", line, diag.Say("the row has %d cells where the header has %d", cells, width),
		diag.Say("check for a missing quote or an extra delimiter"))
}

// brokenHeader reports a header that cannot be read: all answers of the file are lost.
func (r *reader) brokenHeader(line int) {
	r.lost("broken-header", diag.Place{File: r.part.source.Name, Line: line}, diag.Say("the header row cannot be read"),
		diag.Say("check its quotes"))
}

// notUTF8 reports a file whose header makes no sense.
func (r *reader) notUTF8(line int) {
	place := diag.Place{File: r.part.source.Name, Line: line}
	if r.coding.name != "" {
		r.lost("wrong-encoding", place, diag.Say("the header of the file is not %s", r.coding.name), diag.Say("name the encoding that it was saved in"))
		return
	}
	cure := diag.Say("save it as UTF-8, name its encoding under waves, such as encoding: gb18030, or let manyi import read it")
	switch {
	case r.plan.foreign:
		cure = diag.Say("save it as UTF-8, or name its encoding, such as --encoding windows-1252")
	case r.plan.records:
		cure = diag.Say("save it as UTF-8, or name its encoding under ledgers, such as encoding: gb18030")
	}
	r.lost("not-utf8", place, diag.Say("the file is not UTF-8"), cure)
}

func (r *reader) unknownEncoding(name string) {
	r.lost("unknown-encoding", diag.Place{File: r.part.source.Name}, diag.Say("encoding %q is not known", name), diag.Say("write a name such as gb18030, big5, euc-kr or windows-1252"))
}

// tellEncoding says in which encoding a file is read that nobody named.
func (r *reader) tellEncoding(name string) {
	cure := diag.Say("if that is wrong, name its encoding under waves")
	switch {
	case r.plan.foreign:
		cure = diag.Say("if that is wrong, name its encoding with --encoding")
	case r.plan.records:
		cure = diag.Say("if that is wrong, name its encoding under ledgers")
	}
	r.report(diag.Note, "encoding", func() diag.Problem {
		return diag.Problem{Place: diag.Place{File: r.part.source.Name}, Summary: diag.Say("the file is read as %s", name), Cure: cure}
	})
}

func (r *reader) wrongFormat(f format) {
	place := diag.Place{File: r.part.source.Name}
	if f == oldWorkbookFormat {
		r.lost("unknown-format", place, diag.Say("workbooks of the old format .xls are not read"), diag.Say("save it as .xlsx or as CSV UTF-8"))
		return
	}
	if r.plan.foreign {
		r.lost("unknown-format", place, diag.Say("the file is of no format that is read"),
			diag.Say("export it as CSV, TSV, XLSX or JSON; unpack an archive first"))
		return
	}
	r.lost("unknown-format", place, diag.Say("the file is of no format that is read"),
		diag.Say("name it .csv, .jsonl or .yaml, each also with .gz, or .xlsx by what it holds"))
}

func (r *reader) notAFile() {
	r.lost("not-a-file", diag.Place{File: r.part.source.Name}, diag.Say("this is a folder, a pipe or a device, not a file"), diag.Say("put the file itself there"))
}

func (r *reader) damaged() {
	r.lost("damaged-file", diag.Place{File: r.part.source.Name}, diag.Say("the compressed file is torn or damaged, its last responses are lost"),
		diag.Say("fetch the file again"))
}

// lost reports a fault that costs more answers than can be counted.
func (r *reader) lost(code string, place diag.Place, summary, cure diag.Phrase) {
	r.report(diag.Error, code, func() diag.Problem {
		return diag.Problem{Place: place, Summary: summary, Cure: cure}
	})
}

func (r *reader) rejected(line int, why outcome) {
	switch why {
	case long:
		r.warnLine("long-line", line, diag.Say("the line is too long"), diag.Say("allowed: %d MiB", lineLimit>>20))
	case bulky:
		r.warnLine("long-line", line, diag.Say("the response is too long"), diag.Say("allowed: %d MiB", yamlLimit>>20))
	case adorned:
		r.warnLine("broken-record", line, diag.Say("the response has an alias, an anchor, a merge key or a tag"), diag.Say("write its values out"))
	case ended:
		r.warnLine("empty-row", line, diag.Say("the row is empty"), diag.Say("delete it"))
	default:
		r.warnLine("broken-record", line, diag.Say("the line is not a whole record"), diag.Say("check it for a torn end, a stray quote or a byte that is not text"))
	}
}
