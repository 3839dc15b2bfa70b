package measure

import "math"

// size words an effect by the bounds of a convention: small, medium, large,
// below the first negligible; "" where it is undefined.
// Source of the bounds: Cohen, Statistical Power Analysis (1988).
func size(effect, small, medium, large float64) string {
	switch x := math.Abs(effect); {
	case math.IsNaN(x):
		return ""
	case x < small:
		return "negligible"
	case x < medium:
		return "small"
	case x < large:
		return "medium"
	}
	return "large"
}
