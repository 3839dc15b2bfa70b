package site_test

import (
	"context"
	"encoding/json"
	"image"
	"image/color"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"manyi/internal/importer"
)

// shortForm asks little; CHANNEL is where the answers go.
const shortForm = `manyi: 1
id: every
version: 3
languages: [en, zh-CN]
title: {en: Short <b>survey</b>, zh-CN: 短问卷}
collect: {channel: CHANNEL}
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, required: true, text: {en: "How \"<img src=x onerror=alert(1)>\"", zh-CN: 满意吗}}
      - id: problems
        type: multiple_choice
        text: {en: Problems, zh-CN: 问题}
        options:
          - {code: late, label: {en: "<script>alert(1)</script>", zh-CN: 迟到}}
          - {code: none, label: {en: None, zh-CN: 无}, exclusive: true}
  - id: two
    title: {en: Second, zh-CN: 第二页}
    questions:
      - id: why
        type: long_text
        text: {en: "Why {{ osat | that }} and {{ problems | none }}", zh-CN: "为何{{ osat | 如此 }}"}
      - {id: visits, type: number, text: {en: Visits, zh-CN: 次数}}
`

const answerShort = `document.querySelector('[name=osat][value="4"]').click(), document.querySelector('[name=problems_late]').click(), document.querySelector('.next').click(), 0`

// ended fills the second page and ends.
const ended = `(() => { const e = document.querySelector('[name=why]'); e.value = '<img src=x onerror=alert(2)> 好'; e.dispatchEvent(new Event('input', {bubbles: true})); document.querySelector('.next').click(); return 0; })()`

func startShort(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	open(t, ctx, view{390, "light"}, address)
	until(t, ctx, `document.querySelector('[name=osat]').checkVisibility()`)
	evaluate[int](t, ctx, answerShort)
	until(t, ctx, `document.querySelector('[name=why]').checkVisibility()`)
	evaluate[int](t, ctx, ended)
}

// TestReceivedIsSaidOnlyWhereItIsTrue meets receivers that fail in many ways.
func TestReceivedIsSaidOnlyWhereItIsTrue(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	r := receive(t, strings.ReplaceAll(shortForm, "CHANNEL", `{type: collector, url: "RECEIVER"}`))
	receipt := func(w http.ResponseWriter, body string) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(unpack("text/plain", body).receipt())
	}
	r.answering(func(w http.ResponseWriter, _ string) { w.WriteHeader(http.StatusInternalServerError) })
	startShort(t, ctx, r.URL)
	until(t, ctx, `document.querySelector('.codebox')`)
	failures := []func(w http.ResponseWriter, body string){
		func(w http.ResponseWriter, _ string) { w.Write([]byte("<html>Please log in</html>")) },
		func(w http.ResponseWriter, _ string) { w.WriteHeader(http.StatusNoContent) },
		func(w http.ResponseWriter, _ string) {
			w.Write([]byte(`{"receipt":"aaaaaaaaaaaaaaaaaaaa","dup":false}`))
		},
		func(w http.ResponseWriter, _ string) { w.Write([]byte(`null`)) },
		func(w http.ResponseWriter, _ string) { panic(http.ErrAbortHandler) },
	}
	const retry = `document.querySelector('.again').click(), 0`
	for i, f := range failures {
		r.answering(f)
		n := len(r.take(t, i+1))
		evaluate[int](t, ctx, retry)
		r.take(t, n+1)
		until(t, ctx, `!document.querySelector('.again').disabled`)
		if title := evaluate[string](t, ctx, `document.querySelector('.after h2').innerText`); title != "Your answers are not sent yet" {
			t.Errorf("after failure %d the page says %q", i, title)
		}
	}
	if got := evaluate[string](t, ctx, `document.querySelector('[name=why]').value`); !strings.Contains(got, "好") {
		t.Errorf("the answers are gone: %q", got)
	}
	r.answering(receipt)
	evaluate[int](t, ctx, `document.querySelector('.again').click(), document.querySelector('.again').click(), document.querySelector('.next').click(), 0`) // thrice
	until(t, ctx, `document.querySelector('.after .when')`)
	time.Sleep(100 * time.Millisecond)
	posts := r.take(t, 7)
	for i, p := range posts {
		if p.Body != posts[0].Body || !strings.HasPrefix(p.Kind, "text/plain") {
			t.Errorf("post %d (%s) differs from the first:\n%s\n%s", i, p.Kind, p.Body, posts[0].Body)
		}
	}
	payload := unpack(posts[0].Kind, posts[0].Body).Payload
	var record map[string]any
	must(t, json.Unmarshal([]byte(payload), &record))
	if list, _ := record["problems"].([]any); len(list) != 1 || list[0] != "late" || record["osat"] != "4" || record["visits"] != nil {
		t.Errorf("the record is %v", record)
	}
	readable(t, r.survey, "posts.jsonl", payload+"\n")
}

// TestTheResponseCodeComesBack reads the code of the page, as text and as a picture.
func TestTheResponseCodeComesBack(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	var seen visit
	seen.listen(t, ctx)
	s := define(t, strings.ReplaceAll(shortForm, "collect: {channel: CHANNEL}\n", ""))
	dir := t.TempDir()
	put(t, dir, "index.html", string(drawn(t, s)))
	startShort(t, ctx, filepath.Join(dir, "index.html"))
	until(t, ctx, `document.querySelector('.qr path')`)
	if said := evaluate[string](t, ctx, `document.querySelector('#q-why label').textContent`); !strings.Contains(said, "<script>alert(1)</script>") {
		t.Errorf("the hostile label is not piped as text: %q", said)
	}
	code := evaluate[string](t, ctx, `document.querySelector('.code').value`)
	records, _, faults := importer.ParseCodes([]byte("> " + strings.ReplaceAll(strings.ToLower(code), " ", "\n> ") + "\nregards"))
	if len(records) != 1 || len(faults) != 0 {
		t.Fatalf("%d records, faults %v in %q", len(records), faults, code)
	}
	var record map[string]any
	must(t, json.Unmarshal(records[0], &record))
	if record["why"] != "<img src=x onerror=alert(2)> 好" || record["osat"] != "4" || record["_survey"] != "every" {
		t.Errorf("the record is %v", record)
	}
	readable(t, s, "codes.jsonl", string(records[0])+"\n")
	drawing := evaluate[string](t, ctx, `document.querySelector('.qr').getAttribute('viewBox') + ' ' + document.querySelector('.qr path').getAttribute('d')`)
	if got, want := scanned(t, drawing), strings.ReplaceAll(code, " ", ""); got != want {
		t.Errorf("the picture says %q, want %q", got, want)
	}
	seen.quiet(t, "file://"+filepath.ToSlash(dir))
}

var module = regexp.MustCompile(`M(\d+) (\d+)h1v1h-1z`)

// scanned draws the modules of a QR code and reads them with another program's reader.
func scanned(t *testing.T, drawing string) string {
	t.Helper()
	size, err := strconv.Atoi(strings.Fields(drawing)[2])
	must(t, err)
	const scale = 4
	picture := image.NewGray(image.Rect(0, 0, size*scale, size*scale))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for _, m := range module.FindAllStringSubmatch(drawing, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		for dy := range scale {
			for dx := range scale {
				picture.SetGray(x*scale+dx, y*scale+dy, color.Gray{})
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	must(t, err)
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatalf("the picture of %d modules is not read: %v", size, err)
	}
	return result.GetText()
}

// TestADraftOutlivesTheBrowser kills the browser after the page said that it saved.
func TestADraftOutlivesTheBrowser(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, dir, "index.html", string(drawn(t, define(t, strings.ReplaceAll(shortForm, "collect: {channel: CHANNEL}\n", "")))))
	r := receive(t, strings.ReplaceAll(shortForm, "CHANNEL", `{type: json, url: "RECEIVER"}`))
	addresses := []string{r.URL, filepath.Join(dir, "index.html")}
	var ctx context.Context
	for _, wait := range []time.Duration{time.Second, 50 * time.Millisecond, 0} {
		profile := t.TempDir()
		var kill func()
		ctx, kill = profiled(t, profile)
		for _, address := range addresses {
			open(t, ctx, view{390, "light"}, address)
			until(t, ctx, `document.querySelector('[name=osat]').checkVisibility()`)
			evaluate[int](t, ctx, answerShort)
			until(t, ctx, `document.querySelector('.saved').innerText.startsWith('Saved')`)
		}
		time.Sleep(wait)
		kill()
		ctx, kill = profiled(t, profile)
		if wait > 0 {
			defer kill()
		}
		for _, address := range addresses {
			open(t, ctx, view{390, "light"}, address)
			until(t, ctx, `document.querySelector('.ask')`)
			evaluate[int](t, ctx, `document.querySelector('.ask .nav button:last-child').click(), 0`)
			until(t, ctx, `document.querySelector('[name=why]').checkVisibility()`)
			if got := evaluate[string](t, ctx, `document.querySelector('[name=osat]:checked').value + document.querySelector('[name=problems_late]').checked`); got != "4true" {
				t.Errorf("%s, killed after %v: the draft came back as %q", address, wait, got)
			}
		}
	}
	open(t, ctx, view{390, "light"}, r.URL) // what was sent is no draft any more
	until(t, ctx, `document.querySelector('.ask')`)
	evaluate[int](t, ctx, `document.querySelector('.ask .nav button:last-child').click(), 0`)
	until(t, ctx, `document.querySelector('[name=why]').checkVisibility()`)
	evaluate[int](t, ctx, ended)
	until(t, ctx, `document.querySelector('.after .when')`)
	open(t, ctx, view{390, "light"}, r.URL) // who comes back is told, and may answer again
	until(t, ctx, `document.querySelector('.ask h2') && document.querySelector('.ask h2').innerText.includes("already")`)
	evaluate[int](t, ctx, `document.querySelector('.ask .nav button').click(), 0`)
	until(t, ctx, `document.querySelector('[name=osat]').checkVisibility()`)
}

// profiled starts a browser that keeps its data in dir; kill ends it at once, as a crash would.
func profiled(t *testing.T, dir string) (context.Context, func()) {
	t.Helper()
	ctx := browser(t, chromedp.UserDataDir(dir))
	limit, cancel := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return limit, func() {
		process := chromedp.FromContext(ctx).Browser.Process()
		must(t, process.Kill())
		process.Wait()
		time.Sleep(200 * time.Millisecond)
	}
}
