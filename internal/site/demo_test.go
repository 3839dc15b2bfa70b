package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/site"
)

// demo is a folder of the test's own with the demo workspace, the repository's
// root, as it is after a build: a copy of the shared one, which the program takes
// for what it built itself.
func demo(t *testing.T) string {
	t.Helper()
	built(t)
	dir := filepath.Join(t.TempDir(), "demo")
	if err := os.CopyFS(dir, os.DirFS(shared.dir)); err != nil {
		t.Fatal(err)
	}
	if result := build(t, dir, site.Options{Program: "test"}); result.Built != 0 || result.Written != 0 || result.Removed != 0 {
		t.Fatalf("got %+v of a copied workspace, want nothing built, written or removed", result)
	}
	return dir
}

// shared is one build of the demo for all tests.
var shared struct {
	once sync.Once
	dir  string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.dir != "" {
		_ = os.RemoveAll(shared.dir)
	}
	os.Exit(code)
}

// built is the site of the demo, not to be changed.
func built(t *testing.T) string {
	t.Helper()
	shared.once.Do(func() {
		dir, err := os.MkdirTemp("", "manyi-demo")
		if err != nil {
			t.Fatal(err)
		}
		shared.dir = dir
		inputs(t, dir)
		build(t, dir, site.Options{Program: "test"})
	})
	return filepath.Join(shared.dir, "site")
}

// workspace copies the inputs of the demo workspace to a folder of the test's own.
func workspace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	inputs(t, dir)
	return dir
}

func inputs(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"surveys", "content"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join("..", "..", name))); err != nil {
			t.Fatal(err)
		}
	}
	body, err := os.ReadFile(filepath.Join("..", "..", "manyi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "manyi.yaml"), body, 0o644); err != nil {
		t.Fatal(err)
	}
}

// build builds a workspace that must have no error.
func build(t *testing.T, dir string, opt site.Options) site.Result {
	t.Helper()
	var problems diag.List
	result, err := site.Build(dir, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	if problems.Has(diag.Error) {
		var text strings.Builder
		_ = problems.WriteText(&text, "en")
		t.Fatal(text.String())
	}
	return result
}

// The auditor finds nothing in the reports of the demo.
func TestTheDemoTellsNothingOfFewPeople(t *testing.T) {
	var problems diag.List
	n, err := site.Audit(filepath.Dir(built(t)), "", &problems)
	if err != nil || n == 0 {
		t.Fatalf("%d reports read: %v", n, err)
	}
	for _, p := range problems.Problems() {
		if p.Severity == diag.Error {
			t.Errorf("%s: %s", p.Place, p.Summary)
		}
	}
}
