package chart

import "slices"

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
)

const (
	swatch    = 12.0 // side of a swatch
	swatchGap = 6.0  // to its text
	keyGap    = 20.0 // to the next key
)

// note adds a key once.
func (p *plate) note(k key) {
	if !slices.Contains(p.keys, k) {
		p.keys = append(p.keys, k)
	}
}

func (k key) indent() float64 {
	if k.sign == glyphNone {
		return 0
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
	default:
		p.rect(sign, x, y-swatch/2, swatch, swatch)
	}
}

// gapMark draws the two strokes of a broken series.
func (p *plate) gapMark(x, y float64) {
	p.line("gapmark", x-4.5, y+5, x-.5, y-5)
	p.line("gapmark", x+.5, y+5, x+4.5, y-5)
}
