package measure

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// CustomerRank is one rank of the ladder of customers.
type CustomerRank struct {
	ID        string   `json:"id"`
	Customers int      `json:"customers"`
	Share     Number   `json:"share"`
	CI95      Interval `json:"ci95"`
	Revenue   Number   `json:"revenue"`
	Margin    Number   `json:"margin"`
	Current   Number   `json:"current_value"`

	Label survey.Text `json:"-"`
}

// ladder puts every customer on the first rank whose rules hold.
func (b *customerBase) ladder(v *LifetimeValue) []*CustomerRank {
	rungs := b.settings.Ladder
	if rungs == nil {
		rungs = survey.DefaultLadder
	}
	out := make([]*CustomerRank, len(rungs))
	for i, g := range rungs {
		out[i] = &CustomerRank{ID: g.ID, Label: g.Label}
	}
	for _, p := range b.all {
		i := slices.IndexFunc(rungs, func(g survey.Rung) bool { return g.Holds(b.holds(p)) })
		if i < 0 {
			continue
		}
		r := out[i]
		r.Customers++
		r.Revenue, r.Margin, r.Current = r.Revenue+Number(p.revenue), r.Margin+Number(p.margin), r.Current+Number(p.recent)
	}
	for _, r := range out {
		part := plainPart(r.Customers, len(b.all))
		r.Share, r.CI95 = part.Share, part.CI95
		r.Revenue, r.Margin, r.Current = Number(cents(float64(r.Revenue))), Number(cents(float64(r.Margin))), r.Current*b.factor(v)
	}
	return out
}

func (b *customerBase) factor(v *LifetimeValue) Number {
	if v == nil {
		return Number(math.NaN())
	}
	return v.Factor
}

// CoreRisk is how many core customers (class A by revenue) are at risk by the
// rules of the author, which read the ledgers alone: no answer of the survey can
// put a customer on the list. IDs are there only with internal: true.
type CoreRisk struct {
	Core   int        `json:"core"`
	AtRisk *LoyalPart `json:"at_risk"`
	IDs    []string   `json:"ids,omitempty"`

	ids []string
}

func (b *customerBase) risk(revenue *Concentration) *CoreRisk {
	rules := b.settings.Risk
	if rules == nil {
		rules = []survey.Rule{{Column: "recommend", Op: "<=", Value: 6}}
		if b.ledgerColumn("recommend") == nil {
			return nil
		}
	}
	if revenue == nil {
		return nil
	}
	r := &CoreRisk{}
	for _, p := range revenue.order {
		if revenue.class[p.id] != "A" {
			continue
		}
		r.Core++
		if (survey.Rung{All: rules}).Holds(b.holds(p)) {
			r.ids = append(r.ids, p.id)
		}
	}
	slices.Sort(r.ids)
	r.AtRisk = plainPart(len(r.ids), r.Core)
	if b.settings.Internal {
		r.IDs = r.ids
	}
	return r
}

// joined is the responses of the latest wave with the customers who gave them.
type joined struct {
	*customerBase
	wave     *wave
	customer []*customer // by row, nil where it is not known
	matched  int
	score    values // satisfaction on 0–100
	rated    bool
}

func (b *customerBase) join(w *wave) *joined {
	j := &joined{customerBase: b, wave: w}
	if w == nil || b.settings.Join == "" {
		return j
	}
	c := w.columns[b.settings.Join]
	if c == nil || c.Absent {
		return j
	}
	j.customer = make([]*customer, w.table.Rows)
	for row := range j.customer {
		if code, _ := c.Code(row); code >= 0 && code < len(c.Codes) {
			if p := b.index[c.Codes[code]]; p != nil {
				j.customer[row] = p
				j.matched++
			}
		}
	}
	j.score, j.rated = w.scores(b.settings.Satisfaction)
	return j
}

// response is the share of the listed customers that answered; nil without a frame.
func (j *joined) response() *LoyalPart {
	if j.people == nil || j.matched == 0 {
		return nil
	}
	answered := map[*customer]bool{}
	for _, p := range j.customer {
		if p != nil && p.row >= 0 {
			answered[p] = true
		}
	}
	return plainPart(len(answered), j.people.Rows)
}

// CustomerSegment is one segment of the ledger of customers. What its customers
// answered is hidden where they are few.
type CustomerSegment struct {
	Segment    string     `json:"segment"`
	Customers  int        `json:"customers"`
	Revenue    Number     `json:"revenue"`
	Current    Number     `json:"current_value"`
	Response   *LoyalPart `json:"response,omitempty"`
	N          int        `json:"n"` // responses with satisfaction
	Score      Number     `json:"score"`
	CI95       Interval   `json:"ci95"`
	Suppressed bool       `json:"-"`
}

// MarshalJSON leaves out what answers of few customers say.
func (s *CustomerSegment) MarshalJSON() ([]byte, error) {
	if s.Suppressed {
		return json.Marshal(map[string]any{"segment": s.Segment, "customers": s.Customers, "revenue": s.Revenue, "current_value": s.Current, "suppressed": true, "reason": "min_cell"})
	}
	type plain CustomerSegment
	return json.Marshal((*plain)(s))
}

func (j *joined) segments(v *LifetimeValue) []*CustomerSegment {
	by := map[string]*CustomerSegment{}
	for _, p := range j.all {
		name := j.segment(p)
		if name == "" {
			continue
		}
		if by[name] == nil {
			by[name] = &CustomerSegment{Segment: name}
		}
		s := by[name]
		s.Customers++
		s.Revenue, s.Current = s.Revenue+Number(p.revenue), s.Current+Number(p.recent)*j.factor(v)
	}
	var out []*CustomerSegment
	for _, s := range by {
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y *CustomerSegment) int { return cmp.Compare(x.Segment, y.Segment) })
	j.answers(out)
	return out
}

// answers adds what the responses say of each segment.
func (j *joined) answers(out []*CustomerSegment) {
	answered, bags, rows := map[string]map[*customer]bool{}, map[string]bag{}, map[string]int{}
	for row, p := range j.customer {
		if p == nil || j.segment(p) == "" {
			continue
		}
		name := j.segment(p)
		if answered[name] == nil {
			answered[name], bags[name] = map[*customer]bool{}, bag{}
		}
		answered[name][p] = true
		if v := j.score.at(row); j.rated && !math.IsNaN(v) {
			rows[name]++
			bags[name].add(v, j.wave.weight(row))
		}
	}
	n, all := make([]int, len(out)), 0
	for i, s := range out {
		n[i], all = len(answered[s.Segment]), all+len(answered[s.Segment])
	}
	design := j.design()
	hidden := make([]bool, len(out))
	if j.wave != nil {
		rated, known := make([]int, len(out)), 0
		for i, s := range out {
			rated[i], known = rows[s.Segment], known+rows[s.Segment]
		}
		hidden = either(hide(n, all, j.wave.minCell), hide(rated, known, j.wave.minCell))
	}
	for i, s := range out {
		s.Score, s.CI95 = Number(math.NaN()), Interval{Number(math.NaN()), Number(math.NaN())}
		if j.matched > 0 {
			s.Response, s.Suppressed = plainPart(n[i], s.Customers), hidden[i] && n[i] > 0
		}
		if b := bags[s.Segment]; b.n() > 0 {
			e := j.wave.bagMean(b, design)
			s.N, s.Score, s.CI95 = b.n(), Number(e.Value), interval(e)
		}
	}
}

// design is how many weighted responses have satisfaction.
func (j *joined) design() int {
	n := 0
	for row := range j.customer {
		if j.rated && !math.IsNaN(j.score.at(row)) && j.wave.weight(row) > 0 {
			n++
		}
	}
	return n
}

// CoreSatisfaction compares the satisfaction of the top 20 % of the buyers by
// revenue with that of all other buyers, on 0–100 (Welch).
type CoreSatisfaction struct {
	Core       *LoyaltyLine `json:"core"`
	Rest       *LoyaltyLine `json:"rest"`
	Difference Number       `json:"difference"`
	CI95       Interval     `json:"ci95"`
	P          Number       `json:"p"`
}

func (j *joined) core(revenue *Concentration) *CoreSatisfaction {
	if revenue == nil || !j.rated || j.matched == 0 {
		return nil
	}
	top := map[*customer]bool{}
	for _, p := range revenue.order[:revenue.Top20] {
		top[p] = true
	}
	bags, people := [2]bag{{}, {}}, [2]map[*customer]bool{{}, {}}
	for row, p := range j.customer {
		if v := j.score.at(row); p != nil && p.purchases > 0 && !math.IsNaN(v) {
			k := 1
			if top[p] {
				k = 0
			}
			bags[k].add(v, j.wave.weight(row))
			people[k][p] = true
		}
	}
	n := []int{len(people[0]), len(people[1])}
	if slices.Contains(hide(n, n[0]+n[1], j.wave.minCell), true) || n[0] == 0 || n[1] == 0 {
		return nil
	}
	var e [2]stat.Estimate
	var parts [2]*LoyaltyLine
	for k := range e {
		e[k] = j.wave.bagMean(bags[k], j.design())
		parts[k] = &LoyaltyLine{Question: j.settings.Satisfaction, N: e[k].N, Score: Number(e[k].Value), CI95: interval(e[k]), High: []string{}, Share: Number(math.NaN()), ShareCI: Interval{Number(math.NaN()), Number(math.NaN())}}
	}
	t := stat.Welch(e[1], e[0])
	return &CoreSatisfaction{Core: parts[0], Rest: parts[1], Difference: Number(t.Difference), CI95: Interval{Number(t.Low), Number(t.High)}, P: Number(t.P)}
}
