// Package pls estimates path models of constructs that are measured by several
// items each, by partial least squares (Wold 1982, Lohmöller 1989): satisfaction
// index models such as SCSB, ACSI, ECSI and CCSI. It takes numbers and gives
// numbers; it knows nothing of surveys, scales or labels.
//
// Everything is computed from the means and the covariance matrix of the items,
// which one pass over the rows gives; after it the cost does not depend on the
// number of rows. A resample of the bootstrap is such a matrix too.
//
// Conventions of the whole package:
//   - Matrices are flat, row by row. Effects are indexed [from·J + to].
//   - Variances divide by the sum of weights less 1; without weights by n − 1.
//   - Scores have variance 1, so that w'Rw = 1.
//   - What is undefined is NaN; what makes the whole model undefined is an Error.
package pls

import (
	"fmt"
	"math"
	"slices"
)

// Scheme is how the neighbours of a construct are weighted inside (inner weights).
type Scheme uint8

// The schemes: regression coefficients for predecessors and correlations for
// successors; signs of correlations; correlations.
const (
	PathWeighting Scheme = iota
	Centroid
	Factorial
)

// Mode is how the weights of a block are found: from the covariances of its
// items with their surroundings (A, reflective), or by regression on them (B, formative).
type Mode uint8

// The modes.
const (
	A Mode = iota
	B
)

// Construct is one latent variable and its block of items.
type Construct struct {
	Items int // how many; the items of a model are those of its constructs, one block after the other
	Mode  Mode
	// Fixed are the author's weights of the items as they are measured; nil:
	// they are estimated.
	Fixed []float64
}

// Path is one arrow between two constructs.
type Path struct{ From, To int }

// Model is constructs, arrows and how to estimate them.
type Model struct {
	Constructs []Construct
	Paths      []Path
	Scheme     Scheme
	// Target is the construct whose levers are computed (Fit.Levers).
	Target int
	// Consistent asks for consistent PLS: correlations of constructs are
	// divided by √(rho_A rho_A'), for blocks of mode A with several items.
	// Source: Dijkstra and Henseler, MIS Quarterly 39 (2015) 297-316.
	Consistent bool
}

const (
	// tolerance is the largest change of a weight at which the iteration stops.
	tolerance = 1e-12
	// mostIterations is when it gives up; the models of the literature need 10 to 20.
	mostIterations = 500
	// leastPivot is the smallest share of a construct's variance that others in
	// the same regression may leave unexplained: below it they cannot be told apart.
	leastPivot = 1e-9
)

// Fault says what makes a model undefined.
type Fault uint8

// The faults.
const (
	TooFewRows   Fault = iota // fewer rows than a regression needs
	ConstantItem              // Item: everybody gave the same answer
	Collinear                 // Construct: its predecessors cannot be told apart
	SingularItem              // Construct: items of a block of mode B cannot be told apart
	Unrelated                 // Construct: uncorrelated with all its neighbours
	NoSolution                // the iteration does not settle
	Inadmissible              // Construct: consistent PLS has no reliability for it, or explains more than all
)

// Error is why a model cannot be estimated; Item and Construct are −1 where no one is to blame.
type Error struct {
	Fault           Fault
	Item, Construct int
}

func (e *Error) Error() string {
	what := [...]string{
		"too few rows", "an item does not vary", "predecessors cannot be told apart", "items of a formative block cannot be told apart",
		"a construct is unrelated to its neighbours", "the iteration does not settle", "the consistent solution is inadmissible",
	}[e.Fault]
	return fmt.Sprintf("pls: %s (item %d, construct %d)", what, e.Item, e.Construct)
}

func fault(f Fault, item, construct int) error { return &Error{f, item, construct} }

// plan is a model made ready for estimation.
type plan struct {
	Model
	p, j  int
	first []int   // first item of each block, and p at the end
	owner []int   // construct of each item
	pre   [][]int // predecessors of each construct
	edge  [][]int // their paths
	near  [][]int // all neighbours
	order []int   // constructs, causes first
	reach []bool  // from·J+to: some way leads there
	most  int     // largest number of predecessors
	block int     // largest block
}

// compile panics on a model that is no model: blocks without items, paths to
// nowhere, circles. The caller has checked it.
func (m Model) compile() *plan {
	pl := &plan{Model: m, j: len(m.Constructs), first: []int{0}}
	for c, b := range m.Constructs {
		if b.Items < 1 || b.Fixed != nil && len(b.Fixed) != b.Items {
			panic("pls: a block without items, or with other weights than items")
		}
		for range b.Items {
			pl.owner = append(pl.owner, c)
		}
		pl.block = max(pl.block, b.Items)
		pl.first = append(pl.first, len(pl.owner))
	}
	pl.p = len(pl.owner)
	pl.pre, pl.edge, pl.near = make([][]int, pl.j), make([][]int, pl.j), make([][]int, pl.j)
	for e, a := range m.Paths {
		pl.pre[a.To], pl.edge[a.To] = append(pl.pre[a.To], a.From), append(pl.edge[a.To], e)
		pl.near[a.To], pl.near[a.From] = append(pl.near[a.To], a.From), append(pl.near[a.From], a.To)
		pl.most = max(pl.most, len(pl.pre[a.To]))
	}
	pl.sort()
	return pl
}

// sort puts causes before effects and finds what leads to what.
func (pl *plan) sort() {
	done := make([]bool, pl.j)
	for len(pl.order) < pl.j {
		before := len(pl.order)
		for c := range pl.j {
			if !done[c] && !slices.ContainsFunc(pl.pre[c], func(f int) bool { return !done[f] }) {
				done[c], pl.order = true, append(pl.order, c)
			}
		}
		if before == len(pl.order) {
			panic("pls: the paths form a circle")
		}
	}
	pl.reach = make([]bool, pl.j*pl.j)
	for _, to := range pl.order {
		for _, mid := range pl.pre[to] {
			pl.reach[mid*pl.j+to] = true
			for from := range pl.j {
				if pl.reach[from*pl.j+mid] {
					pl.reach[from*pl.j+to] = true
				}
			}
		}
	}
}

func nans(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}
