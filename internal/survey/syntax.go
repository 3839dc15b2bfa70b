package survey

import (
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

var reportedLine = regexp.MustCompile(`^line (\d+): `)

// syntaxProblem says where and why text is not YAML, and what to write instead.
func (s *source) syntaxProblem(text string, err error) diag.Problem {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := reportedLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = message[len(m[0]):]
		if strings.HasPrefix(message, "did not find expected") {
			line++ // the parser, unlike the scanner, counts lines from 0
		}
	}
	if found := s.firstBadLine(); found > 0 {
		line = found
	}
	line = min(line, len(s.lines))
	shown := s.line(line)
	content := strings.TrimLeft(shown, " \t")
	return diag.Problem{
		Code:    "syntax",
		Place:   s.at(line, 1+utf8.RuneCountInString(shown)-utf8.RuneCountInString(content), utf8.RuneCountInString(content)),
		Source:  shown,
		Summary: diag.Say("this is not YAML: %s", saidByParser(message)),
		Cure:    syntaxCure(shown, message),
	}
}

// parserSays are the messages of the YAML parser that authors meet most.
var parserSays = []diag.Phrase{
	diag.Say("mapping values are not allowed in this context"),
	diag.Say("block sequence entries are not allowed in this context"),
	diag.Say("could not find expected ':'"),
	diag.Say("did not find expected key"),
	diag.Say("did not find expected '-' indicator"),
	diag.Say("did not find expected ',' or '}'"),
	diag.Say("did not find expected ',' or ']'"),
	diag.Say("did not find expected node content"),
	diag.Say("found character that cannot start any token"),
	diag.Say("found a tab character that violates indentation"),
	diag.Say("found unexpected end of stream"),
	diag.Say("found unknown escape character"),
}

// saidByParser is a message of the YAML parser as a phrase, so that it is said in Chinese too.
func saidByParser(message string) diag.Phrase {
	for _, p := range parserSays {
		if p.Format == message {
			return p
		}
	}
	return diag.Say("%s", message)
}

// Limits of the search for the line at fault, which parses beginnings of the file.
const (
	searchBytes = 4 << 20 // parsed in all: well under a second
	lookAhead   = 40      // lines a flow mapping or quoted text may go on
)

// firstBadLine returns the line after the longest beginning of the file that
// is YAML, or 0 if that takes too long to find. The YAML parser itself names
// the line where the enclosing block began, which may be the first of the file.
func (s *source) firstBadLine() int {
	budget := searchBytes
	good, bad := 0, len(s.lines)
	for budget > 0 {
		for bad-good > 1 {
			if middle := (good + bad) / 2; s.begins(middle, &budget) {
				good = middle
			} else {
				bad = middle
			}
		}
		// A beginning may end inside a text that goes on: look for a longer one.
		further := 0
		for n := min(good+lookAhead, len(s.lines)-1); n > good+1 && further == 0; n-- {
			if s.begins(n, &budget) {
				further = n
			}
		}
		if further == 0 && budget > 0 {
			return good + 1
		}
		good, bad = further, len(s.lines)
	}
	return 0
}

// begins reports whether the first n lines are YAML; false when the budget of bytes is spent.
func (s *source) begins(n int, budget *int) bool {
	text := strings.Join(s.lines[:n], "\n") + "\n"
	if *budget -= len(text); *budget < 0 {
		return false
	}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var node yaml.Node
		if err := decodeNode(decoder, &node); err == io.EOF {
			return true
		} else if err != nil {
			return false
		}
	}
}

var (
	secondColon = regexp.MustCompile(`:\s[^"'|>{\[]*:(\s|$)`)
	startsBadly = regexp.MustCompile("(:|-)\\s+[@`%&*!]")
)

// syntaxCure guesses from the line what its author meant.
func syntaxCure(line, message string) diag.Phrase {
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	switch {
	case strings.Contains(indent, "\t"):
		return diag.Say("indent with spaces, not with tabs")
	case strings.Contains(line, "{{"):
		return diag.Say(`put a text with {{ }} in quotes, or write it below a line "key: |"`)
	case strings.Contains(line, "{") && strings.ContainsAny(line, "?,:"):
		return diag.Say("inside { } the signs ? , : are part of YAML: put the text in quotes,\nor write one language a line, indented below the key")
	case strings.ContainsRune(line, '：') && !strings.Contains(line, ": "):
		return diag.Say("write the colon after a key as : followed by a space, not as ：")
	case secondColon.MatchString(line):
		return diag.Say("put a text that has a colon in quotes")
	case startsBadly.MatchString(line):
		return diag.Say("put a text that starts with this sign in quotes")
	case strings.Count(line, `"`)%2 == 1 || strings.Count(line, "'")%2 == 1:
		return diag.Say("close the quotes; a quote inside quotes is doubled ('') or written \\\"")
	case strings.Contains(message, "could not find expected ':'"):
		return diag.Say(`write "key: value", with a space after the colon`)
	}
	return diag.Say("check the indentation of this line against the lines above it")
}
