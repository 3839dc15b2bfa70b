package stat

import (
	"fmt"
	"testing"
)

// scale is a tally of n rows on each of so many codes.
func scale(codes, n int) []Point {
	points := make([]Point, codes)
	for i := range points {
		points[i] = heap(n+i, 1)
		points[i].Value = float64(i)
	}
	return points
}

func BenchmarkMean(b *testing.B) {
	for _, codes := range []int{7, 11, 101} {
		points := scale(codes, 50)
		b.Run(fmt.Sprintf("codes=%d", codes), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Mean(points)
			}
		})
	}
}

func BenchmarkWelchANOVA(b *testing.B) {
	for _, groups := range []int{2, 8, 32} {
		samples := make([][]Point, groups)
		for g := range samples {
			samples[g] = scale(11, 5+g)
		}
		b.Run(fmt.Sprintf("groups=%d", groups), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				WelchANOVA(meansOf(samples))
			}
		})
	}
}
