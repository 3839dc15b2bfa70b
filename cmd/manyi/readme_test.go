package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadmeCommandsRun runs every command line of README in its order: those
// of the repository in a copy of the demo workspace, the others in a new folder.
func TestReadmeCommandsRun(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	repository, folder := t.TempDir(), t.TempDir()
	for _, name := range []string{"manyi.yaml", "surveys", "content"} {
		if err := copyTree(filepath.Join("../..", name), filepath.Join(repository, name)); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for _, line := range commandLines(string(readme)) {
		args := strings.Fields(line)
		dir := folder
		switch {
		case strings.HasPrefix(line, "go test "), strings.HasPrefix(line, "go install "):
			continue // this is that test run; installing is Go's own
		case strings.HasPrefix(line, "go run ./cmd/manyi "):
			args, dir = append([]string{"manyi"}, args[3:]...), repository
		}
		if args[0] != "manyi" {
			t.Errorf("README has a command that no test runs: %s", line)
			continue
		}
		cmd := exec.Command(self, args[1:]...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "MANYI_TEST_MAIN=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
		n++
	}
	if n < 4 {
		t.Errorf("only %d commands of README were run", n)
	}
	if _, err := os.Stat(filepath.Join(repository, "site/reports/index.html")); err != nil {
		t.Error("the demo was not built:", err)
	}
}

// commandLines are the lines of the sh blocks, without their comments.
func commandLines(markdown string) []string {
	var out []string
	for line := range strings.Lines(strings.Join(blocks(markdown, "sh"), "")) {
		command, _, _ := strings.Cut(line, "#")
		if command = strings.TrimSpace(command); command != "" {
			out = append(out, command)
		}
	}
	return out
}

func copyTree(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return os.CopyFS(to, os.DirFS(from))
	}
	body, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, body, 0o644)
}

// TestReadmeDefinitionBuilds joins the YAML of README to one definition and builds it.
func TestReadmeDefinitionBuilds(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, body := range map[string]string{
		"manyi.yaml":                          "manyi: 1\ntitle: T\nlanguages: [zh-CN, en]\n",
		"surveys/feedback/survey.yaml":        strings.Join(blocks(string(readme), "yaml"), ""),
		"surveys/feedback/responses/2026.csv": "RESPNUM,Q7,W,AGE\n1,A,1,20\n2,5,1.5,44\n",
	} {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "build", dir)
	cmd.Env = append(os.Environ(), "MANYI_TEST_MAIN=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestReadmeAnalysesAreRight checks the analyses of README against a definition
// with the questions they are about, and builds it over simulated answers.
func TestReadmeAnalysesAreRight(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	definition, err := os.ReadFile("testdata/methods.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, body := range map[string]string{
		"manyi.yaml":                "manyi: 1\ntitle: T\nlanguages: [en]\n",
		"surveys/hotel/survey.yaml": string(definition) + strings.Join(blocks(string(readme), "yml"), ""),
	} {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"simulate", "hotel", "-n", "200", dir}, {"build", dir}} {
		cmd := exec.Command(self, args...)
		cmd.Env = append(os.Environ(), "MANYI_TEST_MAIN=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	for _, page := range []string{"satisfaction-index", "gaps", "priorities", "drivers", "kano", "model", "loyalty", "competitors", "crosstabs"} {
		if _, err := os.Stat(filepath.Join(dir, "site/reports/hotel", page+".html")); err != nil {
			t.Error(err)
		}
	}
}
