package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// money writes a sum with thousands separators and, where it is small, two decimals.
func money(v measure.Number) string {
	x := float64(v)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	f := chart.Format{}
	if math.Abs(x) < 1000 && x != math.Trunc(x) {
		f.Decimals = 2
	}
	text := f.String(math.Abs(x))
	digits, rest, _ := strings.Cut(text, ".")
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if rest != "" {
		digits += "." + rest
	}
	if x < 0 && strings.Trim(digits, "0.,") != "" {
		return "\u2212" + digits
	}
	return digits
}

// economicsSection is the calculator: inputs, what follows, how it depends on
// retention and discount, and the numbers that are told, labelled as such.
func (b *builder) economicsSection(a survey.Analysis, e *measure.Economics) Section {
	s := Section{ID: slug(a.ID, "economics"), Title: b.say("economics.title")}
	s.Blocks = append(s.Blocks, Block{Text: b.say(
		"economics.finding", "lift", score1.String(float64(e.Lift)*100), "from", percent0.String(float64(e.Retention)),
		"change", chart.Format{Percent: true, Decimals: 1, Signed: true}.String(float64(e.LiftPercent)), "current", money(e.Current), "lifted", money(e.Lifted),
	)})
	s.Blocks = append(s.Blocks, Block{Table: b.economicsTable(a, e)}, Block{Figure: b.sensitivity(a, e)}, Block{Note: b.say("economics.formula")}, Block{Table: b.folklore(a)})
	return s
}

func (b *builder) economicsTable(a survey.Analysis, e *measure.Economics) *Table {
	t := &Table{ID: slug(a.ID, "economics-table"), Caption: b.say("economics.caption"), Head: []string{b.say("economics.figure"), b.say("economics.value")}}
	group := func(key string) { t.Rows = append(t.Rows, Row{Label: b.say(key)}) }
	add := func(key, text string) {
		if text != "–" {
			t.Rows = append(t.Rows, Row{Label: b.say(key), Cells: []Cell{{Text: text}}})
		}
	}
	in := a.Loyalty.Economics
	group("economics.inputs")
	add("economics.margin", money(e.Margin))
	add("economics.retention", percent.String(float64(e.Retention)))
	add("economics.discount", percent.String(float64(e.Discount)))
	for _, v := range []struct {
		key string
		of  *float64
	}{{"economics.acquisition_cost", in.AcquisitionCost}, {"economics.retention_cost", in.RetentionCost}, {"economics.win_back_cost", in.WinBackCost}, {"economics.customers", in.Customers}, {"economics.referrals", in.Referrals}, {"economics.cross_value", in.CrossValue}} {
		if v.of != nil {
			add(v.key, money(measure.Number(*v.of)))
		}
	}
	group("economics.results")
	add("economics.factor", mean2.String(float64(e.Factor)))
	add("economics.current", money(e.Current))
	add("economics.new", money(e.New))
	add("economics.potential", money(e.Potential))
	add("economics.acquire", money(e.Acquire))
	add("economics.payback", mean2.String(float64(e.Payback)))
	add("economics.keep_cost", money(e.KeepCost))
	add("economics.win_back", money(e.WinBack))
	add("economics.total", money(e.Total))
	add("economics.total_lift", money(e.TotalLift))
	return t
}

// sensitivity is the current value of a customer by retention and discount.
func (b *builder) sensitivity(a survey.Analysis, e *measure.Economics) *chart.Figure {
	f := &chart.Figure{ID: slug(a.ID, "sensitivity"), Kind: chart.Heat, Lang: b.lang, Words: b.chartWords(b.say("economics.retention")), Axis: chart.Axis{Reference: math.NaN()}}
	var rates []measure.Number
	for _, s := range e.Sensitivity {
		if !slices.Contains(rates, s.Discount) {
			rates = append(rates, s.Discount)
		}
	}
	slices.Sort(rates)
	for i, r := range rates {
		f.Columns = append(f.Columns, chart.Column{ID: "discount_" + string(rune('1'+i)), Label: b.say("economics.at_discount", "rate", percent0.String(float64(r))), Role: chart.Part, Format: whole})
	}
	for _, s := range e.Sensitivity {
		label := percent0.String(float64(s.Retention))
		at := slices.IndexFunc(f.Rows, func(r chart.Row) bool { return r.Label == label })
		if at < 0 {
			at, f.Rows = len(f.Rows), append(f.Rows, chart.Row{Label: label, Cells: blank(len(rates)), Strong: s.Retention == e.Retention})
		}
		f.Rows[at].Cells[slices.Index(rates, s.Discount)] = float64(s.Current)
	}
	f.Title, f.Note = b.say("economics.sensitivity"), b.say("economics.sensitivity_note", "margin", money(e.Margin))
	return f
}

// folkloreRows are the numbers that are told everywhere (METHODS B17a).
var folkloreRows = []string{"lift", "six", "five", "care", "hp"}

// folklore sets them apart from what was measured, with their provenance.
func (b *builder) folklore(a survey.Analysis) *Table {
	t := &Table{ID: slug(a.ID, "folklore"), Caption: b.say("folklore.caption"), Head: []string{b.say("folklore.claim"), b.say("folklore.origin"), b.say("folklore.here")}}
	for _, name := range folkloreRows {
		t.Rows = append(t.Rows, Row{Label: b.say("folklore." + name), Cells: []Cell{{Text: b.say("folklore." + name + "_origin"), Tone: "text"}, {Text: b.say("folklore." + name + "_here"), Tone: "text"}}})
	}
	t.Note = b.say("folklore.note")
	return t
}
