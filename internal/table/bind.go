package table

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"

	"manyi/internal/diag"
)

// unknownLimit is how many unknown columns of one file are listed.
const unknownLimit = 1000

// nameLimit is the longest column name that is listed, in bytes.
const nameLimit = 200

// plan is what reading needs to know of the definition, ready for look-up.
// It does not change while files are read.
type plan struct {
	schema    *Schema
	opt       Options
	fields    map[string]int   // field id -> index
	questions map[string][]int // multiple choice -> its Tick fields
	codes     []*codes         // by field, without a file's own codes
	declared  map[string]bool
	chunk     int64 // chunkSize; less in tests
	seeds     [2]maphash.Seed
	records   bool // files of records, not of responses: another word in some messages
	foreign   bool // files of other programs, whose columns nobody knows
}

func newPlan(schema *Schema, opt Options) *plan {
	p := &plan{
		schema: schema, opt: opt,
		fields: map[string]int{}, questions: map[string][]int{}, declared: map[string]bool{},
		codes: make([]*codes, len(schema.Fields)), chunk: chunkSize,
		seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()},
	}
	for i := range schema.Fields {
		f := &schema.Fields[i]
		p.fields[f.ID] = i
		if f.Kind == Tick && f.Question != "" {
			p.questions[f.Question] = append(p.questions[f.Question], i)
		}
		p.codes[i] = newCodes(f, nil)
	}
	for _, wave := range opt.Waves {
		p.declared[wave] = true
	}
	return p
}

// The metadata columns that reading uses; other names with _ are passed over.
const (
	metaID = iota
	metaSurvey
	metaWave
	metaSubmitted
	metaVersion
	metaStarted
	metaMilliseconds
	metaToken
	metaMode
	metaInvitation
	metaLang
	metaBuild
	metas // how many
)

var metaNames = [metas]string{"_id", "_survey", "_wave", "_submitted", "_version", "_started", "_ms", "_token", "_mode", "_invitation", "_lang", "_build"}

// binding is a file column that holds one field.
type binding struct {
	column int
	field  int
	data   *column
	one    *[256]uint8 // data.codes.one
}

func (r *reader) binding(column, field int) binding {
	data := r.column(field)
	return binding{column, field, data, &data.codes.one}
}

// listing is a file column that holds a whole multiple choice.
type listing struct {
	column   int
	question string
	ticks    []binding
}

// binder says what each column of one file is.
type binder struct {
	names   map[string]string // Source.Columns, trimmed
	headers []string          // by file column
	metas   [metas]int        // file columns, -1 where the file has none
	weight  int
	panel   int
	fields  []binding
	lists   []listing
	owners  map[string]int // what a column is taken for -> the column
	known   int            // columns that mean something
	guarded bool           // a column GuardColumn says that texts are guarded
}

func newBinder(source *Source) binder {
	b := binder{names: map[string]string{}, weight: -1, panel: -1, owners: map[string]int{}}
	for i := range b.metas {
		b.metas[i] = -1
	}
	for from, to := range source.Columns {
		b.names[trimName(from)] = trimName(to)
	}
	return b
}

func trimName(s string) string { return strings.Trim(strings.TrimSpace(s), "\uFEFF") }

// role is what a column name means.
type role struct {
	name           string // after mapping
	meta, field    int    // -1 where it is none
	ticks          []int
	weight, useful bool
	panel          bool
}

func (r *reader) role(header []byte) role {
	name := trimName(string(header))
	if to, ok := r.names[name]; ok {
		name = to
	}
	as := role{name: name, meta: slices.Index(metaNames[:], name), field: -1}
	if field, ok := r.plan.fields[name]; ok {
		as.field = field
	}
	as.ticks = r.plan.questions[name]
	as.weight = name != "" && name == r.plan.opt.Weight
	as.panel = name != "" && name == r.plan.opt.Panel
	as.useful = as.meta >= 0 || as.field >= 0 || as.ticks != nil || as.weight || as.panel
	return as
}

// bind takes the next file column for what its header says and reports
// whether it is of any use.
func (r *reader) bind(header []byte, place diag.Place) bool {
	column := len(r.headers)
	as := r.role(header)
	header = bytes.TrimSpace(header)
	r.headers = append(r.headers, strings.ToValidUTF8(string(header[:min(len(header), nameLimit)]), ""))
	switch {
	case !as.useful:
		r.bindNothing(as.name, r.headers[column])
		return false
	case !r.own(column, as.name, place):
		return false
	case as.meta >= 0:
		r.metas[as.meta] = column
		if as.field >= 0 {
			r.fields = append(r.fields, r.binding(column, as.field))
		}
	case as.field >= 0:
		r.fields = append(r.fields, r.binding(column, as.field))
	case as.ticks != nil:
		r.bindList(column, as.name, as.ticks, place)
	}
	if as.panel {
		r.panel = column
	}
	if as.weight {
		r.weight = column
		r.part.hasWeight = true
	}
	r.known++
	return true
}

func (r *reader) bindNothing(name, header string) {
	switch {
	case name == "":
	case name == GuardColumn:
		r.guarded = true
		r.known++
	case name[0] == '_' || slices.Contains(r.plan.schema.Computed, name):
		r.known++
	case len(r.part.unknown) < unknownLimit:
		r.part.unknown = append(r.part.unknown, header)
	}
}

func (r *reader) bindList(column int, name string, ticks []int, place diag.Place) {
	l := listing{column: column, question: name}
	for _, field := range ticks {
		if r.own(column, r.plan.schema.Fields[field].ID, place) {
			l.ticks = append(l.ticks, r.binding(column, field))
		}
	}
	r.lists = append(r.lists, l)
}

// own claims a field or metadata column for a file column.
func (r *reader) own(column int, name string, place diag.Place) bool {
	first, taken := r.owners[name]
	if taken {
		r.duplicateColumn(name, r.headers[first], r.headers[column], place)
		return false
	}
	r.owners[name] = column
	return true
}
