package survey

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"manyi/internal/table"
)

// Value is an answer, or what an expression gives: a number, a text (also a
// code), a truth, a list of codes, or nothing, with the reason.
type Value struct {
	kind   kind
	number float64
	text   string
	truth  bool
	list   []string
	reason table.Reason
}

// kind is what a Value or column holds.
type kind uint8

const (
	noKind kind = iota
	numberKind
	textKind
	truthKind
	listKind
	anyKind // of a column: not known before the answer is there
)

// NoValue is an answer that is missing for a reason.
func NoValue(why table.Reason) Value { return Value{reason: why} }

// NumberValue is a finite number; what is not finite is no answer.
func NumberValue(x float64) Value {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Value{}
	}
	return Value{kind: numberKind, number: x + 0} // no -0
}

// TextValue is a text or a code.
func TextValue(s string) Value { return Value{kind: textKind, text: s} }

// TruthValue is true or false.
func TruthValue(b bool) Value { return Value{kind: truthKind, truth: b} }

// ListValue is the ticked codes of a multiple choice; none ticked is no answer.
func ListValue(codes []string) Value {
	if len(codes) == 0 {
		return Value{reason: table.Skipped}
	}
	return Value{kind: listKind, list: codes}
}

// True reports whether the value is the truth true.
func (v Value) True() bool { return v.kind == truthKind && v.truth }

// Number returns the number; ok is false for all that is none.
func (v Value) Number() (x float64, ok bool) { return v.number, v.kind == numberKind }

// Text returns the text or code; ok is false for all that is none.
func (v Value) Text() (s string, ok bool) { return v.text, v.kind == textKind }

// Truth returns the truth; ok is false for all that is none.
func (v Value) Truth() (b, ok bool) { return v.truth, v.kind == truthKind }

// Environment is what an expression reads while it is evaluated.
type Environment struct {
	Read  func(name int) Value // the answer to Expression.Names[name]
	Today string               // ISO 8601 day, "" where unknown
	Param func(name string) Value
}

// Evaluate computes the expression. The rules are those of the page's
// interpreter (templates/theme/survey/expression.js), held by the same cases:
// a comparison with a missing operand is false, arithmetic with one is
// missing, a condition holds only where it is exactly true, and numbers and
// texts are equal where the code written out is the same.
func (e *Expression) Evaluate(env *Environment) Value { return env.value(e.tree) }

func (env *Environment) value(t *term) Value {
	switch t.op {
	case "number":
		return NumberValue(t.number)
	case "text":
		return TextValue(t.text)
	case "truth":
		return TruthValue(t.truth)
	case "name":
		return t.read(env.Read(t.index))
	case "not":
		return TruthValue(!env.value(t.args[0]).True())
	case "and":
		return TruthValue(env.value(t.args[0]).True() && env.value(t.args[1]).True())
	case "or":
		return TruthValue(env.value(t.args[0]).True() || env.value(t.args[1]).True())
	case "?":
		if env.value(t.args[0]).True() {
			return env.value(t.args[1])
		}
		return env.value(t.args[2])
	case "==", "!=", "<", "<=", ">", ">=":
		return TruthValue(compare(t.op, env.value(t.args[0]), env.value(t.args[1])))
	case "in":
		return TruthValue(env.within(t))
	case "+", "-", "*", "/", "neg":
		return env.arithmetic(t)
	}
	return env.call(t)
}

// read is the answer of a name: codes of whole numbers count as numbers.
func (t *term) read(v Value) Value {
	if v.kind != textKind || !t.whole {
		return v
	}
	if !wholeCode.MatchString(v.text) {
		return Value{reason: table.Invalid}
	}
	x, _ := strconv.ParseFloat(v.text, 64)
	return NumberValue(x)
}

// maxExact is the largest whole number that is also written the same everywhere.
const maxExact = 1e15

// code is a number as the code it would be, "" of a broken or very large one.
func code10(x float64) string {
	if x != math.Trunc(x) || math.Abs(x) >= maxExact {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// same reports whether two present values are equal.
func same(a, b Value) bool {
	switch {
	case a.kind == numberKind && b.kind == textKind:
		return b.text != "" && code10(a.number) == b.text
	case a.kind == textKind && b.kind == numberKind:
		return same(b, a)
	case a.kind != b.kind:
		return false
	case a.kind == numberKind:
		return a.number == b.number
	case a.kind == truthKind:
		return a.truth == b.truth
	}
	return a.kind == textKind && a.text == b.text
}

// compare compares numbers with numbers and texts with texts, those by code
// point; anything with nothing is false.
func compare(op string, a, b Value) bool {
	if a.kind == noKind || b.kind == noKind {
		return false
	}
	switch op {
	case "==":
		return same(a, b)
	case "!=":
		return a.kind != listKind && b.kind != listKind && !same(a, b)
	}
	if a.kind != b.kind || a.kind != numberKind && a.kind != textKind {
		return false
	}
	by := cmp.Compare(a.number, b.number)
	if a.kind == textKind {
		by = cmp.Compare(a.text, b.text) // UTF-8 sorts by code point
	}
	switch op {
	case "<":
		return by < 0
	case "<=":
		return by <= 0
	case ">":
		return by > 0
	}
	return by >= 0
}

// within reports whether a value is one of a list, or a code that is ticked.
func (env *Environment) within(t *term) bool {
	v, in := env.value(t.args[0]), t.args[1]
	if v.kind == noKind {
		return false
	}
	if in.op == "list" {
		return slices.ContainsFunc(in.args, func(e *term) bool { return compare("==", v, env.value(e)) })
	}
	list := env.value(in)
	return list.kind == listKind && slices.ContainsFunc(list.list, func(code string) bool { return same(v, TextValue(code)) })
}

func (env *Environment) arithmetic(t *term) Value {
	a := env.value(t.args[0])
	if t.op == "neg" {
		return arithmetic("-", NumberValue(0), a)
	}
	return arithmetic(t.op, a, env.value(t.args[1]))
}

func arithmetic(op string, a, b Value) Value {
	if a.kind != numberKind || b.kind != numberKind {
		return Value{}
	}
	switch op {
	case "+":
		return NumberValue(a.number + b.number)
	case "-":
		return NumberValue(a.number - b.number)
	case "*":
		return NumberValue(a.number * b.number)
	}
	return NumberValue(a.number / b.number)
}

// characters is the length of a text in code points, of a list in codes; 0 of nothing.
func characters(v Value) Value {
	switch v.kind {
	case noKind:
		return NumberValue(0)
	case textKind:
		return NumberValue(float64(utf8.RuneCountInString(v.text)))
	case listKind:
		return NumberValue(float64(len(v.list)))
	}
	return Value{}
}
