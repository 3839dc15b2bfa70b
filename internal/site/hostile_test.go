//go:build unix

package site_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/site"
)

const smallSurvey = `manyi: 1
id: %s
version: 1
languages: [en]
title: Survey %[1]s
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: All in all}
`

// small writes a workspace of n surveys with a few responses each.
func small(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: Small\nlanguages: [en]\n")
	for i := range n {
		id := fmt.Sprintf("s%d", i)
		put(t, dir, "surveys/"+id+"/survey.yaml", fmt.Sprintf(smallSurvey, id))
		put(t, dir, "surveys/"+id+"/responses/a.csv", "_id,osat,_submitted\n1,5,2026-01-01\n2,4,2026-01-01\n3,2,2026-01-02\n")
	}
	return dir
}

func put(t testing.TB, dir, name, body string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	must(t, os.MkdirAll(filepath.Dir(name), 0o755))
	must(t, os.WriteFile(name, []byte(body), 0o644))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// attempt builds a workspace that may have problems and returns them as text.
// It fails the test where the build hangs or the system fails.
func attempt(t *testing.T, dir string) string {
	t.Helper()
	done := make(chan string, 1)
	go func() {
		var problems diag.List
		var text strings.Builder
		if _, err := site.Build(dir, site.Options{Program: "test"}, &problems); err != nil {
			fmt.Fprintln(&text, "system:", err)
		}
		_ = problems.WriteText(&text, "en")
		done <- text.String()
	}()
	select {
	case text := <-done:
		return text
	case <-time.After(time.Minute):
		t.Fatal("the build hangs")
		return ""
	}
}

func TestWhatIsNoFileOfTheWorkspaceIsNamedAndNotOpened(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "canary", "canary: true\n")
	put(t, outside, "folder/survey.yaml", fmt.Sprintf(smallSurvey, "linked"))
	kinds := map[string]func(name string) error{
		"pipe": func(name string) error { return syscall.Mkfifo(name, 0o644) },
		"link": func(name string) error { return os.Symlink(filepath.Join(outside, "canary"), name) },
		"loop": func(name string) error { return os.Symlink(filepath.Base(name), name) },
	}
	for name, want := range map[string]string{
		"manyi.yaml":                    "manyi.yaml: error: the file cannot be read",
		"surveys/s0/survey.yaml":        "surveys/s0: warning: this is no survey",
		"surveys/s1":                    "surveys/s1: warning: this is no survey: it is not a folder",
		"content/s0/note.en.md":         "content/s0/note.en.md: warning: file was not read",
		"templates/theme/tokens.css":    "templates/theme/tokens.css: warning: file was not read",
		"content/logo.svg":              "error: the logo \"content/logo.svg\" is not a file that can be read",
		"surveys/s0/responses/here.csv": "surveys/s0/responses/here.csv: warning: file was not read",
	} {
		for kind, create := range kinds {
			t.Run(name+" "+kind, func(t *testing.T) {
				dir := small(t, 1)
				if name == "content/logo.svg" {
					put(t, dir, "manyi.yaml", "manyi: 1\ntitle: Small\nlanguages: [en]\ntheme: {logo: content/logo.svg}\n")
				}
				at := filepath.Join(dir, filepath.FromSlash(name))
				must(t, os.MkdirAll(filepath.Dir(at), 0o755))
				_ = os.Remove(at)
				must(t, create(at))
				text := attempt(t, dir)
				if !strings.Contains(text, want) || strings.Contains(text, "canary") || strings.Contains(text, "system:") {
					t.Errorf("got\n%s\nwant %q", text, want)
				}
			})
		}
	}
}

func TestAFolderWithOddNamesIsPassedOver(t *testing.T) {
	dir := small(t, 1)
	for _, name := range []string{"surveys/two\nlines", "surveys/bad\xff", "surveys/s0/responses/bad\xff", "content/s0/two\nlines"} {
		must(t, os.MkdirAll(filepath.Join(dir, name), 0o755))
		must(t, os.WriteFile(filepath.Join(dir, name, "survey.yaml"), []byte("x"), 0o644))
	}
	text := attempt(t, dir)
	if strings.Contains(text, "error") || strings.Contains(text, "system") || strings.Count(text, "its name cannot be shown") != 2 {
		t.Errorf("got\n%q", text)
	}
	for line := range strings.Lines(text) {
		if line == "lines: warning" || strings.HasPrefix(line, "lines") {
			t.Errorf("a name broke the line: %q", text)
		}
	}
}

func TestAFolderThatIsNoWorkspaceIsTold(t *testing.T) {
	dir := t.TempDir()
	if text := attempt(t, dir); !strings.Contains(text, "there is no manyi.yaml, so this folder is no workspace\n") || !strings.Contains(text, "manyi new DIR") {
		t.Error(text)
	}
	if left := tree(t, dir); len(left) > 0 {
		t.Errorf("a build without a workspace wrote %v", left)
	}
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: Small\nlanguages: [en]\n")
	put(t, dir, "surveys/drafts/notes.txt", "")
	text := attempt(t, dir)
	for _, want := range []string{"surveys: warning: there is no survey yet", "surveys/drafts: warning: this is no survey: it has no survey.yaml"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "site/reports/index.html")); err != nil {
		t.Error(err)
	}
}

func TestThousandsOfStrayFilesAreCountedNotListed(t *testing.T) {
	const n = 10_000
	dir := small(t, 1)
	folder := filepath.Join(dir, "surveys/s0/responses")
	for i := range n {
		must(t, os.WriteFile(fmt.Sprintf("%s/%d.txt", folder, i), nil, 0o644))
	}
	text := attempt(t, dir)
	if got := strings.Count(text, "\n"); got > 100 || !strings.Contains(text, fmt.Sprintf("%d more files were not read", n-20)) {
		t.Errorf("%d lines:\n%.2000s", got, text)
	}
}

func TestTheBuildWritesOnlyIntoItsOwnFolders(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(dir, outside string) error
		want  string
	}{
		"site is a link to outside": {func(dir, outside string) error { return os.Symlink(outside, filepath.Join(dir, "site")) }, "site: error: the site goes here"},
		"site is a link to inputs":  {func(dir, _ string) error { return os.Symlink("surveys", filepath.Join(dir, "site")) }, "site: error: the site goes here"},
		"site is a file":            {func(dir, _ string) error { return os.WriteFile(filepath.Join(dir, "site"), []byte("mine"), 0o644) }, "site: error: the site goes here"},
		"a part is a link": {func(dir, _ string) error {
			return errorsJoin(os.MkdirAll(filepath.Join(dir, "site"), 0o755), os.Symlink("../surveys", filepath.Join(dir, "site/reports")))
		}, "site/reports: error: the site goes here"},
		"a page is a folder":             {func(dir, _ string) error { return os.MkdirAll(filepath.Join(dir, "site/surveys/index.html"), 0o755) }, "site/surveys/index.html: error: a page goes here"},
		"the cache is a link to outside": {func(dir, outside string) error { return os.Symlink(outside, filepath.Join(dir, ".manyi")) }, "system: keep what was built"},
		"the cache is a link to inputs":  {func(dir, _ string) error { return os.Symlink("surveys", filepath.Join(dir, ".manyi")) }, "system: keep what was built"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, outside := small(t, 2), t.TempDir()
			put(t, outside, "index.html", "foreign")
			must(t, c.spoil(dir, outside))
			before, beyond := tree(t, dir), tree(t, outside)
			if text := attempt(t, dir); !strings.Contains(text, c.want) {
				t.Errorf("got\n%s\nwant %q", text, c.want)
			}
			after := tree(t, dir)
			maps.DeleteFunc(after, func(name, _ string) bool { return strings.HasPrefix(name, ".manyi/stage/") })
			if !maps.Equal(before, after) || !maps.Equal(beyond, tree(t, outside)) {
				t.Errorf("the build wrote elsewhere: %q", slices.Sorted(maps.Keys(after)))
			}
		})
	}
}

func errorsJoin(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestForeignFilesInTheSiteStay(t *testing.T) {
	dir := small(t, 2)
	foreign := []string{"site/CNAME", "site/reports/s0/mine.txt", "site/surveys/.nojekyll"}
	for _, name := range foreign {
		put(t, dir, name, "mine")
	}
	attempt(t, dir)
	must(t, os.RemoveAll(filepath.Join(dir, "surveys/s0")))
	attempt(t, dir)
	for _, name := range foreign {
		if body, err := os.ReadFile(filepath.Join(dir, name)); string(body) != "mine" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "site/reports/s0/index.html")); err == nil {
		t.Error("the page of a removed survey stays")
	}
}

// TestBuildHelper is the build of another process; see helper.
func TestBuildHelper(t *testing.T) {
	dir := os.Getenv("MANYI_TEST_BUILD")
	if dir == "" {
		t.Skip("only for helper")
	}
	if os.Getenv("MANYI_TEST_FULL") != "" {
		must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 6000, Max: 6000}))
	}
	var problems diag.List
	if _, err := site.Build(dir, site.Options{Program: "test"}, &problems); err != nil {
		fmt.Fprintln(os.Stderr, "system:", err)
		os.Exit(3)
	}
	os.Exit(0)
}

// helper is a process that builds dir.
func helper(dir string, env ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], "-test.run=^TestBuildHelper$")
	c.Env = append(append(os.Environ(), "MANYI_TEST_BUILD="+dir), env...)
	return c
}

func rename(t *testing.T, dir, title string) {
	t.Helper()
	put(t, dir, "manyi.yaml", "manyi: 1\ntitle: "+title+"\nlanguages: [en]\n")
}

func TestAFullDiskLeavesTheOldSite(t *testing.T) {
	dir := small(t, 3)
	attempt(t, dir)
	before := tree(t, filepath.Join(dir, "site"))
	rename(t, dir, "Another title")
	out, err := helper(dir, "MANYI_TEST_FULL=1").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "system:") {
		t.Fatalf("the build did not fail: %s", out)
	}
	if !maps.Equal(before, tree(t, filepath.Join(dir, "site"))) {
		t.Error("a build that ran out of space changed the site")
	}
	attempt(t, dir)
	sameAsClean(t, dir)
}

func TestASiteThatIsReadOnlyInPartStaysWhole(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs a second user")
	}
	dir := small(t, 3)
	attempt(t, dir)
	before := tree(t, filepath.Join(dir, "site"))
	rename(t, dir, "Another title")
	const nobody = 65534
	must(t, os.Chmod(filepath.Dir(dir), 0o755))
	must(t, filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		return errorsJoin(err, os.Chown(name, nobody, nobody))
	}))
	locked := filepath.Join(dir, "site/surveys/s2")
	must(t, os.Chmod(locked, 0o555))
	program := filepath.Join(filepath.Dir(dir), "helper") // where the other user may read it
	body, err := os.ReadFile(os.Args[0])
	must(t, err)
	must(t, os.WriteFile(program, body, 0o755))
	c := helper(dir)
	c.Path, c.Dir = program, "/"
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "permission denied") {
		t.Skipf("the other user could not try: %v %s", err, out)
	}
	if after := tree(t, filepath.Join(dir, "site")); !maps.Equal(before, after) {
		t.Error("a build that failed half-way changed the site")
	}
	must(t, os.Chmod(locked, 0o755))
	attempt(t, dir)
	sameAsClean(t, dir)
}

// sameAsClean compares the site with one built of the same inputs from nothing.
func sameAsClean(t *testing.T, dir string) {
	t.Helper()
	clean := t.TempDir()
	must(t, os.CopyFS(filepath.Join(clean, "surveys"), os.DirFS(filepath.Join(dir, "surveys"))))
	body, err := os.ReadFile(filepath.Join(dir, "manyi.yaml"))
	must(t, err)
	put(t, clean, "manyi.yaml", string(body))
	attempt(t, clean)
	got, want := tree(t, filepath.Join(dir, "site")), tree(t, filepath.Join(clean, "site"))
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s differs from a clean build", name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left over", name)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, ".manyi/unfinished.json")); err == nil {
		t.Error("the journal is left over")
	}
}

func TestAKilledBuildLeavesWholePagesAndIsMadeGood(t *testing.T) {
	dir := small(t, 40)
	attempt(t, dir)
	pages := map[string]map[string]bool{} // page -> the forms it may have
	know := func() {
		for name, body := range tree(t, filepath.Join(dir, "site")) {
			if pages[name] == nil {
				pages[name] = map[string]bool{}
			}
			pages[name][body] = true
		}
	}
	know()
	rename(t, dir, "Odd title")
	start := time.Now()
	must(t, helper(dir).Run())
	took := time.Since(start)
	know()
	const kills = 12
	cut := 0
	for i := range kills {
		rename(t, dir, []string{"Small", "Odd title"}[i%2])
		if i%4 == 3 {
			put(t, dir, "surveys/new/survey.yaml", fmt.Sprintf(smallSurvey, "new")) // its pages may be left over
		} else {
			must(t, os.RemoveAll(filepath.Join(dir, "surveys/new")))
		}
		c := helper(dir)
		must(t, c.Start())
		time.Sleep(took * time.Duration(2*i+6) / (2*kills + 8))
		_ = c.Process.Kill()
		if c.Wait() != nil {
			cut++
		}
		for name, body := range tree(t, filepath.Join(dir, "site")) {
			names := strings.HasSuffix(name, "index.html") || strings.HasSuffix(name, "_headers") // they hold the list of surveys
			if !strings.Contains(name, "new") && !names && !pages[name][body] {
				t.Fatalf("%s is torn", name)
			}
		}
	}
	t.Logf("%d of %d builds were cut off", cut, kills)
	must(t, os.RemoveAll(filepath.Join(dir, "surveys/new")))
	rename(t, dir, "Small")
	attempt(t, dir)
	sameAsClean(t, dir)
}
