package site_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manyi/internal/chart/gallery"
	"manyi/internal/site"
)

func TestGalleryShowsEveryFigureInEachLanguageUntilItIsSwitchedOff(t *testing.T) {
	dir := demo(t)
	base := filepath.Join(dir, "site", "reports", "gallery")
	for lang, folder := range map[string]string{"zh-CN": "", "en": "en"} {
		body, err := os.ReadFile(filepath.Join(base, folder, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range gallery.Figures(lang) {
			if n := bytes.Count(body, []byte(`id="fig-`+f.ID+`"`)); n != 1 {
				t.Errorf("%s: figure %q stands %d times on the page, want once", lang, f.ID, n)
			}
			if _, err := os.Stat(filepath.Join(base, folder, "data", f.ID+".csv")); err != nil {
				t.Errorf("%s: %v", lang, err)
			}
			if !strings.Contains(f.Note, "invented") && !strings.Contains(f.Note, "虚构") {
				t.Errorf("%s: figure %q does not say that its numbers are invented", lang, f.ID)
			}
		}
		if bytes.Contains(body, []byte("results.json")) {
			t.Errorf("%s: the gallery links to results it does not have", lang)
		}
	}
	name := filepath.Join(dir, "manyi.yaml")
	settings, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, bytes.Replace(settings, []byte("  gallery: true\n"), nil, 1), 0o644); err != nil {
		t.Fatal(err)
	}
	build(t, dir, site.Options{Program: "test"})
	if _, err := os.Stat(base); !os.IsNotExist(err) {
		t.Errorf("the gallery is still there: %v", err)
	}
}
