package pls

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// ecsi24 is the European model: seven constructs, 24 items, twelve paths.
func ecsi24() Model {
	m := Model{}
	for _, n := range []int{5, 3, 7, 2, 3, 1, 3} {
		m.Constructs = append(m.Constructs, Construct{Items: n})
	}
	for _, p := range [][2]int{{0, 1}, {0, 4}, {0, 6}, {1, 2}, {1, 3}, {1, 4}, {2, 3}, {2, 4}, {3, 4}, {4, 5}, {4, 6}, {5, 6}} {
		m.Paths = append(m.Paths, Path{p[0], p[1]})
	}
	return m
}

// invented are answers 1–10 in bytes, as a survey keeps them: one factor for
// all, one a construct, noise an item. share of the cells is missing.
func invented(m Model, n int, share float64) Rows {
	random := rand.New(rand.NewPCG(7, uint64(n)))
	columns := make([][]uint8, 0, 24)
	for range m.compile().p {
		columns = append(columns, make([]uint8, n))
	}
	for i := range n {
		all, item := random.NormFloat64(), 0
		for _, c := range m.Constructs {
			own := .7*all + .7*random.NormFloat64()
			for range c.Items {
				columns[item][i] = uint8(min(10, max(1, math.Round(7+1.2*own+1.2*random.NormFloat64()))))
				if random.Float64() < share {
					columns[item][i] = 0
				}
				item++
			}
		}
	}
	value := [11]float64{math.NaN()}
	for i := 1; i < 11; i++ {
		value[i] = float64(i-1) / 9 * 100
	}
	return Rows{N: n, Read: func(i int, into []float64) {
		for k := range into {
			into[k] = value[columns[k][i]]
		}
	}}
}

func BenchmarkBootstrap(b *testing.B) {
	for _, c := range []struct {
		n     int
		share float64
	}{{250, 0}, {250, .03}, {1000, 0}, {5000, 0}, {1_000_000, 0}, {1_000_000, .03}} {
		b.Run(fmt.Sprintf("n=%d/missing=%g", c.n, c.share), func(b *testing.B) {
			m := ecsi24()
			rows := invented(m, c.n, c.share)
			for b.Loop() {
				s, err := Estimate(m, rows, Mean)
				if err != nil {
					b.Fatal(err)
				}
				s.Bootstrap(BootstrapOptions{Resamples: 1000, Seed: 1})
			}
		})
	}
}

func BenchmarkEstimate(b *testing.B) {
	m := ecsi24()
	rows := invented(m, 250, 0)
	for b.Loop() {
		if _, err := Estimate(m, rows, Mean); err != nil {
			b.Fatal(err)
		}
	}
}
