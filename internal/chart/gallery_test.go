package chart

import (
	"fmt"
	"math"
)

// gallery returns the fixtures and the hard cases: many series, broken series,
// long batteries, even and odd scales, negative, equal, missing and no numbers.
func gallery(lang string) []*Figure {
	figures := []*Figure{
		fixture(Diverging, lang), fixture(Bars, lang), fixture(Dots, lang), fixture(Lines, lang),
		threeSeries(lang), sevenSeries(lang), singleWave(lang), elevenLevels(lang), battery(lang, Diverging),
		battery(lang, Bars), battery(lang, Dots), gaps(lang), allEqual(lang), allMissing(lang), longWaves(lang),
	}
	figures = append(figures, fixture(Scatter, lang), fixture(Pareto, lang), fixture(Path, lang))
	figures = append(figures, fixture(Tree, lang), fixture(Fishbone, lang), fixture(Flow, lang))
	figures = append(append(figures, flowCases(lang)...), fixture(Radar, lang))
	figures = append(append(figures, radarCases(lang)...), fixture(Transitions, lang))
	figures = append(figures, transitionCases(lang)...)
	figures = append(append(figures, pathCases(lang)...), treeCases(lang)...)
	figures = append(append(figures, scatterCases(lang)...), paretoCases(lang)...)
	figures = append(figures, degenerate(lang)...)
	if samples.all != nil {
		figures = append(figures, samples.all(lang)...)
	}
	return append(figures, &Figure{ID: "empty", Kind: Bars, Lang: lang, Title: "–"})
}

func threeSeries(lang string) *Figure {
	f, t := fixture(Lines, lang), texts[lang]
	f.ID, f.Rows = "three", nil
	for s, name := range t.series {
		for i := range 6 {
			v := 72 + 3*float64(s) + 2*math.Sin(float64(i*(s+1)))
			r := Row{Label: fmt.Sprint(2021 + i), Series: name, Cells: []float64{v, v - 1.2, v + 1.2, 300}, Break: i == 3}
			switch {
			case s == 2 && i == 2:
				r.State, r.Why = Suppressed, t.why
			case s == 1 && i == 4:
				r.State = TooFew
			}
			f.Rows = append(f.Rows, r)
		}
	}
	return f
}

func sevenSeries(lang string) *Figure {
	f, t := fixture(Lines, lang), texts[lang]
	f.ID, f.Rows, f.Axis = "seven", nil, Axis{Reference: math.NaN()}
	names := append(append(append([]string{}, t.series...), t.groups...), t.items[0], t.longB)
	for s, name := range names {
		for i := range 12 {
			v := 72 + 1.1*float64(s) + 2*math.Sin(float64(i*(s+1))/3)
			label := fmt.Sprintf("%d Q%d", 2021+i/4, i%4+1)
			f.Rows = append(f.Rows, Row{Label: label, Series: name, Cells: []float64{v, v - 1.2, v + 1.2, 300}, Strong: s == 3})
		}
	}
	return f
}

func singleWave(lang string) *Figure {
	f := fixture(Lines, lang)
	f.ID, f.Rows = "single", f.Rows[2:]
	return f
}

// longWaves has names of waves that do not fit beside each other.
func longWaves(lang string) *Figure {
	f, t := fixture(Lines, lang), texts[lang]
	f.ID = "long-waves"
	f.Rows = append(f.Rows, Row{Label: t.longB, Cells: []float64{0, 0, 0, 3}, State: Suppressed, Why: t.why})
	f.Rows = append(f.Rows, Row{Label: t.longA, Cells: []float64{76.2, 75, 77.5, 28}, State: TooFew})
	return f
}

func elevenLevels(lang string) *Figure {
	f := &Figure{ID: "eleven", Kind: Diverging, Lang: lang, Title: "0–10"}
	for i := range 11 {
		f.Columns = append(f.Columns, Column{ID: fmt.Sprint("p", i), Label: fmt.Sprint(i), Role: Level, Format: Format{Percent: true}, Tone: float64(i)/5 - 1})
	}
	f.Columns = append(f.Columns, Column{ID: "nps", Label: "NPS", Role: Total, Format: Format{Decimals: 1, Signed: true}})
	for i := range 3 {
		f.Rows = append(f.Rows, Row{Label: fmt.Sprint(2024 + i), Cells: []float64{.01, .01, .02, .03, .05, .08, .1, .2, .2, .18, .12, -4.5 + 3*float64(i)}})
	}
	return f
}

// battery has 12 rows, some with labels of several lines, and four levels.
func battery(lang string, kind Kind) *Figure {
	t := texts[lang]
	f := &Figure{ID: "battery-" + string(kind), Kind: kind, Lang: lang, Title: t.titles[kind], Axis: Axis{Reference: math.NaN()}}
	if kind == Diverging {
		for i := range 4 {
			f.Columns = append(f.Columns, Column{ID: fmt.Sprint("share_", i+1), Label: t.levels[i+i/2], Role: Level, Format: Format{Percent: true}, Tone: float64(i)*2/3 - 1})
		}
		f.Columns = append(f.Columns, Column{ID: "top", Label: t.total, Role: Total, Format: Format{Percent: true}})
	} else {
		f.Columns = fixture(kind, lang).Columns
	}
	for i := range 12 {
		a := .03 + .02*float64(i)
		r := Row{Label: []string{t.items[i%5], t.longA, t.longB, t.items[(i+2)%5]}[i%4], Cells: []float64{a / 2, a, .5 - a/2, .5 - a, 1 - 1.5*a}}
		if kind != Diverging {
			r.Cells = []float64{3 + 4*a, 3 + 3*a, 3 + 5*a, 1000 * a}
			r.Strong = i == 5
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

// gaps has negative and positive values.
func gaps(lang string) *Figure {
	t := texts[lang]
	signed := Format{Decimals: 1, Signed: true}
	f := &Figure{ID: "gaps", Kind: Bars, Lang: lang, Title: t.titles[Bars], Axis: Axis{Reference: math.NaN()}, Columns: []Column{
		{ID: "gap", Label: t.mean, Role: Value, Format: signed},
		{ID: "ci95_low", Label: t.low, Role: Low, Format: signed},
		{ID: "ci95_high", Label: t.high, Role: High, Format: signed},
	}}
	for i, item := range t.items {
		v := -2 + .9*float64(i)
		f.Rows = append(f.Rows, Row{Label: item, Cells: []float64{v, v - .4, v + .4}})
	}
	return f
}

func allEqual(lang string) *Figure {
	f := fixture(Dots, lang)
	f.ID, f.Axis, f.Rows = "equal", Axis{}, f.Rows[:3]
	for i := range f.Rows {
		f.Rows[i].Cells = []float64{4, 4, 4, 100}
	}
	return f
}

func allMissing(lang string) *Figure {
	f := fixture(Lines, lang)
	f.ID, f.Axis = "missing", Axis{}
	for i := range f.Rows {
		f.Rows[i].Cells = []float64{math.NaN(), math.Inf(1), math.NaN(), 0}
	}
	return f
}
