package survey

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"manyi/internal/diag"
)

// judge checks the files of an archive as a workspace and returns what is printed.
func judge(t *testing.T, files []txtar.File) string {
	t.Helper()
	workspace := fstest.MapFS{}
	var surveys []string
	for _, f := range files {
		if f.Name == "want" {
			continue
		}
		workspace[f.Name] = &fstest.MapFile{Data: f.Data}
		if path.Base(f.Name) == "survey.yaml" {
			surveys = append(surveys, path.Dir(f.Name))
		}
	}
	var problems diag.List
	var site *Workspace
	if _, ok := workspace["manyi.yaml"]; ok {
		site = ParseWorkspace(workspace, &problems)
	}
	for _, dir := range surveys {
		if s := Parse(workspace, dir, site, &problems); s != nil {
			s.Schema() // must hold whatever the faults are
			s.Items()
		}
	}
	var b strings.Builder
	if err := problems.WriteText(&b, "en"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// samples returns the archives of testdata by their names.
func samples(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	out := map[string]*txtar.Archive{}
	for _, name := range names {
		if out[name], err = txtar.ParseFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestFaultsAreNamedWithPlaceAndCure(t *testing.T) {
	for name, a := range samples(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			got, want := judge(t, a.Files), ""
			at := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					at, want = i, string(f.Data)
				}
			}
			if got == want && at >= 0 {
				return
			}
			if os.Getenv("UPDATE") == "" {
				t.Fatalf("got\n%s\nwant\n%s", got, want)
			}
			if at < 0 {
				at, a.Files = len(a.Files), append(a.Files, txtar.File{Name: "want"})
			}
			a.Files[at].Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}
