package chart

import (
	"math"
	"strconv"
	"strings"
)

// The characters of displayed numbers that are not ASCII.
const (
	minus = "\u2212"
	dash  = "–" // an undefined number, and the middle of a range
)

// String writes v as it is shown: "–" for a number that is undefined or
// infinite, U+2212 for the minus sign, halves away from zero (also where the
// binary number lies a hair below the half, as 0.285 does).
func (f Format) String(v float64) string {
	if !finite(v) {
		return dash
	}
	if f.Percent {
		v *= 100
	}
	var space [32]byte
	b := space[:0]
	rounded := math.Abs(round(v, f.Decimals))
	switch {
	case rounded == 0: // no sign before a zero
	case v < 0:
		b = append(b, minus...)
	case f.Signed:
		b = append(b, '+')
	}
	if f.Decimals == 0 && rounded < 1<<53 {
		b = strconv.AppendUint(b, uint64(rounded), 10)
	} else {
		b = strconv.AppendFloat(b, rounded, 'f', f.Decimals, 64)
	}
	if f.Percent {
		b = append(b, '%')
	}
	return string(b)
}

// round returns v with that many decimals, halves away from zero.
func round(v float64, decimals int) float64 {
	if decimals == 0 {
		return math.Copysign(math.Floor(math.Abs(v)+0.5+1e-9), v)
	}
	scale := math.Pow10(decimals)
	shifted := math.Abs(v) * scale
	return math.Copysign(math.Floor(shifted+0.5+1e-9), v) / scale
}

// text writes one number of the column, with "," from 1,000.
func (c Column) text(v float64) string {
	if c.Probability && v < .001 {
		return "<\u00a00.001"
	}
	text := c.Format.String(v)
	if !finite(v) || math.Abs(v) < 1000 {
		return text
	}
	whole, rest, _ := strings.Cut(text, ".")
	if rest != "" {
		rest = "." + rest
	}
	for at := len(whole) - 3; at > 0 && whole[at-1] >= '0' && whole[at-1] <= '9'; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return whole + rest
}

// span writes an interval; "" when an end is undefined. The percent sign
// stands once, and signed or negative ends keep a distance from the dash. Both
// ends of a change get more decimals, at most two, where one would round to a 0
// that the interval leaves out.
func (f Format) span(low, high float64) string {
	if !finite(low) || !finite(high) {
		return ""
	}
	if f.Signed && (low > 0 || high < 0) {
		nearest := math.Min(math.Abs(low), math.Abs(high))
		if f.Percent {
			nearest *= 100
		}
		for most := f.Decimals + 2; round(nearest, f.Decimals) == 0 && f.Decimals < most; {
			f.Decimals++
		}
	}
	from, to := f.String(low), f.String(high)
	if f.Signed || low < 0 {
		return from + " " + dash + " " + to
	}
	return strings.TrimSuffix(from, "%") + dash + to
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
