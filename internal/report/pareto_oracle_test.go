package report

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"manyi/internal/measure"
	"manyi/internal/service"
)

// paretoCases are the lines that testdata/pareto/make.R wrote, less the names.
func paretoCases(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/pareto/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func decimal(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// R tries every way to split the cost of what is shown together.
func TestCostsShownTogetherNeedAsManyGroupsAsInR(t *testing.T) {
	cases := paretoCases(t, "cost.csv")
	for _, row := range cases {
		s := &service.ComplaintStratum{Limit: measure.Number(decimal(t, row[3]))}
		sum := decimal(t, row[1])
		for x := range strings.FieldsSeq(row[0]) {
			sum += decimal(t, x)
		}
		for i, x := range strings.Fields(row[0]) {
			s.Costs = append(s.Costs, &service.ComplaintCost{Code: fmt.Sprint("c", i), Groups: 1, Share: measure.Number(decimal(t, x) / sum)})
		}
		s.Costs = append(s.Costs, &service.ComplaintCost{Groups: int(decimal(t, row[2])), Share: measure.Number(decimal(t, row[1]) / sum)})
		if needed, of := costNeeded(s); float64(needed) != decimal(t, row[4]) || float64(of) != decimal(t, row[5]) {
			t.Errorf("%v: at most %d of %d", row, needed, of)
		}
	}
	t.Logf("groups that reach a share of the cost at most × R, every split × %d cases equal", len(cases))
}

// The line of a month's Pareto is summed in the order that is drawn.
func TestTheLineOfAMonthIsThatOfR(t *testing.T) {
	largest := 0.0
	for _, row := range paretoCases(t, "months.csv") {
		var log strings.Builder
		log.WriteString("id,received,category\n")
		add := func(code string, n float64) {
			for i := range int(n) {
				fmt.Fprintf(&log, "%s-%d,2026-02-%02d,%s\n", code, i, i%28+1, code)
			}
		}
		for pair := range strings.FieldsSeq(row[0]) {
			code, n, _ := strings.Cut(pair, ":")
			add(code, decimal(t, n))
		}
		add("", decimal(t, row[1]))
		b := complaintsBuilder(t, "en", "2026-03-31", log.String())
		month := b.options.Service.Flow.Months[0]
		f := b.periodPareto(month, month.Strata[0])
		order, line := strings.Fields(row[2]), strings.Fields(row[3])
		if len(f.Rows) != len(order) || strongRows(f) != row[6] {
			t.Errorf("%v: %d rows, strong %s", row, len(f.Rows), strongRows(f))
			continue
		}
		for i, r := range f.Rows {
			d := math.Abs(r.Cells[1] - decimal(t, line[i]))
			largest = math.Max(largest, d)
			if !(d <= 1e-9) || !strings.Contains(strings.ToLower(r.Label), order[i]) {
				t.Errorf("%v: row %d is %q with %v", row, i, r.Label, r.Cells[1])
			}
		}
		said := row[5] + " of " + strconv.Itoa(len(order))
		if 2*decimal(t, row[5]) > float64(len(order)) {
			said = "it takes " + row[4] + " of " + strconv.Itoa(len(order))
		}
		if month.Received >= periodBase && !strings.Contains(f.Title, said) {
			t.Errorf("%v: the title %q has no %q", row, f.Title, said)
		}
	}
	t.Logf("the line of a month's Pareto × R × largest difference %.2g", largest)
}
