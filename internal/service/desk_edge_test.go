package service

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

const (
	deskTicketHead = "id,kind,opened,due,arrived,done,provider,manager,product,fault,asset,visits,first_time,promised,satisfied\n"
	deskAnswerHead = "had,voiced,did,where\n"
)

// deskTicketRows are n tickets of a provider, all alike.
func deskTicketRows(from, n int, provider, arrived, satisfied string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("T" + string(rune('a'+from)) + string(rune('a'+i)) + ",repair,2026-03-02T08:00,2026-03-03," + arrived + "," + arrived + "," + provider + ",m,p,f,A" + string(rune('a'+i)) + ",1,yes,2026-03-03T08:00," + satisfied + "\n")
	}
	return b.String()
}

// TestDeskIsDefinedAtItsEdges reads what there is least of: JSON without NaN,
// nothing shown of fewer records than the threshold, no panic.
func TestDeskIsDefinedAtItsEdges(t *testing.T) {
	one := deskTicketRows(0, 1, "p", "2026-03-02T09:00", "5")
	for name, files := range map[string]map[string]string{
		"nothing":              {},
		"empty ledgers":        {"tickets.csv": deskTicketHead, "visits.csv": "id,date,unit,item,score,critical\n", "lost.csv": "id,date,customer,reason,value\n", "sources.csv": "id,name,kind,cost,findings\n", "suggestions.csv": "id,received,channel,category,adopted,done\n"},
		"one ticket":           {"tickets.csv": deskTicketHead + one},
		"two tickets":          {"tickets.csv": deskTicketHead + one + deskTicketRows(1, 1, "q", "2026-03-09T09:00", "1")},
		"ids only":             {"tickets.csv": "id\nT1\nT2\n", "lost.csv": "id\nL1\n", "suggestions.csv": "id\nS1\n", "visits.csv": "id\nV1\n", "sources.csv": "id\nhotline\n", "complaints.csv": "id\nC1\n"},
		"all missing":          {"tickets.csv": deskTicketHead + strings.Repeat(",,,,,,,,,,,,,,\n", 6), "lost.csv": "id,date,customer,reason,value\n" + strings.Repeat(",,,,\n", 6)},
		"one visit":            {"visits.csv": "id,date,unit,item,score,critical\nV,2026-01-02,u,greet,7,no\n"},
		"visits of 0 points":   {"visits.csv": "id,date,unit,item,score,critical\nV,2026-01-02,u,x,0,no\nW,2026-01-02,u,x,0,yes\n"},
		"scores out of range":  {"visits.csv": "id,date,unit,item,score,critical\nV,2026-01-02,u,greet,11,no\nV,2026-01-02,u,price,-1,no\n"},
		"one lost":             {"lost.csv": "id,date,customer,reason,value\nL,2026-01-02,K,price,5\n", "transactions.csv": "customer,date,revenue\nK,2026-02-02,5\n"},
		"nobody complained":    {"answers.csv": deskAnswerHead + strings.Repeat("yes,no,none,\n", 30), "complaints.csv": "id,received\nC1,2026-01-01\n"},
		"nobody had a problem": {"answers.csv": deskAnswerHead + strings.Repeat("no,,,\n", 30), "complaints.csv": "id,received\nC1,2026-01-01\n"},
		"no answers":           {"answers.csv": deskAnswerHead},
		"few answers":          {"answers.csv": deskAnswerHead + strings.Repeat("yes,yes,firm,us\n", 4)},
	} {
		t.Run(name, func(t *testing.T) {
			d := deskRead(t, deskPlain(), "2026-03-31", files)
			b, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			if text := string(b); strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
				t.Errorf("got %s", text)
			}
			if d == nil {
				return
			}
			if tk := d.Tickets; tk != nil {
				for id, f := range tk.KPIs {
					if f.N > 0 && f.N < 5 {
						t.Errorf("%s is shown of %d tickets", id, f.N)
					}
				}
			}
		})
	}
}

func TestSmallProvidersAreHiddenAndAnswersDoNotGiveThemAway(t *testing.T) {
	rows := deskTicketHead + deskTicketRows(0, 20, "big", "2026-03-02T09:00", "5") + deskTicketRows(1, 9, "middle", "2026-03-02T10:00", "2") + deskTicketRows(2, 2, "small", "2026-03-05T09:00", "1")
	d := deskRead(t, deskPlain(), "2026-03-31", map[string]string{"tickets.csv": rows})
	card := d.Scorecards[0]
	if len(card.Owners) != 2 || card.Hidden != 1 {
		t.Fatalf("got %d owners and %d hidden, want 2 and 1", len(card.Owners), card.Hidden)
	}
	middle := card.Owners[1]
	if !middle.KPIs["satisfied"].Suppressed {
		t.Error("the satisfaction of the small one follows from total, big and middle")
	}
	if f := middle.KPIs["on_time"]; f.Suppressed || f.N != 9 {
		t.Errorf("got %+v, want the firm's own work of 9 tickets", f)
	}
	if b, _ := json.Marshal(card); strings.Contains(string(b), "small") {
		t.Error("the small one is named")
	}
}

func TestRanksNeedIntervalsThatSeparate(t *testing.T) {
	for name, c := range map[string]struct {
		intervals [][2]float64
		lower     bool
		want      [][2]int
	}{
		"apart":            {[][2]float64{{.1, .2}, {.8, .9}, {.4, .5}}, false, [][2]int{{3, 3}, {1, 1}, {2, 2}}},
		"fewer is better":  {[][2]float64{{.1, .2}, {.8, .9}, {.4, .5}}, true, [][2]int{{1, 1}, {3, 3}, {2, 2}}},
		"overlap":          {[][2]float64{{.1, .5}, {.4, .9}, {.8, .95}}, false, [][2]int{{2, 3}, {1, 3}, {1, 2}}},
		"ties":             {[][2]float64{{.3, .5}, {.3, .5}}, false, [][2]int{{1, 2}, {1, 2}}},
		"touching":         {[][2]float64{{.3, .5}, {.5, .7}}, false, [][2]int{{1, 2}, {1, 2}}},
		"without interval": {[][2]float64{{math.NaN(), math.NaN()}, {.5, .7}}, false, [][2]int{{0, 0}, {0, 0}}},
	} {
		var figures []*DeskFigure
		for _, i := range c.intervals {
			figures = append(figures, &DeskFigure{N: 9, CI95: [2]deskNumber{deskNumber(i[0]), deskNumber(i[1])}})
		}
		deskRank(figures, c.lower)
		for k, f := range figures {
			got := [2]int{}
			if len(f.Rank) == 2 {
				got = [2]int{f.Rank[0], f.Rank[1]}
			}
			if got != c.want[k] {
				t.Errorf("%s: got %v for %d, want %v", name, got, k, c.want[k])
			}
		}
	}
}

func TestVerdictsFollowTheInterval(t *testing.T) {
	d := deskRead(t, deskPlain(), "2026-03-31", deskFiles(t)).Tickets
	for id, want := range map[string]string{"on_time": "met", "satisfied": "missed", "repeat": "missed", "first_time": ""} {
		if got := d.KPIs[id].Verdict; got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
}

// TestDaysWithoutATimeAreComparedByDay: a ledger that knows days only must not
// call an arrival on the day of the limit late.
func TestDaysWithoutATimeAreComparedByDay(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("id,opened,arrived\n")
	for i, arrived := range []string{"2026-03-02", "2026-03-03", "2026-03-03", "2026-03-03", "2026-03-04", ""} {
		rows.WriteString("T" + string(rune('a'+i)) + ",2026-03-02," + arrived + "\n")
	}
	f := deskRead(t, deskPlain(), "2026-03-31", map[string]string{"tickets.csv": rows.String()}).Tickets.KPIs["on_time"]
	if f.N != 6 || f.Count != 4 {
		t.Errorf("got %d of %d, want 4 of 6", f.Count, f.N)
	}
	ahead := deskRead(t, deskPlain(), "2026-03-02", map[string]string{"tickets.csv": rows.String()}).Tickets.KPIs["on_time"]
	if ahead.N != 0 {
		t.Errorf("got %d tickets whose limit has passed, want none", ahead.N)
	}
}

func TestCriticalItemsDecideTheScoreOfAVisit(t *testing.T) {
	var visits strings.Builder
	visits.WriteString("id,date,unit,item,score,critical\n")
	for _, id := range []string{"A", "B", "C"} {
		visits.WriteString(id + ",2026-01-02,u,greet,10,no\n" + id + ",2026-01-02,u,price,5,yes\n")
	}
	for rule, want := range map[string]float64{"fail": 100 * 20.0 / 30, "zero": 0, "cap": 59} {
		d := deskRead(t, strings.Replace(deskPlain(), "critical_rule: cap", "critical_rule: "+rule, 1), "2026-03-31", map[string]string{"visits.csv": visits.String()}).Visits
		if got := float64(d.Score.Value); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: got %v, want %v", rule, got, want)
		}
		if d.Passed.Count != 0 || d.Critical.Count != 3 {
			t.Errorf("%s: got %d passed and %d failed, want 0 and 3", rule, d.Passed.Count, d.Critical.Count)
		}
	}
}

func TestRareReasonsAreTakenTogether(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("id,date,customer,reason,value\n")
	for i := range 12 {
		rows.WriteString("L" + string(rune('a'+i)) + ",2026-01-02,K,price,10\n")
	}
	rows.WriteString("M1,2026-01-02,K,my phone is 555-0100,10\nM2,2026-01-02,K,odd,10\n")
	d := deskRead(t, deskPlain(), "2026-03-31", map[string]string{"lost.csv": rows.String()})
	if b, _ := json.Marshal(d); strings.Contains(string(b), "555") || strings.Contains(string(b), "odd") {
		t.Errorf("a rare reason is shown: %s", b)
	}
	if len(d.Lost.Reasons) != 1 || d.Lost.Reasons[0].N != 14 {
		t.Errorf("got %d reasons, want all taken together", len(d.Lost.Reasons))
	}
}
