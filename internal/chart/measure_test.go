package chart

import (
	"slices"
	"strings"
	"testing"
)

func TestWidthsFollowTheScript(t *testing.T) {
	for _, test := range []struct {
		text     string
		from, to float64 // em, with slack
	}{
		{"满意度", 3, 3.4},
		{"satisfaction", 12 * .45, 12 * .62},
		{"", 0, 0},
		{"e\u0301", .5, .7}, // a combining accent takes no room
		{"“好”", 3, 3.4},
	} {
		if got := textWidth(test.text, 1, false); got < test.from || got > test.to {
			t.Errorf("%q: got %.2f em, want %v–%v", test.text, got, test.from, test.to)
		}
	}
	if textWidth("Total", 14, true) <= textWidth("Total", 14, false) {
		t.Error("bold is not wider")
	}
}

func TestLinesBreakWhereTheScriptAllows(t *testing.T) {
	em := func(n float64) float64 { return n * slack }
	for _, test := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"满意度，很高", em(3), []string{"满意", "度，很", "高"}},
		{"（甲）乙", em(3.2), []string{"（甲）", "乙"}},
		{"两 words here", em(6), []string{"两 words", "here"}},
		{"  spaced\n out ", em(20), []string{"spaced out"}},
		{"self-service", em(4), []string{"self-", "service"}},
		{"", em(3), []string{""}},
	} {
		if got := wrap(test.text, test.width, 1, false); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestNoCharacterIsLostInWrapping(t *testing.T) {
	for _, text := range []string{texts["zh-CN"].longA, texts["en"].longA, strings.Repeat("x", 300), "，，，，，，", "👩‍👩‍👧 family"} {
		for _, width := range []float64{5, 40, 100} {
			got := strings.Join(balance(text, width, 14, true), "")
			if a, b := strings.ReplaceAll(got, " ", ""), strings.ReplaceAll(text, " ", ""); a != b {
				t.Errorf("at %v: got %q, want %q", width, a, b)
			}
		}
	}
}

func TestTicksAreNice(t *testing.T) {
	for _, test := range []struct {
		low, high float64
		most      int
		want      []float64
	}{
		{0, 4.2, 4, []float64{0, 2, 4}},
		{73.6, 80.4, 4, []float64{74, 76, 78, 80}},
		{-2.4, 2, 4, []float64{-2, 0, 2}},
		{0, 1, 5, []float64{0, .2, .4, .6, .8, 1}},
	} {
		got, _ := ticks(test.low, test.high, test.most)
		for i := range got {
			got[i] = round(got[i], 6)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v–%v: got %v, want %v", test.low, test.high, got, test.want)
		}
	}
}

func TestARangeOfMoneyBreaksAfterItsDash(t *testing.T) {
	got := wrap("$50,000–$100,000", width("tick", "$50,000–$100"), 13, false)
	if len(got) != 2 || got[0] != "$50,000–" || got[1] != "$100,000" {
		t.Errorf("got %q", got)
	}
}

func TestChineseRangesAndUnitsStayOnOneLine(t *testing.T) {
	text := "中午至下午（11～17 点起飞）共 13次，少于 10 人"
	for em := 6.0; em < 16; em += .5 {
		lines := strings.Join(wrap(text, em*13, 13, false), "|")
		for _, torn := range []string{"～|", "1|7", "3|次", "（|", "10|人", "1|0"} {
			if strings.Contains(lines, torn) {
				t.Errorf("%v em: %s", em, lines)
			}
		}
	}
}
