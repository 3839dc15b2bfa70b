package survey

import (
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
)

// withQuestion is the plain survey with another question behind its own.
func withQuestion(question string) string { return plainSurvey + "      - " + question + "\n" }

// judged is what is printed of a definition.
func judged(t *testing.T, text string) string {
	t.Helper()
	_, problems := parse([]byte(text))
	var b strings.Builder
	if err := problems.WriteText(&b, "en"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTrapsOfYAMLAreErrorsWithTheirLine(t *testing.T) {
	number := func(key, value string) string {
		return withQuestion("{id: n, type: number, text: N, " + key + ": " + value + "}")
	}
	for name, test := range map[string]struct{ text, want string }{
		"merge key":          {strings.Replace(plainSurvey, "title: 咖啡馆", "title: 咖啡馆\n<<: {version: 1}", 1), "5:1: error: merge key <<"},
		"duplicate key":      {plainSurvey + "title: 又\n", `9:1: error: key "title" is written twice, on lines 4 and 9`},
		"duplicate question": {withQuestion("{id: osat, type: note, text: N}"), `9:14: error: column "osat" is defined twice, on lines 8 and 9`},
		"duplicate option": {
			withQuestion("{id: k, type: single_choice, text: K, options: [{code: 1, label: a}, {code: 1, label: b}]}"), `error: code "1" is given twice, both on line 9`,
		},
		"second document":  {plainSurvey + "---\na: 1\n", "9:1: error: a second document starts here"},
		"trailing brace":   {plainSurvey + "}\n", "9:1: error: this is not YAML"},
		"tab":              {plainSurvey + "\tversion: 1\n", "9:2: error: this is not YAML"},
		"not a number":     {number("min", ".nan"), "error: \".nan\" is not a number"},
		"infinite":         {number("max", ".inf"), "error: \".inf\" is not a number"},
		"beyond a float":   {number("max", "1e999"), "error: 1e999 is out of range"},
		"octal":            {number("min", "0777"), "error: \"0777\" is not a number"},
		"beyond 2^53":      {number("max", "9007199254740993"), "error: 9007199254740993 is out of range"},
		"not a score":      {withQuestion("{id: k, type: single_choice, text: K, options: [{code: 1, label: a, points: .nan}, {code: 2, label: b}]}"), "error: \".nan\" is not a number"},
		"unknown key":      {strings.Replace(plainSurvey, "title:", "tilte:", 1), `4:1: error: a survey has no key "tilte"`},
		"binary tag":       {strings.Replace(plainSurvey, "咖啡馆", "!!binary aGk=", 1), "4:8: error: tag !!binary"},
		"foreign tag":      {strings.Replace(plainSurvey, "咖啡馆", "!!python/object:os.system x", 1), "4:8: error: tag "},
		"tag of its own":   {strings.Replace(plainSurvey, "咖啡馆", "!foo x", 1), "4:8: error: tag !foo"},
		"itself":           {withQuestion("{id: a, type: note, text: A, show_if: a == 1}"), `error: "a" depends on itself: a → a`},
		"circle of three":  {plainSurvey + "calculated:\n  - {id: a, expr: b + 1}\n  - {id: b, expr: c + 1}\n  - {id: c, expr: a + 1}\n", `"a" depends on itself: a → b → c → a`},
		"unknown question": {withQuestion("{id: a, type: note, text: A, show_if: osta == 1}"), `error: unknown question "osta"`},
	} {
		if got := judged(t, test.text); !strings.Contains(got, test.want) {
			t.Errorf("%s: got\n%swant %s", name, got, test.want)
		}
	}
	if got := judged(t, strings.Replace(plainSurvey, "title:", "tilte:", 1)); !strings.Contains(got, `did you mean "title"?`) {
		t.Errorf("no cure: %s", got)
	}
}

// badIDs are no id of a survey nor of a column.
var badIDs = []string{
	"../x", "/etc/x", "a/b", `a\b`, "nul.txt", ".git", strings.Repeat("a", 300), "a b", "a-b", "1a", "_a",
	"а",        // Cyrillic
	"Ａ",        // full-width
	"a\u200bb", // zero width
	"e\u0301",  // two characters
	"é", "__proto__",
}

func TestIDsThatAreNoNamesOfFoldersOrColumnsAreErrors(t *testing.T) {
	quoted := func(s string) string { return "'" + s + "'" }
	for _, id := range append(badIDs, "con", "NUL", "aux", "com1") {
		if got := judged(t, strings.Replace(plainSurvey, "id: cafe", "id: "+quoted(id), 1)); !strings.Contains(got, "2:5: error: survey id") {
			t.Errorf("survey id %q: %s", id, got)
		}
	}
	for _, id := range append(badIDs, "constructor", "toString", "hasOwnProperty", "prototype", "valueOf") {
		for name, text := range map[string]string{
			"question": withQuestion("{id: " + quoted(id) + ", type: note, text: N}"),
			"hidden":   plainSurvey + "hidden:\n  - {id: " + quoted(id) + "}\n",
		} {
			if got := judged(t, text); !strings.Contains(got, ": error: id ") {
				t.Errorf("%s %q: %s", name, id, got)
			}
		}
	}
	for _, id := range []string{"", " ", "~"} {
		if got := judged(t, withQuestion("{id: "+quoted(id)+", type: note, text: N}")); !strings.Contains(got, "error: ") {
			t.Errorf("question %q: %s", id, got)
		}
	}
	if got := judged(t, withQuestion("{id: OSAT, type: note, text: N}")); !strings.Contains(got, `columns "osat" and "OSAT" differ only in case`) {
		t.Errorf("got %s", got)
	}
}

func TestCodesAndLabelsAreComparedAsTheyLook(t *testing.T) {
	options := func(list string) string {
		return withQuestion("{id: k, type: single_choice, text: K, options: [" + list + "]}")
	}
	for name, test := range map[string]struct{ text, want string }{
		"composed and not": {options("{code: \u00e9, label: a}, {code: e\u0301, label: b}"), "error: code"},
		"full width":       {options("{code: A, label: a}, {code: Ａ, label: b}"), "is given twice"},
		"spaces and case":  {options("{code: a, label: Very good}, {code: b, label: 'very  good'}"), `warning: options "a" and "b" have the same label`},
		"compatible signs": {options("{code: a, label: ①}, {code: b, label: '1'}"), "have the same label"},
	} {
		if got := judged(t, test.text); !strings.Contains(got, test.want) {
			t.Errorf("%s: got\n%swant %s", name, got, test.want)
		}
	}
}

func TestSignsThatHideOrTurnTextAreWarnedOfAndNotPrinted(t *testing.T) {
	for name, label := range map[string]string{
		"override": "a\u202eb", "isolate": "a\u2066b", "zero width": "a\u200bb", "zalgo": "e" + strings.Repeat("\u0301", 64),
	} {
		got := judged(t, withQuestion("{id: k, type: single_choice, text: K, options: [{code: 1, label: \""+label+"\"}, {code: 2, label: b}]}"))
		if !strings.Contains(got, "9:") || !strings.Contains(got, ": warning: the text has ") {
			t.Errorf("%s: got %s", name, got)
		}
		if strings.ContainsAny(got, "\u202e\u2066\u200b") {
			t.Errorf("%s: the message holds the sign itself: %q", name, got)
		}
	}
}

func FuzzExpression(f *testing.F) {
	for _, seed := range []string{"osat <= 3", "not answered(osat) or osat in [1, 2]", `param("rg") == "x" ? 1 : 2`, "missing(osat, skipped)", "((", "osat = 1", "a.b[c]", "1_0 + 0x1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		quoted := "'" + strings.ReplaceAll(strings.NewReplacer("\n", " ", "\r", " ").Replace(source), "'", "''") + "'"
		var problems diag.List
		Parse(fstest.MapFS{"surveys/cafe/survey.yaml": &fstest.MapFile{Data: []byte(plainSurvey + "calculated:\n  - {id: c, expr: " + quoted + "}\n")}}, "surveys/cafe", nil, &problems)
		for _, p := range problems.Problems() {
			if p.Place.Line < 0 || p.Place.Column < 0 || p.Summary.Empty() {
				t.Errorf("%q: %+v", source, p)
			}
		}
	})
}
