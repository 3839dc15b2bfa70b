package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// steps leads through every state of the long form: first page, faults, each page, the code, the receipt.
var steps = []struct {
	name, script, then string
	axe                string // the widths at which axe looks at it: the slow part
}{
	{"start", `0`, `document.querySelector('[name=osat]').checkVisibility()`, "320"},
	{"faults", `document.querySelector('.next').click()`, `document.activeElement.matches('.errors') && /^(Error: |有误：)/.test(document.title)`, "320"},
	{"conditions", `document.querySelector('[name=osat][value="1"]').click(), document.querySelector('[name=problems_other]').click()`, `document.querySelector('[name=why]').checkVisibility() && document.querySelector('[name=problems_other_text]').checkVisibility()`, ""},
	{"second page", `document.querySelector('.next').click()`, `document.querySelector('[name=aspects_speed]').checkVisibility()`, "320 1280"},
	{"rows missing", `document.querySelector('[name=aspects_speed]').click(), document.querySelector('.next').click()`, `document.querySelector('#e-aspects') && document.querySelector('#q-aspects').getAttribute('aria-describedby') === 'e-aspects'`, ""},
	{"third page", `document.querySelector('[name=aspects_skill]').click(), document.querySelector('.next').click()`, `document.querySelector('[name=rank_a]').checkVisibility()`, "320"},
	{"moved", `document.querySelector('[data-item=c] .move').click()`, `document.querySelector('[name=rank_c]').value === '2' && /Care|关怀/.test(document.querySelector('[role=status]').textContent)`, ""},
	{"a page that was possible", `document.querySelector('.next').click()`, `document.querySelector('[name=angry]').checkVisibility()`, ""},
	{"last page", `document.querySelector('.next').click()`, `document.querySelector('[name=ok]').checkVisibility()`, "320"},
	{"no consent", `document.querySelector('[name=mail]').value = 'no', document.querySelector('.next').click()`, `document.querySelectorAll('.errors li').length === 2`, "1280"},
	{"code", `document.querySelector('[name=mail]').value = 'a@b.cn', document.querySelector('[name=ok]').click(), document.querySelector('.next').click()`, `document.querySelector('.qr path')`, "320 1280"},
	{"thanks", `document.querySelector('.after > .nav button:last-child').click()`, `document.querySelector('.summary')`, ""},
	{"receipt", `document.querySelector('.summary').open = true`, `document.querySelectorAll('.summary dd').length > 8`, "320"},
}

func TestEveryStepIsAccessibleAndFits(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), 2*time.Minute)
	defer cancel()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	must(t, err)
	var seen visit
	seen.listen(t, ctx)
	dir := t.TempDir()
	put(t, dir, "index.html", string(drawn(t, define(t, strings.ReplaceAll(everyForm(t), `collect: {channel: {type: urlencoded, url: "RECEIVER"}}`, "")))))
	for i, v := range []view{{320, "dark"}, {1280, "light"}} {
		open(t, ctx, v, filepath.Join(dir, "index.html"))
		evaluate[int](t, ctx, string(axe)+";0")
		lang := []string{"zh-CN", "en"}[i]
		evaluate[int](t, ctx, `document.querySelector('[name=_lang][value="`+lang+`"]').click(), 0`)
		for _, s := range steps {
			name := fmt.Sprintf("%s %d %s", s.name, v.width, v.scheme)
			evaluate[int](t, ctx, s.script+", 0")
			until(t, ctx, s.then)
			if wider := evaluate[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wider > 0 {
				t.Errorf("%s: the page is %d px wider than the screen", name, wider)
			}
			for _, x := range evaluate[[]string](t, ctx, tooSmall) {
				t.Errorf("%s: too small to press: %s", name, x)
			}
			if got := evaluate[string](t, ctx, `document.documentElement.lang`); got != lang {
				t.Errorf("%s: the page says it is in %q", name, got)
			}
			if !strings.Contains(s.axe, strconv.FormatInt(v.width, 10)) {
				continue
			}
			for _, x := range evaluate[[]string](t, ctx, violationsOf) {
				t.Errorf("%s: axe: %s", name, x)
			}
		}
		seen.quiet(t, "file://"+filepath.ToSlash(dir))
	}
}

// TestLanguagesStepsAndProgressKeepTheAnswers goes back and forth.
func TestLanguagesStepsAndProgressKeepTheAnswers(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	r := receive(t, everyForm(t))
	open(t, ctx, view{390, "light"}, r.URL+"/?lang=en")
	until(t, ctx, `document.querySelector('[name=osat]').checkVisibility()`)
	order := `[...document.querySelectorAll('#q-problems [data-option]')].map(e => e.dataset.option).join(' ')`
	first := evaluate[string](t, ctx, order)
	if !strings.HasSuffix(first, "other none") {
		t.Errorf("the anchors are not last: %s", first)
	}
	evaluate[int](t, ctx, `document.querySelector('[name=osat][value="5"]').click(), document.querySelector('[name=problems_late]').click(), document.querySelector('[name=problems_none]').click(), 0`)
	if got := evaluate[string](t, ctx, `[...document.querySelectorAll('#q-problems :checked')].map(e => e.name).join(' ') + document.querySelector('[data-option=rude]').checkVisibility()`); got != "problems_nonefalse" {
		t.Errorf("exclusive and conditional options: %s", got)
	}
	evaluate[int](t, ctx, `document.querySelector('.next').click(), 0`)
	until(t, ctx, `document.querySelector('[name=aspects_speed]').checkVisibility()`)
	early := evaluate[float64](t, ctx, `Number(document.querySelector('.progress').getAttribute('aria-valuenow'))`)
	evaluate[int](t, ctx, `document.querySelectorAll('[data-row=speed] input')[1].click(), document.querySelector('[name=_lang][value="zh-CN"]').click(), document.querySelector('.back').click(), 0`)
	until(t, ctx, `document.querySelector('[name=osat]').checkVisibility()`)
	if got := evaluate[string](t, ctx, `document.querySelector('[name=osat]:checked').value + document.querySelector('[name=aspects_speed]:checked').value + document.title`); got != "52总体评价 – 售后服务满意度调查" {
		t.Errorf("after the way back: %s", got)
	}
	if got := evaluate[string](t, ctx, order); got != first {
		t.Errorf("the order changed from %s to %s", first, got)
	}
	if got := evaluate[string](t, ctx, `document.querySelector('#in-q-kind').options[1].text`); got != "个人" {
		t.Errorf("the select says %q", got)
	}
	if early <= 0 || early >= 50 {
		t.Errorf("progress on the second of four pages: %v", early)
	}
}

// selfTest has a question that is right, one that is wrong and little time.
const selfTest = `manyi: 1
id: every
version: 1
languages: [en]
title: Test
time_limit: 3
pages:
  - id: one
    questions:
      - {id: a, type: single_choice, correct: b, text: A, options: [{code: a, label: X}, {code: b, label: Y}]}
      - {id: b, type: multiple_choice, correct: [x, z], score: 2, text: B, options: [{code: x, label: X}, {code: y, label: Y}, {code: z, label: Z}]}
      - {id: c, type: short_text, correct: [Ｇuangzhou, Canton], text: C}
`

func TestAQuizIsScoredInThePage(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	var seen visit
	seen.listen(t, ctx)
	dir := t.TempDir()
	put(t, dir, "index.html", string(drawn(t, define(t, selfTest))))
	open(t, ctx, view{390, "light"}, filepath.Join(dir, "index.html"))
	until(t, ctx, `document.querySelector('.clock')`)
	evaluate[int](t, ctx, `document.querySelector('[name=a][value=a]').click(), document.querySelector('[name=b_x]').click(), document.querySelector('[name=b_z]').click(), document.querySelector('[name=c]').value = 'GUANGZHOU ', 0`)
	until(t, ctx, `document.querySelector('.score')`) // when time is over
	if got := evaluate[string](t, ctx, `document.querySelector('.score').innerText.replace(/\s+/g, ' ')`); got != "3 of 4 points A Right answer: Y B Right C Right" {
		t.Errorf("the page says %q", got)
	}
	if code := evaluate[bool](t, ctx, `!!document.querySelector('.code')`); code {
		t.Error("a self-test shows a response code")
	}
	seen.quiet(t, "file://"+filepath.ToSlash(dir))
}

func TestClosedFramedAndKioskPages(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	says := func(r *receiver, path, want string) {
		t.Helper()
		open(t, ctx, view{390, "light"}, r.URL+path)
		until(t, ctx, `document.querySelector('.after h2') && document.querySelector('.after h2').innerText.includes("`+want+`")`)
		if evaluate[bool](t, ctx, `document.querySelector('[name=osat]').checkVisibility()`) {
			t.Errorf("the questions are shown beside %q", want)
		}
	}
	channel := `{type: json, url: "RECEIVER"}`
	says(receive(t, strings.ReplaceAll(shortForm, "{channel: CHANNEL}", "{channel: "+channel+", closes: 2020-01-31}")), "/?lang=en", "closed on January 31, 2020")
	says(receive(t, strings.ReplaceAll(shortForm, "{channel: CHANNEL}", "{channel: "+channel+", opens: 2999-01-31}")), "/?lang=zh-CN", "2999年1月31日")
	r := receive(t, strings.ReplaceAll(shortForm, "{channel: CHANNEL}", "{channel: "+channel+", kiosk: true}"))
	startShort(t, ctx, r.URL)
	until(t, ctx, `document.querySelector('.after .when')`)
	if evaluate[bool](t, ctx, `!!document.querySelector('.summary') || document.querySelector('.after').innerText.includes('好')`) {
		t.Error("a shared device shows the answers after sending")
	}
	for range 10 {
		time.Sleep(time.Second)
		if evaluate[bool](t, ctx, `document.querySelector('[name=osat]').checkVisibility()`) {
			break
		}
	}
	if got := evaluate[string](t, ctx, `document.querySelectorAll('#survey :is(:checked, :placeholder-shown):not([name=_lang])').length + document.querySelector('[name=why]').value + document.querySelector('[name=osat]').checkVisibility()`); got != "0true" {
		t.Errorf("the kiosk has not forgotten: %s", got)
	}
	framed := receive(t, strings.ReplaceAll(shortForm, "CHANNEL", channel))
	must(t, chromedp.Do(ctx, chromedp.Navigate(framed.URL+"/frame"))) // as the preview does
	until(t, ctx, `document.querySelector('iframe').contentDocument.querySelector('main').innerText.includes("How")`)
	foreign := framesOf(t, ctx, strings.Replace(framed.URL, "127.0.0.1", "localhost", 1)+"/frame?of="+framed.URL)
	until(t, foreign, `document.querySelector('main').innerText.includes("inside another page") && !document.querySelector('[name=osat]').checkVisibility()`)
}

// framesOf opens a page and returns the frame of another origin in it.
func framesOf(t *testing.T, ctx context.Context, address string) context.Context {
	t.Helper()
	must(t, chromedp.Do(ctx, chromedp.Navigate(address)))
	for range 100 {
		infos, err := chromedp.Targets(ctx)
		must(t, err)
		for _, info := range infos {
			if info.Type == "iframe" {
				frame, cancel := chromedp.NewContext(ctx, chromedp.WithTargetID(info.TargetID))
				t.Cleanup(cancel)
				return frame
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("there is no frame of another origin")
	return nil
}
