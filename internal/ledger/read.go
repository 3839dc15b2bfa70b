package ledger

import (
	"hash/maphash"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// Source is one file of a ledger. Encoding and Columns of the table.Source are
// filled from the mapping.
type Source struct {
	Ledger string
	Form   *Mapping // of the answers to a form, which are records as well; nil for a file of the ledger
	// Forgotten reports whether the answer with an id was withdrawn: its row is
	// passed over as if the file did not hold it; nil where none was.
	Forgotten func(id string) bool
	table.Source
}

// Options say how files are read.
type Options struct {
	Zone     *time.Location // of dates without an offset; nil is UTC
	Mappings map[string]Mapping
	Also     map[string][]string            // columns beyond the schema that an analysis may read, by ledger
	Needed   map[string][]Need              // columns that an analysis names
	Known    map[string]map[string][]string // ledger -> column -> every word it may hold
}

// Read reads the ledgers of a survey, file by file in the order of sources.
// Its error is the system's; faults in the files go to problems, which never
// show a cell. A ledger is there as soon as it has a file, with or without
// records.
func Read(sources []Source, opt Options, problems *diag.List) (*Ledgers, error) {
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	out := &Ledgers{}
	for _, schema := range Schemas {
		l := newLedger(schema, opt.Also[schema.Name], opt.Zone)
		known := &joins{keys: map[keyHash]uint64{}, answers: map[keyHash]uint64{}, rows: map[keyHash]int{}}
		for _, s := range formsFirst(sources) {
			if s.Ledger != schema.Name {
				continue
			}
			f := &file{schema: schema, ledger: l, mapping: opt.Mappings[schema.Name], source: s.Source, zone: opt.Zone, joins: known, problems: problems, days: map[int32]int64{}, known: opt.Known[schema.Name]}
			if s.Form != nil {
				f.form, f.mapping, f.forgotten = true, *s.Form, s.Forgotten
			}
			if err := f.read(); err != nil {
				return nil, err
			}
		}
		if len(l.Files) > 0 {
			for _, v := range l.columns {
				v.fill(l.Rows)
				v.words = nil
			}
			l.lacking(opt.Needed[schema.Name], problems)
			l.span()
			out.all = append(out.all, l)
		}
	}
	return out, nil
}

// Need is a column that an analysis names, and where.
type Need struct {
	Column string
	At     diag.Place
}

// lacking reports the columns that an analysis names and no file has.
func (l *Ledger) lacking(needed []Need, problems *diag.List) {
	for _, n := range needed {
		if v := l.Of(n.Column); l.Count.Read > 0 && (v == nil || !v.Present) {
			problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "unknown-column", Place: n.At, Summary: diag.Say("ledger %q has no column %q, which an analysis reads", l.Name, n.Column),
				Cure: diag.Say("add it to the file, or map a column of the file under ledgers"),
			})
		}
	}
}

func newLedger(s Schema, also []string, zone *time.Location) *Ledger {
	l := &Ledger{Name: s.Name}
	for _, c := range s.Columns {
		l.columns = append(l.columns, newValues(c, zone))
	}
	for _, name := range also {
		if l.Of(name) == nil {
			l.columns = append(l.columns, newValues(Column{Name: name, Kind: Code}, zone))
		}
	}
	return l
}

// seed is of the hashes of contents, which are compared within a run only.
var seed = maphash.MakeSeed()

// file is one file while it is read.
type file struct {
	schema    Schema
	ledger    *Ledger
	mapping   Mapping
	source    table.Source
	layout    string // of its dates, "" for ISO 8601
	zone      *time.Location
	form      bool // its rows are answers to a form
	forgotten func(id string) bool
	roomy     bool // room was made for its rows
	joins     *joins
	problems  *diag.List
	days      map[int32]int64     // start of a day
	known     map[string][]string // column -> every word it may hold

	buffer     []byte // of hashes
	keyColumns []int
	values     []parsed // of the row at hand
	at         *Values  // column of the cell at hand
	order      *order   // nil where the dates of the ledger have none
	strange    map[string]*strangers
}

func (f *file) read() error {
	f.source.Encoding, f.source.Columns = f.mapping.Encoding, f.mapping.Columns
	if f.mapping.Dates != "" {
		f.layout = layoutOf(f.mapping.Dates)
	}
	var names []string
	for _, v := range f.ledger.columns {
		names = append(names, v.Column.Name)
	}
	f.prepare(names)
	f.ledger.Files = append(f.ledger.Files, f.source.Name)
	got, err := table.EachRecord(f.source, names, f.problems, f.row)
	if err != nil {
		return err
	}
	f.ledger.Count.Read += got.Read
	f.ledger.Count.Rejected += got.Rejected
	for i, has := range got.Columns {
		v := f.ledger.columns[i]
		v.Present = v.Present || has
		if v.Column.Required && !has && got.Read > 0 {
			f.problems.Add(diag.Problem{
				Severity: diag.Error, Code: "missing-column", Place: diag.Place{File: f.source.Name, Line: 1},
				Summary: diag.Say("ledger %q lacks the column %q", f.schema.Name, v.Column.Name), Cure: diag.Say("add it, or map the column of the file under ledgers"),
			})
		}
	}
	if !f.form { // what a form asks beside the ledger's columns is told with its answers
		f.unknown(got.Unknown, names)
	}
	f.order.report(f, got.Columns)
	f.reportStrange()
	return nil
}

// prepare finds the columns of the key and of the order of dates.
func (f *file) prepare(names []string) {
	for _, name := range f.schema.Key {
		f.keyColumns = append(f.keyColumns, slices.Index(names, name))
	}
	f.values = make([]parsed, len(names))
	f.order = newOrder(f.schema, names)
	f.strange = map[string]*strangers{}
}

// once is a text of which many records have the same, and its number in the column.
func (f *file) once(text string) (string, uint32) {
	code, ok := f.at.words[text]
	if !ok {
		text = strings.Clone(text)
		code = uint32(len(f.at.names))
		f.at.names, f.at.words[text] = append(f.at.names, text), code
	}
	return f.at.names[code], code
}

// row takes one record.
func (f *file) row(e *table.Entry) {
	values := f.values
	for i := range e.Cells {
		f.at = f.ledger.columns[i]
		c, v := &f.at.Column, &values[i]
		f.preset(c, &e.Cells[i])
		if values[i] = nothing; !e.Cells[i].Has {
			continue
		}
		if bad := f.parse(c, &e.Cells[i], v); bad != nil {
			f.ledger.Count.BadCells++
			f.problems.Add(diag.Problem{Severity: diag.Warning, Code: faultCode(c.Kind), Place: e.Cells[i].Place(), Summary: bad.summary, Cure: bad.cure})
		}
		if f.known != nil && v.text != "" {
			f.judgeWord(c.Name, v.text, &e.Cells[i])
		}
	}
	if f.withdrawn(values) {
		return
	}
	for i := range values {
		if c := &f.ledger.columns[i].Column; (c.Required || f.form && f.submits(c.Name)) && values[i].empty() {
			f.ledger.Count.Rejected++
			f.problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "no-record", Place: diag.Place{File: f.source.Name, Line: e.Line},
				Summary: diag.Say("the row is no record: column %q holds nothing that can be used", c.Name), Cure: diag.Say("fill it in or delete the row"),
			})
			return
		}
	}
	if f.joined(values, e) || f.again(values, e) {
		return
	}
	if f.schema.Name == "actions" || f.schema.Name == "topics" {
		f.ledger.places = append(f.ledger.places, diag.Place{File: f.source.Name, Line: e.Line})
	}
	f.order.judge(values, e)
	f.room(e)
	for i := range values {
		if v := f.ledger.columns[i]; e.Cells[i].Has {
			v.fill(f.ledger.Rows)
			v.add(&values[i])
		}
	}
	f.ledger.Rows++
	f.ledger.Count.Kept++
}

// withdrawn reports and uncounts an answer to a form that was withdrawn.
func (f *file) withdrawn(values []parsed) bool {
	if f.forgotten == nil || len(f.keyColumns) == 0 || !f.forgotten(values[f.keyColumns[0]].text) {
		return false
	}
	f.ledger.Count.Read--
	return true
}

// room makes room once for the rows that the file seems to have, in the columns it has.
func (f *file) room(e *table.Entry) {
	if e.Left < roomFrom || f.roomy {
		return
	}
	f.roomy = true
	for i, v := range f.ledger.columns {
		if e.Cells[i].Given {
			v.grow(f.ledger.Rows - v.Len() + e.Left)
		}
	}
}

const roomFrom = 10_000 // rows for which room is made at once

// faultCode is the kind of problem that a bad cell is.
func faultCode(k Kind) string {
	switch k {
	case Number:
		return "bad-number"
	case Date, Moment:
		return "bad-date"
	case Word, YesNo:
		return "unknown-word"
	}
	return "bad-form"
}

func (v *parsed) empty() bool {
	return v.text == "" && v.number != v.number && v.moment == noMoment && len(v.list) == 0
}

// unknown reports columns that the ledger does not have.
func (f *file) unknown(columns, names []string) {
	for _, c := range columns {
		if near := diag.Nearest(c, names); near != "" && (len(near) > 4 || strings.EqualFold(near, c)) {
			f.problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "unknown-column", Place: diag.Place{File: f.source.Name}, Summary: diag.Say("column %q is not of ledger %q", c, f.schema.Name),
				Cure: diag.Say("did you mean %q?", near),
			})
		}
	}
	if len(columns) > 0 {
		f.problems.Add(diag.Problem{
			Severity: diag.Note, Code: "unknown-columns", Place: diag.Place{File: f.source.Name}, Summary: diag.Say("columns that ledger %q does not have are not read: %s", f.schema.Name, listed(columns)),
			Cure: diag.Say("map them under ledgers where they mean something"),
		})
	}
}

// listed names the first few of many columns.
func listed(columns []string) string {
	const most = 12
	if len(columns) > most {
		return strings.Join(columns[:most], ", ") + " …"
	}
	return strings.Join(columns, ", ")
}

// span notes the first and last day of what has happened.
func (l *Ledger) span() {
	for _, v := range l.columns {
		if v.Column.Ahead || v.moments == nil {
			continue
		}
		first, last := int64(math.MaxInt64), int64(noMoment)
		for _, t := range v.moments {
			if t > yesAtAll {
				first, last = min(first, t), max(last, t)
			}
		}
		if last == noMoment {
			continue
		}
		from, to := time.Unix(first, 0).In(v.zone).Format(time.DateOnly), time.Unix(last, 0).In(v.zone).Format(time.DateOnly)
		if l.First == "" || from < l.First {
			l.First = from
		}
		l.Last = max(l.Last, to)
	}
}

// MappedFiles are the files that the mappings name, sorted, with their ledger.
func MappedFiles(mappings map[string]Mapping) map[string]string {
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(mappings)) {
		for _, file := range mappings[name].Files {
			out[file] = name
		}
	}
	return out
}
