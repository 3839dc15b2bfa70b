package survey

import (
	"fmt"
	"math"
	"strconv"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// leastContrast is what a text needs against its paper.
// Source: WCAG 2.2, success criterion 1.4.3, level AA.
const leastContrast = 4.5

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

// Legible is the colour itself where it can be read on paper, else the nearest
// mixture with black, or on a dark paper with white, that can.
func Legible(hex, paper string) string {
	towards := "#000000"
	if parseColour(paper).luminance() < 0.18 {
		towards = "#ffffff"
	}
	for share := 1.0; share > 0; share -= 0.02 {
		if mixed := Mixed(hex, towards, share); Contrast(mixed, paper) >= leastContrast {
			return mixed
		}
	}
	return towards
}

// readAccent reads the colour of the site; one that cannot be read on white is darkened, which a warning tells.
func readAccent(r *reader, n *yaml.Node, t *Theme) {
	accentPattern.read(r, n, t)
	if t.Accent == "" {
		return
	}
	const white = "#ffffff"
	if ratio := Contrast(t.Accent, white); ratio < leastContrast {
		r.report(diag.Problem{
			Severity: diag.Warning, Code: "low-contrast", Place: r.place(n),
			Summary: diag.Say("accent %s is hard to read on white: its contrast is %s, and text needs %s", t.Accent, plain(math.Round(ratio*10)/10), plain(leastContrast)),
			Cure:    diag.Say("pages use %s instead; write that, or a darker colour", Legible(t.Accent, white)),
		})
	}
}
