package measure

import (
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Quality is what happened to the rows and cells of a wave before anything was
// measured: nothing is dropped without a count.
type Quality struct {
	Common
	Count     table.Count    `json:"count"`
	Partial   int            `json:"partial"`
	NoWeight  int            `json:"no_weight"`
	BadCells  int            `json:"invalid_cells"`
	Invalid   map[string]int `json:"invalid"`   // column -> cells that broke the definition
	Absent    []string       `json:"not_asked"` // columns that no file of the wave has
	First     string         `json:"first_day"`
	Last      string         `json:"last_day"`
	WeightMin Number         `json:"weight_min"` // of the scaled weights
	WeightMax Number         `json:"weight_max"`
	Effective Number         `json:"effective"`
	Deff      Number         `json:"design_effect"` // Kish: n Σw²/(Σw)²
	Rake      *Raking        `json:"rake,omitempty"`

	Marks     map[string]*Marked `json:"marks"`   // careless responses by mark; one that could not be looked for is not here
	Marked    int                `json:"marked"`  // responses with any mark
	Exclude   []string           `json:"exclude"` // marks whose responses are left out, by the definition
	Left      int                `json:"left_out"`
	Seconds   *Seconds           `json:"seconds,omitempty"`
	Batteries []*StraightLines   `json:"batteries,omitempty"`
	Headline  *BothWays          `json:"headline,omitempty"`
}

// Marked is how many responses have a mark.
type Marked struct {
	N     int    `json:"n"`
	Share Number `json:"share"` // of all, before any is left out
}

// Seconds is how long responses took, where that is known, and less than what is too quick.
type Seconds struct {
	N      int    `json:"n"`
	Median Number `json:"median"`
	Limit  Number `json:"limit"`
}

// BothWays is the headline with and without the marked responses: those that the
// definition leaves out, else all. It is hidden where few of them would show.
type BothWays struct {
	Item       string  `json:"item"`
	With       *Number `json:"with,omitempty"`
	N          int     `json:"n,omitempty"`
	Without    *Number `json:"without,omitempty"`
	NWithout   int     `json:"n_without,omitempty"`
	Suppressed bool    `json:"suppressed,omitempty"`
}

// carefully measures a wave without the responses that its definition leaves out for their marks.
func carefully(s *survey.Survey, t *table.Wave, count table.Count, opt Options) (*Block, table.Count, *wave) {
	first := opt
	if len(s.Quality.Exclude) > 0 {
		first.Problems = nil // faults are those of the responses that stay
	}
	w := newWave(s, t, first)
	m := w.mark()
	left := bits(s.Quality.Exclude) & m.known
	kept := w
	if len(s.Quality.Exclude) > 0 {
		kept = newWave(s, w.without(m, left), opt)
		count = leftOut(count, t.Count, kept.table.Count)
	}
	b := kept.block(count)
	b.Analyses["quality"].(*Quality).judge(w, m, left)
	return b, count, kept
}

// judge fills in what the marks say of the whole wave.
func (q *Quality) judge(w *wave, m *marks, left uint8) {
	q.Marks, q.Exclude, q.Batteries = map[string]*Marked{}, w.survey.Quality.Exclude, m.batteries
	if q.Exclude == nil {
		q.Exclude = []string{}
	}
	for k, name := range survey.QualityMarks {
		if bit := uint8(1) << k; m.known&bit != 0 {
			n := m.count(bit)
			q.Marks[name] = &Marked{N: n, Share: Number(float64(n) / float64(w.table.Rows))}
		}
	}
	q.Marked, q.Left = m.count(m.known), m.count(left)
	if m.seconds.n > 0 {
		q.Seconds = &Seconds{N: m.seconds.n, Median: Number(m.seconds.median), Limit: Number(m.seconds.limit)}
	}
	if q.Marked > 0 {
		q.Headline = w.bothWays(m, left)
	}
}

// bothWays is the mean of the headline with and without marked responses.
func (w *wave) bothWays(m *marks, left uint8) *BothWays {
	a, ok := w.headline()
	c := w.columns[a.item.ID]
	if !ok || c == nil || c.Absent {
		return nil
	}
	if left == 0 {
		left = m.known
	}
	g := groups{codes: []string{"kept", "marked"}, of: make([]int32, w.table.Rows)}
	for i, x := range m.of {
		if x&left != 0 {
			g.of[i] = 1
		}
	}
	t := tallies(c, g, w.weights)
	all := tallies(c, everyone(w.table.Rows), w.weights)[0]
	out := &BothWays{Item: a.item.ID}
	if hidden := hide([]int{t[0].valid.N, t[1].valid.N}, all.valid.N, w.minCell); hidden[0] || hidden[1] || t[1].valid.N == 0 {
		out.Suppressed = true
		return out
	}
	mean := func(t tally) *Number { return pointer(stat.WeightedMean(valued(a.values, t.points), 0).Value) }
	out.With, out.N, out.Without, out.NWithout = mean(all), all.valid.N, mean(t[0]), t[0].valid.N
	return out
}

func (w *wave) quality(count table.Count) *Quality {
	q := &Quality{
		Common: Common{Method: "quality", N: w.table.Rows, Warnings: []string{}}, Count: count, Partial: count.Partial, NoWeight: count.NoWeight,
		BadCells: count.BadCells, Invalid: map[string]int{}, Absent: []string{}, First: w.table.First, Last: w.table.Last,
	}
	for id, c := range w.table.Columns {
		if id[0] == '_' { // metadata that the filter reads
			continue
		}
		if c.Absent {
			q.Absent = append(q.Absent, id)
			continue
		}
		if n := invalid(c, w.table.Rows); n > 0 {
			q.Invalid[id] = n
		}
	}
	slices.Sort(q.Absent)
	var p stat.Point
	least, most := 0.0, 0.0
	for _, x := range w.weights {
		if x > 0 {
			p = plus(p, x)
			most = max(most, x)
			if least == 0 || x < least {
				least = x
			}
		}
	}
	if w.weights != nil {
		q.WeightMin, q.WeightMax = Number(least), Number(most)
		q.Effective = Number(stat.EffectiveN(p.W, p.W2))
		q.Deff = Number(float64(p.N)) / q.Effective
	}
	q.Rake = w.raking
	return q
}

func invalid(c *table.Column, rows int) int {
	n := 0
	for i := range rows {
		var why table.Reason
		if c.Field.Kind == table.Number {
			_, why = c.Number(i)
		} else {
			_, why = c.Code(i)
		}
		if why == table.Invalid {
			n++
		}
	}
	return n
}
