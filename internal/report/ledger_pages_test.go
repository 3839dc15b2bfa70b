package report_test

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/report"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

const ledgerDefinition = `manyi: 1
id: shop
languages: [zh-CN, en]
title: {zh-CN: 商店, en: Shop}
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat7, label: {zh-CN: 总体, en: Overall}, text: {zh-CN: 总体, en: Overall}}
      - {id: speed, type: rating, scale: sat7, label: {zh-CN: 速度, en: Speed}, text: {zh-CN: 速度, en: Speed}}
      - {id: again, type: rating, scale: repurchase3, label: {zh-CN: 再购, en: Again}, text: {zh-CN: 再购, en: Again}}
      - {id: tell, type: rating, scale: rec3, label: {zh-CN: 推荐, en: Tell}, text: {zh-CN: 推荐, en: Tell}}
      - {id: brand, type: single_choice, text: {zh-CN: 品牌, en: Brand}, options: [{code: we, label: {zh-CN: 我们, en: We}}, {code: they, label: {zh-CN: 他们, en: They}}]}
hidden:
  - {id: who, from: w, pii: true}
analyses:
  - id: loyal
    method: loyalty
    satisfaction: osat
    repurchase: again
    recommend: tell
    ladder: [{id: supporter, when: {tell: 3}}, {id: rest}]
    economics: {margin: 100, retention: 0.8}
  - {id: brands, method: competitors, brand: brand, own: we, items: [osat, speed], industry: {method: best}}
  - id: people
    method: customers
    join: who
    satisfaction: osat
INTERNAL
segments: [brand]
`

// pagesOf builds a report of rows (osat, speed, again, tell, brand, who) and ledgers by file name.
func pagesOf(t *testing.T, definition, lang string, rows []string, ledgers map[string]string) *report.Report {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/shop/survey.yaml": {Data: []byte(definition)}}, "surveys/shop", &survey.Workspace{Languages: []string{"zh-CN", "en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	open := func(text string) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	}
	read, err := table.Read(s.Schema(), []table.Source{{Name: "a.csv", Open: open("osat,speed,again,tell,brand,who\n" + strings.Join(rows, "\n") + "\n")}}, table.Options{}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	var sources []ledger.Source
	for name, text := range ledgers {
		sources = append(sources, ledger.Source{Ledger: ledger.Named(name), Source: table.Source{Name: name, Open: open(text)}})
	}
	books, err := ledger.Read(sources, ledger.Options{Also: s.LedgerColumns()}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	l, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return report.Build(s, measure.Compute(s, read, measure.Options{MinCell: 5, AsOf: "2025-01-01", Ledgers: books}), l, report.Options{})
}

// said is every text of a report.
func said(r *report.Report) string {
	var b strings.Builder
	for _, p := range r.Pages {
		fmt.Fprintln(&b, p.Name, p.Title, p.Kicker, p.Heading)
		for _, s := range p.Sections {
			fmt.Fprintln(&b, s.Title)
			for _, x := range s.Blocks {
				fmt.Fprintln(&b, x.Text, x.Note, x.Cards, x.Lists)
				if x.Figure != nil {
					fmt.Fprintln(&b, x.Figure.Title, x.Figure.Note)
					for _, row := range x.Figure.Rows {
						fmt.Fprintln(&b, row.Label, row.Series, row.Why)
					}
				}
				if x.Table != nil {
					fmt.Fprintln(&b, x.Table.Caption, x.Table.Note, x.Table.Head, x.Table.Rows)
				}
			}
		}
	}
	return b.String()
}

func repeat(n int, row string) []string {
	var out []string
	for i := range n {
		out = append(out, strings.ReplaceAll(row, "#", fmt.Sprint(i)))
	}
	return out
}

// sales are customers K0 … and their purchases: the first ones the largest.
func sales(n int) map[string]string {
	people, bought := "id,segment,recommend,type\n", "customer,date,revenue,margin,product\n"
	for i := range n {
		people += fmt.Sprintf("K%d,s%d,%d,core\n", i, i%2, i%11)
		for y := 2022; y < 2025; y++ {
			bought += fmt.Sprintf("K%d,%d-0%d-05,%d,%d,p%d\n", i, y, 1+i%9, 100*(n-i), 30*(n-i), i%3)
		}
	}
	return map[string]string{"customers.csv": people, "transactions.csv": bought}
}

// unfit is what no page may say: undefined numbers, missing words, open places.
var unfit = regexp.MustCompile(`NaN|⟨|Inf\b|%!|\{[a-z_]+\}`)

// TestPagesOfLedgersSayEverythingInWords builds pages of every edge: no number
// without words for what is undefined, no key without its text.
func TestPagesOfLedgersSayEverythingInWords(t *testing.T) {
	few := map[string]string{"customers.csv": "id\n", "transactions.csv": "customer,date,revenue\n"}
	for name, c := range map[string]struct {
		rows    []string
		ledgers map[string]string
		pages   string // wanted among the pages
	}{
		"no answers and no ledgers":        {nil, nil, "index"},
		"no answers but ledgers":           {nil, sales(40), "customers"},
		"empty ledgers":                    {repeat(9, "7,7,3,3,we,K#"), few, "customers loyalty competitors"},
		"one transaction":                  {repeat(9, "7,7,3,3,we,K#"), map[string]string{"transactions.csv": "customer,date,revenue\nK1,2024-01-01,5\n"}, "customers"},
		"returns only":                     {repeat(9, "7,7,3,3,we,K#"), map[string]string{"transactions.csv": "customer,date,revenue\nK1,2024-01-01,-5\n"}, "customers"},
		"everything":                       {append(repeat(30, "7,6,3,3,we,K#"), repeat(30, "5,4,2,1,they,K#")...), sales(40), "customers loyalty competitors"},
		"one brand, all the same":          {repeat(9, "7,7,3,3,we,X#"), sales(3), "customers loyalty competitors"},
		"a brand of one response":          {append(repeat(9, "7,7,3,3,we,K#"), "1,1,1,1,they,K1"), sales(40), "loyalty competitors"},
		"nobody answers what is asked":     {repeat(9, ",,,,we,K#"), nil, "loyalty"},
		"too few responses, but customers": {repeat(3, "7,7,3,3,we,K#"), sales(40), "customers"},
	} {
		for _, lang := range []string{"en", "zh-CN"} {
			t.Run(name+" "+lang, func(t *testing.T) {
				r := pagesOf(t, strings.Replace(ledgerDefinition, "INTERNAL\n", "", 1), lang, c.rows, c.ledgers)
				text := said(r)
				if at := unfit.FindStringIndex(text); at != nil {
					t.Errorf("%q in %s", text[at[0]:at[1]], text[max(0, at[0]-80):min(len(text), at[1]+80)])
				}
				for want := range strings.FieldsSeq(c.pages) {
					if page(r, want) == nil {
						t.Errorf("no page %s", want)
					}
				}
				if strings.Contains(text, "K39") {
					t.Error("a customer is named")
				}
			})
		}
	}
}

func TestCoreCustomersAreListedOnlyWhereAsked(t *testing.T) {
	rows := repeat(30, "7,6,3,3,we,K#")
	closed := said(pagesOf(t, strings.Replace(ledgerDefinition, "INTERNAL\n", "", 1), "en", rows, sales(40)))
	open := said(pagesOf(t, strings.Replace(ledgerDefinition, "INTERNAL", "    internal: true", 1), "en", rows, sales(40)))
	if strings.Contains(closed, "K0,") || !strings.Contains(open, "K0, K1, K11") {
		t.Errorf("listed without being asked: %v; listed when asked: %v", strings.Contains(closed, "K0,"), strings.Contains(open, "K0, K1, K11"))
	}
}
