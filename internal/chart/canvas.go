package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Font sizes in user units; figure.css sets the same on the same classes.
const (
	large = 14.0 // row labels, values, group headings
	small = 13.0 // everything else
)

// fontSize returns the size of a text class and whether it is bold.
func fontSize(class string) (size float64, bold bool) {
	switch class {
	case "lbl":
		return large, false
	case "val", "head", "cval":
		return large, true
	case "mark":
		return 11, true
	case "name", "name grey", "quad", "num", "amount":
		return small, true
	}
	return small, false
}

// canvas collects SVG elements; coordinates are rounded to 0.1.
type canvas struct {
	buf []byte
}

// escape makes any text safe between tags and inside quoted attributes.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// plain replaces what XML cannot carry even when escaped: control characters.
func plain(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
		return '\uFFFD'
	}
	return r
}

func (c *canvas) raw(s string) { c.buf = append(c.buf, s...) }

func (c *canvas) escaped(s string) {
	if harmless(s) {
		c.raw(s)
		return
	}
	c.raw(escape.Replace(strings.Map(plain, strings.ToValidUTF8(s, "\uFFFD"))))
}

// harmless reports whether s can stand in XML as it is.
func harmless(s string) bool {
	for i := range len(s) {
		switch b := s[i]; {
		case b < ' ', b == '&', b == '<', b == '>', b == '"', b == '\'':
			return false
		case b == 0xEF && i+1 < len(s) && s[i+1] == 0xBF: // perhaps U+FFFE or U+FFFF
			return false
		}
	}
	return utf8.ValidString(s)
}

// insert moves what draw writes to the place at, under what stands after it.
func (c *canvas) insert(at int, draw func()) {
	from := len(c.buf)
	draw()
	under := slices.Clone(c.buf[from:])
	copy(c.buf[at+len(under):], c.buf[at:from])
	copy(c.buf[at:], under)
}

// number appends v rounded to 0.1.
func (c *canvas) number(v float64) {
	tenths := int64(math.Round(v * 10))
	if tenths < 0 {
		c.buf = append(c.buf, '-')
		tenths = -tenths
	}
	c.buf = strconv.AppendInt(c.buf, tenths/10, 10)
	if rest := tenths % 10; rest != 0 {
		c.buf = append(c.buf, '.', byte('0'+rest))
	}
}

func (c *canvas) attribute(name string, v float64) {
	c.raw(" ")
	c.raw(name)
	c.raw(`="`)
	c.number(v)
	c.raw(`"`)
}

// begin writes the start of an element with its class.
func (c *canvas) begin(tag, class string) {
	c.raw("<")
	c.raw(tag)
	c.raw(` class="`)
	c.raw(class)
	c.raw(`"`)
}

// open starts a group; title is what the reader sees on hover, "" for none.
func (c *canvas) open(class, title string) {
	c.begin("g", class)
	c.raw(">")
	if title != "" {
		c.raw("<title>")
		c.escaped(title)
		c.raw("</title>")
	}
}

func (c *canvas) close() { c.raw("</g>") }

func (c *canvas) rect(class string, x, y, width, height float64) {
	c.begin("rect", class)
	c.attribute("x", x)
	c.attribute("y", y)
	c.attribute("width", max(width, 0))
	c.attribute("height", max(height, 0))
	c.raw("/>")
}

func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	c.begin("line", class)
	c.attribute("x1", x1)
	c.attribute("y1", y1)
	c.attribute("x2", x2)
	c.attribute("y2", y2)
	c.raw("/>")
}

// spot is a place on the drawing.
type spot struct{ x, y float64 }

func (c *canvas) circle(class string, at spot, r float64) {
	c.begin("circle", class)
	c.attribute("cx", at.x)
	c.attribute("cy", at.y)
	c.attribute("r", r)
	c.raw("/>")
}

// poly draws a polyline or polygon.
func (c *canvas) poly(tag, class string, points []spot) {
	c.begin(tag, class)
	c.raw(` points="`)
	for i, p := range points {
		if i > 0 {
			c.raw(" ")
		}
		c.number(p.x)
		c.raw(",")
		c.number(p.y)
	}
	c.raw(`"/>`)
}

// anchor is where a text stands to its x.
type anchor string

const (
	start  anchor = ""
	middle anchor = "middle"
	end    anchor = "end"
)

// text writes one line; y is its baseline.
func (c *canvas) text(class string, at anchor, x, y float64, s string) {
	if s == "" {
		return
	}
	c.begin("text", class)
	c.attribute("x", x)
	c.attribute("y", y)
	if at != start {
		c.raw(` text-anchor="` + string(at) + `"`)
	}
	c.raw(">")
	c.escaped(s)
	c.raw("</text>")
}

// leading is the distance of two lines of a text class.
func leading(class string) float64 {
	size, _ := fontSize(class)
	return math.Round(size * 1.35)
}

// lines writes lines below each other; y is the baseline of the first.
func (c *canvas) lines(class string, at anchor, x, y float64, lines []string) {
	for i, line := range lines {
		c.text(class, at, x, y+float64(i)*leading(class), line)
	}
}

// fit wraps s for a text class into lines of at most width.
func fit(class, s string, width float64) []string {
	size, bold := fontSize(class)
	return balance(s, width, size, bold)
}

// width returns the estimated width of s in a text class.
func width(class, s string) float64 {
	size, bold := fontSize(class)
	return textWidth(s, size, bold)
}
