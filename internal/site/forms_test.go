package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/site"
	"manyi/internal/table"
)

// formSite writes a workspace with a survey that takes the answers of a complaint form.
func formSite(t *testing.T) (dir string, put func(name, text string)) {
	t.Helper()
	dir = t.TempDir()
	put = func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("manyi.yaml", "manyi: 1\ntitle: T\nlanguages: [en]\nas_of: 2026-11-22\nschedule:\n  - {task: Round, survey: cafe, every: 1 month, owner: Ann}\n  - {task: Review, every: 1 year, last: 2026-07-01}\n  - {task: Study, survey: cafe, every: 1 month}\n")
	put("surveys/complaint/survey.yaml", `manyi: 1
id: complaint
kind: complaint
languages: [en]
title: Complaint
pages:
  - id: main
    questions:
      - {id: category, type: short_text, text: What is it about}
      - {id: description, type: long_text, text: What happened}
      - {id: contact, type: short_text, text: Your address}
ledgers:
  complaints:
    set: {kind: service}
`)
	put("surveys/complaint/responses/a.csv", "_id,_submitted,category,description,contact\nK1,2026-10-01T08:00:00+08:00,late<b>,secretstory,ann@example.com\nK2,2026-10-02T08:00:00+08:00,late<b>,secretstory,bob@example.com\n")
	put("surveys/complaint/ledger/complaints.csv", "id,closed\nK1,2026-10-05\n")
	put("surveys/cafe/survey.yaml", `manyi: 1
id: cafe
languages: [en]
title: Cafe
pages:
  - id: main
    questions:
      - {id: osat, type: rating, scale: sat5, text: Satisfied}
ledgers:
  complaints:
    from: complaint
`)
	put("surveys/cafe/responses/a.csv", "_id,_submitted,osat\n1,2026-09-01T08:00:00Z,4\n")
	return dir, put
}

func TestAWithdrawnAnswerToAFormIsNoComplaint(t *testing.T) {
	dir, put := formSite(t)
	put("surveys/complaint/responses/"+table.TombstoneFile, `{"forgotten":"`+table.Tombstone("complaint", "K2")+"\"}\n")
	build(t, dir, site.Options{Program: "test"})
	body, err := os.ReadFile(filepath.Join(dir, "site/reports/cafe/results.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(body), `"id":"record","lane":"complaints","n":1`) {
		t.Error("a withdrawn answer still counts as a complaint")
	}
}

func TestAnotherReportTakesTheAnswersOfAForm(t *testing.T) {
	dir, put := formSite(t)
	build(t, dir, site.Options{Program: "test"})
	results := func() string {
		body, err := os.ReadFile(filepath.Join(dir, "site/reports/cafe/results.json"))
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	if got := results(); !strings.Contains(got, `"id":"record","lane":"complaints","n":2`) {
		t.Errorf("the form's answers are no complaints of the other survey: %.600s", got)
	}
	put("surveys/complaint/responses/b.csv", "_id,_submitted,category,description,contact\nK3,2026-10-03T08:00:00+08:00,parts,secretstory,eve@example.com\n")
	build(t, dir, site.Options{Program: "test"})
	if got := results(); !strings.Contains(got, `"id":"record","lane":"complaints","n":3`) {
		t.Error("a new answer to the form does not reach the report that takes it")
	}
	if r := build(t, dir, site.Options{Program: "test"}); r.Built != 0 {
		t.Errorf("%d surveys built where nothing changed", r.Built)
	}
	for _, file := range everyFile(t, filepath.Join(dir, "site")) {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"secretstory", "@example.com"} {
			if strings.Contains(string(body), secret) && strings.Contains(file, "reports") {
				t.Errorf("%s shows what is private", file)
			}
		}
		if strings.Contains(string(body), "late<b>") && strings.HasSuffix(file, ".html") {
			t.Errorf("%s holds a code as mark-up", file)
		}
	}
}

func everyFile(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestScheduleSaysWhatIsOverdueAndByWhom(t *testing.T) {
	dir, _ := formSite(t)
	var problems diag.List
	if _, err := site.Build(dir, site.Options{Program: "test"}, &problems); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	_ = problems.WriteText(&said, "en")
	if !strings.Contains(said.String(), `manyi.yaml:6:12: note: "Round" was due on 2026-10-01 and is overdue`) {
		t.Errorf("the overdue round is not told:\n%s", said.String())
	}
	body, err := os.ReadFile(filepath.Join(dir, "site/reports/schedule/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2 of 3 tasks are overdue", "Ann", "2026-09-01", "2027-07-01", `href="../cafe/index.html"`} {
		if !strings.Contains(flowing.Replace(string(body)), want) {
			t.Errorf("the schedule lacks %q", want)
		}
	}
	index, err := os.ReadFile(filepath.Join(dir, "site/reports/index.html"))
	if err != nil || !strings.Contains(string(index), `href="schedule/index.html"`) {
		t.Error("the index of reports does not lead to the schedule")
	}
}

func TestScheduleAndFormsNameSurveysThatAreThere(t *testing.T) {
	dir, put := formSite(t)
	put("manyi.yaml", "manyi: 1\ntitle: T\nlanguages: [en]\nschedule:\n  - {task: Round, survey: caffe, every: 1 month}\n")
	var problems diag.List
	if err := site.Check(dir, site.Options{}, &problems); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	_ = problems.WriteText(&said, "en")
	if !strings.Contains(said.String(), `a task of the schedule names the survey "caffe", which is not there`) || !strings.Contains(said.String(), `did you mean "cafe"?`) {
		t.Errorf("got\n%s", said.String())
	}
	put("manyi.yaml", "manyi: 1\ntitle: T\nlanguages: [en]\n")
	body, err := os.ReadFile(filepath.Join(dir, "surveys/cafe/survey.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	put("surveys/cafe/survey.yaml", strings.Replace(string(body), "from: complaint", "from: nowhere", 1))
	problems = diag.List{}
	if err := site.Check(dir, site.Options{}, &problems); err != nil {
		t.Fatal(err)
	}
	said.Reset()
	_ = problems.WriteText(&said, "en")
	if !strings.Contains(said.String(), `surveys/cafe/survey.yaml:11:11: error: there is no complaint form "nowhere"`) {
		t.Errorf("got\n%s", said.String())
	}
}
