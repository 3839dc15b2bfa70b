package main

import (
	stdcontext "context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const collectedSurvey = `manyi: 1
id: cafe
languages: [en]
title: Cafe
privacy: {anonymous: %v}
pages:
  - id: main
    questions:
      - {id: osat, type: rating, scale: sat5, text: Overall}
      - {id: why, type: long_text, text: Why}
collect:
  channel: {type: collector%s}
  guard: {honeypot: true}
  duplicates: token
%s`

// manyi runs this binary in a workspace and returns what it says.
func manyi(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "MANYI_TEST_MAIN=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("manyi %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// chromium starts a browser, or skips the test where there is none.
func chromium(t *testing.T) stdcontext.Context {
	t.Helper()
	name, err := exec.LookPath("chromium")
	if err != nil || os.Getenv("MANYI_BROWSER") == "off" {
		if os.Getenv("MANYI_BROWSER") == "required" {
			t.Fatal("no Chromium on this machine, and MANYI_BROWSER=required")
		}
		t.Skip("no Chromium: nobody answered in a browser")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(name), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, late := stdcontext.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(late)
	return ctx
}

func script[T any](t *testing.T, ctx stdcontext.Context, code string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](code, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// answerPage opens an address, waits for an empty form, answers and sends.
func answerPage(t *testing.T, ctx stdcontext.Context, address, why string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	holds(t, ctx, `(() => { const b = document.querySelector('.ask .nav button'); if (b && b.checkVisibility()) b.click(); return document.querySelector('[name=why]').checkVisibility() && document.querySelector('.next').checkVisibility(); })()`)
	script[int](t, ctx, fmt.Sprintf(`(e => { document.querySelector('[name=osat][value="4"]').click(); e.value = %q; e.dispatchEvent(new Event('input', {bubbles: true})); document.querySelector('.next').click(); return 0; })(document.querySelector('[name=why]'))`, why))
}

// holds waits until a condition of the page is true.
func holds(t *testing.T, ctx stdcontext.Context, condition string) {
	t.Helper()
	for range 400 {
		if script[bool](t, ctx, "!!("+condition+")") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("never true: %s\n%s", condition, script[string](t, ctx, "document.body.innerText"))
}

const receivedNote = `document.querySelector('.after') && /Received on/.test(document.querySelector('.after').innerText)`

// TestAnAnswerGoesFromThePageToTheReport answers in a browser by invitation, is
// collected by the program, delivered and counted: in clear, anonymous, sealed.
func TestAnAnswerGoesFromThePageToTheReport(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"clear", "anonymous", "sealed"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			ctx := chromium(t)
			dir, keys, seal := collecting(t), t.TempDir(), ""
			if kind == "sealed" {
				said := manyi(t, dir, "keygen", "--survey", "cafe", "--out", keys)
				found := regexp.MustCompile(`age1[0-9a-z]+`).FindAllString(said, -1)
				seal = "  seal:\n    recipients: [" + strings.Join(slices.Compact(found), ", ") + "]\n"
			}
			free, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			address := free.Addr().String()
			free.Close()
			write(t, dir+"/surveys/cafe/survey.yaml", fmt.Sprintf(collectedSurvey, kind == "anonymous", `, url: "http://`+address+`/"`, seal))
			links := manyi(t, dir, "invite", "cafe", "-n", "2", "--url", "http://HOST/surveys/cafe/", "--until", "2099-12-31")
			found := regexp.MustCompile(`\?\S*t=[A-Za-z0-9_-]{103}`).FindAllString(links, -1)
			if len(found) != 2 {
				t.Fatalf("no links in %s", links)
			}
			manyi(t, dir, "build")
			data := t.TempDir()
			c := collectIn(t, dir, "--data", data, "--listen", address)
			answerPage(t, ctx, c.url+"surveys/cafe/"+found[0], "a canary of the answer")
			holds(t, ctx, receivedNote)
			stop(t, c)
			kept := below(t, data)
			if got := strings.Contains(kept, "a canary of the answer"); got == (kind == "sealed") {
				t.Errorf("the collector's files hold the answer: %v", got)
			}
			if said := manyi(t, dir, "inbox", "--data", data); !strings.Contains(said, "1 read = 1 counted (1 new)") {
				t.Errorf("inbox: %s", said)
			}
			again := manyi(t, dir, "inbox", "--data", data)
			if !strings.Contains(again, "(0 new)") {
				t.Errorf("inbox again: %s", again)
			}
			build := []string{"build"}
			if kind == "sealed" {
				manyi(t, dir, build...)
				if results := below(t, dir+"/site/reports/cafe"); !strings.Contains(results, `"sealed":1`) {
					t.Error("the sealed answer is not told without a key")
				}
				build = append(build, "--identity", filepath.Join(keys, "cafe.key"))
			}
			said := manyi(t, dir, build...)
			tree := below(t, dir+"/site")
			if !strings.Contains(tree, `"counted":1`) {
				t.Errorf("not counted: %s", said)
			}
			if strings.Contains(tree, "AGE-SECRET-KEY") || strings.Contains(tree, found[0][3:]) {
				t.Error("the site holds a key or a token")
			}
			if responses := below(t, dir+"/surveys/cafe/responses"); kind == "anonymous" && (!strings.Contains(responses, `"_invitation":"first"`) || strings.Contains(responses, `"_token"`)) {
				t.Errorf("anonymous: %s", responses)
			}
		})
	}
}

// TestAnswersFromAnotherOriginOfflineAndWithoutScript serves the page from
// another origin, is away at first, comes back, and takes a plain form.
func TestAnswersFromAnotherOriginOfflineAndWithoutScript(t *testing.T) {
	t.Parallel()
	ctx := chromium(t)
	dir, data := collecting(t), t.TempDir()
	c := collectIn(t, dir, "--data", data)
	write(t, dir+"/surveys/cafe/survey.yaml", fmt.Sprintf(collectedSurvey, false, `, url: "`+c.url+`"`, ""))
	stop(t, c)
	manyi(t, dir, "build")
	address := strings.TrimSuffix(strings.TrimPrefix(c.url, "http://"), "/")
	pages := httptest.NewServer(http.FileServer(http.Dir(dir + "/site")))
	defer pages.Close()
	answerPage(t, ctx, pages.URL+"/surveys/cafe/", "while nobody listens")
	holds(t, ctx, `document.querySelector('.after') && /not sent yet/.test(document.querySelector('.after').innerText)`)
	c = collectIn(t, dir, "--data", data, "--listen", address)
	script[int](t, ctx, `dispatchEvent(new Event('online')), 0`)
	holds(t, ctx, receivedNote)
	got, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Post(c.url+"surveys/cafe/", "application/x-www-form-urlencoded", strings.NewReader("_survey=cafe&_version=1&_lang=en&osat=3&why=without+script"))
	if err != nil || got.StatusCode != http.StatusSeeOther {
		t.Fatal(err, got)
	}
	got.Body.Close()
	stop(t, c)
	if said := manyi(t, dir, "inbox", "--data", data); !strings.Contains(said, "2 read = 2 counted (2 new)") {
		t.Errorf("inbox: %s", said)
	}
	manyi(t, dir, "build")
	if tree := below(t, dir+"/site/reports/cafe"); !strings.Contains(tree, `"counted":2`) {
		t.Error("not counted")
	}
}

func write(t *testing.T, name, body string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
}

func stop(t *testing.T, c *running) {
	t.Helper()
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("the collector ended with %v", err)
	}
}

// below is every file of a folder as one text.
func below(t *testing.T, dir string) string {
	t.Helper()
	var out strings.Builder
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		body, err := os.ReadFile(name)
		out.Write(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
