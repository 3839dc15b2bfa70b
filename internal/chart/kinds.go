package chart

// onAxis passes every number of the row that the value axis must show.
func (f *Figure) onAxis(s shape, r *Row, take func(float64)) {
	switch f.Kind {
	case Grouped, Dumbbell, Slope, Waterfall, Heat:
		for _, part := range s.parts {
			if !r.Count {
				take(r.cell(part))
			}
		}
		return
	case Box:
		take(r.cell(s.q1))
		take(r.cell(s.q3))
		for _, v := range r.outliers() {
			take(v)
		}
	case Histogram:
		take(r.cell(s.value))
		return
	case Lines, Multiples:
		take(r.cell(s.goal))
	}
	take(r.cell(s.value))
	take(r.cell(s.low))
	take(r.cell(s.high))
}

// outliers are the row's single points; a hidden row has none.
func (r *Row) outliers() []float64 {
	if r.hidden() {
		return nil
	}
	return r.Points
}

// fromZero reports whether the marks are lengths, which start at 0.
func (f *Figure) fromZero() bool {
	switch f.Kind {
	case Bars, Grouped, Histogram, Funnel, Pyramid:
		return true
	}
	return false
}

// axisColumn is the column whose format the numbers of the value axis have.
func (f *Figure) axisColumn(s shape) int {
	switch f.Kind {
	case Grouped, Dumbbell, Slope, Waterfall, Heat:
		if len(s.parts) == 0 {
			return -1
		}
		return s.parts[0]
	}
	return s.value
}

// marks reports whether the row has a mark, in the kinds whose marks are no
// shares.
func (f *Figure) marks(s shape, r *Row) bool {
	switch f.Kind {
	case Grouped, Heat, Waterfall:
		for _, part := range s.parts {
			if finite(r.cell(part)) {
				return true
			}
		}
		return false
	case Dumbbell, Slope:
		return len(s.parts) >= 2 && finite(r.cell(s.parts[0])) && finite(r.cell(s.parts[1]))
	case Histogram:
		if r.Place {
			return finite(r.cell(s.low))
		}
		return finite(r.cell(s.value)) && finite(r.cell(s.low)) && finite(r.cell(s.high))
	}
	return finite(r.cell(s.value))
}

// hidden reports whether the cell shows no number.
func (m Mark) hidden() bool { return m.State == Suppressed || m.State == Empty }

// mark returns what the cell of a column says beside its number.
func (r *Row) mark(column int) Mark {
	if column < 0 || column >= len(r.Marks) || r.hidden() {
		return Mark{}
	}
	return r.Marks[column]
}

// doubtful reports whether the row's interval spans 0, so that its change or
// gap cannot be told from none.
func (r *Row) doubtful(s shape) bool {
	low, high := r.cell(s.low), r.cell(s.high)
	return finite(low) && finite(high) && low <= 0 && high >= 0
}

// more draws the kinds beside the first four and returns the height.
func (p *plate) more() float64 {
	switch p.Kind {
	case Grouped:
		return p.grouped()
	case Dumbbell:
		return p.dumbbell()
	case Multiples:
		return p.multiples()
	case Heat:
		return p.heat()
	case Histogram:
		return p.histogram()
	case Box:
		return p.boxes()
	case Waterfall:
		return p.waterfall()
	case Slope:
		return p.slope()
	}
	return p.stages()
}
