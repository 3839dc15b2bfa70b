package service

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
)

// flowCase is one complaint as the flow and its periods need it. What has not
// happened by today is flowNever.
type flowCase struct {
	received, closed, reopened int64
	row                        int32 // of the ledger
	state                      ComplaintState
	again                      bool // taken up again after its closing
	due, onTime                bool // its limit to close has passed; and it was kept
}

const flowNever = math.MaxInt64

// flowCases are the complaints that have happened by today, in the order of
// their reception, then of the ledger. Their states are those of Complaints, so
// that a number is the same on every page.
func flowCases(in Input) []flowCase {
	l := in.Ledgers.Of("complaints")
	if l == nil || in.Results.AsOf == "" {
		return nil
	}
	b := newComplaintsBase(in, l, time.Time{}, time.Time{})
	b.choose()
	b.judge()
	at := func(v *ledger.Values, row int) int64 {
		if t, ok := v.Seconds(row); ok && t < b.end {
			return t
		}
		return flowNever // a date in the future has not happened
	}
	out := make([]flowCase, len(b.rows))
	for i, r := range b.rows {
		row := int(r)
		c := flowCase{row: r, received: at(b.received, row), closed: at(b.closed, row), reopened: at(b.reopened, row), state: b.states[i]}
		c.again = c.closed != flowNever && c.reopened != flowNever && ledger.SecondsBetween(b.closed, b.reopened, row) > 0
		kept, due, _ := b.kept(i, "closed", b.out.Limits.Close)
		c.due, c.onTime = due, due && kept
		out[i] = c
	}
	earlier := func(a, b flowCase) int { return cmp.Or(cmp.Compare(a.received, b.received), cmp.Compare(a.row, b.row)) }
	if !slices.IsSortedFunc(out, earlier) {
		slices.SortFunc(out, earlier)
	}
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
