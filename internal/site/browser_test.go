package site_test

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// view is one way to look at a page.
type view struct {
	width  int64
	scheme string
}

// viewsOf are the ways to look at a page: in both widths and both schemes, crossed
// differently in the first language and in the others.
func viewsOf(name string) []view {
	if strings.Contains(filepath.ToSlash(name), "/en/") {
		return []view{{375, "dark"}, {1280, "light"}}
	}
	return []view{{375, "light"}, {1280, "dark"}}
}

// browser starts Chromium, or skips the test where there is none and none is demanded.
func browser(t *testing.T, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	if os.Getenv("MANYI_BROWSER") == "off" {
		t.Skip("MANYI_BROWSER=off: the pages were not looked at")
	}
	var name string
	for _, candidate := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(candidate); err == nil {
			name = found
			break
		}
	}
	if name == "" {
		if os.Getenv("MANYI_BROWSER") == "required" {
			t.Fatal("no Chromium on this machine, and MANYI_BROWSER=required")
		}
		t.Skip("no Chromium on this machine: the pages were not looked at")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(name), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	options = append(options, more...)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

// visit is what the browser noticed on a page.
type visit struct {
	lock     sync.Mutex
	messages []string // console errors, exceptions, violations of the policy
	requests []string
}

func (v *visit) listen(t *testing.T, ctx context.Context) {
	t.Helper()
	err := chromedp.Listen(ctx, func(ev any) {
		v.lock.Lock()
		defer v.lock.Unlock()
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			message := e.ExceptionDetails.Text
			if thrown := e.ExceptionDetails.Exception; thrown != nil {
				message += " " + thrown.Description
			}
			v.messages = append(v.messages, message)
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
				v.messages = append(v.messages, fmt.Sprint("console: ", string(e.Args[0].Value)))
			}
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
				v.messages = append(v.messages, e.Entry.Text)
			}
		case *network.EventRequestWillBeSent:
			v.requests = append(v.requests, e.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	err = chromedp.Do(ctx, call(log.Enable, cdp.Empty{}), call(network.Enable, network.EnableParams{}), call(runtime.Enable, cdp.Empty{}))
	if err != nil {
		t.Fatal(err)
	}
}

func (v *visit) take() (messages, requests []string) {
	v.lock.Lock()
	defer v.lock.Unlock()
	messages, requests, v.messages, v.requests = v.messages, v.requests, nil, nil
	return messages, requests
}

// call is a command of the protocol whose answer does not matter.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

func look(v view) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(
		chromedp.EmulateViewport(v.width, 900),
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}}}),
	)
}

// evaluate runs a script on the page and returns its value.
func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func open(t *testing.T, ctx context.Context, v view, file string) {
	t.Helper()
	address := file
	if !strings.HasPrefix(file, "http:") {
		address = (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	}
	if err := chromedp.Do(ctx, look(v), chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
}

const violationsOf = `axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}, resultTypes: ['violations'], preload: false})
	.then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | ')))`

func TestPagesAreAccessibleQuietAndFitTheScreen(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	site := built(t)
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	names := kinds(pages(t, site))
	views := make([][]view, len(names))
	known := map[string]int{} // pages of a name and language in other reports: they are looked at one way, in turn
	for i, name := range names {
		views[i] = viewsOf(name)
		like := fmt.Sprint(filepath.Base(name), strings.Contains(filepath.ToSlash(name), "/en/"))
		if n := known[like]; n > 0 {
			views[i] = views[i][n%2 : n%2+1]
		}
		known[like]++
	}
	inTabs(t, ctx, func(t *testing.T, ctx context.Context, seen *visit, tab int) {
		for i := tab; i < len(names); i += tabs {
			for _, v := range views[i] {
				t.Run(fmt.Sprintf("%s %d %s", names[i], v.width, v.scheme), func(t *testing.T) { sound(t, ctx, seen, site, names[i], v, string(axe)) })
			}
		}
	})
}

// tabs is how many tabs share the pages of a test.
const tabs = 2

// inTabs runs look in every tab, side by side.
func inTabs(t *testing.T, ctx context.Context, look func(t *testing.T, ctx context.Context, seen *visit, tab int)) {
	t.Helper()
	for tab := range tabs {
		t.Run(fmt.Sprintf("tab %d", tab+1), func(t *testing.T) {
			t.Parallel()
			ctx, cancel := chromedp.NewContext(ctx)
			defer cancel()
			var seen visit
			seen.listen(t, ctx)
			look(t, ctx, &seen, tab)
		})
	}
}

// sound fails the test where a page is not accessible, not quiet, or wider than its screen.
func sound(t *testing.T, ctx context.Context, seen *visit, site, name string, v view, axe string) {
	t.Helper()
	limit, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	open(t, limit, v, filepath.Join(site, name))
	if wider := evaluate[int](t, limit, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wider > 0 {
		t.Errorf("the page is %d px wider than the screen", wider)
	}
	evaluate[int](t, limit, axe+";0")
	for _, x := range evaluate[[]string](t, limit, violationsOf) {
		t.Error("axe:", x)
	}
	messages, requests := seen.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
	for _, r := range requests {
		if !strings.HasPrefix(r, "file://"+filepath.ToSlash(site)) && !strings.HasPrefix(r, "data:image/") {
			t.Error("request outside the site:", r)
		}
		if strings.Contains(r, "echarts") {
			t.Error("ECharts was loaded without being asked for:", r)
		}
	}
}

// oneOfMany are pages of which a report has many of one make.
var oneOfMany = regexp.MustCompile(`(month|quarter|unit|topic)-[^/]*$`)

// ofMethods are the method pages that stand for all: text with a formula, a table and
// an example, and the pages that are made otherwise.
var ofMethods = []string{"index.html", "glossary.html", "facts.html", "kano.html"}

// kinds leaves one page of each make in each folder.
func kinds(names []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(name string) bool {
		if strings.Contains(filepath.ToSlash(name), "/methods/") && !slices.Contains(ofMethods, filepath.Base(name)) {
			return true
		}
		make := oneOfMany.ReplaceAllString(filepath.ToSlash(name), "$1")
		known := seen[make]
		seen[make] = true
		return known
	})
}

// withFigures are pages of figures: a report's, and every kind there is.
var withFigures = []string{"reports/sfo/index.html", "reports/gallery/index.html", "reports/gallery/en/index.html"}

func TestExploreStartsTheTwinWithoutAViolation(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	site := built(t)
	var seen visit
	seen.listen(t, ctx)
	for _, name := range withFigures {
		for _, v := range []view{{1280, "light"}, {375, "dark"}} {
			t.Run(fmt.Sprintf("%s %d %s", name, v.width, v.scheme), func(t *testing.T) {
				explore(t, ctx, &seen, v, filepath.Join(site, name))
			})
		}
	}
	server := httptest.NewServer(http.FileServer(http.Dir(site)))
	defer server.Close()
	t.Run("over http", func(t *testing.T) {
		explore(t, ctx, &seen, view{1280, "light"}, server.URL+"/reports/gallery/index.html")
	})
}

// explore starts every twin of a page and moves over the first.
func explore(t *testing.T, ctx context.Context, seen *visit, v view, file string) {
	t.Helper()
	limit, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	open(t, limit, v, file)
	figures := evaluate[int](t, limit, `document.querySelectorAll('figure.figure').length`)
	evaluate[int](t, limit, `document.querySelectorAll('button.explore').forEach(b => b.click()), 0`)
	live := 0
	for range 300 {
		if live = evaluate[int](t, limit, `document.querySelectorAll('.live svg').length`); live == figures {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if figures == 0 || live != figures {
		t.Errorf("%d of %d figures came alive", live, figures)
	}
	evaluate[int](t, limit, `document.querySelector('.live').scrollIntoView(), 0`)
	if err := chromedp.Do(limit, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 700, 200), chromedp.Sleep(300*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	messages, requests := seen.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
	n := 0
	for _, r := range requests {
		if strings.Contains(r, "echarts") {
			n++
		}
	}
	if n != 1 {
		t.Errorf("ECharts was loaded %d times, want once", n)
	}
}

func TestPrintShowsEveryFigureWhole(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	site := built(t)
	for _, name := range withFigures {
		t.Run(name, func(t *testing.T) { printed(t, ctx, filepath.Join(site, name)) })
	}
}

func printed(t *testing.T, ctx context.Context, file string) {
	t.Helper()
	open(t, ctx, view{680, "dark"}, file) // A4 less its margins, in CSS pixels
	err := chromedp.Do(ctx, call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	if err != nil {
		t.Fatal(err)
	}
	hidden := evaluate[int](t, ctx, `[...document.querySelectorAll('figure.figure')].filter(f => {
		const drawn = [...f.querySelectorAll('.drawing svg')].filter(s => s.getBoundingClientRect().width > 0);
		return drawn.length !== 1 || drawn[0].getBoundingClientRect().right > document.documentElement.clientWidth + 1;
	}).length`)
	if hidden > 0 {
		t.Errorf("%d figures are hidden, doubled or cut in print", hidden)
	}
	if ink := evaluate[string](t, ctx, `getComputedStyle(document.body).backgroundColor`); ink != "rgb(255, 255, 255)" {
		t.Errorf("the paper is %s in print, want white", ink)
	}
}

// pages lists every HTML page of the site.
func pages(t *testing.T, site string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(site, func(name string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".html") {
			rel, _ := filepath.Rel(site, name)
			out = append(out, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
