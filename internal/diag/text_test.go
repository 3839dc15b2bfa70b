package diag

import (
	"strings"
	"testing"
)

func written(t *testing.T, l *List) string {
	t.Helper()
	var b strings.Builder
	if err := l.WriteText(&b, "en"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextShowsPlaceSourceCaretCureAndRule(t *testing.T) {
	var l List
	l.Add(Problem{
		Severity: Warning, Code: "b", Summary: Say("late"),
		Place: Place{File: "a.yaml", Line: 3},
	})
	l.Add(Problem{
		Severity: Error, Code: "unknown-scale",
		Place:   Place{File: "a.yaml", Line: 12, Column: 12, Length: 7},
		Summary: Say(`question "speed" uses unknown scale "likret5"`),
		Source:  "    scale: likret5",
		Cure:    Say("did you mean \"likert5\"?\nor define it under scales"),
		Rule:    Place{File: "a.yaml", Line: 4, Column: 3},
	})
	want := `a.yaml:12:12: error: question "speed" uses unknown scale "likret5"
  12 |     scale: likret5
     |            ^^^^^^^
  did you mean "likert5"?
  or define it under scales
  rule at a.yaml:4:3
a.yaml:3: warning: late
1 error, 1 warning
`
	if got := written(t, &l); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTextPutsTheCaretUnderWideCharactersAndTabs(t *testing.T) {
	var l List
	l.Add(Problem{Place: Place{File: "f", Line: 1, Column: 4, Length: 2}, Summary: Say("s"), Source: "\t问x满意"})
	want := "f:1:4: error: s\n  1 | \t问x满意\n    | \t   ^^^^\n1 error\n"
	if got := written(t, &l); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestTextCutsLongLinesAroundThePlace(t *testing.T) {
	var l List
	l.Add(Problem{
		Place: Place{File: "f", Line: 1, Column: 501, Length: 3}, Summary: Say("s"),
		Source: strings.Repeat("a", 500) + "bad" + strings.Repeat("c", 500),
	})
	lines := strings.Split(written(t, &l), "\n")
	if got := len([]rune(lines[1])); got > shownWidth+10 {
		t.Errorf("source line has %d characters", got)
	}
	if got, want := strings.Index(lines[2], "^^^"), len([]rune(lines[1][:strings.Index(lines[1], "bad")])); got != want {
		t.Errorf("caret at %d, want %d", got, want)
	}
}

func TestTextHidesTerminalControls(t *testing.T) {
	var l List
	l.Add(Problem{Place: Place{File: "f", Line: 1, Column: 1}, Summary: Say("s"), Source: "\x1b[2Jx\u202ey"})
	if got := written(t, &l); strings.ContainsAny(got, "\x1b\u202e") {
		t.Errorf("got %q", got)
	}
}

func TestTextCountsWhatIsCapped(t *testing.T) {
	var l List
	for range errorsPerKind + 37 {
		l.Add(Problem{Code: "k", Place: Place{File: "f", Line: 1}, Summary: Say("s")})
	}
	l.Add(Problem{Code: "other", Place: Place{File: "f", Line: 2}, Summary: Say("t")})
	got := written(t, &l)
	if want := "f: … and 37 more of this kind\nf:2: error: t\n58 errors\n"; !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant the end\n%s", got, want)
	}
}

func TestTextOfNoProblemsIsEmpty(t *testing.T) {
	if got := written(t, new(List)); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestNearestWord(t *testing.T) {
	among := []string{"title", "text", "type", "scale", "sat5", "sat7", "randomize", "满意度"}
	for word, want := range map[string]string{
		"tilte": "title", "Scale": "scale", "sclae": "scale", "randomise": "randomize", "sat": "sat5",
		"x": "", "": "", "colour": "", "满意渡": "满意度", "title": "",
	} {
		if got := Nearest(word, among); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestCellsThatBreakOneRuleAreToldOnce(t *testing.T) {
	var l List
	for line := 2; line < 60; line++ {
		l.Add(Problem{Severity: Warning, Code: "c", Place: Place{File: "f", Line: line}, Summary: Say("s"), Cure: Say("cure"), Rule: Place{File: "r", Line: 7}})
	}
	l.Add(Problem{Severity: Warning, Code: "c", Place: Place{File: "f", Line: 3}, Summary: Say("t"), Rule: Place{File: "r", Line: 9}})
	var out strings.Builder
	if err := l.WriteText(&out, "en"); err != nil {
		t.Fatal(err)
	}
	want := "f:2: warning: s\n  cure\n  rule at r:7\n  the same in lines 3, 4, 5, 6 and 53 more\nf:3: warning: t\n  rule at r:9\n59 warnings\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
