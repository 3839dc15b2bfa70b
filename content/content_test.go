package content_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"manyi/content"
)

// sections are the headings of every method page, in order.
var sections = map[string][]string{
	"en":    {"The question", "How it is computed", "How to read it", "Limits", "Source"},
	"zh-CN": {"它回答什么", "怎么算", "怎么读", "局限", "出处"},
}

var (
	headings = regexp.MustCompile(`(?m)^## (.+)$`)
	links    = regexp.MustCompile(`\]\(([^)\s]*)\)`)
	fences   = regexp.MustCompile("(?ms)^```.*?^```$")
)

func read(t *testing.T, name, lang string) string {
	t.Helper()
	body, err := fs.ReadFile(content.Files, content.File(name, lang))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestEveryMethodIsExplainedInEveryLanguage(t *testing.T) {
	for _, name := range content.Names() {
		for lang, want := range sections {
			text := read(t, name, lang)
			for _, key := range []string{"title: ", "says: "} {
				if !regexp.MustCompile(`(?m)\A---\n(.+\n)*` + key + `\S.*\n(.+\n)*---\n`).MatchString(text) {
					t.Errorf("%s.%s has no %s", name, lang, key)
				}
			}
			if content.Reference(name) {
				continue
			}
			var got []string
			for _, m := range headings.FindAllStringSubmatch(fences.ReplaceAllString(text, ""), -1) {
				got = append(got, m[1])
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s.%s has the sections %q, want %q", name, lang, got, want)
			}
		}
	}
}

func TestLinksOfMethodPagesLeadToOthers(t *testing.T) {
	for _, name := range content.Names() {
		found := map[string][]string{}
		for lang := range sections {
			for _, m := range links.FindAllStringSubmatch(read(t, name, lang), -1) {
				to, ok := strings.CutPrefix(m[1], "method:")
				if !ok || !slices.Contains(content.Names(), to) {
					t.Errorf("%s.%s links to %q", name, lang, m[1])
				}
				found[lang] = append(found[lang], to)
			}
			slices.Sort(found[lang])
			found[lang] = slices.Compact(found[lang])
		}
		if !slices.Equal(found["en"], found["zh-CN"]) {
			t.Errorf("%s links to %q in English and to %q in Chinese", name, found["en"], found["zh-CN"])
		}
	}
}

func TestEveryEmbeddedPageIsListed(t *testing.T) {
	var want []string
	for _, name := range content.Names() {
		for lang := range sections {
			want = append(want, content.File(name, lang))
		}
	}
	var got []string
	if err := fs.WalkDir(content.Files, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			got = append(got, name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("embedded are %q, listed %q", got, want)
	}
}

func TestTheGlossaryHasTheSameTermsInBothLanguages(t *testing.T) {
	term := regexp.MustCompile(`(?m)^(.+)\n: `)
	en, zh := term.FindAllString(read(t, "glossary", "en"), -1), term.FindAllString(read(t, "glossary", "zh-CN"), -1)
	if len(en) != len(zh) || len(en) < 70 {
		t.Errorf("%d terms in English and %d in Chinese, want as many, and 70 or more", len(en), len(zh))
	}
	for i := range min(len(en), len(zh)) {
		if a, b := links.FindString(en[i]), links.FindString(zh[i]); a != b {
			t.Errorf("%q leads to %q, %q to %q", en[i], a, zh[i], b)
		}
	}
}
