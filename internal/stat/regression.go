package stat

import "math"

// Coefficients are standard errors and tests of the β of an Importance.
type Coefficients struct {
	Adjusted float64 // R² adjusted
	SE, P    []float64
	DF       float64
}

// Coefficients returns what n rows say of β, each row counted once:
//
//	R²adj = 1 − (1−R²)(n−1)/(n−p−1),  SE_i = √((1−R²)/(n−p−1) · VIF_i),  t on n−p−1 degrees of freedom
//
// n <= p+1: all NaN. β that does not exist has no SE.
// Source: R, summary(lm) on scaled data.
func (m *Importance) Coefficients(n int) Coefficients {
	out := m.untested(n)
	for i, v := range m.VIF {
		out.test(m, i, math.Sqrt((1-m.RSquared)/out.DF*v))
	}
	return out
}

func (m *Importance) untested(n int) Coefficients {
	out := Coefficients{SE: make([]float64, m.p), P: make([]float64, m.p), DF: float64(n - m.p - 1)}
	if out.DF <= 0 {
		out.DF = math.NaN()
	}
	out.Adjusted = 1 - (1-m.RSquared)*float64(n-1)/out.DF
	return out
}

func (c *Coefficients) test(m *Importance, i int, se float64) {
	c.SE[i] = se
	c.P[i] = math.NaN()
	if !math.IsNaN(se) && se > 0 {
		c.P[i] = studentTails(m.Beta[i]/se, c.DF)
	}
}

// Scores sums what linearised standard errors are made of: the products of the
// rows' scores w·e·z, e being the residual and z the standardised items.
type Scores struct {
	m      *Importance
	n      int
	w      float64
	score  []float64
	square Products
}

// Scores returns room for the scores of a fit, one row after another.
func (m *Importance) Scores() *Scores {
	return &Scores{m: m, score: make([]float64, m.p), square: NewProducts(m.p)}
}

// Add adds a row of weight w; z is the standardised items and, last, the outcome.
func (s *Scores) Add(w float64, z []float64) {
	e := z[s.m.p]
	for i, b := range s.m.Beta {
		e -= b * z[i]
	}
	for i := range s.score {
		s.score[i] = w * e * z[i]
	}
	s.square.Add(1, s.score)
	s.w += w
	s.n++
}

// Coefficients returns the tests with linearised standard errors,
//
//	V = r⁻¹ M r⁻¹ / (Σw)²,  M = n/(n−1) · Σ (w e z)(w e z)',
//
// and t on n−p−1 degrees of freedom: weights are those of a design without
// strata, and the adjustment of R² counts rows.
// Source: Binder, Int. Statistical Review 51 (1983) 279-292; R survey::svyglm.
func (s *Scores) Coefficients() Coefficients {
	m := s.m
	out := m.untested(s.n)
	inverse := m.inverse()
	factor := float64(s.n) / float64(s.n-1) / (s.w * s.w)
	for i := range m.p {
		sum := 0.0
		for a := range m.p {
			for b := range m.p {
				at := 1 + m.p + max(a, b)*(max(a, b)+1)/2 + min(a, b)
				sum += inverse[i*m.p+a] * s.square[at] * inverse[b*m.p+i]
			}
		}
		if m.Dependent != nil {
			sum = math.NaN()
		}
		out.test(m, i, math.Sqrt(factor*sum))
	}
	return out
}
