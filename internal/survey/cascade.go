package survey

import (
	"strconv"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// levelKeys are the keys of one level of a cascade.
var levelKeys = []key[Row]{
	{"id", "end of the data column; else its number", rowID(), optional},
	{"label", "what the respondent reads above the list", text(func(row *Row) *Text { return &row.Label }), required},
}

// branchKeys are the keys of a choice of a cascade; a function, because choices hold choices.
func branchKeys() []key[Branch] {
	return []key[Branch]{
		{"code", "what the data holds", special("code", func(r *reader, n *yaml.Node, b *Branch) {
			b.Code, _ = code(r, n)
			b.At = r.place(n)
		}), required},
		{"label", "what the respondent reads", text(func(b *Branch) *Text { return &b.Label }), required},
		{"branches", "the choices of the next level", special("branches", func(r *reader, n *yaml.Node, b *Branch) { b.Branches = readBranches(r, n) }), optional},
	}
}

func readBranches(r *reader, n *yaml.Node) []Branch {
	var out []Branch
	for e := range r.list(n) {
		var b Branch
		if mapping(r, e, diag.Say("a choice"), branchKeys(), &b) != nil {
			out = append(out, b)
		}
	}
	return out
}

// numberLevels gives the levels of a cascade without an id their numbers.
func numberLevels(q *Question) {
	for i := range q.Levels {
		if q.Levels[i].ID == "" {
			q.Levels[i].ID = strconv.Itoa(i + 1)
		}
	}
}

// judgeCascade checks that the tree is as deep as there are levels, and that
// a code means one thing in its level.
func (r *reader) judgeCascade(q *Question, have found) {
	numberLevels(q)
	if len(q.Levels) < 2 || len(q.Branches) == 0 {
		if len(q.Levels) == 1 {
			r.fail(have["levels"].key, "wrong-bounds", diag.Say("use type dropdown, or add a level"), diag.Say("a cascade has two levels or more"))
		}
		return
	}
	seen := make([]map[string]Branch, len(q.Levels))
	deepest := r.judgeBranches(q, q.Branches, 0, seen)
	if deepest < len(q.Levels) {
		r.fail(have["levels"].key, "wrong-bounds", diag.Say("delete the levels without choices, or add choices"), diag.Say("there are %d levels, but choices for %d only", len(q.Levels), deepest))
	}
}

func (r *reader) judgeBranches(q *Question, branches []Branch, level int, seen []map[string]Branch) int {
	if level >= len(q.Levels) {
		if len(branches) > 0 {
			r.report(diag.Problem{
				Code: "wrong-bounds", Place: branches[0].At, Summary: diag.Say("this choice is on level %d, but there are %d levels", level+1, len(q.Levels)),
				Cure: diag.Say("add a level, or delete these choices"),
			})
		}
		return level
	}
	if seen[level] == nil {
		seen[level] = map[string]Branch{}
	}
	deepest := level + 1
	for i, b := range branches {
		first, twice := seen[level][b.Code]
		if sibling := hasCode(branches[:i], b.Code); twice && b.Code != "" && (sibling || !sameText(first.Label, b.Label)) {
			r.report(diag.Problem{
				Code: "duplicate-code", Place: b.At, Others: before(first.At),
				Summary: diag.Say("code %q is given twice, %s", b.Code, onLines(first.At.Line, b.At.Line)), Cure: diag.Say("give each option its own code"),
			})
		}
		if !twice {
			seen[level][b.Code] = b
		}
		if len(b.Branches) > 0 {
			deepest = max(deepest, r.judgeBranches(q, b.Branches, level+1, seen))
		}
	}
	return deepest
}

func hasCode(branches []Branch, code string) bool {
	for _, b := range branches {
		if b.Code == code {
			return true
		}
	}
	return false
}

func sameText(a, b Text) bool {
	if len(a) != len(b) {
		return false
	}
	for lang, s := range a {
		if b[lang] != s {
			return false
		}
	}
	return true
}

// LevelScale is the list of answers of a level of a cascade, 0 the first: all
// of its choices, whatever they stand below.
func (q *Question) LevelScale(level int) *Scale {
	sc := &Scale{Level: Nominal, At: q.At}
	have := map[string]bool{}
	var visit func(branches []Branch, at int)
	visit = func(branches []Branch, at int) {
		for _, b := range branches {
			if at == level && !have[b.Code] {
				have[b.Code] = true
				sc.Options = append(sc.Options, Option{Code: b.Code, Label: b.Label, At: b.At})
			}
			visit(b.Branches, at+1)
		}
	}
	visit(q.Branches, 0)
	return sc
}

// optionCondition is the condition of an option; the shipped scales have none.
func optionCondition() value[Option] {
	return value[Option]{plainShape("expression"), func(r *reader, n *yaml.Node, o *Option) {
		if r.def != nil {
			o.ShowIf = r.expression(n, onPage)
		}
	}}
}
