package chart

// Cuts divides a Scatter figure into four quadrants.
type Cuts struct {
	X, Y           float64 // where the lines stand; NaN for no line
	XLabel, YLabel string  // what they are: "mean 3.8"
	Quadrants      [4]Quadrant
	Diagonal       *Diagonal
}

// The quadrants of Cuts, in the order of reading.
const (
	UpperLeft = iota
	UpperRight
	LowerLeft
	LowerRight
)

// Quadrant is a name for what the points in it have in common.
type Quadrant struct {
	Name string
	Tone Tone
}

// Tone is what a quadrant asks for.
type Tone string

// The tones of a quadrant.
const (
	Quiet Tone = ""
	First Tone = "first" // first to act on: tinted, its points in the warning colour
)

// Diagonal is a line through two points in the units of the axes, such as the
// line on which importance and performance weigh the same.
type Diagonal struct {
	X1, Y1, X2, Y2 float64
	Label          string
}

// with returns the first column of a role; -1 without.
func (f *Figure) with(role Role) int {
	for i := range f.Columns {
		if f.Columns[i].Role == role {
			return i
		}
	}
	return -1
}

// of returns the row's number in the first column of a role.
func (f *Figure) of(r *Row, role Role) float64 { return r.cell(f.with(role)) }

// quadrant returns where the row's point lies; −1 without cuts or point. A
// point on a cut belongs to the side of greater numbers.
func (f *Figure) quadrant(r *Row) int {
	x, y := f.of(r, X), f.of(r, Y)
	if f.Cuts == nil || !finite(f.Cuts.X) || !finite(f.Cuts.Y) || !finite(x) || !finite(y) {
		return -1
	}
	at := LowerLeft
	if y >= f.Cuts.Y {
		at = UpperLeft
	}
	if x >= f.Cuts.X {
		at++
	}
	return at
}

// urgent reports whether the row's point surely lies in a First quadrant.
func (f *Figure) urgent(r *Row) bool {
	at := f.quadrant(r)
	return at >= 0 && r.State != Undecided && f.Cuts.Quadrants[at].Tone == First
}

// boxed reports whether rows are boxes and arrows, each with columns of its own.
func (f *Figure) boxed() bool {
	switch f.Kind {
	case Path, Tree, Fishbone, Flow:
		return true
	}
	return false
}
