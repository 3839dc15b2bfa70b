package main

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// team is a folder with a manyi and a git that know nothing of this machine.
type team struct {
	t   *testing.T
	dir string
}

func newTeam(t *testing.T) *team {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git command on this machine")
	}
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "Test")
		t.Setenv("GIT_"+who+"_EMAIL", "test@example.com")
		t.Setenv("GIT_"+who+"_DATE", "2026-11-01T00:00:00Z")
	}
	return &team{t, dir}
}

func (m *team) git(in string, args ...string) string {
	m.t.Helper()
	out, err := m.try(in, "git", args...)
	if err != nil {
		m.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func (m *team) try(in, name string, args ...string) (string, error) {
	c := exec.Command(name, args...)
	c.Dir = filepath.Join(m.dir, in)
	out, err := c.CombinedOutput()
	return string(out), err
}

// manyi runs this test binary as the program.
func (m *team) manyi(in string, args ...string) (string, error) {
	m.t.Setenv("MANYI_TEST_MAIN", "1")
	return m.try(in, os.Args[0], args...)
}

func (m *team) must(in string, args ...string) string {
	m.t.Helper()
	out, err := m.manyi(in, args...)
	if err != nil {
		m.t.Fatalf("manyi %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func (m *team) write(name, text string) {
	m.t.Helper()
	name = filepath.Join(m.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		m.t.Fatal(err)
	}
}

func (m *team) read(name string) string {
	m.t.Helper()
	b, err := os.ReadFile(filepath.Join(m.dir, name))
	if err != nil {
		m.t.Fatal(err)
	}
	return string(b)
}

func (m *team) replace(name, old, latest string) {
	m.t.Helper()
	text := m.read(name)
	if strings.Count(text, old) < 1 {
		m.t.Fatalf("%s has no %q", name, old)
	}
	m.write(name, strings.Replace(text, old, latest, 1))
}

// start makes a repository of a new workspace.
func (m *team) start() (survey string) {
	m.t.Helper()
	m.must(".", "new", "a")
	m.must(".", "fmt", "a")
	m.git("a", "init", "-q", "-b", "main")
	m.git("a", "add", "-A")
	m.git("a", "commit", "-qm", "start")
	ids, err := filepath.Glob(filepath.Join(m.dir, "a/surveys/*/survey.yaml"))
	if err != nil || len(ids) == 0 {
		m.t.Fatal("no survey in the new workspace")
	}
	return filepath.Base(filepath.Dir(ids[0]))
}

func (m *team) tree(in string) map[string][32]byte {
	m.t.Helper()
	out := map[string][32]byte{}
	root := os.DirFS(filepath.Join(m.dir, in))
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(root, name)
		out[name] = sha256.Sum256(b)
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

func TestBranchesMergeAndClonesBuildTheSameBytes(t *testing.T) {
	m := newTeam(t)
	id := m.start()
	answers := "a/surveys/" + id + "/responses/team.jsonl"
	m.write(answers, "{\"_id\":\"m-0\",\"_submitted\":\"2026-10-01T08:00:00Z\"}\n")
	m.git("a", "add", "-A")
	m.git("a", "commit", "-qm", "answers")

	m.git("a", "checkout", "-qb", "one")
	m.write(answers, m.read(answers)+"{\"_id\":\"m-1\",\"_submitted\":\"2026-10-02T08:00:00Z\"}\n")
	m.write("a/surveys/"+id+"/responses/each/m-3.yaml", "- _id: m-3\n  _submitted: 2026-10-03T08:00:00Z\n")
	m.replace("a/surveys/"+id+"/survey.yaml", "title:", "# read by one\ntitle:")
	m.git("a", "add", "-A")
	m.git("a", "commit", "-qm", "one")

	m.git("a", "checkout", "-q", "main")
	m.git("a", "checkout", "-qb", "two")
	m.write(answers, m.read(answers)+"{\"_id\":\"m-2\",\"_submitted\":\"2026-10-02T09:00:00Z\"}\n")
	m.write("a/surveys/"+id+"/responses/each/m-4.yaml", "- _id: m-4\n  _submitted: 2026-10-03T09:00:00Z\n")
	m.replace("a/surveys/"+id+"/survey.yaml", "pages:", "# read by two\npages:")
	m.git("a", "add", "-A")
	m.git("a", "commit", "-qm", "two")

	m.git("a", "checkout", "-q", "main")
	m.git("a", "merge", "-q", "--no-edit", "one")
	m.git("a", "merge", "-q", "--no-edit", "two")
	for _, want := range []string{"m-0", "m-1", "m-2"} {
		if strings.Count(m.read(answers), want) != 1 {
			t.Errorf("after the merge, %s does not stand once in\n%s", want, m.read(answers))
		}
	}
	m.must("a", "check")
	m.must("a", "fmt", "--check")

	m.git(".", "clone", "-q", "a", "b")
	m.git(".", "clone", "-q", "a", "c")
	m.must("b", "build")
	m.must("c", "build")
	one, two := m.tree("b/site"), m.tree("c/site")
	if !maps.Equal(one, two) {
		for name := range one {
			if one[name] != two[name] {
				t.Errorf("%s differs between two clones", name)
			}
		}
		t.Fatalf("two clones build %d and %d files", len(one), len(two))
	}
	head := strings.TrimSpace(m.git("b", "rev-parse", "HEAD"))[:12]
	found := false
	for name := range one {
		found = found || strings.HasSuffix(name, ".html") && strings.Contains(m.read("b/site/"+name), "from commit "+head)
	}
	if !found {
		t.Errorf("no page says that it is from commit %s", head)
	}
	if got := m.git("b", "status", "--porcelain"); got != "" {
		t.Errorf("building leaves untracked files:\n%s", got)
	}
}

func TestTheHookRefusesPersonalDataAndKeys(t *testing.T) {
	m := newTeam(t)
	id := m.start()
	for name, x := range map[string]struct{ file, text, says string }{
		"a key":           {"notes.md", "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQ\n", "notes.md:1: error: a secret key"},
		"a mobile number": {"surveys/" + id + "/responses/x.jsonl", "{}\n{\"why\":\"call 13800138000\"}\n", "x.jsonl:2: error: a mobile number"},
		"an inbox":        {"inbox/one.age", "sealed\n", "is private"},
	} {
		m.write("a/"+x.file, x.text)
		m.git("a", "add", "-f", x.file)
		out, err := m.manyi("a", "hook", "--run")
		if err == nil || !strings.Contains(out, x.says) || strings.Contains(out, "13800138000") || strings.Contains(out, "QQQQ") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		m.git("a", "rm", "-qf", x.file)
	}
	m.must("a", "hook", "--run")
	m.must("a", "hook")
	if !strings.Contains(m.read("a/.git/hooks/pre-commit"), "manyi hook --run") {
		t.Error("the hook is not written")
	}
}

func TestChecksAgainstARevision(t *testing.T) {
	m := newTeam(t)
	id := m.start()
	m.must("a", "check", "--against", "HEAD")
	name := "a/surveys/" + id + "/survey.yaml"
	m.replace(name, "type: rating", "type: rating\n        reverse: true")
	out, err := m.manyi("a", "check", "--against", "HEAD")
	if err == nil || !strings.Contains(out, "another direction") {
		t.Errorf("%v\n%s", err, out)
	}
	out = m.must("a", "diff", "HEAD")
	if !strings.Contains(out, "new series needed") {
		t.Errorf("%s", out)
	}
	if out, err := m.manyi("a", "diff", "nowhere"); err == nil || !strings.Contains(out, "neither a file") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestAnEarlierDefinitionIsFoundInTheHistory(t *testing.T) {
	m := newTeam(t)
	id := m.start()
	m.write("a/surveys/"+id+"/responses/v.jsonl", "{\"_id\":\"v-1\",\"_version\":1}\n{\"_id\":\"v-2\",\"_version\":2}\n{\"_id\":\"v-3\",\"_version\":7}\n")
	name := "a/surveys/" + id + "/survey.yaml"
	text := m.read(name)
	if strings.Contains(text, "\nversion: 1\n") {
		m.replace(name, "\nversion: 1\n", "\nversion: 2\n")
	} else {
		m.replace(name, "\nid:", "\nversion: 2\nid:")
	}
	m.replace(name, "type: rating", "type: rating\n        reverse: true")
	out, err := m.manyi("a", "versions", id)
	if err == nil || !strings.Contains(out, "version 7: 1 answers, no definition found") || !strings.Contains(out, "new series needed") || !strings.Contains(out, ":surveys/"+id+"/survey.yaml") {
		t.Errorf("%v\n%s", err, out)
	}
}
