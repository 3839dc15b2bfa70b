package survey

import (
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// ServiceEvaluation is the settings of method service_evaluation: clauses that
// were scored against their standards, without stars (METHODS A69).
type ServiceEvaluation struct {
	Items      []Clause
	Deductions []Deduction
	Target     *float64
}

// Clause is one item of the evaluation.
type Clause struct {
	ID       string
	Label    Text
	Weight   *float64 // points it can earn
	Score    *float64 // points it earned, nil where it is not scored yet
	Standard Text
	Evidence Text
	Involved bool
	Stage    string // before, during, after, standalone or ""
	At       diag.Place
}

// Deduction is points taken off.
type Deduction struct {
	Label  Text
	Points *float64
	Stage  string
}

// Stages of service, in their order.
var Stages = []string{"before", "during", "after", "standalone"}

var serviceEvaluationMethod = method{name: "service_evaluation", judge: (*reader).judgeServiceEvaluation, keys: []key[analysisDraft]{
	{"items", "clauses with weight and score", formed(listOf(keyed(clauseKeys)), readClauses), required},
	{"deductions", "points taken off", objects(diag.Say("a deduction"), func(a *analysisDraft) *[]Deduction { return &a.service().Deductions }, deductionKeys), optional},
	{"target", "the figure to reach", number(func(a *analysisDraft) **float64 { return &a.service().Target }, 0, 100), optional},
}}

var clauseKeys = []key[Clause]{
	{"id", "name of it", pattern(func(c *Clause) *string { return &c.ID }, "speed", columnPattern), required},
	{"label", "what reports call it", text(func(c *Clause) *Text { return &c.Label }), optional},
	{"weight", "points it can earn", number(func(c *Clause) **float64 { return &c.Weight }, 0, maxWhole), required},
	{"score", "points it earned", number(func(c *Clause) **float64 { return &c.Score }, 0, maxWhole), optional},
	{"standard", "the clause", text(func(c *Clause) *Text { return &c.Standard }), optional},
	{"evidence", "what proves it", text(func(c *Clause) *Text { return &c.Evidence }), optional},
	{"involved", "it applies here", boolean(func(c *Clause) *bool { return &c.Involved }), optional},
	{"stage", "before, during or after the sale, or standalone", word(func(c *Clause) *string { return &c.Stage }, Stages...), optional},
}

var deductionKeys = []key[Deduction]{
	{"label", "what for", text(func(d *Deduction) *Text { return &d.Label }), required},
	{"points", "how many", number(func(d *Deduction) **float64 { return &d.Points }, 0, maxWhole), required},
	{"stage", "before, during or after the sale, or standalone", word(func(d *Deduction) *string { return &d.Stage }, Stages...), optional},
}

func (a *analysisDraft) service() *ServiceEvaluation {
	if a.ServiceEvaluation == nil {
		a.ServiceEvaluation = &ServiceEvaluation{}
	}
	return a.ServiceEvaluation
}

func readClauses(r *reader, n *yaml.Node, a *analysisDraft) {
	var ids places
	for e := range r.list(n) {
		c := Clause{Involved: true, At: r.place(e)}
		have := mapping(r, e, diag.Say("an item"), clauseKeys, &c)
		if have == nil {
			continue
		}
		ids.unique(r, have["id"].value, diag.Say("item"))
		if score := have["score"].value; score != nil && c.Score != nil && c.Weight != nil && *c.Score > *c.Weight {
			r.breaks(score, r.place(have["weight"].value), "out-of-range", diag.Say("write at most %s", plain(*c.Weight)), diag.Say("item %q earned more points than it can", c.ID))
		}
		if c.Weight != nil {
			a.service().Items = append(a.service().Items, c)
		}
	}
}

// judgeServiceEvaluation keeps the clauses; what can be wrong with them was told where it is written.
func (r *reader) judgeServiceEvaluation(a *analysisDraft, into *Analysis) {
	into.ServiceEvaluation = a.service()
}
