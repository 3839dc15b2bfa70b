package site_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// hasten makes long waits of the page short: what takes ten seconds or more, a twentieth.
const hasten = `{ const wait = setTimeout; window.setTimeout = (f, ms, ...more) => wait(f, ms >= 10000 ? ms / 20 : ms, ...more); }`

// oneText is a survey of one page. CHANNEL is where the answers go; it is posted to RECEIVER.
const oneText = `manyi: 1
id: every
version: 3
languages: [en, zh-CN]
title: {en: Short survey, zh-CN: 短问卷}
collect: {channel: CHANNEL}
pages:
  - id: one
    questions:
      - {id: why, type: long_text, text: {en: Why, zh-CN: 为何}}
`

func writeText(text string) string {
	return fmt.Sprintf(`(e => { e.value = %q; e.dispatchEvent(new Event('input', {bubbles: true})); return 0; })(document.querySelector('[name=why]'))`, text)
}

const press = `document.querySelector('.next').click(), 0`

// TestWhatIsClaimedIsWhatTheChannelProves meets receivers of every channel that fail in many ways.
func TestWhatIsClaimedIsWhatTheChannelProves(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), 3*time.Minute)
	defer cancel()
	must(t, chromedp.Do(ctx, call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: hasten})))
	const received, handed, queued, refused, conflict = "Received on", "cannot confirm", "not sent yet", "did not take", "is there already"
	text := func(code int, kind, body string) func(http.ResponseWriter, string) {
		return func(w http.ResponseWriter, _ string) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(code)
			w.Write([]byte(body))
		}
	}
	right := func(w http.ResponseWriter, body string) {
		for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded"} {
			if e := unpack(kind, body); e.ID != "" {
				w.Write(e.receipt())
			}
		}
	}
	echo := func(w http.ResponseWriter, body string) {
		fmt.Fprintf(w, `{"ok":true,"id":%q}`, unpack("text/plain", body).ID)
	}
	page := text(200, "text/html", "<html>Thank you</html>")
	for _, test := range []struct {
		name, channel, want string
		answer              func(w http.ResponseWriter, body string)
	}{
		{"collector: receipt", "collector", received, right},
		{"collector: page of a portal", "collector", queued, page},
		{"collector: 204", "collector", queued, func(w http.ResponseWriter, _ string) { w.WriteHeader(204) }},
		{"collector: to a login", "collector", queued, func(w http.ResponseWriter, _ string) { w.Header().Set("Location", "/login"); w.WriteHeader(302) }},
		{"collector: 500", "collector", queued, text(500, "text/plain", "no")},
		{"collector: 503", "collector", queued, func(w http.ResponseWriter, _ string) { w.Header().Set("Retry-After", "1"); w.WriteHeader(503) }},
		{"collector: reset", "collector", queued, func(http.ResponseWriter, string) { panic(http.ErrAbortHandler) }},
		{"collector: cut in the middle", "collector", queued, func(w http.ResponseWriter, _ string) {
			w.Header().Set("Content-Length", "500")
			w.Write([]byte(`{"receipt":`))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}},
		{"collector: wrong receipt", "collector", queued, text(200, "application/json", `{"receipt":"aaaaaaaaaaaaaaaaaaaa"}`)},
		{"collector: an id is no receipt", "collector", queued, echo},
		{"collector: no answer", "collector", queued, func(http.ResponseWriter, string) { time.Sleep(2500 * time.Millisecond) }},
		{"collector: conflict", "collector", conflict, text(409, "application/json", `{"error":"conflict"}`)},
		{"collector: refused", "collector", refused, text(400, "application/json", `{"error":"version"}`)},
		{"collector: too large", "collector", refused, text(413, "text/plain", "")},
		{"json: id", "json", received, echo},
		{"json: receipt", "json", received, right},
		{"json: page of a portal", "json", queued, page},
		{"json: expected", "json, expect: taken", received, text(200, "text/plain", "taken, thanks")},
		{"json: not as expected", "json, expect: taken", queued, echo},
		{"urlencoded: page", "urlencoded", handed, page},
		{"urlencoded: 500", "urlencoded", queued, text(500, "text/plain", "no")},
		{"urlencoded: receipt", "urlencoded", received, right},
		{"netlify: page", "netlify", handed, page},
		{"netlify: 404", "netlify", refused, text(404, "text/html", "no")},
	} {
		url := `, url: "RECEIVER"`
		if test.channel == "netlify" {
			url = ""
		}
		r := receive(t, strings.ReplaceAll(oneText, "{channel: CHANNEL}", "{channel: {type: "+test.channel+url+"}}\nprivacy: {recipients: [A relay]}"))
		r.answering(test.answer)
		open(t, ctx, view{390, "light"}, r.URL+"/?lang=en")
		until(t, ctx, `document.querySelector('[name=why]').checkVisibility()`)
		evaluate[int](t, ctx, writeText("x"))
		evaluate[int](t, ctx, press)
		until(t, ctx, `document.querySelector('.after h2') && document.querySelector('.after').checkVisibility()`)
		said := evaluate[string](t, ctx, `document.querySelector('.after').innerText`)
		if !strings.Contains(said, test.want) || test.want != received && strings.Contains(said, received) {
			t.Errorf("%s: the page says %q, want %q", test.name, said, test.want)
		}
	}
}

// keeper is a receiver of the collector's kind on a bad line.
type keeper struct {
	lock     sync.Mutex
	stored   map[string]string // by id
	n, again int               // requests; those of an id that is there
	changed  int
	down     bool
}

// answer keeps a third of the requests well, keeps a third and is cut off before
// it says so, and is cut off before it keeps the others.
func (k *keeper) answer(w http.ResponseWriter, body string) {
	k.lock.Lock()
	defer k.lock.Unlock()
	k.n++
	e := unpack("text/plain", body)
	if k.down || k.n%3 == 1 {
		panic(http.ErrAbortHandler)
	}
	if had, ok := k.stored[e.ID]; ok {
		k.again++
		if had != e.Payload {
			k.changed++
		}
	}
	k.stored[e.ID] = e.Payload
	if k.n%3 == 2 {
		panic(http.ErrAbortHandler)
	}
	w.Write(e.receipt())
}

func (k *keeper) off(down bool) {
	k.lock.Lock()
	defer k.lock.Unlock()
	k.down = down
}

// TestTheOutboxLosesNothingAndDoublesNothing sends thirty responses over a bad
// line, with a receiver that is away for a third of the time and a browser
// that is killed six times, as soon as it says that it sends.
func TestTheOutboxLosesNothingAndDoublesNothing(t *testing.T) {
	t.Parallel()
	k := &keeper{stored: map[string]string{}}
	r := receive(t, strings.ReplaceAll(oneText, "CHANNEL", `{type: collector, url: "RECEIVER"}`))
	r.answering(k.answer)
	profile := t.TempDir()
	ctx, kill := profiled(t, profile)
	const responses = 30
	for i := range responses {
		k.off(i%9 >= 6)
		fresh(t, ctx, r.URL)
		evaluate[int](t, ctx, writeText(fmt.Sprintf("answer %02d", i)))
		evaluate[int](t, ctx, press)
		until(t, ctx, `document.querySelector('.next').name === 'send.now' || document.querySelector('.after')`)
		if i%5 == 2 {
			kill()
			ctx, kill = profiled(t, profile)
		}
	}
	k.off(false)
	fresh(t, ctx, r.URL)
	left := -1
	for range 150 {
		evaluate[int](t, ctx, `dispatchEvent(new Event('online')), 0`)
		time.Sleep(200 * time.Millisecond)
		if left = evaluate[int](t, ctx, outboxSize); left == 0 {
			break
		}
	}
	kill()
	k.lock.Lock()
	defer k.lock.Unlock()
	var got []string
	for _, payload := range k.stored {
		_, text, _ := strings.Cut(payload, `"why":"`)
		got = append(got, text[:9])
	}
	slices.Sort(got)
	t.Logf("%d responses, %d requests, %d repeated, %d killed browsers: %d stored, %d left", responses, k.n, k.again, 6, len(k.stored), left)
	if len(got) != responses || len(slices.Compact(got)) != responses || k.changed != 0 || left != 0 {
		t.Errorf("stored %d, repeats that differ %d, left %d: %v", len(k.stored), k.changed, left, got)
	}
}

const outboxSize = `new Promise(done => { const r = indexedDB.open('manyi', 2); r.onsuccess = () => { const q = r.result.transaction('outbox').objectStore('outbox').count(); q.onsuccess = () => { r.result.close(); done(q.result); }; }; })`

// fresh opens the page and gets to an empty form, whatever is asked before.
func fresh(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	open(t, ctx, view{390, "light"}, address+"/?lang=en")
	for range 200 {
		switch evaluate[string](t, ctx, `(() => { const b = document.querySelector('.ask .nav button'); if (b) { b.click(); return 'asked'; } return document.querySelector('[name=why]').checkVisibility() && document.querySelector('.next') && document.querySelector('.next').checkVisibility() ? 'ready' : ''; })()`) {
		case "ready":
			return
		default:
			time.Sleep(25 * time.Millisecond)
		}
	}
	t.Fatal("the page shows no form")
}

// TestTwoTabsKeepTwoDrafts answers in two tabs of one browser.
func TestTwoTabsKeepTwoDrafts(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	dir := t.TempDir()
	put(t, dir, "index.html", string(drawn(t, define(t, strings.ReplaceAll(oneText, "CHANNEL", "{type: file}")))))
	address := filepath.Join(dir, "index.html")
	other, closeOther := chromedp.NewContext(ctx)
	defer closeOther()
	open(t, ctx, view{390, "light"}, address)
	until(t, ctx, `document.querySelector('.next') && document.querySelector('[name=why]').checkVisibility()`)
	evaluate[int](t, ctx, writeText("first"))
	until(t, ctx, `document.querySelector('.saved').innerText.startsWith('Saved')`)
	open(t, other, view{390, "light"}, address)
	until(t, other, `document.querySelector('[name=why]').checkVisibility() && document.querySelector('.others').checkVisibility()`)
	evaluate[int](t, other, writeText("second"))
	until(t, other, `document.querySelector('.saved').innerText.startsWith('Saved')`)
	evaluate[int](t, ctx, writeText("first again"))
	time.Sleep(600 * time.Millisecond)
	const drafts = `new Promise(done => { const r = indexedDB.open('manyi', 2); r.onsuccess = () => { const q = r.result.transaction('drafts').objectStore('drafts').getAll(); q.onsuccess = () => { r.result.close(); done(q.result.map(d => d.values.why).sort().join('|')); }; }; })`
	if got := evaluate[string](t, ctx, drafts); got != "first again|second" {
		t.Errorf("the drafts are %q", got)
	}
}
