package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Enterprise is the settings of method enterprise: up to five components, each
// a share of answers or a number (METHODS B6).
type Enterprise struct {
	Components []Component
	Target     *float64
}

// The components, in their order.
const (
	Reputation = "reputation" // 美誉度
	Naming     = "naming"     // 指名度
	Return     = "return"     // 回头率
	Complaint  = "complaint"  // 抱怨率
	Sales      = "sales"      // 销售力
)

var components = []string{Reputation, Naming, Return, Complaint, Sales}

// Component is one of the five: either shares of answers, or a number between Min and Max.
type Component struct {
	ID     string
	Any    []Counted // a respondent counts who meets any of them
	Net    *Counted  // reputation: the unfavourable, whose share is taken off
	Beside *Counted  // complaint: those voiced to the firm (投诉率); return: what was observed
	Weight *float64
	Value  *float64
	Waves  map[string]float64 // the number by wave, where it differs
	Min    *float64
	Max    *float64
	Source Text
	At     diag.Place
}

// Counted is answers to one column that count, among a base of answers.
type Counted struct {
	Question string
	Codes    []string
	Base     []string // answers that count as asked; nil: all answers
	At       diag.Place
}

var enterpriseMethod = method{name: "enterprise", judge: (*reader).judgeEnterprise, keys: []key[analysisDraft]{
	{"reputation", "source of the component", component(Reputation), optional},
	{"naming", "source of the component", component(Naming), optional},
	{"return", "source of the component", component(Return), optional},
	{"complaint", "source of the component", component(Complaint), optional},
	{"sales", "source of the component", component(Sales), optional},
	{"weights", "weight of each component", formed(mapOf(numbered(0, 0)), readComponentWeights), optional},
	{"target", "the figure to reach", number(func(a *analysisDraft) **float64 { return &a.enterprise().Target }, -maxWhole, maxWhole), optional},
}}

func (a *analysisDraft) enterprise() *Enterprise {
	if a.Enterprise == nil {
		a.Enterprise = &Enterprise{}
	}
	return a.Enterprise
}

func component(id string) value[analysisDraft] {
	return formed(keyed(sourceKeys), func(r *reader, n *yaml.Node, a *analysisDraft) {
		c := componentDraft{Component: Component{ID: id, At: r.place(n)}}
		have := mapping(r, n, diag.Say("component %s", id), sourceKeys, &c)
		if have == nil {
			return
		}
		if c.own.Question != "" || c.own.Codes != nil {
			c.own.At = c.At
			c.Any = append(c.Any, c.own)
		}
		switch shares := len(c.Any) > 0; {
		case shares && (c.Value != nil || c.Waves != nil):
			r.fail(n, "two-ways", diag.Say("keep one of the two"), diag.Say("component %s has both a question and a number", id))
		case !shares && c.Value == nil && c.Waves == nil:
			r.fail(n, "missing-key", diag.Say("add question: and codes:, or value: with min: and max:"), diag.Say("component %s has no source", id))
		case !shares && (c.Min == nil || c.Max == nil || *c.Min >= *c.Max):
			r.fail(n, "missing-key", diag.Say("add min: and a larger max:, which are 0 and 100 points"), diag.Say("component %s has a number without bounds", id))
		}
		a.enterprise().Components = append(a.enterprise().Components, c.Component)
	})
}

// componentDraft is a component as it is written: its first source has no list around it.
type componentDraft struct {
	Component
	own Counted
}

var sourceKeys = []key[componentDraft]{
	{"question", "the question it is counted from", columnOf(diag.Say("question"), func(c *componentDraft) *string { return &c.own.Question }), optional},
	{"codes", "answers that count", items(func(c *componentDraft) *[]string { return &c.own.Codes }, plainShape("code"), code), optional},
	{"base", "answers that make the base", items(func(c *componentDraft) *[]string { return &c.own.Base }, plainShape("code"), code), optional},
	{"any", "several questions: a respondent counts who meets any", objects(diag.Say("a source"), func(c *componentDraft) *[]Counted { return &c.Any }, countedKeys), optional},
	{"net", "what is taken off, such as the unfavourable", pointed(func(c *componentDraft) **Counted { return &c.Net }), optional},
	{"beside", "a second rate shown beside it, not part of the index", pointed(func(c *componentDraft) **Counted { return &c.Beside }), optional},
	{"value", "a number of business data", number(func(c *componentDraft) **float64 { return &c.Value }, -maxWhole, maxWhole), optional},
	{"waves", "the number of each wave", formed(mapOf(numbered(0, 0)), readWaveNumbers), optional},
	{"min", "the number that is 0 points", number(func(c *componentDraft) **float64 { return &c.Min }, -maxWhole, maxWhole), optional},
	{"max", "the number that is 100 points", number(func(c *componentDraft) **float64 { return &c.Max }, -maxWhole, maxWhole), optional},
	{"source", "where the number comes from", text(func(c *componentDraft) *Text { return &c.Source }), optional},
}

var countedKeys = []key[Counted]{
	{"question", "the question it is counted from", columnOf(diag.Say("question"), func(c *Counted) *string { return &c.Question }), required},
	{"codes", "answers that count", items(func(c *Counted) *[]string { return &c.Codes }, plainShape("code"), code), required},
	{"base", "answers that make the base", items(func(c *Counted) *[]string { return &c.Base }, plainShape("code"), code), optional},
}

// pointed is a source that may be absent.
func pointed(at func(*componentDraft) **Counted) value[componentDraft] {
	return formed(keyed(countedKeys), func(r *reader, n *yaml.Node, c *componentDraft) {
		var counted Counted
		if mapping(r, n, diag.Say("a source"), countedKeys, &counted) != nil {
			counted.At = r.place(n)
			*at(c) = &counted
		}
	})
}

func readWaveNumbers(r *reader, n *yaml.Node, c *componentDraft) {
	readNumbers(r, n, nil)
	if n.Kind != yaml.MappingNode {
		return
	}
	c.Waves = map[string]float64{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		var f float64
		if n.Content[i+1].Decode(&f) == nil {
			c.Waves[n.Content[i].Value] = f
		}
	}
}

func readComponentWeights(r *reader, n *yaml.Node, a *analysisDraft) {
	if n.Kind != yaml.MappingNode {
		readNumbers(r, n, nil)
		return
	}
	for p := range pairs(r, n) {
		f, ok := r.number(p.value, 0, maxWhole)
		if !slices.Contains(components, p.key.Value) {
			r.fail(p.key, "unknown-word", didYouMean(p.key.Value, components), diag.Say("%q is not a component", shorten(p.key.Value)))
		} else if ok {
			a.componentWeights = append(a.componentWeights, weighed{p.key.Value, f, r.place(p.key)})
		}
	}
}

// weighed is the weight of a component, which may be written before it.
type weighed struct {
	id     string
	weight float64
	at     diag.Place
}

// judgeEnterprise joins weights and components and checks their questions and codes.
func (r *reader) judgeEnterprise(a *analysisDraft, into *Analysis) {
	e := a.enterprise()
	into.Enterprise = e
	if len(e.Components) == 0 {
		r.report(diag.Problem{Code: "missing-key", Place: a.At, Summary: diag.Say("index %q has no component", a.ID), Cure: diag.Say("add one of reputation, naming, return, complaint, sales")})
		into.Built = false
		return
	}
	slices.SortFunc(e.Components, func(x, y Component) int {
		return slices.Index(components, x.ID) - slices.Index(components, y.ID)
	})
	r.joinWeights(a, e)
	for _, c := range e.Components {
		for _, s := range slices.Concat(c.Any, present(c.Net), present(c.Beside)) {
			into.Built = r.judgeCounted(c, s) && into.Built
		}
	}
}

func present(c *Counted) []Counted {
	if c == nil {
		return nil
	}
	return []Counted{*c}
}

// joinWeights gives every component its weight: all or none must have one.
func (r *reader) joinWeights(a *analysisDraft, e *Enterprise) {
	for _, w := range a.componentWeights {
		k := slices.IndexFunc(e.Components, func(c Component) bool { return c.ID == w.id })
		if k < 0 {
			r.report(diag.Problem{Code: "unknown-name", Place: w.at, Summary: diag.Say("component %s has a weight but no source", w.id), Cure: diag.Say("add its source, or delete the weight")})
			continue
		}
		e.Components[k].Weight = &w.weight
	}
	if len(a.componentWeights) == 0 {
		return
	}
	var all []sibling
	for _, c := range e.Components {
		all = append(all, sibling{c.ID, c.Weight, c.At})
	}
	r.judgeGiven(all)
}

// judgeCounted checks that a source is one column of codes that has these codes.
func (r *reader) judgeCounted(c Component, s Counted) bool {
	column := r.def.column(s.Question)
	if column == nil || column.role == silent {
		return false // told where it is written
	}
	var known []string
	switch {
	case column.role == tick:
		known = []string{"0", "1"}
	case column.scale != nil && column.role == single:
		known = column.scale.Codes()
	case column.labels != nil:
		known = sorted(column.labels)
	default:
		r.report(diag.Problem{Code: "wrong-question", Place: c.At, Rule: column.at, Summary: diag.Say("component %s cannot be counted from %q: it has no codes", c.ID, column.id), Cure: diag.Say("name a question with options, or one option of a multiple choice as %s_…", column.id)})
		return false
	}
	if len(s.Codes) == 0 {
		r.report(diag.Problem{Code: "missing-key", Place: c.At, Summary: diag.Say("component %s does not say which answers count", c.ID), Cure: diag.Say("add codes:")})
		return false
	}
	for _, code := range slices.Concat(s.Codes, s.Base) {
		if !slices.Contains(known, code) {
			r.report(diag.Problem{Code: "unknown-code", Place: c.At, Rule: column.at, Summary: diag.Say("question %q has no code %q", column.id, shorten(code)), Cure: didYouMean(code, known)})
			return false
		}
	}
	return true
}
