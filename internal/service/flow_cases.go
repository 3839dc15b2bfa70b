package service

import (
	"slices"
	"strings"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
)

// flowCase is one complaint, as far as the flow and its periods need it. Moments
// are zero where nothing happened yet.
type flowCase struct {
	id                                                                    string
	received, forwarded, acknowledged, analysed, countermeasure, answered time.Time
	closed, reopened, calledBack                                          time.Time
	category, region, department, defect, product, channel, kind          string
}

// openAt reports whether the complaint is in hand at the moment: received, and
// not closed or taken up again since.
func (c *flowCase) openAt(t time.Time) bool {
	if c.received.IsZero() || !c.received.Before(t) {
		return false
	}
	closed := !c.closed.IsZero() && c.closed.Before(t)
	again := !c.reopened.IsZero() && c.reopened.Before(t) && c.reopened.After(c.closed)
	return !closed || again
}

// due is when the complaint is to be closed, in calendar time; the limit counts as in time.
func (c *flowCase) due(days int) time.Time {
	return c.received.Add(time.Duration(days) * 24 * time.Hour)
}

// flowCases are the complaints that have happened by today, in the order of
// their reception, then of the ledger.
func flowCases(in Input) []flowCase {
	l := in.Ledgers.Of("complaints")
	if l == nil {
		return nil
	}
	now := flowNow(in)
	out := make([]flowCase, 0, l.Rows)
	for i := range l.Rows {
		at := func(column string) time.Time {
			if t := l.Of(column).Time(i); t.Before(now) {
				return t
			}
			return time.Time{} // a date in the future has not happened
		}
		word := func(column string) string { return l.Of(column).Text(i) }
		c := flowCase{
			id: word("id"), received: at("received"), forwarded: at("forwarded"), acknowledged: at("acknowledged"), analysed: at("analysed"), countermeasure: at("countermeasure"),
			answered: at("answered"), closed: at("closed"), reopened: at("reopened"), calledBack: at("called_back"),
			category: word("category"), region: word("region"), department: word("department"), defect: word("defect"), product: word("product"), channel: word("channel"), kind: word("kind"),
		}
		if !c.received.IsZero() {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b flowCase) int { return a.received.Compare(b.received) })
	return out
}

// flowAction is one action.
type flowAction struct {
	id, source, owner, verdict, metric string
	opened, due, done                  time.Time
}

func flowActions(in Input) []flowAction {
	l := in.Ledgers.Of("actions")
	if l == nil {
		return nil
	}
	out := make([]flowAction, 0, l.Rows)
	for i := range l.Rows {
		text := func(column string) string { return l.Of(column).Text(i) }
		out = append(out, flowAction{
			id: text("id"), source: text("source"), owner: text("owner"), verdict: text("verdict"), metric: strings.TrimPrefix(text("metric"), "complaints.category:"),
			opened: l.Of("opened").Time(i), due: l.Of("due").Time(i), done: l.Of("done").Time(i),
		})
	}
	return out
}

// flowTallied counts the actions of a lane.
type flowTallied struct {
	FlowVerdict
	all, unowned, open, overdue, done int
}

// flowTally counts the actions of some sources; an action whose last day is today is not overdue.
func flowTally(actions []flowAction, now time.Time, sources ...string) flowTallied {
	var t flowTallied
	for _, a := range actions {
		if !slices.Contains(sources, a.source) {
			continue
		}
		t.all++
		t.unowned += flowOne(a.owner == "")
		if a.done.IsZero() || !a.done.Before(now) {
			t.open++
			t.overdue += flowOne(!a.due.IsZero() && !a.due.AddDate(0, 0, 1).After(now.AddDate(0, 0, -1)))
			continue
		}
		t.done++
		switch flowVerdict(a.verdict) {
		case "yes":
			t.Yes++
		case "no":
			t.No++
		default:
			t.Open++
		}
	}
	return t
}

// flowVerdict reads the verdict of an action: only a full effect closes it, so
// that "partly" leads back to who is responsible.
func flowVerdict(verdict string) string {
	switch strings.ToLower(verdict) {
	case "effective", "yes", "good", "closed", "met", "有效", "好", "是", "达到":
		return "yes"
	case "partly", "not_effective", "ineffective", "no", "worse", "missed", "部分有效", "无效", "否", "未达到":
		return "no"
	}
	return ""
}

// flowWeak is how many items stand on the improvement list of the latest wave.
func flowWeak(r *measure.Results) int {
	if r.Block == nil || r.Block.Suppressed {
		return 0
	}
	if w, ok := r.Analyses["weak_items"].(*measure.WeakItems); ok {
		return len(w.Items)
	}
	return 0
}

// flowLedger is a ledger of the input, nil without rows.
func flowLedger(in Input, name string) *ledger.Ledger {
	if l := in.Ledgers.Of(name); l != nil && l.Rows > 0 {
		return l
	}
	return nil
}
