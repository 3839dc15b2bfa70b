package page

import (
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"manyi/internal/survey"
)

// piece is a part of a text: plain, or the answer to the question Pipe, for
// which Text stands until there is one.
type piece struct{ Pipe, Text string }

// pipes are {{ id | fallback }}; the definition has checked them.
var pipes = regexp.MustCompile(`\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\|\s*(.*?)\s*\}\}`)

// piped takes a text apart where it has answers of other questions in it.
func piped(lang, text string) said {
	out := said{Lang: lang, Text: text}
	at := 0
	for _, m := range pipes.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > at {
			out.Parts = append(out.Parts, piece{Text: text[at:m[0]]})
		}
		out.Parts = append(out.Parts, piece{Pipe: text[m[2]:m[3]], Text: text[m[4]:m[5]]})
		at = m[1]
	}
	if at > 0 && at < len(text) {
		out.Parts = append(out.Parts, piece{Text: text[at:]})
	}
	return out
}

// unpiped is a text with the fallbacks in it, for where no script can fill it in.
func unpiped(text string) string { return pipes.ReplaceAllString(text, "$2") }

// mark stands for a piped answer while Markdown is rendered: private characters, which authors' texts lose.
const markOpen, markClose = "\uE0F0", "\uE0F1"

var (
	marks   = strings.NewReplacer(markOpen, "", markClose, "")
	markers = regexp.MustCompile(markOpen + `([0-9]+)` + markClose)
)

// markdown renders a text with the piped answers in it, in every language.
func (s Survey) markdown(t survey.Text) ([]said, error) {
	out := s.texts(t)
	for i := range out {
		var found []piece
		source := pipes.ReplaceAllStringFunc(marks.Replace(out[i].Text), func(m string) string {
			parts := pipes.FindStringSubmatch(m)
			found = append(found, piece{Pipe: parts[1], Text: parts[2]})
			return markOpen + strconv.Itoa(len(found)-1) + markClose
		})
		html, err := Markdown([]byte(source), Writing{})
		if err != nil {
			return nil, err
		}
		out[i].HTML = trusted(markers.ReplaceAllStringFunc(string(html), func(m string) string {
			n, _ := strconv.Atoi(markers.FindStringSubmatch(m)[1])
			if n >= len(found) {
				return ""
			}
			return `<span data-pipe="` + template.HTMLEscapeString(found[n].Pipe) + `">` + template.HTMLEscapeString(found[n].Text) + `</span>`
		}))
	}
	return out, nil
}
