package measure_test

import (
	"encoding/csv"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

const commonDefinition = `manyi: 1
id: hotel
version: 2
languages: [en]
title: Hotel
pages:
  - id: all
    questions:
      - {id: room, type: rating, scale: sat5, text: Room}
      - {id: bed, type: rating, scale: sat5, text: Bed}
      - {id: breakfast, type: rating, scale: sat5, text: Breakfast}
      - {id: bar, type: rating, scale: sat5, text: Bar}
waves: [{id: a}, {id: b}]
history:
  - {wave: b, item: bed, change: wording, note: From soft to hard}
  - {wave: b, item: room, change: order}
  - {wave: b, item: room, change: typo}
EQUIVALENT
WEIGHTS
analyses:
  - id: index
    method: csi
    facets:
      - {id: rooms, weight: 0.6, items: [{id: room, weight: 0.7}, {id: bed, weight: 0.3}]}
      - {id: meals, weight: 0.4, items: [{id: breakfast, weight: 0.5}, {id: bar, weight: 0.5}]}
`

// hotel measures two waves; rename names a column of the first file otherwise.
func hotel(t *testing.T, more, rename string) *measure.Results {
	t.Helper()
	text := strings.NewReplacer("EQUIVALENT", rename, "WEIGHTS", more).Replace(commonDefinition)
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/hotel/survey.yaml": {Data: []byte(text)}}, "surveys/hotel", nil, &problems)
	if problems.Has(diag.Error) {
		t.Fatalf("definition: %v", problems)
	}
	files := fstest.MapFS{}
	var sources []table.Source
	for _, w := range []string{"a", "b"} {
		data, err := os.ReadFile("testdata/common/" + w + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		if w == "a" && rename != "" {
			data = []byte(strings.Replace(string(data), "breakfast", "morning", 1))
		}
		files[w] = &fstest.MapFile{Data: data}
		sources = append(sources, table.Source{Name: w + ".csv", Wave: w, Open: func() (io.ReadCloser, error) { return files.Open(w) }})
	}
	answers, err := table.Read(s.Schema(), sources, table.Options{Waves: []string{"a", "b"}, Weight: s.Weight, Field: true, Questions: s.PageFields()}, &problems)
	if err != nil || problems.Has(diag.Error) {
		t.Fatalf("answers: %v %v", err, problems)
	}
	return measure.Compute(s, answers, measure.Options{MinCell: 5, Problems: &problems})
}

func TestAnIndexOnCommonItemsAgreesWithR(t *testing.T) {
	file, err := os.Open("testdata/common/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	largest := 0.0
	for _, rename := range []string{"", "equivalent: {breakfast: morning}"} {
		by := map[string]*measure.Results{"plain": hotel(t, "", rename), "weighted": hotel(t, "weights: {column: weight}", rename)}
		for _, row := range rows[1:] {
			trend := by[row[0]].Analyses["trend"].(*measure.Trend)
			c := trend.Shared[0]
			at := slices.IndexFunc(c.Figures, func(f *measure.CommonFigure) bool { return f.Figure == row[1] })
			if at < 0 {
				t.Fatalf("%s: no figure %s", row[0], row[1])
			}
			f := c.Figures[at]
			got := []float64{float64(f.N[0]), float64(f.N[1]), float64(f.Scores[0]), float64(f.Scores[1]), float64(f.Difference), float64(f.CI95[0]), float64(f.CI95[1]), float64(f.P)}
			for i, text := range row[2:] {
				want, _ := strconv.ParseFloat(text, 64)
				d := math.Abs(got[i] - want)
				if !(d <= 1e-9) {
					t.Errorf("%s %s %s: got %v, want %v", row[0], row[1], rows[0][i+2], got[i], want)
				}
				largest = max(largest, d)
			}
		}
	}
	t.Logf("csi on common items × base R: largest difference %.1e", largest)
}

func TestStepsSayWhetherTheyCompare(t *testing.T) {
	trend := hotel(t, "", "equivalent: {breakfast: morning}").Analyses["trend"].(*measure.Trend)
	want := map[string]string{
		"questions.room.mean": "marked", "questions.bed.mean": "not wording_changed", "questions.breakfast.mean": "marked", "questions.bar.mean": "not not_asked",
		"analyses.index.score": "not items", "analyses.index.facets.rooms.score": "not wording_changed",
	}
	for _, f := range trend.Figures {
		if w, ok := want[f.Figure]; ok {
			if got := strings.TrimSpace(f.Steps[0].Comparability + " " + f.Steps[0].Reason); got != w {
				t.Errorf("%s: got %q, want %q", f.Figure, got, w)
			}
			delete(want, f.Figure)
		}
	}
	if len(want) > 0 {
		t.Errorf("not followed: %v", want)
	}
	var left []string
	for _, l := range trend.Shared[0].LeftOut {
		left = append(left, l.Item+" "+l.Reason)
	}
	if got := strings.Join(left, ", "); got != "bed wording_changed, bar not_asked" {
		t.Errorf("left out: %s", got)
	}
}
