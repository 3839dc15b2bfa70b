package simulate

import (
	"math"
	"strconv"
)

// draw draws the cell of column i and returns what it adds to the respondent's
// satisfaction: that of a segment, else 0.
func (r *respondents) draw(i int) float64 {
	c, cell := &r.plan.columns[i], &r.cells[i]
	if c.kind == drawn {
		r.together(i)
		return 0
	}
	cell.state, cell.text = absent, ""
	switch {
	case c.hidden && c.kind != weight && r.rand.Float64() < absentHidden, !c.shown.holds(r):
		return 0
	case c.kind == beside:
		r.beside(c, cell)
		return 0
	case !c.required && r.rand.Float64() < r.refusal(c):
		cell.state = empty
		return 0
	case len(c.missing) > 0 && r.rand.Float64() < c.unsure:
		cell.state, cell.text = coded, c.missing[r.rand.IntN(len(c.missing))]
		return 0
	}
	cell.state = answered
	switch c.kind {
	case rated:
		cell.text = c.codes[r.point(c)]
	case nominal, label:
		return r.nominal(c, cell)
	case multiple:
		r.ticks(c, cell.ticks)
	case number:
		r.number(c, cell)
	case words:
		cell.text = r.words(c)
	case matched:
		cell.text = example(c.pattern, r.rand)
	case written:
		cell.text = r.written(c.as)
	case weight:
		cell.text = strconv.FormatFloat(min(max(math.Exp(0.3*r.rand.NormFloat64()), 0.2), 5), 'f', 3, 64)
	}
	return 0
}

// refusal is how likely a question that may be skipped is skipped: few write texts.
func (r *respondents) refusal(c *column) float64 {
	switch {
	case c.kind == words && c.long:
		return 0.65
	case c.kind == words:
		return 0.4
	}
	return skipping
}

// point returns the index of a rated answer, 0 the worst. The borders between
// the answers stand evenly on the latent scale, so that better answers are the
// more common ones, as in most surveys.
func (r *respondents) point(c *column) int {
	noise := r.rand.NormFloat64()
	last := len(c.codes) - 1
	if last < 1 {
		return 0
	}
	if r.straight >= 0 {
		at := int(math.Round(r.straight * float64(last)))
		if c.reverse { // the same place on the page, whatever it means
			at = last - at
		}
		return at
	}
	v := bySatisfaction*r.satisfaction + byPage*r.factors[c.page] + byItem*noise
	if c.borders != nil {
		v += r.shift / c.slope
		at := 0
		for at < last && v > c.borders[at] {
			at++
		}
		return at
	}
	low, step := usualBorders(last)
	return min(max(int(math.Ceil((v+c.offset-low)/step)), 0), last)
}

// usualBorders is the lowest border between answers 0 to last, and how far apart they are.
func usualBorders(last int) (low, step float64) {
	n := float64(last + 1)
	low, high := -1.45-0.05*n, 0.6+0.04*n
	if last == 1 {
		low, high = -0.4, 0.4
	}
	return low, (high - low) / math.Max(float64(last-1), 1)
}

func (r *respondents) nominal(c *column, cell *cell) float64 {
	if len(c.codes) == 0 {
		cell.state = empty
		return 0
	}
	at, u := 0, r.rand.Float64()
	for at < len(c.codes)-1 && u >= c.shares[at] {
		u -= c.shares[at]
		at++
	}
	cell.text = c.codes[at]
	if c.adds != nil {
		r.shift += c.adds[at]
	}
	if !c.first {
		return 0
	}
	return c.shifts[at]
}

// exclusive is how often an option that excludes the others is ticked.
const exclusive = 0.08

// ticks draws a multiple choice within its least and most choices.
func (r *respondents) ticks(c *column, ticks []bool) {
	clear(ticks)
	var alone []int
	n := 0
	for i := range ticks {
		if c.alone[i] {
			alone = append(alone, i)
		} else if ticks[i] = r.rand.Float64() < c.shares[i]; ticks[i] {
			n++
		}
	}
	if len(alone) > 0 && (c.most == 0 || r.rand.Float64() < c.exclusive) {
		clear(ticks)
		ticks[r.weighed(c, alone)] = true
		return
	}
	for n < c.least || n > c.most {
		i := r.choice(c, ticks, n < c.least)
		if c.alone[i] || ticks[i] != (n > c.most) {
			continue
		}
		ticks[i] = !ticks[i]
		if ticks[i] {
			n++
		} else {
			n--
		}
	}
}

// number draws a number: towards the lower bound where there are both, and of
// a plausible size where there are none.
func (r *respondents) number(c *column, cell *cell) {
	low, high := c.low, c.high
	switch {
	case math.IsNaN(low) && math.IsNaN(high):
		low, high = 0, 100
	case math.IsNaN(low):
		low = high - math.Max(100, math.Abs(high))
	case math.IsNaN(high):
		high = low + math.Max(100, math.Abs(low))
	}
	v := low + (high-low)*r.between(c)
	if c.whole {
		low, high = math.Ceil(low), math.Floor(high)
		if low > high { // no whole number is allowed
			cell.state = empty
			return
		}
		v = math.Round(v)
	} else {
		digits := math.Pow(10, math.Ceil(2-math.Log10(math.Max(high-low, 1e-9))))
		v = math.Round(v*digits) / digits
	}
	cell.text = strconv.FormatFloat(min(max(v, low), high)+0, 'f', -1, 64)
}

// between is where between its bounds a number lies.
func (r *respondents) between(c *column) float64 {
	if c.slope > 0 {
		return r.position(c)
	}
	u := (r.rand.Float64() + r.rand.Float64() + r.rand.Float64()) / 3
	return u * u
}

// beside draws the text beside an option: only where it is chosen.
func (r *respondents) beside(c *column, out *cell) {
	of, options := &r.cells[c.of], &r.plan.columns[c.of]
	chosen := of.state == answered && of.text == c.code
	for i, code := range options.codes {
		if options.kind == multiple && of.state == answered && code == c.code {
			chosen = of.ticks[i]
		}
	}
	if !chosen {
		return
	}
	out.state = empty
	if r.rand.Float64() < 0.6 {
		out.state, out.text = answered, r.words(c)
	}
}
