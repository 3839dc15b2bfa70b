package measure

import (
	"maps"
	"runtime"
	"sync"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Options are what the site adds to a definition.
type Options struct {
	MinCell int    // privacy threshold: groups of fewer answers are not shown
	AsOf    string // "today", ISO 8601
	Ledgers *ledger.Ledgers
	Finer   *Results // the report of the same answers with the next smaller threshold: what it hides is hidden here too; nil without
	Coding  Coding   // topics of answers in words
	// Problems takes what the answers make impossible, such as margins that no
	// weights can meet; nil where nobody wants to know.
	Problems *diag.List
}

// Compute measures every wave of the answers.
func Compute(s *survey.Survey, answers *table.Answers, opt Options) *Results {
	r := &Results{
		Manyi: 1, Survey: s.ID, Version: s.Version, Inputs: map[string]string{}, MinCell: opt.MinCell, AsOf: opt.AsOf,
		Count: answers.Count, Waves: []string{}, ByWave: map[string]*Block{}, Ledgers: ledgerCounts(opt.Ledgers),
	}
	var waves []*wave
	for i, raw := range answers.Waves {
		w := filtered(s, raw, opt)
		r.Count = leftOut(r.Count, raw.Count, w.Count)
		count := w.Count
		if len(answers.Waves) == 1 { // rows of no wave belong to the only one
			count = r.Count
			count.Complete, count.Partial = w.Count.Complete, answers.Count.Partial
		}
		b, counted, kept := carefully(s, w, count, opt)
		waves = append(waves, kept)
		r.Count = leftOut(r.Count, count, counted)
		r.Block = b
		r.note(kept, raw)
		if !b.Suppressed {
			b.Analyses["fieldwork"] = fieldwork(s, raw, b, opt.MinCell, i == len(answers.Waves)-1)
		}
		if w.ID != "" {
			r.Waves, r.Latest, r.ByWave[w.ID] = append(r.Waves, w.ID), w.ID, b
		}
	}
	if r.Block == nil {
		r.Block = newWave(s, &table.Wave{Columns: map[string]*table.Column{}}, opt).block(answers.Count)
	}
	r.contributions(s)
	r.trend(s, waves)
	if len(waves) > 0 {
		r.customers(s, waves[len(waves)-1], opt)
	}
	r.compareWaves(s, answers, opt)
	r.panel(s, waves)
	return r
}

// wave is one round while it is measured.
type wave struct {
	survey  *survey.Survey
	table   *table.Wave
	columns map[string]*table.Column // the data's and the derived ones
	weights []float64                // scaled to mean 1 over rows of positive weight, nil without
	items   []asked
	raking  *Raking // how the weights were made, nil where they were not
	minCell int

	finer   *Block // this wave in the report with the next smaller threshold, nil without
	ledgers *ledger.Ledgers
	coding  Coding
	spliced map[string]string     // new column -> the old one whose answers it has here
	models  map[string]*PathModel // of the whole wave, by analysis
	indices map[string]*indexed   // of method csi, by analysis, in everyone
}

// leftOut moves what one wave leaves out of all rows from counted to excluded.
func leftOut(all, before, after table.Count) table.Count {
	all.Counted += after.Counted - before.Counted
	all.Excluded += after.Excluded - before.Excluded
	all.Complete += after.Complete - before.Complete
	all.NoWeight += after.NoWeight - before.NoWeight
	all.Simulated += after.Simulated - before.Simulated
	return all
}

func newWave(s *survey.Survey, t *table.Wave, opt Options) *wave {
	w := &wave{
		survey: s, table: t, columns: map[string]*table.Column{}, minCell: opt.MinCell, ledgers: opt.Ledgers,
		finer: opt.Finer.blockOf(t.ID), coding: opt.Coding,
	}
	maps.Copy(w.columns, t.Columns)
	w.spliced = w.splice()
	for _, d := range s.Derived {
		if from := w.columns[d.From]; from != nil {
			w.columns[d.ID] = derive(d, from, t.Rows)
		}
	}
	w.calculate()
	w.unshown()
	w.weights = scaled(t.Weights)
	if s.Rake != nil {
		w.weights = w.rake(opt.Problems)
	}
	for _, item := range s.Items() {
		w.items = append(w.items, describe(item, w.weights != nil))
	}
	return w
}

// maxGroups is how many groups a segment may have: more is no breakdown that
// anybody reads, and its pairs grow with the square.
const maxGroups = 60

// scaled returns the weights with mean 1 over the rows that have one. They are
// divided by the largest first, so that no sum of huge weights overflows.
func scaled(weights []float64) []float64 {
	if weights == nil {
		return nil
	}
	n, sum, most := 0, 0.0, 0.0
	for _, w := range weights {
		most = max(most, w)
	}
	for _, w := range weights {
		if w > 0 {
			n, sum = n+1, sum+w/most
		}
	}
	out := make([]float64, len(weights))
	for i, w := range weights {
		if w > 0 {
			out[i] = w / most * float64(n) / sum
		}
	}
	return out
}

// block measures the wave and every declared segment of it.
func (w *wave) block(count table.Count) *Block {
	all := w.breakdown(everyone(w.table.Rows), nil)
	b := all.blocks[0]
	b.Base.Complete, b.Base.Count = count.Complete, &count
	if w.table.Rows > 0 && min(w.table.Rows, b.Base.positive) < w.minCell {
		b.Suppressed = true
	}
	b.Analyses["quality"] = w.quality(count)
	if b.Suppressed {
		return b
	}
	w.unasked(b)
	compare := &Compare{Common: Common{Method: "compare", N: w.table.Rows, Warnings: []string{}}, Practical: practical(w.survey)}
	var splits []split
	for _, id := range w.survey.Segments {
		c := w.columns[id]
		if c == nil || c.Absent {
			continue
		}
		if len(c.Codes) > maxGroups {
			compare.warn(TooManyGroups + ":" + id)
			continue
		}
		splits = append(splits, split{id, c, w.breakdown(segment(c, w.table.Rows), &all)})
	}
	w.protect(splits, &all)
	for _, part := range splits {
		id, c := part.id, part.column
		w.compareModels(id, &part.breakdown, &all)
		if b.BySegment == nil {
			b.BySegment = map[string]map[string]*Block{}
		}
		b.BySegment[id] = map[string]*Block{}
		for k, code := range c.Codes {
			if c.Field.Kind == table.Open && part.blocks[k].Suppressed {
				continue // what a respondent's address held is shown for groups only, not even as a name
			}
			b.BySegment[id][code] = part.blocks[k]
		}
		compare.add(id, c.Codes, w.items, part.blocks)
		compare.addAnalyses(id, c.Codes, w.survey.Analyses, part.blocks)
	}
	w.pairs(b, &all)
	if b.BySegment != nil || len(compare.Warnings) > 0 {
		compare.adjust()
		b.Analyses["compare"] = compare
	}
	return b
}

// target is what report: targets: sets for an analysis, nil without.
func (w *wave) target(id string) *float64 {
	if t, ok := w.survey.Report.Targets[id]; ok {
		return &t
	}
	return nil
}

// breakdown is the blocks of one grouping and, by item and group, its tallies.
type breakdown struct {
	groups groups
	blocks []*Block
	design []int // by item: weighted answers of the whole wave
	total  []int // by item: all answers of the whole wave
}

// breakdown measures every item by group; whole is the breakdown of everyone, nil for itself.
func (w *wave) breakdown(g groups, whole *breakdown) breakdown {
	out := breakdown{groups: g, blocks: make([]*Block, len(g.codes)), design: make([]int, len(w.items)), total: make([]int, len(w.items))}
	for k, base := range w.bases(g) {
		out.blocks[k] = &Block{Base: base, Questions: map[string]*Question{}, Analyses: map[string]Analysis{}, least: w.minCell}
	}
	measured := make([][]measured, len(w.items))
	each(len(w.items), func(i int) {
		measured[i] = w.item(i, g, whole)
	})
	for i, a := range w.items {
		for k, m := range measured[i] {
			out.design[i], out.total[i] = m.design, m.total
			out.blocks[k].Questions[a.item.ID] = m.question
			maps.Copy(out.blocks[k].Analyses, m.analyses)
		}
	}
	w.analyses(&out, whole)
	if whole != nil {
		sizes, weighted := make([]int, len(g.codes)), make([]int, len(g.codes))
		for k, b := range out.blocks {
			sizes[k], weighted[k] = b.Base.Responses, b.Base.positive
		}
		all := whole.blocks[0].Base
		for k, h := range either(hide(sizes, all.Responses, w.minCell), hide(weighted, all.positive, w.minCell)) {
			out.blocks[k].Suppressed = h
		}
	}
	return out
}

// measured is what one item says in one group.
type measured struct {
	question      *Question
	analyses      map[string]Analysis
	design, total int
}

// item measures one item by group, hiding the groups that are too small.
func (w *wave) item(i int, g groups, whole *breakdown) []measured {
	a := w.items[i]
	out := make([]measured, len(g.codes))
	n, weighted := make([]int, len(g.codes)), make([]int, len(g.codes))
	counted := w.tallies(a, g)
	total, design := 0, 0
	for k := range out {
		m := measured{}
		var t *tally
		if counted != nil {
			t = &counted[k]
			n[k], weighted[k] = t.n, t.valid.N
			m.total, m.design = t.n, t.valid.N
		}
		if whole != nil {
			m.total, m.design = whole.total[i], whole.design[i]
		}
		m.question, m.analyses = w.figures(a, t, m.design)
		m.question.rows = n[k]
		out[k], total, design = m, m.total, m.design
	}
	for k, h := range either(hide(n, total, w.minCell), hide(weighted, design, w.minCell)) {
		if h {
			out[k].question.Suppressed = true
			for id, analysis := range out[k].analyses {
				out[k].analyses[id] = &Hidden{Common: Common{Method: analysis.common().Method}}
			}
		}
	}
	return out
}

// tallies counts an item by group, nil where no file has it.
func (w *wave) tallies(a asked, g groups) []tally {
	if a.item.Type == survey.MultipleChoice {
		return w.ticks(a, g)
	}
	if c := w.columns[a.item.ID]; c != nil && !c.Absent {
		return tallies(c, g, w.weights)
	}
	return nil
}

// figures computes the question and the analyses that read it off; t is nil where it was not asked.
func (w *wave) figures(a asked, t *tally, design int) (*Question, map[string]Analysis) {
	if t == nil {
		return &Question{Type: string(a.item.Type), Missing: map[string]int{}, Why: NotAsked}, nil
	}
	q := a.question(t, design)
	analyses := map[string]Analysis{}
	for _, d := range w.survey.Metrics() {
		if d.Question != a.item.ID || !a.item.Rated() {
			continue
		}
		if d.Method == string(survey.NPS) {
			n := nps(a, q, t, design)
			n.Target, n.Verdict = verdict(n.score, w.target(d.ID))
			analyses[d.ID] = n
		} else {
			c := csat(d.Method, a, q, t, design, d.Top)
			c.Target, c.Verdict = verdict(c.share, w.target(d.ID))
			analyses[d.ID] = c
		}
	}
	return q, analyses
}

// weight is the scaled weight of a row, 1 without weights.
func (w *wave) weight(row int) float64 {
	if w.weights == nil {
		return 1
	}
	return w.weights[row]
}

// bases counts the responses of every group in one pass.
func (w *wave) bases(g groups) []*Base {
	out, sums := make([]*Base, len(g.codes)), make([]stat.Point, len(g.codes))
	for k := range out {
		out[k] = &Base{}
	}
	for i, k := range g.of {
		if k >= 0 {
			out[k].Responses++
			sums[k] = plus(sums[k], w.weight(i))
		}
	}
	for k, p := range sums {
		out[k].Weighted, out[k].Effective, out[k].positive = Number(p.W), Number(stat.EffectiveN(p.W, p.W2)), p.N
	}
	return out
}

// each runs f(0) … f(n−1) on all cores; every f writes only to its own place.
func each(n int, f func(int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), max(n, 1)) {
		wait.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
