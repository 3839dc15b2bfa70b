package survey

import (
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

var (
	pipe     = regexp.MustCompile(`\{\{(.*?)\}\}`)
	pipeName = regexp.MustCompile(`^\s*([^\s|]+)\s*(\|\s*(.*\S)\s*)?$`)
)

// Piece is a part of a text: words, or the answer to a question with what is
// said where there is none.
type Piece struct {
	Words string
	Name  string // the question or column, "" of words
}

// Pieces cuts a text at its {{ id | fallback }}.
func Pieces(text string) []Piece {
	var out []Piece
	rest := 0
	for _, m := range pipe.FindAllStringSubmatchIndex(text, -1) {
		parts := pipeName.FindStringSubmatch(text[m[2]:m[3]])
		if parts == nil || parts[2] == "" {
			continue
		}
		if m[0] > rest {
			out = append(out, Piece{Words: text[rest:m[0]]})
		}
		out = append(out, Piece{Words: parts[3], Name: parts[1]})
		rest = m[1]
	}
	if rest < len(text) {
		out = append(out, Piece{Words: text[rest:]})
	}
	return out
}

// Unpiped is a text with the fallbacks instead of answers.
func Unpiped(text string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	var out strings.Builder
	for _, p := range Pieces(text) {
		out.WriteString(p.Words)
	}
	return out.String()
}

// piping checks the {{ id | fallback }} of a text.
func (r *reader) piping(n *yaml.Node) {
	if r.def == nil || !strings.Contains(n.Value, "{{") {
		return
	}
	at := r.offsets(n)
	for _, m := range pipe.FindAllStringSubmatchIndex(n.Value, -1) {
		inner := n.Value[m[2]:m[3]]
		place := at.place(m[0], m[1])
		parts := pipeName.FindStringSubmatch(inner)
		if parts == nil || parts[2] == "" {
			r.report(diag.Problem{
				Code: "piping", Place: place, Summary: diag.Say("%q has no fallback", shorten(n.Value[m[0]:m[1]])),
				Cure: diag.Say("write {{ id | what to say without an answer }}"),
			})
			continue
		}
		owner := r.def.asking
		r.def.check(func() { r.piped(parts[1], n, owner, place) })
	}
}

// piped judges a name whose answer is shown by a text at n, of the question owner if of any.
func (r *reader) piped(name string, n *yaml.Node, owner *Question, place diag.Place) {
	c := r.def.column(name)
	problem := diag.Problem{Code: "piping", Place: place}
	switch {
	case c == nil || c.role == silent:
		problem.Code, problem.Summary, problem.Cure = "unknown-name", diag.Say("piping of unknown question %q", name), didYouMean(name, r.def.names())
	case c.role == derived:
		problem.Rule, problem.Summary, problem.Cure = c.at, diag.Say("derived column %q is not known while the respondent answers", name), diag.Say("show the column it comes from")
	case c.role == group && !c.listed():
		problem.Rule, problem.Summary, problem.Cure = c.at, diag.Say("question %q is more than one column", name), diag.Say("name one of its columns, such as %s_…", name)
	case c.question == nil:
		return
	case c.question == owner:
		problem.Rule, problem.Summary, problem.Cure = c.at, diag.Say("question %q shows its own answer", name), diag.Say("show it in a later question")
	case c.at.Line > n.Line:
		problem.Severity, problem.Code, problem.Rule = diag.Warning, "asked-later", c.at
		problem.Summary, problem.Cure = diag.Say("the answer to %q is shown before it is asked", name), diag.Say("move the text behind that question")
	default:
		return
	}
	r.report(problem)
}
