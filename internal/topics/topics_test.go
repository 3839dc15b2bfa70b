package topics

import (
	"fmt"
	"strings"
	"testing"
)

func TestWordsAreFoundByTheirScript(t *testing.T) {
	for _, c := range []struct {
		any, not, text string
		want           bool
	}{
		{"等待", "", "配件等待时间太长", true},
		{"等待", "", "配件等了很久", false},
		{"wait", "", "A long WAIT.", true},
		{"wait", "", "waited for hours", false},
		{"wait*", "", "waited for hours", true},
		{"wait*", "", "await", false},
		{"app", "", "这个app不好用", true},
		{"app", "", "这个ＡＰＰ不好用", true},
		{"app", "", "happy", false},
		{"too slow", "", "far too\n\tslow!", true},
		{"can't", "", "I can’t log in", true},
		{"straße", "", "in der STRASSE", true},
		{"ﬁne", "", "fine", true},
		{"服务", "服务器", "服务器坏了", false},
		{"服务", "服务器", "服务器坏了，服务也差", true},
		{"late", "not late, never late", "He was NOT LATE", false},
		{"late", "not late, never late", "not late, but late twice before", true},
		{"快", "不快, 很快", "不是很快", false},
		{"ab", "bc", "abc", false}, // whole words: neither stands here
		{"价格", "", "價格", false},    // traditional characters are others
		{"👍", "", "👍🏽", true},
		{"❤", "", "❤️!", true},
		{"שירות", "", "השירות טוב", false},
		{"שירות", "", "שירות טוב", true},
		{"a.b", "", "axb", false},
		{"a.b", "", "a.b", true},
		{"(c|d)[e]+?$^\\", "", "x (c|d)[e]+?$^\\ y", true},
		{"c++", "", "C++ and Go", true},
		{"เร็ว", "", "บริการเร็วมาก", true},
		{"naïve", "", "nai\u0308ve", true},
		{"soft", "", "so\u00adft", true},
		{"慢", "", "很\u200b慢", true},
		{"x", "", "", false},
	} {
		m := New([]Rule{{Any: []string{c.any}, Not: list(c.not)}}, nil)
		found, _ := m.Find(c.text)
		if got := len(found) == 1; got != c.want {
			t.Errorf("%q without %q in %q: got %v, want %v", c.any, c.not, c.text, got, c.want)
		}
	}
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ", ")
}

func TestAnAnswerMayHaveSeveralTopicsOrNone(t *testing.T) {
	m := New([]Rule{{Any: []string{"等"}}, {Any: []string{"贵", "价格"}}, {}, {Any: []string{"态度"}}}, []string{"无", "no comment"})
	for text, want := range map[string]string{
		"等太久，又贵，价格高": "[0 1] true", "态度好": "[3] true", "一般": "[] true", "无。": "[] false", " No  Comment! ": "[] false", "无所谓": "[] true", "😀": "[] true", "": "[] true",
	} {
		topics, said := m.Find(text)
		if got := fmt.Sprint(topics, said); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestHostileTextsHarmNothing(t *testing.T) {
	m := New([]Rule{{Any: []string{"啊啊啊啊啊啊啊啊", "end"}, Not: []string{"啊啊"}}, {Any: []string{"\x00", "*", "a*b", "", "  "}}}, []string{""})
	for _, text := range []string{
		strings.Repeat("啊", 33_000) + " end", strings.Repeat("a", 100_000) + " end", "\x00\x01 end", "\xff\xfe end", "\u202e\u2066 end", strings.Repeat("e\u0301", 5000) + " end", strings.Repeat("\u0301", 5000) + " end",
	} {
		topics, said := m.Find(text)
		if !said || len(topics) != 1 || topics[0] != 0 {
			t.Errorf("%.12q: got %v %v", text, topics, said)
		}
	}
	if _, said := m.Find("…"); said {
		t.Error("an answer of signs alone is no answer where an empty one is none")
	}
	for word, want := range map[string]bool{"*": false, "a*b": false, "*a": false, "a*": true, "\u200b": false, " ": false, "等*": true} {
		if Plain(word) != want {
			t.Errorf("Plain(%q): got %v", word, !want)
		}
	}
}

// many is 500 topics of 20 words each, half Chinese, and 100,000 comments.
func many() (*Matcher, []string) {
	seed := uint32(1)
	draw := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	han := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(rune(0x4E00 + draw(1500)))
		}
		return b.String()
	}
	latin := func() string {
		b := make([]byte, 3+draw(5))
		for i := range b {
			b[i] = "etaoinshrdlu"[draw(12)]
		}
		return string(b)
	}
	rules := make([]Rule, 500)
	for i := range rules {
		for range 10 {
			rules[i].Any = append(rules[i].Any, han(2), latin()+"*")
		}
		rules[i].Not = []string{han(3)}
	}
	comments := make([]string, 100_000)
	for i := range comments {
		if i%2 == 0 {
			comments[i] = han(20) + "，" + han(20) + "。"
			continue
		}
		for range 12 {
			comments[i] += latin() + " "
		}
	}
	return New(rules, nil), comments
}

func BenchmarkFind500TopicsIn100000Comments(b *testing.B) {
	m, comments := many()
	for b.Loop() {
		n := 0
		for _, c := range comments {
			topics, _ := m.Find(c)
			n += len(topics)
		}
		b.ReportMetric(float64(n), "mentions")
	}
}
