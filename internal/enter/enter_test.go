package enter_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/enter"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

const cafe = `manyi: 1
id: cafe
version: 2
languages: [en]
title: Cafe
pages:
  - id: all
    questions:
      - {id: osat, type: rating, scale: sat5, required: true, text: "How satisfied?"}
      - {id: why, type: long_text, show_if: osat <= 2, max_length: 10, text: "Why?"}
      - {id: p, type: multiple_choice, text: "Problems?", options: [{code: late, label: Late}, {code: other, label: Other, write_in: true}]}
      - {id: m, type: matrix, scale: sat5, text: Rate, rows: [{id: a, label: Speed}, {id: b, label: Skill}]}
      - {id: age, type: number, integer: true, min: 18, max: 99, text: "Age?"}
      - {id: region, type: single_choice, text: "Where?", options: [{code: east, label: East}, {code: west, label: West}]}
`

type session struct {
	*testing.T
	dir    string
	survey *survey.Survey
	web    *httptest.Server
	secret string
}

func start(t *testing.T, dir string) *session {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "surveys/cafe"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "surveys/cafe/survey.yaml"), []byte(cafe), 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	var problems diag.List
	s := survey.Parse(root.FS(), "surveys/cafe", nil, &problems)
	if problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	l, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC) }
	server, err := enter.New(enter.Options{Survey: s, Locale: l, Lang: "zh-CN", Root: root, Wave: "2026", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	out := &session{T: t, dir: dir, survey: s, web: httptest.NewServer(server.Handler())}
	t.Cleanup(out.web.Close)
	body := out.get()
	out.secret = regexp.MustCompile(`name="_secret" value="([^"]+)"`).FindStringSubmatch(body)[1]
	return out
}

func (s *session) get() string {
	s.Helper()
	r, err := http.Get(s.web.URL)
	if err != nil {
		s.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.Fatal(err)
	}
	return string(body)
}

// send fills the form; pairs are field and text.
func (s *session) send(pairs ...string) (int, string) {
	s.Helper()
	values := url.Values{"_secret": {s.secret}}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	r, err := http.PostForm(s.web.URL, values)
	if err != nil {
		s.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.Fatal(err)
	}
	return r.StatusCode, string(body)
}

func (s *session) file() string {
	data, err := os.ReadFile(filepath.Join(s.dir, "surveys/cafe/responses/paper.jsonl"))
	if err != nil {
		return ""
	}
	return string(data)
}

func TestAFormBecomesAResponseThatReads(t *testing.T) {
	s := start(t, t.TempDir())
	status, _ := s.send("_paper", "17", "osat", "２", "why", "slow </b>", "p", "late, other", "p_other_text", "dust", "m_a", "4", "age", "40", "region", "2")
	want := `{"_build":"` + s.survey.Build() + `","_id":"paper-17","_lang":"zh-CN","_mode":"paper","_submitted":"2026-11-22T09:30:00Z","_survey":"cafe","_version":2,"_wave":"2026",` +
		`"age":40,"m_a":"4","m_b":null,"osat":"2","p":["late","other"],"p_other_text":"dust","region":"west","why":"slow \u003c/b\u003e"}` + "\n"
	if got := s.file(); status != http.StatusOK || got != want {
		t.Fatalf("status %d, file\n%s\nwant\n%s", status, got, want)
	}
	if status, _ = s.send("osat", "5", "p", "0"); status != http.StatusOK {
		t.Fatalf("status %d for a form without a number", status)
	}
	var problems diag.List
	answers, err := table.Read(s.survey.Schema(), []table.Source{{Name: "paper.jsonl", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader([]byte(s.file()))), nil
	}}}, table.Options{}, &problems)
	if err != nil || len(problems.Problems()) > 0 || len(answers.Unknown) > 0 {
		t.Fatal(err, problems.Problems(), answers.Unknown)
	}
	w := answers.Waves[0]
	if _, why := w.Columns["why"].Code(1); w.Rows != 2 || w.Count.Complete != 2 || why != table.NotShown {
		t.Errorf("%d rows, %d complete, why of the second form %v: want 2, 2, not shown", w.Rows, w.Count.Complete, why)
	}
}

func TestWrongEntriesAreShownAtTheirFields(t *testing.T) {
	s := start(t, t.TempDir())
	status, body := s.send("_paper", "../x", "osat", "6", "why", "more than ten characters", "p", "late 9", "age", "17", "region", "north")
	for _, column := range []string{"_paper", "osat", "why", "p", "age", "region"} {
		if !strings.Contains(body, `id="e-`+column+`"`) {
			t.Errorf("no fault at %s", column)
		}
	}
	if status != http.StatusUnprocessableEntity || s.file() != "" || !strings.Contains(body, `value="north"`) {
		t.Errorf("status %d, file %q: want nothing saved and what was typed kept", status, s.file())
	}
}

func TestASecondEntryIsComparedWithTheFirst(t *testing.T) {
	dir := t.TempDir()
	s := start(t, dir)
	s.send("_paper", "1", "osat", "4", "m_a", "3")
	if status, body := s.send("_paper", "1", "osat", "4", "m_a", "3"); status != http.StatusOK || !strings.Contains(body, "verified") {
		t.Errorf("the same again gives status %d", status)
	}
	status, body := s.send("_paper", "1", "osat", "5", "m_a", "3")
	if status != http.StatusConflict || !strings.Contains(body, "1 How satisfied?") || strings.Contains(body, "4.1 Speed</li>") {
		t.Errorf("another answer gives status %d; it must name question 1 alone", status)
	}
	if n := strings.Count(s.file(), "\n"); n != 1 || !strings.Contains(s.file(), `"osat":"4"`) {
		t.Errorf("%d forms in the file, want the first alone", n)
	}
	s = start(t, dir) // another day
	if status, _ := s.send("_paper", "1", "osat", "5", "m_a", "3", "_replace", "1"); status != http.StatusOK || strings.Count(s.file(), "\n") != 1 || !strings.Contains(s.file(), `"osat":"5"`) {
		t.Errorf("status %d, file %s: want the first replaced", status, s.file())
	}
}

func TestOnlyThisMachineAndThisRunCanSave(t *testing.T) {
	s := start(t, t.TempDir())
	s.secret = "guessed"
	if status, _ := s.send("osat", "4"); status != http.StatusForbidden {
		t.Errorf("a form of another run gives status %d", status)
	}
	r, err := http.NewRequest(http.MethodGet, s.web.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "survey.example.com"
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden || s.file() != "" {
		t.Errorf("another host gives status %d", answer.StatusCode)
	}
}

func TestADamagedFileIsNamedAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	name := filepath.Join(dir, "surveys/cafe/responses/paper.jsonl")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("{\"_id\":\"paper-1\"}\n{\"_id\":\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	_, err = enter.New(enter.Options{Survey: &survey.Survey{File: "surveys/cafe/survey.yaml"}, Root: root})
	if want := "paper.jsonl:2"; err == nil || !strings.Contains(fmt.Sprint(err), want) {
		t.Errorf("error %v, want %s", err, want)
	}
}
