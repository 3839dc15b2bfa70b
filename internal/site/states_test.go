package site_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"manyi/internal/site"
)

// state is a survey in a condition that a page must have words for.
type state struct {
	id     string
	items  []string // the names of the rated rows
	groups []string // the names of the groups
	answer func(i int) (group int, rated []string)
	n      int
}

func ratings(i, items int) []string {
	out := make([]string, items)
	for k := range out {
		out[k] = fmt.Sprint(1 + (i*7+k*3+i/5+k*i)%5)
	}
	return out
}

func numbered(word string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprint(word, " ", i+1)
	}
	return out
}

// awkward are labels as somebody will once write them.
var awkward = []string{
	strings.Repeat("无断句的长标签", 12), "Donaudampfschifffahrtsgesellschaftskapitän" + strings.Repeat("x", 158),
	"كانت الخدمة سريعة وودودة في جميع الأوقات", "שירות ✨ 🙂 👩‍👩‍👧‍👦 very quick", "A label of a length that people do write when they want to be precise about everything at once, and then some",
}

// states are the conditions: nobody, too few, tiny groups, awkward labels, many groups, one item, one answer, none.
func states() []state {
	items, two := numbered("Item", 4), []string{"North", "South"}
	every := func(i int) (int, []string) { return i % 2, ratings(i, 4) }
	return []state{
		{"nobody", items, two, every, 0},
		{"four", items, two, every, 4},
		{"tiny", items, []string{"Most", "Some", "Eight", "Three", "One"}, func(i int) (int, []string) {
			for g, until := range []int{120, 180, 188, 191, 192} {
				if i < until {
					return g, ratings(i, 4)
				}
			}
			return 0, ratings(i, 4)
		}, 192},
		{"awkward", awkward, awkward, func(i int) (int, []string) { return i % 5, ratings(i, 5) }, 200},
		{"sixty", items, numbered("Branch", 60), func(i int) (int, []string) { return i % 60, ratings(i, 4) }, 900},
		{"one_item", items[:1], two, func(i int) (int, []string) { return i % 2, ratings(i, 1) }, 80},
		{"alike", items, two, func(i int) (int, []string) { return i % 2, []string{"4", "4", "4", "4"} }, 60},
		{"blank", items, two, func(i int) (int, []string) { return i % 2, []string{"", "", "", ""} }, 60},
	}
}

// statesWorkspace writes a survey for each state.
func statesWorkspace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: States\nlanguages: [zh-CN, en]\nas_of: 2026-06-30\n")
	for _, s := range states() {
		put(t, dir, "surveys/"+s.id+"/survey.yaml", s.survey())
		if s.n > 0 {
			put(t, dir, "surveys/"+s.id+"/responses/a.csv", s.responses())
		}
	}
	return dir
}

func (s state) survey() string {
	var rows, groups, ids strings.Builder
	for k, name := range s.items {
		fmt.Fprintf(&rows, "          - {id: r%d, label: %q}\n", k, name)
		fmt.Fprintf(&ids, ", aspects_r%d", k)
	}
	for k, name := range s.groups {
		fmt.Fprintf(&groups, "          - {code: g%d, label: %q}\n", k, name)
	}
	items := strings.TrimPrefix(ids.String(), ", ")
	analyses := fmt.Sprintf("  - {id: index, method: csi, facets: [{id: all, label: %q, items: [%s]}]}\n  - {id: nps, method: nps, question: recommend}\n", s.items[0], items)
	if len(s.items) > 1 {
		analyses += "  - {id: drivers, method: drivers, outcome: osat, items: [" + items + "]}\n"
		analyses += "  - {id: matrix, method: importance_performance, importance: derived, outcome: osat, items: ["
		for k := range s.items {
			analyses += fmt.Sprintf("{id: i%d, performance: aspects_r%d}, ", k, k)
		}
		analyses = strings.TrimSuffix(analyses, ", ") + "]}\n"
	}
	return fmt.Sprintf(`manyi: 1
id: %s
version: 1
languages: [zh-CN, en]
title: %q
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: All in all}
      - {id: recommend, type: nps, text: "Would you recommend us?"}
      - id: aspects
        type: matrix
        scale: sat5
        text: %q
        rows:
%s      - id: branch
        type: single_choice
        text: "Where?"
        options:
%ssegments: [branch]
analyses:
%s`, s.id, "State "+s.items[0], "How satisfied are you with "+s.items[0], rows.String(), groups.String(), analyses)
}

func (s state) responses() string {
	var out strings.Builder
	out.WriteString("_id,_submitted,osat,recommend,branch")
	for k := range s.items {
		fmt.Fprintf(&out, ",aspects_r%d", k)
	}
	out.WriteString("\n")
	for i := range s.n {
		group, rated := s.answer(i)
		recommend := ""
		if rated[0] != "" {
			recommend = fmt.Sprint(2 * (i % 6))
			if s.id == "alike" {
				recommend = "9"
			}
		}
		fmt.Fprintf(&out, "%s%d,2026-05-%02d,%s,%s,g%d,%s\n", s.id, i, 1+i%28, rated[0], recommend, group, strings.Join(rated, ","))
	}
	return out.String()
}

// broken are words that no page may show.
var broken = regexp.MustCompile(`NaN|\+Inf|-Inf|%!|<nil>|\{[a-z_]+\}|map\[`)

// TestEveryStateHasWords builds a report in every state: pages exist, say
// something in their heading, and show no broken value.
func TestEveryStateHasWords(t *testing.T) {
	dir := statesWorkspace(t)
	build(t, dir, site.Options{Program: "test"})
	for _, s := range states() {
		front, err := os.ReadFile(filepath.Join(dir, "site", "reports", s.id, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`<h1>[^<]*\S`).Match(front) {
			t.Errorf("%s: the overview has no heading", s.id)
		}
	}
	for _, name := range pages(t, filepath.Join(dir, "site")) {
		body, err := os.ReadFile(filepath.Join(dir, "site", name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(filepath.ToSlash(name), "reports/") {
			if _, main, ok := bytes.Cut(body, []byte("<main")); ok {
				if found := broken.Find(regexp.MustCompile(`(?s)<script.*?</script>`).ReplaceAll(main, nil)); found != nil {
					t.Errorf("%s shows %q", name, found)
				}
			}
		}
	}
}

// TestEveryStateFitsTheScreen looks at every page of the reports in every state
// on a phone and at a desk.
func TestEveryStateFitsTheScreen(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	dir := statesWorkspace(t)
	build(t, dir, site.Options{Program: "test"})
	root := filepath.Join(dir, "site")
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	names := slices.DeleteFunc(pages(t, root), func(name string) bool {
		return !strings.HasPrefix(filepath.ToSlash(name), "reports/") || strings.Contains(filepath.ToSlash(name), "/methods/")
	})
	inTabs(t, ctx, func(t *testing.T, ctx context.Context, seen *visit, tab int) {
		for i := tab; i < len(names); i += tabs {
			v := view{390, "light"}
			if strings.Contains(filepath.ToSlash(names[i]), "/en/") {
				v = view{1280, "dark"}
			}
			t.Run(fmt.Sprintf("%s %d", names[i], v.width), func(t *testing.T) { sound(t, ctx, seen, root, names[i], v, string(axe)) })
			if t.Failed() && ctx.Err() != nil {
				return
			}
		}
	})
}
