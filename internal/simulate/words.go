package simulate

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// bank are the texts of a language: by how satisfied the writer is.
type bank struct {
	mark                      string
	praise, neutral, complain []string
}

var chinese = bank{
	mark:     "[模拟] ",
	praise:   []string{"整体很顺畅，工作人员耐心又专业。", "响应比预期快，继续保持。", "环境整洁，指引清楚，体验很好。", "问题一次就解决了，谢谢。"},
	neutral:  []string{"总体还可以，细节上还能再完善。", "与上次差不多，没有特别的感受。", "流程清楚，就是等待时间稍长。", "基本满足需要。"},
	complain: []string{"等了很久才有人处理，中间没有人告知进度。", "同一个问题反映了三次还没有解决。", "价格偏高，与服务不相称。", "指引不清楚，找人找了很久。"},
}

var english = bank{
	mark:     "[simulated] ",
	praise:   []string{"Smooth from start to finish, and the staff knew what they were doing.", "Faster than I expected. Keep it up.", "Clean, well signed, easy.", "Solved at the first attempt, thank you."},
	neutral:  []string{"Fine on the whole, the details could be better.", "Much the same as last time.", "Clear procedure, but a bit of a wait.", "It did what I needed."},
	complain: []string{"I waited far too long and nobody told me why.", "Reported three times and still not fixed.", "Too expensive for what it is.", "The signs were no help and I got lost."},
}

// words draws a text in the respondent's language, marked as simulated and no
// longer than allowed.
func (r *respondents) words(c *column) string {
	b := &english
	if strings.HasPrefix(r.language, "zh") {
		b = &chinese
	}
	from := b.neutral
	switch mood := r.satisfaction + 3*r.shift; {
	case mood > 0.6:
		from = b.praise
	case mood < -0.6:
		from = b.complain
	}
	text := b.mark + from[r.rand.IntN(len(from))]
	if c.person {
		text = strings.TrimSpace(b.mark)
	}
	if c.length > 0 && utf8.RuneCountInString(text) > c.length {
		text = strings.TrimSpace(string([]rune(text)[:c.length]))
	}
	return text
}

// attempts is how often example tries, since a pattern may demand more than
// its parts say: a word boundary, the start of the text.
const attempts = 20

// example returns a text that matches a pattern, "" if none was found.
func example(pattern *regexp.Regexp, r *rand.Rand) string {
	if pattern == nil {
		return ""
	}
	tree, err := syntax.Parse(pattern.String(), syntax.Perl)
	if err != nil {
		return ""
	}
	tree = tree.Simplify()
	for range attempts {
		var b strings.Builder
		appendExample(&b, tree, r)
		if s := b.String(); pattern.MatchString(s) && strings.TrimSpace(s) == s {
			return s
		}
	}
	return ""
}

// mostRepeats is how often a part that may repeat without end does at most.
const mostRepeats = 3

func appendExample(b *strings.Builder, t *syntax.Regexp, r *rand.Rand) {
	least, most := 1, 1
	switch t.Op {
	case syntax.OpLiteral:
		b.WriteString(string(t.Rune))
		return
	case syntax.OpCharClass:
		b.WriteRune(ofClass(t.Rune, r))
		return
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte(byte('a' + r.IntN(26)))
		return
	case syntax.OpAlternate:
		appendExample(b, t.Sub[r.IntN(len(t.Sub))], r)
		return
	case syntax.OpStar:
		least, most = 0, mostRepeats
	case syntax.OpPlus:
		most = mostRepeats
	case syntax.OpQuest:
		least = 0
	case syntax.OpRepeat:
		least, most = t.Min, t.Max
		if most < 0 {
			most = least + mostRepeats
		}
	}
	for range least + r.IntN(most-least+1) {
		for _, sub := range t.Sub {
			appendExample(b, sub, r)
		}
	}
}

// ofClass draws a character of a class, a printable one of ASCII if it has any.
func ofClass(ranges []rune, r *rand.Rand) rune {
	var plain []rune
	for i := 0; i+1 < len(ranges); i += 2 {
		for c := max(ranges[i], '!'); c <= min(ranges[i+1], '~'); c++ {
			plain = append(plain, c)
		}
	}
	if len(plain) > 0 {
		return plain[r.IntN(len(plain))]
	}
	if len(ranges) < 2 {
		return '?'
	}
	i := 2 * r.IntN(len(ranges)/2)
	return ranges[i] + rune(r.IntN(int(min(ranges[i+1]-ranges[i], 1000))+1))
}
