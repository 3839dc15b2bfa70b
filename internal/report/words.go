package report

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// The formats of the report's numbers.
var (
	percent  = chart.Format{Percent: true, Decimals: 1}
	percent0 = chart.Format{Percent: true}
	points   = chart.Format{Decimals: 1, Signed: true}
	mean2    = chart.Format{Decimals: 2}
	change2  = chart.Format{Decimals: 2, Signed: true}
	score1   = chart.Format{Decimals: 1}
	whole    = chart.Format{}
	p3       = chart.Format{Decimals: 3}
)

func count(n int) string { return chart.Count(n) }

// label is the short name of an item.
func (b *builder) label(item survey.Item) string {
	return isolated(strings.TrimRight(item.Label(b.lang), "？?。.！!：: "))
}

// isolated keeps the direction of a text to itself where it has letters that
// run from right to left, or marks that turn the direction.
func isolated(s string) string {
	turns := func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200F
	}
	if !strings.ContainsFunc(s, turns) {
		return s
	}
	return "\u2068" + s + strings.Repeat("\u2069", 1+strings.Count(s, "\u2066")+strings.Count(s, "\u2067")+strings.Count(s, "\u2068"))
}

// name is the label where it stands far from its battery: "Cleanliness: restrooms".
func (b *builder) name(item survey.Item) string {
	if item.Row == nil || b.text(item.Question.Label) == "" {
		return b.label(item)
	}
	return b.say("item.of", "battery", b.text(item.Question.Label), "item", b.label(item))
}

// scoredName is the label of an item beside its score of 0–100. Where high answers
// are bad the score is turned round, so the answer that scores 100 stands by it.
func (b *builder) scoredName(id string) string {
	item, ok := b.survey.Item(id)
	if !ok || !item.Reverse || item.Scale == nil {
		return b.itemName(id)
	}
	values := item.Scale.Values()
	if len(values) == 0 {
		return b.itemName(id)
	}
	best := item.Scale.Codes()[slices.Index(values, slices.Min(values))]
	return b.say("item.best_answer", "item", b.label(item), "answer", b.optionLabel(item.Scale, best))
}

// onItsScale is the label of an item beside its mean, with its scale where that is
// another than of most rated items, or where lower is better.
func (b *builder) onItsScale(item survey.Item) string {
	values := item.Scale.Values()
	if len(values) == 0 {
		return b.label(item)
	}
	key := "item.scale"
	if item.Reverse {
		key = "item.scale_turned"
	} else if ends := b.usualEnds(); ends == nil || *ends == [2]float64{slices.Min(values), slices.Max(values)} {
		return b.label(item)
	}
	return b.say(key, "item", b.label(item), "low", chartNumber(slices.Min(values)), "high", chartNumber(slices.Max(values)))
}

// usualEnds are the ends of the scale that most rated items have; nil without one.
func (b *builder) usualEnds() *[2]float64 {
	times := map[[2]float64]int{}
	var usual *[2]float64
	for _, item := range b.survey.Items() {
		if !item.Rated() || item.Scale == nil || len(item.Scale.Values()) == 0 {
			continue
		}
		values := item.Scale.Values()
		ends := [2]float64{slices.Min(values), slices.Max(values)}
		if times[ends]++; usual == nil || times[ends] > times[*usual] {
			usual = &ends
		}
	}
	return usual
}

// optionLabel is the label of a code, with the code where labels are missing.
func (b *builder) optionLabel(sc *survey.Scale, code string) string {
	for _, o := range sc.Options {
		if o.Code != code {
			continue
		}
		if s := b.text(o.Label); s != "" {
			return isolated(s)
		}
	}
	return code
}

// codes writes top codes as a range: 4–5, or a single one.
func codes(list []string) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return list[0]
	}
	first, last := list[0], list[len(list)-1]
	if len(first) > len(last) || len(first) == len(last) && first > last {
		first, last = last, first
	}
	return first + "–" + last
}

// p writes a p-value with its sign of relation: "= 0.030", or "< 0.001", without a break.
func p(v measure.Number) string {
	switch x := float64(v); {
	case x < 0.05 && x >= 0.0495:
		return "<\u00a00.05"
	case math.IsNaN(x):
		return "=\u00a0–"
	case x < 0.001:
		return "<\u00a00.001"
	case x < 1 && x >= 0.9995:
		return ">\u00a00.999"
	default:
		return "=\u00a0" + p3.String(x)
	}
}

// between writes an interval: 79.5–82.4%.
// It is "–" where all answers are alike: no spread, no interval.
func between(f chart.Format, ci measure.Interval) string {
	if ci[0] == ci[1] {
		return "–"
	}
	return f.Span(float64(ci[0]), float64(ci[1]))
}

// cardInterval is the line under a number: its interval, where there is one, and its base.
func (b *builder) cardInterval(interval string, n int) string {
	if interval == "–" {
		return b.say("look.no_interval", "base", count(n))
	}
	return b.say("card.interval", "interval", interval, "base", count(n))
}

// join writes a list of names in words.
func (b *builder) join(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	last := len(names) - 1
	before := strings.TrimLeft(b.spaced(names[last-1]), " ")
	if last > 1 {
		before = strings.Join(names[:last-1], b.say("list.comma")) + b.say("list.comma") + before
	}
	return before + b.say("list.and") + strings.TrimRight(b.spaced(names[last]), " ")
}

// changed says what a step means: up, down, or not distinguishable.
func (b *builder) changed(s *measure.Step, from string, f chart.Format, factor float64, unit string) string {
	if s == nil {
		return ""
	}
	if !s.Comparable {
		return b.say("change.unknown", "wave", from, "reason", b.say("reason."+s.Reason))
	}
	d := b.say(unit, "difference", f.String(float64(s.Difference)*factor))
	if math.IsNaN(float64(max(s.Holm, s.BH))) { // answers without spread have no test
		return b.say("change.untested", "wave", from, "difference", d)
	}
	if !s.Holds() {
		return b.say("change.none", "wave", from, "difference", d, "p", p(max(s.Holm, s.BH)))
	}
	return b.say("change.holds", "wave", from, "difference", d, "p", p(max(s.Holm, s.BH)))
}

// lastStep is the latest change of a figure, nil with fewer than two waves.
func (b *builder) lastStep(item, kind string) (*measure.Step, string) {
	t, ok := b.latest().block.Analyses["trend"].(*measure.Trend)
	if !ok {
		return nil, ""
	}
	f := t.Of(item, kind)
	if f == nil || len(f.Steps) == 0 {
		return nil, ""
	}
	return f.Steps[len(f.Steps)-1], b.before()
}

// before is the label of the wave before the latest, as it stands in a
// sentence: Chinese sets a space between Han and Latin or digits.
func (b *builder) before() string {
	label := b.waves[len(b.waves)-2].label
	if !strings.HasPrefix(b.lang, "zh") || label == "" {
		return label
	}
	if label[0] < utf8.RuneSelf {
		label = " " + label
	}
	if label[len(label)-1] < utf8.RuneSelf {
		label += " "
	}
	return label
}

// missingReason words the reasons of results.json.
func (b *builder) missingReason(reason string) string { return b.say("missing." + reason) }

// chartWords are the words every figure needs.
func (b *builder) chartWords(row string) chart.Words {
	return chart.Words{
		Base: b.say("figure.base"), Suppressed: b.say("figure.suppressed", "min", b.results.MinCell),
		NoData: b.say("figure.no_data"), Interval: b.say("figure.interval"), Row: row,
	}
}

func known(n *measure.Number) float64 {
	if n == nil {
		return math.NaN()
	}
	return float64(*n)
}
