package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// manualPages are the English pages of the manual and the names of their Chinese twins.
func manualPages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../content/manual/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no manual", err)
	}
	out := map[string]string{}
	for _, f := range files {
		if english, ok := strings.CutSuffix(f, ".zh-CN.md"); ok {
			out[english+".md"] = f
		} else if out[f] == "" {
			out[f] = ""
		}
	}
	return out
}

func content(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestTheManualRuns follows every page of the manual in a folder of its own:
// a block whose head names a file (```csv cafe/x.csv) is written there, the
// lines of sh blocks are run in their order, and the yaml blocks that name no
// file, joined, are checked. A console block is only read.
func TestTheManualRuns(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh on this machine")
	}
	for english := range manualPages(t) {
		t.Run(strings.TrimSuffix(filepath.Base(english), ".md"), func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			env := manualShell(t)
			var definition strings.Builder
			for _, b := range fences(content(t, english)) {
				language, file, named := strings.Cut(b.info, " ")
				switch {
				case named:
					put(t, filepath.Join(folder, filepath.FromSlash(file)), b.body)
				case language == "sh":
					follow(t, folder, env, b.body)
				case language == "yaml":
					definition.WriteString(b.body)
				}
			}
			if definition.Len() > 0 {
				checkJoined(t, env, definition.String())
			}
		})
	}
}

func put(t *testing.T, file, body string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
}

// manualShell is an environment in which manyi is this test binary.
func manualShell(t *testing.T) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "manyi")); err != nil {
		t.Skip("no symbolic links:", err)
	}
	return append(os.Environ(), "MANYI_TEST_MAIN=1", "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"LC_ALL=en_US.UTF-8", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.com")
}

// follow runs the lines of one block.
func follow(t *testing.T, folder string, env []string, lines string) {
	t.Helper()
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "go install ") {
			continue
		}
		cmd := exec.Command("sh", "-ec", line)
		cmd.Dir, cmd.Env = folder, env
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	}
}

// checkJoined checks a definition; parts that begin with no head get that of
// the definition with a question of every kind that the manual is about.
func checkJoined(t *testing.T, env []string, definition string) {
	t.Helper()
	if !strings.HasPrefix(definition, "manyi: 1") {
		definition = content(t, "testdata/methods.yaml") + definition
	}
	id := regexp.MustCompile(`(?m)^id: (\w+)`).FindStringSubmatch(definition)
	if id == nil {
		t.Fatal("the yaml blocks of the page have no id")
	}
	folder := t.TempDir()
	put(t, filepath.Join(folder, "manyi.yaml"), "manyi: 1\ntitle: T\nlanguages: [en]\n")
	put(t, filepath.Join(folder, "surveys", id[1], "survey.yaml"), definition)
	cmd := exec.Command("sh", "-ec", `manyi check "$0"`, folder)
	cmd.Env = env
	if out, err := cmd.CombinedOutput(); err != nil || bytes.Contains(out, []byte(": warning: ")) {
		t.Errorf("the yaml of the page: %v\n%s", err, out)
	}
}

// TestTheManualIsTheSameInBothLanguages holds each page to its twin: the same
// headings by level, the same blocks but for their comments.
func TestTheManualIsTheSameInBothLanguages(t *testing.T) {
	for english, chinese := range manualPages(t) {
		name := filepath.Base(english)
		if chinese == "" {
			t.Errorf("%s has no Chinese", name)
			continue
		}
		if _, err := os.Stat(english); err != nil {
			t.Errorf("%s has no English", filepath.Base(chinese))
			continue
		}
		en, zh := content(t, english), content(t, chinese)
		if a, b := headingLevels(en), headingLevels(zh); !slices.Equal(a, b) {
			t.Errorf("%s: headings of levels %v, in Chinese %v", name, a, b)
		}
		a, b := fences(en), fences(zh)
		if len(a) != len(b) {
			t.Errorf("%s: %d blocks, in Chinese %d", name, len(a), len(b))
			continue
		}
		for i := range a {
			if a[i].info != b[i].info || a[i].info != "text" && bare(a[i].body) != bare(b[i].body) {
				t.Errorf("%s: block %d differs:\n%s\n%s\nin Chinese\n%s\n%s", name, i+1, a[i].info, a[i].body, b[i].info, b[i].body)
			}
		}
	}
}

// bare is a block without its comments.
func bare(body string) string {
	var out strings.Builder
	for line := range strings.Lines(body) {
		code, _, _ := strings.Cut(" "+line, " #")
		if code = strings.TrimSpace(code); code != "" {
			out.WriteString(code + "\n")
		}
	}
	return out.String()
}

var headingLine = regexp.MustCompile(`^(#{1,6}) +(.+?)\s*$`)

func headingLevels(markdown string) []int {
	var out []int
	for _, h := range headings(markdown) {
		out = append(out, len(h[1]))
	}
	return out
}

// headings are the headings outside of blocks.
func headings(markdown string) [][]string {
	var out [][]string
	inside := false
	for line := range strings.Lines(markdown) {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			inside = !inside
		}
		if m := headingLine.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil && !inside {
			out = append(out, m)
		}
	}
	return out
}

var markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestLinksOfTheManualLead follows every relative link, with its anchor, of the
// manual and of README.
func TestLinksOfTheManualLead(t *testing.T) {
	files := []string{"../../README.md"}
	for english, chinese := range manualPages(t) {
		files = append(files, english)
		if chinese != "" {
			files = append(files, chinese)
		}
	}
	for _, from := range files {
		for _, m := range markdownLink.FindAllStringSubmatch(content(t, from), -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, ":") {
				continue
			}
			to := from
			if target != "" {
				to = filepath.Join(filepath.Dir(from), filepath.FromSlash(target))
			}
			info, err := os.Stat(to)
			if err != nil && written(to) {
				continue
			}
			if err != nil {
				t.Errorf("%s links to %s, which is not there", filepath.Base(from), m[1])
			} else if anchor != "" && !info.IsDir() && !slices.Contains(anchors(content(t, to)), anchor) {
				t.Errorf("%s links to %s: there is no such heading", filepath.Base(from), m[1])
			}
		}
	}
}

// written reports whether a page that is not there is one of a set that is
// written apart and that is missing as a whole.
func written(page string) bool {
	apart := map[string]string{
		"../../content/methods/":        "../../content/methods",
		"../../content/glossary":        "../../content/methods",
		"../../content/facts":           "../../content/methods",
		"../../content/manual/starters": "../../content/manual/starters.md",
	}
	for begin, sign := range apart {
		if _, err := os.Stat(sign); err != nil && strings.HasPrefix(filepath.ToSlash(page), begin) {
			return true
		}
	}
	return false
}

var notInAnchors = regexp.MustCompile(`[^\p{L}\p{N}\p{M}_ -]`)

// anchors are the addresses that Git hosts give the headings of a page.
func anchors(markdown string) []string {
	var out []string
	for _, h := range headings(markdown) {
		a := strings.ReplaceAll(notInAnchors.ReplaceAllString(strings.ToLower(h[2]), ""), " ", "-")
		if slices.Contains(out, a) {
			a += "-1"
		}
		out = append(out, a)
	}
	return out
}

// fence is a fenced block: what stands behind its first marks, and its lines.
type fence struct{ info, body string }

func fences(markdown string) []fence {
	var out []fence
	inside := false
	for line := range strings.Lines(markdown) {
		switch mark := strings.TrimSpace(line); {
		case strings.HasPrefix(mark, "```"):
			if inside = !inside; inside {
				out = append(out, fence{info: strings.TrimPrefix(mark, "```")})
			}
		case inside:
			out[len(out)-1].body += line
		}
	}
	return out
}

// blocks are the bodies of the fenced blocks of a language.
func blocks(markdown, language string) []string {
	var out []string
	for _, f := range fences(markdown) {
		if f.info == language {
			out = append(out, f.body)
		}
	}
	return out
}
