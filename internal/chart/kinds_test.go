package chart

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
)

// has fails unless the text holds every part.
func has(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s lacks %q", what, part)
		}
	}
}

func option(t *testing.T, f *Figure) string {
	t.Helper()
	b, err := f.Option()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSparklineIsALineWithoutAxesOrIDs(t *testing.T) {
	f := fixture(Lines, "en")
	svg := f.Sparkline()
	_, _, texts, ids := read(t, svg)
	if len(texts) > 0 || len(ids) > 0 {
		t.Errorf("got texts %v and ids %v, want none", texts, ids)
	}
	has(t, "the sparkline", string(svg), `role="img"`, "75.8 (2016)", `class="line"`)
	if n := strings.Count(string(svg), "<circle"); n != 1 {
		t.Errorf("got %d points, want the last", n)
	}
	for _, rows := range [][]Row{nil, f.Rows[:1], allMissing("en").Rows} {
		f.Rows = rows
		read(t, f.Sparkline())
	}
}

func TestEventsTargetsAndBreaksAreInEveryForm(t *testing.T) {
	f := fixture(Lines, "en")
	f.Columns = append(f.Columns, Column{ID: "goal", Label: "Goal", Role: Goal, Format: Format{Decimals: 1}})
	for i := range f.Rows {
		f.Rows[i].Cells = append(f.Rows[i].Cells, 70+float64(i))
	}
	f.Rows[2].Break, f.Rows[2].Why = true, "the wording was changed"
	f.Events = []Event{{At: "2015", Text: "New hall"}, {At: "2015", Text: "New hours", Before: true}, {At: "1999", Text: "not on the axis"}}
	for _, size := range []Size{Wide, Narrow} {
		svg := string(f.SVG(size))
		has(t, "the drawing", svg, ">New hall<", ">the wording was changed<", "Goal 72.0")
		if strings.Contains(svg, ">not on the axis<") {
			t.Error("an event stands at a wave that is not there")
		}
		if got := strings.Count(svg, `class="goal"`); got != 4 { // three waves and the key
			t.Errorf("got %d strokes of the target, want 4", got)
		}
	}
	has(t, "the option", option(t, f), `"New hall"`, `"step":"middle"`, `"xAxis":0.5`) // between two waves, as drawn
	has(t, "the description", f.Description(), "2015: New hall", "2016: the wording was changed")
}

func TestHeatCellsCarryLettersAndHideWhatIsSuppressed(t *testing.T) {
	f := fixture(Heat, "en")
	f.Rows[1].Cells[5], f.Rows[1].Marks[5].State = 7531, Suppressed
	head, rows := f.Table()
	if got, want := head[2].Text, "North (A)"; got != want {
		t.Errorf("heading: got %q, want %q", got, want)
	}
	if got, want := rows[1][4].Mark, "A B D"; got != want {
		t.Errorf("letters: got %q, want %q", got, want)
	}
	if got, want := rows[0][1].Text, "1,497"; got != want {
		t.Errorf("base: got %q, want %q", got, want)
	}
	if got, want := rows[1][6].Text, "too few answers to show"; got != want {
		t.Errorf("suppressed cell: got %q, want %q", got, want)
	}
	wide, narrow := string(f.SVG(Wide)), string(f.SVG(Narrow))
	has(t, "the drawing", wide, ">ABD<", ">× too few answers to show<", `class="h6"`, "South 4.41 (A B D)", ">1,497<")
	has(t, "the narrow drawing", narrow, ">ABD<", "C South")
	has(t, "the CSV", string(f.CSV()), "gc,gc_mark", "4.41,A B D", ",suppressed,")
	has(t, "the option", option(t, f), "4.41 A B D", `"heatmap"`)
	for form, text := range map[string]string{"wide": wide, "narrow": narrow, "csv": string(f.CSV()), "option": option(t, f), "description": f.Description()} {
		if strings.Contains(text, "7531") {
			t.Errorf("the %s shows a suppressed cell", form)
		}
	}
}

func TestBoxesNeedTwentyAnswersAndShowOutliers(t *testing.T) {
	f := fixture(Box, "en")
	svg := string(f.SVG(Wide))
	if got := strings.Count(svg, `class="iqr`); got != 5 { // four groups and the key
		t.Errorf("got %d boxes, want 5", got)
	}
	has(t, "the drawing", svg, "fewer than 20 answers: median and range only", "outliers 21, 33, 38")
	if got := strings.Count(svg, `class="outlier"`); got != 5 { // four points and the key
		t.Errorf("got %d outliers, want 5", got)
	}
	has(t, "the CSV", string(f.CSV()), ",outliers,state", ",21;33;38,")
	has(t, "the option", option(t, f), `"boxplot"`, "[33,2]")
	head, rows := f.Table()
	if got, want := head[len(head)-1].Text+" "+rows[2][len(head)-1].Text, "Outliers 21, 33, 38"; got != want {
		t.Errorf("table: got %q, want %q", got, want)
	}
	f.Rows[2].State = Suppressed
	for form, text := range map[string]string{"svg": string(f.SVG(Wide)), "csv": string(f.CSV()), "option": option(t, f)} {
		if strings.Contains(text, "33, 38") || strings.Contains(text, "33;38") || strings.Contains(text, "[33,2]") {
			t.Errorf("the %s shows outliers of a suppressed group", form)
		}
	}
}

func TestGapsAndContributionsSayWhetherTheyHold(t *testing.T) {
	gap := fixture(Dumbbell, "en")
	svg := string(gap.SVG(Wide))
	if got := strings.Count(svg, `class="link quiet"`); got != 3 { // two rows and the key
		t.Errorf("got %d grey gaps, want 3", got)
	}
	has(t, "the drawing", svg, ">\u22121.21<", `class="val quiet"`, ">not distinguishable<")
	has(t, "the narrow drawing", string(gap.SVG(Narrow)), "\u22121.21 (\u22121.33 – \u22121.09)")
	has(t, "the description", gap.Description(), "Repaired right the first time, Car clean at handover: not distinguishable")
	fall := fixture(Waterfall, "en")
	svg = string(fall.SVG(Wide))
	has(t, "the waterfall", svg, `class="down"`, `class="up"`, `class="up pale"`, ">74.3<", ">76.4<")
	has(t, "its description", fall.Description(), "Index 2025 74.3", "+1.8", "Others +0.3 (not distinguishable)", "Index 2026 76.4")
}

func TestMultiplesShareOneScaleAndStopAtTwelve(t *testing.T) {
	f := &Figure{ID: "many", Kind: Multiples, Lang: "en", Columns: []Column{{ID: "v", Label: "Value", Role: Value}}, Axis: Axis{Reference: math.NaN()}}
	for k := range 14 {
		for i := range 3 {
			f.Rows = append(f.Rows, Row{Label: fmt.Sprint(2020 + i), Series: fmt.Sprint("item ", k), Cells: []float64{float64(10*k + i)}})
		}
	}
	svg := string(f.SVG(Wide))
	if got := strings.Count(svg, `class="line"`); got != 12 {
		t.Errorf("got %d lines, want 12", got)
	}
	has(t, "the drawing", svg, "the others stand in the table", "item 13 · 2022")
	flat := f.SVG(Wide)
	f.Rows[0].Cells[0] = -500
	if bytes.Equal(flat[len(flat)/2:], f.SVG(Wide)[len(flat)/2:]) {
		t.Error("a low point in the first line moved no other: the scale is not shared")
	}
}

func TestStackedBarsBeginAtZeroAndCarryTheNet(t *testing.T) {
	f := fixture(Stacked, "en")
	svg := string(f.SVG(Wide))
	has(t, "the drawing", svg, ">+34<", ">17%<", ">Promoters 9–10<")
	first := svg[strings.Index(svg, `class="d1" x="`):]
	second := svg[strings.LastIndex(svg, `class="d1" x="`):]
	if a, b := first[:20], second[:20]; a != b {
		t.Errorf("rows begin at %q and %q, want the same", a, b)
	}
}

// TestHeatTextIsReadable holds the theme's ink on every tint at a contrast of
// 4.5 (WCAG 2.2, 1.4.3), in light and in dark.
func TestHeatTextIsReadable(t *testing.T) {
	inks := regexp.MustCompile(`--ink: (#[0-9a-f]+)`).FindAllStringSubmatch(themeFile(t, "tokens.css"), -1)
	tint := regexp.MustCompile(`--h[1-7]: (#[0-9a-f]+)`)
	sets := 0
	for block := range strings.SplitSeq(themeFile(t, "figure.css"), "}") {
		tints := tint.FindAllStringSubmatch(block, -1)
		if tints == nil {
			continue
		}
		ink := inks[sets][1] // light first, then dark
		for _, m := range tints {
			if got := contrast(t, ink, m[1]); got < 4.5 {
				t.Errorf("set %d: %s on %s has contrast %.2f, want 4.5", sets, ink, m[1], got)
			}
		}
		sets++
	}
	if sets != 2 {
		t.Errorf("got %d sets of tints, want 2", sets)
	}
}

// TestTheTwinOfAWaterfallTintsOnlyWhatIsSure has three falls: one without an
// interval (what the others leave), one that may be none, and a clear one.
func TestTheTwinOfAWaterfallTintsOnlyWhatIsSure(t *testing.T) {
	nan := math.NaN()
	f := &Figure{ID: "fall", Kind: Waterfall, Lang: "en", Axis: Axis{Reference: nan}, Columns: []Column{
		{ID: "v", Role: Value}, {ID: "l", Role: Low}, {ID: "h", Role: High}, {ID: "at", Role: Part},
	}, Rows: []Row{
		{Label: "2025", Cells: []float64{nan, nan, nan, 80}, Strong: true},
		{Label: "rest", Cells: []float64{-1, nan, nan, 79}},
		{Label: "doubt", Cells: []float64{-1, -3, 1, 78}},
		{Label: "clear", Cells: []float64{-1, -1.5, -.5, 77}},
	}}
	option, err := f.Option()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(option), "@token:d1"); got != 1 {
		t.Errorf("%d falls are coloured, want 1: %s", got, option)
	}
}

// TestMonthsWithValuesKeepTheirNames has a value in every third month of ten.
func TestMonthsWithValuesKeepTheirNames(t *testing.T) {
	f := &Figure{ID: "months", Kind: Lines, Lang: "en", Axis: Axis{Reference: math.NaN()}, Columns: []Column{{ID: "v", Role: Value}}, Words: Words{NoData: "no records"}}
	months := []string{"2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"}
	for i, m := range months {
		row := Row{Label: m, Series: "a", Cells: []float64{float64(80 + i)}}
		if i%3 != 0 {
			row.Cells[0], row.State = math.NaN(), Empty
		}
		f.Rows = append(f.Rows, row)
	}
	svg := string(f.SVG(Narrow))
	for i, m := range months {
		if got := strings.Contains(svg, ">"+m+"<"); i%3 == 0 && !got {
			t.Errorf("%s has a value and no name", m)
		}
	}
	has(t, "the notes", svg, "2025-12, 2026-01, 2026-03")
}
