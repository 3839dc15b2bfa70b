package survey

import (
	"math"
	"testing"
)

// The ratios are those of the contrast checker of WebAIM, which has two decimals.
func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#777777", "#ffffff", 4.47}, {"#767676", "#ffffff", 4.54}, {"#0000ff", "#ffffff", 8.59}, {"#ff0000", "#ffffff", 3.99}} {
		if got := Contrast(test.a, test.b); math.Abs(got-test.want) > 0.011 {
			t.Errorf("contrast of %s and %s %.3f, want %.2f", test.a, test.b, got, test.want)
		}
	}
}

func TestLegibleColoursKeepTheirHue(t *testing.T) {
	for _, hex := range []string{"#ffcc00", "#1c5a9e", "#c8102e", "#00b388", "#7f7f7f", "#ffffff", "#000000", "#123456"} {
		for _, paper := range []string{"#ffffff", "#0f1622"} {
			got := Legible(hex, paper, 4.5)
			if ratio := Contrast(got, paper); ratio < 4.5 {
				t.Errorf("%s on %s becomes %s: contrast %.2f", hex, paper, got, ratio)
			}
			h, s, _ := parseColour(hex).hsl()
			gotH, gotS, _ := parseColour(got).hsl()
			if s > 0.1 && gotS > 0.1 && math.Abs(h-gotH) > 0.1 {
				t.Errorf("%s on %s becomes %s: hue %.2f, want %.2f", hex, paper, got, gotH, h)
			}
		}
		if h, s, l := parseColour(hex).hsl(); fromHSL(h, s, l).hex() != hex {
			t.Errorf("%s comes back as %s", hex, fromHSL(h, s, l).hex())
		}
	}
}
