package version

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Words is a text before and after in one language; "" is a text that is good for all.
type Words struct {
	Lang   string  `json:"lang"`
	Old    string  `json:"old"`
	New    string  `json:"new"`
	Pieces []Piece `json:"pieces"`
}

// Piece is a run of words that stayed, went or came: '=', '-' or '+'.
type Piece struct {
	Is   string `json:"is"`
	Text string `json:"text"`
}

// diffWords compares two texts word by word; Chinese, Japanese and Korean are
// compared character by character. The pieces that are not '+' make the old
// text, those that are not '-' the new one.
func diffWords(lang, old, latest string) Words {
	a, b := tokens(old), tokens(latest)
	var out []Piece
	put := func(is string, words ...string) {
		for _, w := range words {
			if n := len(out); n > 0 && out[n-1].Is == is {
				out[n-1].Text += w
			} else {
				out = append(out, Piece{is, w})
			}
		}
	}
	i, j := 0, 0
	for _, m := range common(a, b) {
		put("-", a[i:m[0]]...)
		put("+", b[j:m[1]]...)
		put("=", a[m[0]])
		i, j = m[0]+1, m[1]+1
	}
	put("-", a[i:]...)
	put("+", b[j:]...)
	return Words{lang, old, latest, out}
}

// longest is how many pairs of words are compared at most; beyond it, only
// what two texts begin and end with is common.
const longest = 4 << 20

// common are the pairs of positions of a longest common subsequence (the
// dynamic programme of Wagner and Fischer, 1974).
func common[T comparable](a, b []T) [][2]int {
	var out [][2]int
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		out = append(out, [2]int{start, start})
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	if n, m := len(a)-start-end, len(b)-start-end; n*m <= longest {
		out = append(out, table(a[start:start+n], b[start:start+m], start)...)
	}
	for k := end; k > 0; k-- {
		out = append(out, [2]int{len(a) - k, len(b) - k})
	}
	return out
}

func table[T comparable](a, b []T, offset int) [][2]int {
	width := len(b) + 1
	length := make([]int, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			out = append(out, [2]int{offset + i, offset + j})
			i, j = i+1, j+1
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// tokens cuts a text into words, single ideographs, blanks and signs; together they are the text.
func tokens(s string) []string {
	var out []string
	last := 0 // kind of the token that grows: 1 word, 2 blank, 0 none
	for _, r := range s {
		kind := 0
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '\'', r == '’':
			kind = 1
		case unicode.IsSpace(r):
			kind = 2
		}
		if kind != 0 && kind == last {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		last = kind
	}
	return out
}

// letters are the words of a text without signs, blanks and case: texts that
// differ in nothing else ask the same.
func letters(s string) []string {
	var out []string
	for _, t := range tokens(strings.ToLower(fold(s))) {
		if strings.ContainsFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			out = append(out, strings.ReplaceAll(t, "’", "'"))
		}
	}
	return out
}

// fold makes full-width forms half-width.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3000:
			return ' '
		}
		return r
	}, s)
}

// similarity is twice the number of common words over all words (Dice), from 0
// to 1; 1 for two texts without words.
func similarity(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	return 2 * float64(len(common(a, b))) / float64(len(a)+len(b))
}

// frame are words that most questions have: two that share nothing else ask something else.
var frame = strings.Fields("how what which why when where who do did does is are was were be have has had you your we our us to a an the of in on at for with and or please rate it this that 您 你 我 们 的 对 有 多 吗 了 请 在 是 么 什 怎 样 这 那 和 与 为 何 哪 些 以 下 评 价")

// content are the words that are not of the frame; all of them where no other is left.
func content(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(frame, w) {
			out = append(out, w)
		}
	}
	if out == nil {
		return words
	}
	return out
}

// denials are the words and signs that turn a sentence round.
var (
	denials  = []string{"not", "no", "never", "none", "without", "neither", "nor", "cannot", "nicht", "kein", "keine", "ne", "pas"}
	prefixes = []string{"dis", "un", "in"}
	signs    = []string{"不", "没", "未", "无", "非", "否", "勿"}
)

// negated reports whether a word came or went that turns the sentence round:
// a denial, or the same word with and without dis-, un- or in-.
func negated(a, b []string) bool {
	gone, came := slices.Clone(a), slices.Clone(b)
	for _, m := range slices.Backward(common(a, b)) {
		gone = slices.Delete(gone, m[0], m[0]+1)
		came = slices.Delete(came, m[1], m[1]+1)
	}
	if denialsIn(gone)%2 != denialsIn(came)%2 {
		return true
	}
	return turned(gone, came) || turned(came, gone)
}

// asking are pairs of signs that ask, and deny nothing: 是否, 能否, 会不会, 有没有.
var asking = regexp.MustCompile(`(是|能|可|会|应|曾|有)否|(\p{Han})(不|没)\p{Han}`)

// unasked takes out of a text what asks by a sign of denial: 会不会, 有没有, 是否.
func unasked(s string) string {
	return asking.ReplaceAllStringFunc(s, func(m string) string {
		r := []rune(m)
		if len(r) == 3 && r[0] != r[2] { // 很不满
			return m
		}
		return string(r[:1])
	})
}

func denialsIn(words []string) int {
	n := 0
	for _, w := range words {
		if slices.Contains(denials, w) || slices.Contains(signs, w) || strings.HasSuffix(w, "n't") {
			n++
		}
	}
	return n
}

// turned reports whether a word of a stands in b with a prefix that turns it.
func turned(a, b []string) bool {
	for _, w := range a {
		for _, p := range prefixes {
			if len(w) > 3 && slices.Contains(b, p+w) {
				return true
			}
		}
	}
	return false
}
