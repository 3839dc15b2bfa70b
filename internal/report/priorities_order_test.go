package report_test

import (
	"strings"
	"testing"
)

// TestTheOrderByDistanceIsNotCalledUrgency: an item of low priority may stand first in it.
func TestTheOrderByDistanceIsNotCalledUrgency(t *testing.T) {
	for lang, not := range map[string]string{"en": "most urgent", "zh-CN": "最紧迫"} {
		p := page(serviceReport(t, lang, servings("2", 90)), "priorities")
		for _, s := range p.Sections {
			for _, b := range s.Blocks {
				if strings.Contains(b.Note, not) {
					t.Errorf("%s: the order by distance is called urgency: %s", lang, b.Note)
				}
			}
		}
	}
}
