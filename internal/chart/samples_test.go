package chart

// samples is set by the external test from package gallery, which this package
// cannot import: the figures of the other kinds, drawn by the same tests.
var samples struct {
	all func(lang string) []*Figure
	of  func(kind Kind, lang string) *Figure
}

// AddSamples lets the tests draw the samples of these kinds too.
func AddSamples(of func(Kind, string) *Figure, all func(string) []*Figure, more ...Kind) bool {
	samples.of, samples.all = of, all
	kinds = append(kinds, more...)
	return true
}

// sampled returns the sample of a kind under the fixtures' id; nil without one.
func sampled(kind Kind, lang string) *Figure {
	if samples.of == nil {
		return nil
	}
	f := samples.of(kind, lang)
	if f != nil {
		f.ID = "fig-" + string(kind)
	}
	return f
}
