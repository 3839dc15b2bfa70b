package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Loyalty is the settings of method loyalty (METHODS A30–A33, B10).
type Loyalty struct {
	Satisfaction string
	Repurchase   string
	Recommend    string              // "" without
	NPS          string              // a question of 0–10 beside it, "" without
	Loyal        string              // what a loyal answer is: repurchase, recommend, both or either
	High         map[string][]string // by column: the codes that count as high
	From         map[string]float64  // by column of numbers: high from here on
	Bands        Bands               // of repurchase
	Net          NetCodes            // of recommend
	Weights      LoyaltyWeights
	Ladder       []Rung
	Economics    *Economics
}

// Bands are the two ends of the bands of repurchase: codes of the question, or
// percentages where it asks for a number.
type Bands struct {
	High, Low       []string
	AtLeast, AtMost *float64
}

// NetCodes are the answers whose shares are set against each other: %top − %bottom.
type NetCodes struct{ Top, Bottom []string }

// LoyaltyWeights are the weights of the three indicators in the composite.
type LoyaltyWeights struct{ Satisfaction, Repurchase, Recommend *float64 }

var loyaltyMethod = method{name: "loyalty", judge: (*reader).judgeLoyalty, keys: []key[analysisDraft]{
	{"satisfaction", "question of satisfaction", loyaltyColumn(func(l *Loyalty) *string { return &l.Satisfaction }), required},
	{"repurchase", "question of buying again", loyaltyColumn(func(l *Loyalty) *string { return &l.Repurchase }), required},
	{"recommend", "question of recommending", loyaltyColumn(func(l *Loyalty) *string { return &l.Recommend }), optional},
	{"nps", "question of recommending from 0 to 10, shown beside it", loyaltyColumn(func(l *Loyalty) *string { return &l.NPS }), optional},
	{"loyal", "what makes an answer loyal: repurchase, recommend, both or either", word(func(a *analysisDraft) *string { return &a.loyalty().Loyal }, "repurchase", "recommend", "both", "either"), optional},
	{"cuts", "where high begins: a code, or the codes that are high", object(diag.Say("cuts"), func(a *analysisDraft) *cutsDraft { return &a.cuts }, cutKeys), optional},
	{"bands", "ends of the bands of buying again: codes, or percentages", object(diag.Say("bands"), func(a *analysisDraft) *bandsDraft { return &a.bands }, repurchaseBandKeys), optional},
	{"net", "answers of recommending that are set against each other", object(diag.Say("net"), func(a *analysisDraft) *NetCodes { return &a.loyalty().Net }, netKeys), optional},
	{"weights", "weights of the three indicators", object(diag.Say("weights"), func(a *analysisDraft) *LoyaltyWeights { return &a.loyalty().Weights }, loyaltyWeightKeys), optional},
	{"ladder", "ranks of loyalty, the highest first", objects(diag.Say("a rank"), func(a *analysisDraft) *[]Rung { return &a.loyalty().Ladder }, rungKeys), optional},
	{"economics", "what loyalty is worth", object(diag.Say("economics"), func(a *analysisDraft) *Economics { return a.economics() }, economicsKeys), optional},
}}

// loyalty returns the settings, made where there are none yet.
func (a *analysisDraft) loyalty() *Loyalty {
	if a.Loyalty == nil {
		a.Loyalty = &Loyalty{High: map[string][]string{}, From: map[string]float64{}}
	}
	return a.Loyalty
}

func loyaltyColumn(at func(*Loyalty) *string) value[analysisDraft] {
	return special("column", func(r *reader, n *yaml.Node, a *analysisDraft) {
		if s, ok := r.str(n); ok {
			*at(a.loyalty()) = s
			r.reference(n, diag.Say("item"), func(c *column) {
				if c.scale == nil && !c.number {
					r.breaks(n, c.at, "wrong-question", diag.Say("use a question with a list of answers, or a number"), diag.Say("%q has no answers that can be ordered", s))
				}
			})
		}
	})
}

// cutsDraft is cuts as written.
type cutsDraft struct{ satisfaction, repurchase, recommend *yaml.Node }

func cutNode(at func(*cutsDraft) **yaml.Node) value[cutsDraft] {
	return formed(either(plainShape("code"), listOf(plainShape("code"))), func(r *reader, n *yaml.Node, c *cutsDraft) {
		readCodeList(r, n, &none{})
		*at(c) = n
	})
}

var cutKeys = []key[cutsDraft]{
	{"satisfaction", "codes that are high, or the first of them", cutNode(func(c *cutsDraft) **yaml.Node { return &c.satisfaction }), optional},
	{"repurchase", "codes that are high, or the first of them", cutNode(func(c *cutsDraft) **yaml.Node { return &c.repurchase }), optional},
	{"recommend", "codes that are high, or the first of them", cutNode(func(c *cutsDraft) **yaml.Node { return &c.recommend }), optional},
}

// bandsDraft is bands as written.
type bandsDraft struct{ high, low *yaml.Node }

var repurchaseBandKeys = []key[bandsDraft]{
	{"high", "the likely buyers: codes, or a percentage and more", bandNode(func(b *bandsDraft) **yaml.Node { return &b.high }), required},
	{"low", "the unlikely buyers: codes, or a percentage and less", bandNode(func(b *bandsDraft) **yaml.Node { return &b.low }), required},
}

func bandNode(at func(*bandsDraft) **yaml.Node) value[bandsDraft] {
	return formed(either(plainShape("code"), listOf(plainShape("code"))), func(r *reader, n *yaml.Node, b *bandsDraft) {
		readCodeList(r, n, &none{})
		*at(b) = n
	})
}

var netKeys = []key[NetCodes]{
	{"top", "answers that recommend", items(func(n *NetCodes) *[]string { return &n.Top }, plainShape("code"), code), required},
	{"bottom", "answers that advise against", items(func(n *NetCodes) *[]string { return &n.Bottom }, plainShape("code"), code), required},
}

var loyaltyWeightKeys = []key[LoyaltyWeights]{
	{"satisfaction", "weight of satisfaction", number(func(w *LoyaltyWeights) **float64 { return &w.Satisfaction }, 0, maxWhole), optional},
	{"repurchase", "weight of buying again", number(func(w *LoyaltyWeights) **float64 { return &w.Repurchase }, 0, maxWhole), optional},
	{"recommend", "weight of recommending", number(func(w *LoyaltyWeights) **float64 { return &w.Recommend }, 0, maxWhole), optional},
}

// Of returns the weight of an indicator: 1 where none is given.
func (w LoyaltyWeights) Of(indicator string) float64 {
	given := map[string]*float64{"satisfaction": w.Satisfaction, "repurchase": w.Repurchase, "recommend": w.Recommend}[indicator]
	if given == nil {
		return 1
	}
	return *given
}

// Equal reports whether no weight was given.
func (w LoyaltyWeights) Equal() bool {
	return w.Satisfaction == nil && w.Repurchase == nil && w.Recommend == nil
}

// fewTop and manyTop are how many codes are high where nothing is said: the
// best 2 of a scale of 5 or more, the best one of a shorter scale (METHODS B10).
const (
	fewTop  = 1
	manyTop = 2
)

func highByDefault(sc *Scale, reverse bool) []string {
	n := fewTop
	if len(sc.Codes()) >= 5 {
		n = manyTop
	}
	return sc.best(n, reverse)
}

// judgeLoyalty settles what is high and low once the questions are known.
func (r *reader) judgeLoyalty(a *analysisDraft, _ *Analysis) {
	l := a.Loyalty
	if l == nil {
		return
	}
	for _, m := range []struct {
		name, column string
		cut          *yaml.Node
	}{{"satisfaction", l.Satisfaction, a.cuts.satisfaction}, {"repurchase", l.Repurchase, a.cuts.repurchase}, {"recommend", l.Recommend, a.cuts.recommend}} {
		if c := r.def.column(m.column); c != nil && m.column != "" {
			r.judgeCut(a, c, m.name, m.cut)
		}
	}
	if c := r.def.column(l.Repurchase); c != nil {
		r.judgeRepurchaseBands(a, c)
	}
	if c := r.def.column(l.Recommend); c != nil && l.Recommend != "" {
		r.judgeNet(a, c)
	}
	for _, u := range rulesOf(l.Ladder) {
		if !r.def.known(u.Column) {
			r.report(diag.Problem{Code: "unknown-name", Place: u.At, Summary: diag.Say("%s %q is not a question or column of this survey", diag.Say("item"), shorten(u.Column)), Cure: didYouMean(u.Column, r.def.names())})
		}
	}
	if l.Loyal == "" {
		l.Loyal = "repurchase"
	}
	if l.Recommend == "" && l.Loyal != "repurchase" {
		r.report(diag.Problem{Code: "missing-key", Place: a.At, Summary: diag.Say("loyal: %s needs the question of recommending", l.Loyal), Cure: diag.Say("add recommend: with the question")})
	}
}

func (c *column) reversed() bool { return c.question != nil && c.question.Reverse }

func (r *reader) judgeCut(a *analysisDraft, c *column, name string, cut *yaml.Node) {
	l := a.Loyalty
	switch {
	case c.number:
		from, ok := 70.0, true
		if cut != nil {
			from, ok = r.number(cut, -maxWhole, maxWhole)
		}
		if ok {
			l.From[c.id] = from
		}
	case c.scale == nil:
	case cut != nil && cut.Kind == yaml.ScalarNode && c.scale.ordered():
		codes := c.scale.Codes()
		at := slices.Index(codes, cut.Value)
		if at < 0 {
			r.breaks(cut, r.ruleOf(c.scale), "unknown-code", didYouMean(cut.Value, codes), diag.Say("the question has no code %q", shorten(cut.Value)))
			return
		}
		values := c.scale.Values()
		for i, v := range values {
			if v >= values[at] && !c.reversed() || v <= values[at] && c.reversed() {
				l.High[c.id] = append(l.High[c.id], codes[i])
			}
		}
	case cut != nil:
		l.High[c.id] = r.codesOf(cut, c.scale)
	case c.scale.ordered():
		l.High[c.id] = highByDefault(c.scale, c.reversed())
	default:
		r.report(diag.Problem{
			Code: "missing-key", Place: a.At, Rule: c.at, Summary: diag.Say("the answers of %q have no order: which of them are high?", c.id),
			Cure: diag.Say("add cuts: {%s: [the codes that are high]}, or give the scale level: ordinal and whole numbers as codes", name),
		})
	}
}

// codesOf reads a code or a list of codes that must be of a scale.
func (r *reader) codesOf(n *yaml.Node, sc *Scale) []string {
	list := n.Content
	if n.Kind == yaml.ScalarNode {
		list = []*yaml.Node{n}
	}
	var out []string
	for _, e := range list {
		if !slices.Contains(sc.Codes(), e.Value) {
			r.breaks(e, r.ruleOf(sc), "unknown-code", didYouMean(e.Value, sc.Codes()), diag.Say("the question has no code %q", shorten(e.Value)))
			continue
		}
		out = append(out, e.Value)
	}
	return out
}

// judgeRepurchaseBands settles the bands: those given, else ≥ 70 % and ≤ 30 % of a
// probability (a number, or 0–10 in tenths), else the two ends of three answers.
func (r *reader) judgeRepurchaseBands(a *analysisDraft, c *column) {
	b := &a.Loyalty.Bands
	given := a.bands.high != nil && a.bands.low != nil
	switch {
	case c.number:
		high, low := 70.0, 30.0
		if given {
			high, _ = r.number(a.bands.high, 0, 100)
			low, _ = r.number(a.bands.low, 0, 100)
		}
		b.AtLeast, b.AtMost = &high, &low
	case c.scale == nil:
	case given:
		b.High, b.Low = r.codesOf(a.bands.high, c.scale), r.codesOf(a.bands.low, c.scale)
	case c.scale.ordered() && len(c.scale.Codes()) == 3:
		b.High, b.Low = c.scale.best(1, c.reversed()), c.scale.best(1, !c.reversed())
	case c.scale.ordered() && isTenths(c.scale):
		b.High, b.Low = c.scale.best(4, c.reversed()), c.scale.best(4, !c.reversed())
	}
}

// isTenths reports whether a scale is 0 to 10.
func isTenths(sc *Scale) bool {
	v := sc.Values()
	return len(v) == 11 && slices.Min(v) == 0 && slices.Max(v) == 10
}

// judgeNet settles the net of recommending of a scale of three answers; 0 to 10 has the NPS.
func (r *reader) judgeNet(a *analysisDraft, c *column) {
	n := &a.Loyalty.Net
	switch {
	case c.scale == nil:
	case n.Top != nil:
		for _, code := range slices.Concat(n.Top, n.Bottom) {
			if !slices.Contains(c.scale.Codes(), code) {
				r.report(diag.Problem{Code: "unknown-code", Place: a.At, Rule: r.ruleOf(c.scale), Summary: diag.Say("the question has no code %q", shorten(code)), Cure: didYouMean(code, c.scale.Codes())})
			}
		}
	case c.scale.ordered() && len(c.scale.Codes()) == 3:
		n.Top, n.Bottom = c.scale.best(1, c.reversed()), c.scale.best(1, !c.reversed())
	}
}
