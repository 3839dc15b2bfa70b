package collect

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
	"manyi/internal/inbox"
	"manyi/internal/survey"
	"manyi/templates"
)

const definition = `manyi: 1
id: cafe
version: 2
languages: [zh-CN, en]
title: {zh-CN: 咖啡馆, en: Cafe}
pages:
  - id: main
    questions:
      - id: osat
        type: rating
        scale: sat5
        text: {zh-CN: 总体满意, en: Overall}
      - id: drinks
        type: multiple_choice
        options:
          - {code: tea, label: {zh-CN: 茶, en: Tea}}
          - {code: milk, label: {zh-CN: 牛奶, en: Milk}}
        text: {zh-CN: 喝什么, en: Drinks}
      - id: why
        type: long_text
        text: {zh-CN: 为什么, en: Why}
collect: {channel: {type: collector, url: "http://127.0.0.1/"}, guard: {honeypot: true, min_seconds: 5}}
`

// cafe is a survey to collect for.
func cafe(t *testing.T) Survey {
	t.Helper()
	files := fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(definition)}, "manyi.yaml": {Data: []byte("manyi: 1\ntitle: T\nlanguages: [en]\n")}}
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	s := survey.Parse(files, "surveys/cafe", ws, &problems)
	if s == nil || problems.Has(diag.Error) {
		_ = problems.WriteText(os.Stderr, "en")
		t.Fatal("the definition has faults")
	}
	out := Survey{Definition: s}
	for _, lang := range s.Languages {
		l, err := survey.LoadLocale(templates.Files, lang)
		if err != nil {
			t.Fatal(err)
		}
		out.Locales = append(out.Locales, l)
	}
	return out
}

// collector runs a collector in this process; stop ends it and returns the folder's Store closed.
func collector(t *testing.T, change func(*Options)) (url, dir string) {
	t.Helper()
	dir = t.TempDir()
	store, _, err := OpenStore(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	pages := fstest.MapFS{
		"index.html": {Data: []byte("<title>surveys</title>")}, "cafe/index.html": {Data: []byte("<title>cafe</title>")},
		"_headers": {Data: []byte("secret")}, "other/notes.txt": {Data: []byte("x")},
	}
	opt := Options{Store: store, Surveys: map[string]Survey{"cafe": cafe(t)}, Pages: pages, Now: time.Now}
	if change != nil {
		change(&opt)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- New(opt).Run(ctx, listener, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String(), dir
}

// envelope is a submission of a survey page; n makes its id.
func envelope(n int, why string) (inbox.Envelope, string) {
	l := line(n, why)
	e := inbox.Envelope{Survey: "cafe", Version: 2, Build: "abc", ID: l.ID, Payload: string(l.Body)}
	return e, fmt.Sprintf(`{"survey":"cafe","version":2,"build":"abc","id":%q,"payload":%q,"sealed":false,"hp":""}`, e.ID, e.Payload)
}

func post(t *testing.T, url, kind, body string, header ...string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	got, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got.StatusCode, string(text), got.Header
}

// all is everything that stands below a folder.
func all(t *testing.T, dir string) string {
	t.Helper()
	var out strings.Builder
	root := os.DirFS(dir)
	entries := []string{"."}
	for len(entries) > 0 {
		name := entries[0]
		entries = entries[1:]
		f, err := root.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if info, _ := f.Stat(); info.IsDir() {
			list, _ := os.ReadDir(dir + "/" + name)
			for _, e := range list {
				entries = append(entries, strings.TrimPrefix(name+"/"+e.Name(), "./"))
			}
		} else {
			body, _ := io.ReadAll(f)
			out.WriteString(name + "\n" + string(body))
		}
		f.Close()
	}
	return out.String()
}

// serveBench runs a collector without limits or log.
func serveBench(b *testing.B, s *Store) string {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- New(Options{Store: s, Surveys: map[string]Survey{"cafe": {Definition: &survey.Survey{ID: "cafe"}}}, Now: time.Now}).Run(ctx, listener, nil)
	}()
	b.Cleanup(func() { stop(); <-ended })
	return "http://" + listener.Addr().String()
}
