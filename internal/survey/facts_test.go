package survey

import "testing"

func TestFactsAreReadWithProvenance(t *testing.T) {
	sum := 0.0
	for _, f := range Facts() {
		for _, lang := range []string{"zh-CN", "en"} {
			if f.Statement.In(lang) == "" || f.Provenance.In(lang) == "" || f.Caveat.In(lang) == "" {
				t.Errorf("%s lacks a text in %s", f.ID, lang)
			}
		}
		if f.Topic == "lost" {
			sum += f.Value
		}
	}
	if sum < .999999 || sum > 1.000001 {
		t.Errorf("got %v, want reasons that add up to 1", sum)
	}
}
