//go:build unix

package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"manyi/internal/site"
)

// scripts are the scripts of a page.
var scripts = regexp.MustCompile(`(?s)<script[ >].*?</script>`)

// everyType builds the showcase alone and returns its page as it is where no script runs: all questions at once.
func everyType(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle:\n  zh-CN: 测试\n  en: Test\nlanguages: [zh-CN, en]\nbase_url: https://example.com/\n")
	must(t, os.CopyFS(filepath.Join(dir, "surveys", "every_type"), os.DirFS(filepath.Join("..", "..", "surveys", "every_type"))))
	build(t, dir, site.Options{Program: "test"})
	body, err := os.ReadFile(filepath.Join(dir, "site", "surveys", "every_type", "index.html"))
	must(t, err)
	put(t, dir, "plain.html", scripts.ReplaceAllString(string(body), ""))
	return filepath.Join(dir, "plain.html")
}

// withoutScript is a browser that runs no script of a page: it shows the whole form.
func withoutScript(t *testing.T, ctx context.Context) { runScripts(t, ctx, false) }

// runScripts lets pages run their scripts, or not. A page that was loaded without
// stays without, but the test's own need timers, which run only where scripts may.
func runScripts(t *testing.T, ctx context.Context, run bool) {
	t.Helper()
	must(t, chromedp.Do(ctx, call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})))
}

// tooSmall lists what can be pressed and is less than 44 px high or wide, or less
// than 24 px where it stands in a row of more than seven.
const tooSmall = `[...document.querySelectorAll('label.opt, label.n, .switch label, select, textarea, button, input:not([type=radio], [type=checkbox], [type=hidden])')]
	.filter(e => e.checkVisibility())
	.filter(e => { const r = e.getBoundingClientRect(); return r.height < 43.5 || r.width < (e.closest(".eleven, .grid") ? 24 : 43.5); })
	.map(e => e.outerHTML.slice(0, 120))`

const cutText = `[...document.querySelectorAll('.v, .what, legend, .opt > span, .key li')]
	.filter(e => e.checkVisibility() && getComputedStyle(e).clipPath === 'none' && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
	.map(e => e.outerHTML.slice(0, 120))`

func TestEveryQuestionTypeIsAccessibleAndFits(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	file := everyType(t)
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	must(t, err)
	var seen visit
	seen.listen(t, ctx)
	for _, v := range []view{{320, "light"}, {320, "dark"}, {1280, "light"}, {1280, "dark"}} {
		for _, lang := range []string{"zh-CN", "en"} {
			t.Run(fmt.Sprintf("%d %s %s", v.width, v.scheme, lang), func(t *testing.T) {
				limit, cancel := context.WithTimeout(ctx, time.Minute)
				defer cancel()
				withoutScript(t, limit)
				open(t, limit, v, file)
				runScripts(t, limit, true)
				evaluate[int](t, limit, `document.querySelector('[name=_lang][value="`+lang+`"]').click(), 0`)
				if wider := evaluate[int](t, limit, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wider > 0 {
					t.Errorf("the page is %d px wider than the screen", wider)
				}
				for _, x := range evaluate[[]string](t, limit, tooSmall) {
					t.Error("too small to press:", x)
				}
				for _, x := range evaluate[[]string](t, limit, cutText) {
					t.Error("text is cut:", x)
				}
				evaluate[int](t, limit, string(axe)+";0")
				for _, x := range evaluate[[]string](t, limit, violationsOf) {
					t.Error("axe:", x)
				}
				messages, _ := seen.take()
				for _, m := range messages {
					t.Error("browser:", m)
				}
			})
		}
	}
}

// TestAnswersShowInForcedColours ticks a box of every kind where the system
// decides on colours: what is chosen must look different.
func TestAnswersShowInForcedColours(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	open(t, ctx, view{1280, "dark"}, everyType(t))
	forced := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}}
	if err := chromedp.Do(ctx, call(emulation.SetEmulatedMedia, forced)); err != nil {
		t.Fatal(err)
	}
	same := evaluate[[]string](t, ctx, `['osat', 'stars', 'mood', 'recommend', 'aspects_speed', 'when_week_am', 'both_clean_imp', 'image_modern', 'ideas_wifi_f', 'best_t1_best'].filter(name => {
		const one = document.querySelector('[name="' + name + '"]').closest('label');
		const look = () => { const s = getComputedStyle(one), b = getComputedStyle(one, '::before'); return s.backgroundColor + s.borderColor + b.backgroundColor; };
		const before = look();
		one.querySelector('input').click();
		return look() === before && getComputedStyle(one.querySelector('input')).opacity === '0';
	})`)
	if len(same) > 0 {
		t.Errorf("a chosen answer looks like the others: %v", same)
	}
}

// TestEveryQuestionTypePostsItsColumns answers some questions without script
// and reads what the form would post: the names must be data columns.
func TestEveryQuestionTypePostsItsColumns(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	withoutScript(t, ctx)
	open(t, ctx, view{1280, "light"}, everyType(t))
	got := evaluate[string](t, ctx, `[...document.querySelectorAll('#survey input:not([type=hidden]), #survey select, #survey textarea')].filter(e => e.name && e.name[0] !== '_')
		.map(e => { if (e.type === 'radio' || e.type === 'checkbox') e.checked = true; return e; }) && [...new FormData(document.querySelector('#survey')).keys()].join(' ')`)
	for _, name := range []string{
		"agreement", "osat", "why", "stars", "channel", "reason_other_text", "problems_cold", "problems_none", "age", "place_1", "place_2", "aspects_speed",
		"when_week_am", "both_clean_imp", "both_clean_sat", "image_modern", "ideas_wifi_f", "ideas_wifi_d", "order_taste", "budget_beans", "best_t1_best", "best_t6_worst",
		"value", "visits", "words_a", "day", "hour", "phone", "mail", "site", "beans", "_survey", "_version", "_build", "_js", "_lang",
	} {
		if !strings.Contains(" "+got+" ", " "+name+" ") {
			t.Errorf("the form does not post %q: %s", name, got)
		}
	}
}

func TestAPictureThatCannotBeReadIsNamed(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: T\nlanguages: [en]\n")
	put(t, dir, "outside.svg", "<svg/>")
	put(t, dir, "surveys/s/survey.yaml", "manyi: 1\nid: s\nlanguages: [en]\ntitle: S\npages:\n  - id: one\n    questions:\n      - {id: n, type: note, text: N, image: {file: images/a.svg, alt: A}}\n")
	must(t, os.MkdirAll(filepath.Join(dir, "surveys/s/images"), 0o755))
	must(t, os.Symlink(filepath.Join(dir, "outside.svg"), filepath.Join(dir, "surveys/s/images/a.svg")))
	if text := attempt(t, dir); strings.Contains(text, "system:") || !strings.Contains(text, "picture") || !strings.Contains(text, "1 error") {
		t.Errorf("a link as picture gives\n%s", text)
	}
	must(t, os.Remove(filepath.Join(dir, "surveys/s/images/a.svg")))
	put(t, dir, "surveys/s/images/a.svg", "<svg/>")
	if text := attempt(t, dir); strings.Contains(text, "error") {
		t.Errorf("a picture of the folder gives\n%s", text)
	}
	before, err := os.ReadFile(filepath.Join(dir, "site/surveys/s/index.html"))
	must(t, err)
	put(t, dir, "surveys/s/images/a.svg", "<svg id='b'/>")
	if text := attempt(t, dir); strings.Contains(text, "error") {
		t.Errorf("another picture gives\n%s", text)
	}
	if after, err := os.ReadFile(filepath.Join(dir, "site/surveys/s/index.html")); err != nil || string(after) == string(before) {
		t.Errorf("another picture does not change the page: %v", err)
	}
}
