package survey_test

import (
	"slices"
	"testing"

	"manyi/internal/survey"
	"manyi/templates"
)

func TestLanguagesHaveTheSameWordsWithTheSamePlaceholders(t *testing.T) {
	source, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	other, err := survey.LoadLocale(templates.Files, "zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range source.Keys() {
		if !other.Has(key) {
			t.Errorf("zh-CN lacks %q", key)
			continue
		}
		if got, want := other.Placeholders(key), source.Placeholders(key); !slices.Equal(got, want) {
			t.Errorf("%q has the placeholders %v in zh-CN, want %v", key, got, want)
		}
	}
	for _, key := range other.Keys() {
		if !source.Has(key) {
			t.Errorf("en lacks %q", key)
		}
	}
}
