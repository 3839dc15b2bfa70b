package report

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// complaintsFigures is how many groups a figure shows; complaintsHeatMonths how many months.
const (
	complaintsFigures    = 20
	complaintsHeatGroups = 12
	complaintsHeatMonths = 12
	complaintsRound      = 1e-9 // what shares are wrong by
)

// complaintsFive are the classifications of METHODS A17; the others follow.
var complaintsFive = []string{"category", "defect", "product", "region", "department"}

// complaintCauses is the page of what complaints are about: each classification
// as Pareto by count and by cost, and by month. Nil where no file has one.
func (b *builder) complaintCauses() *Page {
	c := b.complaintsResult()
	if c == nil || c.N == 0 || len(c.Strata) == 0 {
		return nil
	}
	page := &Page{Name: "complaint-causes", Title: b.say("page.complaint-causes"), Kicker: b.say("complaints.kicker", "n", c.N, "count", count(c.N), "from", c.From, "to", c.To, "as_of", c.AsOf)}
	first := c.Strata[0]
	page.Heading = b.paretoTitle("complaints.causes_heading", first, len(first.Groups)+max(first.Merged-1, 0))
	for _, s := range c.Strata {
		section := Section{ID: "causes-" + s.Column, Title: b.say("complaints.by_" + s.Column), Short: b.say("complaints.column." + s.Column)}
		if slices.Contains(complaintsFive, s.Column) {
			section.Blocks = b.complaintStratum(c, s)
		} else {
			section.Blocks = b.complaintOther(c, s)
		}
		if s.Missing > 0 {
			section.Blocks = append(section.Blocks, Block{Note: b.say("complaints.missing", "n", s.Missing, "count", count(s.Missing), "column", b.say("complaints.column."+s.Column))})
		}
		page.Sections = append(page.Sections, section)
	}
	page.Sections = append(page.Sections, Section{ID: "causes-definitions", Title: b.say("complaints.definitions"), Blocks: []Block{{Lists: []List{{Title: b.say("complaints.how"), Items: []string{
		b.say("complaints.def_pareto", "share", percent0.String(float64(first.Limit))), b.say("complaints.def_hidden", "min", b.results.MinCell),
	}}}}}})
	return page
}

// complaintStratum is one of the five classifications.
func (b *builder) complaintStratum(c *service.Complaints, s *service.ComplaintStratum) []Block {
	if len(s.Groups) < 2 {
		return []Block{{Text: b.say("complaints.one_group", "n", s.Groups[0].N, "count", count(s.Groups[0].N), "name", b.complaintsLabel(s.Column, s.Groups[0].Code), "column", b.say("complaints.column."+s.Column))}}
	}
	out := []Block{{Figure: b.paretoByCount(s)}}
	if len(s.Costs) > 1 {
		out = append(out, Block{Figure: b.paretoByCost(s)})
	}
	if f := b.complaintRates(c, s); f != nil {
		out = append(out, Block{Figure: f})
	}
	if len(c.Months) > 1 {
		out = append(out, Block{Figure: b.complaintHeat(c, s)})
	}
	return out
}

// paretoVital is how many groups are the vital few: those that reach the share,
// and those as large as the last of them.
func paretoVital(s *service.ComplaintStratum) int {
	v := s.Vital
	for v > 0 && v < len(s.Groups) && s.Groups[v].Code != "" && s.Groups[v].N == s.Groups[v-1].N {
		v++
	}
	return v
}

// paretoTitle says how many groups make up the vital share, and which is first.
func (b *builder) paretoTitle(key string, s *service.ComplaintStratum, groups int) string {
	first, share := s.Groups[0], s.Limit // among groups that are taken together the line is crossed by a small one
	vital := paretoVital(s)
	if s.Merged == 0 || vital < len(s.Groups) {
		share = s.Groups[max(vital, 1)-1].Cumulative
	}
	if 2*vital > groups {
		key, vital = key+"_even", s.Vital
	}
	base := 0
	for _, g := range s.Groups {
		base += g.N
	}
	return b.say(key, "n", vital, "vital", vital, "of", groups, "share", percent0.String(float64(share)), "limit", percent0.String(float64(s.Limit)), "first", b.complaintsLabel(s.Column, first.Code), "top", percent0.String(float64(first.Share)), "column", b.say("complaints.column."+s.Column), "known", b.paretoKnown(base, s.Missing))
}

// paretoKnown names the base of shares that are none of all complaints: those
// with an entry.
func (b *builder) paretoKnown(base, missing int) string {
	if missing == 0 {
		return ""
	}
	return b.say("complaints.pareto_known", "n", base, "base", count(base))
}

// paretoFew says what the colour of a Pareto's columns means.
func (b *builder) paretoFew(even bool) string {
	if even {
		return ""
	}
	return b.say("complaints.pareto_few")
}

func (b *builder) paretoByCount(s *service.ComplaintStratum) *chart.Figure {
	groups := len(s.Groups) + max(s.Merged-1, 0)
	f := &chart.Figure{
		ID: "causes-" + s.Column + "-count", Kind: chart.Pareto, Lang: b.lang, Words: b.chartWords(b.say("complaints.column." + s.Column)), Axis: chart.Axis{Reference: float64(s.Limit)},
		Columns: []chart.Column{
			{ID: "n", Label: b.say("complaints.records"), Role: chart.Value, Format: whole},
			{ID: "cumulative", Label: b.say("complaints.cumulative"), Role: chart.Cumulative, Format: percent},
			{ID: "share", Label: b.say("complaints.share"), Format: percent},
			{ID: "open", Label: b.say("complaints.open_n"), Format: whole},
			{ID: "overdue", Label: b.say("complaints.overdue"), Format: whole},
		},
		Title: b.paretoTitle("complaints.pareto_title", s, groups),
	}
	shown := s.Groups
	if len(shown) > complaintsFigures {
		shown = shown[:complaintsFigures-1]
	}
	total := 0
	for _, g := range s.Groups {
		total += g.N
	}
	vital := paretoVital(s)
	other, even := -1, 2*vital > groups // all alike where there are no vital few
	for i, g := range shown {
		if g.Code == otherCode && i >= vital {
			other = i
		}
		f.Rows = append(f.Rows, chart.Row{Label: b.complaintsLabel(s.Column, g.Code), Strong: even || i < vital, Cells: []float64{float64(g.N), float64(g.Cumulative), float64(g.Share), float64(g.Open), float64(g.Overdue)}})
	}
	paretoLast(f.Rows, other, shown[len(shown)-1].Code == "")
	if rest := s.Groups[len(shown):]; len(rest) > 0 {
		row := chart.Row{Label: b.say("complaints.rest_of", "n", len(rest)+max(s.Merged-1, 0)), Cells: make([]float64, 5)}
		for _, g := range rest {
			row.Cells[0], row.Cells[3], row.Cells[4] = row.Cells[0]+float64(g.N), row.Cells[3]+float64(g.Open), row.Cells[4]+float64(g.Overdue)
		}
		row.Cells[1], row.Cells[2] = 1, row.Cells[0]/float64(total)
		f.Rows = append(f.Rows, row)
	}
	f.Note = b.say("complaints.pareto_note", "base", count(total), "few", b.paretoFew(even))
	return f
}

func (b *builder) paretoByCost(s *service.ComplaintStratum) *chart.Figure {
	f := &chart.Figure{
		ID: "causes-" + s.Column + "-cost", Kind: chart.Pareto, Lang: b.lang, Words: b.chartWords(b.say("complaints.column." + s.Column)), Axis: chart.Axis{Reference: float64(s.Limit)},
		Columns: []chart.Column{
			{ID: "cost", Label: b.say("complaints.cost"), Role: chart.Value, Format: whole},
			{ID: "cumulative", Label: b.say("complaints.cumulative"), Role: chart.Cumulative, Format: percent},
			{ID: "share", Label: b.say("complaints.share"), Format: percent},
			{ID: "n", Label: b.say("complaints.costed"), Format: whole},
		},
	}
	other := -1
	for i, x := range s.Costs {
		if i >= complaintsFigures-1 && len(s.Costs) > complaintsFigures {
			row, rest := chart.Row{Cells: []float64{0, 1, 0, 0}}, 0
			for _, y := range s.Costs[i:] {
				rest += max(y.Groups, 1)
				row.Cells[0], row.Cells[2], row.Cells[3] = row.Cells[0]+float64(y.Cost), row.Cells[2]+float64(y.Share), row.Cells[3]+float64(y.N)
			}
			row.Label = b.say("complaints.rest_of", "n", rest)
			f.Rows = append(f.Rows, row)
			break
		}
		label := b.complaintsLabel(s.Column, x.Code)
		if x.Code == "" {
			label = b.say("complaints.few_groups", "n", x.Groups)
		}
		if x.Code == otherCode && x.Class != "A" {
			other = i
		}
		f.Rows = append(f.Rows, chart.Row{Label: label, Strong: x.Class == "A", Cells: []float64{float64(x.Cost), float64(x.Cumulative), float64(x.Share), float64(x.N)}})
	}
	paretoLast(f.Rows, other, s.Costs[len(s.Costs)-1].Code == "" || len(f.Rows) < len(s.Costs))
	var even bool
	f.Title, even = b.costTitle(s)
	for i := range f.Rows {
		f.Rows[i].Strong = even || f.Rows[i].Strong
	}
	records, total := 0, 0.0
	for _, x := range s.Costs {
		records, total = records+x.N, total+float64(x.Cost)
	}
	f.Note = b.say("complaints.cost_note", "base", count(records), "total", count(int(math.Round(total))), "min", b.results.MinCell, "few", b.paretoFew(even))
	return f
}

// otherCode is the code of what fits no other group.
const otherCode = "other"

// paretoLast sets the i-th row, of “other”, behind all rows but one of what is
// taken together, and cumulates anew; i < 0 is none. A row of the vital few stays.
func paretoLast(rows []chart.Row, i int, rest bool) {
	end := len(rows)
	if rest {
		end--
	}
	if i < 0 || i >= end || !(rows[0].Cells[0] > 0) {
		return
	}
	total, before := rows[0].Cells[0]/rows[0].Cells[1], 0.0
	if i > 0 {
		before = rows[i-1].Cells[1]
	}
	other := rows[i]
	copy(rows[i:end], rows[i+1:end])
	rows[end-1] = other
	for k := i; k < end; k++ {
		before += rows[k].Cells[0] / total
		rows[k].Cells[1] = before
	}
}

// costNeeded is how many groups reach the vital share of the cost. Of groups that
// are shown together only the sum is known: split evenly they reach a share latest,
// so that there may be fewer than this, and never more.
func costNeeded(s *service.ComplaintStratum) (needed, all int) {
	var shares []float64
	for _, x := range s.Costs {
		groups := max(x.Groups, 1)
		for range groups {
			shares = append(shares, float64(x.Share)/float64(groups))
		}
	}
	slices.SortFunc(shares, func(x, y float64) int { return cmp.Compare(y, x) })
	sum := 0.0
	for needed < len(shares) && sum < float64(s.Limit)-complaintsRound {
		sum, needed = sum+shares[needed], needed+1
	}
	return needed, len(shares)
}

// costTitle says how many groups make up the vital share of the cost, at most where
// some are shown together. The second result is that there are no vital few.
func (b *builder) costTitle(s *service.ComplaintStratum) (string, bool) {
	var first *service.ComplaintCost
	share, least, together, pooled := 0.0, 1.0, 0.0, false
	for _, x := range s.Costs {
		if x.Code == "" {
			together = max(together, float64(x.Share))
		} else if first == nil {
			first = x
		}
		if x.Class != "A" {
			continue
		}
		if x.Code != "" {
			least = float64(x.Share)
		} else {
			pooled = true
		}
		share = float64(x.Cumulative)
	}
	if share == 0 {
		return b.say("complaints.cost_none"), true
	}
	vital, all := costNeeded(s)
	pairs := []any{"n", vital, "vital", vital, "of", all, "share", percent0.String(share), "limit", percent0.String(float64(s.Limit))}
	even := 2*vital > all
	switch {
	case first == nil:
		return b.say("complaints.cost_title_all", pairs...), even
	case pooled || together > least: // one of them may cost more than one that is shown
		return b.say("complaints.cost_title_pooled", append(pairs, "first", b.complaintsLabel(s.Column, first.Code), "top", percent0.String(float64(first.Share)))...), even
	}
	pairs = append(pairs, "first", b.complaintsLabel(s.Column, first.Code), "top", percent0.String(float64(first.Share)))
	if even {
		return b.say("complaints.cost_title_even", pairs...), even
	}
	return b.say("complaints.cost_title", pairs...), even
}

// complaintRates are complaints per thousand units sold of each group.
func (b *builder) complaintRates(c *service.Complaints, s *service.ComplaintStratum) *chart.Figure {
	if c.Rates == nil || c.Rates.By != s.Column {
		return nil
	}
	f := &chart.Figure{ID: "causes-" + s.Column + "-rate", Kind: chart.Dots, Lang: b.lang, Columns: b.valueColumns("per_1000", b.say("complaints.per_1000"), score1), Words: b.chartWords(b.say("complaints.column." + s.Column)), Axis: chart.Axis{Reference: float64(c.Rates.Total.Per), RefLabel: b.say("complaints.overall")}, Note: b.say("complaints.rates_note")}
	f.Columns[3].ID, f.Columns[3].Label, f.Words.Base = "units", b.say("complaints.n_u"), b.say("complaints.n_u")
	var above []string
	for _, g := range s.Groups {
		if g.Rate == nil {
			continue
		}
		f.Rows = append(f.Rows, chart.Row{Label: b.complaintsLabel(s.Column, g.Code), Cells: []float64{float64(g.Rate.Per), float64(g.Rate.CI95[0]), float64(g.Rate.CI95[1]), float64(g.Rate.Units)}})
		if g.Rate.CI95[0] > c.Rates.Total.Per {
			above = append(above, b.complaintsLabel(s.Column, g.Code))
		}
		f.Axis.Max = max(f.Axis.Max, float64(g.Rate.CI95[1]))
	}
	if len(f.Rows) < 2 {
		return nil
	}
	f.Title = b.say("complaints.rates_none")
	if len(above) > 0 {
		f.Title = b.say("complaints.rates_above", "names", b.set(b.join(above)))
	}
	return f
}

// complaintOther is a classification beside the five: shares, and channels by month.
func (b *builder) complaintOther(c *service.Complaints, s *service.ComplaintStratum) []Block {
	if len(s.Groups) < 2 {
		return []Block{{Text: b.say("complaints.one_group", "n", s.Groups[0].N, "count", count(s.Groups[0].N), "name", b.complaintsLabel(s.Column, s.Groups[0].Code), "column", b.say("complaints.column."+s.Column))}}
	}
	total := 0
	for _, g := range s.Groups {
		total += g.N
	}
	titleKey := "complaints.other_title"
	if s.Groups[1].N == s.Groups[0].N {
		titleKey += "_tie"
	}
	if s.Missing > 0 { // a share of those with an entry is none of all complaints
		titleKey += "_known"
	}
	f := &chart.Figure{
		ID: "causes-" + s.Column + "-shares", Kind: chart.Bars, Lang: b.lang, Words: b.chartWords(b.say("complaints.column." + s.Column)), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "share", Label: b.say("complaints.share"), Role: chart.Value, Format: percent}, {ID: "n", Label: b.say("complaints.records"), Role: chart.Base, Format: whole}, {ID: "open", Label: b.say("complaints.open_n"), Format: whole}},
		Title:   b.say(titleKey, "second", b.complaintsLabel(s.Column, s.Groups[1].Code), "first", b.complaintsLabel(s.Column, s.Groups[0].Code), "share", percent0.String(float64(s.Groups[0].Share)), "base", count(total)),
	}
	f.Words.Base = b.say("complaints.records")
	for _, g := range s.Groups[:min(len(s.Groups), complaintsFigures)] {
		f.Rows = append(f.Rows, chart.Row{Label: b.complaintsLabel(s.Column, g.Code), Cells: []float64{float64(g.Share), float64(g.N), float64(g.Open)}})
	}
	f.Note = b.say("complaints.other_note", "base", count(total))
	out := []Block{{Figure: f}}
	if s.Column == "channel" && len(c.Months) > 1 && len(s.Groups) > 1 {
		out = append(out, Block{Figure: b.channelMonths(c, s)})
	}
	return out
}

// channelMonths is the volume of the largest channels by month.
func (b *builder) channelMonths(c *service.Complaints, s *service.ComplaintStratum) *chart.Figure {
	f := &chart.Figure{
		ID: "causes-channel-months", Kind: chart.Lines, Lang: b.lang, Words: b.chartWords(b.say("complaints.month")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "n", Label: b.say("complaints.records"), Role: chart.Value, Format: whole}}, Note: b.say("complaints.channel_note"),
	}
	const most = 4
	months := c.Months[max(0, len(c.Months)-complaintsMostMonths):]
	for i, g := range s.Groups[:min(len(s.Groups), most)] {
		for _, m := range months {
			n := float64(m.By[s.Column][i])
			f.Axis.Max = max(f.Axis.Max, n)
			f.Rows = append(f.Rows, chart.Row{Label: m.Month, Series: b.complaintsLabel(s.Column, g.Code), Cells: []float64{n}})
		}
	}
	first := s.Groups[0]
	ended := complaintsEnded(c, months)
	f.Title = b.say("complaints.channel_title_few", "first", b.complaintsLabel(s.Column, first.Code))
	if len(ended) > 1 {
		from, to := ended[0], ended[len(ended)-1]
		f.Title = b.say("complaints.channel_title", "first", b.complaintsLabel(s.Column, first.Code), "from", count(from.By[s.Column][0]), "month", from.Month, "to", count(to.By[s.Column][0]), "last", to.Month)
	}
	if len(ended) < len(months) {
		f.Note += b.say("complaints.months_running", "as_of", unbroken(c.AsOf))
	}
	return f
}
