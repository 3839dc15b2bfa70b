package page

import (
	"testing"

	"manyi/internal/report"
)

func TestNoLineBreaksInADayARangeOrAUnit(t *testing.T) {
	for in, want := range map[string]string{
		"since 2026-11-22.":                            "since <time>2026-11-22</time>.",
		"“Late visit” in 2026-06 (14)":                 "“Late visit” in <time>2026-06</time> (14)",
		"21% (16–27%)":                                 `21% (<span class="nb">16–27%</span>)`,
		"11 am to 5 pm, $50,000–$100,000":              `<span class="nb">11 am</span> to <span class="nb">5 pm</span>, <span class="nb">$50,000–$100,000</span>`,
		"没有时的回答 →，美国中西部 (c)":                           `<span class="nb">没有时的回答 →</span>，美国中<span class="nb">西部 (c)</span>`,
		"15 万美元，未加权":                                   `<span class="nb">15 万美元</span>，<span class="nb">未加权</span>`,
		"(rated 4–5), Base 409–415; unweighted":        `(rated <span class="nb">4–5</span>), <span class="nb">Base 409–415</span>; unweighted`,
		"9.8 per 1,000, P90 112.1, Benjamini–Hochberg": `9.8 <span class="nb">per 1,000</span>, <span class="nb">P90 112.1</span>, <span class="nb">Benjamini–Hochberg</span>`,
		"reopened 08-24":                               `reopened <span class="nb">08-24</span>`,
		"GB/T 19039-2009, 5-4-5":                       `<span class="nb">GB/T 19039-2009</span>, 5-4-5`,
		"after 153 days of rest":                       `after <span class="nb">153 days</span> of rest`,
		"12 daysailers":                                "12 daysailers",
		"共 29 题，2026 年":                                `共 <span class="nb">29 题</span>，<span class="nb">2026 年</span>`,
		"order 12345-67-89":                            "order 12345-67-89",
		"A 区（1～12 号登机口） (c)":                           `<span class="nb">A 区</span>（<span class="nb">1～12 号</span>登机<span class="nb">口） (c)</span>`,
		"G (gates 91–102) (f)":                         `<span class="nb">G (gates</span> <span class="nb">91–102</span><span class="nb">) (f)</span>`,
		"from 12 months (b) on":                        `from <span class="nb">12 months (b)</span> on`,
		"至多 ±2.0 个百分点":                                 `至多 <span class="nb">±2.0 个百分点</span>`,
		"（有效样本量 2,513）":                                `（<span class="nb">有效样本量 2,513</span>）`,
		"管理摘要（2014—2016 年）":                            `管理摘要（<span class="nb">2014—2016 年</span>）`,
		"（校正 p &lt; 0.001）":                            `（<span class="nb">校正 p &lt; 0.001</span>）`,
		"since H2 2025, August 2026":                   `since <span class="nb">H2 2025</span>, <span class="nb">August 2026</span>`,
		"free Wi-Fi in R&amp;D (a)":                    `free <span class="nb">Wi-Fi</span> in R&amp;<span class="nb">D (a)</span>`,
		"interval 64–69 · base 420":                    `interval <span class="nb">64–69</span>` + "\u00a0· " + `<span class="nb">base 420</span>`,
	} {
		if got := unbroken(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"9 / 件":                      `<span class="nb">9 / 件</span>`,
		"153 / days":                 `<span class="nb">153 / days</span>`,
		"7.2":                        "7.2",
		"not recorded":               "not recorded",
		"closed after 12 days, late": `<span>closed after <span class="nb">12 days</span>, late</span>`,
	} {
		if got := string(value(in)); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestAnEmphasisedNumberKeepsItsUnit(t *testing.T) {
	if got, want := string(rich("误差不超过 **±2.0** 个百分点，校正 p < 0.01。")), "误差不超过 <b>±2.0</b>\u00a0"+`<span class="nb">个百分点</span>，<span class="nb">校正 p &lt; 0.01</span>。`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNamesOfFilesBreakWhereAWordEnds(t *testing.T) {
	if got, want := string(kept("surveys/every_type/survey.yaml")), "surveys/<wbr>every_<wbr>type/<wbr>survey<wbr>.yaml"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestProseKeepsShortLinksAndRangesWhole(t *testing.T) {
	in := `<p data-head="1–5 分">见<a href="x.html">样本</a>，1–5 分。<code>1–5 分</code><figure><text>1–5 分</text></figure><a href="y">置信区间与检验的说明</a></p>`
	want := `<p data-head="1–5 分">见<a class="nb" href="x.html">样本</a>，<span class="nb">1–5 分</span>。<code>1–5 分</code><figure><text>1–5 分</text></figure><a href="y"><span class="nb">置信区间</span>与检验的说明</a></p>`
	if got := unbrokenProse(in); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	unbrokenProse("a < b <c")
}

func TestCardsNameColumnsByTheHeadingAboveWhereTwoAreAlike(t *testing.T) {
	table := &report.Table{Head: []string{"Stage", "Waiting", "Median", "Median"}, Groups: []report.Span{{Label: "", Of: 1}, {Label: "Complaints", Of: 1}, {Label: "From receipt", Of: 1}, {Label: "From the stage before", Of: 1}}}
	for i, want := range []string{"Waiting", "From receipt · Median", "From the stage before · Median", ""} {
		if got := column(table, i); got != want {
			t.Errorf("cell %d: got %q, want %q", i, got, want)
		}
	}
}

// A sentence below a figure wraps; an interval with its base does not.
func TestOnlySentencesWrapBelowAFigure(t *testing.T) {
	for text, want := range map[string]bool{
		"+0.41 – +0.70, improved, Supply of parts (mean, 1–5)": true,
		"+0.41 – +0.70，有改善，配件供应（均值，1–5 分）":                     true,
		"64.4–69.1 · n 1,420": false,
		"":                    false,
	} {
		if wordy(text) != want {
			t.Errorf("wordy(%q) is %v", text, !want)
		}
	}
}
