package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/site"
)

const shop = `manyi: 1
id: shop
languages: [en]
title: Shop
pages:
  - id: main
    questions:
      - {id: osat, type: rating, scale: sat5, text: All in all}
ledgers:
  transactions: {files: [ledger/sold.csv], columns: {who: customer}, dates: DD.MM.YYYY}
`

// workspaceWith writes a workspace of the given files.
func workspaceWith(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// told builds a workspace and returns what was told.
func told(t *testing.T, dir string) (site.Result, string) {
	t.Helper()
	var problems diag.List
	result, err := site.Build(dir, site.Options{Program: "test"}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := problems.WriteText(&b, "en"); err != nil {
		t.Fatal(err)
	}
	return result, b.String()
}

func shopFiles() map[string]string {
	return map[string]string{
		"manyi.yaml": "manyi: 1\ntitle: Site\nlanguages: [en]\n", "surveys/shop/survey.yaml": shop,
		"surveys/shop/ledger/sold.csv": "who,date,revenue\nK1,05.01.2024,10\nK2,06.02.2024,30\n",
	}
}

func TestALedgerIsAnInputOfItsSurvey(t *testing.T) {
	dir := workspaceWith(t, shopFiles())
	if result, said := told(t, dir); result.Built != 1 || said != "" {
		t.Fatalf("%+v\n%s", result, said)
	}
	results := filepath.Join(dir, "site/reports/shop/results.json")
	before, err := os.ReadFile(results)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"surveys/shop/ledger/sold.csv":"sha256:`, `"as_of":"2024-02-06"`, `"ledgers":[{"name":"transactions"`, `"kept":2`} {
		if !strings.Contains(string(before), want) {
			t.Errorf("results.json lacks %s", want)
		}
	}
	if strings.Contains(string(before), "K1") {
		t.Error("results.json names a customer")
	}
	if result, _ := told(t, dir); result.Built != 0 {
		t.Errorf("built again without a change: %+v", result)
	}
	if err := os.WriteFile(filepath.Join(dir, "surveys/shop/ledger/sold.csv"), []byte("who,date,revenue\nK1,05.01.2024,10\nK2,06.02.2024,30\nK3,07.02.2024,5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if result, _ := told(t, dir); result.Built != 1 {
		t.Errorf("not built after a change: %+v", result)
	}
	if after, _ := os.ReadFile(results); string(after) == string(before) || !strings.Contains(string(after), `"kept":3`) {
		t.Error("the results are as they were")
	}
}

func TestFilesThatAreOfNoLedgerAreNamed(t *testing.T) {
	files := shopFiles()
	files["surveys/shop/ledger/notes.csv"] = "a,b\n1,2\n"
	files["surveys/shop/ledger/letter.docx"] = "x"
	delete(files, "surveys/shop/ledger/sold.csv")
	_, said := told(t, workspaceWith(t, files))
	for _, want := range []string{
		"surveys/shop/survey.yaml:10:3: error: ledger \"transactions\" names the file \"ledger/sold.csv\", which is not there", "put it into surveys/shop/ledger/",
		"surveys/shop/ledger/notes.csv: warning: file was not read", "name it like its ledger",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("not told: %s\n%s", want, said)
		}
	}
}
