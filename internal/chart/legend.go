package chart

import (
	"slices"
	"strings"
)

// key is one sign with its meaning.
type key struct {
	sign string // class of a swatch, or one of the glyphs below
	text string
}

// Glyphs of keys that are no plain swatch.
const (
	glyphNone    = ""
	glyphWhisker = "whisker"
	glyphHollow  = "hollow"
	glyphPale    = "pale"
	glyphGap     = "gap"
	glyphCut     = "cut"
	glyphQuiet   = "quiet"
	glyphEvent   = "event"
	glyphGoal    = "goal"
	glyphPoint   = "outlier"
	glyphBox     = "box"

	glyphDashed   = "dashed"
	glyphDiagonal = "diagonal"
	glyphSeries   = "series " // and the class of the series

	glyphDashedLine = "dashedline"

	glyphCumulative = "cumulative"

	glyphUpright = "upright" // intervals of points
	glyphCross   = "cross"
)

const (
	swatch    = 12.0 // side of a swatch
	swatchGap = 6.0  // to its text
	keyGap    = 20.0 // to the next key
	sample    = 30.0 // length of a line that shows its dashes
)

// note adds a key once.
func (p *plate) note(k key) {
	if !slices.Contains(p.keys, k) {
		p.keys = append(p.keys, k)
	}
}

func (k key) indent() float64 {
	switch {
	case k.sign == glyphNone:
		return 0
	case strings.HasPrefix(k.sign, glyphSeries):
		return sample + swatchGap
	}
	return swatch + swatchGap
}

// oneLine returns the width of the keys beside each other.
func oneLine(keys []key) float64 {
	total := -keyGap
	for _, k := range keys {
		total += k.indent() + width("tick", k.text) + keyGap
	}
	return total
}

// flow writes the keys from left to right between x and x+room, wrapping as
// needed, and returns the y below them.
func (p *plate) flow(keys []key, x, room, y float64) float64 {
	step := leading("tick") + 4
	at, below := x, y
	for _, k := range keys {
		lines := fit("tick", k.text, room-k.indent())
		size, bold := fontSize("tick")
		w := k.indent() + widest(lines, size, bold)
		if at > x && at+w > x+room {
			at, y = x, below
		}
		p.glyph(k.sign, at, y+step/2)
		p.lines("tick", start, at+k.indent(), y+step/2+4.5, lines)
		below = max(below, y+step+float64(len(lines)-1)*leading("tick"))
		at += w + keyGap
	}
	return below
}

// glyph draws the sign of a key around the height y.
func (p *plate) glyph(sign string, x, y float64) {
	mid := x + swatch/2
	if class, ok := strings.CutPrefix(sign, glyphSeries); ok {
		p.open("series "+class, "")
		p.line("line "+class, x, y, x+sample, y)
		series, _, _ := strings.Cut(class, " ")
		p.marker("dot", series, spot{x + sample/2, y})
		p.close()
		return
	}
	switch sign {
	case glyphNone:
	case glyphWhisker:
		p.line("ci", x, y, x+swatch, y)
		p.line("ci", x, y-3.5, x, y+3.5)
		p.line("ci", x+swatch, y-3.5, x+swatch, y+3.5)
	case glyphHollow:
		p.circle("dot hollow", spot{mid, y}, 4.5)
	case glyphPale:
		p.rect("outline", x+.5, y-5.5, swatch-1, 11)
	case glyphCut:
		p.line("cut", x-2, y, x+swatch+2, y)
	case glyphGap:
		p.gapMark(mid, y)
	case glyphDashed:
		p.circle("dot hollow dashed", spot{mid, y}, 4.5)
	case glyphCumulative:
		p.line("cum", x-2, y, x+swatch+2, y)
		p.circle("dot cumdot", spot{mid, y}, 4)
	case glyphDashedLine:
		p.line("arrow grey dashed w1", x-2, y, x+swatch+4, y)
	case glyphDiagonal:
		p.line("diagonal", x, y+4, x+swatch+4, y-4)
	case glyphQuiet, glyphEvent, glyphGoal, glyphPoint, glyphBox, glyphUpright, glyphCross:
		p.sketch(sign, x, y)
	case "dot s1", "dot s2":
		p.marker("dot "+sign[4:], sign[4:], spot{mid, y})
	default:
		p.rect(sign, x, y-swatch/2, swatch, swatch)
	}
}

// gapMark draws the two strokes of a broken series.
func (p *plate) gapMark(x, y float64) {
	p.line("gapmark", x-4.5, y+5, x-.5, y-5)
	p.line("gapmark", x+.5, y+5, x+4.5, y-5)
}

// sketch draws the signs of gaps, events, targets, boxes and intervals of points.
func (p *plate) sketch(sign string, x, y float64) {
	mid := x + swatch/2
	switch sign {
	case glyphQuiet:
		p.line("link quiet", x, y, x+swatch, y)
	case glyphEvent:
		p.line("event", mid, y-6, mid, y+6)
	case glyphGoal:
		p.line("goal", x-2, y, x+swatch+2, y)
	case glyphUpright, glyphCross:
		p.line("ci own thin", mid, y-7, mid, y+7)
		if sign == glyphCross {
			p.line("ci own thin", mid-7, y, mid+7, y)
		}
	case glyphPoint:
		p.circle("outlier", spot{mid, y}, 3)
	case glyphBox:
		p.rect("iqr", x, y-5, swatch, 10)
		p.line("median", mid, y-5, mid, y+5)
	}
}
