package service

import (
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// DeskLost is why customers left, what they were worth and who came back
// (METHODS A54).
type DeskLost struct {
	N       int             `json:"n"`
	Value   measure.Number  `json:"value"`
	Valued  int             `json:"valued"` // records with a value
	Reasons []*DeskReason   `json:"reasons,omitempty"`
	Unknown int             `json:"without_reason"`
	WonBack *DeskFigure     `json:"won_back,omitempty"` // bought again after they left
	Back    *measure.Number `json:"value_won_back,omitempty"`
	Months  []*DeskCounted  `json:"months,omitempty"`
}

// DeskReason is one reason, with what was lost by it. Reasons of fewer customers
// than the privacy threshold are taken together under "".
type DeskReason struct {
	ID         string         `json:"id"`
	N          int            `json:"n"`
	Share      *DeskFigure    `json:"share"` // of the customers with a reason
	Value      measure.Number `json:"value"`
	ValueShare measure.Number `json:"value_share"`
	Pooled     int            `json:"pooled,omitempty"` // reasons taken together
	Reference  string         `json:"reference,omitempty"`

	priced int
}

func (c *deskContext) lost() *DeskLost {
	l := c.of("lost")
	if l == nil {
		return nil
	}
	out := &DeskLost{N: l.Rows, Value: measure.Number(math.NaN())}
	total := 0.0
	for i := range l.Rows {
		if v := l.Of("value").Number(i); !math.IsNaN(v) {
			out.Valued++
			total += v
		}
		if !l.Of("reason").Has(i) {
			out.Unknown++
		}
	}
	if out.Valued >= c.least {
		out.Value = measure.Number(total)
	}
	out.Reasons = c.reasons(l)
	c.winBack(out, l)
	names, of := c.months(l.Of("date"), l.Rows)
	out.Months = deskCount(names, of)
	return out
}

// reasons counts the reasons, the most frequent first, then by name.
func (c *deskContext) reasons(l *ledger.Ledger) []*DeskReason {
	codes, of := deskGroupsOf(l.Of("reason"), l.Rows)
	all := make([]*DeskReason, len(codes))
	for k, code := range codes {
		all[k] = &DeskReason{ID: code, Reference: c.referenceOf(code)}
	}
	n, priced, total := 0, 0, 0.0
	for i, k := range of {
		if k < 0 {
			continue
		}
		n++
		all[k].N++
		if v := l.Of("value").Number(i); !math.IsNaN(v) {
			priced++
			all[k].priced++
			all[k].Value += measure.Number(v)
			total += v
		}
	}
	slices.SortFunc(all, func(a, b *DeskReason) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.ID, b.ID)
	})
	all = c.pooled(all)
	values := c.valuesShown(all, priced)
	for _, r := range all {
		r.Share = deskFigure(stat.Share(r.N, n), r.N)
		switch {
		case !values:
			r.Value, r.ValueShare = measure.Number(math.NaN()), measure.Number(math.NaN())
		case total > 0:
			r.ValueShare = r.Value / measure.Number(total)
		default:
			r.ValueShare = measure.Number(math.NaN())
		}
	}
	return all
}

// valuesShown reports whether no reason rests on so few values that one
// customer's could be read from it.
func (c *deskContext) valuesShown(all []*DeskReason, priced int) bool {
	return priced >= c.least && !slices.ContainsFunc(all, func(r *DeskReason) bool { return r.priced > 0 && r.priced < c.least })
}

// pooled takes rare reasons together, until there are enough of them.
func (c *deskContext) pooled(all []*DeskReason) []*DeskReason {
	keep := len(all)
	for keep > 0 && all[keep-1].N < c.least {
		keep--
	}
	rest := 0
	for _, r := range all[keep:] {
		rest += r.N
	}
	for rest > 0 && rest < c.least && keep > 0 {
		keep--
		rest += all[keep].N
	}
	if keep == len(all) {
		return all
	}
	if rest < c.least {
		return nil
	}
	other := &DeskReason{Pooled: len(all) - keep}
	for _, r := range all[keep:] {
		other.N, other.Value, other.priced = other.N+r.N, other.Value+r.Value, other.priced+r.priced
	}
	return append(all[:keep:keep], other)
}

// referenceOf is the reason of the reference list that a code stands for.
func (c *deskContext) referenceOf(code string) string {
	if to := c.rules.Reference[code]; to != "" {
		return to
	}
	if slices.Contains(survey.LostReasons, code) {
		return code
	}
	return ""
}

// winBack counts who bought again after the day they left. Base: lost customers
// with an id and a day, where there are transactions.
func (c *deskContext) winBack(out *DeskLost, l *ledger.Ledger) {
	sales := c.of("transactions")
	if sales == nil || !l.Of("customer").Present || !l.Of("date").Present {
		return
	}
	last := map[string]time.Time{}
	for i := range sales.Rows {
		who, when := sales.Of("customer").Text(i), sales.Of("date").Time(i)
		if revenue := sales.Of("revenue").Number(i); revenue <= 0 || when.After(c.now) {
			continue // a return is no purchase
		}
		if when.After(last[who]) {
			last[who] = when
		}
	}
	n, won, worth, priced := 0, 0, 0.0, 0
	for i := range l.Rows {
		who, when := l.Of("customer").Text(i), l.Of("date").Time(i)
		if who == "" || when.IsZero() {
			continue
		}
		n++
		if last[who].After(when) {
			won++
			if v := l.Of("value").Number(i); !math.IsNaN(v) {
				worth += v
				priced++
			}
		}
	}
	out.WonBack = c.judge(c.hide(deskFigure(stat.Share(won, n), won)), "won_back", false)
	if priced >= c.least {
		v := measure.Number(worth)
		out.Back = &v
	}
}
