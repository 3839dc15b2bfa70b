package survey

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// scale returns the scale named at n, or nil after reporting that there is none.
func (r *reader) scale(n *yaml.Node, user diag.Phrase) *Scale {
	if sc := r.def.survey.Scales[n.Value]; sc != nil {
		r.labelledFor(n, sc)
		return sc
	}
	known := sorted(r.def.survey.Scales)
	if near := diag.Nearest(n.Value, known); near != "" {
		rule, cure := r.def.survey.Scales[near].At, diag.Say("did you mean %q?", near)
		if rule.File != r.name {
			rule, cure = diag.Place{}, diag.Say("did you mean %q, which is shipped?", near)
		}
		r.breaks(n, rule, "unknown-scale", cure, diag.Say("%s uses unknown scale %q", user, shorten(n.Value)))
		return nil
	}
	r.fail(n, "unknown-scale", diag.Say("define it under scales, or use one of %s", strings.Join(known, ", ")), diag.Say("%s uses unknown scale %q", user, shorten(n.Value)))
	return nil
}

// labelledFor reports languages of the survey in which a shipped scale has no labels.
func (r *reader) labelledFor(n *yaml.Node, sc *Scale) {
	if shipped()[sc.ID] != sc {
		return
	}
	if without := sc.unlabelled(r.languages); len(without) > 0 {
		r.fail(n, "missing-language", diag.Say("define a scale of your own with these labels"), diag.Say("shipped scale %q has no labels in %s", sc.ID, strings.Join(without, ", ")))
	}
}

// defaultScales are the scales of types that need none.
var defaultScales = map[Type]string{YesNo: "yes_no", NPS: "likely11", KanoPairs: "kano5", Consent: "yes_no"}

// usualPoints are the points of a semantic_differential that names none.
var usualPoints = points{1, 7}

// answers gives the question its scale, once all scales are read, and judges the two together.
func (r *reader) answers(n *yaml.Node, d *questionDraft, have found) {
	q := &d.Question
	switch q.Type {
	case SingleChoice, Dropdown, MultipleChoice, YesNo, Rating, Likert, NPS, ImageChoice, Matrix, MatrixMultiple, Differential, KanoPairs, Consent:
	case MatrixDual:
		r.dualScales(q)
		return
	default:
		return
	}
	inline := have["options"].key != nil || have["points"].key != nil
	user := diag.Say("question %q", q.ID)
	switch {
	case d.scaleNode != nil && inline:
		other := have["options"].key
		if other == nil {
			other = have["points"].key
		}
		r.breaks(other, r.place(d.scaleNode), "two-ways", diag.Say("keep one of the two"), diag.Say("%s has both a scale and answers of its own", user))
		return
	case d.scaleNode != nil:
		q.Scale = r.scale(d.scaleNode, user)
	case q.Type == Differential:
		q.Scale = r.differentialScale(d, have)
	case inline:
		q.Scale = r.finishScale(n, user, d.scaleDraft, have)
		q.Scale.At = q.At
	case defaultScales[q.Type] != "":
		q.Scale = shipped()[defaultScales[q.Type]]
		if q.Type != Consent { // its labels are on no page
			r.labelledFor(d.typeNode, q.Scale)
		}
	case have["scale"].key == nil:
		r.fail(n, "missing-key", diag.Say("add scale: with the name of a scale, or options:"), diag.Say("%s has no answers", user))
	}
	if q.Scale == nil {
		return
	}
	if q.Type == NPS && (d.Low != nil || d.High != nil) {
		q.Scale = q.Scale.withEnds(d.Low, d.High)
	}
	r.judgeChoices(q, d, have)
	if r.orderLevel(q, d) {
		r.judgeMetric(q, d, have)
	}
}

// differentialScale is the points between the two ends, which the rows name.
func (r *reader) differentialScale(d *questionDraft, have found) *Scale {
	p := d.points
	if have["points"].key == nil {
		p = usualPoints
	}
	sc := &Scale{Level: Ordinal, At: d.Question.At}
	if p.low < p.high {
		sc.Options = p.options(nil, nil, d.Question.At)
	}
	return sc
}

// dualScales gives the columns of a matrix_dual their scales.
func (r *reader) dualScales(q *Question) {
	for i := range q.Columns {
		c := &q.Columns[i]
		if c.node == nil {
			continue
		}
		if _, ok := r.str(c.node); !ok {
			continue
		}
		if c.Scale = r.scale(c.node, diag.Say("column")); c.Scale != nil && c.Scale.Level == "" && c.Scale.Values() != nil {
			c.Scale.Level = Ordinal
		}
	}
}

// withEnds returns the scale with other labels of its ends.
func (sc *Scale) withEnds(low, high Text) *Scale {
	out := *sc
	out.ID, out.Options = "", slices.Clone(sc.Options)
	if low != nil {
		out.Low, out.Options[0].Label = low, low
	}
	if last := len(out.Options) - 1; high != nil {
		out.High, out.Options[last].Label = high, high
	}
	return &out
}

// orderLevel settles the level of a scale that does not say it: it is ordinal
// where a rating uses it with numbers as codes, else nominal. It reports
// whether the answers have the order that the question needs.
func (r *reader) orderLevel(q *Question, d *questionDraft) bool {
	rates := q.Type == Rating || q.Type == Likert || q.Type == NPS || q.Metric != ""
	switch {
	case q.Scale.Level == "" && (rates || q.Type == Matrix || q.Type == Differential) && q.Scale.Values() != nil:
		q.Scale.Level = Ordinal
	case rates && (q.Scale.Level == Nominal || q.Scale.Values() == nil) && len(q.Scale.Options) > 0:
		at := d.scaleNode
		if at == nil {
			at = d.typeNode
		}
		cure := diag.Say("give its options whole numbers as codes")
		if q.Scale.Level == Nominal {
			cure = diag.Say("give the scale level: ordinal if its answers have an order, or use type single_choice")
		}
		r.breaks(at, r.ruleOf(q.Scale), "not-ordered", cure, diag.Say("question %q is rated, but its answers have no order in numbers", q.ID))
		return false
	}
	return true
}

// ruleOf is the place of a scale, zero where it is shipped or the question itself.
func (r *reader) ruleOf(sc *Scale) diag.Place {
	if sc.ID == "" || sc.At.File != r.name {
		return diag.Place{}
	}
	return sc.At
}

// judgeChoices checks exclusive, write-in and anchored options and how many may be chosen.
func (r *reader) judgeChoices(q *Question, d *questionDraft, have found) {
	options := q.Scale.Options
	if q.Type == MultipleChoice || q.Type == MatrixMultiple {
		r.judgeCounts(q, have)
		for _, o := range options {
			if o.Missing != table.Answered {
				r.report(diag.Problem{
					Code: "misplaced-key", Place: o.At, Summary: diag.Say("option %q of a multiple choice cannot be missing", o.Code),
					Cure: diag.Say("write exclusive: true instead"),
				})
			}
		}
		return
	}
	for _, o := range options {
		if o.Exclusive && q.Scale.ID == "" {
			r.report(diag.Problem{
				Code: "misplaced-key", Place: o.At, Summary: diag.Say("option %q is exclusive, but only one answer can be given anyway", o.Code),
				Cure: diag.Say("delete exclusive, or use type multiple_choice"),
			})
		}
		if o.WriteIn && q.Type.several() {
			r.report(diag.Problem{
				Code: "misplaced-key", Place: o.At, Summary: diag.Say("option %q has a write-in, for which a row of %s has no column", o.Code, string(q.Type)),
				Cure: diag.Say("delete write_in, or ask for the text in a question of its own"),
			})
			continue
		}
		if o.WriteIn && q.Scale.ID != "" && r.ruleOf(q.Scale) != (diag.Place{}) {
			r.breaks(d.scaleNode, o.At, "misplaced-key", diag.Say("list the options in the question itself"), diag.Say("scale %q has a write-in option, which has no column of its own", q.Scale.ID))
		}
	}
}

// judgeCounts checks that min_choices and max_choices can be met.
func (r *reader) judgeCounts(q *Question, have found) {
	all := len(q.Scale.Options)
	together := all
	for _, o := range q.Scale.Options {
		if o.Exclusive {
			together--
		}
	}
	if q.MinChoices > together && all > 0 {
		r.fail(have["min_choices"].value, "wrong-bounds", diag.Say("at most %d options can be ticked together", together), diag.Say("min_choices %d is more than can be ticked", q.MinChoices))
	}
	if q.MaxChoices > all && all > 0 {
		r.fail(have["max_choices"].value, "wrong-bounds", diag.Say("delete it, or write less"), diag.Say("max_choices %d is more than the %s there are", q.MaxChoices, counted(all, diag.Say("1 option"), diag.Say("%d options", all))))
	}
	if together == 0 && all > 0 {
		r.report(diag.Problem{
			Code: "wrong-bounds", Place: q.At, Summary: diag.Say("every option of %q is exclusive", q.ID),
			Cure: diag.Say("use type single_choice, or delete exclusive from some"),
		})
	}
}

// judgeMetric checks that the metric of q can be computed from its answers.
func (r *reader) judgeMetric(q *Question, d *questionDraft, have found) {
	if q.Type == NPS && d.scaleNode != nil {
		if why, cure := unfit("nps", "", q.Scale); !why.Empty() {
			r.breaks(d.scaleNode, r.ruleOf(q.Scale), "metric-misfit", cure, diag.Say("scale %q does not fit type nps: %s", q.Scale.ID, why))
			return
		}
	}
	if q.Metric == "" {
		return
	}
	if why, cure := unfit(q.Metric, q.Type, q.Scale); !why.Empty() {
		r.breaks(have["metric"].value, r.ruleOf(q.Scale), "metric-misfit", cure, diag.Say("metric %s does not fit question %q: %s", q.Metric, q.ID, why))
	} else if q.Metric != "nps" && TopCodes(q.Scale, q.Reverse) == nil {
		r.breaks(have["metric"].value, r.ruleOf(q.Scale), "metric-misfit",
			diag.Say("write it as an analysis: {id: %s_%s, method: %s, question: %s, top: …}", q.ID, q.Metric, q.Metric, q.ID),
			diag.Say("metric %s has no rule for which of %s count as satisfied", q.Metric, q.Scale.counted()))
	}
}

// unfit says why a method cannot be computed from answers on sc, and what to do.
func unfit(method string, t Type, sc *Scale) (why, cure diag.Phrase) {
	if sc == nil {
		return diag.Say("it has no answers to count"), diag.Say("use a question of type rating")
	}
	values := sc.Values()
	switch method {
	case "nps":
		if t == NPS && sc.ID == "likely11" {
			return diag.Phrase{}, diag.Phrase{}
		}
		if !slices.Equal(slices.Sorted(slices.Values(values)), elevenPoints) {
			return diag.Say("it has %s", sc.ends()), diag.Say("use type nps, or a scale with the codes 0 to 10")
		}
	case "ces":
		if len(values) != 7 || sc.Level == Nominal {
			return diag.Say("it has %s", sc.ends()), diag.Say("use a scale with 7 points, such as agree7")
		}
	case "csat":
		if values == nil || sc.Level == Nominal || sc.Level == "" {
			return diag.Say("its answers have no order in numbers"), diag.Say("use an ordinal scale with numbers as codes, such as sat5")
		}
	}
	return diag.Phrase{}, diag.Phrase{}
}

var elevenPoints = []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
