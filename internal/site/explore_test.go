package site_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/site"
)

const pairedDefinition = `manyi: 1
id: paired
languages: [en]
title: Paired
pages:
  - id: all
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: overall}
      - {id: speed, type: rating, scale: sat5, text: speed}
hidden:
  - {id: region, allow: [east, north, south]}
  - {id: tenure, allow: [new, old]}
segments: [region, tenure]
report: {pairs: [[region, tenure]]}
analyses:
  - {id: index, method: csi, facets: [{id: all, items: [osat, speed]}]}
`

// rowOf finds the cells of the row of an item in the explore table.
const rowOf = `const row = (name) => [...[...document.querySelectorAll("#explore-table tbody tr")].find((r) => r.cells[0].textContent === name).cells].map((c) => c.innerText.replace(/\s+/g, " ").trim());`

func TestTwoGroupsStandSideBySideWithTheDifferenceOfR(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), 2*time.Minute)
	defer cancel()
	answers, err := os.ReadFile("../measure/testdata/pairs.csv") // made by pairs.R there
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"manyi.yaml": "manyi: 1\ntitle: Test\nlanguages: [en]\n", "surveys/paired/survey.yaml": pairedDefinition, "surveys/paired/responses/all.csv": string(answers),
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var problems diag.List
	if _, err := site.Build(dir, site.Options{Program: "test"}, &problems); err != nil || problems.Has(diag.Error) {
		t.Fatal(err, problems.Problems())
	}
	var seen visit
	seen.listen(t, ctx)
	file := filepath.Join(dir, "site", "reports", "paired", "explore.html")
	open(t, ctx, view{1280, "light"}, file)
	evaluate[int](t, ctx, `location.hash = "m=score&ag=region:east/tenure:old&bg=region:east/tenure:new"; new Promise((done) => setTimeout(() => done(0), 50))`)
	want := expectedOfR(t)
	for _, c := range []struct {
		measure, key string
		factor       float64
		decimals     int
	}{{"score", "osat.score", 1, 1}, {"top", "osat.top", 100, 1}} {
		evaluate[int](t, ctx, `{ const s = document.querySelector(".sides select[name=m]"); s.value = [...s.options].findIndex((o) => o.text.startsWith({score: "Score", top: "Share"}["`+c.measure+`"])); s.dispatchEvent(new Event("change")); 0 }`)
		got := evaluate[string](t, ctx, `{`+rowOf+`row("overall")[3] }`)
		w := want["east.old-east.new,"+c.key]
		printed := func(i int) string {
			return "+" + strconv.FormatFloat(w[i]*c.factor, 'f', c.decimals, 64) + map[string]string{"top": "%"}[c.measure]
		}
		if text := printed(1) + " " + printed(2) + " – " + printed(3); got != text {
			t.Errorf("%s: the difference is %q, by R %q", c.measure, got, text)
		}
	}
	for name, of := range map[string]string{"a": "east × old", "b": "east × new"} {
		if text := evaluate[string](t, ctx, `document.querySelector(".sides select[name=`+name+`g]").selectedOptions[0].text`); text != of {
			t.Errorf("side %s is %q", name, text)
		}
	}
	if hash := evaluate[string](t, ctx, `location.hash`); !strings.Contains(hash, "m=top") || !strings.Contains(hash, "tenure") {
		t.Errorf("the address is %q", hash)
	}
	if said := evaluate[string](t, ctx, `document.getElementById("shown").textContent`); !strings.Contains(said, "region × tenure: east × old (") || !strings.Contains(said, "above 0 for 2 items") {
		t.Errorf("said %q", said)
	}
	evaluate[int](t, ctx, `const g = document.querySelector(".sides select[name=bg]"); g.value = "0"; g.dispatchEvent(new Event("change")); 0`)
	if got := evaluate[string](t, ctx, `{`+rowOf+`row("overall")[3] }`); !strings.Contains(got, "shared respondents") {
		t.Errorf("of a group and everyone: %q", got)
	}
	messages, _ := seen.take()
	for _, m := range messages {
		t.Error("browser:", m)
	}
}

// expectedOfR are the rows of the expected file: n, value, low, high.
func expectedOfR(t *testing.T) map[string][]float64 {
	t.Helper()
	f, err := os.Open("../measure/testdata/pairs.expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]float64{}
	for _, row := range rows[1:] {
		for _, cell := range row[2:6] {
			x, _ := strconv.ParseFloat(cell, 64)
			out[row[0]+","+row[1]] = append(out[row[0]+","+row[1]], x)
		}
	}
	return out
}

func TestTablesAreSortedByTheirColumns(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(browser(t), 2*time.Minute)
	defer cancel()
	file := filepath.Join(built(t), "reports", "sfo", "en", "explore.html")
	open(t, ctx, view{1280, "light"}, file)
	const column = `const table = document.querySelector("#explore-table"), head = table.tHead.rows[0].cells[1];
		const groups = () => { const out = []; for (const r of table.tBodies[0].rows) { if (r.querySelector("[scope=rowgroup]")) out.push([r.textContent]); else { if (!out.length) out.push([""]); out.at(-1).push(r.cells[1].dataset.value); } } return JSON.stringify(out); };
		const ordered = (way) => JSON.parse(groups()).every(([, ...v]) => v.every((x, i) => !i || way * (x - v[i - 1]) >= 0));
		const names = () => JSON.stringify(JSON.parse(groups()).map((g) => [g[0], g.length]));`
	got := evaluate[string](t, ctx, column+`const before = groups(), heads = names(); let out = [];
		for (const way of [1, -1, 0]) { head.querySelector("button").click(); out.push([head.getAttribute("aria-sort"), way ? ordered(way) : groups() === before, names() === heads]); }
		JSON.stringify(out)`)
	if want := `[["ascending",true,true],["descending",true,true],[null,true,true]]`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	open(t, ctx, view{1280, "light"}, strings.Replace(file, "explore.html", "segments.html", 1))
	if last := evaluate[bool](t, ctx, `const t = document.querySelector("[data-foot]").closest("table"); t.tHead.rows[0].cells[1].querySelector("button").click(); "foot" in t.tBodies[0].lastElementChild.dataset`); !last {
		t.Error("the base does not stay last")
	}
	if n := evaluate[int](t, ctx, `[...document.querySelectorAll("main table")].filter((t) => t.tBodies[0].rows.length > 2 && !t.querySelector("thead button, [rowspan]")).length`); n != 0 {
		t.Errorf("%d tables cannot be sorted", n)
	}
}
