package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// pipeline is a template of continuous integration that manyi new writes.
type pipeline struct {
	file    string
	base    string // variable that names what a change starts from
	against string // its value
	branch  []string
}

var pipelines = []pipeline{
	{".github/workflows/surveys.yml", "BASE", "main", nil},
	{".gitlab-ci.yml", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "origin/main", nil},
	{".workflow/surveys.yml", "GITEE_PR_BASE", "origin/main", []string{"GITEE_BRANCH=main"}},
}

// TestPipelinesRun runs every command of the three templates on a clone, as the
// services do: the program is fetched and its checksum tried, a good change
// passes, one that gives an id another meaning fails, and the main branch is
// built for publishing without any report. What installs packages is left out.
func TestPipelinesRun(t *testing.T) {
	for _, tool := range []string{"curl", "sha256sum", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s command on this machine", tool)
		}
	}
	for _, p := range pipelines {
		t.Run(p.file, func(t *testing.T) {
			m := newTeam(t)
			m.must(".", "new", "origin")
			commit(m, "origin")
			m.git(".", "clone", "-q", "origin", "clone")
			if out, err := m.pipeline(p, ""); err != nil {
				t.Fatalf("main branch: %v\n%s", err, out)
			}
			for name, want := range map[string]bool{"site/surveys/feedback/index.html": true, "site/reports": false} {
				if _, err := os.Stat(filepath.Join(m.dir, "clone", name)); (err == nil) != want {
					t.Errorf("%s is there: %v, want %v", name, err == nil, want)
				}
			}
			m.git("clone", "checkout", "-q", "-b", "change")
			file := "clone/surveys/feedback/survey.yaml"
			good := m.read(file)
			m.write(file, strings.Replace(good, "It takes about", "This takes about", 1))
			commit(m, "clone")
			if out, err := m.pipeline(p, p.against); err != nil {
				t.Errorf("a good change: %v\n%s", err, out)
			}
			m.write(file, strings.NewReplacer("How likely are you to recommend us to a friend or colleague?", "How many years have you been a customer?", "您有多大可能把我们推荐给亲友或同事？", "您在本店购物已有几年？").Replace(good))
			commit(m, "clone")
			if out, err := m.pipeline(p, p.against); err == nil || !strings.Contains(out, "recommend") {
				t.Errorf("an id with another meaning passed:\n%s", out)
			}
		})
	}
}

func commit(m *team, in string) {
	m.t.Helper()
	m.git(".", "-c", "init.defaultBranch=main", "init", "-q", in)
	m.git(in, "add", "-A")
	m.git(in, "commit", "-qm", "change")
}

// pipeline runs the commands of a template in the clone; against is the start
// of the change, "" on the main branch.
func (m *team) pipeline(p pipeline, against string) (string, error) {
	m.t.Helper()
	var file any
	if err := yaml.Unmarshal([]byte(m.read(filepath.Join("clone", p.file))), &file); err != nil {
		m.t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	body := "#!/bin/sh\nMANYI_TEST_MAIN=1 exec " + self + ` "$@"` + "\n"
	m.write("program", body)
	sum := sha256.Sum256([]byte(body))
	remote := filepath.Join(m.dir, "pages.git")
	if err := os.RemoveAll(filepath.Join(m.dir, "clone/site")); err != nil {
		m.t.Fatal(err)
	}
	m.git(".", "init", "-q", "--bare", remote)
	steps := strings.ReplaceAll(strings.Join(commandsOf(file), "\n"), "/tmp/manyi", filepath.Join(m.dir, "manyi"))
	run := exec.Command("sh", "-ec", steps)
	run.Dir = filepath.Join(m.dir, "clone")
	run.Env = append(os.Environ(), "MANYI_URL=file://"+filepath.Join(m.dir, "program"), "MANYI_SHA256="+hex.EncodeToString(sum[:]), "PAGES_REMOTE="+remote, p.base+"="+against)
	run.Env = append(run.Env, p.branch...)
	out, err := run.CombinedOutput()
	return string(out), err
}

// commandsOf are the shell commands of a pipeline in their order.
func commandsOf(v any) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, commandsOf(e)...)
		}
	case map[string]any:
		for _, key := range []string{"default", "before_script", "run", "script", "check", "pages", "jobs", "stages", "steps"} { // in the order they run
			switch inner := v[key].(type) {
			case string:
				out = append(out, inner)
			case []any:
				for _, e := range inner {
					if text, ok := e.(string); ok {
						out = append(out, text)
					} else {
						out = append(out, commandsOf(e)...)
					}
				}
			default:
				out = append(out, commandsOf(inner)...)
			}
		}
	}
	kept := out[:0]
	for _, c := range out {
		if !strings.Contains(c, "apt-get") {
			kept = append(kept, c)
		}
	}
	return kept
}
