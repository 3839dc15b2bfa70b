package service

import (
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
)

// DeskKinds are the six channels of information (METHODS A12).
var DeskKinds = []string{"complaint", "internal", "survey", "direct", "media", "association"}

// DeskChannels is the register of listening posts and what comes in by them.
type DeskChannels struct {
	Posts      []*DeskPost    `json:"posts"`
	Kinds      []*DeskCovered `json:"kinds"`
	Silent     []string       `json:"without_data,omitempty"` // registered, but nothing ever came in
	Strange    []string       `json:"not_registered,omitempty"`
	Registered bool           `json:"registered"` // there is a ledger of sources
	Months     []string       `json:"months,omitempty"`
}

// DeskPost is one listening post. Records are of complaints and suggestions that
// came in by it.
type DeskPost struct {
	ID         string         `json:"id"`
	Name       string         `json:"name,omitempty"`
	Kind       string         `json:"kind,omitempty"`
	Complaints int            `json:"complaints"`
	Ideas      int            `json:"suggestions"`
	Answers    int            `json:"answers,omitempty"` // of this survey, where the post is one
	Cost       measure.Number `json:"cost"`
	Findings   measure.Number `json:"findings"`
	PerFinding measure.Number `json:"cost_per_finding"`
	Months     []int          `json:"months,omitempty"`
	Trend      *DeskTrend     `json:"trend,omitempty"`
	Listed     bool           `json:"listed"`
}

// DeskCovered is how many posts there are of a kind.
type DeskCovered struct {
	Kind  string `json:"kind"`
	Posts int    `json:"posts"`
	Data  int    `json:"with_data"`
}

func (c *deskContext) channels() *DeskChannels {
	out := &DeskChannels{}
	at := map[string]*DeskPost{}
	post := func(id string) *DeskPost {
		if at[id] == nil {
			nan := measure.Number(math.NaN())
			at[id] = &DeskPost{ID: id, Cost: nan, Findings: nan, PerFinding: nan}
			out.Posts = append(out.Posts, at[id])
		}
		return at[id]
	}
	if l := c.of("sources"); l != nil {
		out.Registered = true
		c.register(l, post)
	}
	var came []deskArrival
	came = c.arrivals(came, "complaints", post, func(p *DeskPost) { p.Complaints++ })
	came = c.arrivals(came, "suggestions", post, func(p *DeskPost) { p.Ideas++ })
	if len(out.Posts) == 0 {
		return nil
	}
	c.fold(out)
	c.monthly(out, came)
	out.cover()
	return out
}

// register reads the ledger of sources.
func (c *deskContext) register(l *ledger.Ledger, post func(string) *DeskPost) {
	for i := range l.Rows {
		id := l.Of("id").Text(i)
		if id == "" {
			continue
		}
		p := post(id)
		p.Listed, p.Name, p.Kind = true, l.Of("name").Text(i), l.Of("kind").Text(i)
		p.Cost, p.Findings = measure.Number(l.Of("cost").Number(i)), measure.Number(l.Of("findings").Number(i))
		if p.Findings > 0 {
			p.PerFinding = p.Cost / p.Findings
		}
		if id == c.Survey.ID || p.Kind == "survey" && id == "survey" {
			p.Answers = c.Results.Count.Counted
		}
	}
}

// deskArrival is a record that came in by a post.
type deskArrival struct {
	post string
	when time.Time
}

func (c *deskContext) arrivals(came []deskArrival, name string, post func(string) *DeskPost, count func(*DeskPost)) []deskArrival {
	l := c.of(name)
	if l == nil {
		return came
	}
	for i := range l.Rows {
		if id := l.Of("channel").Text(i); id != "" {
			count(post(id))
			came = append(came, deskArrival{id, l.Of("received").Time(i)})
		}
	}
	return came
}

// fold leaves out posts that nobody registered and that have fewer records than
// the privacy threshold, sorts the rest, and says what is missing.
func (c *deskContext) fold(out *DeskChannels) {
	out.Posts = slices.DeleteFunc(out.Posts, func(p *DeskPost) bool { return !p.Listed && p.records() < c.least })
	slices.SortFunc(out.Posts, func(a, b *DeskPost) int {
		if a.records() != b.records() {
			return b.records() - a.records()
		}
		return strings.Compare(a.ID, b.ID)
	})
	for _, p := range out.Posts {
		switch {
		case p.Listed && p.records() == 0 && p.Answers == 0 && !(p.Findings > 0):
			out.Silent = append(out.Silent, p.ID)
		case !p.Listed && out.Registered:
			out.Strange = append(out.Strange, p.ID)
		}
	}
}

func (p *DeskPost) records() int { return p.Complaints + p.Ideas }

// monthly counts the records of each post by month, and tests their trend.
func (c *deskContext) monthly(out *DeskChannels, came []deskArrival) {
	first, last := math.MaxInt, math.MinInt
	for _, a := range came {
		if !a.when.IsZero() && a.when.Before(c.now) {
			m := deskMonthNumber(a.when.In(c.Zone))
			first, last = min(first, m), max(last, m)
		}
	}
	if first > last {
		return
	}
	const most = 120
	first = max(first, last-most+1)
	days := make([]float64, last-first+1)
	for m := range days {
		start := time.Date((first+m)/12, time.Month((first+m)%12+1), 1, 0, 0, 0, 0, c.Zone)
		end := start.AddDate(0, 1, 0)
		if end.After(c.now) {
			end = c.now
		}
		days[m] = math.Round(deskDays(start, end))
		out.Months = append(out.Months, start.Format("2006-01"))
	}
	for _, p := range out.Posts {
		counts := make([]int, len(days))
		for _, a := range came {
			if m := deskMonthNumber(a.when.In(c.Zone)) - first; a.post == p.ID && m >= 0 && m < len(days) && a.when.Before(c.now) {
				counts[m]++
			}
		}
		if p.records() >= c.least {
			p.Months, p.Trend = counts, deskCountTrend(counts, days)
		}
	}
	var trends []*DeskTrend
	for _, p := range out.Posts {
		trends = append(trends, p.Trend)
	}
	deskHolm(trends)
}

// deskCountTrend is the score test of a steady rise or fall of a Poisson rate
// over months of days[t] days:
//
//	z = Σ c_t(t − m) / √(C·Σ q_t(t − m)²),  q_t = days_t/Σ days,  m = Σ q_t t,  C = Σ c_t
//
// Fewer than three months or no records: nil. Source: Cox & Lewis, The
// Statistical Analysis of Series of Events (1966), ch. 3; R glm(poisson) with offset.
func deskCountTrend(counts []int, days []float64) *DeskTrend {
	total, all, centre := 0.0, 0.0, 0.0
	for t, n := range counts {
		total += float64(n)
		all += days[t]
		centre += days[t] * float64(t)
	}
	if len(counts) < 3 || total == 0 || all == 0 {
		return nil
	}
	centre /= all
	top, spread := 0.0, 0.0
	for t, n := range counts {
		d := float64(t) - centre
		top += float64(n) * d
		spread += days[t] / all * d * d
	}
	z := top / math.Sqrt(total*spread)
	return deskTrendOf(z)
}

// cover counts the posts of the six kinds, and of any other that is used.
func (d *DeskChannels) cover() {
	if !d.Registered {
		return
	}
	kinds := slices.Clone(DeskKinds)
	for _, p := range d.Posts {
		if p.Kind != "" && !slices.Contains(kinds, p.Kind) {
			kinds = append(kinds, p.Kind)
		}
	}
	slices.Sort(kinds[len(DeskKinds):])
	for _, k := range kinds {
		covered := &DeskCovered{Kind: k}
		for _, p := range d.Posts {
			if p.Listed && p.Kind == k {
				covered.Posts++
				if !slices.Contains(d.Silent, p.ID) {
					covered.Data++
				}
			}
		}
		d.Kinds = append(d.Kinds, covered)
	}
}
