package version

import (
	"maps"
	"slices"
	"strings"

	"manyi/internal/diag"
)

// The share of common words, those of the frame left out, below which a text is another one, and from which
// a change may be a typing error.
const (
	another = 0.4
	nearly  = 0.7
)

// textOf is a canonical text by language.
func textOf(v any) map[string]string {
	out := map[string]string{}
	switch v := v.(type) {
	case string:
		out[""] = v
	case object:
		for lang, t := range v {
			if s, ok := t.(string); ok {
				out[lang] = s
			}
		}
	}
	return out
}

// wording is what two texts say of each other.
type wording struct {
	words   []Words
	kind    Kind // Wording, Direction or Reused
	verdict Verdict
	reason  diag.Phrase
}

// compareTexts compares a text in all its languages; ok is false where they are equal.
// A text that is another one in every language that both have is not a change of wording.
func compareTexts(old, latest any) (w wording, ok bool) {
	a, b := textOf(old), textOf(latest)
	spread(a, b)
	spread(b, a)
	if maps.Equal(a, b) {
		return w, false
	}
	w = wording{kind: Wording, reason: diag.Say("the words are the same: only signs, blanks or capitals differ")}
	both, other, turned, changed := 0, 0, false, false
	for _, lang := range languages(a, b) {
		x, inOld := a[lang]
		y, inNew := b[lang]
		if inOld && inNew {
			both++
		}
		if x == y {
			continue
		}
		x, y = start(x), start(y)
		w.words = append(w.words, diffWords(lang, x, y))
		if !inOld || !inNew {
			w.reason = diag.Say("a translation came or went; the others are as they were")
			continue
		}
		p, q := letters(x), letters(y)
		if slices.Equal(p, q) && len(x) < longestText {
			continue
		}
		changed = true
		if similarity(content(p), content(q)) < another {
			other++
		}
		turned = turned || negated(letters(unasked(x)), letters(unasked(y)))
	}
	switch {
	case len(a) == 0 || len(b) == 0:
		w.verdict, w.reason = Marked, diag.Say("a text came or went")
	case both == 0:
		w.verdict, w.reason = Marked, diag.Say("the versions share no language: compare the texts yourself")
	case changed && other == both:
		w.kind, w.verdict, w.reason = Reused, New, diag.Say("the text is another one: the id now stands for something else")
	case turned:
		w.kind, w.verdict, w.reason = Direction, New, diag.Say("a denial came or went: agreeing may now mean the opposite")
	case other > 0:
		w.verdict, w.reason = Marked, diag.Say("in one language the text is another one, in another it stayed: see that they still ask the same")
	case changed:
		w.verdict, w.reason = Marked, diag.Say("other words can get other answers")
	}
	return w, true
}

// longestText is how much of a text is compared word by word, in bytes.
const longestText = 8 << 10

// start is as much of a text as is compared.
func start(s string) string {
	if len(s) <= longestText {
		return s
	}
	return strings.ToValidUTF8(s[:longestText], "")
}

// spread gives a text that is good for all languages to each language of the other.
func spread(a, b map[string]string) {
	plain, ok := a[""]
	if _, both := b[""]; !ok || both || len(b) == 0 {
		return
	}
	delete(a, "")
	for lang := range b {
		a[lang] = plain
	}
}

func languages(a, b map[string]string) []string {
	var out []string
	out = slices.AppendSeq(out, maps.Keys(a))
	out = slices.AppendSeq(out, maps.Keys(b))
	slices.Sort(out)
	return slices.Compact(out)
}
