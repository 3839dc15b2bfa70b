package survey

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"manyi/internal/diag"
)

// term is one operation of an expression with its operands. Its op is an
// operator or function of the language, neg for a sign, or one of
//
//	number, text, truth   a literal
//	name                  the answer to a question, or a column
//	list                  what stands behind in
type term struct {
	op     string
	args   []*term
	number float64
	text   string // of a text or name; the reason that missing asks for
	truth  bool
	whole  bool       // name: its codes are whole numbers and compare as numbers
	index  int        // name: its place in Expression.Names
	at     diag.Place // from its first sign to its last, parentheses left out

	from, to int // characters of the source
}

// term builds the tree of a checked expression. Names stay as they are written
// until all columns are known.
func (f *formula) term(node ast.Node) *term {
	t := &term{from: node.Location().From, to: node.Location().To}
	switch n := node.(type) {
	case *ast.IdentifierNode:
		t.op, t.text = "name", n.Value
	case *ast.IntegerNode:
		t.op, t.number = "number", float64(n.Value)
	case *ast.FloatNode:
		t.op, t.number = "number", n.Value
	case *ast.StringNode:
		t.op, t.text = "text", n.Value
	case *ast.BoolNode:
		t.op, t.truth = "truth", n.Value
	case *ast.ArrayNode:
		t.op, t.args = "list", f.terms(n.Nodes...)
	case *ast.UnaryNode:
		t.op, t.args = "not", f.terms(n.Node)
		if n.Operator == "-" {
			t.op = "neg"
		}
	case *ast.BinaryNode:
		t.op, t.args = n.Operator, f.terms(n.Left, n.Right)
	case *ast.ConditionalNode:
		t.op, t.args = "?", f.terms(n.Cond, n.Exp1, n.Exp2)
	case *ast.CallNode:
		t.op = n.Callee.(*ast.IdentifierNode).Value // checked by call
		args := n.Arguments
		if t.op == "missing" && len(args) == 2 {
			t.text, args = reasonOf(args[1]), args[:1]
		}
		t.args = f.terms(args...)
	}
	for _, a := range t.args {
		t.from, t.to = min(t.from, a.from), max(t.to, a.to)
	}
	t.at = f.at(t.from, t.to)
	return t
}

func (f *formula) terms(nodes ...ast.Node) []*term {
	var out []*term
	for _, n := range nodes {
		out = append(out, f.term(n))
	}
	return out
}

func reasonOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.IdentifierNode:
		return n.Value
	}
	return ""
}

// settle follows the names of a term to their columns: a name of several
// columns becomes a list of them where a function takes any number.
func (e *Expression) settle(d *definition, t *term) {
	var args []*term
	for _, a := range t.args {
		c := d.column(a.text)
		if a.op != "name" || c == nil || c.role != group || c.listed() {
			e.settle(d, a)
			args = append(args, a)
			continue
		}
		for _, member := range d.members(c) {
			args = append(args, &term{op: "name", text: member.id, whole: member.numeric(), at: a.at})
		}
	}
	t.args = args
	if c := d.column(t.text); t.op == "name" && c != nil {
		t.whole = c.numeric()
	}
}

// number gives every name of the tree its place among the names read.
func (e *Expression) number() {
	seen := map[string]bool{}
	e.tree.each(func(t *term) {
		if t.op == "name" {
			seen[t.text] = true
		}
	})
	e.Names = sorted(seen)
	e.tree.each(func(t *term) {
		if t.op == "name" {
			t.index, _ = slices.BinarySearch(e.Names, t.text)
		}
	})
}

// each calls f for t and all below it.
func (t *term) each(f func(*term)) {
	f(t)
	for _, a := range t.args {
		a.each(f)
	}
}

// uses reports whether an operation is anywhere in the tree.
func (t *term) uses(op string) bool {
	found := false
	t.each(func(t *term) { found = found || t.op == op })
	return found
}

// JSON returns the expression as the page's script evaluates it: literals as
// they are, names as {"q": id, "n": 1 where codes compare as numbers}, all else
// as ["op", operands …].
func (e *Expression) JSON() []byte {
	out, err := json.Marshal(e.tree.plain())
	if err != nil {
		panic("survey: " + err.Error()) // finite numbers, texts and lists only
	}
	return out
}

func (t *term) plain() any {
	switch t.op {
	case "number":
		return t.number
	case "text":
		return t.text
	case "truth":
		return t.truth
	case "name":
		name := map[string]any{"q": t.text}
		if t.whole {
			name["n"] = 1
		}
		return name
	}
	out := []any{t.op}
	for _, a := range t.args {
		out = append(out, a.plain())
	}
	if t.op == "missing" && t.text != "" {
		out = append(out, t.text)
	}
	return out
}

// listed reports whether the column's answer is a list of codes.
func (c *column) listed() bool {
	if c.role != group || c.question == nil {
		return false
	}
	return c.question.Type == MultipleChoice || c.question.Type == MatrixMultiple && c.id != c.question.ID
}

// members are the columns of a question with several.
func (d *definition) members(c *column) []*column {
	var out []*column
	for _, m := range d.order {
		if m != c && m.question == c.question && (m.role == single || m.listed()) && strings.HasPrefix(m.id, c.id+"_") {
			out = append(out, m)
		}
	}
	return out
}

// numeric reports whether the answers of the column are numbers, or codes that compare as numbers.
func (c *column) numeric() bool {
	switch {
	case c.number || c.role == tick:
		return true
	case c.role == group || c.text:
		return false
	case c.scale != nil:
		return c.scale.Values() != nil
	}
	for code := range c.labels {
		if !wholeCode.MatchString(code) {
			return false
		}
	}
	return len(c.labels) > 0
}
