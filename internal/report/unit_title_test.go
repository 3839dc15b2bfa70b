package report

import (
	"strings"
	"testing"

	"manyi/internal/survey"
	"manyi/templates"
)

// TestTheTitleOfAUnitNamesWhatIsHigher holds the title of the items of a unit to
// what its tints say.
func TestTheTitleOfAUnitNamesWhatIsHigher(t *testing.T) {
	for lang, words := range map[string][2]string{"en": {"higher", "lower"}, "zh-CN": {"高于", "低于"}} {
		locale, err := survey.LoadLocale(templates.Files, lang)
		if err != nil {
			t.Fatal(err)
		}
		l := &loopPages{builder: &builder{locale: locale, lang: lang}}
		four := []string{"“A”", "“B”", "“C”", "“D”"}
		if got := l.unitItemsTitle("North", []string{"“Fixed”"}, nil); !strings.Contains(got, "“Fixed”") || !strings.Contains(got, words[0]) {
			t.Errorf("one is higher: %s", got)
		}
		if got := l.unitItemsTitle("North", []string{"“Fixed”"}, []string{"“Parts”"}); !strings.Contains(got, words[0]) || !strings.Contains(got, words[1]) {
			t.Errorf("one is higher, one lower: %s", got)
		}
		if got := l.unitItemsTitle("North", nil, four); !strings.Contains(got, "4") || strings.Contains(got, "“D”") {
			t.Errorf("four are lower: %s", got)
		}
	}
}
