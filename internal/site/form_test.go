package site_test

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
	"manyi/internal/page"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

// receiver serves a survey page and keeps what is posted to it.
type receiver struct {
	*httptest.Server
	survey *survey.Survey

	lock   sync.Mutex
	page   []byte
	posts  []post
	answer func(w http.ResponseWriter, body string) // nil: a receipt
}

// post is one request with answers.
type post struct {
	Kind string // content type
	Body string
}

// define reads a definition; edit changes its text.
func define(t *testing.T, source string, edits ...string) *survey.Survey {
	t.Helper()
	source = strings.NewReplacer(edits...).Replace(source)
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/every/survey.yaml": {Data: []byte(source)}}, "surveys/every", &survey.Workspace{Languages: []string{"en", "zh-CN"}}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	return s
}

// drawn is the page of a survey.
func drawn(t *testing.T, s *survey.Survey) []byte {
	t.Helper()
	theme, err := page.Load(templates.Files, survey.Theme{})
	must(t, err)
	view := page.Survey{Survey: s, Site: survey.Text{"": "Centre"}, Zone: "Asia/Shanghai"}
	for _, lang := range s.Languages {
		l, err := survey.LoadLocale(templates.Files, lang)
		must(t, err)
		view.Locales = append(view.Locales, l)
	}
	body, err := theme.Survey(view)
	must(t, err)
	return body
}

// everyForm is the definition that these tests fill in.
func everyForm(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("testdata/form/survey.yaml")
	must(t, err)
	return string(source)
}

// receive serves a definition in which RECEIVER becomes the server's address.
func receive(t *testing.T, source string, edits ...string) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(r.serve))
	t.Cleanup(r.Close)
	r.survey = define(t, source, append(slices.Clone(edits), "RECEIVER", r.URL+"/answers")...)
	r.page = drawn(t, r.survey)
	return r
}

func (r *receiver) serve(w http.ResponseWriter, q *http.Request) {
	if q.Method != http.MethodPost {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if q.URL.Path == "/frame" {
			w.Write([]byte(`<!doctype html><title>Frame</title><iframe src="` + q.URL.Query().Get("of") + `/?lang=en" width="600" height="600"></iframe>`))
			return
		}
		w.Write(r.page)
		return
	}
	body, _ := io.ReadAll(q.Body)
	r.lock.Lock()
	defer r.lock.Unlock()
	r.posts = append(r.posts, post{q.Header.Get("Content-Type"), string(body)})
	if r.answer != nil {
		r.answer(w, string(body))
		return
	}
	if e := unpack(q.Header.Get("Content-Type"), string(body)); e.ID != "" {
		w.Header().Set("Content-Type", "application/json")
		w.Write(e.receipt())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// answering changes what the receiver says.
func (r *receiver) answering(f func(w http.ResponseWriter, body string)) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.answer = f
}

// take returns what was posted, after waiting until there were n posts.
func (r *receiver) take(t *testing.T, n int) []post {
	t.Helper()
	for range 100 {
		r.lock.Lock()
		got := slices.Clone(r.posts)
		r.lock.Unlock()
		if len(got) >= n {
			return got
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no %d posts came in 5 s", n)
	return nil
}

// fields are the names and values of a form; metadata is checked and left out.
func fields(t *testing.T, body string) map[string]string {
	t.Helper()
	values, err := url.ParseQuery(body)
	must(t, err)
	out := map[string]string{}
	for name, v := range values {
		if len(v) != 1 {
			t.Errorf("%s is posted %d times", name, len(v))
		}
		out[name] = v[0]
	}
	return out
}

// withoutMeta drops what differs from one response to the next.
func withoutMeta(record map[string]string) map[string]string {
	out := maps.Clone(record)
	maps.DeleteFunc(out, func(name, _ string) bool { return strings.HasPrefix(name, "_") })
	return out
}

// different lists the entries in which two records differ.
func different(t *testing.T, got, want map[string]string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if v, ok := got[name]; !ok || v != want[name] {
			t.Errorf("%s: got %q (there: %v), want %q", name, v, ok, want[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: got %q, want nothing", name, got[name])
		}
	}
}

// readable reads records as a report does and fails on any fault.
func readable(t *testing.T, s *survey.Survey, name, text string) *table.Answers {
	t.Helper()
	var problems diag.List
	answers, err := table.Read(s.Schema(), []table.Source{{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}}, table.Options{}, &problems)
	must(t, err)
	for _, p := range problems.Problems() {
		if p.Severity != diag.Note {
			t.Errorf("the record is read with a fault: %s %s", p.Place, p.Summary)
		}
	}
	return answers
}

// asJSON writes a record of texts as a line of JSON.
func asJSON(t *testing.T, record map[string]string) string {
	t.Helper()
	body, err := json.Marshal(record)
	must(t, err)
	return string(body) + "\n"
}

// quiet fails on console messages, violations and requests to anyone else.
func (v *visit) quiet(t *testing.T, own string) {
	t.Helper()
	messages, requests := v.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
	for _, r := range requests {
		if !strings.HasPrefix(r, own) && !strings.HasPrefix(r, "data:") && !strings.HasPrefix(r, "blob:") {
			t.Error("request to another:", r)
		}
	}
}

// until waits for a condition of the page.
func until(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	for range 100 {
		if evaluate[bool](t, ctx, "!!("+condition+")") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the page never had %s; it says: %s", condition, evaluate[string](t, ctx, `document.title + ' | ' + document.querySelector('main').innerText.slice(0, 600)`))
}
