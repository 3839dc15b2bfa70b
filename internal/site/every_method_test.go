//go:build unix

package site_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// everyColumns are the columns of testdata/every_method.yaml that answers are given in.
var everyColumns = strings.Fields(`_id _submitted osat rec easy again tell met_a met_b met_c met_d hoped_a hoped_b least_a least_b imp_a imp_b imp_c
	ideas_wifi_f ideas_wifi_d ideas_oat_f ideas_oat_d brand problems_late problems_cold order_x order_y order_z budget_x budget_y
	best_t1_best best_t1_worst visits rise cut why region role account member wt`)

// everyRow is one response: different from row to row, or the same in all.
func everyRow(i int, equal bool) map[string]string {
	k := i
	if equal {
		k = 0
	}
	at := func(step, n int) string { return fmt.Sprint((k*step+step)%n + 1) }
	row := map[string]string{
		"osat": at(3, 5), "rec": at(7, 10), "easy": at(5, 7), "again": at(2, 3), "tell": at(1, 3), "met_a": at(1, 5), "met_b": at(2, 5),
		"met_c": at(3, 5), "met_d": at(4, 5), "hoped_a": at(2, 5), "hoped_b": at(1, 5), "least_a": at(3, 4), "least_b": at(1, 3),
		"imp_a": at(1, 5), "imp_b": at(3, 5), "imp_c": at(2, 5), "ideas_wifi_f": at(1, 5), "ideas_wifi_d": at(2, 5), "ideas_oat_f": at(3, 5),
		"ideas_oat_d": at(4, 5), "problems_late": fmt.Sprint(k % 2), "problems_cold": fmt.Sprint(k / 2 % 2), "order_x": "1", "order_y": "2", "order_z": "3",
		"budget_x": fmt.Sprint(k * 7 % 100), "budget_y": fmt.Sprint(100 - k*7%100), "visits": fmt.Sprint(k % 9), "rise": fmt.Sprint(k * 3 % 50), "cut": fmt.Sprint(k * 5 % 40),
		"brand": []string{"we", "they", "others"}[k%3], "region": []string{"east", "south"}[k%2], "role": []string{"boss", "user"}[k/2%2],
		"why": "Canary words", "account": fmt.Sprint("CanaryAccount", k/3), "member": fmt.Sprint("CanaryMember", i), "wt": fmt.Sprint(1 + k%3), "best_t1_best": "", "best_t1_worst": "",
	}
	row["_id"], row["_submitted"] = fmt.Sprint("CanaryID", i), fmt.Sprintf("%d-03-%02d", 2025+k%2, 1+k%28)
	return row
}

// everyAnswers writes n responses; change may alter each.
func everyAnswers(n int, equal bool, change func(i int, row map[string]string)) string {
	var b strings.Builder
	b.WriteString(strings.Join(everyColumns, ",") + "\n")
	for i := range n {
		row := everyRow(i, equal)
		if change != nil {
			change(i, row)
		}
		for j, c := range everyColumns {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(row[c])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// everyWorkspace is the survey of every method with these answers, after the replacements in its definition.
func everyWorkspace(t *testing.T, answers string, replace ...string) string {
	t.Helper()
	definition, err := os.ReadFile("testdata/every_method.yaml")
	must(t, err)
	dir := t.TempDir()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: {en: Every, zh-CN: 全部}\nlanguages: [en, zh-CN]\n")
	put(t, dir, "surveys/every/survey.yaml", strings.NewReplacer(replace...).Replace(string(definition)))
	put(t, dir, "surveys/every/responses/a.csv", answers)
	put(t, dir, "surveys/every/ledger/transactions.csv", "customer,date,revenue,margin\nCanaryMember0,2025-01-05,10,2\nCanaryMember0,2025-07-05,10,2\nCanaryMember1,2026-01-05,-3,\n")
	return dir
}

// notWords are what a page must never say.
var notWords = regexp.MustCompile(`\bNaN\b|[+-]?\bInf\b|⟨|\bundefined\b|%!|<nil>`)

// codeOfPages is what is code on a page, where such words may stand; the tables beside charts are data.
var codeOfPages = regexp.MustCompile(`(?s)<script( src[^>]*)?>.*?</script>|<style\b.*?</style>`)

// unpacked is what the parts of a workbook hold.
func unpacked(t *testing.T, body []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	must(t, err)
	var out []byte
	for _, f := range z.File {
		part, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(part)
		must(t, err)
		out = append(append(out, text...), '\n')
	}
	return out
}

// whole fails the test where a page of the site says what is no word, results.json is none, or a canary of the answers is in a file.
func whole(t *testing.T, dir string) {
	t.Helper()
	keepsSchema(t, dir)
	pages := 0
	must(t, filepath.WalkDir(filepath.Join(dir, "site"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".js") && d.Name() != "search.js" {
			return err
		}
		body, err := os.ReadFile(name)
		must(t, err)
		if strings.HasSuffix(name, ".xlsx") {
			body = unpacked(t, body)
		}
		short, _ := filepath.Rel(dir, name)
		if strings.HasSuffix(name, ".json") && !json.Valid(body) {
			t.Errorf("%s is not valid", short)
		}
		text := codeOfPages.ReplaceAll(body, nil)
		for _, at := range notWords.FindAllIndex(text, 3) {
			t.Errorf("%s: %q", short, text[max(0, at[0]-150):min(len(text), at[1]+60)])
		}
		if at := strings.Index(string(body), "Canary"); at >= 0 {
			t.Errorf("%s holds an answer: %q", short, body[max(0, at-100):min(len(body), at+60)])
		}
		if strings.HasSuffix(name, ".csv") && !strings.HasPrefix(d.Name(), "buyers-") && !strings.HasPrefix(d.Name(), "features-") {
			// not the ledger of customers, nor the coefficients of Kano, which follow from counts that are shown
			noSmallBase(t, short, string(body))
		}
		pages++
		return nil
	}))
	if pages < 12 {
		t.Errorf("only %d files were built", pages)
	}
}

// noSmallBase fails the test where a table tells a figure of 1 to 4 answers.
func noSmallBase(t *testing.T, name, body string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	must(t, err)
	for _, row := range rows[1:] {
		for i, cell := range row {
			if n, err := strconv.ParseFloat(cell, 64); err == nil && (rows[0][i] == "n" || strings.HasSuffix(rows[0][i], "_n")) && n > 0 && n < 5 {
				t.Errorf("%s: a row of a base of %v: %q", name, n, row)
			}
		}
	}
}

func TestEveryMethodAtOnceOnTinyData(t *testing.T) {
	empty := func(_ int, row map[string]string) {
		for c := range row {
			if !strings.HasPrefix(c, "_") {
				row[c] = ""
			}
		}
	}
	weigh := func(of func(i int) string) func(int, map[string]string) {
		return func(i int, row map[string]string) { row["wt"] = of(i) }
	}
	for name, c := range map[string]struct {
		answers  string
		weighted bool
		filter   string
	}{
		"no rows":              {everyAnswers(0, false, nil), false, ""},
		"1 row":                {everyAnswers(1, false, nil), false, ""},
		"2 rows":               {everyAnswers(2, false, nil), false, ""},
		"4 rows":               {everyAnswers(4, false, nil), true, ""},
		"5 rows":               {everyAnswers(5, false, nil), true, ""},
		"6 rows":               {everyAnswers(6, false, nil), false, ""},
		"11 rows":              {everyAnswers(11, false, nil), true, ""},
		"nothing answered":     {everyAnswers(30, false, empty), true, ""},
		"all equal":            {everyAnswers(40, true, nil), true, ""},
		"a group of one":       {everyAnswers(41, false, func(i int, row map[string]string) { row["region"] = []string{"east", "north"}[i/40] }), false, ""},
		"weights of 0":         {everyAnswers(40, false, weigh(func(int) string { return "0" })), true, ""},
		"one weight":           {everyAnswers(40, false, weigh(func(i int) string { return []string{"", "2"}[max(0, i-38)] })), true, ""},
		"huge weights":         {everyAnswers(40, false, weigh(func(i int) string { return []string{"1e-300", "1e300"}[i%2] })), true, ""},
		"a filter leaves none": {everyAnswers(40, false, nil), true, "osat > 5"},
		"a filter leaves 1":    {everyAnswers(40, false, nil), false, "visits == 0 and rise == 27"},
		"a filter leaves few":  {everyAnswers(40, false, nil), false, "visits == 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			weights, filter := "", c.filter
			if c.weighted {
				weights = "weights: {column: wt}"
			}
			if filter != "" {
				filter = fmt.Sprintf("report: {filter: %q}", filter)
			}
			dir := everyWorkspace(t, c.answers, "WEIGHTS", weights+"\n"+filter, "RETURN", `["2", "3"]`)
			if text := attempt(t, dir); strings.Contains(text, "error") || strings.Contains(text, "system:") {
				t.Error(text)
			}
			whole(t, dir)
		})
	}
}
