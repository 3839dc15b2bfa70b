package survey

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"manyi/internal/table"
)

// Wording says a condition in plain words: “Overall satisfaction” is rated 3
// or lower. It is "" for one that is not an expression.
func (s *Survey) Wording(e *Expression, l *Locale) string {
	if e == nil {
		return ""
	}
	tree, err := parser.ParseWithConfig(e.Source, grammar())
	if err != nil {
		return ""
	}
	return wording{s, l}.say(tree.Node)
}

type wording struct {
	*Survey
	*Locale
}

// say is a condition as a clause.
func (w wording) say(node ast.Node) string {
	switch n := node.(type) {
	case *ast.BinaryNode:
		return w.binary(n)
	case *ast.UnaryNode:
		if n.Operator == "not" {
			return w.negation(n.Node)
		}
	case *ast.CallNode:
		return w.call(n)
	case *ast.BoolNode:
		return w.Say("when.always")
	case *ast.ConditionalNode:
		return w.Say("when.choice", "if", w.say(n.Cond), "then", w.say(n.Exp1), "else", w.say(n.Exp2))
	case *ast.IdentifierNode:
		return w.Say("when.true", "q", w.name(n.Value))
	}
	return w.value(node, nil)
}

func (w wording) negation(node ast.Node) string {
	switch n := node.(type) {
	case *ast.CallNode:
		if callee(n) == "answered" && len(n.Arguments) == 1 {
			return w.Say("when.unanswered", "q", w.value(n.Arguments[0], nil))
		}
	case *ast.BinaryNode:
		if n.Operator == "in" {
			if item, ok := w.listed(n.Right); ok {
				return w.Say("when.not_chosen", "q", w.name(item.ID), "answer", w.answer(n.Left, &item))
			}
		}
	}
	return w.Say("when.not", "clause", w.say(node))
}

func callee(n *ast.CallNode) string {
	if id, ok := n.Callee.(*ast.IdentifierNode); ok {
		return id.Value
	}
	return ""
}

func (w wording) call(n *ast.CallNode) string {
	if len(n.Arguments) == 1 || len(n.Arguments) == 2 {
		q := w.value(n.Arguments[0], nil)
		switch name := callee(n); {
		case name == "answered":
			return w.Say("when.answered", "q", q)
		case name == "missing" && len(n.Arguments) == 1:
			return w.Say("when.unanswered", "q", q)
		case name == "missing":
			return w.Say("when.missing", "q", q, "reason", w.reason(n.Arguments[1]))
		}
	}
	return w.value(n, nil)
}

func (w wording) reason(node ast.Node) string {
	word := ""
	switch n := node.(type) {
	case *ast.StringNode:
		word = n.Value
	case *ast.IdentifierNode:
		word = n.Value
	}
	if _, ok := table.ParseReason(word); !ok {
		return word
	}
	return w.Say("missing." + word)
}

// comparisons are the keys of the clauses, and what they say of answers on a scale.
var comparisons = map[string]string{"==": "is", "!=": "is_not", "<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}

// turned is a comparison read from the right.
var turned = map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

func (w wording) binary(n *ast.BinaryNode) string {
	switch n.Operator {
	case "and", "or", "&&", "||":
		word := map[string]string{"and": "and", "&&": "and", "or": "or", "||": "or"}[n.Operator]
		return w.Say("when."+word, "a", w.part(n.Left, word), "b", w.part(n.Right, word))
	case "in":
		return w.membership(n)
	}
	key, ok := comparisons[n.Operator]
	if !ok {
		return w.value(n, nil)
	}
	left, right, operator := n.Left, n.Right, n.Operator
	if _, named := right.(*ast.IdentifierNode); named && isLiteral(left) {
		left, right, operator = right, left, turned[operator]
		key = comparisons[operator]
	}
	id, named := left.(*ast.IdentifierNode)
	if !named {
		return w.Say("when."+key, "q", w.value(left, nil), "answer", w.value(right, nil))
	}
	if clause := w.tick(id.Value, operator, right); clause != "" {
		return clause
	}
	item, known := w.Item(id.Value)
	if !known {
		return w.Say("when."+key, "q", w.name(id.Value), "answer", w.value(right, nil))
	}
	if item.Rated() && isLiteral(right) {
		key = "rated_" + key
	}
	return w.Say("when."+key, "q", w.name(id.Value), "answer", w.answer(right, &item))
}

// part puts a clause of the other kind in brackets.
func (w wording) part(node ast.Node, word string) string {
	if n, ok := node.(*ast.BinaryNode); ok {
		if inner := strings.NewReplacer("&&", "and", "||", "or").Replace(n.Operator); (inner == "and" || inner == "or") && inner != word {
			return w.Say("when.group", "clause", w.say(node))
		}
	}
	return w.say(node)
}

func (w wording) membership(n *ast.BinaryNode) string {
	if item, ok := w.listed(n.Right); ok {
		return w.Say("when.chosen", "q", w.name(item.ID), "answer", w.answer(n.Left, &item))
	}
	list, ok := n.Right.(*ast.ArrayNode)
	if !ok {
		return w.Say("when.is", "q", w.value(n.Left, nil), "answer", w.value(n.Right, nil))
	}
	var item *Item
	if id, named := n.Left.(*ast.IdentifierNode); named {
		if found, known := w.Item(id.Value); known {
			item = &found
		}
	}
	var answers []string
	for _, e := range list.Nodes {
		answers = append(answers, w.answer(e, item))
	}
	return w.Say("when.is", "q", w.value(n.Left, nil), "answer", strings.Join(answers, w.Say("when.or_answer")))
}

// listed is the multiple choice that an expression looks into.
func (w wording) listed(node ast.Node) (Item, bool) {
	id, ok := node.(*ast.IdentifierNode)
	if !ok {
		return Item{}, false
	}
	item, ok := w.Item(id.Value)
	return item, ok && item.Type == MultipleChoice
}

// tick is a comparison of one option of a multiple choice with 0 or 1.
func (w wording) tick(name, operator string, right ast.Node) string {
	n, ok := right.(*ast.IntegerNode)
	if !ok || operator != "==" && operator != "!=" {
		return ""
	}
	for _, item := range w.Items() {
		code, below := strings.CutPrefix(name, item.ID+"_")
		if item.Type != MultipleChoice || !below || !slices.Contains(item.Scale.Codes(), code) {
			continue
		}
		key := "when.chosen"
		if (n.Value == 1) != (operator == "==") {
			key = "when.not_chosen"
		}
		return w.Say(key, "q", w.name(item.ID), "answer", w.label(code, &item))
	}
	return ""
}

func isLiteral(node ast.Node) bool {
	switch node.(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.StringNode:
		return true
	}
	return false
}

// name is what the respondent knows a column by.
func (w wording) name(id string) string {
	label := ""
	if item, ok := w.Item(id); ok {
		label = item.Label(w.Tag())
	} else if q := w.question(id); q != nil {
		label = q.name().In(w.Tag(), w.Languages...)
	}
	return w.Say("when.quoted", "text", plainOf(cmp.Or(label, id)))
}

// plainOf is a text on one line with its fallbacks.
func plainOf(text string) string {
	text = pipe.ReplaceAllStringFunc(text, func(m string) string {
		_, fallback, _ := strings.Cut(strings.Trim(m, "{} "), "|")
		return strings.TrimSpace(fallback)
	})
	return strings.Join(strings.Fields(text), " ")
}

func (w wording) question(id string) *Question {
	for _, p := range w.Pages {
		for _, q := range p.Questions {
			if q.ID == id {
				return q
			}
		}
	}
	return nil
}

// name is the short name of a question, else its text.
func (q *Question) name() Text {
	if len(q.Label) > 0 {
		return q.Label
	}
	return q.Text
}

// answer is an answer of item as it is labelled, or a value as it is written.
func (w wording) answer(node ast.Node, item *Item) string {
	switch n := node.(type) {
	case *ast.StringNode:
		return w.label(n.Value, item)
	case *ast.IntegerNode:
		return w.label(strconv.Itoa(n.Value), item)
	}
	return w.value(node, item)
}

func (w wording) label(code string, item *Item) string {
	if item == nil || item.Scale == nil {
		return w.Say("when.code", "code", code)
	}
	i := slices.IndexFunc(item.Scale.Options, func(o Option) bool { return o.Code == code })
	if i < 0 {
		return w.Say("when.code", "code", code)
	}
	label := plainOf(item.Scale.Options[i].Label.In(w.Tag(), w.Languages...))
	switch {
	case label == "":
		return w.Say("when.code", "code", code)
	case item.Rated():
		return w.Say("when.point", "label", label, "code", code)
	}
	return w.Say("when.quoted", "text", label)
}

// value is a part of a condition that is no clause.
func (w wording) value(node ast.Node, item *Item) string {
	switch n := node.(type) {
	case *ast.IdentifierNode:
		return w.name(n.Value)
	case *ast.IntegerNode, *ast.StringNode:
		if item != nil {
			return w.answer(n, item)
		}
		if text, ok := n.(*ast.StringNode); ok {
			return text.Value
		}
		return strconv.Itoa(n.(*ast.IntegerNode).Value)
	case *ast.FloatNode:
		return plain(n.Value)
	case *ast.UnaryNode:
		return "−" + w.value(n.Node, nil)
	case *ast.BinaryNode:
		if comparisons[n.Operator] != "" || slices.Contains([]string{"and", "or", "in"}, n.Operator) {
			return w.say(n)
		}
		sign := strings.NewReplacer("*", "×", "/", "÷", "-", "−").Replace(n.Operator)
		return w.value(n.Left, nil) + " " + sign + " " + w.value(n.Right, nil)
	case *ast.CallNode:
		return w.function(n)
	}
	return "…"
}

// function is what a function gives, in words.
func (w wording) function(n *ast.CallNode) string {
	var of []string
	for _, a := range n.Arguments {
		of = append(of, w.value(a, nil))
	}
	key := "when." + callee(n)
	if !w.Has(key) {
		return callee(n) + "(" + strings.Join(of, ", ") + ")"
	}
	return w.Say(key, "of", strings.Join(of, w.Say("when.comma")))
}
