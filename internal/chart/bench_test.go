package chart

import "testing"

// BenchmarkFigure draws both sizes, the option and the table.
func BenchmarkFigure(b *testing.B) {
	for _, f := range []*Figure{battery("zh-CN", Diverging), fixture(Lines, "zh-CN")} {
		b.Run(f.ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.SVG(Wide)
				f.SVG(Narrow)
				if _, err := f.Option(); err != nil {
					b.Fatal(err)
				}
				f.Table()
			}
		})
	}
}

func BenchmarkSVG(b *testing.B) {
	for _, f := range []*Figure{battery("zh-CN", Diverging), fixture(Lines, "zh-CN")} {
		b.Run(f.ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.SVG(Wide)
			}
		})
	}
}

func BenchmarkOption(b *testing.B) {
	f := battery("zh-CN", Diverging)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Option(); err != nil {
			b.Fatal(err)
		}
	}
}
