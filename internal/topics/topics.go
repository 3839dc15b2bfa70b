// Package topics says by rules what an answer in words is about: each topic
// has words that mean it and phrases that do not. It keeps no text, knows no
// survey and guesses nothing: the same rules give the same topics anywhere.
//
// Text and rules are compared after compatibility composition (NFKC) and full
// case folding, without characters that have no width, every run of blanks as
// one. A word that begins or ends with a letter or digit of a script written
// with blanks (Latin, Greek, Cyrillic, Hangul, Arabic …) begins and ends there
// in the text as well; a trailing * lets it go on. Words of scripts written
// without blanks (Han, kana, Thai …), signs and emoji are found anywhere.
// Traditional and simplified characters are different characters.
package topics

import (
	"slices"
	"strings"
)

// Rule is what one topic is told by.
type Rule struct {
	Any []string // a mention of one of these is a mention of the topic
	Not []string // phrases that are taken out of the text first
}

// Matcher finds the topics of texts. It does not change once made, so that
// goroutines may share it.
type Matcher struct {
	first   []int32 // by rune of the basic plane: the first step from the root, 0 for none
	next    map[step]int32
	ends    [][]int32 // by node: the words that end there
	words   []word
	topics  int
	nothing map[string]bool // folded answers that say nothing
}

// basicPlane is how many runes most texts are made of.
const basicPlane = 0x10000

// step is one rune further from a node of the tree of all words.
type step struct {
	node int32
	r    rune
}

// word is one word of one topic.
type word struct {
	topic int32
	not   bool
	tail  bool // it must end where a word does; where it may begin, its first letter says
}

// New makes the matcher of some topics. Nothing are answers which, given alone,
// say that there is nothing to say. Words that Plain refuses are left out.
func New(rules []Rule, nothing []string) *Matcher {
	m := &Matcher{first: make([]int32, basicPlane), next: map[step]int32{}, ends: make([][]int32, 1), topics: len(rules), nothing: map[string]bool{}}
	for i, rule := range rules {
		for _, w := range rule.Any {
			m.add(w, word{topic: int32(i)})
		}
		for _, w := range rule.Not {
			m.add(w, word{topic: int32(i), not: true})
		}
	}
	for _, s := range nothing {
		m.nothing[bare(fold(s))] = true
	}
	return m
}

// Topics is how many topics there are.
func (m *Matcher) Topics() int { return m.topics }

// Plain reports whether a word can be found: it holds more than blanks, and a
// star nowhere but at its end.
func Plain(s string) bool {
	open, _ := strings.CutSuffix(strings.TrimSpace(s), "*")
	return fold(open) != "" && !strings.Contains(open, "*")
}

func (m *Matcher) add(s string, w word) {
	if !Plain(s) {
		return
	}
	open, star := strings.CutSuffix(strings.TrimSpace(s), "*")
	letters := []rune(fold(open))
	w.tail = joined(letters[len(letters)-1]) && !star
	node := int32(0)
	for _, r := range letters {
		to, ok := m.next[step{node, r}]
		if !ok {
			to = int32(len(m.ends))
			m.ends = append(m.ends, nil)
			m.next[step{node, r}] = to
			if node == 0 && r < basicPlane {
				m.first[r] = to
			}
		}
		node = to
	}
	m.ends[node] = append(m.ends[node], int32(len(m.words)))
	m.words = append(m.words, w)
}

// Find returns the topics that a text mentions, ascending; said is false where
// the text only says that there is nothing to say.
func (m *Matcher) Find(text string) (topics []int32, said bool) {
	folded := fold(text)
	if m.nothing[bare(folded)] {
		return nil, false
	}
	found, out := m.scan([]rune(folded))
	for _, o := range found {
		if !out[o.topic].touches(o) {
			topics = append(topics, o.topic)
		}
	}
	slices.Sort(topics)
	return slices.Compact(topics), true
}

// occurrence is where a word of a topic stands in a text.
type occurrence struct {
	topic    int32
	from, to int
}

// scan finds the words that stand in a text, in the order of their beginnings,
// and by topic what is taken out for it.
func (m *Matcher) scan(text []rune) (found []occurrence, out map[int32]*cuts) {
	for from, r := range text {
		if from > 0 && joined(r) && joined(text[from-1]) {
			continue // inside a word nothing begins
		}
		node := m.step(0, r)
		for to := from + 1; node > 0; to++ {
			for _, i := range m.ends[node] {
				switch w := m.words[i]; {
				case w.tail && to < len(text) && joined(text[to]):
				case w.not:
					if out == nil {
						out = map[int32]*cuts{}
					}
					if out[w.topic] == nil {
						out[w.topic] = &cuts{}
					}
					out[w.topic].add(from, to)
				default:
					found = append(found, occurrence{w.topic, from, to})
				}
			}
			if to >= len(text) {
				break
			}
			node = m.step(node, text[to])
		}
	}
	return found, out
}

// step is the node one rune further, 0 where no word goes on so.
func (m *Matcher) step(node int32, r rune) int32 {
	if node == 0 && r < basicPlane {
		return m.first[r]
	}
	return m.next[step{node, r}]
}

// cuts are the stretches of a text that are taken out for a topic, in the order
// of their beginnings; those that touch are one.
type cuts [][2]int

func (c *cuts) add(from, to int) {
	if last := len(*c) - 1; last >= 0 && from < (*c)[last][1] {
		(*c)[last][1] = max((*c)[last][1], to)
		return
	}
	*c = append(*c, [2]int{from, to})
}

// touches reports whether any of an occurrence is taken out.
func (c *cuts) touches(o occurrence) bool {
	if c == nil {
		return false
	}
	i, _ := slices.BinarySearchFunc(*c, o.from, func(x [2]int, from int) int { // the first that ends behind its beginning
		if x[1] <= from {
			return -1
		}
		return 1
	})
	return i < len(*c) && (*c)[i][0] < o.to
}
