package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/site"
)

// demo builds a copy of the demo workspace, the repository's root, and returns its folder.
func demo(t *testing.T) string {
	t.Helper()
	dir := workspace(t)
	build(t, dir, site.Options{Program: "test"})
	return dir
}

// workspace copies the inputs of the demo workspace to a folder of the test's own.
func workspace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
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
	return dir
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
