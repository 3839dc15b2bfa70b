package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// PenaltyReward is the settings of method penalty_reward, and of the classes
// that method two_factor finds.
type PenaltyReward struct {
	Outcome    string
	Items      []string
	Low, High  []string // codes; nil: those of Extremes
	Cut        float64  // smallest asymmetry that is named
	Regression string   // each: one regression an item; joint: one of all items
	Bootstrap  Resampling
}

// defaultCut is the smallest asymmetry that is named; papers use .1 to .5
// (METHODS B9).
const defaultCut = .2

var penaltyRewardMethod = method{name: "penalty_reward", judge: (*reader).judgePenaltyReward, keys: slices.Concat([]key[analysisDraft]{
	outcomeKey(func(a *analysisDraft) *string { return &a.penaltyReward().Outcome }, required),
	{"items", "questions or matrix rows", measuredColumns(func(a *analysisDraft) *[]string { return &a.penaltyReward().Items }, hasCodes), required},
}, penaltyRewardKeys)}

// penaltyRewardKeys are the keys beside outcome and items.
var penaltyRewardKeys = []key[analysisDraft]{
	{"low", "codes that count as low", formed(either(plainShape("code"), listOf(plainShape("code"))), readCodesOf(lowCodes)), optional},
	{"high", "codes that count as high", formed(either(plainShape("code"), listOf(plainShape("code"))), readCodesOf(highCodes)), optional},
	{"cut", "smallest asymmetry that is named", fraction(func(a *analysisDraft) *float64 { return &a.penaltyReward().Cut }), optional},
	{"regression", "each: one regression an item; joint: one of all items", word(func(a *analysisDraft) *string { return &a.penaltyReward().Regression }, "each", "joint"), optional},
	resamplingKey(func(a *analysisDraft) *Resampling { return &a.penaltyReward().Bootstrap }),
}

func (a *analysisDraft) penaltyReward() *PenaltyReward {
	if a.PenaltyReward == nil {
		a.PenaltyReward = &PenaltyReward{Cut: defaultCut, Regression: "each", Bootstrap: Resampling{defaultDraws, defaultDrawSeed}}
	}
	return a.PenaltyReward
}

// fraction is a number from 0 to 1.
func fraction(at func(*analysisDraft) *float64) value[analysisDraft] {
	return value[analysisDraft]{numbered(0, 1), func(r *reader, n *yaml.Node, a *analysisDraft) {
		if f, ok := r.number(n, 0, 1); ok {
			*at(a) = f
		}
	}}
}

const (
	lowCodes = iota
	highCodes
)

// readCodesOf reads the codes of one end, with their places.
func readCodesOf(end int) func(r *reader, n *yaml.Node, a *analysisDraft) {
	return func(r *reader, n *yaml.Node, a *analysisDraft) {
		nodes := []*yaml.Node{n}
		if n.Kind != yaml.ScalarNode {
			nodes = nil
			for e := range r.list(n) {
				nodes = append(nodes, e)
			}
		}
		for _, e := range nodes {
			if c, ok := code(r, e); ok {
				a.ends[end] = append(a.ends[end], e)
				if end == lowCodes {
					a.penaltyReward().Low = append(a.penaltyReward().Low, c)
				} else {
					a.penaltyReward().High = append(a.penaltyReward().High, c)
				}
			}
		}
	}
}

// hasCodes wants a list of answers in an order.
func hasCodes(r *reader, n *yaml.Node, c *column) {
	switch {
	case c.scale != nil && (c.scale.ordered() || len(c.scale.Options) == 0):
	case c.scale == nil && c.question != nil && c.role == single && !c.text && !c.number: // a fault of its own
	default:
		r.breaks(n, c.at, "not-ordered", diag.Say("use a rating"), diag.Say("%q has no low and high answers: it has no codes in an order", c.id))
	}
}

func (r *reader) judgePenaltyReward(a *analysisDraft, into *Analysis) {
	p := a.PenaltyReward
	if p == nil {
		return
	}
	r.apartFrom(a.outcome, p.Items)
	r.judgeEnds(a, p)
}

// judgeEnds checks the codes of low and high against the scale of every item.
func (r *reader) judgeEnds(a *analysisDraft, p *PenaltyReward) {
	for _, n := range a.ends[highCodes] {
		if slices.Contains(p.Low, n.Value) {
			r.fail(n, "wrong-bounds", diag.Say("delete it from one of the two"), diag.Say("code %q counts as low and as high", n.Value))
		}
	}
	for _, id := range p.Items {
		c := r.def.column(id)
		if c == nil || c.scale == nil || !c.scale.ordered() {
			continue
		}
		r.judgeCodesOf(a, c)
		if low, _ := Extremes(c.scale, false); low == nil && (p.Low == nil || p.High == nil) {
			r.report(diag.Problem{
				Code: "missing-key", Place: a.At, Rule: r.ruleOf(c.scale), Summary: diag.Say("%s has no rule for the low and high answers of %s", a.Method, c.scale.counted()),
				Cure: diag.Say("add low: and high: with the codes that count as such"),
			})
			return
		}
	}
}

// judgeCodesOf checks that an item has the codes of low and high.
func (r *reader) judgeCodesOf(a *analysisDraft, c *column) {
	codes := c.scale.Codes()
	for _, end := range a.ends {
		for _, n := range end {
			if !slices.Contains(codes, n.Value) {
				r.breaks(n, r.ruleOf(c.scale), "unknown-code", didYouMean(n.Value, codes), diag.Say("%q has no code %q", c.id, shorten(n.Value)))
			}
		}
	}
}

// extremes are how many of so many codes are low and high answers where the
// definition does not say: ratings crowd at the good end, so the low answers
// reach further (METHODS B9 leaves it open; every page prints it).
var extremes = map[int][2]int{5: {2, 1}, 7: {2, 2}, 10: {6, 2}, 11: {7, 2}}

// Extremes returns the codes that count as low and as high; nil where the scale
// has no rule. Where reverse, high codes are bad.
func Extremes(sc *Scale, reverse bool) (low, high []string) {
	n, ok := extremes[len(sc.Codes())]
	if !ok || !sc.ordered() {
		return nil, nil
	}
	return sc.best(n[0], !reverse), sc.best(n[1], reverse)
}
