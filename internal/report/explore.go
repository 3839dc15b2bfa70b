package report

import (
	"maps"
	"slices"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// Explore is what a reader may put side by side: every wave and group, by every
// measure, as the results have them. What is hidden there is hidden here.
type Explore struct {
	Table    string            `json:"table"` // id of the table that shows the choice
	Min      int               `json:"min"`
	Waves    []ExploreWave     `json:"waves"`
	Groups   []*ExploreGroup   `json:"groups"` // the first is everyone
	Measures []*ExploreMeasure `json:"measures"`
	// Cells are by wave and group, then by the source of a measure and by row
	// (explore_cells.go), or a number below 0 for a reason (reasons); the same number
	// stands for a whole group.
	Cells [][]any `json:"cells"`
	// Degrees are the degrees of freedom of weighted figures by wave and rated item.
	Degrees [][]int           `json:"degrees,omitempty"`
	Bases   [][]int           `json:"bases"` // responses by wave and group, or a reason
	Words   map[string]string `json:"words"`
}

// ExploreWave is a wave to choose.
type ExploreWave struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ExploreGroup is a group to choose. Two groups share no respondents where they
// have different codes in one segment.
type ExploreGroup struct {
	ID    string            `json:"id"`
	Name  string            `json:"name"`
	Of    string            `json:"of,omitempty"` // the segment or the pair
	Codes map[string]string `json:"codes"`        // by segment

	segments []string
}

// ExploreMeasure is a measure to choose.
type ExploreMeasure struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Source  int           `json:"source"` // of its figures in a group's cells
	Digits  int           `json:"digits"`
	Percent bool          `json:"percent,omitempty"`
	Normal  bool          `json:"normal,omitempty"` // differences by z, else by Welch's t
	Low     float64       `json:"low"`              // ends of the bars
	High    float64       `json:"high"`
	Rows    []*ExploreRow `json:"rows"`
}

// ExploreRow is an item, or the heading of those that follow.
type ExploreRow struct {
	Name    string      `json:"name"`
	Heading bool        `json:"heading,omitempty"`
	At      int         `json:"at"`                // place in the source
	Ends    *[2]float64 `json:"ends,omitempty"`    // the worst and the best answer
	Reverse bool        `json:"reverse,omitempty"` // low figures are the good ones
	Breaks  []int       `json:"breaks,omitempty"`  // places of waves that cannot be compared with the one before

	item, kind string
}

// The sources of figures in a group's cells.
const (
	ratedSource = iota
	indexSource
	npsSource
	sources
)

// reasons are why a figure is not told, as numbers.
var reasons = map[string]int{"min_cell": -1, measure.NotAsked: -2, measure.NoAnswers: -3}

// exploreFew is the number of groups of one report that may be chosen; the rest
// are left to the segments page.
const exploreFew = 600

// explore is the page on which a reader chooses what stands beside what. Nil
// without a rated item, an index or a net promoter score.
func (b *builder) explore() *Page {
	x := &Explore{Table: "explore-table", Min: b.results.MinCell, Measures: b.exploreMeasures(), Groups: b.exploreGroups(), Words: b.exploreWords()}
	if len(x.Measures) == 0 {
		return nil
	}
	for _, w := range b.waves {
		name := w.label
		if name == "" {
			name = b.say("explore.only_wave")
		}
		x.Waves = append(x.Waves, ExploreWave{ID: w.id, Name: name})
		cells, bases := make([]any, len(x.Groups)), make([]int, len(x.Groups))
		for k, g := range x.Groups {
			cells[k], bases[k] = b.exploreCells(x, g.block(w.block))
		}
		if b.survey.Weighted() {
			x.Degrees = append(x.Degrees, b.exploreDegrees(w.block))
		}
		x.Cells, x.Bases = append(x.Cells, cells), append(x.Bases, bases)
	}
	page := &Page{Name: "explore", Title: b.say("page.explore"), Kicker: b.kicker(), Heading: b.say("explore.heading")}
	section := Section{ID: "view", Blocks: []Block{{Text: b.say("explore.lead")}, {Explore: x}, {Table: b.exploreTable(x)}}}
	section.Blocks = append(section.Blocks, Block{Note: b.say("explore.note")})
	if f := b.survey.Report.Filter; f != nil {
		section.Blocks = append(section.Blocks, Block{Note: b.say("edition.filter", "filter", f.Source)})
	}
	page.Sections = []Section{section}
	return page
}

// exploreMeasures are the measures that have something to show, with their rows.
func (b *builder) exploreMeasures() []*ExploreMeasure {
	low, high := b.exploreEnds()
	all := []*ExploreMeasure{
		{ID: "score", Name: b.say("explore.score"), Digits: score1.Decimals, High: 100, Rows: b.exploreItems("score")},
		{ID: "mean", Name: b.say("explore.mean"), Digits: mean2.Decimals, Low: low, High: high, Rows: b.exploreItems("mean")},
		{ID: "top", Name: b.say("explore.top"), Digits: percent.Decimals, Percent: true, Normal: !b.survey.Weighted(), High: 1, Rows: b.exploreItems("top")},
		{ID: "index", Source: indexSource, Name: b.say("explore.index"), Digits: score1.Decimals, High: 100, Rows: b.exploreIndices()},
		{ID: "nps", Source: npsSource, Name: b.say("explore.nps"), Digits: points.Decimals, Normal: !b.survey.Weighted(), Low: -100, High: 100, Rows: b.exploreNPS()},
	}
	return slices.DeleteFunc(all, func(m *ExploreMeasure) bool { return len(m.Rows) == 0 })
}

// exploreEnds are the ends of all scales together.
func (b *builder) exploreEnds() (low, high float64) {
	for i, item := range b.survey.Items() {
		if !item.Rated() {
			continue
		}
		values := item.Scale.Values()
		if i == 0 || low == high {
			low, high = slices.Min(values), slices.Max(values)
		}
		low, high = min(low, slices.Min(values)), max(high, slices.Max(values))
	}
	return low, high
}

func (b *builder) exploreItems(kind string) []*ExploreRow {
	var out []*ExploreRow
	var last *survey.Question
	at := -1
	for _, item := range b.survey.Items() {
		if !item.Rated() {
			continue
		}
		at++
		if kind == "top" {
			if q := b.latest().block.Questions[item.ID]; q == nil || q.Top == nil && !q.Suppressed {
				continue
			}
		}
		if item.Question != last && (item.Row != nil || last != nil) {
			out = append(out, &ExploreRow{Name: b.exploreHeading(item), Heading: true})
		}
		last = nil
		if item.Row != nil {
			last = item.Question
		}
		figure, reverse := "questions."+item.ID+".mean", item.Reverse && kind == "mean"
		if kind == "top" {
			figure = "questions." + item.ID + ".top.share"
		}
		name := b.label(item)
		if kind == "score" {
			name = b.scoredName(item.ID)
		}
		row := &ExploreRow{Name: name, At: at, Reverse: reverse, Breaks: b.exploreBreaks(figure), item: item.ID, kind: kind}
		if kind != "top" {
			row.Ends = scaleEnds(item)
		}
		out = append(out, row)
	}
	return out
}

// scaleEnds are the numbers of the worst and the best answer.
func scaleEnds(item survey.Item) *[2]float64 {
	values := item.Scale.Values()
	ends := [2]float64{slices.Min(values), slices.Max(values)}
	if item.Reverse {
		slices.Reverse(ends[:])
	}
	return &ends
}

// exploreHeading is what stands above the items of a battery, or above those that
// follow one.
func (b *builder) exploreHeading(item survey.Item) string {
	if item.Row == nil {
		return b.say("explore.single")
	}
	return isolated(b.text(item.Question.Text))
}

func (b *builder) exploreIndices() []*ExploreRow {
	var out []*ExploreRow
	for _, a := range b.survey.Analyses {
		if a.Method != "csi" || !a.Built || b.latest().block.Analyses[a.ID] == nil {
			continue
		}
		paths, facets := measure.IndexPaths(a)
		for i, path := range paths {
			name := b.analysisName(a, "csi.name")
			if facets[i] != "" {
				name = b.facetName(a, facets[i])
			}
			out = append(out, &ExploreRow{Name: name, At: len(out), Breaks: b.exploreBreaks("analyses." + a.ID + "." + path), item: a.ID, kind: "index." + path})
		}
	}
	return out
}

func (b *builder) exploreNPS() []*ExploreRow {
	var out []*ExploreRow
	for _, m := range b.survey.Metrics() {
		if m.Method != string(survey.NPS) || b.latest().block.Analyses[m.ID] == nil {
			continue
		}
		item, _ := b.survey.Item(m.Question)
		out = append(out, &ExploreRow{Name: b.name(item), At: len(out), Breaks: b.exploreBreaks("analyses." + m.ID + ".score"), item: m.ID, kind: "nps"})
	}
	return out
}

func (b *builder) exploreBreaks(figure string) []int {
	var out []int
	for _, id := range b.results.Breaks(figure) {
		out = append(out, slices.Index(b.results.Waves, id))
	}
	return out
}

// exploreGroups are everyone, the groups of every segment and those of the declared
// pairs, as far as any wave has them.
func (b *builder) exploreGroups() []*ExploreGroup {
	out := []*ExploreGroup{{Name: b.say("figure.all"), Codes: map[string]string{}}}
	for _, id := range b.survey.Segments {
		if item, ok := b.survey.Item(id); ok {
			for _, code := range b.exploreCodes(item) {
				out = append(out, &ExploreGroup{ID: id + ":" + code, Name: b.groupLabel(item, code), Of: b.label(item), Codes: map[string]string{id: code}, segments: []string{id}})
			}
		}
	}
	for _, pair := range b.survey.Report.Pairs {
		first, _ := b.survey.Item(pair[0])
		second, _ := b.survey.Item(pair[1])
		of := b.say("pairs.name", "first", b.label(first), "second", b.label(second))
		for _, x := range b.exploreCodes(first) {
			for _, y := range b.exploreCodes(second) {
				g := &ExploreGroup{ID: pair[0] + ":" + x + "/" + pair[1] + ":" + y, Of: of, Codes: map[string]string{pair[0]: x, pair[1]: y}, segments: pair[:]}
				g.Name = b.say("pairs.cell", "first", b.groupLabel(first, x), "second", b.groupLabel(second, y))
				if slices.ContainsFunc(b.waves, func(w wave) bool { return g.block(w.block) != nil }) {
					out = append(out, g)
				}
			}
		}
	}
	return out[:min(len(out), exploreFew)]
}

// exploreCodes are the groups of a segment in any wave.
func (b *builder) exploreCodes(segment survey.Item) []string {
	all := map[string]*measure.Block{}
	for _, w := range b.waves {
		if w.block == nil || w.block.Suppressed {
			continue
		}
		maps.Copy(all, w.block.BySegment[segment.ID])
	}
	return groupCodes(segment, all)
}

// block is what a wave has of a group, nil where it has nothing.
func (g *ExploreGroup) block(of *measure.Block) *measure.Block {
	switch {
	case of == nil || of.Suppressed || len(g.segments) == 0:
		return of
	case len(g.segments) == 1:
		return of.BySegment[g.segments[0]][g.Codes[g.segments[0]]]
	}
	first, second := g.segments[0], g.segments[1]
	return of.ByPair[first][second][g.Codes[first]][g.Codes[second]]
}
