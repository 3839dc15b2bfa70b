package survey

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// Expression is a condition or formula of DESIGN 3, parsed and checked.
type Expression struct {
	Source string
	Names  []string // the columns it reads, sorted, each once
	At     diag.Place
	uses   map[string]diag.Place // where each name is first read
	tree   *term
	where  scope
}

// scope says where an expression is evaluated, and so which names it may read.
type scope uint8

const (
	onPage   scope = iota // a condition while the respondent answers: no derived columns
	computed              // a value while the respondent answers
	inReport              // a condition over the data
)

// maxExpression is the most bytes of an expression: the parser recurses once a parenthesis.
const maxExpression = 2000

// arity is how many arguments each function takes.
var arity = map[string]struct{ least, most int }{
	"answered": {1, 1}, "count": {1, 100}, "sum": {1, 100}, "mean": {1, 100}, "min": {1, 100}, "max": {1, 100},
	"round": {1, 2}, "len": {1, 1}, "missing": {1, 2}, "today": {0, 0}, "param": {1, 1},
}

// expression is the value of a key that holds one.
func expression[T any](at func(*T) **Expression, where scope) value[T] {
	return value[T]{shape{kind: "expression"}, func(r *reader, n *yaml.Node, into *T) {
		if e := r.expression(n, where); e != nil {
			set(at, into, e)
		}
	}}
}

// formula is an expression while it is checked.
type formula struct {
	*reader
	*Expression
	offsets offsets
	starts  []int // byte of each character of the source
	where   scope
	bad     bool
}

// expression reads and checks an expression; nil after reporting what is wrong with its form.
func (r *reader) expression(n *yaml.Node, where scope) *Expression {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
		r.fail(n, "wrong-type", diag.Say("write it like osat <= 3"), diag.Say("an expression is wanted here, not %s", kindOf(n)))
		return nil
	}
	if len(n.Value) > maxExpression {
		r.fail(n, "expression", diag.Say("split it with calculated columns"), diag.Say("the expression is longer than %d bytes", maxExpression))
		return nil
	}
	f := &formula{
		reader: r, Expression: &Expression{Source: n.Value, At: r.place(n), uses: map[string]diag.Place{}},
		offsets: r.offsets(n), where: where,
	}
	for i := range n.Value {
		f.starts = append(f.starts, i)
	}
	f.starts = append(f.starts, len(n.Value))
	tree, err := parser.ParseWithConfig(n.Value, grammar())
	if err != nil {
		f.syntax(err)
		return nil
	}
	f.visit(tree.Node)
	if f.bad {
		return nil
	}
	f.Names, f.tree = sorted(f.uses), f.term(tree.Node)
	e := f.Expression
	e.where = where
	r.def.expressions = append(r.def.expressions, e)
	return e
}

// grammar makes the parser treat our functions as plain calls, and if as a name.
func grammar() *conf.Config {
	c := conf.CreateNew()
	c.DisableIfOperator = true
	for name := range arity {
		c.Functions[name] = &builtin.Function{Name: name}
	}
	return c
}

// at returns the place of characters from to end of the source.
func (f *formula) at(from, end int) diag.Place {
	last := len(f.starts) - 1
	return f.offsets.place(f.starts[min(max(from, 0), last)], f.starts[min(max(end, 0), last)])
}

func (f *formula) refuse(l file.Location, cure, summary diag.Phrase) {
	f.bad = true
	f.report(diag.Problem{Code: "expression", Place: f.at(l.From, l.To), Summary: summary, Cure: cure})
}

// syntax reports an error of the parser.
func (f *formula) syntax(err error) {
	e, ok := errors.AsType[*file.Error](err)
	if !ok {
		f.refuse(file.Location{}, diag.Phrase{}, diag.Say("this is not an expression: %s", err))
		return
	}
	written := f.written(e.Location)
	cure := diag.Say("see the manual for what an expression may hold")
	switch {
	case written == "=" || strings.Contains(e.Message, `"="`):
		cure = diag.Say("write == to compare")
	case strings.Contains(e.Message, "unexpected token EOF"):
		cure = diag.Say("the expression ends too early")
	case strings.Contains(e.Message, "not terminated"):
		cure = diag.Say("close the quotes")
	}
	f.refuse(e.Location, cure, diag.Say("this is not an expression: %s", strings.ReplaceAll(e.Message, "\n", " ")))
}

// written is what the author wrote at l.
func (f *formula) written(l file.Location) string {
	last := len(f.starts) - 1
	from, to := min(max(l.From, 0), last), min(max(l.To, 0), last)
	return f.Source[f.starts[from]:f.starts[max(from, to)]]
}

// visit checks a node and what is below it.
func (f *formula) visit(node ast.Node) {
	switch n := node.(type) {
	case *ast.IdentifierNode:
		f.name(n)
	case *ast.IntegerNode, *ast.FloatNode:
		if w := f.written(n.Location()); strings.ContainsAny(w, "_xXoObB") || len(w) > 1 && w[0] == '0' && w[1] != '.' {
			f.refuse(n.Location(), diag.Say("write digits only, without leading zeros; a code like 01 is written \"01\""), diag.Say("%q is not a plain number", w))
		}
	case *ast.StringNode, *ast.BoolNode:
	case *ast.UnaryNode:
		f.unary(n)
	case *ast.BinaryNode:
		f.binary(n)
	case *ast.ConditionalNode:
		f.visit(n.Cond)
		f.visit(n.Exp1)
		f.visit(n.Exp2)
	case *ast.CallNode:
		f.call(n)
	case *ast.BuiltinNode:
		f.refuse(n.Location(), didYouMean(n.Name, sorted(arity)), diag.Say("unknown function %q", n.Name))
	case *ast.NilNode:
		f.refuse(n.Location(), diag.Say("write not answered(q)"), diag.Say("nil is not part of the language"))
	case *ast.ArrayNode:
		f.refuse(n.Location(), diag.Say("write q in [1, 2]"), diag.Say("a list stands only behind in"))
	case nil:
		f.refuse(file.Location{}, diag.Phrase{}, diag.Say("the expression is incomplete"))
	default:
		f.refuse(n.Location(), diag.Say("use names, numbers, texts, comparisons, and or not, in, + - * /, ?: and the functions %s", strings.Join(sorted(arity), ", ")),
			diag.Say("%s is not part of the language", describe(n)))
	}
}

func describe(n ast.Node) diag.Phrase {
	switch n.(type) {
	case *ast.MemberNode, *ast.ChainNode:
		return diag.Say("access with . or [ ]")
	case *ast.SliceNode:
		return diag.Say("a slice")
	case *ast.MapNode:
		return diag.Say("a map { }")
	case *ast.VariableDeclaratorNode:
		return diag.Say("let")
	case *ast.SequenceNode:
		return diag.Say("a sequence with ;")
	case *ast.BytesNode:
		return diag.Say("a text of bytes")
	}
	return diag.Say("this")
}

func (f *formula) unary(n *ast.UnaryNode) {
	switch n.Operator {
	case "!":
		f.refuse(n.Location(), diag.Say("write not"), diag.Say("operator ! is not part of the language"))
	case "+":
		f.refuse(n.Location(), diag.Say("delete it"), diag.Say("a sign + is not part of the language"))
	}
	f.visit(n.Node)
}

// operators are those of the language, with what to write for some others.
var (
	operators = []string{"==", "!=", "<", "<=", ">", ">=", "and", "or", "in", "+", "-", "*", "/"}
	insteadOf = map[string]diag.Phrase{
		"&&": diag.Say("write and"), "||": diag.Say("write or"), "??": diag.Say("write answered(a) ? a : b"),
		"..": diag.Say("write a >= 1 and a <= 3"), "contains": diag.Say("write code in q"), "matches": diag.Say("compare with =="),
		"**": diag.Say("write a * a"), "^": diag.Say("write a * a"),
	}
)

func (f *formula) binary(n *ast.BinaryNode) {
	written := f.written(n.Location())
	switch {
	case n.Operator == "&&" && written != "&&": // the parser's reading of a < b < c
		f.refuse(n.Location(), diag.Say("write a < b and b < c"), diag.Say("comparisons cannot be chained"))
		return
	case !slices.Contains(operators, n.Operator):
		cure := insteadOf[n.Operator]
		if cure.Empty() {
			cure = diag.Say("use %s", strings.Join(operators, " "))
		}
		f.refuse(n.Location(), cure, diag.Say("operator %s is not part of the language", n.Operator))
		return
	}
	f.visit(n.Left)
	if list, ok := n.Right.(*ast.ArrayNode); ok && n.Operator == "in" {
		for _, e := range list.Nodes {
			f.visit(e)
			f.possible(n.Left, e)
		}
		return
	}
	f.visit(n.Right)
	if n.Operator == "==" || n.Operator == "!=" || n.Operator == "in" {
		f.possible(n.Left, n.Right)
		f.possible(n.Right, n.Left)
	}
}

// possible reports a comparison of a column with a code it never has.
func (f *formula) possible(name, other ast.Node) {
	id, ok := name.(*ast.IdentifierNode)
	if !ok {
		return
	}
	var literal string
	switch l := other.(type) {
	case *ast.StringNode:
		literal = l.Value
	case *ast.IntegerNode:
		literal = strconv.Itoa(l.Value)
	default:
		return
	}
	place := f.at(other.Location().From, other.Location().To)
	f.def.check(func() {
		c := f.def.column(id.Value)
		if c == nil {
			return
		}
		known := c.codes()
		if c.role == group && c.scale != nil {
			known = c.scale.Codes()
		}
		if len(known) > 0 && !slices.Contains(known, literal) {
			f.report(diag.Problem{
				Code: "unknown-code", Place: place, Rule: c.at,
				Summary: diag.Say("column %q has no code %q", c.id, shorten(literal)), Cure: didYouMean(literal, known),
			})
		}
	})
}

func (f *formula) call(n *ast.CallNode) {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		f.refuse(n.Location(), diag.Say("call one of the functions %s", strings.Join(sorted(arity), ", ")), diag.Say("a method call is not part of the language"))
		return
	}
	a, known := arity[callee.Value]
	switch {
	case callee.Value == "if":
		f.refuse(n.Location(), diag.Say("write condition ? a : b"), diag.Say("if is not part of the language"))
		return
	case !known:
		f.refuse(n.Location(), didYouMean(callee.Value, sorted(arity)), diag.Say("unknown function %q", callee.Value))
		return
	case len(n.Arguments) < a.least || len(n.Arguments) > a.most:
		f.refuse(n.Location(), diag.Say("give it %d to %d", a.least, a.most), diag.Say("function %s has %s", callee.Value, counted(len(n.Arguments), diag.Say("1 argument"), diag.Say("%d arguments", len(n.Arguments)))))
	}
	for i, arg := range n.Arguments {
		if callee.Value == "missing" && i == 1 {
			f.reason(arg)
			continue
		}
		if _, literal := arg.(*ast.StringNode); callee.Value == "param" && !literal {
			f.refuse(arg.Location(), diag.Say(`write its name in quotes: param("rg")`), diag.Say("param takes the name of a parameter"))
			continue
		}
		f.visit(arg)
	}
}

// reason checks the second argument of missing.
func (f *formula) reason(arg ast.Node) {
	word := ""
	switch n := arg.(type) {
	case *ast.StringNode:
		word = n.Value
	case *ast.IdentifierNode:
		word = n.Value
	}
	if _, ok := table.ParseReason(word); !ok {
		f.refuse(arg.Location(), diag.Say("write not_shown, skipped, not_applicable, dont_know, refused or invalid"), diag.Say("missing takes a reason, not %q", shorten(word)))
	}
}

// name notes that the expression reads a column, and checks it once all are known.
func (f *formula) name(n *ast.IdentifierNode) {
	name, place := n.Value, f.at(n.Location().From, n.Location().To)
	if _, seen := f.uses[name]; seen {
		return
	}
	f.uses[name] = place
	f.def.check(func() {
		c := f.def.column(name)
		switch {
		case c == nil && f.where == inReport && (slices.Contains(metadata, name) || name == f.def.survey.Weight):
		case c == nil || c.role == silent:
			f.report(diag.Problem{
				Code: "unknown-name", Place: place, Summary: diag.Say("unknown question %q", shorten(name)),
				Cure: didYouMean(name, f.def.names()),
			})
		case c.role == derived && f.where != inReport:
			f.report(diag.Problem{
				Code: "unknown-name", Place: place, Rule: c.at, Summary: diag.Say("derived column %q is not known while the respondent answers", name),
				Cure: diag.Say("compare the column it comes from"),
			})
		}
	})
}
