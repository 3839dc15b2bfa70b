package measure

import (
	"encoding/json"
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Verbatim is what answers in words are about, by rules or by hand (METHODS
// B16). N are the respondents who commented: who wrote something, in any of the
// questions, that is more than "nothing to say". A respondent may mention several
// topics, so that shares add up to more than 1.
//
// Groups of a segment have shares only; means, contrast and agreement stand for
// everyone of a wave.
type Verbatim struct {
	Common
	Asked     int             `json:"asked"`             // respondents who were shown one of the questions or more
	Nothing   int             `json:"nothing"`           // who wrote only that there is nothing to say
	Commented *Portion        `json:"commented"`         // share of the asked who commented
	ByHand    int             `json:"by_hand,omitempty"` // of the N: coded by hand
	Topics    []*TopicFigure  `json:"topics"`
	Uncoded   *TopicFigure    `json:"uncoded"` // no topic was found
	Outcome   string          `json:"outcome,omitempty"`
	Contrast  *TopicContrast  `json:"contrast,omitempty"`
	Agreement *TopicAgreement `json:"agreement,omitempty"`
	Quotes    []*TopicQuote   `json:"quotes,omitempty"`
	Withheld  int             `json:"quotes_withheld,omitempty"` // of topics that fewer than min_cell_text mention
}

// TopicFigure is the respondents who mention one topic. Means are of the outcome,
// on 0–100; their difference is who mention it less who do not.
type TopicFigure struct {
	ID           string    `json:"id,omitempty"`
	N            int       `json:"n"`
	Share        Number    `json:"share"` // of the respondents who commented
	CI95         Interval  `json:"ci95"`
	Mean         *Number   `json:"mean_when_mentioned,omitempty"`
	Otherwise    *Number   `json:"mean_when_not,omitempty"`
	MeanN        *[2]int   `json:"mean_n,omitempty"` // who mention it and who do not, with an outcome
	Difference   *Number   `json:"difference,omitempty"`
	DifferenceCI *Interval `json:"difference_ci95,omitempty"` // Welch
	P            *Number   `json:"p,omitempty"`
	Holm         *Number   `json:"p_holm,omitempty"` // over the topics

	Suppressed bool `json:"-"`
	share      stat.Estimate
	rows       [2]int // respondents with or without weight: who mention it, and who comment
}

// MarshalJSON leaves the name and the reason of a hidden topic.
func (f *TopicFigure) MarshalJSON() ([]byte, error) {
	if f.Suppressed {
		return json.Marshal(map[string]any{"id": f.ID, "suppressed": true, "reason": "min_cell"})
	}
	type plain TopicFigure
	return json.Marshal((*plain)(f))
}

// TopicQuote is a sentence that the author wrote into the definition.
type TopicQuote struct {
	Topic string            `json:"topic"`
	Text  map[string]string `json:"text"`
}

// Coding is what reading knows of the topics beyond the answers.
type Coding struct {
	Codes   *survey.TopicCodes // by hand; nil without
	MinText int                // fewest respondents of whose words an author may show an example; 0: MinCell
}

// verbatim counts the topics in every group.
func (w *wave) verbatim(a survey.Analysis, g groups) []Analysis {
	v := a.Verbatim
	if v == nil {
		return nil
	}
	t := w.comments(a)
	tallies := t.tally(w, g)
	design := t.tally(w, everyone(w.table.Rows))[0].all.N
	out := make([]Analysis, len(g.codes))
	for k, tally := range tallies {
		r := tally.figures(v, w.weights != nil, design, w.minCell)
		if g.codes[k] == "" && len(g.codes) == 1 {
			w.topicMeans(v, t, r)
			r.ByHand = tally.hand
			r.Contrast = w.topicContrast(v, t, r)
			r.Agreement = w.topicAgreement(v, t)
			w.topicQuotes(v, r)
		}
		out[k] = r
	}
	return out
}

// comments is what each respondent wrote about, by row.
type comments struct {
	topics int
	of     [][]int32 // topics of the row, by hand where there are such; ascending
	rules  [][]int32 // by the rules; only of rows that are coded by hand
	state  []uint8   // of the row
}

// The states of a row.
const (
	notAsked uint8 = iota
	silent
	nothingSaid
	commented
	byHand // commented, and coded by hand
)

// comments reads the marks of the questions, and the topics by hand.
func (w *wave) comments(a survey.Analysis) *comments {
	v, first := a.Verbatim, w.survey.FirstMark(a.ID)
	t := &comments{topics: len(v.Topics), of: make([][]int32, w.table.Rows), rules: make([][]int32, w.table.Rows), state: make([]uint8, w.table.Rows)}
	for _, id := range v.Questions {
		c := w.columns[id]
		if c == nil || c.Absent {
			continue
		}
		for row := range w.table.Rows {
			list, ok := c.Marking(row)
			if !ok {
				if _, why := c.Code(row); why.String() != "not_shown" {
					t.state[row] = max(t.state[row], silent)
				}
				continue
			}
			t.read(row, list, first)
		}
	}
	for row, number := range w.table.Aside.Named {
		codes, ok := w.coding.Codes.Of(number, w.table.ID, a.ID)
		if !ok || t.state[row] < nothingSaid || t.state[row] == nothingSaid && len(codes) == 0 {
			continue
		}
		t.state[row], t.rules[row], t.of[row] = byHand, t.of[row], nil
		for _, c := range codes {
			t.of[row] = append(t.of[row], int32(c))
		}
	}
	return t
}

// read adds the marks of one answer, the first mark of the analysis being first.
func (t *comments) read(row int, list []int32, first int32) {
	state := commented
	for _, m := range list {
		switch {
		case m == first:
			state = nothingSaid
		case m > first && m <= first+int32(t.topics):
			t.of[row] = merged(t.of[row], m-first-1)
		}
	}
	t.state[row] = max(t.state[row], state)
}

// merged adds a topic to a list that holds it at most once. The list is copied:
// rows share the lists of their column.
func merged(list []int32, topic int32) []int32 {
	if slices.Contains(list, topic) {
		return list
	}
	return append(list[:len(list):len(list)], topic)
}

// mentions reports whether the row mentions a topic.
func mentions(list []int32, topic int) bool {
	for _, t := range list {
		if int(t) == topic {
			return true
		}
	}
	return false
}

// topicTally is the counts of one group.
type topicTally struct {
	asked, nothing, hand int
	written              stat.Point   // who were asked, of positive weight
	all                  stat.Point   // who commented
	hit                  []stat.Point // by topic; the last are those of no topic
	rows                 int          // who commented, with or without weight
	hits                 []int
}

func (t *comments) tally(w *wave, g groups) []*topicTally {
	out := make([]*topicTally, len(g.codes))
	for k := range out {
		out[k] = &topicTally{hit: make([]stat.Point, t.topics+1), hits: make([]int, t.topics+1)}
	}
	for row, state := range t.state {
		k := g.of[row]
		if k < 0 || state == notAsked {
			continue
		}
		weight, c := w.weight(row), out[k]
		c.asked++
		c.written = plus(c.written, weight)
		switch state {
		case nothingSaid:
			c.nothing++
		case byHand, commented:
			c.add(t.of[row], weight, state == byHand)
		}
	}
	return out
}

// add counts one comment.
func (c *topicTally) add(list []int32, weight float64, hand bool) {
	c.rows++
	c.all = plus(c.all, weight)
	if hand {
		c.hand++
	}
	for _, topic := range list {
		c.hits[topic]++
		c.hit[topic] = plus(c.hit[topic], weight)
	}
	if len(list) == 0 {
		c.hits[len(c.hits)-1]++
		c.hit[len(c.hit)-1] = plus(c.hit[len(c.hit)-1], weight)
	}
}

// figures are the shares of a group; topics of few are hidden.
func (c *topicTally) figures(v *survey.Verbatim, weights bool, design, k int) *Verbatim {
	share := func(hit, all stat.Point, design int) stat.Estimate {
		if weights {
			return stat.WeightedShare(hit, all, design)
		}
		return stat.Share(hit.N, all.N)
	}
	r := &Verbatim{Common: Common{Method: "verbatim", N: c.all.N, Warnings: []string{}, rows: c.rows}, Asked: c.asked, Nothing: c.nothing, Topics: []*TopicFigure{}, Outcome: v.Outcome}
	whole := share(c.all, c.written, max(design, c.written.N))
	r.Commented = &Portion{Share: Number(whole.Value), CI95: interval(whole), estimate: whole}
	figure := func(id string, i int) *TopicFigure {
		e := share(c.hit[i], c.all, design)
		return &TopicFigure{ID: id, N: c.hit[i].N, Share: Number(e.Value), CI95: interval(e), share: e, rows: [2]int{c.hits[i], c.rows}}
	}
	for i, t := range v.Topics {
		r.Topics = append(r.Topics, figure(t.ID, i))
	}
	r.Uncoded = figure("", len(v.Topics))
	r.hideFew(k)
	switch {
	case c.rows == 0:
		r.warn(NoAnswers)
	case c.all.N < 30:
		r.warn(Base30)
	}
	return r
}

// figures are the shares that are followed and compared.
func (r *Verbatim) figures() []figure {
	var out []figure
	for _, t := range r.Topics {
		if !t.Suppressed {
			out = append(out, figure{"topics." + t.ID + ".share", "share", t.share})
		}
	}
	if !r.Uncoded.Suppressed {
		out = append(out, figure{"uncoded.share", "share", r.Uncoded.share})
	}
	return out
}

// topicMeans compares the outcome of those who mention a topic with that of
// those who do not. Where few of either have one, or the topic is hidden, it is
// left out.
func (w *wave) topicMeans(v *survey.Verbatim, t *comments, r *Verbatim) {
	values, known := w.scores(v.Outcome)
	if v.Outcome == "" || !known {
		return
	}
	all := r.all()
	every, everyRow := bag{}, 0
	bags, rows := make([]bag, len(all)), make([]int, len(all))
	for i := range bags {
		bags[i] = bag{}
	}
	for row, state := range t.state {
		x := values.at(row)
		if state < commented || math.IsNaN(x) {
			continue
		}
		everyRow++
		every.add(x, w.weight(row))
		list := t.of[row]
		if len(list) == 0 {
			list = []int32{int32(t.topics)}
		}
		for _, i := range list {
			rows[i]++
			bags[i].add(x, w.weight(row))
		}
	}
	p := make([]float64, len(all))
	for i, f := range all {
		p[i] = math.NaN()
		others := every.less(bags[i])
		if !f.Suppressed && !few([]int{rows[i], everyRow - rows[i], bags[i].n(), others.n()}, w.minCell) {
			p[i] = f.compare(w.mean(bags[i], every.n()), w.mean(others, every.n()))
		}
	}
	for i, adjusted := range stat.Holm(p[:t.topics]) { // those of no topic are none
		if all[i].P != nil {
			all[i].Holm = pointer(adjusted)
		}
	}
}

// all are the topics, then those of no topic.
func (r *Verbatim) all() []*TopicFigure {
	return append(r.Topics[:len(r.Topics):len(r.Topics)], r.Uncoded)
}

// less is the answers of b that are not among those of part.
func (b bag) less(part bag) bag {
	out := bag{}
	for v, p := range b {
		rest := *p
		if q := part[v]; q != nil {
			rest.N, rest.W, rest.W2 = p.N-q.N, p.W-q.W, p.W2-q.W2
		}
		if rest.N > 0 {
			out[v] = &rest
		}
	}
	return out
}

func (w *wave) mean(b bag, design int) stat.Estimate {
	if w.weights == nil {
		return stat.Mean(b.points())
	}
	return stat.WeightedMean(b.points(), design)
}

// compare fills in the means and returns p.
func (f *TopicFigure) compare(mentioned, otherwise stat.Estimate) float64 {
	test := stat.Welch(otherwise, mentioned)
	f.Mean, f.Otherwise, f.MeanN = pointer(mentioned.Value), pointer(otherwise.Value), &[2]int{mentioned.N, otherwise.N}
	f.Difference, f.P = pointer(test.Difference), pointer(test.P)
	f.DifferenceCI = &Interval{Number(test.Low), Number(test.High)}
	return test.P
}

// topicQuotes are the author's sentences of topics that enough respondents mention.
func (w *wave) topicQuotes(v *survey.Verbatim, r *Verbatim) {
	for _, q := range v.Quotes {
		for _, t := range r.Topics {
			if t.ID != q.Topic {
				continue
			}
			if t.Suppressed || t.rows[0] < max(w.coding.MinText, w.minCell) {
				r.Withheld++
			} else {
				r.Quotes = append(r.Quotes, &TopicQuote{q.Topic, q.Text})
			}
		}
	}
}
