package site_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// firstLoad is what a reader waits for at the first page of a report: the page,
// its style and its scripts, as a server sends them. Nothing else is loaded
// before something is opened or sought.
const firstLoad = 100 << 10

func TestFirstLoadOfEveryReportPageIsSmall(t *testing.T) {
	dir := filepath.Join(built(t), "reports")
	shared := 0
	for _, pattern := range []string{"report.*.css", "report.*.js", "scheme.*.js"} {
		names, err := filepath.Glob(filepath.Join(dir, "assets", pattern))
		must(t, err)
		if len(names) != 1 {
			t.Fatalf("%d files %s, want 1", len(names), pattern)
		}
		shared += packed(t, names[0])
	}
	pages, most, largest := 0, 0, ""
	must(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		short, _ := filepath.Rel(dir, name)
		if err != nil || filepath.Ext(name) != ".html" || strings.HasPrefix(short, "gallery") { // the gallery is no report
			return err
		}
		n := shared + packed(t, name)
		if pages++; n > most {
			most, largest = n, short
		}
		if n > firstLoad {
			t.Errorf("%s: %d bytes packed, with style and script; want at most %d", short, n, firstLoad)
		}
		return nil
	}))
	t.Logf("%d pages; style and script %d bytes; the largest first load is %s with %d", pages, shared, largest, most)
}

// packed is the size of a file as gzip sends it.
func packed(t *testing.T, name string) int {
	t.Helper()
	body, err := os.ReadFile(name)
	must(t, err)
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err = z.Write(body)
	must(t, err)
	must(t, z.Close())
	return out.Len()
}
