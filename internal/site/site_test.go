package site_test

import (
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/site"
)

// tree reads every file below dir, links as where they lead.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		if e.Type()&fs.ModeSymlink != 0 {
			out[filepath.ToSlash(rel)], err = os.Readlink(name)
			return err
		}
		body, err := os.ReadFile(name)
		out[filepath.ToSlash(rel)] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func same(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name, body := range want {
		if other, ok := got[name]; !ok {
			t.Errorf("%s is missing", name)
		} else if other != body {
			t.Errorf("%s differs", name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is new", name)
		}
	}
}

func TestTwoBuildsGiveTheSameBytes(t *testing.T) {
	first, again := tree(t, built(t)), workspace(t)
	t.Setenv("TZ", "America/Los_Angeles")
	zone := time.Local
	time.Local = time.FixedZone("other", -8*3600)
	defer func() { time.Local = zone }()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	build(t, again, site.Options{Program: "test"})
	same(t, tree(t, filepath.Join(again, "site")), first)
}

func TestNothingChangedNothingWritten(t *testing.T) {
	dir := demo(t)
	before := stamps(t, dir)
	result := build(t, dir, site.Options{Program: "test"})
	if result.Built != 0 || result.Written != 0 || result.Removed != 0 {
		t.Errorf("got %+v, want nothing built, written or removed", result)
	}
	for name, at := range stamps(t, dir) {
		if before[name] != at {
			t.Errorf("%s was written", name)
		}
	}
}

// stamps are the modification times of all files of the workspace, the cache's included.
func stamps(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	out := map[string]time.Time{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		out[name] = info.ModTime()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestIncrementalBuildEqualsACleanOne(t *testing.T) {
	dir := demo(t)
	name := filepath.Join(dir, "surveys/sfo/survey.yaml")
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(body), "en: Airport as a whole", "en: The airport", 1)
	if changed == string(body) {
		t.Fatal("the demo has no such label any more")
	}
	if err := os.WriteFile(name, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	if result := build(t, dir, site.Options{Program: "test"}); result.Built != 1 || result.Written == 0 {
		t.Errorf("got %+v, want one survey built", result)
	}
	clean := workspace(t)
	if err := os.WriteFile(filepath.Join(clean, "surveys/sfo/survey.yaml"), []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	build(t, clean, site.Options{Program: "test"})
	same(t, tree(t, filepath.Join(dir, "site")), tree(t, filepath.Join(clean, "site")))
}

func TestAFaultLeavesTheOldSite(t *testing.T) {
	dir := demo(t)
	before := tree(t, filepath.Join(dir, "site"))
	name := filepath.Join(dir, "content/sfo/summary.en.md")
	if err := os.WriteFile(name, []byte("![x](figure:overal-trend)\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	if _, err := site.Build(dir, site.Options{Program: "test"}, &problems); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := problems.WriteText(&text, "en"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`content/sfo/summary.en.md:1:6: error: the report has no figure "overal-trend"`, `did you mean "overall-trend"?`} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("got %s\nwant %s", text.String(), want)
		}
	}
	same(t, tree(t, filepath.Join(dir, "site")), before)
}

// The reference of the data's origin: unweighted n, mean and top-two share of
// the overall rating, from surveys/sfo/README.md.
func TestDemoEqualsTheReferenceOfItsData(t *testing.T) {
	var results struct {
		Count  map[string]int `json:"count"`
		ByWave map[string]struct {
			Questions map[string]struct {
				N          int
				Mean       float64
				Top        struct{ Share float64 }
				Unweighted struct {
					N           int
					Mean, Share float64
				}
			}
		} `json:"by_wave"`
	}
	body, err := os.ReadFile(filepath.Join(built(t), "reports/sfo/results.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &results); err != nil {
		t.Fatal(err)
	}
	for wave, want := range map[string]struct {
		n                                int
		mean, share, weighted, weightTop float64
	}{
		// The weighted figures were computed from the files with Python.
		"2014": {2677, 3.996, 0.789, 4.007, 0.793},
		"2015": {2810, 4.048, 0.800, 4.044, 0.805},
		"2016": {2919, 4.038, 0.810, 4.053, 0.814},
	} {
		q := results.ByWave[wave].Questions["overall"]
		near := func(got, want float64) bool { return math.Abs(got-want) < 0.0005 }
		if q.Unweighted.N != want.n || !near(q.Unweighted.Mean, want.mean) || !near(q.Unweighted.Share, want.share) {
			t.Errorf("%s: unweighted %+v, want n %d, mean %v, share %v", wave, q.Unweighted, want.n, want.mean, want.share)
		}
		if !near(q.Mean, want.weighted) || !near(q.Top.Share, want.weightTop) {
			t.Errorf("%s: weighted mean %v and share %v, want %v and %v", wave, q.Mean, q.Top.Share, want.weighted, want.weightTop)
		}
	}
	if c := results.Count; c["read"] != 8863 || c["read"] != c["counted"]+c["excluded"]+c["duplicate"]+c["conflict"]+c["rejected"]+c["unmatched"]+c["withdrawn"] {
		t.Errorf("the rows do not add up: %v", c)
	}
}

// What no page may have: an address of a third party, an inline style or
// handler, a script of its own beside data.
var forbidden = map[string]*regexp.Regexp{
	"third-party address":  regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//`),
	"style attribute":      regexp.MustCompile(`<[^>]* style="`),
	"inline handler":       regexp.MustCompile(`<[^>]* on[a-z]+="`),
	"inline script":        regexp.MustCompile(`<script(?:>| [^>]*>[^<\s])`),
	"unfilled placeholder": regexp.MustCompile(`⟨|⟩|\{[a-z_]+\}|%!|NaN`),
}

func TestPagesAreSelfContained(t *testing.T) {
	twin := regexp.MustCompile(`(?s)<script type="application/json"[^>]*>.*?</script>`)
	style := regexp.MustCompile(`(?s)<style>.*?</style>`)
	for name, body := range tree(t, built(t)) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		body = style.ReplaceAllString(twin.ReplaceAllString(body, ""), "")
		if strings.Contains(body, "script-src &#39;sha256-") { // a survey page: its one script, under a hash
			from, to := strings.Index(body, "<script>(()=>{"), strings.LastIndex(body, "</script>")
			body = body[:from] + body[to:]
		}
		for what, pattern := range forbidden {
			if found := pattern.FindString(body); found != "" {
				t.Errorf("%s has a %s: %.80s", name, what, found)
			}
		}
	}
}
