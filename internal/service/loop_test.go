package service_test

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// loopOf measures the workspace of testdata/loop, with some files in place of its
// own; a file without text is left out.
func loopOf(t *testing.T, other map[string]string) (*service.Loop, *measure.Results, string) {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("testdata/loop")
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		body, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: body}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range other {
		files[name] = &fstest.MapFile{Data: []byte(text)}
		if text == "" {
			delete(files, name)
		}
	}
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	s := survey.Parse(files, "surveys/care", ws, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	zone, err := time.LoadLocation(ws.Timezone)
	if err != nil {
		t.Fatal(err)
	}
	var answers, books []table.Source
	var kinds []string
	for name := range files {
		source := table.Source{Name: name, Open: func() (io.ReadCloser, error) { return files.Open(name) }}
		switch path.Base(path.Dir(name)) {
		case "responses":
			source.Wave = strings.TrimSuffix(path.Base(name), ".csv")
			answers = append(answers, source)
		case "ledger":
			books, kinds = append(books, source), append(kinds, ledger.Named(path.Base(name)))
		}
	}
	slices.SortFunc(answers, func(a, b table.Source) int { return strings.Compare(a.Name, b.Name) })
	var sources []ledger.Source
	for i, b := range books {
		sources = append(sources, ledger.Source{Ledger: kinds[i], Source: b})
	}
	problems = diag.List{}
	read, err := table.Read(s.Schema(), answers, table.Options{Waves: []string{"2024", "2025", "2026"}}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	ledgers, err := ledger.Read(sources, ledger.Options{Zone: zone}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	results := measure.Compute(s, read, measure.Options{MinCell: 5, AsOf: ws.AsOf, Ledgers: ledgers})
	found := service.Analyse(service.Input{Survey: s, Ledgers: ledgers, Results: results, Zone: zone, Problems: &problems})
	var said strings.Builder
	if err := problems.WriteText(&said, "en"); err != nil {
		t.Fatal(err)
	}
	if found == nil || found.Loop == nil {
		return nil, results, said.String()
	}
	return found.Loop, results, said.String()
}

func action(t *testing.T, l *service.Loop, id string) *service.LoopAction {
	t.Helper()
	for _, a := range l.Actions {
		if a.ID == id {
			return a
		}
	}
	t.Fatalf("no action %q", id)
	return nil
}

// The effects are those that base R finds in the same files: testdata/loop/make.R.
func TestEffectsAgreeWithR(t *testing.T) {
	l, _, _ := loopOf(t, nil)
	f, err := os.Open("testdata/loop/oracle.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	methods := map[string]string{"A1": "t.test of a score", "A2": "t.test of a score", "A3": "t.test of a score", "A4": "poisson.test per 1,000 units", "A6": "prop.test", "A7": "t.test of an index in a group", "A10": "z of the NPS", "A11": "t.test of a score"}
	for _, row := range rows[1:] {
		e := action(t, l, row[0]).Effect
		if e.Before == nil || e.After == nil {
			t.Errorf("%s: no effect: %s", row[0], e.Why)
			continue
		}
		got := []measure.Number{e.Before.Value, e.After.Value, e.Difference, e.CI95[0], e.CI95[1], e.P}
		if e.Ratio != nil {
			got = append(got, *e.Ratio, e.RatioCI95[0], e.RatioCI95[1])
		}
		largest := 0.0
		for i, g := range got {
			want, err := strconv.ParseFloat(row[i+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			largest = max(largest, math.Abs(float64(g)-want))
			if !(math.Abs(float64(g)-want) <= 1e-9) {
				t.Errorf("%s figure %d: got %.12g, want %.12g", row[0], i, float64(g), want)
			}
		}
		t.Logf("effect %-3s × R %-29s × largest difference %.2g", row[0], methods[row[0]], largest)
	}
}

func TestTheBoardKnowsEveryState(t *testing.T) {
	l, _, said := loopOf(t, nil)
	for id, want := range map[string][2]string{
		"A1": {service.Done, service.NoEvidence}, "A2": {service.DoneLate, service.Improved}, "A3": {service.Done, service.Improved}, "A4": {service.Done, service.Improved},
		"A5": {service.Overdue, ""}, "A6": {service.Done, service.Improved}, "A11": {service.Done, service.Worse}, "A7": {service.Done, service.Improved}, "A8": {service.Planned, ""}, "A9": {service.Open, ""},
	} {
		a := action(t, l, id)
		if a.State != want[0] || a.Effect.Verdict != want[1] {
			t.Errorf("%s: got %s and %q, want %s and %q", id, a.State, a.Effect.Verdict, want[0], want[1])
		}
	}
	if a := action(t, l, "A2"); a.Round != 2 || a.Follows != "A1" || a.DaysLate != 50 || a.Effect.TargetStands != measure.Missed {
		t.Errorf("A2: got round %d after %q, %d days late, target %s; want round 2 after A1, 50 days, missed", a.Round, a.Follows, a.DaysLate, a.Effect.TargetStands)
	}
	if a := action(t, l, "A5"); a.DaysLate != 38 || a.Effect.Why != service.NotDone {
		t.Errorf("A5: got %d days late, %q", a.DaysLate, a.Effect.Why)
	}
	if l.Board.Loops != 1 || l.Board.Reopened != 1 || l.Board.States[service.Overdue] != 1 || math.Abs(float64(l.Board.OnTime)-7./8) > 1e-15 {
		t.Errorf("board: %+v", *l.Board)
	}
	if strings.Contains(said, "warning") {
		t.Errorf("told of a sound ledger:\n%s", said)
	}
}

func TestTopicsFollowTheirActions(t *testing.T) {
	l, _, _ := loopOf(t, nil)
	if len(l.Topics) != 2 {
		t.Fatalf("got %d topics, want 2", len(l.Topics))
	}
	phone, late := l.Topics[0], l.Topics[1]
	if !slices.Equal(phone.Actions, []string{"A3"}) || phone.Effect.Verdict != service.Improved || len(phone.Course) != 3 || phone.Before != 62 {
		t.Errorf("telephone: %+v", *phone)
	}
	if len(late.Course) < 8 || late.Course[0].Over < .1 || late.Effect.Verdict != service.Improved || late.Effect.Before.N != action(t, l, "A4").Effect.Before.N {
		t.Errorf("late visits: %d quarters, %+v", len(late.Course), *late.Effect)
	}
}

func TestProposalsLeaveOutWhatIsWorkedOn(t *testing.T) {
	l, _, _ := loopOf(t, nil)
	var got []string
	for _, p := range l.Proposals {
		got = append(got, p.Metric)
	}
	for _, busy := range []string{"complaints.category:broken", "index.process"} { // A5 and A8 are open
		if slices.Contains(got, busy) {
			t.Errorf("%s is proposed again: %v", busy, got)
		}
	}
	for _, want := range []string{"aspects_speed", "complaints.category:late"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not proposed: %v", want, got)
		}
	}
	if p := l.Proposals[0]; p.Opened != "2026-11-22" || p.Due != "2027-02-20" || p.Source != "weak_item" || !(p.Target > p.Value) {
		t.Errorf("got %+v", *p)
	}
	for _, p := range l.Proposals { // the mean of the items is no target
		missed := slices.ContainsFunc(p.Reasons, func(r *measure.WeakReason) bool { return r.Why == measure.BelowTarget && r.Line == p.Target })
		if math.IsNaN(float64(p.Target)) == missed {
			t.Errorf("%s: target %v, one that it misses: %t", p.Metric, p.Target, missed)
		}
	}
}

func TestTheFourPartReportGathersAllParts(t *testing.T) {
	l, _, _ := loopOf(t, nil)
	if len(l.FourPart) != 2 {
		t.Fatalf("got %d reports, want 2", len(l.FourPart))
	}
	r := l.FourPart[0]
	if r.Target != 70 || r.Verdict != measure.Missed || r.Segment != "dealer" || len(r.Siblings) != 3 || len(r.Causes) != 9 || len(r.Why) != 4 || !slices.Equal(r.Actions, []string{"A1", "A2"}) {
		t.Errorf("got %+v", *r)
	}
	if math.Abs(float64(r.Gap-(r.Now.Value-70))) > 1e-12 || len(r.Goes) != 2 || r.Goes[0].Outcome != "osat" {
		t.Errorf("gap %v, goes with %+v", r.Gap, r.Goes)
	}
	if c := r.Complaints; c == nil || c.By != "defect" || len(c.Split) != 3 || c.N < 40 {
		t.Errorf("complaints: %+v", r.Complaints)
	}
	if c := l.FourPart[1]; c.Complaints == nil || c.Complaints.Code != "late" || c.Target != 5 || c.TargetFrom != "action" || c.Goes != nil {
		t.Errorf("late: %+v", *c)
	}
}

func TestUnitsAreRankedAndSmallOnesHidden(t *testing.T) {
	l, _, _ := loopOf(t, nil)
	u := l.Units
	if u == nil || u.Metric != "index" || len(u.Units) != 6 || u.Hidden < 1 {
		t.Fatalf("got %+v", u)
	}
	if first, last := u.Units[0], u.Units[5]; first.Code != "south" || first.Rank != 1 || last.Rank != 0 || last.Now.Why == "" {
		t.Errorf("first %+v, last %+v", *first, *last)
	}
	body, err := json.Marshal(u)
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range u.Units {
		if unit.Now.Why != "" && (unit.Complaints != nil || unit.Cycles != nil || !math.IsNaN(float64(unit.Now.Value))) {
			t.Errorf("%s has too few answers and figures: %s", unit.Code, body)
		}
		if unit.Code == "west" && (len(unit.Cycles) == 0 || !slices.ContainsFunc(unit.Cycles, func(c *service.LoopCycle) bool { return c.Own && c.Days == 335 })) {
			t.Errorf("the cycle of the West dealer: %s", body)
		}
	}
}

// Faults of the ledgers are told with their line, all at once.
func TestFaultsOfActionsAreTold(t *testing.T) {
	_, _, said := loopOf(t, map[string]string{
		"surveys/care/ledger/actions.yaml": `- {id: B1, metric: aspects_sped, opened: 2025-05-01, due: 2025-04-01, department: service}
- {id: B2, metric: index.proces, opened: 2025-05-01, done: 2025-04-01, department: servce}
- {id: B3, metric: "complaints.categry:late", opened: 2025-05-01, cause: [a < b, b < a]}
- {id: B4, metric: osat@dealr:west, opened: 2026-10-01, done: 2027-04-01}
- {id: B5, opened: 2026-05-01, done: 2026-06-01}
- {id: B6, metric: osat, opened: 2026-05-01, done: 2026-06-01}
- {id: B7, metric: osat.top.shre, opened: 2026-05-01}
`,
		"surveys/care/ledger/topics.yaml": "- {id: t1, metric: osat_csat.shares}\n",
	})
	for _, want := range []string{
		`actions.yaml:1: warning: due is earlier than opened`, `did you mean "aspects_speed"?`,
		`actions.yaml:2: warning: done is earlier than opened`, `did you mean "index.process"?`,
		`did you mean "complaints.category:late"?`, `actions.yaml:3:74: warning: the causes of column "cause" go round in a circle`,
		`did you mean "osat@dealer:west"?`, `actions.yaml:4: warning: action "B4" was done after the day of the report`,
		`actions.yaml:5: note: action "B5" names no metric`, `actions.yaml:6: note: action "B6" is done, but no wave of the survey begins after it`,
		`actions.yaml:7: warning: there is no figure "osat.top.shre"`, `topics.yaml:1: warning: there is no figure "osat_csat.shares"`, `did you mean "osat_csat.share"?`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("not told: %s", want)
		}
	}
	if t.Failed() {
		t.Log(said)
	}
}

// Edges: no ledger at all, empty ones, waves without answers, everybody alike.
func TestTheLoopAtTheEdges(t *testing.T) {
	none := map[string]string{"surveys/care/ledger/actions.yaml": "", "surveys/care/ledger/topics.yaml": "", "surveys/care/ledger/complaints.csv": "", "surveys/care/ledger/units.csv": ""}
	if l, _, _ := loopOf(t, none); l.Board != nil || l.Topics != nil || l.Units == nil {
		t.Errorf("without ledgers: %+v", *l)
	}
	alike := map[string]string{}
	for _, wave := range []string{"2024", "2025", "2026"} {
		alike["surveys/care/responses/"+wave+".csv"] = "osat,rec,aspects_booking,aspects_speed,aspects_skill,aspects_manner,aspects_price,dealer\n" + strings.Repeat("4,9,4,4,4,4,4,west\n", 12)
	}
	l, _, _ := loopOf(t, alike)
	for _, a := range l.Actions {
		if e := a.Effect; a.ID == "A2" && (e.Verdict != "" || e.Why != service.NoTest || e.Difference != 0) {
			t.Errorf("everybody alike: %+v", *e)
		}
	}
	for _, body := range []string{"", "3,9,4,4,4,4,4,west\n", "3,9,4,4,4,4,4,west\n4,,,,,,,east\n", strings.Repeat(",,,,,,,\n", 8)} {
		few := map[string]string{}
		for _, wave := range []string{"2024", "2025", "2026"} {
			few["surveys/care/responses/"+wave+".csv"] = "osat,rec,aspects_booking,aspects_speed,aspects_skill,aspects_manner,aspects_price,dealer\n" + body
		}
		if l, _, _ = loopOf(t, few); l == nil {
			continue
		}
		for _, a := range l.Actions {
			if a.Effect.Verdict != "" && !strings.HasPrefix(a.Metric, "complaints") {
				t.Errorf("%d bytes of answers: %s has the verdict %s", len(body), a.ID, a.Effect.Verdict)
			}
		}
		if _, err := json.Marshal(l); err != nil {
			t.Error(err)
		}
	}
}
