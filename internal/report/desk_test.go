package report_test

import (
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/report"
	desks "manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

const deskDefinition = `manyi: 1
id: desk
languages: [zh-CN, en]
title: {zh-CN: 服务台, en: Desk}
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, label: {zh-CN: 总体, en: Overall}, text: {zh-CN: 总体, en: Overall}}
      - {id: had, type: yes_no, label: {zh-CN: 问题, en: Problem}, text: {zh-CN: 问题, en: Problem}}
      - {id: voiced, type: yes_no, label: {zh-CN: 投诉, en: Voiced}, text: {zh-CN: 投诉, en: Voiced}}
      - id: did
        type: TYPE
        label: {zh-CN: 行动, en: Did}
        text: {zh-CN: 行动, en: Did}
        options:
          - {code: none, label: {zh-CN: 无, en: None}}
          - {code: told, label: {zh-CN: 告诉, en: Told}}
          - {code: firm, label: {zh-CN: 企业, en: Firm}}
hidden:
  - {id: shop, from: s, allow: [north, south, east]}
segments: [shop]
service:
  desk:
    targets: {on_time: 0.8, repeat: 0.02, satisfied: 0.9, visit: 80, adopted: 0.5, won_back: 0.5}
    scorecards: [provider, manager, product, kind]
    problem: {experienced: {question: had}, voiced: {question: voiced}, handling: [osat]}
    ladder: {question: did, silent: [none], tell: [told], voice: [firm]}
    visits: {segment: shop, compare: osat, critical_rule: RULE}
    labels:
      hotline: {zh-CN: "<b>热线</b>", en: "<b>Line</b>"}
`

// deskReport builds the report of ledgers and answers.
func deskReport(t *testing.T, definition, lang string, files map[string]string) *report.Report {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/desk/survey.yaml": {Data: []byte(definition)}}, "surveys/desk", &survey.Workspace{Languages: []string{"zh-CN", "en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	open := func(text string) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	}
	var sources []ledger.Source
	for _, name := range ledger.Names() {
		if text, ok := files[name]; ok {
			sources = append(sources, ledger.Source{Ledger: name, Source: table.Source{Name: name + ".csv", Open: open(text)}})
		}
	}
	books, err := ledger.Read(sources, ledger.Options{Zone: time.UTC}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	read, err := table.Read(s.Schema(), []table.Source{{Name: "a.csv", Open: open("osat,had,voiced,did,did_none,did_told,did_firm,shop\n" + files["answers"])}}, table.Options{}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	l, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	results := measure.Compute(s, read, measure.Options{MinCell: 5, AsOf: "2026-03-31", Ledgers: books})
	found := desks.Analyse(desks.Input{Survey: s, Ledgers: books, Results: results, Zone: time.UTC})
	return report.Build(s, results, l, report.Options{AsOf: results.AsOf, Service: found})
}

// TestPagesOfTheDeskSayEverythingInWords builds the pages of every edge.
func TestPagesOfTheDeskSayEverythingInWords(t *testing.T) {
	full := map[string]string{"answers": strings.Repeat("5,no,,,0,0,0,north\n4,yes,no,none,1,0,0,south\n2,yes,yes,firm,0,1,1,east\n", 12)}
	for _, name := range []string{"tickets", "suggestions", "visits", "lost", "transactions", "complaints"} {
		b, err := os.ReadFile("../service/testdata/desk/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		full[name] = string(b)
	}
	full["sources"] = "id,name,kind,cost,findings\nhotline,,complaint,100,7\nbook,Book,direct,5,0\nx,,odd,,\n"
	full["actions"] = "id,department,due,done\n" + "A,sales,2026-01-01,2026-01-01\n"
	const visits, tickets = "id,date,unit,item,score,critical\n", "id,kind,opened,arrived,provider,satisfied,visits\n"
	for name, c := range map[string]struct {
		files map[string]string
		pages string
	}{
		"nothing":             {nil, "index"},
		"everything":          {full, "service scorecards voice visits lost"},
		"answers only":        {map[string]string{"answers": full["answers"]}, "voice"},
		"complaints only":     {map[string]string{"complaints": full["complaints"]}, "voice"},
		"nobody complained":   {map[string]string{"answers": strings.Repeat("5,yes,no,none,1,0,0,north\n", 9), "complaints": full["complaints"]}, "voice"},
		"nobody had one":      {map[string]string{"answers": strings.Repeat("5,no,,,,,,north\n", 9), "complaints": full["complaints"]}, "voice"},
		"one ticket":          {map[string]string{"tickets": tickets + "T,repair,2026-03-01T08:00,2026-03-01T09:00,p,5,1\n"}, "service"},
		"five alike":          {map[string]string{"tickets": tickets + "T1,repair,2026-03-01T08:00,2026-03-01T09:00,p,5,1\nT2,repair,2026-03-01T08:00,2026-03-01T09:00,p,5,1\nT3,repair,2026-02-01T08:00,2026-03-01T09:00,q,5,1\nT4,repair,2026-03-01T08:00,2026-03-01T09:00,p,5,1\nT5,repair,2026-03-01T08:00,2026-03-01T09:00,p,5,1\n"}, "service"},
		"ids only":            {map[string]string{"tickets": "id\nT\n", "visits": "id\nV\n", "lost": "id\nL\n", "suggestions": "id\nS\n", "sources": "id\nhotline\n"}, "service voice visits lost"},
		"one visit":           {map[string]string{"visits": visits + "V,2026-01-02,north,a,7,yes\n"}, "visits"},
		"visits of two units": {map[string]string{"answers": full["answers"], "visits": visits + "V,2026-01-02,north,a,7,\nW,2026-01-03,north,a,7,\nX,2026-01-04,north,a,7,\nY,2026-01-04,south,a,2,yes\nZ,2026-02-04,south,a,2,\nU,2026-02-05,south,a,2,\n"}, "visits scorecards"},
		"one lost":            {map[string]string{"lost": "id,date,customer,reason,value\nL,2026-01-02,K,price,9\n", "transactions": "customer,date,revenue\nK,2026-02-01,9\n"}, "lost"},
	} {
		for _, lang := range []string{"en", "zh-CN"} {
			for _, kind := range []string{"single_choice", "multiple_choice"} {
				t.Run(name+" "+lang+" "+kind, func(t *testing.T) {
					rule := map[string]string{"single_choice": "fail", "multiple_choice": "zero"}[kind]
					r := deskReport(t, strings.NewReplacer("TYPE", kind, "RULE", rule).Replace(deskDefinition), lang, c.files)
					text := said(r)
					if at := unfit.FindStringIndex(text); at != nil {
						t.Errorf("%q in %s", text[at[0]:at[1]], text[max(0, at[0]-80):min(len(text), at[1]+80)])
					}
					for want := range strings.FieldsSeq(c.pages) {
						if page(r, want) == nil {
							t.Errorf("no page %s", want)
						}
					}
				})
			}
		}
	}
}

// TestCirculatedNumbersStandApart: what courses repeat is in no figure but as a
// labelled line, and never without its source.
func TestCirculatedNumbersStandApart(t *testing.T) {
	files := map[string]string{"answers": strings.Repeat("5,no,,,0,0,0,north\n4,yes,no,none,1,0,0,south\n2,yes,yes,firm,0,1,1,east\n", 12)}
	r := deskReport(t, strings.NewReplacer("TYPE", "single_choice", "RULE", "fail").Replace(deskDefinition), "en", files)
	f := r.Figures["voice-silent"]
	if f == nil || f.Axis.Reference != .96 || !strings.Contains(f.Axis.RefLabel, "circulated") {
		t.Fatalf("got %+v, want a labelled line at 0.96", f)
	}
	for id, figure := range r.Figures {
		for _, row := range figure.Rows {
			for _, cell := range row.Cells {
				if cell == .96 {
					t.Errorf("%s counts the circulated number among its own", id)
				}
			}
		}
	}
	if text := said(r); !strings.Contains(text, "TARP") {
		t.Error("the provenance is not said")
	}
}
