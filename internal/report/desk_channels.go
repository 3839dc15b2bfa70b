package report

import (
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
)

// deskSuggestions is what became of suggestions.
func (b *builder) deskSuggestions(s *service.DeskSuggestions) Section {
	cards := []Card{
		b.deskCard(b.say("desk.ideas_adopted"), s.Adopted, percent),
		{Label: b.say("desk.ideas_received"), Value: count(s.N), Interval: b.say("desk.ideas_open", "n", s.Open, "count", count(s.Open))},
		b.deskCard(b.say("desk.ideas_of_received"), s.Received, percent),
	}
	if l := s.Lead; l != nil {
		cards = append(cards, Card{Label: b.say("desk.ideas_lead"), Value: chartNumber(float64(l.Median)), Unit: b.say("desk.days"), Interval: b.say("desk.ideas_lead_note", "n", l.N, "p90", score1.String(float64(l.P90)), "base", count(l.N))})
	}
	blocks := []Block{deskCards(cards)}
	if s.Lead == nil {
		blocks = append(blocks, Block{Text: b.say("desk.ideas_no_lead", "min", b.results.MinCell)})
	}
	if w := s.Waiting; w != nil {
		blocks = append(blocks, Block{Text: b.say("desk.ideas_waiting", "n", w.N, "count", count(w.N), "median", score1.String(float64(w.Median)), "p90", score1.String(float64(w.P90)))})
	}
	if f := b.deskCounts("voice-ideas-months", "desk.ideas_months", s.Months); f != nil {
		blocks = append(blocks, Block{Figure: f})
	}
	for _, x := range []struct {
		id, key, by string
		owners      []*service.DeskOwner
	}{{"voice-ideas-channels", "desk.ideas_by_channel", "channel", s.Channels}, {"voice-ideas-subjects", "desk.ideas_by_subject", "subject", s.Subjects}} {
		if len(x.owners) > 0 {
			blocks = append(blocks, Block{Table: b.deskOneKPI(x.id, b.say(x.key), x.by, b.say(x.key+"_head"), "adopted", x.owners)})
		}
	}
	return Section{ID: "voice-suggestions", Title: b.say("desk.ideas"), Blocks: append(blocks, Block{Note: b.say("desk.ideas_note")})}
}

// monthEnd is the last day of a month, 2026-02-28 of 2026-02.
func monthEnd(month string) string {
	day, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return day.AddDate(0, 1, -1).Format(time.DateOnly)
}

// deskCounts is records by month under a title of how many; nil for fewer than two months.
func (b *builder) deskCounts(id, title string, months []*service.DeskCounted) *chart.Figure {
	if len(months) < 2 {
		return nil
	}
	asOf := b.options.Service.Desk.AsOf
	ended := months
	if last := months[len(months)-1].Month; strings.HasPrefix(asOf, last) && asOf < monthEnd(last) {
		ended = months[:len(months)-1]
	}
	low, high := ended[0].N, ended[0].N
	for _, m := range ended {
		low, high = min(low, m.N), max(high, m.N)
	}
	last := ended[len(ended)-1]
	f := &chart.Figure{
		ID: id, Kind: chart.Lines, Lang: b.lang, Title: b.say(title, "low", low, "high", high, "n", last.N, "last", last.Month), Note: b.say("desk.counts_note", "as_of", asOf), Words: b.deskWords(b.say("desk.month")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "n", Label: b.say("desk.records"), Role: chart.Value, Format: whole}},
	}
	most := 0
	for _, m := range months {
		most = max(most, m.N)
		f.Rows = append(f.Rows, chart.Row{Label: m.Month, Series: b.say("desk.records"), Cells: []float64{float64(m.N)}})
	}
	f.Axis.Max = math.Max(1, math.Ceil(float64(most)*1.1))
	return f
}

// deskChannels is the register of listening posts.
func (b *builder) deskChannels(c *service.DeskChannels) Section {
	blocks := []Block{{Text: b.deskChannelText(c)}}
	if f := b.deskVolume(c); f != nil {
		blocks = append(blocks, Block{Figure: f})
	}
	blocks = append(blocks, Block{Table: b.deskPosts(c)})
	note := b.say("desk.channels_note")
	if costs := b.deskCosts(c); costs != nil {
		note += b.say("desk.channels_costs")
		blocks = append(blocks, Block{Table: costs})
	}
	if len(c.Silent)+len(c.Strange) > 0 || c.Registered {
		lists := []List{{Title: b.say("desk.posts_silent"), Items: b.deskPostNames(c, c.Silent), Empty: b.say("desk.posts_silent_none")}}
		if len(c.Strange) > 0 {
			lists = append(lists, List{Title: b.say("desk.posts_strange"), Items: b.deskPostNames(c, c.Strange)})
		}
		blocks = append(blocks, Block{Lists: lists})
	}
	if len(c.Kinds) > 0 {
		blocks = append(blocks, Block{Table: b.deskCoverage(c)})
	}
	return Section{ID: "voice-channels", Title: b.say("desk.channels"), Blocks: append(blocks, Block{Note: note})}
}

func (b *builder) deskChannelText(c *service.DeskChannels) string {
	if !c.Registered {
		return b.say("desk.channels_unregistered")
	}
	var missing []string
	for _, k := range c.Kinds {
		if k.Posts == 0 {
			missing = append(missing, b.say("desk.channel_kind."+k.Kind))
		}
	}
	if len(missing) == 0 {
		return b.say("desk.channels_all", "n", len(c.Posts))
	}
	return b.say("desk.channels_missing", "n", len(missing), "list", b.join(missing))
}

func (b *builder) deskPostName(p *service.DeskPost) string {
	if p.Name == "" || b.authorCode("channel", p.ID) != "" || b.text(b.survey.Service.Desk.Labels[p.ID]) != "" {
		return b.deskName(p.ID, "channel")
	}
	return isolated(p.Name)
}

func (b *builder) deskPostNames(c *service.DeskChannels, ids []string) []string {
	var out []string
	for _, p := range c.Posts {
		for _, id := range ids {
			if p.ID == id {
				out = append(out, b.deskPostName(p))
			}
		}
	}
	return out
}

// deskVolume is the records of each post by month; nil where there are too few.
func (b *builder) deskVolume(c *service.DeskChannels) *chart.Figure {
	f := &chart.Figure{
		ID: "voice-channel-months", Kind: chart.Multiples, Lang: b.lang, Note: b.say("desk.volume_note", "as_of", b.options.Service.Desk.AsOf), Words: b.deskWords(b.say("desk.month")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "n", Label: b.say("desk.records"), Role: chart.Value, Format: whole}},
	}
	var rise, fall []string
	most := 1
	for _, p := range c.Posts {
		if len(p.Months) < 2 {
			continue
		}
		for i, n := range p.Months {
			most = max(most, n)
			row := chart.Row{Label: c.Months[i], Series: b.deskPostName(p), Cells: []float64{float64(n)}}
			if asOf := b.options.Service.Desk.AsOf; strings.HasPrefix(asOf, row.Label) && asOf < monthEnd(row.Label) {
				row.State, f.Words.Undecided = chart.Undecided, b.say("desk.volume_running")
			}
			f.Rows = append(f.Rows, row)
		}
		before, after := b.deskHalves(c, p)
		said := b.say("desk.volume_halves", "name", b.deskPostName(p), "before", score1.String(before), "after", score1.String(after))
		switch t := p.Trend; {
		case !t.Holds():
		case t.Statistic > 0 && after > before:
			rise = append(rise, said)
		case t.Statistic < 0 && after < before:
			fall = append(fall, said)
		}
	}
	if len(f.Rows) == 0 {
		return nil
	}
	f.Axis.Max = float64(most)
	switch {
	case len(rise) > 0 && len(fall) > 0:
		f.Title = b.say("desk.volume_more_fewer", "rise", b.join(rise), "fall", b.join(fall))
	case len(rise) > 0:
		f.Title = b.say("desk.volume_more", "rise", b.join(rise))
	case len(fall) > 0:
		f.Title = b.say("desk.volume_fewer", "fall", b.join(fall))
	default:
		f.Title = b.say("desk.volume_same")
	}
	return f
}

// deskHalves are the mean records a month of the earlier and of the later half of
// the months that have ended, the one in the middle left out.
func (b *builder) deskHalves(c *service.DeskChannels, p *service.DeskPost) (before, after float64) {
	n := len(p.Months)
	if asOf, last := b.options.Service.Desk.AsOf, c.Months[n-1]; strings.HasPrefix(asOf, last) && asOf < monthEnd(last) {
		n--
	}
	half := n / 2
	for i := range half {
		before += float64(p.Months[i]) / float64(half)
		after += float64(p.Months[n-1-i]) / float64(half)
	}
	return before, after
}

// deskCosts is what a finding costs by each post; nil where no cost is known.
func (b *builder) deskCosts(c *service.DeskChannels) *Table {
	t := &Table{ID: "voice-costs", Caption: b.say("desk.costs_caption"), Head: []string{b.say("desk.post"), b.say("desk.post_cost"), b.say("desk.post_findings"), b.say("desk.post_each")}}
	var costs, each []measure.Number
	for _, post := range c.Posts {
		costs, each = append(costs, post.Cost), append(each, post.PerFinding)
	}
	cost, perFinding := deskMoneyLike(costs), deskMoneyLike(each)
	for _, post := range c.Posts {
		if math.IsNaN(float64(post.Cost)) && math.IsNaN(float64(post.Findings)) {
			continue
		}
		findings := "–"
		if !math.IsNaN(float64(post.Findings)) {
			findings = chartNumber(float64(post.Findings))
		}
		t.Rows = append(t.Rows, Row{Label: b.deskPostName(post), Cells: []Cell{{Text: cost(post.Cost)}, {Text: findings}, {Text: perFinding(post.PerFinding)}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// deskMoneyLike writes the sums of a column with the same decimals: none where
// one of them is 100 or more, or all are whole.
func deskMoneyLike(all []measure.Number) func(measure.Number) string {
	f := chart.Format{}
	most := 0.0
	for _, v := range all {
		if x := math.Abs(float64(v)); !math.IsNaN(x) {
			most = math.Max(most, x)
			if x != math.Trunc(x) {
				f.Decimals = 2
			}
		}
	}
	if most >= 100 {
		f.Decimals = 0
	}
	return func(v measure.Number) string {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return "–"
		}
		if f.Decimals == 0 {
			return money(measure.Number(math.Round(float64(v))))
		}
		return f.String(float64(v))
	}
}

// deskPosts is the table of posts: kind, records and their trend.
func (b *builder) deskPosts(c *service.DeskChannels) *Table {
	t := &Table{ID: "voice-posts", Caption: b.say("desk.posts_caption"), Head: []string{b.say("desk.post"), b.say("desk.kind"), b.say("desk.post_complaints"), b.say("desk.post_ideas"), b.say("desk.post_trend")}}
	for _, post := range c.Posts {
		kind := Cell{Text: "–", Tone: "text"}
		if post.Kind != "" {
			kind = Cell{Text: b.deskKind(post.Kind), Tone: "text"}
		}
		trend := Cell{Text: "–", Tone: "quiet"}
		if post.Trend != nil {
			key := "desk.trend_none"
			if post.Trend.Holds() && post.Trend.Statistic > 0 {
				key = "desk.trend_rise"
			} else if post.Trend.Holds() {
				key = "desk.trend_fall"
			}
			trend = Cell{Text: b.say(key, "p", p(post.Trend.Holm)), Tone: "text"}
		}
		t.Rows = append(t.Rows, Row{Label: b.deskPostName(post), Cells: []Cell{kind, {Text: count(post.Complaints)}, {Text: count(post.Ideas)}, trend}})
	}
	if !slices.ContainsFunc(c.Posts, func(p *service.DeskPost) bool { return p.Ideas > 0 }) {
		for i := range t.Rows {
			t.Rows[i].Cells[2].Text = "–"
		}
	}
	t.dropEmpty()
	t.Note = b.complaintsWithout("channel")
	return t
}

// complaintsWithout says how many complaints have no value in a column; "" for none.
func (b *builder) complaintsWithout(column string) string {
	c := b.complaintsResult()
	if c == nil {
		return ""
	}
	for _, s := range c.Strata {
		if s.Column == column && s.Missing > 0 {
			return b.say("complaints.missing", "n", s.Missing, "count", count(s.Missing), "column", b.say("complaints.column."+column))
		}
	}
	return ""
}

func (b *builder) deskKind(kind string) string {
	if b.locale.Has("desk.channel_kind." + kind) {
		return b.say("desk.channel_kind." + kind)
	}
	return b.deskName(kind, "channel")
}

func (b *builder) deskCoverage(c *service.DeskChannels) *Table {
	t := &Table{ID: "voice-coverage", Caption: b.say("desk.coverage_caption"), Head: []string{b.say("desk.kind"), b.say("desk.coverage_posts"), b.say("desk.coverage_data"), b.say("desk.coverage_state")}}
	for _, k := range c.Kinds {
		state := Cell{Text: b.say("desk.coverage_ok"), Tone: "good"}
		switch {
		case k.Posts == 0:
			state = Cell{Text: b.say("desk.coverage_missing"), Tone: "bad"}
		case k.Data == 0:
			state = Cell{Text: b.say("desk.coverage_silent"), Tone: "bad"}
		}
		t.Rows = append(t.Rows, Row{Label: b.deskKind(k.Kind), Cells: []Cell{{Text: count(k.Posts)}, {Text: count(k.Data)}, state}})
	}
	return t
}
