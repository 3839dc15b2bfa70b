package page_test

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/page"
	"manyi/internal/survey"
	"manyi/templates"
)

// pageOf is the page of a definition whose questions are given, in English.
func pageOf(t *testing.T, look survey.Theme, questions string) string {
	t.Helper()
	files := fstest.MapFS{
		"surveys/cafe/survey.yaml":     {Data: []byte("manyi: 1\nid: cafe\nlanguages: [en]\ntitle: Cafe\nprivacy: {contact: desk 4}\npages:\n  - id: one\n    questions:\n      - {id: osat, type: rating, scale: sat5, required: true, text: All in all}\n" + questions)},
		"surveys/cafe/images/shop.svg": {Data: []byte("<svg/>")},
	}
	var problems diag.List
	s := survey.Parse(files, "surveys/cafe", &survey.Workspace{Languages: []string{"en"}}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	th, err := page.Load(templates.Files, look)
	if err != nil {
		t.Fatal(err)
	}
	l, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	images := map[string][]byte{"surveys/cafe/images/shop.svg": []byte("<svg/>")}
	body, err := th.Survey(page.Survey{Survey: s, Locales: []*survey.Locale{l}, Site: survey.Text{"": "Centre"}, Images: images, Address: "https://example.com/s/"})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// holds reports the parts that a page lacks or must not have.
func holds(t *testing.T, body string, want, not []string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(body, w) {
			t.Errorf("the page lacks %s", w)
		}
	}
	for _, n := range not {
		if strings.Contains(body, n) {
			t.Errorf("the page has %s", n)
		}
	}
}

func TestPipedAnswersStandAsTheirFallback(t *testing.T) {
	body := pageOf(t, survey.Theme{}, `
      - id: why
        type: long_text
        text: "Why {{ osat | <img src=x onerror=alert(1)> }} & not {{osat|more}}?"
      - id: more
        type: note
        text: "You said **{{ osat | *so* <b>x</b> }}**. `+"\ue0f00\ue0f1"+`"
      - {id: pick, type: dropdown, text: Pick, options: [{code: a, label: "{{ osat | this }} one"}, {code: b, label: Other}]}
`)
	holds(t, body, []string{
		`Why <span data-pipe="osat">&lt;img src=x onerror=alert(1)&gt;</span> &amp; not <span data-pipe="osat">more</span>?`,
		`You said <strong><span data-pipe="osat">*so* &lt;b&gt;x&lt;/b&gt;</span></strong>. 0`, `<option value="a" >this one</option>`,
	}, []string{"<img src=x", "<b>x", "{{"})
}

func TestConditionsLiftTheDemandForAnAnswer(t *testing.T) {
	body := pageOf(t, survey.Theme{}, `
      - {id: a, type: short_text, required: true, text: A}
      - {id: b, type: short_text, required: true, show_if: osat <= 2, text: B}
      - {id: c, type: short_text, required_if: osat <= 2, text: C}
      - id: m
        type: matrix
        scale: sat5
        required: true
        text: M
        rows: [{id: x, label: X}, {id: y, label: Y, show_if: osat == 5}]
      - {id: f, type: matrix_multiple, required: true, text: F, rows: [{id: x, label: X}], options: [{code: p, label: P}, {code: q, label: Q}]}
  - id: two
    show_if: osat > 3
    questions:
      - {id: d, type: short_text, required: true, text: D}
`)
	holds(t, body, []string{
		`name="a" required>`, `name="b">`, `name="c">`, `name="d">`, `name="m_x" value="1" required>`, `name="m_y" value="1">`, `name="f_x_p" value="1">`,
		`Answer if you rated “All in all” “Dissatisfied” (2) or lower.`, `Required if you rated “All in all” “Dissatisfied” (2) or lower.`,
		`Answer if you rated “All in all” higher than “Neither satisfied nor dissatisfied” (3).`,
	}, nil)
}

func TestPicturesStandWithinThePageWithTheirTexts(t *testing.T) {
	body := pageOf(t, survey.Theme{}, `
      - id: way
        type: image_choice
        text: Way
        options:
          - {code: s, label: Shop, image: {file: images/shop.svg, alt: A "shop"}}
          - {code: p, label: Phone, image: {file: images/shop.svg, alt: A <phone>}}
`)
	holds(t, body, []string{
		`<img src="data:` + strings.ReplaceAll("image/svg+xml;base64,"+base64.StdEncoding.EncodeToString([]byte("<svg/>")), "+", "&#43;") + `" alt="">`,
		`<span class="skip"><span>A &#34;shop&#34;</span></span>`, `A &lt;phone&gt;`,
	}, []string{"<svg/>"})
}

func TestPaperSaysWhereItGoesAndWhereThePageIs(t *testing.T) {
	holds(t, pageOf(t, survey.Theme{}, ""), []string{
		`<svg class="qr" viewBox="0 0 `, `<p class="address">https://example.com/s/</p>`, `Please return the completed form to: desk 4`, `This form cannot be sent online.`,
	}, []string{"<button>", " action="})
}

var accents = regexp.MustCompile(`--accent:\s*(#[0-9a-f]{6})`)

func TestAnyAccentIsLegibleInLightAndDark(t *testing.T) {
	for _, accent := range []string{"#ffff00", "#ffffff", "#000000", "#1c5a9e", "#c8102e", "#00b388", "#7f7f7f"} {
		body := pageOf(t, survey.Theme{Accent: accent}, "")
		found := accents.FindAllStringSubmatch(body, -1)
		found = found[len(found)-2:] // light, dark
		for i, paper := range []string{"#ffffff", "#0f1622"} {
			if ratio := survey.Contrast(found[i][1], paper); ratio < 4.5 {
				t.Errorf("accent %s becomes %s on %s: contrast %.2f, want 4.5", accent, found[i][1], paper, ratio)
			}
		}
		if survey.Contrast(accent, "#ffffff") >= 4.5 && found[0][1] != accent {
			t.Errorf("accent %s is legible, but becomes %s", accent, found[0][1])
		}
	}
}

func TestFontsOfTheSiteComeFirst(t *testing.T) {
	holds(t, pageOf(t, survey.Theme{Font: `"Source Han Sans SC", sans-serif`}, ""), []string{`:root{--font:"Source Han Sans SC", sans-serif}`}, nil)
}
