package survey

import (
	"slices"
	"strconv"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Accounts rolls the answers of several people of one business customer up to it.
type Accounts struct {
	ID      string       // column that names the account
	Role    string       // column of the respondent's role in buying, "" without
	Weights []RoleWeight // of the roles; a role that is not listed counts 1
	Score   string       // the rated item that is rolled up, "" for the first one with a metric, else the first
	Consent string       // column whose code "1" or "yes" allows the account to be named, "" where none may be
	At      diag.Place

	foreign []string // columns of the data that the definition does not name
}

// RoleWeight is what a role counts.
type RoleWeight struct {
	Role   string
	Weight float64
}

var accountKeys = []key[Accounts]{
	{"id", "column that names the account", id(func(a *Accounts) *string { return &a.ID }, nil), required},
	{"role", "column of the respondent's role", id(func(a *Accounts) *string { return &a.Role }, nil), optional},
	{"weights", "role -> what it counts; 1 if not given", formed(mapOf(numbered(0, maxWhole)), readRoleWeights), optional},
	{"score", "the rated question that is rolled up", id(func(a *Accounts) *string { return &a.Score }, nil), optional},
	{"consent", "column in which a respondent allows the account to be named", id(func(a *Accounts) *string { return &a.Consent }, nil), optional},
}

func readRoleWeights(r *reader, n *yaml.Node, a *Accounts) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write {buyer: 2, user: 1}"), diag.Say("weights of roles must be codes with numbers, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		if f, ok := r.number(p.value, 0, maxWhole); ok {
			a.Weights = append(a.Weights, RoleWeight{p.key.Value, f})
		}
	}
}

func readAccounts(r *reader, n *yaml.Node, s *Survey) {
	a := &Accounts{At: r.place(n)}
	have := mapping(r, n, diag.Say("accounts"), accountKeys, a)
	if have == nil {
		return
	}
	if have["weights"].key != nil && have["role"].key == nil {
		r.fail(have["weights"].key, "missing-key", diag.Say("add role: with the column of roles"), diag.Say("accounts has weights of roles, but no role"))
	}
	s.Accounts = a
	r.judgeAccount(have["id"].value, diag.Say("account"), func(n *yaml.Node, c *column) {
		if c.pii {
			r.breaks(n, c.at, "wrong-source", diag.Say("give accounts a code that names nobody, and use its column"), diag.Say("column %q identifies people: its values are not kept", c.id))
		}
	})
	r.judgeAccount(have["role"].value, diag.Say("role"), func(_ *yaml.Node, c *column) {
		if w := have["weights"].value; w != nil && w.Kind == yaml.MappingNode {
			r.judgeCodes(c, w)
		}
	})
	r.judgeAccount(have["consent"].value, diag.Say("consent"), nil)
	r.judgeAccount(have["score"].value, diag.Say("score"), func(n *yaml.Node, c *column) {
		if c.scale == nil || !c.scale.ordered() || c.role != single {
			r.breaks(n, c.at, "not-ordered", diag.Say("name a question with a scale of ordered numbers"), diag.Say("column %q is not rated", c.id))
		}
	})
}

// judgeAccount checks that a column of accounts is one column with a list of
// values. One that the definition does not name is looked for in the files.
func (r *reader) judgeAccount(n *yaml.Node, what diag.Phrase, more func(n *yaml.Node, c *column)) {
	if n == nil || isNull(n) {
		return
	}
	r.def.sources = append(r.def.sources, func() {
		c := r.def.column(n.Value)
		switch {
		case c == nil && diag.Nearest(n.Value, r.def.names()) == "" && what.Format != "score":
			a := r.def.survey.Accounts
			a.foreign = append(a.foreign, n.Value)
			r.report(diag.Problem{
				Severity: diag.Note, Code: "foreign-column", Place: r.place(n),
				Summary: diag.Say("column %s is not of this survey: it is looked for in the files of responses", strconv.Quote(n.Value)),
			})
		case c == nil || c.role == silent:
			r.fail(n, "unknown-name", didYouMean(n.Value, r.def.names()), diag.Say("%s %q is not a question or column of this survey", what, shorten(n.Value)))
		case c.role == group || c.number || c.text && c.role != hidden:
			r.breaks(n, c.at, "wrong-source", diag.Say("use a question with one answer or a hidden column"), diag.Say("column %q has no list of values", c.id))
		case more != nil:
			more(n, c)
		}
	})
}

// names reports whether a column of accounts is not of the definition itself.
func (a *Accounts) names(column string) bool {
	return a != nil && slices.Contains(a.foreign, column)
}
