package service

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// TestANumberIsTheSameOnEveryPage compares what the pages of complaints, the
// flow, months, quarters and evidence say of the same: in the demo, and in a
// ledger whose dates go wrong in every way.
func TestANumberIsTheSameOnEveryPage(t *testing.T) {
	demo, err := os.ReadFile("../../surveys/service/ledger/complaints.csv")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"demo": string(demo), "wild": wildComplaints(5000)} {
		for _, asOf := range []string{"2026-11-22", "2026-03-31"} {
			found := analysed(t, text, asOf)
			compareFlow(t, name+" "+asOf, found.Complaints, found.Flow)
			compareCards(t, name+" "+asOf, found.Complaints, found.Desk)
		}
	}
}

func analysed(t *testing.T, text, asOf string) *Results {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Skip("no time zones here")
	}
	source := ledger.Source{Ledger: "complaints", Source: table.Source{Name: "complaints.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}}
	var problems diag.List
	l, err := ledger.Read([]ledger.Source{source}, ledger.Options{Zone: zone}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	return Analyse(Input{Survey: &survey.Survey{}, Ledgers: l, Results: &measure.Results{AsOf: asOf, MinCell: 5}, Zone: zone})
}

func compareFlow(t *testing.T, name string, c *Complaints, f *Flow) {
	t.Helper()
	same := func(what string, a, b int) {
		if a != b {
			t.Errorf("%s: %s is %d with the complaints and %d elsewhere", name, what, a, b)
		}
	}
	record := box(t, f, "record")
	same("received", c.N, record.N)
	same("overdue", c.State.Overdue, record.Late)
	same("open", c.State.Open, record.Parts[0].N)
	same("called back", c.State.CalledBack, record.Parts[1].N)
	same("reopened", c.State.Reopened, record.Parts[2].N)
	months := map[string]*Period{}
	for _, m := range f.Months {
		months[m.ID] = m
	}
	for _, m := range c.Months {
		p := months[m.Month]
		if p == nil {
			t.Errorf("%s: %s has no page", name, m.Month)
			continue
		}
		same("received in "+m.Month, m.Received, p.Received)
		same("closed in "+m.Month, m.ClosedIn, p.Closed)
		same("open at the end of "+m.Month, m.OpenAtEnd, p.Open)
		same("in time in "+m.Month, m.OnTime.X, p.OnTime)
		same("due in "+m.Month, m.OnTime.N, p.Due)
	}
	var received, inTime, due int
	for _, q := range f.Quarters {
		received, inTime, due = received+q.Received, inTime+q.OnTime, due+q.Due
	}
	same("received in all quarters", c.N, received)
	same("in time in all quarters", c.OnTime["closed"].Due.X, inTime)
	same("due in all quarters", c.OnTime["closed"].Due.N, due)
	same("open at the end of the last quarter", c.State.Open, f.Quarters[len(f.Quarters)-1].Open)
	same("open at the end of the last month", c.State.Open, f.Months[len(f.Months)-1].Open)
}

// compareCards holds the scorecard of departments to the page of complaints.
func compareCards(t *testing.T, name string, c *Complaints, d *Desk) {
	t.Helper()
	at := slices.IndexFunc(c.Strata, func(s *ComplaintStratum) bool { return s.Column == "department" })
	if at < 0 {
		return
	}
	for _, card := range d.Scorecards {
		for _, o := range card.Owners {
			for _, g := range c.Strata[at].Groups {
				if f := o.KPIs["closed_on_time"]; g.Code == o.ID && f != nil && !f.Suppressed && (f.Count != g.OnTime.X || f.N != g.OnTime.N) {
					t.Errorf("%s: %s closed %d of %d in time with the complaints, %d of %d on its scorecard", name, o.ID, g.OnTime.X, g.OnTime.N, f.Count, f.N)
				}
			}
		}
	}
}

// wildComplaints have dates before receipt, ahead of today, without a time of
// day, and stages that are not there.
func wildComplaints(n int) string {
	var b strings.Builder
	b.WriteString("id,received,closed,reopened,called_back,category,department\n")
	r := rand.New(rand.NewPCG(3, 4))
	for i := range n {
		at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(700*24*60)) * time.Minute)
		say := func(days int) string {
			t := at.Add(time.Duration(r.IntN(days*24*60)-3*24*60) * time.Minute)
			switch r.IntN(4) {
			case 0:
				return ""
			case 1:
				return t.Format(time.DateOnly)
			}
			return t.Format("2006-01-02T15:04")
		}
		again, called := "", ""
		if r.IntN(4) == 0 {
			again, called = say(60), []string{"yes", "no", say(90)}[r.IntN(3)]
		}
		fmt.Fprintf(&b, "W%d,%s,%s,%s,%s,c%d,d%d\n", i, at.Format([]string{"2006-01-02T15:04", time.DateOnly}[r.IntN(2)]), say(40), again, called, r.IntN(4), i%3)
	}
	return b.String()
}
