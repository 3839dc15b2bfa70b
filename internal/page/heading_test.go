package page

import "testing"

func TestShortNamesOfColumnsStayWhole(t *testing.T) {
	for in, want := range map[string]string{
		"针对的原因":                `<span class="nb">针对的原因</span>`,
		"$50,000–$100,000 (b)": `$50,000–<span class="nb">$100,000 (b)</span>`,
		"满意度（0–100）":           `<span class="nb">满意度</span><wbr><span class="nb">（0–100）</span>`,
		"美国中西部 (c)":            `<span class="nb">美国中西部</span> <span class="nb">(c)</span>`,
		"加拿大和墨西哥 (d)":          `加拿大和<span class="nb">墨西哥 (d)</span>`,
	} {
		if got := string(heading(in)); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestLinesOfCardsKeepNumbersWithTheirWords(t *testing.T) {
	for in, want := range map[string]string{
		"2 without evidence, 1 worse":             `<span class="nb">2 without</span> evidence, <span class="nb">1 worse</span>`,
		"+0.4 points since 2015, no clear change": `<span class="nb">+<span class="nb">0.4 points</span></span> since 2015, <span class="nb">no clear change</span>`,
		"Satisfied (rated 9–10)":                  `Satisfied <span class="nb">(rated <span class="nb">9–10</span>)</span>`,
		"另有进行中 3 项，计划中 0 项":                       `另有<span class="nb">进行中 <span class="nb">3 项</span></span>，<span class="nb">计划中 <span class="nb">0 项</span></span>`,
		"95% interval 63.0–65.3 · base 600":       `<span class="parts"><span><span class="nb">95% interval</span> <span class="nb">63.0–65.3</span></span> <span><i>·</i> <span class="nb">base 600</span></span></span>`,
	} {
		if got := string(carded(in)); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}
