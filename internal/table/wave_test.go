package table

import (
	"fmt"
	"strings"
	"testing"

	"manyi/internal/diag"
)

func waves(a *Answers) string {
	var out []string
	for _, w := range a.Waves {
		out = append(out, fmt.Sprintf("%s:%d", w.ID, w.Rows))
	}
	return strings.Join(out, " ")
}

func byYear(stamp string) string { return stamp[:min(4, len(stamp))] }

func TestWaveComesFromFileThenRowThenDay(t *testing.T) {
	opt := Options{Waves: []string{"2026", "2024", "2025"}, WaveOf: byYear}
	own := file("own.csv", "_wave,_submitted,osat\n2024,2024-05-01,1\n")
	own.Wave = "2025"
	lost := file("lost.csv", "osat\n5\n")
	lost.Wave = "2019"
	a, problems := read(t, cafe(), opt, own,
		file("rows.csv", "_wave,_submitted,osat\n2024,2025-05-01,2\n,2026-05-01,3\n2023,2026-05-01,4\n,1999-01-01,5\n,,1\n"), lost)
	same(t, "waves", waves(a), "2026:1 2024:1 2025:1")
	same(t, "2025", waveCells(a.Waves[2], "osat"), "1")
	same(t, "unmatched", a.Count.Unmatched, 4)
	same(t, "partial", a.Count.Partial, 1)
	same(t, "problems", words(problems), `warning lost.csv:2 unknown-wave
warning rows.csv:4:1 unknown-wave
warning rows.csv:5:2 unknown-wave
warning rows.csv:6:2 unknown-wave
`)
}

func TestWavesAreFoundAndSortedWithoutDeclaration(t *testing.T) {
	folder := file("2023/a.csv", "osat\n")
	folder.Wave = "2023"
	a, _ := read(t, cafe(), Options{}, file("r.csv", "_wave,osat\n2025,1\n,2\n2024,3\n2025,4\n"), folder)
	same(t, "waves", waves(a), ":1 2023:0 2024:1 2025:2")
	same(t, "2025", waveCells(a.Waves[3], "osat"), "1 4")
	same(t, "absent in 2023", a.Waves[1].Columns["osat"].Absent, false)
	a, _ = read(t, cafe(), Options{})
	same(t, "waves without files", waves(a), ":0")
	a, _ = read(t, cafe(), Options{WaveOf: byYear}, file("r.csv", "_submitted,osat\n2025-01-01,1\n"))
	same(t, "waves by period", waves(a), "2025:1")
}

func TestTooManyWavesAreUnmatched(t *testing.T) {
	var b strings.Builder
	b.WriteString("_wave,osat\n")
	for i := range waveLimit + 5 {
		fmt.Fprintf(&b, "w%d,1\n", i)
	}
	a, problems := read(t, cafe(), Options{}, file("r.csv", b.String()))
	same(t, "waves", len(a.Waves), waveLimit)
	same(t, "unmatched", a.Count.Unmatched, 5)
	same(t, "problem", problems[0].Code, "too-many-waves")
}

func TestAnotherSurveyIsUnmatched(t *testing.T) {
	a, problems := read(t, cafe(), Options{}, file("r.csv", "_survey,osat\ncafe,1\n,2\nbar,3\n"))
	same(t, "osat", cells(a, "osat"), "1 2")
	same(t, "unmatched", a.Count.Unmatched, 1)
	same(t, "problems", words(problems), "warning r.csv:4:1 other-survey\n")
}

func TestSameIdIsDuplicateOrConflict(t *testing.T) {
	a, problems := read(t, cafe(), Options{},
		file("a.csv", "_id,_wave,osat,why,region,age\n1,x,5,ok,n,\n2,x,4,ok,n,30\n,x,3,,,\n1,y,5,ok,n,\n"),
		file("b.jsonl", `{"_id":1,"_wave":"x","region":"m","osat":5}`+"\n"+ // other answers
			`{"_id":"2","_wave":"x","age":30.0,"region":"n","why":"ok","osat":"4"}`+"\n"+ // the same, in another order
			`{"_id":" 1 ","_wave":"y","why":"no","osat":5,"region":"n","age":null}`+"\n"+ // another text
			`{"_id":"","_wave":"x","osat":3}`+"\n"))
	same(t, "x", waveCells(a.Waves[0], "osat"), "5 4 3 3")
	same(t, "x", a.Waves[0].Count, Count{Read: 6, Counted: 4, Duplicate: 1, Conflict: 1, Complete: 4})
	same(t, "y", a.Waves[1].Count, Count{Read: 2, Counted: 1, Conflict: 1, Complete: 1})
	same(t, "problems", words(problems), "warning b.jsonl:1 conflict\nwarning b.jsonl:3 conflict\n")
	same(t, "first", problems[0].Summary.String(), "the response has the _id of a.csv:2 but other answers")
	same(t, "first", problems[1].Summary.String(), "the response has the _id of a.csv:5 but other answers")
}

func TestPartialResponsesAreCountedApart(t *testing.T) {
	text := "_id,_submitted,osat\n1,2026-01-02,5\n2,,4\n2,2026-01-03,4\n3,\" \",3\n"
	for _, test := range []struct {
		partials bool
		want     Count
	}{
		{false, Count{Read: 4, Counted: 2, Excluded: 2, Complete: 2, Partial: 2}},
		{true, Count{Read: 4, Counted: 3, Conflict: 1, Complete: 1, Partial: 2}},
	} {
		a, _ := read(t, cafe(), Options{Partials: test.partials}, file("r.csv", text))
		same(t, "counts", a.Count, test.want)
	}
}

func TestFilesWithoutSubmittedAreComplete(t *testing.T) {
	lines := `{"osat":5,"_submitted":"2026-01-01"}` + "\n" + `{"osat":4}` + "\n" + `{"osat":3,"_submitted":""}` + "\n"
	whole := file("r.jsonl", lines)
	whole.Whole = true
	for _, test := range []struct {
		source Source
		want   Count
	}{
		{file("r.csv", "osat\n5\n4\n"), Count{Read: 2, Counted: 2, Complete: 2}},
		{file("r.jsonl", `{"osat":5}`), Count{Read: 1, Counted: 1, Complete: 1}},
		{file("r.jsonl", lines), Count{Read: 3, Counted: 1, Excluded: 2, Complete: 1, Partial: 2}},
		{whole, Count{Read: 3, Counted: 2, Excluded: 1, Complete: 2, Partial: 1}},
		{file("r.jsonl", `{"_survey":"bar"}`), Count{Read: 1, Unmatched: 1}},
	} {
		a, _ := read(t, cafe(), Options{}, test.source)
		same(t, test.source.Name, a.Count, test.want)
	}
}

func TestWeightsAreReadBesideTheAnswers(t *testing.T) {
	opt := Options{Weight: "w", WeightRule: rule(20)}
	mapped := file("b.jsonl", `{"osat":1,"WEIGHT":"2"}`+"\n"+`{"osat":2}`+"\n"+`{"osat":3,"WEIGHT":[1]}`)
	mapped.Columns = map[string]string{"WEIGHT": "w"}
	a, problems := read(t, cafe(), opt, file("a.csv", "osat,w\n5,1.5\n4,\n3,0\n2,-1\n1,many\n1,１\n"), mapped)
	same(t, "weights", fmt.Sprint(a.Waves[0].Weights), "[1.5 0 0 0 0 1 2 0 0]")
	same(t, "no weight", a.Count.NoWeight, 6)
	same(t, "unknown", len(a.Unknown), 0)
	same(t, "problems", words(problems), "error a.csv:5:3 bad-weight\nerror a.csv:6:3 bad-weight\nerror b.jsonl:3:20 bad-weight\n")
	same(t, "rule", problems[0].Rule, rule(20))

	a, problems = read(t, cafe(), opt, file("a.csv", "osat\n5\n"))
	same(t, "weights of a file without them", fmt.Sprint(a.Waves[0].Weights), "[0]")
	same(t, "problems", words(problems), "error a.csv no-weight\n")

	a, problems = read(t, cafe(), Options{Weight: "spend"}, file("a.csv", "spend\n5\n"))
	same(t, "weights of a question", fmt.Sprint(a.Waves[0].Weights)+cells(a, "spend"), "[5]5")
	same(t, "problems", words(problems), "")
	a, _ = read(t, cafe(), Options{}, file("a.csv", "osat,w\n5,2\n"))
	same(t, "weights not asked for", a.Waves[0].Weights == nil, true)
}

func TestDaysAreKeptAsWritten(t *testing.T) {
	for _, test := range []struct{ stamps, first, last, problems string }{
		{"2026-02-28T23:59:59-11:00 2026-03-01 2025-12-31T00:00", "2025-12-31", "2026-03-01", ""},
		{"2024-02-29 9999-12-31 0001-01-01", "0001-01-01", "9999-12-31", ""},
		{"2026-02-29", "", "", "bad-date"},
		{"2026-13-01 0000-01-01 1767225600000 2026/01/01 2026-1-1 01.02.2026 2026-01-0110:00", "", "", "bad-date"},
	} {
		var rows strings.Builder
		rows.WriteString("_submitted,osat\n")
		for stamp := range strings.FieldsSeq(test.stamps) {
			rows.WriteString(stamp + ",5\n")
		}
		a, problems := read(t, cafe(), Options{}, file("r.csv", rows.String()))
		same(t, test.stamps, a.Waves[0].First, test.first)
		same(t, test.stamps, a.Waves[0].Last, test.last)
		same(t, test.stamps, a.Count.Complete, len(strings.Fields(test.stamps)))
		for _, p := range problems {
			same(t, test.stamps, p.Code, test.problems)
			same(t, test.stamps, p.Severity, diag.Warning)
		}
		same(t, test.stamps, len(problems) > 0, test.problems != "")
	}
}
