package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// method is data quality and method: what was read, what was left out and why,
// what is missing, how the figures were computed.
func (b *builder) method() *Page {
	page := &Page{Name: "method", Title: b.say("page.method"), Kicker: b.kicker()}
	c := b.results.Count
	page.Heading = b.say("method.heading", "n", c.Read, "read", count(c.Read), "counted", count(c.Counted))
	if c.Counted == c.Read && c.Read > 0 && c.Sealed == 0 && c.SealedFiles == 0 {
		page.Heading = b.say("method.heading_all", "n", c.Read, "read", count(c.Read))
	}
	if c.Read == 0 && c.Sealed == 0 && c.SealedFiles == 0 {
		page.Heading = b.say("method.heading_none")
	} else {
		page.Sections = append(page.Sections, Section{ID: "rows", Title: b.say("method.rows"), Blocks: []Block{{Table: b.rowsTable()}, {Note: b.say("method.identity")}}})
	}
	if b.answered() {
		page.Sections = append(page.Sections, Section{ID: "sample", Title: b.say("method.sample"), Blocks: b.sample()})
		page.Sections = append(page.Sections, b.careless()...)
		page.Sections = append(page.Sections, b.reliabilities()...)
		page.Sections = append(page.Sections, Section{ID: "missing", Title: b.say("method.missing"), Blocks: b.missingBlocks()})
	}
	if len(b.options.Unknown) > 0 {
		page.Sections = append(page.Sections, Section{ID: "unknown", Title: b.say("method.unknown"), Blocks: []Block{
			{Text: b.say("method.unknown_text", "n", len(b.options.Unknown))}, {Table: b.unknown()},
		}})
	}
	if s := b.ledgers(); s != nil {
		page.Sections = append(page.Sections, *s)
	}
	page.Sections = append(page.Sections, Section{ID: "how", Title: b.say("method.how"), Blocks: b.how()})
	page.Sections = append(page.Sections, Section{ID: "inputs", Title: b.say("method.inputs"), Blocks: []Block{{Text: b.say("method.inputs_text")}, {Table: b.inputs()}}})
	return page
}

// unknown lists the columns that were not read, by file.
func (b *builder) unknown() *Table {
	t := &Table{ID: "unknown-table", Caption: b.say("method.unknown"), Head: []string{b.say("method.file"), b.say("method.columns")}}
	for _, c := range b.options.Unknown {
		if n := len(t.Rows); n == 0 || t.Rows[n-1].Label != c.File {
			t.Rows = append(t.Rows, Row{Label: c.File, Cells: []Cell{{Text: c.Column, Tone: "text"}}})
		} else {
			t.Rows[n-1].Cells[0].Text += b.say("list.comma") + c.Column
		}
	}
	return t
}

// rowsTable accounts for every row by wave.
func (b *builder) rowsTable() *Table {
	t := &Table{ID: "rows-table", Caption: b.say("method.rows_caption"), Head: []string{b.say("method.fate")}}
	var counts []table.Count
	for _, w := range b.waves {
		if w.block == nil || w.block.Base == nil || w.block.Base.Count == nil {
			continue
		}
		label := w.label
		if label == "" {
			label = b.say("method.all_rows")
		}
		t.Head = append(t.Head, label)
		counts = append(counts, *w.block.Base.Count)
	}
	if len(counts) != 1 {
		t.Head = append(t.Head, b.say("method.total"))
		counts = append(counts, b.results.Count)
	}
	for _, fate := range fates {
		if strings.HasPrefix(fate.name, "sealed") && !slices.ContainsFunc(counts, func(c table.Count) bool { return fate.of(c) > 0 }) {
			continue
		}
		row := Row{Label: b.say("fate." + fate.name)}
		if fate.name == "excluded" && len(b.survey.Quality.Exclude) > 0 {
			row.Label = b.say("careless.fate")
		}
		for _, c := range counts {
			tone := "quiet"
			if fate.of(c) > 0 {
				tone = ""
			}
			row.Cells = append(row.Cells, Cell{Text: count(fate.of(c)), Tone: tone})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// fates are what can become of a row, in the order of the count identity.
var fates = []struct {
	name string
	of   func(table.Count) int
}{
	{"read", func(c table.Count) int { return c.Read }},
	{"counted", func(c table.Count) int { return c.Counted }},
	{"excluded", func(c table.Count) int { return c.Excluded }},
	{"duplicate", func(c table.Count) int { return c.Duplicate }},
	{"conflict", func(c table.Count) int { return c.Conflict }},
	{"rejected", func(c table.Count) int { return c.Rejected }},
	{"unmatched", func(c table.Count) int { return c.Unmatched }},
	{"withdrawn", func(c table.Count) int { return c.Withdrawn }},
	{"sealed", func(c table.Count) int { return c.Sealed }},
	{"sealed_files", func(c table.Count) int { return c.SealedFiles }},
	{"partial", func(c table.Count) int { return c.Partial }},
	{"no_weight", func(c table.Count) int { return c.NoWeight }},
	{"other_version", func(c table.Count) int { return c.OtherVersion }},
	{"bad_cells", func(c table.Count) int { return c.BadCells }},
}

// sample says who answered, what may be generalised, and what weighting cost.
func (b *builder) sample() []Block {
	key := b.survey.Sample.Type
	if key == "" {
		key = "unknown"
	}
	blocks := []Block{{Text: b.say("sample."+key, "population", count(b.survey.Sample.Population))}}
	if !b.survey.Weighted() {
		return append(blocks, Block{Text: b.say("sample.no_weights")})
	}
	t := &Table{ID: "weights", Caption: b.say("method.weights"), Head: []string{b.say("figure.wave"), b.say("figure.base"), b.say("method.effective"), b.say("method.deff"), b.say("method.weight_range")}}
	for _, w := range b.waves {
		q, ok := w.block.Analyses["quality"].(*measure.Quality)
		if !ok || w.block.Suppressed {
			continue
		}
		t.Rows = append(t.Rows, Row{Label: w.label, Cells: []Cell{
			{Text: count(q.N)},
			{Text: count(int(math.Round(float64(q.Effective))))},
			{Text: mean2.String(float64(q.Deff))},
			{Text: mean2.String(float64(q.WeightMin)) + "–" + mean2.String(float64(q.WeightMax))},
		}})
	}
	if b.survey.Rake != nil {
		return append(append(blocks, Block{Text: b.say("raking.text")}, Block{Table: t}), b.raking()...)
	}
	return append(blocks, Block{Text: b.say("sample.weights")}, Block{Table: t})
}

// missingBlocks is, item by item, how many answered and why the others did not.
func (b *builder) missingBlocks() []Block {
	reasons, none := b.missingReasons()
	t := &Table{ID: "missing-table", Cards: true, Caption: b.say("method.missing_caption", "wave", b.latest().label), Head: []string{b.say("figure.item"), b.say("method.answered")}}
	for _, r := range reasons {
		t.Head = append(t.Head, b.missingReason(r.String()))
	}
	rows := b.latest().block.Base.Responses
	for _, item := range b.survey.Items() {
		q := b.questionOf(b.latest(), item.ID)
		if q == nil || q.Suppressed {
			continue
		}
		row := Row{Label: b.name(item)}
		if !q.Asked {
			row.Cells = append(row.Cells, Cell{Text: b.say("reason.not_asked"), Tone: "quiet"})
			for range reasons {
				row.Cells = append(row.Cells, Cell{})
			}
			t.Rows = append(t.Rows, row)
			continue
		}
		missing := 0
		for _, n := range q.Missing {
			missing += n
		}
		row.Cells = append(row.Cells, Cell{Text: count(rows - missing), Mark: percent0.String(float64(rows-missing) / float64(rows))})
		for _, r := range reasons {
			n := q.Missing[r.String()]
			tone := "quiet"
			if r == table.Invalid && n > 0 {
				tone = "bad"
			}
			row.Cells = append(row.Cells, Cell{Text: count(n), Tone: tone})
		}
		t.Rows = append(t.Rows, row)
	}
	if len(none) > 0 {
		t.Note = b.say("method.missing_none", "reasons", b.join(none))
	}
	return []Block{{Text: b.say("method.missing_text")}, {Table: t}}
}

// missingReasons are the reasons for which an answer of the latest wave is
// missing, and the names of those for which none is.
func (b *builder) missingReasons() (reasons []table.Reason, none []string) {
	for _, r := range table.Reasons {
		if slices.ContainsFunc(b.survey.Items(), func(i survey.Item) bool {
			q := b.questionOf(b.latest(), i.ID)
			return q != nil && !q.Suppressed && q.Missing[r.String()] > 0
		}) {
			reasons = append(reasons, r)
		} else {
			none = append(none, b.missingReason(r.String()))
		}
	}
	return reasons, none
}

// how names the formulas behind the figures.
func (b *builder) how() []Block {
	keys := []string{"how.score", "how.top", "how.interval"}
	if b.survey.Weighted() {
		keys = append(keys, "how.weights")
	}
	if len(b.waves) > 1 {
		keys = append(keys, "how.trend")
	}
	if len(b.survey.Segments) > 0 {
		keys = append(keys, "how.segments")
	}
	if slices.ContainsFunc(b.survey.Metrics(), func(a survey.Analysis) bool { return a.Method == string(survey.NPS) }) {
		keys = append(keys, "how.nps")
	}
	if b.answered() && len(b.analysesOf("gap")) > 0 {
		keys = append(keys, "gaps.method")
	}
	if b.answered() && len(b.analysesOf("importance_performance")) > 0 {
		keys = append(keys, "priorities.method")
	}
	if len(b.waves) > 1 || len(b.survey.Segments) > 0 {
		keys = append(keys, "effect.how")
	}
	if b.survey.Sample.Panel != "" {
		keys = append(keys, "effect.panel")
	}
	var out []Block
	for _, a := range b.survey.Analyses {
		if key := a.Method + ".how"; (a.Method == "csi" || a.Method == "enterprise") && a.Built && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	keys = append(keys, "how.privacy")
	if len(b.survey.Segments) > 0 {
		keys = append(keys, "guarded.cells", "guarded.scope")
	}
	for _, key := range keys {
		out = append(out, Block{Text: b.say(key, "min", b.results.MinCell, "double", 2*b.results.MinCell)})
	}
	return out
}

// inputs lists the files behind the report with the start of their hash.
func (b *builder) inputs() *Table {
	t := &Table{ID: "inputs-table", Caption: b.say("method.inputs"), Head: []string{b.say("method.file"), "SHA-256"}}
	var names []string
	for name := range b.results.Inputs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		hash := strings.TrimPrefix(b.results.Inputs[name], "sha256:")
		t.Rows = append(t.Rows, Row{Label: name, Cells: []Cell{{Text: hash[:min(16, len(hash))] + "…", Tone: "quiet"}}})
	}
	return t
}
