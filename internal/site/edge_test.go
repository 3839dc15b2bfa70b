package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manyi/internal/site"
)

const thin = `manyi: 1
id: small
version: 1
languages: [zh-CN, en]
title: Small
pages:
  - id: one
    questions:
      - id: osat
        type: rating
        scale: sat5
        metric: csat
        text: All in all
      - id: effort
        type: likert
        scale: agree7
        metric: ces
        reverse: true
        text: Easy
      - id: nps
        type: nps
        metric: nps
        text: Recommend
      - id: aspects
        type: matrix
        scale: sat7
        text: Aspects
        rows:
          - {id: a, label: A}
          - {id: b, label: B}
          - {id: c, label: C}
          - {id: d, label: D}
          - {id: e, label: E}
      - id: why
        type: multiple_choice
        text: Why
        options:
          - {code: x, label: X}
          - {code: y, label: Y}
      - id: visits
        type: number
        text: Visits
      - id: note
        type: long_text
        text: Anything else
hidden:
  - {id: region, from: r, allow: [north, south]}
segments: [region, band]
derived:
  - {id: band, from: visits, bands: {few: 0..2, many: 3..99}}
WAVES
WEIGHTS
`

const heading = "_id,_wave,w,region,osat,effort,nps,aspects_a,aspects_b,aspects_c,aspects_d,aspects_e,why_x,why_y,visits,note\n"

// rows repeats a row n times with ids of its own.
func rows(n int, prefix, row string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(prefix + strings.Repeat("i", i+1) + "," + row + "\n")
	}
	return b.String()
}

const row = "1,north,4,6,9,5,5,6,6,7,1,0,3,hello"

func TestThinAnswersGiveSentencesNotNumbers(t *testing.T) {
	waves := "waves: [{id: \"1\", label: One}, {id: \"2\", label: Two}]"
	weights := "weights: {column: w}"
	for _, c := range []struct {
		name, waves, weights, answers string
	}{
		{"no file", "", "", ""},
		{"no row", "", "", heading},
		{"one answer", "", "", heading + rows(1, "a", ","+row)},
		{"two answers", "", "", heading + rows(2, "a", ","+row)},
		{"enough to show, all alike", "", "", heading + rows(8, "a", ","+row)},
		{"all missing", "", "", heading + rows(8, "a", ",1,,,,,,,,,,,,,")},
		{"a segment of one", "", "", heading + rows(40, "a", ","+row) + rows(1, "b", ",1,south,1,1,1,1,1,1,1,1,0,1,1,")},
		{"two waves, one empty", waves, "", heading + rows(12, "a", "1,"+row)},
		{"two waves alike", waves, "", heading + rows(12, "a", "1,"+row) + rows(12, "b", "2,"+row)},
		{"two waves, one too small to show", waves, "", heading + rows(12, "a", "1,"+row) + rows(2, "b", "2,"+row)},
		{"weights of zero", "", weights, heading + rows(8, "a", ",0,north,4,6,9,5,5,6,6,7,1,0,3,hello")},
		{"some weights of zero", waves, weights, heading + rows(9, "a", "1,0,north,4,6,9,5,5,6,6,7,1,0,3,hello") + rows(9, "b", "1,2,south,3,6,9,5,5,6,6,7,1,0,3,hello") + rows(20, "c", "2,"+row)},
		{"answers that break the definition", "", "", heading + rows(8, "a", ",1,west,9,x,11,0,8,5,5,5,2,2,-,hello")},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			definition := strings.Replace(strings.Replace(thin, "WAVES", c.waves, 1), "WEIGHTS", c.weights, 1)
			files := map[string]string{"manyi.yaml": "manyi: 1\ntitle: T\nlanguages: [zh-CN, en]\n", "surveys/small/survey.yaml": definition}
			if c.answers != "" {
				files["surveys/small/responses/all.csv"] = c.answers
			}
			write(t, dir, files)
			build(t, dir, site.Options{Program: "test"})
			for name, body := range tree(t, filepath.Join(dir, "site")) {
				if !strings.HasSuffix(name, ".html") && !strings.HasSuffix(name, ".json") && !strings.HasSuffix(name, ".csv") {
					continue
				}
				for _, bad := range []string{"NaN", "Inf", "⟨", "%!", "hello"} {
					if at := strings.Index(body, bad); at >= 0 {
						t.Errorf("%s has %q: …%s…", name, bad, body[max(0, at-60):min(len(body), at+60)])
					}
				}
			}
		})
	}
}

// write puts files into a workspace.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, body := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTextOfDefinitionsIsShownNeverRun(t *testing.T) {
	poison := `</script><img src=x onerror=alert(1)>"'{.}${7*7}`
	dir := t.TempDir()
	quoted := "'" + strings.ReplaceAll(poison, "'", "''") + "'"
	definition := strings.NewReplacer("title: Small", "title: "+quoted, "text: All in all", "text: "+quoted, "label: A}", "label: "+quoted+"}", "label: X}", "label: "+quoted+"}", "WAVES", "", "WEIGHTS", "").Replace(thin)
	write(t, dir, map[string]string{
		"manyi.yaml":                      "manyi: 1\ntitle: " + quoted + "\nlanguages: [zh-CN, en]\n",
		"surveys/small/survey.yaml":       definition,
		"surveys/small/responses/all.csv": heading + rows(40, "a", ","+row),
	})
	build(t, dir, site.Options{Program: "test"})
	for name, body := range tree(t, filepath.Join(dir, "site")) {
		if strings.HasSuffix(name, ".html") && strings.Contains(body, "<img") {
			t.Errorf("%s lets mark-up through", name)
		}
	}
	if body := tree(t, filepath.Join(dir, "site"))["surveys/small/index.html"]; !strings.Contains(body, "&lt;img src=x onerror=alert(1)&gt;") {
		t.Error("the survey page does not show the text as written")
	}
}

func TestADamagedStateCostsTimeOnly(t *testing.T) {
	for _, text := range []string{"", "garbage", `{"format":3,"surveys":{"gone":null}}`, `{"format":3,"shared":{"packed":".\n"},"surveys":{"gone":{"packed":"../x 1\n. 2\n"}}}`} {
		dir := t.TempDir()
		write(t, dir, map[string]string{
			"manyi.yaml": "manyi: 1\ntitle: T\nlanguages: [zh-CN, en]\n", ".manyi/state.json": text,
			"surveys/small/survey.yaml": strings.Replace(strings.Replace(thin, "WAVES", "", 1), "WEIGHTS", "", 1),
		})
		if result := build(t, dir, site.Options{Program: "test"}); result.Built != 1 {
			t.Errorf("%q: got %+v, want one survey built", text, result)
		}
	}
}
