package table

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// FieldCell is how many responses of a wave came alike: on one day, in one
// version, language and mode, complete or broken off after one field.
type FieldCell struct {
	Day      uint32 // of _submitted, else of _started, in Options.Zone, as yyyymmdd; 0 where unknown
	Version  int    // 0 where unknown
	Build    string // start of the hash of the definition, "" where unknown
	Language string // "" where unknown
	Mode     string
	Partial  bool
	Last     int // of a partial: index of the last field of the pages with an answer, -1 without any
	N        int
}

// fieldRow is what fieldwork keeps of a row, with words as places in part.words.
type fieldRow struct {
	day        uint32
	version    int32
	lang, mode uint16
	build      uint16
	last       int16
}

// A language, mode or build that is no plain word is not kept, nor one of a file with too many.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,34}$`)

const wordLimit = 1000

// keepField notes when, how and how far the row was answered.
func (r *reader) keepField(rec *record, s state) {
	p := r.part
	if !r.plan.opt.Field || !r.hasField() {
		return
	}
	row := fieldRow{last: -1, lang: r.wordOf(rec, metaLang), mode: r.wordOf(rec, metaMode), build: r.wordOf(rec, metaBuild)}
	if v, err := strconv.Atoi(string(r.meta(rec, r.metas[metaVersion]))); err == nil && v > 0 && v <= 1_000_000 {
		row.version = int32(v)
	}
	if row.day = r.dayIn(r.meta(rec, r.metas[metaSubmitted])); row.day == 0 {
		row.day = r.dayIn(r.meta(rec, r.metas[metaStarted]))
	}
	if p.partial(s) || s != submitted {
		row.last = r.lastAnswer()
	}
	p.field = append(filled(p.field, p.rows, fieldRow{last: -1}), row)
}

func (r *reader) hasField() bool {
	return slices.ContainsFunc([]int{metaSubmitted, metaStarted, metaVersion, metaBuild, metaLang, metaMode}, func(m int) bool { return r.metas[m] >= 0 })
}

// dayIn is the day of a stamp in the zone of the site; as written where it has no zone of its own.
func (r *reader) dayIn(text []byte) uint32 {
	if zone := r.plan.opt.Zone; zone != nil && len(text) > len("2006-01-02T15:04") {
		if t, err := time.Parse(time.RFC3339, string(text)); err == nil {
			y, m, d := t.In(zone).Date()
			return uint32(y*10000 + int(m)*100 + d)
		}
	}
	day, _ := parseDay(text)
	return day
}

func (r *reader) wordOf(rec *record, meta int) uint16 {
	text := r.meta(rec, r.metas[meta])
	p := r.part
	if p.words == nil {
		p.words, p.wordAt = []string{""}, map[string]uint16{"": 0}
	}
	if at, ok := p.wordAt[string(text)]; ok {
		return at
	}
	if !plainWord.Match(text) || len(p.words) >= wordLimit {
		return 0
	}
	at := uint16(len(p.words))
	p.words, p.wordAt[string(text)] = append(p.words, string(text)), at
	return at
}

// lastAnswer is the last field of the pages that the row being read answers.
func (r *reader) lastAnswer() int16 {
	p := r.part
	for f := min(r.plan.opt.Questions, len(p.columns)) - 1; f >= 0; f-- {
		if c := p.columns[f]; c != nil && c.held() > p.rows && c.value(p.rows) < WideBase && !unticked(c, p.rows) {
			return int16(min(f, 1<<15-1))
		}
	}
	return -1
}

// unticked reports whether a cell is an option that was not ticked.
func unticked(c *column, row int) bool {
	return c.field.Kind == Tick && c.value(row) == 0
}

// held is how many rows the column has.
func (c *column) held() int {
	if c.codes.wide {
		return len(c.wide)
	}
	return len(c.cells)
}

// brokenOff is a partial response that does not count, unless it was completed later.
type brokenOff struct {
	part, row, wave int
	last            int16
}

// fieldKey is what the rows of one part have in common that came alike.
type fieldKey struct {
	fieldRow
	wave    uint16
	partial bool
}

// tally counts a row into the fieldwork of its part.
func (j *joiner) tally(part, row, wave int, partial bool) {
	p := j.parts[part]
	key := fieldKey{fieldRow{last: -1}, uint16(wave), partial}
	if row < len(p.field) {
		key.fieldRow = p.field[row]
	}
	if !partial {
		key.last = -1
	}
	if p.alike == nil {
		p.alike = map[fieldKey]int{}
	}
	p.alike[key]++
}

// cell is a key of a part in words.
func (p *part) cell(k fieldKey) FieldCell {
	c := FieldCell{Day: k.day, Version: int(k.version), Partial: k.partial, Last: int(k.last)}
	if len(p.words) > 0 {
		c.Language, c.Mode, c.Build = p.words[k.lang], p.words[k.mode], p.words[k.build]
	}
	return c
}

// fieldwork gives every wave its cells, in a fixed order. A response that broke
// off counts once, at its furthest, and not at all where it was completed later.
func (j *joiner) fieldwork() {
	if !j.plan.opt.Field {
		return
	}
	slices.SortStableFunc(j.broken, func(a, b brokenOff) int { return cmp.Compare(b.last, a.last) })
	for _, b := range j.broken {
		if _, _, again := j.seen.add(b.part, b.row, b.wave); !again {
			j.tally(b.part, b.row, b.wave, true)
		}
	}
	cells := make([]map[FieldCell]int, len(j.answers.Waves))
	for _, p := range j.parts {
		for key, n := range p.alike {
			if cells[key.wave] == nil {
				cells[key.wave] = map[FieldCell]int{}
			}
			cells[key.wave][p.cell(key)] += n
		}
		p.field, p.words, p.wordAt, p.alike = nil, nil, nil, nil
	}
	j.broken = nil
	for i, w := range j.answers.Waves {
		for cell, n := range cells[i] {
			cell.N = n
			w.Field = append(w.Field, cell)
		}
		slices.SortFunc(w.Field, func(a, b FieldCell) int {
			return cmp.Or(cmp.Compare(a.Day, b.Day), a.Version-b.Version, cmp.Compare(a.Build, b.Build), cmp.Compare(a.Language, b.Language), cmp.Compare(a.Mode, b.Mode), a.Last-b.Last, boolean(a.Partial)-boolean(b.Partial))
		})
	}
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// furthest is the last answered field of a row, -1 without any.
func (p *part) furthest(row int) int16 {
	if row < len(p.field) {
		return p.field[row].last
	}
	return -1
}
