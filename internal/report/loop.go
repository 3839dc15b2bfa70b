package report

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
)

// loop are the pages of the improvement loop: the board of actions with their
// effects, a page each of topics, four-part reports and units.
func (b *builder) loop() []*Page {
	if b.options.Service == nil || b.options.Service.Loop == nil {
		return nil
	}
	l := &loopPages{builder: b, loop: b.options.Service.Loop, names: map[string]bool{}}
	l.name()
	var out []*Page
	add := func(pages ...*Page) {
		for _, p := range pages {
			if p != nil {
				out = append(out, p)
			}
		}
	}
	add(l.actionsPage())
	for k := range l.loop.Topics {
		add(l.topicPage(k))
	}
	for k := range l.loop.FourPart {
		add(l.fourPage(k))
	}
	add(l.unitsPage())
	for k := range l.units() {
		add(l.unitPage(k))
	}
	return out
}

// loopPages is what the pages of the loop share.
type loopPages struct {
	*builder
	loop  *service.Loop
	names map[string]bool // of pages

	topicNames, fourNames, unitNames []string
}

// pageSafe is an id that makes an address as it stands.
var pageSafe = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,47}$`)

// name gives every page its address: the id where it makes one, else a number.
func (l *loopPages) name() {
	take := func(prefix, id string, k int) string {
		name := prefix + strings.ToLower(id)
		if !pageSafe.MatchString(strings.ToLower(id)) || l.names[name] {
			name = prefix + "no-" + strconv.Itoa(k+1)
		}
		l.names[name] = true
		return name
	}
	for k, t := range l.loop.Topics {
		l.topicNames = append(l.topicNames, take("topic-", t.ID, k))
	}
	for k, r := range l.loop.FourPart {
		name := "four-part"
		if k > 0 {
			name = take("four-part-", r.Metric, k)
		}
		l.fourNames = append(l.fourNames, name)
	}
	for k, u := range l.units() {
		l.unitNames = append(l.unitNames, take("unit-", u.Code, k))
	}
}

// units are those with a page of their own: the others have too few answers.
func (l *loopPages) units() []*service.LoopUnit {
	var out []*service.LoopUnit
	if l.loop.Units == nil {
		return nil
	}
	for _, u := range l.loop.Units.Units {
		if u.Now.Why == "" {
			out = append(out, u)
		}
	}
	return out
}

// action is an action by its id, nil where there is none.
func (l *loopPages) action(id string) *service.LoopAction {
	for _, a := range l.loop.Actions {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// metricLabel names the figure of an action.
func (l *loopPages) metricLabel(m *service.LoopMetric) string {
	switch {
	case m == nil || m.Text == "":
		return "–"
	case !m.Known:
		return l.codeName("metric", m.Text)
	case m.Complaints && m.Part == "":
		return l.say("loop.complaints")
	case m.Complaints:
		return l.say("loop.complaints_of", "code", l.codeName("category", m.Part))
	}
	name := l.figureOf(m)
	if m.Segment != "" {
		if item, ok := l.survey.Item(m.Segment); ok {
			name = l.say("loop.in_group", "figure", name, "group", l.groupLabel(item, m.Group))
		}
	}
	return name
}

// figureOf names a figure of the survey without its group.
func (l *loopPages) figureOf(m *service.LoopMetric) string {
	switch m.Kind {
	case "figure":
		return l.figureName(m.Item, m.Path)
	case "nps":
		return l.say("loop.nps")
	case "csat":
		for _, a := range l.survey.Metrics() {
			if a.ID == m.Item {
				return l.kindOf(l.itemName(a.Question), map[string]string{"share": "top"}[m.Path])
			}
		}
	case "share":
		if item, ok := l.survey.Item(m.Item); ok {
			return l.say("item.of", "battery", l.label(item), "item", l.optionLabel(item.Scale, m.Code))
		}
	case "top", "bottom":
		return l.kindOf(l.itemName(m.Item), m.Kind)
	}
	return l.itemName(m.Item)
}

func (l *loopPages) kindOf(item, kind string) string {
	if kind == "" {
		return item
	}
	return l.say("loop.kind_"+kind, "item", item)
}

// format is how values of a metric are written, and by what its change is multiplied.
func loopFormat(m *service.LoopMetric, f *service.LoopFigure) (value, change chart.Format, factor float64) {
	switch {
	case m.Complaints:
		return score1, points, 1
	case m.Percent:
		return percent, points, 100
	case m.Score || m.Kind == "nps":
		return score1, points, 1
	}
	return mean2, change2, 1
}

// cardUnit is what stands behind the number on a card.
func (l *loopPages) cardUnit(m *service.LoopMetric, f *service.LoopFigure) string {
	if m.Score && !m.Complaints && !m.Percent {
		return "/ 100"
	}
	return l.unitWord(m, f)
}

// unitWord is what a value is counted in.
func (l *loopPages) unitWord(m *service.LoopMetric, f *service.LoopFigure) string {
	switch {
	case m.Complaints && f != nil && f.Per == service.PerUnits:
		return l.say("loop.per_units")
	case m.Complaints:
		return l.say("loop.per_month")
	case m.Percent:
		return l.say("loop.share")
	case m.Score:
		return l.say("loop.score")
	case m.Kind == "nps":
		return l.say("loop.points")
	}
	return l.say("loop.value")
}

// valueCell is a figure with its interval.
func (l *loopPages) valueCell(m *service.LoopMetric, f *service.LoopFigure) Cell {
	switch {
	case f == nil:
		return Cell{Text: "–", Tone: "quiet"}
	case f.Why != "":
		return Cell{Text: l.why(f.Why), Tone: "quiet"}
	}
	format, _, _ := loopFormat(m, f)
	return Cell{Text: format.String(float64(f.Value)), Mark: between(format, f.CI95)}
}

// when is the wave of a figure, or its days.
func (l *loopPages) when(f *service.LoopFigure) string {
	if f == nil {
		return "–"
	}
	if f.Wave != "" {
		return l.waveLabel(f.Wave)
	}
	return l.say("loop.months", "from", unbroken(f.From[:7]), "to", unbroken(f.To[:7]))
}

// unbroken keeps a day on one line.
func unbroken(day string) string { return strings.ReplaceAll(day, "-", "\u2011") }

// effectCell is the change with its interval and what it is judged.
func (l *loopPages) effectCell(m *service.LoopMetric, e *service.LoopEffect) Cell {
	cell := l.changeOf(m, e)
	if e.Verdict == "" {
		return cell
	}
	verdict := l.say("loop.verdict." + e.Verdict)
	if cell.Mark != "" {
		verdict = l.say("loop.marked", "interval", cell.Mark, "verdict", verdict)
	}
	cell.Mark = verdict
	return cell
}

func (l *loopPages) waveLabel(id string) string {
	for _, w := range l.waves {
		if w.id == id {
			return w.label
		}
	}
	return id
}

// why says in words why there is no figure, or no verdict.
func (l *loopPages) why(code string) string {
	switch code {
	case measure.NotAsked, measure.NoAnswers, "min_cell", measure.Reworded, measure.OtherItems, measure.OtherWeights:
		return l.say("reason." + code)
	}
	if strings.HasSuffix(code, "_changed") {
		return l.say("reason." + code)
	}
	return l.say("loop.why." + code)
}

// changeOf is a difference with its interval in words of the metric.
func (l *loopPages) changeOf(m *service.LoopMetric, e *service.LoopEffect) Cell {
	if e.Verdict == "" && e.Why != service.NoTest {
		return Cell{Text: l.why(e.Why), Tone: "quiet"}
	}
	if e.Ratio != nil {
		return l.ratioCell(e)
	}
	_, change, factor := loopFormat(m, e.After)
	ci := measure.Interval{e.CI95[0] * measure.Number(factor), e.CI95[1] * measure.Number(factor)}
	text := change.String(float64(e.Difference) * factor)
	if m.Percent {
		text = l.say("loop.percentage_points", "difference", text)
	}
	cell := Cell{Text: text, Tone: verdictTone(e.Verdict)}
	if !math.IsNaN(float64(ci[0])) {
		cell.Mark = between(change, ci)
	}
	return cell
}

// ratioCell is the change of a rate of complaints in percent.
func (l *loopPages) ratioCell(e *service.LoopEffect) Cell {
	signed := chart.Format{Percent: true, Signed: true}
	if math.IsInf(float64(*e.Ratio), 0) || math.IsNaN(float64(*e.Ratio)) {
		return Cell{Text: points.String(float64(e.Difference)), Mark: between(points, e.CI95), Tone: verdictTone(e.Verdict)}
	}
	high := float64(e.RatioCI95[1])
	if *e.Ratio >= 2 && !math.IsInf(high, 0) { // more than doubled: percent would run into the thousands
		return Cell{Text: l.say("loop.times", "ratio", score1.String(float64(*e.Ratio))), Mark: between(score1, *e.RatioCI95), Tone: verdictTone(e.Verdict)}
	}
	cell := Cell{Text: signed.String(float64(*e.Ratio) - 1), Tone: verdictTone(e.Verdict)}
	if !math.IsInf(high, 0) {
		cell.Mark = signed.Span(float64(e.RatioCI95[0])-1, high-1)
	}
	return cell
}

func verdictTone(verdict string) string {
	return map[string]string{service.Improved: "good", service.Worse: "bad", service.NoEvidence: "quiet"}[verdict]
}

// verdictCell is the verdict in a word.
func (l *loopPages) verdictCell(e *service.LoopEffect) Cell {
	if e.Verdict == "" {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: l.say("loop.verdict." + e.Verdict), Tone: verdictTone(e.Verdict)}
}

// ownerCell is who does it, with the department.
func (l *loopPages) ownerCell(a *service.LoopAction) Cell {
	switch {
	case a.Owner == "" && a.Department == "":
		return Cell{Text: l.say("loop.no_owner"), Tone: "bad"}
	case a.Owner == "":
		return Cell{Text: l.codeName("department", a.Department), Tone: "text"}
	}
	cell := Cell{Text: l.worded("owner", a.Owner, a.Owner), Tone: "text"}
	if utf8.RuneCountInString(cell.Text) <= 14 { // a longer one would push the state out of sight
		cell.Text = strings.ReplaceAll(cell.Text, " ", "\u00a0")
	}
	if a.Department != "" {
		cell.Mark = l.codeName("department", a.Department)
	}
	return cell
}

// doing is what an action does, with its id. A ledger is written in one
// language: a scale named action has the words of others, by id.
func (l *loopPages) doing(a *service.LoopAction) string {
	text := l.worded("action", a.ID, a.Countermeasure)
	switch {
	case text == "":
		return isolated(a.ID)
	case a.ID == "":
		return text
	}
	return isolated(a.ID) + " · " + text
}

// worded is the author's word for a code in the language of the page, else the
// text of the ledger as it stands, "" where there is neither.
func (b *builder) worded(scale, code, text string) string {
	if s := b.authorCode(scale, code); s != "" {
		return isolated(s)
	}
	if text == "" {
		return ""
	}
	return isolated(text)
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
