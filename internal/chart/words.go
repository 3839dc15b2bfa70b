package chart

import "strings"

// words returns the figure's words, with those it leaves out in its language.
func (f *Figure) words() Words {
	fallback := Words{
		Base: "Base", Suppressed: "too few answers to show", NoData: "no answers",
		Interval: "95% interval", Row: "Item", TooFew: "few answers: read with care",
		Break: "not comparable with before", Undecided: "not distinguishable",
	}
	if f.chinese() {
		fallback = Words{
			Base: "基数", Suppressed: "人数过少，不显示", NoData: "无回答",
			Interval: "95% 置信区间", Row: "题目", TooFew: "回答较少，谨慎解读",
			Break: "与之前不可比", Undecided: "无法判定",
		}
	}
	w := f.Words
	for _, pair := range []struct{ have, or *string }{
		{&w.Base, &fallback.Base},
		{&w.Suppressed, &fallback.Suppressed},
		{&w.NoData, &fallback.NoData},
		{&w.Interval, &fallback.Interval},
		{&w.Row, &fallback.Row},
		{&w.TooFew, &fallback.TooFew},
		{&w.Break, &fallback.Break},
		{&w.Undecided, &fallback.Undecided},
	} {
		if *pair.have == "" {
			*pair.have = *pair.or
		}
	}
	return w
}

// chinese reports whether the figure's own sentences are Chinese; every other
// language gets English ones.
func (f *Figure) chinese() bool { return f.Lang == "zh" || strings.HasPrefix(f.Lang, "zh-") }
