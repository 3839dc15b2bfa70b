package site_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/site"
)

const grouped = `manyi: 1
id: cafe
version: 1
languages: [en]
title: Cafe
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: All in all}
      - {id: region, type: single_choice, text: Region, options: [{code: north, label: Northland}, {code: south, label: Southland}, {code: tiny, label: Tinyland}, {code: hamlet, label: Hamlet}]}
derived:
  - {id: area, from: region, bands: {big: [north, south], small: [tiny, hamlet]}}
segments: [region, area]
report:
  pairs: [[region, area]]
  audiences:
    north: {segment: {region: north}}
    tiny: {segment: {region: tiny}}
analyses:
  - {id: index, method: csi, facets: [{id: all, label: All, items: [osat]}]}
`

func groupedSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: Cafes\nlanguages: [en]\n")
	put(t, dir, "surveys/cafe/survey.yaml", grouped)
	var rows strings.Builder
	rows.WriteString("_id,osat,region,_submitted\n")
	for i := range 101 {
		region := []string{"north", "south", "south"}[i%3]
		switch {
		case i >= 93:
			region = "hamlet"
		case i >= 90:
			region = "tiny"
		}
		fmt.Fprintf(&rows, "r%d,%d,%s,2026-01-02\n", i, 1+(i*i+i/7)%5, region)
	}
	put(t, dir, "surveys/cafe/responses/a.csv", rows.String())
	return dir
}

// TestReadersOfOneGroupSeeItsFiguresAndNoOthers holds the report of one group
// to the results of that group in the whole report.
// flowing is a page without the marks of what a line does not break in.
var flowing = strings.NewReplacer(`<span class="nb">`, "", "</span>", "", "&nbsp;", " ", "\u00a0", " ")

func TestReadersOfOneGroupSeeItsFiguresAndNoOthers(t *testing.T) {
	dir := groupedSite(t)
	build(t, dir, site.Options{Program: "test"})
	files := tree(t, dir)
	var whole, part struct {
		Base      map[string]any            `json:"base"`
		Questions map[string]any            `json:"questions"`
		BySegment map[string]map[string]any `json:"by_segment"`
	}
	for name, into := range map[string]any{"site/reports/cafe/results.json": &whole, "site/reports-north/cafe/results.json": &part} {
		if err := json.Unmarshal([]byte(files[name]), into); err != nil {
			t.Fatal(name, err)
		}
	}
	want := whole.BySegment["region"]["north"].(map[string]any)
	for _, id := range []string{"region", "area"} { // what splits the answers into groups
		delete(want["questions"].(map[string]any), id)
	}
	if !reflect.DeepEqual(part.Questions, want["questions"]) || part.Base["responses"] != 30.0 {
		t.Errorf("north: got %v of %v, want %v", part.Questions, part.Base, want)
	}
	if part.BySegment != nil {
		t.Error("the report of one group splits by segment")
	}
	for name, body := range files {
		folder := strings.HasPrefix(name, "site/reports-north/cafe/") || strings.HasPrefix(name, "site/reports-tiny/cafe/")
		if !folder {
			continue
		}
		if strings.Contains(name, "segments") || strings.Contains(name, "method") || strings.Contains(name, "explore") {
			t.Errorf("%s is a page of the whole", name)
		}
		if strings.HasSuffix(name, ".xlsx") {
			body = string(unpacked(t, []byte(body)))
		}
		for _, other := range []string{"Southland", "Tinyland", "Hamlet", "south", "hamlet", "a.csv", "by_pair", "by_segment"} {
			if strings.Contains(body, other) && !strings.HasPrefix(name, "site/reports-tiny/") {
				t.Errorf("%s holds %q, which is of the whole or of another group", name, other)
			}
		}
		body = flowing.Replace(body)
		for _, other := range []string{"101 responses", "base 101", "base 60"} {
			if strings.HasSuffix(name, "index.html") && strings.Contains(body[strings.Index(body, "<main"):], other) {
				t.Errorf("%s holds %q, which is of the whole or of another group", name, other)
			}
		}
	}
	if front := flowing.Replace(files["site/reports-north/cafe/index.html"]); !strings.Contains(front, "Northland · base 30 responses") || !strings.Contains(front, "and nothing else") {
		t.Error("the overview does not say whose it is")
	}
	if front := files["site/reports-tiny/cafe/index.html"]; !strings.Contains(front, "protect") {
		t.Error("a group that is not shown is not said to be hidden")
	}
}

// TestOneAudienceIsBuiltAlone touches no other part of the site.
func TestOneAudienceIsBuiltAlone(t *testing.T) {
	dir := groupedSite(t)
	build(t, dir, site.Options{Program: "test", Only: "reports", Audience: "north"})
	for name := range tree(t, dir) {
		if strings.HasPrefix(name, "site/") && !strings.HasPrefix(name, "site/reports-north/") {
			t.Errorf("%s was written", name)
		}
	}
	build(t, dir, site.Options{Program: "test"})
	all := len(tree(t, dir))
	build(t, dir, site.Options{Program: "test", Only: "reports", Audience: "tiny"})
	if got := len(tree(t, dir)); got != all {
		t.Errorf("%d files, want %d: building one audience removed others", got, all)
	}
	var problems diag.List
	if _, err := site.Build(dir, site.Options{Program: "test", Only: "reports", Audience: "west"}, &problems); err != nil || !problems.Has(diag.Error) {
		t.Errorf("an audience that nobody names was built: %v", err)
	}
}
