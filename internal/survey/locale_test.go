package survey

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func locale(t *testing.T, data string) (*Locale, error) {
	t.Helper()
	return LoadLocale(fstest.MapFS{"locales/en.yaml": &fstest.MapFile{Data: []byte(data)}}, "en")
}

func TestLocaleSaysTextsWithTheirValues(t *testing.T) {
	l, err := locale(t, "base:\n  n: \"{n} answers of {wave}\"\n  n.one: \"{n} answer of {wave}\"\n  plain: None\nsave: Save\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ got, want string }{
		{l.Say("save"), "Save"},
		{l.Say("base.plain", "n", 1), "None"},
		{l.Say("base.n", "wave", "2026", "n", 3), "3 answers of 2026"},
		{l.Say("base.n", "wave", "2026", "n", 1), "1 answer of 2026"},
		{l.Say("base.n", "n", "1", "wave", "{n}"), "1 answers of {n}"},
		{l.Say("base.n", "n", 2), "2 answers of {wave}"},
		{l.Say("base.m"), "⟨base.m⟩"},
		{l.Tag(), "en"},
		{strings.Join(l.Keys(), " "), "base.n base.n.one base.plain save"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	if got, want := l.Placeholders("base.n"), []string{"n", "wave"}; !slices.Equal(got, want) {
		t.Errorf("placeholders %v, want %v", got, want)
	}
	if !l.Has("base.n") || l.Has("base") {
		t.Error("Has does not tell texts from groups")
	}
}

func TestLocaleRefusesWhatIsNoText(t *testing.T) {
	for data, want := range map[string]string{
		"":                    "the file is empty",
		"a: [b]\n":            "locales/en.yaml:1: a text is wanted, not a list",
		"a:\n  b:\n":          `locales/en.yaml:2: key "a.b" has no text`,
		"a: b\na: c\n":        `key "a" is given twice`,
		"a: {b: Would you?}x": "this is not YAML",
	} {
		if _, err := locale(t, data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", data, err, want)
		}
	}
	if _, err := LoadLocale(fstest.MapFS{}, "../en"); err == nil {
		t.Error("a tag that is no tag is taken")
	}
}
