package version

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// parsed is a definition; faults are told unless it is meant to have some.
func parsed(t testing.TB, text string) *survey.Survey {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/visit/survey.yaml": {Data: []byte(text)}}, "surveys/visit", nil, &problems)
	if s == nil || problems.Has(diag.Error) {
		var b strings.Builder
		if err := problems.WriteText(&b, "en"); err != nil {
			t.Fatal(err)
		}
		t.Fatalf("%s\n%s", b.String(), text)
	}
	return s
}

func lines(changes []Change) string {
	var b strings.Builder
	for _, x := range changes {
		mark := ""
		if x.Confirmed {
			mark = " confirmed"
		}
		b.WriteString(string(x.Part) + " " + x.Item + ": " + strings.TrimSpace(string(x.Kind)+" "+x.Key) + ": " + x.Verdict.Word() + mark + "\n")
	}
	return cmp.Or(b.String(), "nothing\n")
}

// TestEditsGetTheirVerdict goes through testdata/edits.txtar: the comment is
// ignored, the file base is the questionnaire, and every other file is an
// edit: lines "- old" and "+ new" replace text of the base, each line "= …" is
// a change that is expected, in order.
func TestEditsGetTheirVerdict(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/edits.txtar")
	if err != nil {
		t.Fatal(err)
	}
	base := string(archive.Files[0].Data)
	for i := range archive.Files[1:] {
		f := &archive.Files[i+1]
		text, edits := base, strings.Builder{}
		var want strings.Builder
		old, latest := "", ""
		flush := func() {
			if old == "" && latest == "" {
				return
			}
			if n := strings.Count(text, old); n != 1 {
				t.Errorf("%s: %q stands %d times in the base", f.Name, old, n)
			}
			text = strings.Replace(text, old, latest, 1)
			old, latest = "", ""
		}
		for line := range strings.Lines(string(f.Data)) {
			switch {
			case strings.HasPrefix(line, "= "):
				want.WriteString(line[2:])
				continue
			case strings.HasPrefix(line, "- "):
				if latest != "" {
					flush()
				}
				old += line[2:]
			case strings.HasPrefix(line, "+ "):
				latest += line[2:]
			case strings.TrimSpace(line) == "":
				continue
			default:
				t.Errorf("%s: %q", f.Name, line)
			}
			edits.WriteString(line)
		}
		flush()
		got := lines(Compare(parsed(t, base), parsed(t, text)))
		if os.Getenv("UPDATE") != "" {
			f.Data = []byte(edits.String() + "= " + strings.ReplaceAll(strings.TrimSuffix(got, "\n"), "\n", "\n= ") + "\n")
			continue
		}
		if got != want.String() {
			t.Errorf("%s\ngot\n%swant\n%s", f.Name, got, want.String())
		}
	}
	if n := len(archive.Files) - 1; n < 40 {
		t.Errorf("%d edits, want 40 or more", n)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("testdata/edits.txtar", txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWordsAreComparedOneByOne(t *testing.T) {
	for _, x := range []struct{ old, latest, want string }{
		{"How satisfied are you?", "How content are you?", "=How |-satisfied|+content|= are you?"},
		{"您对服务满意吗？", "您对本次服务满意吗？", "=您对|+本次|=服务满意吗？"},
		{"", "New", "+New"},
	} {
		w := diffWords("en", x.old, x.latest)
		var got []string
		before, after := "", ""
		for _, p := range w.Pieces {
			got = append(got, p.Is+p.Text)
			if p.Is != "+" {
				before += p.Text
			}
			if p.Is != "-" {
				after += p.Text
			}
		}
		if strings.Join(got, "|") != x.want || before != x.old || after != x.latest {
			t.Errorf("%q to %q: %q, want %q", x.old, x.latest, got, x.want)
		}
	}
}

func TestLongTextsAreCompared(t *testing.T) {
	a, b := strings.Repeat("word other ", 5000), strings.Repeat("third fourth ", 5000)
	if w := diffWords("en", a, b); len(w.Pieces) != 2 && !slices.ContainsFunc(w.Pieces, func(p Piece) bool { return p.Is == "=" }) {
		t.Errorf("%d pieces", len(w.Pieces))
	}
}

// What asks in Chinese with a sign of denial denies nothing.
func TestAskingIsNoDenial(t *testing.T) {
	for _, c := range []struct {
		old, latest string
		want        bool
	}{
		{"您有多满意？", "您是否满意？", false},
		{"您有多大可能再来？", "您会不会再来？", false},
		{"办成了吗？", "有没有办成？", false},
		{"您满意吗？", "您不满意吗？", true},
		{"服务人员很热情", "服务人员很不热情", true},
	} {
		if got := negated(letters(unasked(c.old)), letters(unasked(c.latest))); got != c.want {
			t.Errorf("%s → %s: %v, want %v", c.old, c.latest, got, c.want)
		}
	}
}
