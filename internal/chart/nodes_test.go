package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestPointsBelongToTheirQuadrants(t *testing.T) {
	f := fixture(Scatter, "en")
	want := map[string]int{"Art displays": UpperLeft, "Clean restrooms": UpperRight, "Shops": LowerLeft, "Wi-Fi": LowerRight, "Lounge": -1}
	for i := range f.Rows {
		if q, ok := want[f.Rows[i].Label]; ok && f.quadrant(&f.Rows[i]) != q {
			t.Errorf("%s: got quadrant %d, want %d", f.Rows[i].Label, f.quadrant(&f.Rows[i]), q)
		}
	}
	roads := slices.IndexFunc(f.Rows, func(r Row) bool { return r.Label == "Roads" })
	if f.urgent(&f.Rows[roads]) {
		t.Error("an undecided point is first to act on")
	}
}

// TestNamesCoverNoPoint holds the names of every scatter clear of points, of
// each other and of the cuts.
func TestNamesCoverNoPoint(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		for _, f := range append(scatterCases(lang), fixture(Scatter, lang)) {
			for _, size := range []float64{float64(Wide), float64(Narrow)} {
				p := &plate{Figure: f, shape: f.shape(), words: f.words(), wide: size == float64(Wide), width: size}
				m := p.field()
				p.cuts(m)
				p.locatePoints(m)
				p.placeNames(m)
				p.numbersAreSeen(t, m, lang, size)
				for i := range m.marks {
					k := &m.marks[i]
					if !k.placed {
						if k.number == 0 {
							t.Errorf("%s %s %v: %q has neither a name nor a number", f.ID, lang, size, k.row.Label)
						}
						continue
					}
					for j := range m.marks {
						o := &m.marks[j]
						if k.place.meets(box{o.x - o.r + 1, o.y - o.r + 1, 2*o.r - 2, 2*o.r - 2}) {
							t.Errorf("%s %s %v: name of %q covers the point of %q", f.ID, lang, size, k.row.Label, o.row.Label)
						}
						if j != i && o.placed && k.place.meets(o.place.box) {
							t.Errorf("%s %s %v: names of %q and %q overlap", f.ID, lang, size, k.row.Label, o.row.Label)
						}
					}
				}
			}
		}
	}
}

// numbersAreSeen holds every number in its own mark, which nothing covers, or
// on a disc of its own clear of all marks, names and other numbers.
func (p *plate) numbersAreSeen(t *testing.T, m *matrix, lang string, size float64) {
	t.Helper()
	for i := range m.marks {
		k := &m.marks[i]
		if k.number == 0 {
			continue
		}
		if !k.seat.taken {
			if !p.holds(m, i) {
				t.Errorf("%s %s %v: number %d lies under another mark, or stands bare", p.ID, lang, size, k.number)
			}
			continue
		}
		for j := range m.marks {
			o := &m.marks[j]
			if math.Hypot(k.seat.x-o.x, k.seat.y-o.y) < seatRadius+o.r ||
				j != i && o.seat.taken && math.Hypot(k.seat.x-o.seat.x, k.seat.y-o.seat.y) < 2*seatRadius ||
				o.placed && o.place.touches(k.seat.spot, seatRadius) {
				t.Errorf("%s %s %v: the disc of number %d covers %d", p.ID, lang, size, k.number, j+1)
			}
		}
	}
}

func TestTheVitalFewReachTheirShare(t *testing.T) {
	f := fixture(Pareto, "en")
	if got, want := f.vitalFew(), []bool{true, true, true, true, false, false, false, false}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: 79.0%% is not yet 80%%", got, want)
	}
	f.Axis.Reference = .63
	if got := f.vitalFew(); !got[1] || got[2] {
		t.Errorf("at 63%%: got %v, want two", got)
	}
	if got := f.whole(); math.Abs(got-477) > 1e-9 {
		t.Errorf("total: got %v, want 477", got)
	}
	f.Rows[7].State = Suppressed // its 9 complaints are still part of the whole
	if got := f.whole(); math.Abs(got-477) > 1e-9 {
		t.Errorf("total with a hidden row: got %v, want 477", got)
	}
}

func TestArrowsThatCloseACircleAreLeftOutAndSaid(t *testing.T) {
	f := pathCases("en")[0]
	g := f.graph(false)
	if len(g.closing) != 2 || len(g.edges) != 12 {
		t.Errorf("got %d left out and %d kept, want 2 and 12", len(g.closing), len(g.edges))
	}
	for form, text := range map[string]string{"drawing": string(f.SVG(Wide)), "description": f.Description()} {
		if !strings.Contains(text, "close a circle") {
			t.Errorf("the %s does not say it", form)
		}
	}
	g.layer(7)
	for _, e := range g.edges {
		if g.nodes[e.from].layer > g.nodes[e.to].layer {
			t.Errorf("%s runs backwards", e.row.Label)
		}
	}
}

// TestArrowsPassNoBox holds every arrow of a path clear of the boxes it does
// not join.
func TestArrowsPassNoBox(t *testing.T) {
	for _, f := range append(pathCases("en"), fixture(Path, "en"), fixture(Path, "zh-CN")) {
		for _, size := range []float64{float64(Wide), float64(Narrow)} {
			p := &plate{Figure: f, shape: f.shape(), words: f.words(), wide: size == float64(Wide), width: size}
			r := &routes{graph: f.graph(false)}
			if len(r.nodes) == 0 {
				continue
			}
			p.route(r)
			for _, e := range r.edges {
				for k := 1; k < len(e.points); k++ {
					for n, node := range r.nodes {
						b := box{node.box.x + 1, node.box.y + 1, node.box.w - 2, node.box.h - 2}
						if n != e.from && n != e.to && b.crossed(e.points[k-1], e.points[k]) {
							t.Errorf("%s at %v: %s runs through %s", f.ID, size, e.row.Label, node.label)
						}
					}
				}
			}
			for i, a := range r.nodes {
				for _, b := range r.nodes[:i] {
					if a.box.meets(b.box) {
						t.Errorf("%s at %v: boxes %q and %q overlap", f.ID, size, a.label, b.label)
					}
				}
			}
		}
	}
}

func TestBranchesOfACircleAreDrawnOnce(t *testing.T) {
	f := fixture(Tree, "en")
	f.Rows[0].From = "training"
	roots, circles := f.branches()
	n := 0
	for _, root := range roots {
		root.each(func(*branch) { n++ })
	}
	if n != len(f.Rows) || len(circles) != 1 {
		t.Errorf("got %d boxes and %d circles, want %d and 1", n, len(circles), len(f.Rows))
	}
}

func TestNineCausesAreAList(t *testing.T) {
	f := fixture(Fishbone, "en")
	if !strings.Contains(string(f.SVG(Wide)), "spine") {
		t.Error("six causes are no fishbone")
	}
	for i := range 3 {
		f.Rows = append(f.Rows, Row{Node: fmt.Sprint("x", i), From: "drop", Label: "x", Cells: []float64{1}})
	}
	if strings.Contains(string(f.SVG(Wide)), "spine") {
		t.Error("nine causes are a fishbone")
	}
}

func TestRadarsThatHoldTooMuchAreDots(t *testing.T) {
	for id, want := range map[string]bool{"fig-radar": true, "radar-ten": true, "radar-eleven": false, "radar-one": false, "radar-none": false} {
		for _, f := range append(radarCases("zh-CN"), fixture(Radar, "zh-CN")) {
			if f.ID != id {
				continue
			}
			svg := string(f.SVG(Wide))
			if got := strings.Contains(svg, `class="ring"`); got != want {
				t.Errorf("%s: radar %v, want %v", id, got, want)
			}
			if got := strings.Contains(svg, "改为点图"); got == want {
				t.Errorf("%s: says it is dots: %v", id, got)
			}
		}
	}
}

func TestTotalsOfHiddenMovesAreHidden(t *testing.T) {
	svg := string(fixture(Transitions, "en").SVG(Wide))
	for _, total := range []string{">219<", ">228<", ">137<", ">146<"} { // with and without the hidden 9
		if strings.Contains(svg, total) {
			t.Errorf("a total tells the hidden number: %s", total)
		}
	}
	if !strings.Contains(svg, ">216<") {
		t.Error("the total of a state without hidden moves is missing")
	}
}

func TestRowsOrderDecidesNothingButOrder(t *testing.T) {
	// Arrows before their boxes, and boxes that only arrows name, are drawn.
	f := fixture(Path, "en")
	slices.Reverse(f.Rows)
	if got, want := strings.Count(string(f.SVG(Wide)), `class="head`), 12; got != want {
		t.Errorf("got %d arrows, want %d", got, want)
	}
	f.Rows = slices.DeleteFunc(f.Rows, func(r Row) bool { return r.Node != "" })
	if got := string(f.SVG(Wide)); !strings.Contains(got, ">satisfaction</text>") {
		t.Error("a box without a row has no name")
	}
}

// TestHiddenBoxesAndArrowsKeepTheirNumbers hides every row in turn.
func TestHiddenBoxesAndArrowsKeepTheirNumbers(t *testing.T) {
	for _, kind := range []Kind{Scatter, Pareto, Path, Tree, Fishbone, Flow, Radar, Transitions} {
		for i := range fixture(kind, "en").Rows {
			f := fixture(kind, "en")
			for j := range f.Columns {
				f.Columns[j].Format.Decimals = 4
			}
			r := &f.Rows[i]
			r.State, r.Cells = Suppressed, slices.Repeat([]float64{.7531}, len(f.Columns))
			option, err := f.Option()
			if err != nil {
				t.Fatal(err)
			}
			for form, text := range map[string]string{
				"wide": string(f.SVG(Wide)), "narrow": string(f.SVG(Narrow)), "csv": string(f.CSV()),
				"option": string(option), "description": f.Description(),
			} {
				if strings.Contains(text, "7531") || strings.Contains(text, "75.31") {
					t.Errorf("%s: the %s shows the number of row %d", kind, form, i)
				}
			}
		}
	}
}

// poisonNodes puts a text where only some kinds have one.
func poisonNodes(f *Figure, bad string) {
	f.Across.Label = bad
	if f.Cuts != nil {
		f.Cuts.XLabel, f.Cuts.YLabel, f.Cuts.Diagonal = bad, bad, &Diagonal{X1: .1, Y1: 3, X2: .5, Y2: 4, Label: bad}
		for i := range f.Cuts.Quadrants {
			f.Cuts.Quadrants[i].Name = bad
		}
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		r.Short = bad
		switch {
		case f.Kind == Transitions:
			r.From, r.To = bad, bad
		case r.From == "image": // a box that only arrows name
			r.From = bad
		}
	}
}
