package chart

import (
	"regexp"
	"strconv"
	"testing"
)

// TestValuesStandInTheColumnOfTheirPoint has a line of many days on a phone,
// where a value moved aside would stand over the next day's point.
func TestValuesStandInTheColumnOfTheirPoint(t *testing.T) {
	f := &Figure{ID: "days", Kind: Lines, Lang: "en", Columns: []Column{{ID: "n", Label: "Responses", Role: Value}}}
	for i := range 28 {
		f.Rows = append(f.Rows, Row{Label: strconv.Itoa(i + 1), Series: "Responses", Cells: []float64{float64(18 + i*7%9 + i*5%4)}})
	}
	svg := string(f.SVG(Narrow))
	points := regexp.MustCompile(`<circle[^>]* cx="([0-9.]+)" cy="([0-9.]+)"`).FindAllStringSubmatch(svg, -1)
	values := regexp.MustCompile(`<text class="val[^"]*" x="([0-9.]+)"[^>]*>([0-9]+)<`).FindAllStringSubmatch(svg, -1)
	if len(points) != len(f.Rows) || len(values) < 3 {
		t.Fatalf("%d points, %d values", len(points), len(values))
	}
	for _, v := range values {
		x, _ := strconv.ParseFloat(v[1], 64)
		nearest, best := 0, 1e9
		for i, q := range points {
			at, _ := strconv.ParseFloat(q[1], 64)
			if d := max(at-x, x-at); d < best {
				nearest, best = i, d
			}
		}
		if got := strconv.Itoa(int(f.Rows[nearest].Cells[0])); got != v[2] {
			t.Errorf("%s stands over the point of %s", v[2], got)
		}
	}
}
