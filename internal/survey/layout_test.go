package survey

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"manyi/internal/diag"
)

func laidOut(t testing.TB, name string, data []byte) ([]byte, []diag.Problem) {
	t.Helper()
	var problems diag.List
	out := Format(fstest.MapFS{name: &fstest.MapFile{Data: data}}, name, &problems)
	return out, problems.Problems()
}

func TestTheLayoutIsStable(t *testing.T) {
	const archive = "testdata/layout/layout.txtar"
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(a.Files); i += 2 {
		in, want := a.Files[i], &a.Files[i+1]
		got, problems := laidOut(t, in.Name, in.Data)
		if len(problems) > 0 {
			t.Errorf("%s: %v: %s", in.Name, problems[0].Place, problems[0].Summary)
			continue
		}
		if os.Getenv("UPDATE") != "" {
			want.Data = got
		}
		if !bytes.Equal(got, want.Data) {
			t.Errorf("%s: got\n%s\nwant\n%s", in.Name, got, want.Data)
		}
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(archive, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEverySampleIsLaidOutWithoutChangeOfItsMeaning(t *testing.T) {
	done := 0
	for name, a := range samples(t) {
		for _, f := range a.Files {
			base := path.Base(f.Name)
			if base != "survey.yaml" && base != "manyi.yaml" {
				continue
			}
			out, problems := laidOut(t, f.Name, f.Data)
			for _, p := range problems {
				if p.Code == "no-layout" {
					t.Errorf("%s: %s is not laid out:\n%s", name, f.Name, f.Data)
				}
			}
			if out == nil {
				continue
			}
			done++
			if before, _ := parse(f.Data); before != nil && base == "survey.yaml" {
				after, _ := parse(out)
				if !bytes.Equal(before.Canonical(), after.Canonical()) {
					t.Errorf("%s: %s means something else:\n%s", name, f.Name, out)
				}
			}
		}
	}
	if done < 60 {
		t.Errorf("only %d files were laid out", done)
	}
}

func TestAnyStyleOfTheSameFileHasOneOrderOfKeys(t *testing.T) {
	for seed := range uint64(60) {
		n := tree(t, completeSurvey(t))
		random := rand.New(rand.NewPCG(seed, 2))
		reformat(n, random, false)
		data := rendered(t, n, 2+random.IntN(4))
		out, problems := laidOut(t, "survey.yaml", data)
		if len(problems) > 0 {
			t.Fatalf("seed %d: %s\n%s", seed, problems[0].Summary, data)
		}
		at := -1
		for _, key := range outlines(surveyKeys) {
			next := strings.Index("\n"+string(out), "\n"+key.name+":")
			if next < 0 {
				next = strings.Index("\n"+string(out), fmt.Sprintf("\n%q:", key.name))
			}
			if next >= 0 && next < at {
				t.Fatalf("seed %d: key %s is out of order:\n%s", seed, key.name, out)
			}
			at = max(at, next)
		}
	}
}

func TestCommentsAnywhereAreKept(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 3))
		var lines []string
		for line := range strings.Lines(completeSurvey(t)) {
			line = strings.TrimSuffix(line, "\n")
			indent := len(line) - len(strings.TrimLeft(line, " "))
			if random.IntN(4) == 0 {
				lines = append(lines, fmt.Sprintf("%s# above %d", strings.Repeat(" ", max(0, indent+2*random.IntN(3)-2)), len(lines)))
			}
			if random.IntN(6) == 0 {
				lines = append(lines, "")
			}
			if random.IntN(4) == 0 && !strings.Contains(line, "#") {
				line += fmt.Sprintf("   # beside %d", len(lines))
			}
			lines = append(lines, line)
		}
		text := strings.Join(lines, "\n")
		out, problems := laidOut(t, "survey.yaml", []byte(text))
		if len(problems) > 0 {
			t.Fatalf("seed %d: %s\n%s", seed, problems[0].Summary, text)
		}
		if got, want := strings.Count(string(out), "# "), strings.Count(text, "# "); got != want {
			t.Errorf("seed %d: %d comments, want %d:\n%s", seed, got, want, out)
		}
	}
}

func TestWhatCannotBeLaidOutIsLeftAlone(t *testing.T) {
	for name, text := range map[string]string{"a list as a key": "manyi: 1\n[a, b]: c\n"} {
		out, problems := laidOut(t, "survey.yaml", []byte(text))
		if out != nil || len(problems) != 1 || problems[0].Code != "no-layout" {
			t.Errorf("%s: got %q, %v", name, out, problems)
		}
	}
}

func FuzzFormat(f *testing.F) {
	for _, a := range samples(f) {
		for _, file := range a.Files {
			f.Add(file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, problems := laidOut(t, "survey.yaml", data); out == nil && len(problems) == 0 {
			t.Error("no reason is given")
		}
	})
}
