// Package layers checks that the packages import in one direction only.
package layers

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers are the packages from the ground up; a package imports only packages
// of earlier lines. ARCHITECTURE.md says what each is for.
var layers = [][]string{
	{"templates", "content", "internal/diag", "internal/stat", "internal/pdf", "internal/importer/draft", "internal/token", "internal/seal", "internal/locked", "internal/git", "internal/topics"},
	{"internal/table", "internal/pls", "internal/chart", "internal/audit", "internal/personal"},
	{"internal/chart/gallery", "internal/ledger"},
	{"internal/survey"},
	{"internal/measure", "internal/simulate", "internal/version"},
	{"internal/service"},
	{"internal/report"},
	{"internal/page", "internal/workbook"},
	{"internal/importer/definition"},
	{"internal/site", "internal/importer", "internal/exporter", "internal/invite"},
	{"internal/inbox"},
	{"internal/serve", "internal/enter", "internal/collect"},
	{"cmd/manyi"},
}

// wrapped are the modules that only these packages may import, besides tests.
var wrapped = map[string][]string{
	"github.com/yuin/goldmark":         {"internal/page"},
	"github.com/skip2/go-qrcode":       {"internal/page"},
	"github.com/tdewolff/minify":       {"internal/page"},
	"github.com/go-echarts/go-echarts": {"internal/chart"},
	"github.com/expr-lang/expr":        {"internal/survey"},
	"gonum.org/v1/gonum":               {"internal/stat"},
	"github.com/fsnotify/fsnotify":     {"internal/serve"},
	"gopkg.in/yaml.v3":                 {"internal/survey", "internal/site", "internal/table", "internal/importer"},
	"github.com/xuri/excelize/v2":      {"internal/table", "internal/workbook", "internal/exporter", "internal/importer/definition"},
	"golang.org/x/text":                {"internal/survey", "internal/table", "internal/importer", "internal/topics"},
	"filippo.io/age":                   {"internal/seal"},
}

func TestPackagesImportOnlyEarlierLayers(t *testing.T) {
	level := map[string]int{}
	for i, line := range layers {
		for _, p := range line {
			level[p] = i
		}
	}
	for _, f := range files(t) {
		dir := path.Dir(f.name)
		own, known := level[dir]
		if !known {
			t.Errorf("%s: package %q stands in no layer", f.name, dir)
			continue
		}
		for _, to := range f.imports {
			below, ok := strings.CutPrefix(to, "manyi/")
			if !ok {
				continue
			}
			if l, known := level[below]; !known || l >= own {
				t.Errorf("%s imports %q, which is not in an earlier layer", f.name, to)
			}
		}
	}
}

func TestForeignModulesAreImportedByTheirWrapperOnly(t *testing.T) {
	for _, f := range files(t) {
		for _, to := range f.imports {
			if first, _, _ := strings.Cut(to, "/"); !strings.Contains(first, ".") {
				continue
			}
			ok := false
			for module, by := range wrapped {
				if strings.HasPrefix(to, module) {
					ok = slices.Contains(by, path.Dir(f.name))
				}
			}
			if !ok {
				t.Errorf("%s imports %q: name its wrapper in this test and its reason in ARCHITECTURE.md", f.name, to)
			}
		}
	}
}

type file struct {
	name    string // slash-separated, from the repository's root
	imports []string
}

// files parses the imports of every Go file that is no test.
func files(t *testing.T) []file {
	t.Helper()
	var out []file
	for _, root := range []string{"cmd", "content", "internal", "templates"} {
		err := filepath.WalkDir(filepath.Join("..", root), func(name string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if e.IsDir() && e.Name() == "testdata" {
				return filepath.SkipDir
			}
			if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			f := file{name: strings.TrimPrefix(filepath.ToSlash(name), "../")}
			for _, i := range parsed.Imports {
				to, err := strconv.Unquote(i.Path.Value)
				if err != nil {
					return err
				}
				f.imports = append(f.imports, to)
			}
			out = append(out, f)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
