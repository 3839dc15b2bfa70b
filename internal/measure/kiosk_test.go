package measure_test

import (
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// kiosk measures the kiosk demo.
func kiosk(t *testing.T) *measure.Results { return kioskAt(t, 5) }

func kioskAt(t *testing.T, minCell int) *measure.Results {
	t.Helper()
	var problems diag.List
	s := survey.Parse(os.DirFS("../.."), "surveys/kiosk", &survey.Workspace{Languages: []string{"zh-CN", "en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	w := s.Waves[0]
	source := table.Source{Name: w.Files[0], Encoding: w.Encoding, Columns: w.Columns, Codes: w.Codes, Whole: true, Open: func() (io.ReadCloser, error) {
		return os.Open("../../surveys/kiosk/" + w.Files[0])
	}}
	answers, err := table.Read(s.Schema(), []table.Source{source}, table.Options{}, &problems)
	if err != nil || problems.Has(diag.Error) {
		t.Fatal(err, problems.Problems())
	}
	return measure.Compute(s, answers, measure.Options{MinCell: minCell})
}

func TestKioskGapsEqualAnotherProgram(t *testing.T) {
	c := oracleCheck{name: "gap: kiosk demo (Python)"}
	want := tree(t, "testdata/kiosk_check.json")
	g := kiosk(t).Analyses["service"].(*measure.Gap)
	c.near(t, "gap", g.Gap, at(t, want, "gap"))
	items := 0
	for _, d := range g.Dimensions {
		e := want["dimensions"].(map[string]any)[d.ID]
		c.near(t, d.ID+" n", measure.Number(d.N), at(t, e, "n"))
		c.near(t, d.ID, d.Gap, at(t, e, "gap"))
		c.near(t, d.ID+" alpha", d.Alpha.Gap, at(t, e, "alpha"))
		for _, i := range d.Items {
			id := strings.TrimPrefix(i.ID, "p_")
			e := want["items"].(map[string]any)[id]
			c.near(t, id+" gap", i.Gap, at(t, e, "gap"))
			c.near(t, id+" perceived", i.Perceived, at(t, e, "perceived"))
			c.near(t, id+" t", i.T, at(t, e, "t"))
			bands(t, &c, id, i.Classes, i.N, e)
			items++
		}
	}
	// where small cells are hidden the test is of pooled lines: here of all cells
	o, e := kioskAt(t, 1).Analyses["service"].(*measure.Gap).Outcomes[1], want["recommend"]
	c.near(t, "chi squared", o.Chi2, at(t, e, "chi_squared"))
	c.near(t, "df", o.DF, at(t, e, "df"))
	if items != 24 {
		t.Errorf("compared %d items, want 24", items)
	}
	c.done(t)
}

func TestKioskMatrixEqualsAnotherProgram(t *testing.T) {
	c := oracleCheck{name: "importance_performance: kiosk demo (Python)"}
	want := tree(t, "testdata/kiosk_check.json")
	s := kiosk(t).Analyses["status"].(*measure.Status)
	c.near(t, "importance line", s.Thresholds.Importance, at(t, want, "threshold_importance"))
	c.near(t, "performance line", s.Thresholds.Performance, at(t, want, "threshold_performance"))
	worst := 0.0
	for _, i := range s.Items {
		e := want["status"].(map[string]any)[i.ID]
		c.near(t, i.ID+" importance", i.Importance, at(t, e, "importance"))
		c.near(t, i.ID+" performance", i.Performance, at(t, e, "performance"))
		c.near(t, i.ID+" priority", i.Priority, at(t, e, "priority"))
		c.near(t, i.ID+" derived", i.Derived, at(t, e, "derived"))
		c.near(t, i.ID+" spearman", i.Spearman, at(t, e, "spearman"))
		if q := e.(map[string]any)["quadrant"]; q != i.Quadrant {
			t.Errorf("%s is in %s, want %s", i.ID, i.Quadrant, q)
		}
		// Other random numbers: 1,000 and 4,000 resamples, so the ends agree to some hundredths.
		for k, end := range []string{"low", "high"} {
			d := math.Abs(float64(i.CI95[k]) - at(t, e, end))
			worst = max(worst, d)
			if d > .03 {
				t.Errorf("%s %s end is %v, want about %v", i.ID, end, i.CI95[k], at(t, e, end))
			}
		}
	}
	c.done(t)
	t.Logf("%-52s   48 figures, largest difference %.2g", "bootstrap ends of the priority", worst)
}
