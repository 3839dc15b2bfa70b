package chart

import "math"

// scale maps values to a coordinate.
type scale struct {
	min, max float64 // values
	from, to float64 // coordinates of min and max
}

func (s scale) at(v float64) float64 {
	if s.max <= s.min {
		return (s.from + s.to) / 2
	}
	return s.from + (v-s.min)/(s.max-s.min)*(s.to-s.from)
}

// extent returns the least and greatest number the value axis must show:
// estimates, intervals and the reference line; zero for bars.
func (f *Figure) extent(s shape) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	take := func(v float64) {
		if finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	for i := range f.Rows {
		f.onAxis(s, &f.Rows[i], take)
	}
	if f.referenced() {
		take(f.Axis.Reference)
	}
	if f.fromZero() {
		take(0)
	}
	if low > high {
		low, high = 0, 1
	}
	return low, high
}

// referenced reports whether the figure has a reference line. A reference of
// zero needs a label: the zero value of Axis is no reference.
func (f *Figure) referenced() bool {
	return finite(f.Axis.Reference) && (f.Axis.Reference != 0 || f.Axis.RefLabel != "")
}

// bounds returns the ends of the value axis: the author's, stretched where
// the data leave them, or the extent with a margin.
func (f *Figure) bounds(s shape) (low, high float64) {
	low, high = f.extent(s)
	if f.Axis.Min < f.Axis.Max {
		return min(low, f.Axis.Min), max(high, f.Axis.Max)
	}
	room := (high - low) * .06
	if high == low {
		if room = math.Abs(high) * .1; room == 0 {
			room = 1
		}
	}
	switch {
	case !f.fromZero():
		low, high = f.inside(s, low-room, low), f.inside(s, high+room, high)
	case high == low:
		high++
	}
	return low, high
}

// inside keeps a margin from passing an end that percentages cannot pass.
func (f *Figure) inside(s shape, wanted, data float64) float64 {
	if format := f.valueFormat(s); !format.Percent || format.Signed || data < 0 || data > 1 {
		return wanted
	}
	return min(max(wanted, 0), 1)
}

// onTicks moves the ends of an axis to the nearest ticks, so that no strip is left
// beyond the grid: inwards as far as the data allow, outwards a little.
func (f *Figure) onTicks(low, high float64) (float64, float64) {
	least, most := f.extent(f.shape())
	_, by := ticks(low, high, 4)
	if up := math.Ceil(low/by-1e-9) * by; up <= least && up-low <= by/2 {
		low = up
	} else if down := up - by; low-down <= by/4 {
		low = down
	}
	if down := math.Floor(high/by+1e-9) * by; down >= most && high-down <= by/2 {
		high = down
	} else if up := down + by; up-high <= by/4 {
		high = up
	}
	return low, high
}

// step returns the nice step (1, 2 or 5 times a power of ten) that divides
// the range into at most most parts.
func step(low, high float64, most int) float64 {
	rough := (high - low) / float64(max(most, 1))
	if !(rough > 0) || math.IsInf(rough, 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, factor := range []float64{1, 2, 5} {
		if factor*power >= rough*(1-1e-9) {
			return factor * power
		}
	}
	return 10 * power
}

// ticks returns the multiples of the nice step within low and high: about most,
// and two at least where the range has a width.
func ticks(low, high float64, most int) (at []float64, by float64) {
	for parts := most; parts <= 2*most+2; parts++ {
		by = step(low, high, parts)
		at = at[:0]
		for i := math.Ceil(low/by - 1e-9); i*by <= high+by*1e-9 && len(at) <= 4*most; i++ {
			at = append(at, i*by)
		}
		if len(at) >= 2 {
			break
		}
	}
	return at, by
}

// axisTicks returns the numbers of the value axis and how they are written;
// none when the figure has no mark to read off it.
func (f *Figure) axisTicks(s shape, low, high float64, most int) ([]float64, Format) {
	if !f.marked(s) {
		return nil, Format{}
	}
	at, by := ticks(low, high, most)
	for i, v := range at {
		if math.Abs(v) < by*1e-9 {
			at[i] = 0
		}
	}
	return at, f.valueFormat(s).tickFormat(by)
}

// tickFormat returns the format of axis numbers: as many decimals as the step
// needs, however many the column has.
func (f Format) tickFormat(by float64) Format {
	if f.Percent {
		by *= 100
	}
	f.Decimals = 0
	for by < 1-1e-9 && f.Decimals < 6 {
		by *= 10
		f.Decimals++
	}
	return f
}

// valueFormat is how numbers of the value axis are written.
func (f *Figure) valueFormat(s shape) Format {
	column := f.axisColumn(s)
	if column < 0 {
		return Format{}
	}
	return f.Columns[column].Format
}
