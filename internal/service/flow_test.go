package service

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// flowOf analyses ledgers that are written as CSV, by their name.
func flowOf(t *testing.T, asOf string, files map[string]string) *Flow {
	t.Helper()
	var sources []ledger.Source
	for _, name := range []string{"complaints", "actions", "topics", "units"} {
		if text, ok := files[name]; ok {
			sources = append(sources, ledger.Source{Ledger: name, Source: table.Source{Name: name + ".csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}})
		}
	}
	var problems diag.List
	l, err := ledger.Read(sources, ledger.Options{}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	return flow(Input{Survey: &survey.Survey{}, Ledgers: l, Results: &measure.Results{AsOf: asOf, MinCell: 5}, Zone: time.UTC})
}

const flowComplaints = `id,received,closed,reopened,called_back,category,region
1,2026-01-05T10:00,2026-01-20T10:00,,2026-01-22,late,east
2,2026-01-06T10:00,2026-01-21T10:01,,,late,west
3,2026-01-31T23:59,2026-02-03,2026-02-20,,parts,
4,2026-02-01T00:00,,,,parts,west
5,2026-02-14T08:00,2026-02-20T08:00,,,parts,west
6,2026-03-30T08:00,,,,<script>,west
7,2026-04-30T08:00,,,,late,west
`

func box(t *testing.T, f *Flow, id string) *FlowBox {
	t.Helper()
	for _, b := range f.Boxes {
		if b.ID == id {
			return b
		}
	}
	t.Fatalf("no box %q", id)
	return nil
}

func TestFlowCountsComplaintsAndActions(t *testing.T) {
	f := flowOf(t, "2026-03-31", map[string]string{"complaints": flowComplaints, "actions": `id,source,owner,opened,due,done,verdict
A1,complaint,Ann,2026-01-01,2026-02-01,2026-01-30,effective
A2,complaint,,2026-01-01,2026-03-30,,
A3,audit,Bob,2026-01-01,2026-03-31,,
A4,weak_item,Bob,2026-01-01,2026-02-01,2026-02-01,partly
A5,topic,Bob,2026-01-01,2026-02-01,2026-02-01,
`})
	record := box(t, f, "record")
	if record.N != 6 || record.Late != 2 { // the seventh lies ahead; 3 was taken up again, 4 is open; 6 is not due yet
		t.Errorf("record %+v", record)
	}
	if fmt.Sprint(record.Parts) != "[{open 3} {called_back 1} {reopened 1}]" {
		t.Errorf("parts %v", record.Parts)
	}
	for id, want := range map[string][2]int{"assign": {3, 1}, "solve": {2, 1}, "effect": {1, 0}, "close": {1, 0}, "find": {2, 0}, "evaluate": {2, 0}, "plan": {0, 0}} {
		if b := box(t, f, id); b.N != want[0] || b.Late != want[1] {
			t.Errorf("%s: %d, late %d, want %v", id, b.N, b.Late, want)
		}
	}
	if *f.Good != (FlowVerdict{Yes: 1}) || *f.Improved != (FlowVerdict{No: 1, Open: 1}) {
		t.Errorf("verdicts %+v %+v", f.Good, f.Improved)
	}
	if _, err := json.Marshal(f); err != nil {
		t.Error(err)
	}
}

func TestPeriodCountsWhatHappenedInIt(t *testing.T) {
	f := flowOf(t, "2026-03-31", map[string]string{"complaints": flowComplaints, "units": "period,unit,sold\n2026-01,a,600\n2026-01,b,400\n2026-02,a,1000\n"})
	january := f.Months[0]
	if january.ID != "2026-01" || january.Received != 3 || january.Closed != 2 || january.Open != 1 || january.Due != 3 || january.OnTime != 1 {
		t.Errorf("january %+v", january) // 15 days to the minute are in time, a minute more is not, nor what is open again
	}
	if math.Abs(float64(january.Days)-15) > .01 || january.Rate != 3 || january.Change != nil {
		t.Errorf("january: days %v rate %v change %v", january.Days, january.Rate, january.Change)
	}
	february := f.Months[1]
	if february.Received != 2 || february.Reopened != 1 || february.Change.Received != 3 || february.Change.Clear {
		t.Errorf("february %+v", february)
	}
	var rows []string
	for _, r := range february.Strata[0].Rows {
		rows = append(rows, fmt.Sprint(r.Code, r.N, *r.Before))
	}
	if got := strings.Join(rows, " "); got != "parts2 1 late0 2" && got != "parts21 late02" {
		t.Errorf("content of february %q", got)
	}
	if march := f.Months[2]; !march.Running && march.Change == nil {
		t.Errorf("march %+v", march)
	}
	if got := f.Quarters[0].ID; got != "2026-q1" {
		t.Errorf("quarter %q", got)
	}
}

func TestPastPeriodsStayAsTheyAre(t *testing.T) {
	before := flowOf(t, "2026-03-31", map[string]string{"complaints": flowComplaints})
	after := flowOf(t, "2026-06-30", map[string]string{"complaints": flowComplaints + "8,2026-05-02,2026-05-20,,,late,north\n9,2026-06-02,,,,new,south\n"})
	for i, m := range before.Months[:2] {
		a, _ := json.Marshal(m)
		b, _ := json.Marshal(after.Months[i])
		if string(a) != string(b) {
			t.Errorf("%s has become\n%s, was\n%s", m.ID, b, a)
		}
	}
}

func TestFlowOfNothing(t *testing.T) {
	if f := flowOf(t, "2026-03-31", nil); f != nil {
		t.Errorf("no ledgers: %+v", f)
	}
	if f := flowOf(t, "2026-03-31", map[string]string{"complaints": "id,received\n"}); f != nil {
		t.Errorf("an empty ledger: %+v", f)
	}
	f := flowOf(t, "", map[string]string{"complaints": "id,category\n1,late\n"})
	if f == nil || len(f.Months) != 0 || f.Evidence.Of != 0 {
		t.Errorf("records without days: %+v", f)
	}
	f = flowOf(t, "2026-03-31", map[string]string{"actions": "id,source\nA1,complaint\n"})
	if b := box(t, f, "assign"); b.N != 1 || b.Late != 1 || len(f.Months) != 0 {
		t.Errorf("actions alone: %+v", b)
	}
	far := flowOf(t, "2026-03-31", map[string]string{"complaints": "id,received\n1,1900-01-01\n2,2026-03-01\n"})
	if n := len(far.Months); n > 20 {
		t.Errorf("a day of 1900 makes %d months", n)
	}
}

func TestEvidenceDrawsTheSameSample(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("id,received,closed,category,contact\n")
	for i := range 100 {
		day := time.Date(2025, 7, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, 2*i)
		fmt.Fprintf(&rows, "C%03d,%s,%s,late,ann@example.com\n", i, day.Format("2006-01-02T15:04"), day.AddDate(0, 0, 3).Format(time.DateOnly))
	}
	files := map[string]string{"complaints": rows.String(), "actions": "id,source,metric,done,verdict\nA1,complaint,late,2025-10-01,effective\n"}
	f := flowOf(t, "2026-03-31", files)
	again := flowOf(t, "2026-03-31", files)
	a, _ := json.Marshal(f.Evidence)
	b, _ := json.Marshal(again.Evidence)
	if string(a) != string(b) || f.Evidence.Sampled != 12 || f.Evidence.Of != 100 {
		t.Errorf("sample %s", a)
	}
	if strings.Contains(string(a), "@") {
		t.Error("the sample shows a contact")
	}
	first := f.Evidence.Trail[0]
	if first.ID != "C004" || first.Action != "A1" || first.Effect == nil || first.Effect.Before != first.Effect.AllBefore || first.Effect.Days != 92 {
		t.Errorf("first of the trail %+v %+v", first, first.Effect)
	}
	if last := f.Evidence.Trail[11]; last.Action != "" {
		t.Errorf("an action done before the complaint answers it: %+v", last)
	}
}

func TestPeriodsAreComparedByUnitsSold(t *testing.T) {
	var rows strings.Builder // 105 complaints in the second quarter, 139 in the third; units rise as well
	rows.WriteString("id,received\n1,2026-01-01\n")
	for i := range 105 {
		fmt.Fprintf(&rows, "b%d,2026-%02d-10\n", i, 4+i%3)
	}
	for i := range 139 {
		fmt.Fprintf(&rows, "c%d,2026-%02d-10\n", i, 7+i%3)
	}
	const units = "period,sold\n2026-04,3485\n2026-05,3500\n2026-06,3500\n2026-07,3849\n2026-08,3900\n2026-09,3900\n"
	f := flowOf(t, "2026-11-22", map[string]string{"complaints": rows.String(), "units": units})
	c := f.Quarters[2].Change // R: poisson.test(c(139, 105), c(11649, 10485))$p.value
	if c.Per != "units" || c.Clear || math.Abs(float64(c.P)-0.17874838098144899) > 1e-9 || math.Abs(float64(c.Rate)-105/10.485) > 1e-9 {
		t.Errorf("by units sold %+v", c)
	}
	without := flowOf(t, "2026-11-22", map[string]string{"complaints": rows.String()}).Quarters[2].Change
	if without.Per != "days" || !without.Clear { // R: poisson.test(c(139, 105), c(92, 91))$p.value = 0.0403
		t.Errorf("by days %+v", without)
	}
}

func TestOpenComplaintsAddUp(t *testing.T) {
	f := flowOf(t, "2026-04-30", map[string]string{"complaints": `id,received,closed,reopened
1,2026-01-05,2026-01-20,2026-02-10
2,2026-01-06,2026-03-21,2026-02-11
3,2026-01-31,,
4,2026-02-01,,2026-03-01
5,2026-03-14,2026-03-20,
`})
	for _, list := range [][]*Period{f.Months, f.Quarters} {
		for _, p := range list {
			if p.Start+p.Received+p.Returned-p.Closed != p.Open {
				t.Errorf("%s: %d + %d + %d − %d is not %d", p.ID, p.Start, p.Received, p.Returned, p.Closed, p.Open)
			}
		}
	}
	if p := f.Months[1]; p.Reopened != 2 || p.Returned != 1 || p.Start != 2 || p.Open != 4 {
		t.Errorf("february %+v", p) // 2 was closed after it: it was open all along
	}
}
