package survey

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// showcase is the survey of the repository with a question of every type.
func showcase(t *testing.T) *Survey {
	t.Helper()
	var problems diag.List
	s := Parse(os.DirFS("../.."), "surveys/every_type", nil, &problems)
	if s == nil || problems.Has(diag.Error) || problems.Has(diag.Warning) {
		t.Fatalf("the showcase has faults: %v", problems.Problems())
	}
	return s
}

func TestTheShowcaseHasEveryTypeAndEveryWayToShuffle(t *testing.T) {
	types, ways := map[string]bool{}, map[string]bool{}
	for _, p := range showcase(t).Pages {
		for _, q := range p.Questions {
			types[string(q.Type)], ways[q.Randomize] = true, true
		}
	}
	for _, want := range questionTypes {
		if !types[want] {
			t.Errorf("the showcase has no %s", want)
		}
	}
	for _, want := range []string{"rows", "options", "items"} {
		if !ways[want] {
			t.Errorf("the showcase shuffles no %s", want)
		}
	}
}

// describe is a field in one line: what its cells may be.
func describeField(f table.Field) string {
	out := f.ID + " " + [...]string{"choice", "tick", "open", "number", "text"}[f.Kind]
	switch {
	case f.Kind == table.Choice:
		out += " " + strings.Join(f.Codes, "/")
	case f.Kind == table.Tick:
		out += " " + f.Question + "=" + f.Option
	case f.Kind == table.Number:
		out += fmt.Sprintf(" %v..%v", f.Min, f.Max)
		if f.Integer {
			out += " whole"
		}
	case f.Length > 0:
		out += fmt.Sprintf(" ≤%d", f.Length)
	}
	if f.Pattern != nil {
		out += " pattern"
	}
	return out
}

func TestEveryTypeHasTheColumnsOfTheFormat(t *testing.T) {
	got := map[string][]string{}
	s := showcase(t)
	schema := s.Schema()
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			for _, f := range schema.Fields {
				if f.ID == q.ID || strings.HasPrefix(f.ID, q.ID+"_") {
					got[string(q.Type)] = append(got[string(q.Type)], describeField(f))
				}
			}
		}
	}
	for kind, want := range map[string]string{
		"image_choice":          "channel choice shop/app",
		"cascade":               "place_1 choice shanghai/hangzhou; place_2 choice jingan/xuhui/xihu/binjiang",
		"matrix_multiple":       "when_week_am tick when_week=am; when_week_noon tick when_week=noon; when_week_pm tick when_week=pm; when_week_eve tick when_week=eve; when_weekend_am tick when_weekend=am; when_weekend_noon tick when_weekend=noon; when_weekend_pm tick when_weekend=pm; when_weekend_eve tick when_weekend=eve",
		"matrix_dual":           "both_clean_imp choice 1/2/3; both_clean_sat choice 1/2/3/4/5; both_choice_imp choice 1/2/3; both_choice_sat choice 1/2/3/4/5",
		"semantic_differential": "image_modern choice 1/2/3/4/5; image_lively choice 1/2/3/4/5",
		"ranking":               "order_taste number 1..4 whole; order_price number 1..4 whole; order_place number 1..4 whole; order_near number 1..4 whole",
		"constant_sum":          "budget_beans number 0..100 whole; budget_staff number 0..100 whole; budget_room number 0..100 whole",
		"kano":                  "ideas_wifi_f choice 1/2/3/4/5; ideas_wifi_d choice 1/2/3/4/5; ideas_oat_f choice 1/2/3/4/5; ideas_oat_d choice 1/2/3/4/5",
		"slider":                "value number 0..100",
		"multi_text":            "words_a text ≤20; words_b text ≤20; words_c text ≤20",
		"email":                 "mail text ≤254 pattern",
		"phone":                 "phone text ≤40 pattern",
		"url":                   "site text ≤2000 pattern",
		"date":                  "day open ≤10 pattern",
		"time":                  "hour open ≤5 pattern",
		"consent":               "agreement choice yes/no",
	} {
		if joined := strings.Join(got[kind], "; "); joined != want {
			t.Errorf("%s\n got %s\nwant %s", kind, joined, want)
		}
	}
	items := "aroma/warm/cup/music/light/plug/cake/smile"
	if want := []string{"best_t1_best choice " + items, "best_t1_worst choice " + items}; !slices.Equal(got["max_diff"][:2], want) || len(got["max_diff"]) != 12 {
		t.Errorf("max_diff has %v, want 12 that start with %v", got["max_diff"], want)
	}
}

func TestEveryColumnIsOfAnItemAndOfTheDefinition(t *testing.T) {
	s := showcase(t)
	covered := map[string]bool{}
	for _, item := range s.Items() {
		covered[item.ID] = true
		if item.Label("en") == "" || item.Label("zh-CN") == item.ID {
			t.Errorf("item %s has no label", item.ID)
		}
		if item.Type == MultipleChoice {
			for _, o := range item.Scale.Options {
				covered[item.ID+"_"+o.Code] = true
			}
		}
	}
	for _, f := range s.Schema().Fields {
		if !covered[f.ID] && !strings.HasSuffix(f.ID, "_text") {
			t.Errorf("column %s is of no item", f.ID)
		}
	}
}

func TestPatternsTakeWhatPeopleWrite(t *testing.T) {
	for kind, answers := range map[Type]struct{ right, wrong []string }{
		Email: {[]string{"a@b.cn", "li.wei+x@例子.中国", "o'neil@mail.example.com"}, []string{"a@b", "a b@c.de", "@b.cn", "a@b.", "a@b@c.de"}},
		Phone: {[]string{"13800138000", "+86 138-0013-8000", "(021) 5555 1234"}, []string{"12", "call me", "+", "123456789012345678901234567890123456789012"}},
		URL:   {[]string{"https://example.com/", "http://例子.中国/评价?id=1"}, []string{"example.com", "javascript:alert(1)", "https://", "https:///x", "http://a b"}},
		Date:  {[]string{"2026-11-22", "1999-01-31"}, []string{"2026-13-01", "2026-1-1", "22.11.2026", "2026-11-32"}},
		Time:  {[]string{"00:00", "23:59"}, []string{"24:00", "9:30", "12:60", "12:30:00"}},
	} {
		for _, a := range answers.right {
			if !kind.Pattern().MatchString(a) {
				t.Errorf("%s refuses %q", kind, a)
			}
		}
		for _, a := range answers.wrong {
			if kind.Pattern().MatchString(a) {
				t.Errorf("%s takes %q", kind, a)
			}
		}
	}
}

func TestWhatRespondentsSeeOfATypeChangesTheIdentity(t *testing.T) {
	source, err := os.ReadFile("../../surveys/every_type/survey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	whole := hashed(t, source)
	for _, change := range [][2]string{
		{"en: A phone that shows a confirmed order", "en: A telephone"},
		{"label: {zh-CN: 西湖店, en: West Lake}", "label: {zh-CN: 西湖店, en: Westlake}"},
		{"look: star", "look: smiley"},
		{"tasks: 6", "tasks: 8"},
		{"total: 100", "total: 10"},
		{"step: 5", "step: 10"},
		{"latest: 2026-12-31", "latest: 2026-12-30"},
		{"high: {zh-CN: 现代, en: Modern}", "high: {zh-CN: 摩登, en: Modern}"},
		{"correct: ethiopia", "correct: brazil"},
		{"score: 2", "score: 3"},
		{"time_limit: 30", "time_limit: 60"},
		{`show_if: channel == "app", anchor: last`, `anchor: last`},
		{"If you can have oat milk", "If there is oat milk"},
		{"en: Importance}, scale: importance3", "en: Importance}, scale: importance5"},
	} {
		if changed := strings.Replace(string(source), change[0], change[1], 1); changed == string(source) || hashed(t, []byte(changed)) == whole {
			t.Errorf("%q for %q does not change the identity", change[1], change[0])
		}
	}
}
