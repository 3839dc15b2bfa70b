package survey

import (
	"fmt"
	"math"
	"strconv"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// LeastContrast is what a text needs against its paper.
// Source: WCAG 2.2, success criterion 1.4.3, level AA.
const LeastContrast = 4.5

// colour is red, green and blue from 0 to 1.
type colour [3]float64

func parseColour(hex string) colour {
	var c colour
	for i := range c {
		v, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		c[i] = float64(v) / 255
	}
	return c
}

func (c colour) hex() string {
	var v [3]int
	for i := range c {
		v[i] = int(math.Round(255 * min(max(c[i], 0), 1)))
	}
	return fmt.Sprintf("#%02x%02x%02x", v[0], v[1], v[2])
}

// luminance is the relative luminance. Source: WCAG 2.2, definition of relative luminance.
func (c colour) luminance() float64 {
	var linear colour
	for i, v := range c {
		if linear[i] = v / 12.92; v > 0.04045 {
			linear[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear[0] + 0.7152*linear[1] + 0.0722*linear[2]
}

// Contrast is the ratio of the luminances of two colours "#rrggbb", from 1 to 21.
func Contrast(a, b string) float64 {
	x, y := parseColour(a).luminance(), parseColour(b).luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Mixed is the share of a colour "#rrggbb" mixed with another.
func Mixed(a, b string, share float64) string {
	x, y := parseColour(a), parseColour(b)
	for i := range x {
		x[i] = share*x[i] + (1-share)*y[i]
	}
	return x.hex()
}

// Legible is the colour itself where it has the contrast to paper, else that
// of its hue and saturation that is lighter on a dark paper, or darker on a
// light one, and has it; white or black where none does.
func Legible(hex, paper string, contrast float64) string {
	hue, saturation, lightness := parseColour(hex).hsl()
	step, end := -0.005, "#000000"
	if parseColour(paper).luminance() < 0.18 {
		step, end = 0.005, "#ffffff"
	}
	if Contrast(hex, paper) >= contrast {
		return hex
	}
	for l := lightness; l >= 0 && l <= 1; l += step {
		if c := fromHSL(hue, saturation, l).hex(); Contrast(c, paper) >= contrast {
			return c
		}
	}
	return end
}

// hsl is the hue in sixths of the circle, the saturation and the lightness.
// Source: CSS Color 4, section 7.
func (c colour) hsl() (hue, saturation, lightness float64) {
	high, low := max(c[0], c[1], c[2]), min(c[0], c[1], c[2])
	lightness = (high + low) / 2
	if high == low {
		return 0, 0, lightness
	}
	saturation = (high - low) / (1 - math.Abs(2*lightness-1))
	switch high {
	case c[0]:
		hue = math.Mod((c[1]-c[2])/(high-low)+6, 6)
	case c[1]:
		hue = (c[2]-c[0])/(high-low) + 2
	default:
		hue = (c[0]-c[1])/(high-low) + 4
	}
	return hue, saturation, lightness
}

func fromHSL(hue, saturation, lightness float64) colour {
	channel := func(n float64) float64 {
		k := math.Mod(n+2*hue, 12)
		return lightness - saturation*min(lightness, 1-lightness)*max(-1, min(k-3, 9-k, 1))
	}
	return colour{channel(0), channel(8), channel(4)}
}

// readAccent reads the colour of the site; one that cannot be read on white is darkened, which a warning tells.
func readAccent(r *reader, n *yaml.Node, t *Theme) {
	accentPattern.read(r, n, t)
	if t.Accent == "" {
		return
	}
	const white = "#ffffff"
	if ratio := Contrast(t.Accent, white); ratio < LeastContrast {
		r.report(diag.Problem{
			Severity: diag.Warning, Code: "low-contrast", Place: r.place(n),
			Summary: diag.Say("accent %s is hard to read on white: its contrast is %s, and text needs %s", t.Accent, plain(math.Round(ratio*10)/10), plain(LeastContrast)),
			Cure:    diag.Say("pages use %s instead; write that, or a darker colour", Legible(t.Accent, white, LeastContrast)),
		})
	}
}
