package serve_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"manyi/internal/diag"
	"manyi/internal/serve"
	"manyi/internal/site"
)

// browser starts Chromium, or skips the test where there is none and none is demanded.
func browser(t *testing.T) context.Context {
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
		t.Skip("no Chromium on this machine: the preview was not looked at")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(name), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

// complaints gathers what the browser finds wrong: violations of the policy among them.
func complaints(t *testing.T, ctx context.Context) func() []string {
	t.Helper()
	var lock sync.Mutex
	var all []string
	err := chromedp.Listen(ctx, func(ev any) {
		lock.Lock()
		defer lock.Unlock()
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			all = append(all, e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError {
				all = append(all, e.Entry.Text)
			}
		}
	})
	if err == nil {
		err = chromedp.Do(ctx, call(log.Enable, cdp.Empty{}), call(runtime.Enable, cdp.Empty{}))
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		lock.Lock()
		defer lock.Unlock()
		return slices.Clone(all)
	}
}

func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// eventually waits until the script says true; a page that is just reloading is asked again.
func eventually(t *testing.T, ctx context.Context, what, script string) {
	t.Helper()
	var last error
	for range 200 {
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script, chromedp.EvalAwaitPromise))
		if last = err; yes {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("document.documentElement.outerHTML.slice(0, 2000)", chromedp.EvalAwaitPromise))
	t.Fatalf("%s: not within 10 s (%v)\n%s", what, last, text)
}

const definition = `manyi: 1
id: shop
version: 1
languages: [en]
title: %s
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: %s, text: All in all}
`

// preview serves a small workspace and returns its address and how to change the survey.
func preview(t *testing.T) (address string, save func(title, scale string)) {
	t.Helper()
	dir := t.TempDir()
	put := func(name, body string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		beside := filepath.Join(dir, ".new") // renamed into place: a build never reads half a file
		if err := os.WriteFile(beside, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(beside, name); err != nil {
			t.Fatal(err)
		}
	}
	save = func(title, scale string) { put("surveys/shop/survey.yaml", fmt.Sprintf(definition, title, scale)) }
	put("manyi.yaml", "manyi: 1\ntitle: Shop\nlanguages: [en]\n")
	save("First title", "sat5")
	s, err := serve.New(serve.Options{Dir: dir, Lang: "en", Build: func(problems *diag.List) error {
		_, err := site.Build(dir, site.Options{Program: "test"}, problems)
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		s.Close()
	})
	return "http://" + l.Addr().String(), save
}

const overlay = `document.getElementById('manyi-faults')`

func TestASavedFileReloadsTheOpenPage(t *testing.T) {
	ctx, cancel := context.WithTimeout(browser(t), 2*time.Minute)
	defer cancel()
	seen := complaints(t, ctx)
	address, save := preview(t)
	for _, page := range []string{"/surveys/shop/", "/reports/shop/"} {
		save("First title", "sat5")
		if err := chromedp.Do(ctx, chromedp.Navigate(address+page)); err != nil {
			t.Fatal(err)
		}
		eventually(t, ctx, page, `document.title.includes('First title') && !`+overlay)

		save("Second title", "sat5")
		eventually(t, ctx, page+" after a save", `document.title.includes('Second title')`)

		save("Third title", "sat55")
		eventually(t, ctx, page+" after a fault", overlay+` !== null && (text => ['survey.yaml:9:', 'sat55', 'did you mean'].every(w => text.includes(w)))(`+overlay+`.shadowRoot.textContent)`)
		eventually(t, ctx, page+" with a styled overlay", `getComputedStyle(`+overlay+`.shadowRoot.querySelector('section')).position === 'fixed'`)
		eventually(t, ctx, page+" behind the overlay", `(`+overlay+`.shadowRoot.querySelector('button').click(), `+overlay+` === null && document.title.includes('Second title'))`)

		save("Fourth title", "sat5")
		eventually(t, ctx, page+" after the cure", `document.title.includes('Fourth title') && !`+overlay)
	}
	for _, s := range seen() {
		t.Error("browser:", s)
	}
}

func TestPhoneViewShowsBothWidths(t *testing.T) {
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	seen := complaints(t, ctx)
	address, _ := preview(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(address+"/_manyi/phone?page=/surveys/shop/")); err != nil {
		t.Fatal(err)
	}
	eventually(t, ctx, "both frames", `[...document.querySelectorAll('iframe')].map(f => f.clientWidth + ' ' + f.contentDocument.title).join('; ').replaceAll(/[^0-9;]/g, '') === '390;1280' && [...document.querySelectorAll('iframe')].every(f => f.contentDocument.title.includes('First title'))`)
	for _, s := range seen() {
		if !strings.Contains(s, "favicon") {
			t.Error("browser:", s)
		}
	}
}
