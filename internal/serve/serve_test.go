package serve

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"manyi/internal/diag"
)

const surveyPage = `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-x&#39;; form-action https://a.example"><title>Shop &amp; more</title></head><body>hello</body></html>`

// preview is a server over a made-up site; its next build returns what faults holds.
func preview(t *testing.T) (s *Server, dir string, faults *diag.List) {
	t.Helper()
	dir = t.TempDir()
	write(t, dir, "site/surveys/shop/index.html", surveyPage)
	write(t, dir, "site/surveys/index.html", "<title>All</title>")
	write(t, dir, "site/reports/shop/results.json", "{}")
	write(t, dir, "surveys/shop/responses/secret.csv", "secret")
	faults = &diag.List{}
	s, err := New(Options{Dir: dir, Lang: "en", Build: func(problems *diag.List) error {
		problems.Merge(faults)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.Rebuild()
	return s, dir, faults
}

func write(t *testing.T, dir, name, body string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
}

// get asks for a page of localhost.
func get(t *testing.T, s *Server, target string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Host = "localhost:8417"
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

func TestOnlyTheSiteIsServed(t *testing.T) {
	s, dir, _ := preview(t)
	outside := t.TempDir()
	write(t, outside, "private.html", "secret")
	for link, to := range map[string]string{
		"site/out.html": filepath.Join(outside, "private.html"), "site/answers": "../surveys", "site/loop.html": "loop.html",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for target, want := range map[string]int{
		"/surveys/shop/":                     200,
		"/surveys/shop/index.html":           200,
		"/surveys/shop":                      307,
		"/surveys/":                          200,
		"/reports/shop/results.json":         200,
		"/reports/shop/":                     404, // no listing
		"/reports/":                          404,
		"/manyi.yaml":                        404,
		"/../surveys/shop/survey.yaml":       404,
		"/..%2fsurveys/shop":                 404,
		"/site/surveys/shop/":                404,
		"/out.html":                          404,
		"/answers/shop/responses/":           404,
		"/answers/shop/responses/secret.csv": 404,
		"/loop.html":                         404,
		"/%00":                               404,
		"/_manyi/":                           404,
		"/_manyi/../handler.go":              404,
		"/_manyi/live.js":                    200,
		"/":                                  200,
	} {
		w := get(t, s, target)
		if w.Code != want && w.Code != 307 || w.Code == 307 && strings.Contains(w.Header().Get("Location"), "//") {
			t.Errorf("%s: got %d (to %q), want %d", target, w.Code, w.Header().Get("Location"), want)
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: shows what is outside the site", target)
		}
	}
}

func TestASiteThatIsALinkIsNotServed(t *testing.T) {
	s, dir, _ := preview(t)
	if err := os.RemoveAll(filepath.Join(dir, "site")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("surveys", filepath.Join(dir, "site")); err != nil {
		t.Fatal(err)
	}
	if w := get(t, s, "/shop/responses/secret.csv"); w.Code != 404 {
		t.Errorf("got %d, want 404", w.Code)
	}
}

func TestOnlyThisMachineMayReadAndNobodyWrites(t *testing.T) {
	s, _, _ := preview(t)
	for host, want := range map[string]int{
		"localhost": 200, "LOCALHOST:1": 200, "127.0.0.1:8417": 200, "[::1]:8417": 200,
		"": 403, "evil.example": 403, "evil.example:8417": 403, "127.0.0.1.evil.example": 403, "localhost.": 403, "0.0.0.0:8417": 403,
	} {
		if w := get(t, s, "/surveys/shop/", func(r *http.Request) { r.Host = host }); w.Code != want {
			t.Errorf("host %q: got %d, want %d", host, w.Code, want)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"} {
		if w := get(t, s, "/surveys/shop/", func(r *http.Request) { r.Method = method }); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: got %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
	w := get(t, s, "/surveys/shop/")
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Security-Policy": "frame-ancestors 'self'", "Content-Type": "text/html; charset=utf-8",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestThePageThatIsSentReloadsAndTheFileDoesNot(t *testing.T) {
	s, dir, _ := preview(t)
	body := get(t, s, "/surveys/shop/").Body.String()
	if want := `<script src="/_manyi/live.js" data-build="` + s.run + `.1" defer></script></body>`; !strings.Contains(body, want) {
		t.Errorf("the page lacks %s:\n%s", want, body)
	}
	if want := `content="default-src &#39;none&#39;; style-src &#39;sha256-x&#39;; form-action https://a.example; script-src &#39;self&#39;; connect-src &#39;self&#39;"`; !strings.Contains(body, want) {
		t.Errorf("the policy is not\n%s\nin\n%s", want, body)
	}
	file, err := os.ReadFile(filepath.Join(dir, "site/surveys/shop/index.html"))
	if err != nil || string(file) != surveyPage {
		t.Error("the file of the site was changed")
	}
}

func TestAPolicyAllowsTheScriptAndNothingElse(t *testing.T) {
	for policy, want := range map[string]string{
		"default-src 'none'; script-src 'self' file:":                                  "default-src 'none'; script-src 'self' file:; connect-src 'self'",
		"script-src 'none'; connect-src 'none'":                                        "script-src 'self'; connect-src 'self'",
		"default-src https:":                                                           "default-src https:; script-src https: 'self'; connect-src https: 'self'",
		"script-src 'sha256-abc'; connect-src https://c.example; trusted-types 'none'": "script-src 'sha256-abc' 'self'; connect-src https://c.example 'self'; trusted-types 'none'",
		"": "",
	} {
		if got := allow(policy, "script-src", "connect-src"); got != want {
			t.Errorf("%q: got %q, want %q", policy, got, want)
		}
	}
}

func TestFaultsAreShownWhileTheLastGoodSiteStays(t *testing.T) {
	s, _, faults := preview(t)
	faults.Add(diag.Problem{
		Code: "unknown-scale", Place: diag.Place{File: "surveys/shop/survey.yaml", Line: 12, Column: 12, Length: 7},
		Summary: diag.Say("unknown key %q", "<b>"), Cure: diag.Say("did you mean %q?", "likert5"), Source: "    scale: likret5",
	})
	s.Rebuild()
	if w := get(t, s, "/surveys/shop/"); w.Code != 200 || !strings.Contains(w.Body.String(), "hello") {
		t.Errorf("the last good page: got %d", w.Code)
	}
	for _, target := range []string{"/_manyi/faults", "/reports/new/"} {
		w := get(t, s, target)
		body := w.Body.String()
		for _, want := range []string{"surveys/shop/survey.yaml:12:12: error: ", "12 |     scale: <mark>likret5</mark>", "did you mean", "&lt;b&gt;"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: %q is missing in\n%s", target, want, body)
			}
		}
		if w.Code != 503 {
			t.Errorf("%s: got %d, want 503", target, w.Code)
		}
	}
	if body := get(t, s, "/_manyi/faults.json").Body.String(); !strings.Contains(body, `"at":"likret5"`) || strings.Contains(body, "<b>") {
		t.Error(body)
	}
	if body := get(t, s, "/").Body.String(); !strings.Contains(body, "The last build failed (1)") {
		t.Error("the start page does not tell of the fault")
	}
	*faults = diag.List{}
	s.Rebuild()
	if w := get(t, s, "/_manyi/faults"); w.Code != 200 || get(t, s, "/_manyi/faults.json").Body.String() != "[]\n" {
		t.Errorf("after the cure: got %d", w.Code)
	}
}

func TestAFailureOfTheSystemIsAFaultToo(t *testing.T) {
	s, _, _ := preview(t)
	s.options.Build = func(*diag.List) error { return errors.New("the disk is full") }
	s.Rebuild()
	if body := get(t, s, "/_manyi/faults").Body.String(); !strings.Contains(body, "the disk is full") {
		t.Error(body)
	}
}

func TestStartPageListsThePagesInTheReadersLanguage(t *testing.T) {
	s, dir, _ := preview(t)
	write(t, dir, "site/reports/shop/index.html", "<title>Report</title>")
	body := get(t, s, "/", func(r *http.Request) { r.Header.Set("Accept-Language", "zh-CN,en;q=0.5") }).Body.String()
	for _, want := range []string{`lang="zh-CN"`, "问卷", `<a href="/surveys/shop/">Shop &amp; more</a>`, `href="/reports/shop/">Report<`, `/_manyi/phone?page=%2fsurveys%2fshop%2f`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing in\n%s", want, body)
		}
	}
}

func TestPhoneViewFramesPagesOfTheSiteOnly(t *testing.T) {
	s, _, _ := preview(t)
	if body := get(t, s, "/_manyi/phone?page=/surveys/shop/%3frg=a").Body.String(); strings.Count(body, `<iframe src="/surveys/shop/?rg=a"`) != 2 {
		t.Error(body)
	}
	for _, page := range []string{"//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "/%09/evil.example", "/_manyi/phone"} {
		if w := get(t, s, "/_manyi/phone?page="+page); w.Code != 400 {
			t.Errorf("page %q: got %d, want 400", page, w.Code)
		}
	}
}

func TestChangesAreJoinedUntilItIsQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		changes := make(chan struct{})
		out := debounce(ctx, changes, debounceTime)
		start := time.Now()
		go func() {
			for range 10 {
				changes <- struct{}{}
				time.Sleep(50 * time.Millisecond)
			}
		}()
		<-out
		if got, want := time.Since(start), 550*time.Millisecond; got != want {
			t.Errorf("passed on after %v, want %v", got, want)
		}
		time.Sleep(time.Hour)
		select {
		case <-out:
			t.Error("passed on twice")
		default:
		}
		cancel()
		if _, open := <-out; open {
			t.Error("the channel is still open")
		}
	})
}

func TestAnOpenPageHearsOfEveryBuildAndOfSilence(t *testing.T) {
	s, _, _ := preview(t)
	synctest.Test(t, func(t *testing.T) {
		s.changed, s.closing = make(chan struct{}), make(chan struct{}) // of this bubble
		ours, theirs := net.Pipe()
		server := &http.Server{Handler: s.Handler()}
		go server.Serve(&single{conn: theirs})
		_, _ = io.WriteString(ours, "GET /_manyi/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
		var heard strings.Builder
		done := make(chan struct{})
		go func() { defer close(done); _, _ = io.Copy(&heard, ours) }()
		time.Sleep(heartbeat + time.Second)
		s.Rebuild()
		time.Sleep(time.Second)
		close(s.closing)
		synctest.Wait()
		ours.Close()
		<-done
		server.Close()
		for _, want := range []string{"text/event-stream", `"build":"` + s.run + `.1","faults":0`, ": still here", `"build":"` + s.run + `.2"`} {
			if !strings.Contains(heard.String(), want) {
				t.Errorf("%q is missing in\n%s", want, heard.String())
			}
		}
		s.closing = make(chan struct{})
	})
	s.closing = make(chan struct{})
}

// single is a listener of one connection.
type single struct {
	conn net.Conn
	done bool
}

func (l *single) Accept() (net.Conn, error) {
	if l.done {
		return nil, net.ErrClosed
	}
	l.done = true
	return l.conn, nil
}

func (l *single) Close() error   { return nil }
func (l *single) Addr() net.Addr { return &net.TCPAddr{} }
