package survey

import (
	"math"
	"slices"

	"manyi/internal/table"
)

// maxWorlds is how many combinations of answers are tried for one condition.
const maxWorlds = 20_000

// maxSubsets is of how many options of a multiple choice all combinations are tried.
const maxSubsets = 5

// world is the names that an expression in the end reads, with what each can be.
type world struct {
	survey  *Survey
	def     *definition
	names   []string
	domains [][]Value
	needs   map[string][]*Expression // name -> conditions under which it is asked
	formula map[string]*Expression   // calculated columns
	taken   []*Expression
	numbers []float64 // literals of all of them
	texts   []string
	sized   bool // the length of lists or texts matters
	exact   bool // numbers are reckoned with

	now   []Value         // the combination that is tried
	asked map[string]bool // whether a name is asked in it, as far as known
	seen  map[*term]*outcomes
}

// outcomes counts how often a term was true, of all tries and of those in which its operands were there.
type outcomes struct{ times, held, answered, answeredHeld int }

func newWorld(s *Survey, d *definition) *world {
	return &world{survey: s, def: d, needs: map[string][]*Expression{}, formula: map[string]*Expression{}, seen: map[*term]*outcomes{}}
}

// take gathers everything that decides an expression; false where that is too much to try.
func (w *world) take(e *Expression, guards []guard) bool {
	w.add(e)
	for _, g := range guards {
		w.add(g.Expression)
	}
	if w.exact {
		return false
	}
	worlds := 1
	for _, name := range w.names {
		domain, ok := w.domain(w.def.column(name))
		worlds *= max(len(domain), 1)
		if !ok || worlds > maxWorlds {
			return false
		}
		w.domains = append(w.domains, domain)
	}
	return true
}

// add takes an expression and those that decide what it reads.
func (w *world) add(e *Expression) {
	if slices.Contains(w.taken, e) {
		return
	}
	w.taken = append(w.taken, e)
	e.tree.each(func(t *term) {
		switch t.op {
		case "number":
			w.numbers = append(w.numbers, t.number)
		case "text":
			w.texts = append(w.texts, t.text)
		case "count", "len":
			w.sized = true
		case "+", "-", "*", "/", "neg", "sum", "mean", "min", "max", "round", "param", "today":
			w.exact = true
		case "name":
			w.name(t.text)
		}
	})
}

func (w *world) name(id string) {
	if slices.Contains(w.names, id) || w.formula[id] != nil {
		return
	}
	for _, c := range w.survey.Calculated {
		if c.ID == id && c.Expr != nil {
			w.formula[id] = c.Expr
			w.add(c.Expr)
			return
		}
	}
	w.names = append(w.names, id)
	for _, p := range w.survey.Pages {
		for _, q := range p.Questions {
			if q.ID != w.def.owner(id) {
				continue
			}
			for _, e := range []*Expression{p.ShowIf, q.ShowIf} {
				if e != nil {
					w.needs[id] = append(w.needs[id], e)
					w.add(e)
				}
			}
		}
	}
}

// domain is what a column can hold, as far as the literals tell values apart.
func (w *world) domain(c *column) (out []Value, ok bool) {
	out = []Value{NoValue(table.Skipped)}
	switch {
	case c == nil:
		return nil, false
	case c.listed():
		return w.lists(out, c)
	case c.role == tick:
		return append(out, NumberValue(0), NumberValue(1)), true
	case c.scale != nil:
		for _, o := range c.scale.Options {
			if o.Missing != table.Answered {
				out = append(out, NoValue(o.Missing))
				continue
			}
			out = append(out, TextValue(o.Code))
		}
		return out, true
	case len(c.labels) > 0:
		for _, code := range sorted(c.labels) {
			out = append(out, TextValue(code))
		}
		return out, true
	case c.number:
		return append(out, w.numberValues(c.question)...), true
	case c.text || c.role == hidden:
		return append(out, w.textValues()...), !w.sized
	}
	return nil, false
}

// numberValues are the literals, their neighbours and far ends, within the bounds of the question.
func (w *world) numberValues(q *Question) []Value {
	var out []Value
	candidates := []float64{-maxWhole, maxWhole}
	for _, x := range w.numbers {
		candidates = append(candidates, x-1, x, x+1)
	}
	low, high := math.Inf(-1), math.Inf(1)
	if q != nil && q.Min != nil {
		low = *q.Min
		candidates = append(candidates, low)
	}
	if q != nil && q.Max != nil {
		high = *q.Max
		candidates = append(candidates, high)
	}
	slices.Sort(candidates)
	for _, x := range slices.Compact(candidates) {
		if x >= low && x <= high {
			out = append(out, NumberValue(x))
		}
	}
	return out
}

// textValues are the literals, what sorts just behind each, and the far ends.
func (w *world) textValues() []Value {
	out := []Value{TextValue("\u0001"), TextValue("\U0010FFFD")}
	for _, s := range w.texts {
		if s != "" {
			out = append(out, TextValue(s), TextValue(s+"\u0001"))
		}
	}
	return out
}

// lists are the combinations of the options of a multiple choice: of all where
// they are few, else of those that are named, with one more.
func (w *world) lists(out []Value, c *column) ([]Value, bool) {
	var codes []string
	exclusive := map[string]bool{}
	for _, o := range c.question.Scale.Options {
		if o.Missing == table.Answered {
			codes = append(codes, o.Code)
			exclusive[o.Code] = o.Exclusive
		}
	}
	if len(codes) > maxSubsets {
		if w.sized {
			return nil, false
		}
		codes = slices.DeleteFunc(codes, func(code string) bool { return !slices.Contains(w.texts, code) })
		codes = append(codes, "\u0001")
	}
	if len(codes) > maxSubsets {
		return nil, false
	}
	for set := 1; set < 1<<len(codes); set++ {
		var ticked []string
		alone := false
		for i, code := range codes {
			if set>>i&1 == 1 {
				ticked, alone = append(ticked, code), alone || exclusive[code]
			}
		}
		tooMany := c.question.MaxChoices > 0 && len(ticked) > c.question.MaxChoices
		if !tooMany && (!alone || len(ticked) == 1) {
			out = append(out, ListValue(ticked))
		}
	}
	return out, true
}

// try evaluates a condition in every world in which its guards let it be asked.
func (w *world) try(j decision) {
	w.now = make([]Value, len(w.names))
	j.tree.each(func(t *term) { w.seen[t] = &outcomes{} })
	w.choose(0, func() {
		w.asked = map[string]bool{}
		for _, g := range j.guards {
			if w.environment(g.Expression).value(g.tree).True() != g.holds {
				return
			}
		}
		w.watch(w.environment(j.Expression), j.tree)
	})
}

func (w *world) choose(i int, then func()) {
	if i == len(w.names) {
		then()
		return
	}
	for _, v := range w.domains[i] {
		w.now[i] = v
		w.choose(i+1, then)
	}
}

func (w *world) environment(e *Expression) *Environment {
	return &Environment{Read: func(i int) Value { return w.read(e.Names[i]) }}
}

// read is the answer of a name in the world that is tried: none where its question is not asked.
func (w *world) read(name string) Value {
	if f := w.formula[name]; f != nil {
		return w.environment(f).value(f.tree)
	}
	shown, known := w.asked[name]
	if !known {
		w.asked[name] = true // a circle is reported elsewhere
		shown = true
		for _, e := range w.needs[name] {
			shown = shown && w.environment(e).value(e.tree).True()
		}
		w.asked[name] = shown
	}
	if !shown {
		return NoValue(table.NotShown)
	}
	return w.now[slices.Index(w.names, name)]
}

// watched are the operations whose parts are judged.
var watched = []string{"==", "!=", "<", "<=", ">", ">=", "in"}

// watch notes what the whole and its comparisons give.
func (w *world) watch(env *Environment, whole *term) {
	whole.each(func(t *term) {
		if t != whole && !slices.Contains(watched, t.op) {
			return
		}
		o, held := w.seen[t], env.value(t).True()
		o.times++
		if held {
			o.held++
		}
		if slices.Contains(watched, t.op) && !slices.ContainsFunc(t.args, func(a *term) bool { return a.op != "list" && env.value(a).kind == noKind }) {
			o.answered++
			if held {
				o.answeredHeld++
			}
		}
	})
}
