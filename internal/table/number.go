package table

import (
	"math"
	"strconv"
)

// exactDigits is how many decimal digits a float64 mantissa holds exactly.
const exactDigits = 15

// parseNumber reads a decimal: digits with an optional sign, point and
// exponent. Hexadecimals, thousands separators, infinities and NaN are none.
func parseNumber(text []byte) (float64, bool) {
	at, negative := 0, false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		negative = text[0] == '-'
		at = 1
	}
	mantissa, digits, decimals := uint64(0), 0, 0
	inFraction := false
	for ; at < len(text); at++ {
		b := text[at]
		if b == '.' && !inFraction {
			inFraction = true
			continue
		}
		if b < '0' || b > '9' {
			break
		}
		digits++
		mantissa = mantissa*10 + uint64(b-'0') // beyond exactDigits not used
		if inFraction {
			decimals++
		}
	}
	if digits == 0 || at < len(text) && !isExponent(text[at:]) {
		return 0, false
	}
	if at < len(text) || digits > exactDigits {
		v, err := strconv.ParseFloat(string(text), 64)
		return v + 0, err == nil && !math.IsInf(v, 0)
	}
	v := float64(mantissa) / powers[decimals]
	if negative && v != 0 {
		v = -v
	}
	return v, true
}

func isExponent(text []byte) bool {
	if text[0] != 'e' && text[0] != 'E' {
		return false
	}
	text = text[1:]
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	for _, b := range text {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(text) > 0
}

// powers are the powers of ten up to exactDigits, each exact.
var powers = [exactDigits + 1]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}
