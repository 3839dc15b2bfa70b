package page_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"runtime/debug"
	"testing"

	"manyi/internal/chart"
	"manyi/internal/page"
	"manyi/internal/report"
	"manyi/internal/survey"
	"manyi/templates"
)

// Invented words of typical length.
var (
	questions = []string{"登机区是否清洁", "洗手间是否清洁", "路标与指引是否清楚", "餐饮的选择是否足够", "无线网络的速度与稳定性", "安检人员的态度与效率", "值机与托运行李的等候时间", "航班信息是否及时而准确"}
	levels    = []string{"很差", "较差", "一般", "较好", "出色"}
	percent   = chart.Format{Percent: true}
)

// typical returns a battery of eight, a line over six waves, or six bars.
func typical(i int) *chart.Figure {
	f := &chart.Figure{ID: fmt.Sprintf("q%d", i), Lang: "zh-CN", Title: fmt.Sprintf("第 %d 题：半数以上旅客给出最高两档，餐饮与网络除外", i), Note: "各题分布，行右为满意率；均未加权", Axis: chart.Axis{Reference: math.NaN()}}
	base := chart.Column{ID: "n", Label: "基数", Role: chart.Base}
	switch f.Kind = []chart.Kind{chart.Diverging, chart.Lines, chart.Bars}[i%3]; f.Kind {
	case chart.Diverging:
		for k, label := range levels {
			f.Columns = append(f.Columns, chart.Column{ID: fmt.Sprint("share_", k+1), Label: label, Role: chart.Level, Format: percent, Tone: float64(k)/2 - 1})
		}
		f.Columns = append(f.Columns, chart.Column{ID: "top", Label: "满意率", Role: chart.Total, Format: percent}, base)
	default:
		f.Columns = []chart.Column{
			{ID: "mean", Label: "均值", Role: chart.Value, Format: chart.Format{Decimals: 2}},
			{ID: "ci95_low", Label: "下限", Role: chart.Low, Format: chart.Format{Decimals: 2}},
			{ID: "ci95_high", Label: "上限", Role: chart.High, Format: chart.Format{Decimals: 2}},
			base,
		}
	}
	for k := range map[chart.Kind]int{chart.Diverging: 8, chart.Lines: 6, chart.Bars: 6}[f.Kind] {
		a := math.Mod(float64(7*i+5*k)*.0137, .2)
		n := float64(400 + (37*i+91*k)%2400)
		r := chart.Row{Label: questions[(i+k)%8], Cells: []float64{3.4 + 3*a, 3.3 + 3*a, 3.5 + 3*a, n}}
		switch f.Kind {
		case chart.Diverging:
			r.Cells = []float64{a / 4, a / 2, .3 - a/4, .4, .3 - a/2, .7 - a/2, n}
		case chart.Lines:
			r.Label = fmt.Sprint(2020 + k)
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

// typicalPage is a report page of figures from the from-th on.
func typicalPage(tb testing.TB, theme *page.Theme, l *survey.Locale, from, n int) []byte {
	tb.Helper()
	p := &report.Page{Name: "index", Title: "逐题结果", Heading: "逐题结果"}
	for i := range n {
		p.Sections = append(p.Sections, report.Section{ID: fmt.Sprint("s", i), Title: questions[i%8], Blocks: []report.Block{{Figure: typical(from + i)}}})
	}
	body, err := theme.Report(page.Report{Report: &report.Report{Title: "旅客满意度调查", Lang: "zh-CN"}, Page: p, Locale: l, Site: "满意度中心", Home: "../index.html", ToAssets: "../assets/", Results: "results.json"})
	if err != nil {
		tb.Fatal(err)
	}
	return body
}

func loaded(tb testing.TB) (*page.Theme, *survey.Locale) {
	tb.Helper()
	theme, err := page.Load(templates.Files, survey.Theme{})
	if err != nil {
		tb.Fatal(err)
	}
	l, err := survey.LoadLocale(templates.Files, "zh-CN")
	if err != nil {
		tb.Fatal(err)
	}
	return theme, l
}

// TestPageOfThirtyFiguresIsLight holds the budget of DESIGN 8: 10 batteries, 10 lines, 10 bars.
func TestPageOfThirtyFiguresIsLight(t *testing.T) {
	theme, l := loaded(t)
	body := typicalPage(t, theme, l, 0, 30)
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("30 figures: %d bytes, %d in gzip", len(body), packed.Len())
	if got, most := packed.Len(), 100<<10; got > most {
		t.Errorf("30 figures are %d bytes in gzip, want at most %d", got, most)
	}
}

// BenchmarkPages writes a thousand pages of eight figures with both drawings,
// their twins and their tables; the budget is 2 s on one core (-cpu 1). The
// collector is set as manyi build sets it.
func BenchmarkPages(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	theme, l := loaded(b)
	for b.Loop() {
		for i := range 1000 {
			typicalPage(b, theme, l, 8*i, 8)
		}
	}
}
