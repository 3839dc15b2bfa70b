package service

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
)

// LoopProposal is an action that the figures ask for and that nobody has on the
// board yet: a weak item, or a cluster of complaints. It becomes a record of the
// ledger actions when the author fills in what is to be done, by whom.
type LoopProposal struct {
	ID       string                `json:"id"`
	Source   string                `json:"source"` // weak_item or complaint
	Metric   string                `json:"metric"`
	Value    measure.Number        `json:"value"`
	Per      string                `json:"per,omitempty"` // of complaints: month, or units
	CI95     measure.Interval      `json:"ci95"`
	N        int                   `json:"n"`
	Share    measure.Number        `json:"share"` // of the complaints, of a cluster
	Target   measure.Number        `json:"target"`
	Opened   string                `json:"opened"`
	Due      string                `json:"due"`
	Owner    string                `json:"owner,omitempty"` // of the item, where the index names one
	Reasons  []*measure.WeakReason `json:"reasons,omitempty"`
	Together []LoopShare           `json:"together,omitempty"` // what the complaints of the cluster have in common

	Of *LoopMetric `json:"-"`
}

// LoopShare is how many of some complaints have a code.
type LoopShare struct {
	Column string `json:"column"`
	Code   string `json:"code"`
	N      int    `json:"n"`
}

// proposedDays is how long an action that is proposed has.
const proposedDays = 90

// proposals are the weak items of the latest wave in their rank, then clusters of
// complaints; those that an action works on already are left out.
func (l *loopInput) proposals(actions []*LoopAction) []*LoopProposal {
	busy, taken := map[string]bool{}, map[string]bool{}
	for _, x := range actions {
		taken[x.ID] = true
		if !x.finished() {
			busy[x.Of.subject()] = true
		}
	}
	var out []*LoopProposal
	take := func(p *LoopProposal) {
		m := l.metric(p.Metric)
		if !m.Known || busy[m.subject()] {
			return
		}
		busy[m.subject()] = true
		if name := p.ID; taken[name] { // an earlier action, done by now
			p.ID = name + "-" + l.Results.AsOf
			for k := 2; taken[p.ID]; k++ {
				p.ID = fmt.Sprintf("%s-%s-%d", name, l.Results.AsOf, k)
			}
		}
		taken[p.ID] = true
		p.Of, p.Opened = m, l.Results.AsOf
		if !l.today.IsZero() {
			p.Due = loopDay(l.today.AddDate(0, 0, proposedDays))
		}
		out = append(out, p)
	}
	if w, ok := l.Results.Analyses["weak_items"].(*measure.WeakItems); ok && !l.Results.Suppressed {
		for _, i := range w.Items {
			take(weakProposal(i))
		}
	}
	for _, c := range l.complaintClusters() {
		take(&LoopProposal{
			ID: "complaints-" + c.Column + "-" + c.Code, Source: "complaint", Metric: "complaints." + c.Column + ":" + c.Code,
			Value: c.Rate.Value, Per: c.Rate.Per, CI95: c.Rate.CI95, N: c.N, Share: c.Share, Target: measure.Number(math.NaN()), Together: c.Together,
		})
	}
	return out
}

// name is the same for two ways of writing one figure.
func (m *LoopMetric) name() string {
	if m.Complaints || !m.Known {
		return m.Text
	}
	return fmt.Sprintf("%s\x00%s\x00%s\x00%s\x00%s:%s", m.Item, m.Kind, m.Code, m.Path, m.Segment, m.Group)
}

// subject is the same for figures of one thing: an action that is to raise the
// mean of a question works on its score and on its share of satisfied, too.
func (m *LoopMetric) subject() string {
	switch m.Kind {
	case "score", "mean", "top", "bottom":
		return fmt.Sprintf("%s\x00%s:%s", m.Item, m.Segment, m.Group)
	}
	return m.name()
}

// weakProposal is a weak item as an action. Its target is the highest one that it
// falls below; the other lines, such as the mean of the items, are no targets.
func weakProposal(i *measure.WeakItem) *LoopProposal {
	p := &LoopProposal{ID: "weak-" + i.ID, Source: "weak_item", Metric: i.ID, Value: i.Score, CI95: i.CI95, Owner: i.Owner, Reasons: i.Reasons, Share: measure.Number(math.NaN()), Target: measure.Number(math.NaN())}
	if i.Facet != "" {
		p.Metric = i.Facet + "." + i.ID
	}
	for _, r := range i.Reasons {
		if r.Why == measure.BelowTarget && (math.IsNaN(float64(p.Target)) || r.Line > p.Target) {
			p.Target = r.Line
		}
	}
	return p
}

// loopCluster is the complaints of one code.
type loopCluster struct {
	Column, Code string
	N            int
	Share        measure.Number
	Rate         *LoopFigure
	Together     []LoopShare
}

// clusterColumns are the columns by which complaints are clustered: the first
// that has codes.
var clusterColumns = []string{"category", "aspect", "defect"}

// complaintClusters are the vital few of the last twelve months up to as_of: the
// most frequent codes that together make up 80 % of the complaints. A code of
// fewer complaints than the privacy threshold is none.
func (l *loopInput) complaintClusters() []loopCluster {
	c := l.Ledgers.Of("complaints")
	if c == nil || l.today.IsZero() {
		return nil
	}
	from, before := l.today.AddDate(-1, 0, 1), l.today.AddDate(0, 0, 1)
	for _, column := range clusterColumns {
		counts, all := loopCounts(c, column, from, before, func(int) bool { return true })
		if len(counts) < 2 {
			continue
		}
		var out []loopCluster
		sum := 0
		for _, x := range counts {
			if sum*5 >= all*4 || x.N < l.Results.MinCell {
				break
			}
			sum += x.N
			k := loopCluster{Column: column, Code: x.Code, N: x.N, Share: measure.Number(float64(x.N) / float64(all)), Rate: l.recentRate(&LoopMetric{Column: column, Part: x.Code})}
			for _, other := range []string{"product", "defect", "aspect", "service", "region", "department"} {
				if other == column {
					continue
				}
				inside, n := loopCounts(c, other, from, before, func(row int) bool { return c.Of(column).Text(row) == x.Code })
				if len(inside) > 0 && inside[0].N*2 >= n && inside[0].N >= l.Results.MinCell {
					k.Together = append(k.Together, inside[0])
				}
			}
			out = append(out, k)
		}
		return out
	}
	return nil
}

// loopCounts counts the codes of a column among complaints that came in within
// some days, the most frequent first, and all complaints that have a code.
func loopCounts(c *ledger.Ledger, column string, from, before time.Time, only func(row int) bool) (out []LoopShare, all int) {
	at := map[string]int{}
	for row := range c.Rows {
		t, code := c.Of("received").Time(row), c.Of(column).Text(row)
		if code == "" || t.IsZero() || t.Before(from) || !t.Before(before) || !only(row) {
			continue
		}
		all++
		i, known := at[code]
		if !known {
			i, out = len(out), append(out, LoopShare{Column: column, Code: code})
			at[code] = i
		}
		out[i].N++
	}
	slices.SortStableFunc(out, func(a, b LoopShare) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Code, b.Code)) })
	return out, all
}

// recentRate is a rate of complaints over the last twelve whole months, in the
// unit in which effects are counted.
func (l *loopInput) recentRate(m *LoopMetric) *LoopFigure {
	end := l.loopMonth(l.today)
	start := end.AddDate(0, -mostMonths, 0)
	if over := l.sold(start, end) / 1000; over > 0 {
		return loopRate(start, end, l.counts(m, start, end), over, PerUnits)
	}
	return loopRate(start, end, l.counts(m, start, end), mostMonths, PerMonth)
}
