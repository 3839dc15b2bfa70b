package version

import (
	"maps"
	"slices"
	"strconv"

	"manyi/internal/diag"
)

// asked is a question of a canonical form and where it stands.
type asked struct {
	id    string
	form  object
	page  int
	about object // the page without its questions
}

// asks are the questions of a form in their order.
func asks(form object) (out []asked, byID map[string]asked) {
	byID = map[string]asked{}
	for i, p := range list(form, "pages") {
		about := maps.Clone(p)
		delete(about, "questions")
		for _, q := range list(p, "questions") {
			a := asked{str(q, "id"), q, i, about}
			out = append(out, a)
			byID[a.id] = a
		}
	}
	return out, byID
}

// questions compares the questions of both versions by their ids.
func (c *comparison) questions() {
	before, was := asks(c.a)
	after, is := asks(c.b)
	gone := slices.Collect(func(yield func(asked) bool) {
		for _, q := range before {
			if _, ok := is[q.id]; !ok && !yield(q) {
				return
			}
		}
	})
	renamed := map[string]bool{}
	moved := c.moves(before, after, was, is)
	c.pages(after, was)
	for _, q := range after {
		old, ok := was[q.id]
		if ok {
			c.question(old.form, q.form)
			if reason := moved[q.id]; reason.what != "" {
				c.add(Change{Item: q.id, Part: Question, Kind: Moved, Verdict: reason.verdict, Reason: reason.says})
			}
			continue
		}
		if i := slices.IndexFunc(gone, func(g asked) bool { return !renamed[g.id] && sameButID(g.form, q.form) }); i >= 0 {
			renamed[gone[i].id] = true
			c.add(Change{Item: q.id, Part: Question, Of: []string{gone[i].id}, Kind: Renamed, Verdict: New, Old: gone[i].id, New: q.id, Reason: diag.Say("answers stand under another name: declare that it is the same in history")})
			continue
		}
		c.add(Change{Item: q.id, Part: Question, Kind: Added, Verdict: Same, Reason: diag.Say("its own series begins; the others are as they were"), New: c.firstText(q.form["text"])})
	}
	for _, q := range gone {
		if !renamed[q.id] {
			c.add(Change{Item: q.id, Part: Question, Kind: Removed, Verdict: goneVerdict(q.form), Reason: diag.Say("no answers come any more: its series ends here"), Old: c.firstText(q.form["text"])})
		}
	}
}

// goneVerdict marks the end of a series; a note has none.
func goneVerdict(q object) Verdict {
	if str(q, "type") == "note" {
		return Same
	}
	return Marked
}

func sameButID(a, b object) bool {
	a, b = maps.Clone(a), maps.Clone(b)
	delete(a, "id")
	delete(b, "id")
	return short(a) == short(b)
}

// firstText is a text in the language that the new version was written in, else
// in the first of its own.
func (c *comparison) firstText(v any) string {
	t := textOf(v)
	for _, lang := range slices.Concat(c.new.Languages, slices.Sorted(maps.Keys(t))) {
		if s, ok := t[lang]; ok {
			return s
		}
	}
	return ""
}

// movement is where a question went.
type movement struct {
	what    string
	verdict Verdict
	says    diag.Phrase
}

// moves are the questions that are asked in another order, and those before
// which a page break came or went.
func (c *comparison) moves(before, after []asked, was, is map[string]asked) map[string]movement {
	out := map[string]movement{}
	var a, b []string
	for _, q := range before {
		if _, ok := is[q.id]; ok {
			a = append(a, q.id)
		}
	}
	for _, q := range after {
		if _, ok := was[q.id]; ok {
			b = append(b, q.id)
		}
	}
	stayed := map[string]bool{}
	for _, m := range common(a, b) {
		stayed[a[m[0]]] = true
	}
	for i, id := range b {
		switch {
		case !stayed[id] && str(is[id].form, "type") == "note":
			out[id] = movement{"moved", Same, diag.Say("a note stands elsewhere")}
		case !stayed[id]:
			out[id] = movement{"moved", Marked, diag.Say("what is asked before can colour the answers")}
		case i > 0 && stayed[b[i-1]] && (was[b[i-1]].page == was[id].page) != (is[b[i-1]].page == is[id].page):
			out[id] = movement{"moved", Same, diag.Say("in the same order, with another page break before it")}
		}
	}
	return out
}

// pages compares the pages that questions of both versions stand on.
func (c *comparison) pages(after []asked, was map[string]asked) {
	type pair struct{ old, new int }
	var order []pair
	of := map[pair][]string{}
	about := map[pair][2]object{}
	for _, q := range after {
		old, ok := was[q.id]
		if !ok || short(old.about) == short(q.about) {
			continue
		}
		p := pair{old.page, q.page}
		if of[p] == nil {
			order = append(order, p)
		}
		of[p], about[p] = append(of[p], q.id), [2]object{old.about, q.about}
	}
	for _, p := range order {
		c.keys(about[p][0], about[p][1], Change{Item: c.pageName(p.new), Part: Page, Of: of[p]})
	}
}

// pageName is the id of a page, its number where the file was not read whole.
func (c *comparison) pageName(i int) string {
	if len(c.new.Pages) == len(list(c.b, "pages")) && c.new.Pages[i].ID != "" {
		return c.new.Pages[i].ID
	}
	return strconv.Itoa(i + 1)
}

// question compares two versions of one question.
func (c *comparison) question(old, latest object) {
	id := str(latest, "id")
	if a, b := str(old, "type"), str(latest, "type"); a != b {
		c.add(typed(id, a, b))
	}
	from := len(c.changes)
	c.keys(old, latest, Change{Item: id, Part: Question})
	for i := range c.changes[from:] {
		if x := &c.changes[from+i]; (x.Key == "min" || x.Key == "max") && str(latest, "type") == "slider" {
			x.Verdict, x.Reason = New, diag.Say("the scale has other points")
		}
	}
	c.answers(old["answers"], latest["answers"], answered{item: id, part: Question, rated: rated(old) && rated(latest), shuffled: str(latest, "randomize") == "options" && str(old, "randomize") == "options"})
	for _, key := range []string{"rows", "items", "features", "levels", "columns"} {
		c.rows(id, key, old, latest)
	}
	c.branches(id, old["branches"], latest["branches"])
}

// rated reports whether the codes of a question are points of a scale.
func rated(q object) bool {
	switch str(q, "type") {
	case "rating", "likert", "nps", "matrix", "matrix_dual", "semantic_differential", "kano", "slider":
		return true
	}
	return false
}

// alike are types that store the same answers by another control.
var alike = [][]string{
	{"single_choice", "dropdown", "image_choice", "yes_no"},
	{"rating", "likert", "nps", "single_choice", "dropdown"},
	{"short_text", "long_text"},
	{"number", "slider"},
}

func typed(id, a, b string) Change {
	x := Change{Item: id, Part: Question, Kind: Type, Key: "type", Verdict: New, Old: a, New: b, Reason: diag.Say("the answers are of another kind")}
	for _, group := range alike {
		if slices.Contains(group, a) && slices.Contains(group, b) {
			x.Verdict, x.Reason = Marked, diag.Say("the answers are stored alike, but asked for in another form")
		}
	}
	return x
}
