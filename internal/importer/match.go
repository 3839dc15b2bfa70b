package importer

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// Way is how a column found its place in the survey.
type Way uint8

// The ways, the surest first.
const (
	Unmapped Way = iota
	ByMapping
	ByCode
	ByTitle
	ByWording // as the title, without regard to punctuation, numbers and case
	Guessed
	Dropped // the mapping says so
	Kept    // personal, kept on demand
)

var wayNames = [...]string{"unmapped", "mapping", "code", "title", "wording", "guessed", "dropped", "kept"}

func (w Way) String() string { return wayNames[w] }

// place is what a column was matched to.
type place struct {
	item   *item
	option string // Tick: the code
	beside string // WriteIn: the column of the text
	way    Way
	keep   string // Kept: the column
}

// matcher finds the place of every column.
type matcher struct {
	items   []*item
	byID    map[string]*item
	mapping *Mapping
	fields  map[string]*table.Field
}

func newMatcher(s *survey.Survey, t *Tool, m *Mapping) *matcher {
	if m == nil {
		m = &Mapping{}
		m.index()
	}
	tool := map[string]table.Reason{}
	maps.Copy(tool, t.missing)
	maps.Copy(tool, m.Missing)
	out := &matcher{byID: map[string]*item{}, mapping: m, fields: map[string]*table.Field{}}
	schema := s.Schema()
	for i := range schema.Fields {
		out.fields[schema.Fields[i].ID] = &schema.Fields[i]
	}
	rankings := map[string]*item{}
	for _, i := range s.Items() {
		if i.Type == "derived" || i.Type == "calculated" {
			continue
		}
		it := &item{id: i.ID, field: out.fields[i.ID], question: i.Question, row: i.Row, texts: map[string]string{}}
		it.name(i)
		it.kind = kindOf(it, i)
		it.answers = newAnswers(i.Scale, it.field, m.labels[i.ID], tool)
		it.answers.inline = t.inline
		for id := range out.fields {
			if code, ok := writeInOf(id, i.ID); ok && it.answers.codes[code] {
				it.texts[code] = id
			}
		}
		out.items = append(out.items, it)
		out.byID[strings.ToLower(i.ID)] = it
		if i.Question != nil && i.Question.Type == survey.Ranking && i.Row != nil {
			out.rank(rankings, it)
		}
	}
	return out
}

// match finds the place of a column; others of its group help.
func (m *matcher) match(c *Column, group []*Column) place {
	if to, ok := m.mapping.columns[c.Key]; ok {
		return m.mapped(c, to)
	}
	if p := m.byCode(c); p.item != nil {
		return p
	}
	for _, way := range []Way{ByTitle, ByWording, Guessed} {
		if p := m.byTitle(c, way, group); p.item != nil || p.beside != "" {
			return p
		}
	}
	return place{}
}

// mapped finds what a mapping names: a column of the data, ID_CODE of an option, or none.
func (m *matcher) mapped(c *Column, to string) place {
	if to == dropped || to == "" {
		return place{way: Dropped}
	}
	if p := m.named(to); p.item != nil || p.beside != "" {
		p.way = ByMapping
		if p.option == "" && p.item != nil && p.item.kind == takesCodes && c.Coding == Tick {
			p.option = p.item.option(c)
		}
		return p
	}
	if strings.HasPrefix(to, "_") {
		return place{way: Dropped}
	}
	return place{way: Kept, keep: to}
}

// named finds an item, the option of one, or the text beside one.
func (m *matcher) named(id string) place {
	low := strings.ToLower(id)
	if it := m.byID[low]; it != nil {
		return place{item: it, way: ByCode}
	}
	for _, it := range m.items {
		code, ok := strings.CutPrefix(low, strings.ToLower(it.id)+"_")
		if !ok {
			continue
		}
		for _, own := range slices.Sorted(keysOf(it.texts)) {
			if strings.ToLower(it.texts[own]) == low {
				return place{item: it, option: own, beside: it.texts[own], way: ByCode}
			}
		}
		if it.kind != takesCodes {
			continue
		}
		for own := range it.answers.codes {
			if strings.ToLower(own) == code {
				return place{item: it, option: own, way: ByCode}
			}
		}
	}
	return place{}
}

func keysOf(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// byCode finds a column whose name is that of a column of ours.
func (m *matcher) byCode(c *Column) place {
	try := append([]string{c.Headers[0]}, c.Aliases...)
	if c.Code != "" && c.PartCode != "" {
		try = append(try, c.Code+"_"+c.PartCode)
	}
	if c.Code != "" && c.Part != "" {
		try = append(try, c.Code+"_"+c.Part)
	}
	if c.Code != "" && c.PartCode == "" && c.Part == "" && !counted(c.Code) {
		try = append(try, c.Code)
	}
	for _, name := range try {
		if to, ok := m.mapping.names[fold(name)]; ok {
			name = to
		}
		if p := m.named(name); p.item != nil && fits(p, c) {
			p.item.taken = true
			return p
		}
	}
	if c.Code == "" || counted(c.Code) {
		return place{}
	}
	code := cmp.Or(m.mapping.names[fold(c.Code)], c.Code)
	for _, it := range m.items {
		if it.question != nil && strings.EqualFold(it.question.ID, code) {
			if p := it.part(c, ByTitle); p.item != nil || p.beside != "" {
				p.way = ByCode
				return p
			}
		}
	}
	return place{}
}

// counted reports whether a code is but the number of a question, which moves when questions do.
func counted(code string) bool {
	if len(code) < 2 || code[0] != 'q' {
		return false
	}
	return strings.Trim(code[1:], "0123456789") == ""
}

// fits reports whether a place found by name takes what the column holds.
func fits(p place, c *Column) bool {
	if p.beside != "" {
		return true
	}
	if c.Coding == Tick {
		return p.option != "" || p.item.kind != takesCodes || c.Part == "" && c.PartCode == ""
	}
	return c.Coding != WriteIn || p.item.kind == takesText
}

// byTitle finds a question by its words, and in it the row or the option.
func (m *matcher) byTitle(c *Column, way Way, group []*Column) place {
	for _, it := range m.items { // titles that come twice take their questions in turn
		if it.taken && c.Part == "" && c.Coding != WriteIn || !m.titled(it, c, way) {
			continue
		}
		p := it.part(c, way)
		if p.item == nil && p.beside == "" {
			continue
		}
		p.way = max(way, p.way)
		if p.option == "" && p.beside == "" && c.Part == "" {
			it.taken = true
		}
		return p
	}
	if way == Guessed {
		return m.inOrder(c, group)
	}
	return place{}
}

// titled reports whether the title of a column is that of the question.
func (m *matcher) titled(it *item, c *Column, way Way) bool {
	if c.Title == "" {
		return way == Guessed && c.Part != "" && it.kind == takesCodes
	}
	for _, t := range it.titles {
		switch way {
		case ByTitle:
			if fold(t) == fold(c.Title) || fold(t) == fold(strip(c.Title)) {
				return true
			}
		case ByWording:
			if l := loose(t); l != "" && l == loose(c.Title) {
				return true
			}
		case Guessed:
			if alike(loose(t), loose(c.Title)) {
				return true
			}
		}
	}
	return false
}

// alike reports whether one title holds the other and is not much longer.
func alike(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 12 && strings.Contains(b, a) && 2*len(a) >= len(b)
}

// part finds the row or the option that a column of the question is.
func (it *item) part(c *Column, way Way) place {
	switch {
	case c.Coding == WriteIn:
		for _, code := range slices.Sorted(keysOf(it.texts)) {
			if it.row == nil && (len(it.texts) == 1 || it.option(c) == code) {
				return place{item: it, option: code, beside: it.texts[code]}
			}
		}
		return place{}
	case c.Part == "" && c.PartCode == "" && c.Coding != RankAt:
		if it.row == nil || it.kind == takesRank {
			return place{item: it}
		}
		return place{}
	case it.kind == takesCodes && it.row == nil:
		if code := it.option(c); code != "" {
			return place{item: it, option: code}
		}
		return place{}
	case it.kind == takesRank:
		if at := c.PartCode; at != "" && strings.Trim(at, "0123456789") == "" {
			return place{item: it, option: at}
		}
		return place{}
	}
	return it.rowed(c, way)
}

// rowed finds the row; for a row of several answers also the option.
func (it *item) rowed(c *Column, way Way) place {
	for _, p := range it.parts {
		same := fold(p) == fold(c.Part) || fold(p) == fold(c.PartCode)
		if same || way >= ByWording && loose(p) != "" && loose(p) == loose(c.Part) {
			return place{item: it}
		}
		if it.kind != takesCodes {
			continue
		}
		if rest, ok := strings.CutPrefix(loose(c.Part), loose(p)); ok && loose(p) != "" {
			for _, code := range it.answers.order {
				if it.answers.loose[rest] == code {
					return place{item: it, option: code}
				}
			}
		}
	}
	return place{}
}

// option is the option whose label or code the column has, "" without one.
func (it *item) option(c *Column) string {
	for _, s := range []string{c.PartCode, c.Part} {
		if s == "" {
			continue
		}
		if code, ok := it.answers.fold[fold(s)]; ok {
			return code
		}
		if code, ok := it.answers.loose[loose(s)]; ok {
			return code
		}
	}
	if l, ok := it.answers.mapped[fold(c.Part)]; ok {
		return l.Code
	}
	if it.answers.writeIn != "" && (isOther(c.Part) || isOther(c.PartCode)) {
		return it.answers.writeIn
	}
	return ""
}

// inOrder takes the rows or options of a question in their order, where the
// title fits, no label does, and there are as many.
func (m *matcher) inOrder(c *Column, group []*Column) place {
	at := slices.Index(group, c)
	if at < 0 || c.Title == "" && c.Code == "" || c.Coding == WriteIn {
		return place{}
	}
	var rows []*item
	for _, it := range m.items {
		if it.kind == takesRank || !m.titled(it, c, ByWording) && !(it.question != nil && strings.EqualFold(it.question.ID, c.Code)) {
			continue
		}
		if it.kind == takesCodes && it.row == nil {
			if c.Coding == Tick && len(it.answers.order) == len(group) {
				return place{item: it, option: it.answers.order[at], way: Guessed}
			}
			continue
		}
		if it.row != nil {
			rows = append(rows, it)
		}
	}
	if len(rows) == len(group) {
		return place{item: rows[at], way: Guessed}
	}
	return place{}
}
