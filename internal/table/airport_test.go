package table

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestAirportFilesOfOtherHandsReadAsWaves reads the yearly passenger surveys
// of San Francisco airport as published. Their codebook: 0 blank, 1 to 5
// unacceptable to outstanding, 6 never used. The expected values are counts
// and means of the raw column by Python's csv module.
func TestAirportFilesOfOtherHandsReadAsWaves(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "data", "sfo-airport")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the airport surveys are not on this machine")
	}
	var sources []Source
	for _, year := range []string{"2014", "2015", "2016"} {
		name := year + "_SFO_Customer_Survey_20250817.csv"
		sources = append(sources, Source{
			Name: name, Wave: year, Whole: true,
			Open:    func() (io.ReadCloser, error) { return os.Open(filepath.Join(folder, name)) },
			Columns: map[string]string{"Q7ALL": "osat", "RESPNUM": "_id", "*RESPNUM": "_id"},
			Codes:   map[string]map[string]Recode{"osat": {"0": {Missing: Skipped}, "6": {Missing: NotApplicable}}},
		})
	}
	schema := &Schema{Survey: "airport", Fields: []Field{{ID: "osat", Kind: Choice, Codes: []string{"1", "2", "3", "4", "5"}}}}
	a, problems := read(t, schema, Options{Waves: []string{"2014", "2015", "2016"}}, sources...)
	same(t, "problems", words(problems), "")
	for i, want := range []string{
		"2014: read 2818, skipped 111, not applicable 30, valid 2677, mean 3.996",
		"2015: read 2958, skipped 108, not applicable 40, valid 2810, mean 4.048",
		"2016: read 3087, skipped 133, not applicable 35, valid 2919, mean 4.038",
	} {
		w := a.Waves[i]
		valid, sum := 0, 0
		missing := map[Reason]int{}
		for row := range w.Rows {
			code, reason := w.Columns["osat"].Code(row)
			missing[reason]++
			if reason == Answered {
				valid++
				sum += code + 1
			}
		}
		got := fmt.Sprintf("%s: read %d, skipped %d, not applicable %d, valid %d, mean %.3f",
			w.ID, w.Count.Read, missing[Skipped], missing[NotApplicable], valid, float64(sum)/float64(valid))
		same(t, "wave", got, want)
	}
}
