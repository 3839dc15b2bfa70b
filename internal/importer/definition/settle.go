package definition

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/importer/draft"
)

// mostPrefix is the longest id of a question of several columns: with a row, an
// option and "_text" the column still has a name of 32 characters.
const mostPrefix = 22

var columnPart = regexp.MustCompile(`^[A-Za-z0-9_]+$`)

// several are the types whose rows, items or options are columns of their own.
var several = []string{"multiple_choice", "matrix", "matrix_multiple", "ranking", "constant_sum", "multi_text"}

// settle gives every column a name that is short enough and nobody else's:
// rows and options of a question are numbered where theirs are not.
func (b *builder) settle() {
	for i := range b.out.Pages {
		for k := range b.out.Pages[i].Questions {
			if q := &b.out.Pages[i].Questions[k]; slices.Contains(several, q.Type) {
				b.shorten(q)
			}
		}
	}
	for i := range b.out.Pages {
		for k := range b.out.Pages[i].Questions {
			b.columns(&b.out.Pages[i].Questions[k])
		}
	}
}

// shorten cuts the id of a question of several columns.
func (b *builder) shorten(q *draft.Question) {
	old := q.ID
	if len(old) <= mostPrefix {
		return
	}
	id := strings.TrimRight(old[:mostPrefix], "_")
	for n := 2; b.taken[strings.ToLower(id)]; n++ {
		id = strings.TrimRight(old[:mostPrefix-3], "_") + "_" + strconv.Itoa(n)
	}
	b.taken[strings.ToLower(id)] = true
	q.ID = id
	q.Notes = append(q.Notes, "called "+strconv.Quote(old)+" in the file")
	for name, to := range b.ids {
		if to == old || strings.HasPrefix(to, old+"_") && strings.Contains(name, old) {
			b.ids[name] = id + to[len(old):]
		}
	}
	for name, to := range b.ticks {
		if to.question == old {
			b.ticks[name] = tickOf{id, to.code}
		}
	}
	if b.several[old] {
		b.several[id] = true
	}
}

// columns judges the columns of a question and numbers its parts where one does not fit.
func (b *builder) columns(q *draft.Question) {
	ticks := q.Type == "multiple_choice"
	rows := &q.Rows
	if len(q.Items) > 0 {
		rows = &q.Items
	}
	if !slices.Contains(several, q.Type) {
		b.writeIns(q)
		return
	}
	if ticks {
		if !b.free(q.ID, codesOf(q.Options), true) {
			b.number(q)
		}
		b.claim(q.ID, codesOf(q.Options))
		b.writeIns(q)
		return
	}
	var ids []string
	for _, r := range *rows {
		ids = append(ids, r.ID)
	}
	longest := 0
	if q.Type == "matrix_multiple" {
		longest = 3
		for i := range q.Options {
			q.Options[i].Code = strconv.Itoa(i + 1)
		}
	}
	if !b.free(q.ID, ids, false) || slices.ContainsFunc(ids, func(id string) bool { return len(q.ID)+1+len(id)+longest > idLength }) {
		for i := range *rows {
			own := "r" + strconv.Itoa(i+1)
			for name, to := range b.ids {
				if to == q.ID+"_"+(*rows)[i].ID {
					b.ids[name] = q.ID + "_" + own
				}
			}
			(*rows)[i].ID, ids[i] = own, own
		}
		q.Notes = append(q.Notes, b.guess(q.ID, "rows are numbered: their names are too long for columns, or taken"))
	}
	b.claim(q.ID, ids)
}

// number gives the options of a multiple choice numbers for codes.
func (b *builder) number(q *draft.Question) {
	b.recodes[q.ID] = map[string]string{}
	prefix := ""
	for !b.free(q.ID, numbers(prefix, len(q.Options)), true) {
		prefix += "o"
	}
	for i, code := range numbers(prefix, len(q.Options)) {
		b.recodes[q.ID][q.Options[i].Code] = code
		q.Options[i].Code = code
	}
	q.Notes = append(q.Notes, b.guess(q.ID, "options are numbered: their codes are too long for columns, or taken; map them when answers come in"))
}

func numbers(prefix string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = prefix + strconv.Itoa(i+1)
	}
	return out
}

// free reports whether all columns of a question have a name that is possible and nobody's.
func (b *builder) free(question string, parts []string, texts bool) bool {
	for _, p := range parts {
		most := idLength
		if texts {
			most -= len("_text")
		}
		if !columnPart.MatchString(p) || len(question)+1+len(p) > most || b.taken[strings.ToLower(question+"_"+p)] {
			return false
		}
	}
	return true
}

func (b *builder) claim(question string, parts []string) {
	for _, p := range parts {
		b.taken[strings.ToLower(question+"_"+p)] = true
	}
}

// writeIns drops the text beside an option whose column another question has.
func (b *builder) writeIns(q *draft.Question) {
	for i := range q.Options {
		o := &q.Options[i]
		column := q.ID + "_" + o.Code + "_text"
		if !o.WriteIn {
			continue
		}
		if len(column) > idLength || !columnPart.MatchString(column) || b.taken[strings.ToLower(column)] {
			o.WriteIn = false
			o.Notes = append(o.Notes, b.lost(q.ID, "the text beside option %s: its column would have no name", o.Code))
			continue
		}
		b.taken[strings.ToLower(column)] = true
	}
}
