package stat

import "math"

// RakeMargin is what the population is like in one respect: the share of each
// category, and the category of every unit, −1 where it is not known.
type RakeMargin struct {
	Of     []int32
	Target []float64
}

// Raked are weights that fit margins.
type Raked struct {
	Weights    []float64 // of a row of each unit; their mean over all rows is 1
	Iterations int
	Residual   float64 // largest |weighted share − target| of any category
	Trimmed    int     // rows at the limit
	Converged  bool
}

// rakeIterations bounds the passes over all margins.
const rakeIterations = 5000

// Rake fits weights to margins by iterative proportional fitting. A unit is
// count rows that are alike in all margins and start with the weight start
// (nil: 1). One pass multiplies, margin by margin, the weights of each category
// by target·total/weighted sum. With trim > 0, after every pass weights above
// trim (the mean is 1) are cut to it and all rescaled to mean 1, again until none
// is above: so the cut weights are raked anew in the next pass, and margins are
// then met only as far as the limit allows. It stops where a pass changes no
// weight by more than 1e-14, or after 5000 passes.
//
// A row whose category is not known stays out of that margin alone: the margin
// holds among the rows that have one. A category without rows cannot be reached
// and keeps its residual; the caller refuses it beforehand. A target of 0 gives
// weight 0. No rows or no weight: weights NaN.
// Source: Deming & Stephan, Ann. Math. Stat. 11 (1940) 427-444; DeBell &
// Krosnick, ANES weighting (2009) for the trimming; R anesrake, survey::rake.
func Rake(count []int, start []float64, margins []RakeMargin, trim float64) Raked {
	r := raking{count: count, margins: margins, trim: trim, w: make([]float64, len(count))}
	for i, n := range count {
		r.w[i] = 1
		if start != nil {
			r.w[i] = start[i]
		}
		r.rows += float64(n)
	}
	r.rescale()
	out := Raked{Weights: r.w}
	before := make([]float64, len(r.w))
	for !out.Converged && out.Iterations < rakeIterations {
		out.Iterations++
		copy(before, r.w)
		for _, m := range margins {
			r.fit(m)
		}
		r.cut()
		change := 0.0
		for i, w := range r.w {
			change = math.Max(change, math.Abs(w-before[i]))
		}
		out.Converged = change <= 1e-14*math.Max(1, r.most())
	}
	out.Residual = r.residual()
	for i, w := range r.w {
		if trim > 0 && w >= trim-1e-9 {
			out.Trimmed += count[i]
		}
	}
	return out
}

// raking is the state of Rake.
type raking struct {
	count   []int
	margins []RakeMargin
	trim    float64
	w       []float64
	rows    float64
}

// sums are the weighted sums of the categories of a margin, and of all that have one.
func (r *raking) sums(m RakeMargin) (by []float64, total float64) {
	by = make([]float64, len(m.Target))
	for i, c := range m.Of {
		if c >= 0 {
			x := float64(r.count[i]) * r.w[i]
			by[c] += x
			total += x
		}
	}
	return by, total
}

func (r *raking) fit(m RakeMargin) {
	by, total := r.sums(m)
	for i, c := range m.Of {
		if c >= 0 && by[c] > 0 {
			r.w[i] *= m.Target[c] * total / by[c]
		}
	}
}

// rescale gives the rows a mean weight of 1.
func (r *raking) rescale() {
	total := 0.0
	for i, w := range r.w {
		total += float64(r.count[i]) * w
	}
	for i := range r.w {
		r.w[i] *= r.rows / total
	}
}

func (r *raking) most() float64 {
	most := 0.0
	for _, w := range r.w {
		most = math.Max(most, w)
	}
	return most
}

// cut brings the weights to mean 1 with none above the limit.
func (r *raking) cut() {
	r.rescale()
	for range 1000 {
		if r.trim <= 0 || !(r.most() > r.trim+1e-12) {
			return
		}
		for i, w := range r.w {
			r.w[i] = math.Min(w, r.trim)
		}
		r.rescale()
	}
}

func (r *raking) residual() float64 {
	worst := 0.0
	for _, m := range r.margins {
		by, total := r.sums(m)
		for c, x := range by {
			worst = math.Max(worst, math.Abs(x/total-m.Target[c]))
		}
	}
	return worst
}
