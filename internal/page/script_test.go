package page_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/page"
	"manyi/internal/survey"
	"manyi/templates"
)

var scriptTags = regexp.MustCompile(`(?s)<script type="application/json" id="model">(.*?)</script>\s*<script>(.*?)</script>`)

// apart takes a survey page apart: all but the script, the model, the script.
func apart(t *testing.T, body []byte) (rest, model, script []byte) {
	t.Helper()
	m := scriptTags.FindSubmatchIndex(body)
	if m == nil {
		t.Fatal("the page has no model and script")
	}
	return slices.Concat(body[:m[4]], body[m[5]:]), body[m[2]:m[3]], body[m[4]:m[5]]
}

// surveyPage is the page of a definition in its languages.
func surveyPage(t *testing.T, definition string) ([]byte, *survey.Survey) {
	t.Helper()
	th, _ := theme(t)
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(definition)}}, "surveys/cafe", &survey.Workspace{Languages: []string{"en"}}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	view := page.Survey{Survey: s, Site: survey.Text{"": "Centre"}, Zone: "Asia/Shanghai"}
	for _, lang := range s.Languages {
		l, err := survey.LoadLocale(templates.Files, lang)
		if err != nil {
			t.Fatal(err)
		}
		view.Locales = append(view.Locales, l)
	}
	body, err := th.Survey(view)
	if err != nil {
		t.Fatal(err)
	}
	return body, s
}

const small = `manyi: 1
id: cafe
version: 2
languages: [en, zh-CN]
title: Café
`

const whole = small + `time_limit: 60
collect: {kiosk: true}
pages:
  - id: one
    randomize: questions
    questions:
      - {id: a, type: yes_no, text: "A {{ region | b }}"}
      - {id: b, type: ranking, text: B, items: [{id: x, label: X}, {id: y, label: Y}]}
      - {id: c, type: constant_sum, text: C, items: [{id: x, label: X}, {id: y, label: Y}]}
      - {id: d, type: slider, text: D}
      - {id: e, type: kano, text: E, features: [{id: x, label: X}]}
      - {id: f, type: cascade, text: F, levels: [{id: x, label: X}, {id: y, label: Y}], branches: [{code: k, label: K, branches: [{code: l, label: L}]}]}
      - {id: g, type: single_choice, text: G, show_if: a == "yes", options: [{code: x, label: X}, {code: y, label: Y}]}
hidden: [{id: region, from: rg, allow: [east, west]}]
`

func TestTheScriptFitsTheBudget(t *testing.T) {
	body, _ := surveyPage(t, whole)
	_, _, script := apart(t, body)
	for _, marker := range []string{"ranking.up", "sum.left", "data-slider", "data-feature", "optgroup", "code.picture", "quiz.left", "imul", "data-pipe", "pointerdown"} {
		if marker != "data-slider" && !strings.Contains(string(script), strings.TrimPrefix(marker, "data-")) {
			t.Errorf("the script of everything lacks %q", marker)
		}
	}
	t.Logf("all modules: %d bytes, %d in gzip", len(script), zipped(t, script))
	if size := zipped(t, script); size > 20<<10 {
		t.Errorf("all modules have %d bytes gzipped, the budget is %d", size, 20<<10)
	}
	body, _ = surveyPage(t, small+"collect: {channel: {type: json, url: \"http://127.0.0.1:1/\"}}\npages: [{id: one, questions: [{id: a, type: yes_no, text: A}]}]\n")
	_, _, plain := apart(t, body)
	t.Logf("least: %d bytes, %d in gzip", len(plain), zipped(t, plain))
	for _, marker := range []string{"ranking.up", "sum.left", "code.picture", "quiz.left", "imul"} {
		if strings.Contains(string(plain), marker) {
			t.Errorf("a survey without it has %q in its script", marker)
		}
	}
}

// TestThePolicyNamesTheScriptAndOneReceiver holds the hashes and addresses of the policy.
func TestThePolicyNamesTheScriptAndOneReceiver(t *testing.T) {
	for channel, want := range map[string]string{
		"": "'none'", "{type: file}": "'none'", "{type: mail, url: \"mailto:cx@example.com\"}": "'none'", "{type: netlify}": "'self'",
		"{type: json, url: \"https://a.example/x\"}": "https://a.example/x", "{type: collector, url: \"https://a.example/x\"}": "https://a.example/x",
	} {
		text := small + "privacy: {recipients: [A relay]}\n"
		if channel != "" {
			text += "collect: {channel: " + channel + "}\n"
		}
		body, _ := surveyPage(t, text+"pages: [{id: one, questions: [{id: a, type: yes_no, text: A}]}]\n")
		_, _, script := apart(t, body)
		sum := sha256.Sum256(script)
		page := strings.ReplaceAll(strings.ReplaceAll(string(body), "&#39;", "'"), "&#43;", "+")
		for _, part := range []string{"script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'", "connect-src " + want + ";", "form-action " + want + ";", "require-trusted-types-for 'script'; trusted-types 'none'", "default-src 'none'"} {
			if !strings.Contains(page, part) {
				t.Errorf("channel %q: the policy lacks %s", channel, part)
			}
		}
		if hasAction := strings.Contains(page, " action="); hasAction != strings.Contains(want, "example") {
			t.Errorf("channel %q: the form has an action: %v", channel, hasAction)
		}
		if netlify := strings.Contains(page, `name="cafe" data-netlify="true"`); netlify != strings.Contains(channel, "netlify") {
			t.Errorf("channel %q: marked for Netlify: %v", channel, netlify)
		}
	}
}

// TestTheModelHoldsWhatTheMarkUpDoesNotSay reads the model of a page back.
func TestTheModelHoldsWhatTheMarkUpDoesNotSay(t *testing.T) {
	body, s := surveyPage(t, small+`collect: {channel: {type: mail, url: "mailto:cx@example.com"}, opens: 2026-01-01, closes: 2026-12-31, embed: true}
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, required: true, text: "</script><!--<script> {{ osat2 | x }}"}
      - {id: osat2, type: rating, scale: sat5, show_if: osat == 1, text: B}
      - id: why
        type: multiple_choice
        min_choices: 1
        text: Why
        options: [{code: "01", label: A}, {code: o, label: Other, write_in: true, anchor: last}, {code: n, label: None, exclusive: true}]
hidden: [{id: region, allow: [east]}]
calculated: [{id: low, expr: osat <= 2}]
endings: [{id: sorry, show_if: low, text: Sorry}, {id: default, text: Thanks}]
`)
	_, raw, _ := apart(t, body)
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	at := func(path ...string) any {
		var v any = m
		for _, p := range path {
			v = v.(map[string]any)[p]
		}
		return v
	}
	for path, want := range map[string]any{
		"survey": "cafe", "build": s.Build(), "channel": "mail", "url": "mailto:cx@example.com", "opens": "2026-01-01", "closes": "2026-12-31", "embed": true, "zone": "Asia/Shanghai",
		"questions osat required": true, "questions why anchors o": "last", "questions why min_choices": 1.0,
		"columns why_01 kind": "tick", "columns why_01 of": "why", "columns why_01 option": "01", "columns why_o_text write_in": "o", "title zh-CN": "Café", "words next zh-CN": "下一页",
	} {
		if got := at(strings.Fields(path)...); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	for path, want := range map[string]string{
		"questions osat2 show_if": `["==",{"n":1,"q":"osat"},1]`, "calculated low": `["<=",{"n":1,"q":"osat"},2]`, "endings": `{"sorry":{"q":"low"}}`,
		"hidden": `[{"allow":["east"],"from":"region","id":"region"}]`, "questions why exclusive": `["n"]`,
	} {
		if got, _ := json.Marshal(at(strings.Fields(path)...)); strings.ReplaceAll(string(got), `\u003c`, "<") != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

// TestEveryWordOfTheScriptIsThere holds the keys that the script says against the locales, and back.
func TestEveryWordOfTheScriptIsThere(t *testing.T) {
	text, err := templates.Files.ReadFile("locales/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var locale struct{ Script map[string]string }
	if err := yaml.Unmarshal(text, &locale); err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	dotted := regexp.MustCompile(`"([a-z_]+\.[a-z_]+)"|(?:say|word|announce|label|replace|notice)\("([a-z_.]+)"`)
	files, err := filepath.Glob("../../templates/theme/survey/*.js")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(string(body))
		for _, m := range dotted.FindAllStringSubmatch(string(body), -1) {
			said[m[1]+m[2]] = true
		}
	}
	delete(said, "section.page") // a selector
	for key := range said {
		if locale.Script[key] == "" {
			t.Errorf("the script says %q, which has no words", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(locale.Script)) {
		if !strings.Contains(all.String(), `"`+strings.TrimSuffix(key, ".one")+`"`) {
			t.Errorf("the words of %q are said nowhere", key)
		}
	}
}
