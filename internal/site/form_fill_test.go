package site_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// move is one answer: the column, its kind, and what to give.
type move struct{ name, kind, value string }

// moves fills the form of testdata/form, one list a page.
var moves = [][]move{
	{{"osat", "radio", "2"}, {"why", "text", "Too <img src=x onerror=alert(1)> slow"}, {"rec", "radio", "3"}, {"problems_late", "tick", "1"}, {"problems_other", "tick", "1"}, {"problems_other_text", "text", "雨天"}},
	{{"aspects_speed", "radio", "2"}, {"aspects_skill", "radio", "4"}, {"used_buy_web", "tick", "1"}, {"dual_price_imp", "radio", "5"}, {"dual_price_sat", "radio", "2"}, {"feel_mod", "radio", "6"}},
	{
		{"rank_a", "select", "2"},
		{"rank_b", "select", "1"},
		{"rank_c", "select", "3"},
		{"share_a", "text", "60"},
		{"share_b", "text", "４０"},
		{"bw_t1_best", "first", ""},
		{"bw_t1_worst", "last", ""},
		{"bw_t2_best", "first", ""},
		{"bw_t2_worst", "last", ""},
		{"bw_t3_best", "first", ""},
		{"bw_t3_worst", "last", ""},
		{"bw_t4_best", "first", ""},
		{"bw_t4_worst", "last", ""},
		{"kn_app_f", "radio", "1"},
		{"kn_app_d", "radio", "5"},
		{"kn_chat_f", "radio", "3"},
		{"kn_chat_d", "radio", "3"},
		{"slide", "text", "70"},
		{"visits", "text", "１２"},
		{"city_prov", "select", "js"},
		{"city_town", "select", "sz"},
	},
	{
		{"kind", "select", "f"},
		{"names_one", "text", "Ada"},
		{"mail", "text", "ada@example.com"},
		{"tel", "text", "13800001234"},
		{"site", "text", "https://example.com/x"},
		{"bought", "date", "2026-10-05"},
		{"hour", "time", "14:30"},
		{"short", "text", "\"'`</script>"},
		{"ok", "tick", "1"},
	},
}

// filled is the record of moves; where a task of best and worst stands, the design decides.
func filled(t *testing.T, r *receiver) map[string]string {
	t.Helper()
	want := map[string]string{
		"osat": "2", "why": "Too <img src=x onerror=alert(1)> slow", "rec": "3",
		"problems_late": "1", "problems_rude": "0", "problems_parts": "0", "problems_other": "1", "problems_none": "0", "problems_other_text": "雨天",
		"aspects_speed": "2", "aspects_skill": "4", "used_buy_web": "1", "used_buy_phone": "0", "used_ask_web": "0", "used_ask_phone": "0",
		"dual_price_imp": "5", "dual_price_sat": "2", "feel_mod": "6", "rank_a": "2", "rank_b": "1", "rank_c": "3", "share_a": "60", "share_b": "40",
		"kn_app_f": "1", "kn_app_d": "5", "kn_chat_f": "3", "kn_chat_d": "3", "slide": "70", "visits": "12", "city_prov": "js", "city_town": "sz",
		"kind": "f", "names_one": "Ada", "names_two": "", "mail": "ada@example.com", "tel": "13800001234", "site": "https://example.com/x",
		"bought": "2026-10-05", "hour": "14:30", "short": "\"'`</script>", "ok": "yes", "region": "east", "unhappy": "true",
	}
	for _, p := range r.survey.Pages {
		for _, q := range p.Questions {
			if q.ID == "bw" {
				for i, set := range q.Design() {
					want[fmt.Sprintf("bw_t%d_best", i+1)], want[fmt.Sprintf("bw_t%d_worst", i+1)] = set[0], set[len(set)-1]
				}
			}
		}
	}
	return want
}

// hand gives answers in one way: by keyboard, by touch, or by assignment.
type hand interface {
	give(t *testing.T, ctx context.Context, m move)
	press(t *testing.T, ctx context.Context, selector string)
}

func walk(t *testing.T, ctx context.Context, h hand) {
	t.Helper()
	for i, list := range moves {
		until(t, ctx, fmt.Sprintf(`document.querySelector('[name="%s"]').checkVisibility()`, list[0].name))
		for _, m := range list {
			h.give(t, ctx, m)
		}
		if i == 0 {
			if got := evaluate[string](t, ctx, `document.querySelector('#q-why label').innerText`); !strings.Contains(got, "issatisfied") && !strings.Contains(got, "不满意") {
				t.Errorf("the answer is not piped: %q", got)
			}
		}
		h.press(t, ctx, ".next")
	}
}

// keyboard moves with Tab and answers with the keys people use.
type keyboard struct{}

func (keyboard) reach(t *testing.T, ctx context.Context, where string) {
	t.Helper()
	for range 120 {
		if evaluate[bool](t, ctx, `(a => `+where+`)(document.activeElement)`) {
			return
		}
		must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.Tab)))
	}
	t.Fatalf("Tab never leads to %s", where)
}

func (k keyboard) give(t *testing.T, ctx context.Context, m move) {
	t.Helper()
	k.reach(t, ctx, `a.name === "`+m.name+`"`)
	switch m.kind {
	case "tick":
		must(t, chromedp.Do(ctx, chromedp.KeyEvent(" ")))
	case "last":
		must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.ArrowUp)))
		if !evaluate[bool](t, ctx, `(a => a.checked && [...document.getElementsByName(a.name)].at(-1) === a)(document.activeElement)`) {
			t.Fatalf("the arrow up does not lead to the last of %s", m.name)
		}
	case "radio", "first":
		must(t, chromedp.Do(ctx, chromedp.KeyEvent(" ")))
		wanted := `a.value === "` + m.value + `"`
		if m.kind == "first" {
			wanted = `document.getElementsByName(a.name)[0] === a`
		}
		for range 12 {
			if evaluate[bool](t, ctx, `(a => a.checked && `+wanted+`)(document.activeElement)`) {
				return
			}
			must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.ArrowDown)))
		}
		t.Fatalf("the arrows never lead to %s %s", m.name, m.value)
	case "select":
		for range 8 {
			if evaluate[string](t, ctx, `document.activeElement.value`) == m.value {
				return
			}
			must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.ArrowDown)))
		}
		t.Fatalf("the arrows never lead to %s %s", m.name, m.value)
	case "date":
		must(t, chromedp.Do(ctx, chromedp.KeyEvent("10052026")))
	case "time":
		must(t, chromedp.Do(ctx, chromedp.KeyEvent("0230PM")))
	default:
		must(t, chromedp.Do(ctx, chromedp.KeyEvent(m.value)))
	}
}

func (k keyboard) press(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	k.reach(t, ctx, `a.matches("`+selector+`")`)
	must(t, chromedp.Do(ctx, chromedp.KeyEvent(kb.Enter)))
}

// touch taps; what a phone offers of its own (lists, dates) is set as its picker would.
type touch struct{}

func (touch) tap(t *testing.T, ctx context.Context, element string) {
	t.Helper()
	at := evaluate[[]float64](t, ctx, `(e => { const box = e.closest('label') || e; box.scrollIntoView({block: 'center', behavior: 'instant'}); const r = box.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })(`+element+`)`)
	must(t, chromedp.Do(ctx, chromedp.TapXY(at[0], at[1])))
}

func (h touch) give(t *testing.T, ctx context.Context, m move) {
	t.Helper()
	switch m.kind {
	case "radio":
		h.tap(t, ctx, `document.querySelector('[name="`+m.name+`"][value="`+m.value+`"]')`)
	case "first":
		h.tap(t, ctx, `document.getElementsByName("`+m.name+`")[0]`)
	case "last":
		h.tap(t, ctx, `[...document.getElementsByName("`+m.name+`")].at(-1)`)
	case "tick":
		h.tap(t, ctx, `document.getElementsByName("`+m.name+`")[0]`)
	case "text":
		h.tap(t, ctx, `document.getElementsByName("`+m.name+`")[0]`)
		until(t, ctx, `document.activeElement.name === "`+m.name+`"`)
		must(t, chromedp.Do(ctx, call(input.InsertText, input.InsertTextParams{Text: m.value}))) // as the keyboard of a phone does
	default:
		evaluate[int](t, ctx, fmt.Sprintf(`(e => { e.value = %q; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); return 0; })(document.getElementsByName(%q)[0])`, m.value, m.name))
	}
}

func (h touch) press(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	h.tap(t, ctx, `document.querySelector("`+selector+`")`)
}

// assigned sets the controls as they are, without events: no script hears of it.
type assigned struct{}

func (assigned) give(t *testing.T, ctx context.Context, m move) {
	t.Helper()
	set := map[string]string{
		"radio": `all.find(e => e.value === value).checked = true`, "first": `all[0].checked = true`, "last": `all.at(-1).checked = true`, "tick": `all[0].checked = true`,
	}[m.kind]
	if set == "" {
		set = `all[0].value = value`
	}
	value := strings.NewReplacer("４０", "40", "１２", "12").Replace(m.value) // a number box takes no others
	evaluate[int](t, ctx, fmt.Sprintf(`((all, value) => { %s; return 0; })([...document.getElementsByName(%q)], %q)`, set, m.name, value))
}

func TestEveryTypeIsFilledInByKeyboard(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), 90*time.Second)
	defer cancel()
	filledIn(t, ctx, view{1280, "light"}, "en", keyboard{})
}

func TestEveryTypeIsFilledInByTouch(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), 90*time.Second)
	defer cancel()
	must(t, chromedp.Do(ctx, call(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})))
	filledIn(t, ctx, view{390, "dark"}, "zh-CN", touch{})
}

// filledIn answers every question and compares what is posted.
func filledIn(t *testing.T, ctx context.Context, v view, lang string, h hand) {
	t.Helper()
	var seen visit
	seen.listen(t, ctx)
	r := receive(t, everyForm(t))
	open(t, ctx, v, r.URL+"/?lang="+lang+"&rg=east&o=bad&unknown=1")
	walk(t, ctx, h)
	until(t, ctx, `document.querySelector('.after h2')`)
	posts := r.take(t, 1)
	if len(posts) != 1 || !strings.HasPrefix(posts[0].Kind, "application/x-www-form-urlencoded") {
		t.Fatalf("%d posts, the first of %q", len(posts), posts[0].Kind)
	}
	payload := unpack(posts[0].Kind, posts[0].Body).Payload
	got := flat(t, r.survey, payload)
	different(t, withoutMeta(got), filled(t, r))
	if got["_lang"] != lang || got["_js"] != "1" || got["_mode"] != "web" || got["_survey"] != "every" || got["_version"] != "2" || len(got["_id"]) != 26 || got["_seed"] == "" || !strings.Contains(got["_order"], "aspects=") {
		t.Errorf("metadata: %v", got)
	}
	if said := evaluate[string](t, ctx, `document.querySelector('.after').innerText`); !strings.Contains(said, map[string]string{"en": "We will follow up.", "zh-CN": "我们将尽快跟进。"}[lang]) {
		t.Errorf("the ending is not shown: %s", said)
	}
	if answers := readable(t, r.survey, "posts.jsonl", payload+"\n"); answers.Count.Counted != 1 {
		t.Errorf("%+v", answers.Count)
	}
	seen.quiet(t, r.URL)
}

func TestEveryTypeIsFilledInWithoutScript(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	r := receive(t, everyForm(t))
	withoutScript(t, ctx)
	open(t, ctx, view{390, "light"}, r.URL)
	for _, list := range moves {
		for _, m := range list {
			assigned{}.give(t, ctx, m)
		}
	}
	must(t, chromedp.Do(ctx, chromedp.Click(`.end button`)))
	got := fields(t, r.take(t, 1)[0].Body)
	want := filled(t, r)
	for _, name := range []string{"region", "unhappy", "problems_rude", "problems_parts", "problems_none", "used_buy_phone", "used_ask_web", "used_ask_phone"} {
		delete(want, name) // known with script only, or not ticked
	}
	different(t, withoutMeta(got), want)
	if got["_js"] != "0" || got["_lang"] != "en" || got["_build"] != r.survey.Build() {
		t.Errorf("metadata: %v", got)
	}
	readable(t, r.survey, "posts.jsonl", asJSON(t, got))
}
