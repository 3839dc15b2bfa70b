package page_test

import (
	"strings"
	"testing"

	"manyi/internal/page"
	"manyi/internal/report"
)

func TestSearchIndexHoldsPagesSectionsAndRowsAndEndsNoScript(t *testing.T) {
	got, err := page.Search([]*report.Page{{Name: "trend", Title: "Trend", Heading: "**Up** </script><script>alert(1)", Sections: []report.Section{{ID: "s", Title: "Since 2014", Blocks: []report.Block{
		{Table: &report.Table{ID: "t", Caption: "Means", Rows: []report.Row{{Label: "Restrooms"}}}},
	}}}}})
	want := `self.manyiSearch=[["trend.html","Trend","Up \u003c/script\u003e\u003cscript\u003ealert(1)",""],["trend.html#s","Since 2014","Trend",""],["trend.html#t","Means","Trend","Restrooms"]];` + "\n"
	if err != nil || string(got) != want || strings.Contains(string(got), "<") {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
}
