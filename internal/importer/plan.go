package importer

import (
	"slices"
	"strings"
	"time"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// memoLimit is how many different cells of a column are remembered with what they mean.
const memoLimit = 20_000

// Options of an import.
type Options struct {
	Name    string // of the files that are written; "": the wave, else the file's
	Wave    string // the round its responses belong to, "" without
	Zone    *time.Location
	Keep    []string // personal columns that are kept, by key
	Replace bool     // the newer of two responses with one id counts
	Mapping *Mapping // nil without
}

// ColumnFate is what becomes of one column.
type ColumnFate struct {
	Column   *Column
	Way      Way
	To       []string // columns of ours that it fills, "" where none
	Answers  int      // cells that gave an answer
	Missing  int      // cells that say why there is none
	Guesses  int      // cells whose code was guessed
	Written  int      // texts beside an option
	Unknown  int      // cells that no label explains: they count as missing
	Also     string   // Unmapped: the key of the column that fills the same
	unknowns tallied
	place    place
	memo     map[string]meaning
	list     map[string][]meaning
}

// Plan says for every column of a frame where its answers go.
type Plan struct {
	Frame   *Frame
	Survey  *survey.Survey
	Fates   []ColumnFate
	Options Options
	schema  *table.Schema
	matcher *matcher
	order   []string // keys of a record, in the order of the definition
	multi   map[string]bool
	number  map[string]bool
}

// NewPlan matches an export with a survey.
func NewPlan(f *Frame, s *survey.Survey, opt Options) *Plan {
	p := &Plan{Frame: f, Survey: s, Options: opt, schema: s.Schema(), multi: map[string]bool{}, number: map[string]bool{}}
	p.matcher = newMatcher(s, f.Tool, opt.Mapping)
	groups := members(f.Columns)
	used := map[string]string{}
	for i := range f.Columns {
		c := &f.Columns[i]
		fate := ColumnFate{Column: c, memo: map[string]meaning{}, list: map[string][]meaning{}}
		p.fate(&fate, groups, used)
		p.Fates = append(p.Fates, fate)
	}
	seen := map[string]bool{}
	for _, field := range p.schema.Fields {
		key := field.ID
		if field.Kind == table.Tick {
			key = field.Question
			p.multi[key] = true
		}
		p.number[key] = field.Kind == table.Number
		if !seen[key] {
			seen[key] = true
			p.order = append(p.order, key)
		}
	}
	for _, fate := range p.Fates {
		if k := fate.place.keep; k != "" && !seen[k] {
			seen[k] = true
			p.order = append(p.order, k)
		}
	}
	return p
}

// fate decides about one column.
func (p *Plan) fate(fate *ColumnFate, groups [][]*Column, used map[string]string) {
	c := fate.Column
	_, mapped := p.matcher.mapping.columns[c.Key]
	private := c.Role == Personal && !mapped
	if c.Kept != "" && !(c.Kept == "_wave" && p.Options.Wave != "") {
		fate.place, fate.Way, fate.To = place{way: Kept, keep: c.Kept}, Kept, []string{c.Kept}
		return
	}
	if c.Role != Answer && !mapped && !private {
		return
	}
	var group []*Column
	if c.Group > 0 && c.Group <= len(groups) {
		group = groups[c.Group-1]
	}
	place := p.matcher.match(c, group)
	if private && place.item != nil && (place.way > ByWording || !isPrivate(place.item)) {
		place.item, place.beside, place.way = nil, "", Unmapped // only where the survey says that it is personal
	}
	if private && place.item == nil {
		place = p.kept(c)
	}
	if place.item != nil && place.item.kind == takesText && ownFigures(p.Frame.heads()) {
		c.Role = Technical // it only says whether there is a text
		return
	}
	to := place.to(c)
	for _, id := range to {
		if first, ok := used[id]; ok {
			fate.Also, place, to = first, placeNone, nil
			break
		}
	}
	for _, id := range to {
		used[id] = c.Key
	}
	fate.place, fate.Way, fate.To = place, place.way, to
}

var placeNone = place{}

func isPrivate(it *item) bool { return it.question == nil || it.question.PII }

// kept is the place of a personal column that --keep names.
func (p *Plan) kept(c *Column) place {
	for _, k := range p.Options.Keep {
		if fold(k) == fold(c.Key) || fold(k) == fold(c.Title) {
			return place{way: Kept, keep: columnID(c.Title, "kept")}
		}
	}
	return place{}
}

// to are the columns that a place fills.
func (p place) to(c *Column) []string {
	switch {
	case p.keep != "":
		return []string{p.keep}
	case p.beside != "":
		return []string{p.beside}
	case p.item == nil:
		return nil
	case p.option != "" && p.item.kind == takesRank:
		return []string{p.item.id + " #" + p.option}
	case p.option != "":
		return []string{p.item.id + "_" + p.option}
	}
	return []string{p.item.id}
}

// record is one response on its way: what each column of ours holds.
type record struct {
	values map[string]string   // codes, numbers and texts
	lists  map[string][]string // codes of a multiple choice
	shown  map[string]bool     // a multiple choice that was shown
	blank  map[string]bool     // shown and not answered
}

func newRecord() *record {
	return &record{values: map[string]string{}, lists: map[string][]string{}, shown: map[string]bool{}, blank: map[string]bool{}}
}

func (r *record) reset() {
	clear(r.values)
	clear(r.lists)
	clear(r.shown)
	clear(r.blank)
}

// take fills the record from the cells of a row.
func (p *Plan) take(r *record, cells []string) {
	r.reset()
	for i := range p.Fates {
		fate := &p.Fates[i]
		if fate.Way == Unmapped || fate.Way == Dropped || i >= len(cells) {
			continue
		}
		cell := clean(cells[i])
		if fate.place.item == nil || fate.place.beside != "" {
			if cell != "" && cell != listed && p.reason(cell) == table.Answered {
				fate.Answers++
				r.values[fate.To[0]] = cell
				p.besides(r, fate)
			}
			continue
		}
		p.cell(r, fate, cell)
	}
}

// besides ticks the option whose text was written, where the tool does not.
func (p *Plan) besides(r *record, fate *ColumnFate) {
	it := fate.place.item
	switch {
	case it == nil || fate.place.option == "":
	case it.kind == takesCodes:
		r.add(it.id, fate.place.option)
	case it.kind == takesCode && r.values[it.id] == "":
		r.values[it.id] = fate.place.option
	}
}

func (r *record) add(id, code string) {
	r.shown[id] = true
	if slices.Contains(r.lists[id], code) {
		return
	}
	r.lists[id] = append(r.lists[id], code)
}

// reason is why a tool says that a cell is no answer.
func (p *Plan) reason(cell string) table.Reason {
	f := fold(cell)
	if r, ok := p.matcher.mapping.Missing[f]; ok {
		return r
	}
	return p.Frame.Tool.missing[f]
}

func (p *Plan) cell(r *record, fate *ColumnFate, cell string) {
	it := fate.place.item
	if cell == "" || cell == listed && it.kind != takesCodes {
		r.blank[it.id] = true
		return
	}
	if reason := p.reason(cell); reason != table.Answered && it.kind != takesCode {
		fate.Missing++
		if reason != table.NotShown {
			r.blank[it.id] = true
		}
		return
	}
	switch it.kind {
	case takesCode:
		p.code(r, fate, it, cell)
	case takesCodes:
		p.codes(r, fate, it, cell)
	case takesNumber:
		p.figure(r, fate, it, cell)
	case takesRank:
		p.rank(r, fate, it, cell)
	default:
		fate.Answers++
		r.values[it.id] = cell
	}
}

// code takes the answer of a scale.
func (p *Plan) code(r *record, fate *ColumnFate, it *item, cell string) {
	m := fate.meaning(it, cell)
	fate.tally(m, cell)
	switch {
	case m.sure == isUnknown:
		r.blank[it.id] = true
	case m.sure == isMissing && m.reason == table.NotShown:
	case m.sure == isMissing:
		if code := it.answers.reasonCode(m.reason); code != "" {
			r.values[it.id] = code
		} else {
			r.blank[it.id] = true
		}
	default:
		r.values[it.id] = m.code
		if id := it.texts[m.code]; id != "" && m.text != "" {
			r.values[id] = m.text
		}
	}
}

// codes takes answers of a multiple choice: one option a column, or all in a cell.
func (p *Plan) codes(r *record, fate *ColumnFate, it *item, cell string) {
	c := fate.Column
	if fate.place.option != "" {
		r.shown[it.id] = true
		fate.Answers++
		if f := fold(cell); f == "0" || chosenNot(f) && !strings.EqualFold(c.Part, cell) {
			return
		}
		r.add(it.id, fate.place.option)
		return
	}
	list, ok := fate.list[cell]
	if !ok && p.Frame.Tool.Name == "manyi" {
		list, ok = it.answers.bits(cell)
	}
	if !ok {
		list = it.answers.split(cell, p.separators(c))
		if len(fate.list) < memoLimit {
			fate.list[strings.Clone(cell)] = list
		}
	}
	r.shown[it.id] = true
	for _, m := range list {
		fate.tally(m, "")
		switch m.sure {
		case isUnknown, isMissing:
		default:
			r.add(it.id, m.code)
			if id := it.texts[m.code]; id != "" && m.text != "" {
				r.values[id] = strings.TrimPrefix(r.values[id]+", "+m.text, ", ")
			}
		}
	}
}

// separators are those that may stand in the cells of a column.
func (p *Plan) separators(c *Column) []string {
	if c.Separator != "" {
		return []string{c.Separator}
	}
	return append(slices.Clone(p.Frame.Tool.joins), "┋")
}

func chosenNot(f string) bool {
	for _, s := range no {
		if s == f && f != "2" {
			return true
		}
	}
	return false
}
