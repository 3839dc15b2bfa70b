package site_test

import (
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"manyi/internal/site"
)

var (
	figureOf   = regexp.MustCompile(`(?s)<figure class="figure" id="fig-([^"]*)".*?</figure>`)
	methodOf   = regexp.MustCompile(`class="method" href="([^"]*)" aria-label="[^"]+"`)
	howOf      = regexp.MustCompile(`(?s)<p class="how">.*?</p>`)
	hrefOf     = regexp.MustCompile(` href="([^"#]+)"`)
	idOf       = regexp.MustCompile(` id="([^"]*)"`)
	withinOf   = regexp.MustCompile(` href="#([^"]*)"`)
	noReport   = regexp.MustCompile(`^site/reports(-[a-z]+)?/(index[^/]*\.html$|gallery/|methods/|schedule/)`)
	methodFile = regexp.MustCompile(`^site/reports(-[a-z]+)?/methods/`)
)

// explained fails the test for a figure without a link to its method, a page
// without a line on how it is computed, and a link that leads nowhere.
func explained(t *testing.T, files map[string]string) {
	t.Helper()
	figures := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasPrefix(name, "site/reports") || path.Ext(name) != ".html" {
			continue
		}
		body := files[name]
		if !noReport.MatchString(name) {
			for _, m := range figureOf.FindAllStringSubmatch(body, -1) {
				figures++
				if to := methodOf.FindStringSubmatch(m[0]); to == nil {
					t.Errorf("%s: figure %s has no link to its method", name, m[1])
				}
			}
			if !howOf.MatchString(body) {
				t.Errorf("%s does not say how it is computed", name)
			}
		}
		if methodFile.MatchString(name) && strings.Contains(body, "**") {
			t.Errorf("%s has asterisks that are no emphasis", name)
		}
		for _, m := range hrefOf.FindAllStringSubmatch(body, -1) {
			to := path.Join(path.Dir(name), m[1])
			if strings.HasPrefix(m[1], "data:") || !strings.Contains(to, "/methods/") && !methodFile.MatchString(name) {
				continue
			}
			if _, ok := files[to]; !ok {
				t.Errorf("%s links to %s, which is not there", name, m[1])
			}
		}
	}
	if figures == 0 {
		t.Error("no figure was looked at")
	}
}

func TestEveryFigureOfTheDemosLeadsToItsMethod(t *testing.T) {
	files := tree(t, filepath.Dir(built(t)))
	explained(t, files)
	for _, name := range []string{"site/reports/methods/", "site/reports/methods/en/"} {
		for _, page := range []string{"index", "glossary", "facts", "csi", "kano", "pareto", "intervals"} {
			if files[name+page+".html"] == "" {
				t.Errorf("there is no %s%s.html", name, page)
			}
		}
		if files[name+"max-diff.html"] != "" {
			t.Errorf("%smax-diff.html is there, and no report links to it", name)
		}
	}
}

func TestEveryFigureOfEveryMethodLeadsToIt(t *testing.T) {
	dir := everyWorkspace(t, everyAnswers(120, false, nil), "WEIGHTS", "weights: {column: wt}", "RETURN", `["2", "3"]`)
	build(t, dir, site.Options{Program: "test"})
	files := tree(t, dir)
	explained(t, files)
	for _, name := range []string{"ces", "crosstab", "customers", "economics", "enterprise", "loyalty", "competitors", "ranking", "two-factor", "weighting", "zone-of-tolerance"} {
		if files["site/reports/methods/"+name+".html"] == "" {
			t.Errorf("no report links to %s", name)
		}
	}
}

func TestTextsOfAuthorsLinkToMethods(t *testing.T) {
	files, said := contentSite(t, map[string]string{"note.en.md": "See [the gap](method:gap) and the [words](method:glossary).\n"})
	for name, want := range map[string]string{
		"site/reports/cafe/note-note.html":  `<a class="nb" href="../methods/gap.html">the gap</a> and the <a class="nb" href="../methods/glossary.html">words</a>`,
		"site/reports/methods/gap.html":     "<h1>",
		"site/reports/methods/index.html":   `<a href="gap.html">`,
		"site/reports/index.html":           `href="methods/index.html"`,
		"site/reports/cafe/index.html":      `<a href="../methods/csi.html">`,
		"site/reports/methods/privacy.html": "noindex",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s has no %s\n%s", name, want, said)
		}
	}
	explained(t, files)
	_, said = contentSite(t, map[string]string{"note.en.md": "One\n\nSee [it](method:gaps).\n"})
	for _, want := range []string{`content/cafe/note.en.md:3:10: error: there is no method page "gaps"`, `did you mean "gap"?`} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in\n%s", want, said)
		}
	}
}

func TestAWorkspaceReplacesMethodPages(t *testing.T) {
	all := maps.Clone(six)
	all["content/methods/csi.en.md"] = "---\ntitle: Our index\nsays: How are we?\n---\nAs [shares](method:csat) go.\n"
	dir := workspaceWith(t, all)
	build(t, dir, site.Options{Program: "test"})
	files := tree(t, dir)
	if body := files["site/reports/methods/csi.html"]; !strings.Contains(body, `<h1>Our index</h1>`) || !strings.Contains(body, `As <a class="nb" href="csat.html">shares</a> go.`) {
		t.Error(body)
	}
	if !strings.Contains(files["site/reports/cafe/index.html"], ">Our index</a>") {
		t.Error("the report has the old title")
	}
	if r := build(t, dir, site.Options{Program: "test"}); r.Written != 0 || r.Built != 0 {
		t.Errorf("%d written, %d built where nothing changed", r.Written, r.Built)
	}
	put(t, dir, "content/methods/csi.en.md", "---\ntitle: Our index\nsays: How are we?\n---\nNew.\n")
	build(t, dir, site.Options{Program: "test"})
	if body := tree(t, dir)["site/reports/methods/csi.html"]; !strings.Contains(body, "<p>New.</p>") {
		t.Error(body)
	}
}

func TestFaultsInMethodPagesAreNamed(t *testing.T) {
	all := maps.Clone(six)
	all["content/methods/csi.en.md"] = "---\ntitle: Ours\n---\nText\n"
	all["content/methods/gap.en.md"] = "---\ntitle: Ours\nsays: What?\n---\n[x](method:kanno)\n"
	all["content/methods/knao.en.md"] = "Text\n"
	_, said := told(t, workspaceWith(t, all))
	for _, want := range []string{
		`content/methods/csi.en.md:1: error: the head of the method page cannot be read`, `content/methods/gap.en.md:5:5: error: there is no method page "kanno"`, `did you mean "kano"?`,
		`content/methods/knao.en.md: warning: file was not read`, `did you mean "content/methods/kano.en.md"?`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in\n%s", want, said)
		}
	}
}

func TestASingleFileHoldsItsMethods(t *testing.T) {
	all := maps.Clone(six)
	all["content/cafe/note.en.md"] = "See [the gap](method:gap).\n"
	dir := workspaceWith(t, all)
	build(t, dir, site.Options{Program: "test", Single: true})
	body := tree(t, dir)["site/reports/cafe/cafe-report.html"]
	ids := map[string]bool{}
	for _, m := range idOf.FindAllStringSubmatch(body, -1) {
		ids[m[1]] = true
	}
	for _, m := range withinOf.FindAllStringSubmatch(body, -1) {
		if !ids[m[1]] {
			t.Errorf("the link #%s leads nowhere", m[1])
		}
	}
	for _, want := range []string{`See <a class="nb" href="#method-gap">the gap</a>`, `<article id="method-csi"`, `<article id="method-gap"`, `class="method" href="#method-`} {
		if !strings.Contains(body, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	if strings.Contains(body, "../") {
		t.Error("the file leads out of itself")
	}
}

func TestAudiencesHaveTheirOwnMethods(t *testing.T) {
	all := maps.Clone(six)
	all["surveys/cafe/survey.yaml"] = strings.Replace(six["surveys/cafe/survey.yaml"], `report: {filter: "osat >= 1"}`, "report: {audiences: {staff: {pages: [questions]}}}", 1)
	dir := workspaceWith(t, all)
	_, said := told(t, dir)
	files := tree(t, dir)
	if files["site/reports-staff/methods/questions.html"] == "" || files["site/reports-staff/methods/privacy.html"] != "" {
		t.Errorf("not the methods of the pages of the audience\n%s", said)
	}
	explained(t, files)
}
