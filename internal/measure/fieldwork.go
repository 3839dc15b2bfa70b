package measure

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Fieldwork is how the responses of a wave came: when, in which version,
// language and mode, how many broke off and where, how long they took, and of
// how many invited. It counts every stored response but duplicates, conflicts
// and unreadable rows, before filter and quality rules leave any out; it is
// never weighted. A response that was completed later did not break off.
type Fieldwork struct {
	Common
	Complete     int            `json:"complete"`
	Partial      int            `json:"partial"`
	Completion   *Number        `json:"completion,omitempty"` // complete ÷ all begun; absent where no partial response is stored
	CI95         *Interval      `json:"ci95,omitempty"`       // Wilson
	Unit         string         `json:"unit,omitempty"`       // of the periods: day or week
	Periods      []*FieldPeriod `json:"periods,omitempty"`    // complete responses; none of 1 to min_cell − 1
	Undated      int            `json:"undated"`
	Versions     []*FieldGroup  `json:"versions,omitempty"`
	Languages    []*FieldGroup  `json:"languages,omitempty"`
	Modes        []*FieldGroup  `json:"modes,omitempty"`
	Pages        []*BreakOff    `json:"pages,omitempty"`     // where partial responses end; id "" is before the first answer
	Questions    []*BreakOff    `json:"questions,omitempty"` // last answered question
	Seconds      *FieldSeconds  `json:"seconds,omitempty"`
	Invited      int            `json:"invited,omitempty"`
	ResponseRate *Number        `json:"response_rate,omitempty"` // complete ÷ invited
	Tokens       int            `json:"tokens,omitempty"`        // different tokens among the counted responses
}

// FieldPeriod is the complete responses of some days.
type FieldPeriod struct {
	From   string `json:"from"`
	To     string `json:"to"`
	N      int    `json:"n"`
	Pooled bool   `json:"pooled,omitempty"` // longer than the unit, so that no small count shows
}

// FieldGroup is the responses of one version, language or mode; id "" is unknown.
type FieldGroup struct {
	ID            string  `json:"id"`
	N             int     `json:"n"` // complete
	Share         Number  `json:"share"`
	Partial       int     `json:"partial"`
	Completion    *Number `json:"completion,omitempty"`
	Suppressed    bool    `json:"suppressed,omitempty"`
	PartialHidden bool    `json:"partial_suppressed,omitempty"`
}

// BreakOff is how many partial responses end on a page or at a question.
type BreakOff struct {
	ID         string   `json:"id"`
	Page       string   `json:"page,omitempty"` // of a question
	N          int      `json:"n"`
	Share      Number   `json:"share"` // of all that were begun
	CI95       Interval `json:"ci95"`
	Suppressed bool     `json:"suppressed,omitempty"`
}

// FieldSeconds is how long complete responses took.
type FieldSeconds struct {
	N          int     `json:"n"`
	Median     Number  `json:"median"`
	P90        Number  `json:"p90"`
	Limit      *Number `json:"limit,omitempty"` // less is too quick, by the quality rule
	Quick      *Number `json:"quick,omitempty"` // share of them
	Suppressed bool    `json:"suppressed,omitempty"`
}

func fieldwork(s *survey.Survey, t *table.Wave, b *Block, least int, latest bool) *Fieldwork {
	f := &Fieldwork{Common: Common{Method: "fieldwork", N: t.Rows, Warnings: []string{}}}
	days := map[uint32]int{}
	for _, c := range t.Field {
		if c.Partial {
			f.Partial += c.N
			continue
		}
		f.Complete += c.N
		if c.Day == 0 {
			f.Undated += c.N
		} else {
			days[c.Day] += c.N
		}
	}
	if f.Partial > 0 {
		e := stat.Share(f.Complete, f.Complete+f.Partial)
		ci := interval(e)
		f.Completion, f.CI95 = pointer(e.Value), &ci
	}
	f.Unit, f.Periods = periods(days, least)
	f.Versions = fieldGroups(t.Field, least, func(c table.FieldCell) string {
		if c.Version == 0 {
			return ""
		}
		return strconv.Itoa(c.Version)
	})
	f.Languages = fieldGroups(t.Field, least, func(c table.FieldCell) string { return c.Language })
	f.Modes = fieldGroups(t.Field, least, func(c table.FieldCell) string { return c.Mode })
	f.breakOffs(s, t.Field, least)
	f.Seconds = fieldSeconds(t, b, least)
	f.rate(s, t, latest)
	return f
}

// rate is of how many invited the complete responses are: of those the wave
// names, else, in the latest wave, of those that sample: names.
func (f *Fieldwork) rate(s *survey.Survey, t *table.Wave, latest bool) {
	if i := slices.IndexFunc(s.Waves, func(w survey.Wave) bool { return w.ID == t.ID }); i >= 0 {
		f.Invited = s.Waves[i].Invited
	}
	if f.Invited == 0 && latest {
		f.Invited = s.Sample.Invited
	}
	if f.Invited > 0 {
		f.ResponseRate = pointer(float64(f.Complete) / float64(f.Invited))
		if f.Complete > f.Invited {
			f.warn("more_than_asked")
		}
	}
	seen := map[uint64]bool{}
	for _, x := range t.Aside.Tokens {
		if x != 0 {
			seen[x] = true
		}
	}
	f.Tokens = len(seen)
}

// fieldGroups counts by a word, the largest group first, and hides what is too
// small. Nil where nothing is known.
func fieldGroups(cells []table.FieldCell, least int, of func(table.FieldCell) string) []*FieldGroup {
	byID := map[string]*FieldGroup{}
	complete, partial := 0, 0
	for _, c := range cells {
		id := of(c)
		g := byID[id]
		if g == nil {
			g = &FieldGroup{ID: id}
			byID[id] = g
		}
		if c.Partial {
			g.Partial, partial = g.Partial+c.N, partial+c.N
		} else {
			g.N, complete = g.N+c.N, complete+c.N
		}
	}
	if len(byID) == 0 || len(byID) == 1 && byID[""] != nil {
		return nil
	}
	out := slices.SortedFunc(maps.Values(byID), func(a, b *FieldGroup) int { return cmp.Or(b.N-a.N, cmp.Compare(a.ID, b.ID)) })
	n, broke := make([]int, len(out)), make([]int, len(out))
	for i, g := range out {
		n[i], broke[i] = g.N, g.Partial
	}
	hidden, hiddenPartial := hide(n, complete, least), hide(broke, partial, least)
	for i, g := range out {
		g.Share = Number(float64(g.N) / float64(max(complete, 1)))
		switch {
		case hidden[i]:
			*g = FieldGroup{ID: g.ID, Share: undefined(), Suppressed: true}
		case hiddenPartial[i]:
			g.Partial, g.PartialHidden = 0, true
		case partial > 0 && g.N+g.Partial > 0:
			g.Completion = pointer(float64(g.N) / float64(g.N+g.Partial))
		}
	}
	return nameless(out)
}

// nameless takes the names away from groups that are hidden: a word that fewer
// than min_cell used may say who they are.
func nameless(groups []*FieldGroup) []*FieldGroup {
	var out []*FieldGroup
	rest := &FieldGroup{ID: "…", Share: undefined(), Suppressed: true}
	for _, g := range groups {
		if !g.Suppressed {
			out = append(out, g)
		}
	}
	if len(out) < len(groups) {
		out = append(out, rest)
	}
	return out
}

// breakOffs counts the partial responses by the page and the question that they answered last.
func (f *Fieldwork) breakOffs(s *survey.Survey, cells []table.FieldCell, least int) {
	if f.Partial == 0 {
		return
	}
	var page, question []int // by field
	var questions []*BreakOff
	pages := []*BreakOff{{}}
	for _, p := range s.Pages {
		pages = append(pages, &BreakOff{ID: p.ID})
		for _, q := range p.Questions {
			columns := q.ColumnIDs()
			for range columns {
				page, question = append(page, len(pages)-1), append(question, len(questions))
			}
			questions = append(questions, &BreakOff{ID: q.ID, Page: p.ID})
		}
	}
	for _, c := range cells {
		switch {
		case !c.Partial:
		case c.Last < 0 || c.Last >= len(page):
			pages[0].N += c.N
		default:
			pages[page[c.Last]].N += c.N
			questions[question[c.Last]].N += c.N
		}
	}
	whole := map[string]int{}
	for _, p := range pages {
		whole[p.ID] = p.N
	}
	f.Pages = f.shownBreaks(pages, f.Partial, least)
	for _, p := range f.Pages[1:] {
		var own []*BreakOff
		for _, q := range questions {
			if q.Page == p.ID && q.N > 0 {
				own = append(own, q)
			}
		}
		if p.Suppressed {
			continue
		}
		f.Questions = append(f.Questions, f.shownBreaks(own, whole[p.ID], least)...)
	}
}

// shownBreaks gives shares and hides what is too small.
func (f *Fieldwork) shownBreaks(list []*BreakOff, total, least int) []*BreakOff {
	n := make([]int, len(list))
	for i, x := range list {
		n[i] = x.N
	}
	for i, hidden := range hide(n, total, least) {
		x := list[i]
		e := stat.Share(x.N, f.Complete+f.Partial)
		if x.Share, x.CI95 = Number(e.Value), interval(e); hidden {
			nan := undefined()
			x.N, x.Share, x.CI95, x.Suppressed = 0, nan, Interval{nan, nan}, true
		}
	}
	return list
}

func fieldSeconds(t *table.Wave, b *Block, least int) *FieldSeconds {
	var took []float64
	partial := map[int32]bool{}
	for _, row := range t.Partials {
		partial[row] = true
	}
	for row, x := range t.Aside.Seconds {
		if !partial[int32(row)] && !math.IsNaN(float64(x)) {
			took = append(took, float64(x))
		}
	}
	if len(took) == 0 {
		return nil
	}
	if len(took) < least {
		return &FieldSeconds{Median: undefined(), P90: undefined(), Suppressed: true}
	}
	slices.Sort(took)
	f := &FieldSeconds{N: len(took), Median: Number(stat.Quantile(took, .5)), P90: Number(stat.Quantile(took, .9))}
	if q, ok := b.Analyses["quality"].(*Quality); ok && q.Seconds != nil {
		f.Limit = pointer(float64(q.Seconds.Limit))
		if m := q.Marks["speeders"]; m != nil {
			f.Quick = pointer(float64(m.Share))
		}
	}
	return f
}
