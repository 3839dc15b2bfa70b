package version

import (
	"slices"
	"strconv"

	"manyi/internal/diag"
)

// whole compares what is said of the survey as a whole.
func (c *comparison) whole() {
	pick := func(m object) object {
		out := object{}
		for _, key := range []string{"languages", "title", "intro", "privacy", "time_limit"} {
			if v, ok := m[key]; ok {
				out[key] = v
			}
		}
		return out
	}
	from := len(c.changes)
	c.keys(pick(c.a), pick(c.b), Change{Item: c.new.ID, Part: Whole})
	for i := range c.changes[from:] {
		x := &c.changes[from+i]
		if x.Verdict == Same {
			continue
		}
		for _, p := range c.new.Pages { // what is promised and the time are about all questions
			for _, q := range p.Questions {
				x.Of = append(x.Of, q.ID)
			}
		}
	}
}

// lists compares hidden and calculated columns and endings.
func (c *comparison) lists() {
	for key, part := range pairs("hidden", Hidden, "calculated", Calculated) {
		was, is := map[string]object{}, map[string]object{}
		for _, o := range list(c.a, key) {
			was[str(o, "id")] = o
		}
		for _, o := range list(c.b, key) {
			id := str(o, "id")
			is[id] = o
			if old := was[id]; old != nil {
				c.keys(old, o, Change{Item: id, Part: part})
			} else {
				c.add(Change{Item: id, Part: part, Kind: Added, Verdict: Same, Reason: diag.Say("its own series begins; the others are as they were")})
			}
		}
		for _, o := range list(c.a, key) {
			if id := str(o, "id"); is[id] == nil {
				c.add(Change{Item: id, Part: part, Kind: Removed, Verdict: Marked, Reason: diag.Say("no answers come any more: its series ends here")})
			}
		}
	}
	c.endings()
}

// endings are compared by their place: they have no id in the canonical form.
func (c *comparison) endings() {
	a, b := list(c.a, "endings"), list(c.b, "endings")
	for i := range max(len(a), len(b)) {
		x := Change{Item: strconv.Itoa(i + 1), Part: Ending, Verdict: Same, Reason: diag.Say("seen after the last answer")}
		switch {
		case i >= len(a):
			x.Kind, x.New = Added, c.firstText(b[i]["text"])
			c.add(x)
		case i >= len(b):
			x.Kind, x.Old = Removed, c.firstText(a[i]["text"])
			c.add(x)
		default:
			c.keys(a[i], b[i], x)
		}
	}
}

// pairs goes through pairs in their order.
func pairs(key1 string, part1 Part, key2 string, part2 Part) func(func(string, Part) bool) {
	return func(yield func(string, Part) bool) {
		_ = yield(key1, part1) && yield(key2, part2)
	}
}

// names finds ids that stay and stand for something of another sort: a column
// that was a row and is a question, a question that was a hidden column.
func (c *comparison) names() {
	was, is := c.columns(c.a), c.columns(c.b)
	for _, name := range is.order {
		if old, ok := was.part[name]; ok && old != is.part[name] {
			c.add(Change{Item: name, Part: is.part[name], Of: is.of(name), Kind: Reused, Verdict: New, Old: string(old), New: string(is.part[name]), Reason: diag.Say("the column held something else")})
		}
	}
}

// named are the columns of a version and what each of them is.
type named struct {
	order []string
	part  map[string]Part
	owner map[string]string
}

func (n *named) put(name string, part Part, owner string) {
	if _, have := n.part[name]; !have {
		n.order = append(n.order, name)
		n.part[name], n.owner[name] = part, owner
	}
}

func (n *named) of(name string) []string {
	if o := n.owner[name]; o != "" && o != name {
		return []string{o}
	}
	return nil
}

func (c *comparison) columns(form object) *named {
	out := &named{part: map[string]Part{}, owner: map[string]string{}}
	all, _ := asks(form)
	for _, q := range all {
		parts := slices.Concat(list(q.form, "rows"), list(q.form, "items"), list(q.form, "features"))
		out.put(q.id, Question, q.id)
		for _, r := range parts {
			out.put(q.id+"_"+str(r, "id"), Row, q.id)
		}
	}
	for _, h := range list(form, "hidden") {
		out.put(str(h, "id"), Hidden, "")
	}
	for _, h := range list(form, "calculated") {
		out.put(str(h, "id"), Calculated, "")
	}
	return out
}
