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
		case line == "go test ./..." || strings.HasPrefix(line, "go install "):
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
	inside := false
	for line := range strings.Lines(markdown) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "```"):
			inside = line == "```sh"
		case inside:
			command, _, _ := strings.Cut(line, "#")
			if command = strings.TrimSpace(command); command != "" {
				out = append(out, command)
			}
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
