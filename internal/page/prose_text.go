package page

import (
	"strings"
	"unicode/utf8"
)

// shortLink is the number of characters up to which the words of a link stay on one line.
const shortLink = 8

// untouched are the elements whose text is not prose.
var untouched = []string{"figure", "pre", "code", "script"}

// unbrokenProse keeps together, in the text between the tags of rendered Markdown,
// what belongs together, and the words of short links.
func unbrokenProse(html string) string {
	var b strings.Builder
	b.Grow(len(html) + len(html)/16)
	for html != "" {
		text, rest, tagged := strings.Cut(html, "<")
		b.WriteString(unbroken(text))
		if !tagged {
			break
		}
		tag := "<" + rest[:strings.IndexByte(rest, '>')+1]
		html = rest[len(tag)-1:]
		for _, name := range untouched {
			if inside, after, ok := strings.Cut(html, "</"+name+">"); ok && strings.HasPrefix(tag, "<"+name) {
				tag, html = tag+inside+"</"+name+">", after
				break
			}
		}
		if words, end, _ := strings.Cut(html, "<"); strings.HasPrefix(tag, "<a ") && strings.HasPrefix(end, "/a>") && utf8.RuneCountInString(words) <= shortLink {
			tag = `<a class="nb" ` + strings.TrimPrefix(tag, "<a ")
		}
		b.WriteString(tag)
	}
	return b.String()
}
