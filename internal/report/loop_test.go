package report_test

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/report"
	ledgers "manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

// loopPages are the pages of the workspace of package service, with some files in
// place of its own.
func loopPages(t *testing.T, lang string, other map[string]string) *report.Report {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("../service/testdata/loop")
	if err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		body, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: body}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for name, text := range other {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	s := survey.Parse(files, "surveys/care", ws, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	var answers []table.Source
	var books []ledger.Source
	for name := range files {
		source := table.Source{Name: name, Open: func() (io.ReadCloser, error) { return files.Open(name) }}
		switch path.Base(path.Dir(name)) {
		case "responses":
			source.Wave = strings.TrimSuffix(path.Base(name), ".csv")
			answers = append(answers, source)
		case "ledger":
			books = append(books, ledger.Source{Ledger: ledger.Named(path.Base(name)), Source: source})
		}
	}
	slices.SortFunc(answers, func(a, b table.Source) int { return strings.Compare(a.Name, b.Name) })
	read, err := table.Read(s.Schema(), answers, table.Options{Waves: []string{"2024", "2025", "2026"}}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := ledger.Read(books, ledger.Options{}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	results := measure.Compute(s, read, measure.Options{MinCell: 5, AsOf: ws.AsOf, Ledgers: kept})
	l, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	found := ledgers.Analyse(ledgers.Input{Survey: s, Ledgers: kept, Results: results, Zone: time.UTC})
	return report.Build(s, results, l, report.Options{AsOf: results.AsOf, Service: found})
}

// loopTexts are all words of the pages of the loop.
func loopTexts(r *report.Report) string {
	var b strings.Builder
	for _, p := range r.Pages {
		if strings.HasPrefix(p.Name, "actions") || strings.HasPrefix(p.Name, "topic") || strings.HasPrefix(p.Name, "four") || strings.HasPrefix(p.Name, "unit") {
			fmt.Fprintf(&b, "%s\n%s\n%s\n%s\n", p.Name, p.Title, p.Kicker, p.Heading)
			for _, s := range p.Sections {
				fmt.Fprintf(&b, "%+v\n", s.Title)
				for _, block := range s.Blocks {
					fmt.Fprintf(&b, "%s %s %+v %+v %+v\n", block.Text, block.Note, block.Lists, block.Cards, block.Findings)
					if block.Table != nil {
						fmt.Fprintf(&b, "%+v\n", *block.Table)
					}
					if f := block.Figure; f != nil {
						fmt.Fprintf(&b, "%s %s %s\n", f.Title, f.Note, f.CSV())
					}
				}
			}
		}
	}
	return b.String()
}

func TestThePagesOfTheLoop(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		r := loopPages(t, lang, nil)
		var names []string
		for _, p := range r.Pages {
			if slices.Contains(names, p.Name) {
				t.Errorf("two pages are called %q", p.Name)
			}
			names = append(names, p.Name)
		}
		for _, want := range []string{"actions", "topic-phone", "topic-no-2", "four-part", "four-part-no-2", "units", "unit-west"} {
			if !slices.Contains(names, want) {
				t.Errorf("%s: no page %q: %v", lang, want, names)
			}
		}
		if slices.Contains(names, "unit-lake") {
			t.Error("a unit of three answers has a page")
		}
		all := strings.ReplaceAll(loopTexts(r), "Target:NaN", "")
		for _, bad := range []string{"NaN", "loop.", "{figure}", "{n}", "%!"} {
			if i := strings.Index(all, bad); i >= 0 {
				t.Errorf("%s: %q stands on a page: %s", lang, bad, all[max(0, i-120):min(len(all), i+80)])
			}
		}
	}
	en := loopTexts(loopPages(t, "en", nil))
	for _, want := range []string{"**11 actions** are on the board: **1 overdue**. Of 8", "38 days overdue", "Friendly manner improved**, from 58.2 to 70.4", "7.9 away from its target** of 70.0", "rank 4 of 4", "no evidence", "worse", "Chen\u00a0Li", "335 days"} {
		if !strings.Contains(en, want) {
			t.Errorf("not said: %s", want)
		}
	}
}

// What authors write is hostile: ids that are no addresses, marks, long texts.
func TestHostileWordsOfTheLoop(t *testing.T) {
	nasty := `"><script>alert(1)</script> **x** {{.}} ../../etc ` + strings.Repeat("长", 300)
	r := loopPages(t, "en", map[string]string{
		"surveys/care/ledger/actions.yaml": fmt.Sprintf("- {id: %q, kind: %q, metric: %q, cause: [%q, \"a < b\", \"b < a\"], countermeasure: %q, owner: %q, department: %q, opened: 2026-01-01, verdict: %q}\n- {metric: aspects_speed}\n- {id: x}\n", nasty, nasty, nasty, nasty, nasty, nasty, nasty, nasty),
		"surveys/care/ledger/topics.yaml":  fmt.Sprintf("- {id: %q, title: %q, plan: %q, metric: %q, state: %q}\n- {id: ../up}\n- {id: NO-2}\n- {id: con}\n", nasty, nasty, nasty, nasty, nasty),
	})
	for _, p := range r.Pages {
		if strings.ContainsAny(p.Name, "/.<>\" ") || len(p.Name) > 80 {
			t.Errorf("page %q", p.Name)
		}
	}
	for id := range r.Figures {
		if strings.ContainsAny(id, "/.<>\" ") {
			t.Errorf("figure %q", id)
		}
	}
}
