package survey

import (
	"math"

	"manyi/internal/table"
)

// call computes a function of the language. The functions of several answers
// leave out what is missing.
func (env *Environment) call(t *term) Value {
	switch t.op {
	case "today":
		if env.Today == "" {
			return Value{}
		}
		return TextValue(env.Today)
	case "param":
		return env.Param(t.args[0].text)
	case "len":
		return characters(env.value(t.args[0]))
	case "round":
		return env.round(t)
	case "missing":
		v := env.value(t.args[0])
		return TruthValue(v.kind == noKind && (t.text == "" || v.why().String() == t.text))
	case "answered", "count":
		n := 0.0
		for _, a := range t.args {
			n += tallied(env.value(a), t.op == "count")
		}
		if t.op == "answered" {
			return TruthValue(n > 0)
		}
		return NumberValue(n)
	}
	return env.aggregate(t)
}

// why is the reason of a missing value; a computed one has none of its own and counts as skipped.
func (v Value) why() table.Reason {
	if v.reason == table.Answered {
		return table.Skipped
	}
	return v.reason
}

// tallied is what one argument adds to count: the ticked codes of a list, 1
// for an answer, 1 for a condition that is true. For answered false counts too.
func tallied(v Value, conditions bool) float64 {
	switch {
	case v.kind == noKind || v.kind == truthKind && conditions && !v.truth:
		return 0
	case v.kind == listKind:
		return float64(len(v.list))
	}
	return 1
}

// aggregate is sum, mean, min or max of the arguments that are numbers.
func (env *Environment) aggregate(t *term) Value {
	n, sum, least, most := 0, 0.0, math.Inf(1), math.Inf(-1)
	for _, a := range t.args {
		if x, ok := env.value(a).Number(); ok {
			n, sum, least, most = n+1, sum+x, min(least, x), max(most, x)
		}
	}
	switch {
	case n == 0:
		return Value{}
	case t.op == "sum":
		return NumberValue(sum)
	case t.op == "mean":
		return NumberValue(sum / float64(n))
	case t.op == "min":
		return NumberValue(least)
	}
	return NumberValue(most)
}

// maxDigits is the most decimals that round keeps.
const maxDigits = 9

// round rounds half away from zero, to whole numbers or to so many decimals.
func (env *Environment) round(t *term) Value {
	x, ok := env.value(t.args[0]).Number()
	digits := 0.0
	if len(t.args) == 2 && ok {
		digits, ok = env.value(t.args[1]).Number()
	}
	if !ok || digits != math.Trunc(digits) || digits < 0 || digits > maxDigits {
		return Value{}
	}
	factor := 1.0
	for range int(digits) {
		factor *= 10
	}
	return NumberValue(math.Copysign(math.Floor(math.Abs(x)*factor+0.5)/factor, x))
}
