package page

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"manyi/internal/survey"
)

// module is one file of theme/survey/ and the surveys that need it, nil: all.
type module struct {
	name  string
	needs func(f features) bool
}

// modules in the order in which they stand in the script: core defines what
// the others add to, start runs when all are there.
var modules = []module{
	{"core", nil},
	{"expression", func(f features) bool { return f.expressions }},
	{"answers", nil},
	{"language", nil},
	{"pipe", func(f features) bool { return f.pipes }},
	{"hidden", func(f features) bool { return f.hidden }},
	{"shuffle", func(f features) bool { return f.shuffle }},
	{"check", nil},
	{"steps", nil},
	{"choices", nil},
	{"ranking", has(survey.Ranking)},
	{"sum", has(survey.ConstantSum)},
	{"slider", has(survey.Slider)},
	{"reveal", has(survey.MaxDiff, survey.KanoPairs)},
	{"cascade", has(survey.Cascade)},
	{"code", nil},
	{"sha256", nil},
	{"age", func(f features) bool { return f.seal }},
	{"canary", func(f features) bool { return f.seal }},
	{"consent", func(f features) bool { return f.consent }},
	{"tabs", nil},
	{"draft", nil},
	{"qr", func(f features) bool { return f.picture }},
	{"outbox", func(f features) bool { return f.posts }},
	{"sent", func(f features) bool { return f.posts }},
	{"hand", func(f features) bool { return !f.posts }},
	{"send", nil},
	{"receipt", nil},
	{"kiosk", func(f features) bool { return f.kiosk }},
	{"quiz", func(f features) bool { return f.quiz }},
	{"start", nil},
}

func has(types ...survey.Type) func(features) bool {
	return func(f features) bool {
		return slices.ContainsFunc(types, func(t survey.Type) bool { return f.types[t] })
	}
}

// features are what a survey asks of the script.
type features struct {
	types                                                     map[survey.Type]bool
	expressions, pipes, hidden, shuffle, picture, kiosk, quiz bool
	posts, seal, consent                                      bool
}

// features finds what the survey uses. The code is drawn as a picture where
// it is the way to hand answers over.
func (s Survey) features() features {
	v := s.Survey
	f := features{types: map[survey.Type]bool{}, hidden: len(v.Hidden) > 0, expressions: len(v.Calculated) > 0, kiosk: v.Collect.Kiosk}
	f.quiz = v.TimeLimit > 0
	f.pipes = pipedText(v.Intro)
	for _, p := range v.Pages {
		f.expressions = f.expressions || p.ShowIf != nil
		f.shuffle = f.shuffle || p.Shuffled
		f.pipes = f.pipes || pipedText(p.Title, p.Text)
		for _, q := range p.Questions {
			f.types[q.Type] = true
			f.question(q)
		}
	}
	for _, e := range v.Endings {
		f.expressions = f.expressions || e.ShowIf != nil
		f.pipes = f.pipes || pipedText(e.Text)
	}
	f.expressions = f.expressions || f.quiz
	f.posts, f.seal, f.consent = v.Collect.Posts(), v.Collect.Sealed(), len(v.Privacy.Consents()) > 0
	f.picture = !f.posts && !f.seal && !s.selfTest()
	return f
}

func (f *features) question(q *survey.Question) {
	f.quiz = f.quiz || len(q.Correct) > 0 || q.TimeLimit > 0
	f.shuffle = f.shuffle || q.Randomize != ""
	f.expressions = f.expressions || q.ShowIf != nil || q.RequiredIf != nil
	f.pipes = f.pipes || pipedText(q.Text, q.Help)
	for _, rows := range [][]survey.Row{q.Rows, q.Items, q.Features} {
		for _, r := range rows {
			f.expressions = f.expressions || r.ShowIf != nil
			f.pipes = f.pipes || pipedText(r.Label)
		}
	}
	if q.Scale == nil {
		return
	}
	for _, o := range q.Scale.Options {
		f.expressions = f.expressions || o.ShowIf != nil
		f.pipes = f.pipes || pipedText(o.Label)
	}
}

func pipedText(all ...survey.Text) bool {
	for _, t := range all {
		for _, text := range t {
			if pipes.MatchString(text) {
				return true
			}
		}
	}
	return false
}

// selfTest reports whether the page scores the answers and sends nothing: a
// quiz without a receiver.
func (s Survey) selfTest() bool {
	v := s.Survey
	if v.Collect.Channel != "" {
		return false
	}
	for _, p := range v.Pages {
		if slices.ContainsFunc(p.Questions, func(q *survey.Question) bool { return len(q.Correct) > 0 }) {
			return true
		}
	}
	return false
}

// scripts holds the files of theme/survey/ and the bundles made of them.
type scripts struct {
	source map[string]string
	lock   sync.Mutex
	made   map[string]bundle // by the names of the modules
}

// bundle is the script of a survey: what stands between its tags, the hash
// of that for the policy, and the words it may say.
type bundle struct {
	text  template.JS
	hash  string
	words []string
}

func loadScripts(fsys fs.FS) (*scripts, error) {
	out := &scripts{source: map[string]string{}, made: map[string]bundle{}}
	for _, m := range modules {
		b, err := fs.ReadFile(fsys, "theme/survey/"+m.name+".js")
		if err != nil {
			return nil, fmt.Errorf("read the theme: %w", err)
		}
		out.source[m.name] = string(b)
	}
	return out, nil
}

// bundle joins the modules that f needs, in one function and without comments
// and blanks.
func (s *scripts) bundle(f features) (bundle, error) {
	var names []string
	var all strings.Builder
	for _, m := range modules {
		if m.needs == nil || m.needs(f) {
			names = append(names, m.name)
			all.WriteString(s.source[m.name])
		}
	}
	key := strings.Join(names, " ")
	s.lock.Lock()
	defer s.lock.Unlock()
	if made, ok := s.made[key]; ok {
		return made, nil
	}
	text, err := minified("(()=>{" + all.String() + "})()")
	if err != nil {
		return bundle{}, fmt.Errorf("join the scripts of the survey page: %w", err)
	}
	sum := sha256.Sum256([]byte(text))
	made := bundle{text: template.JS(text), hash: "sha256-" + base64.StdEncoding.EncodeToString(sum[:]), words: literals(all.String())}
	s.made[key] = made
	return made, nil
}

// minified takes comments and blanks from a script and shortens local names.
func minified(source string) (string, error) {
	m := minify.New()
	m.Add("text/javascript", &js.Minifier{Version: 2022})
	text, err := m.String("text/javascript", source)
	if err != nil {
		return "", err
	}
	if lower := strings.ToLower(text); strings.Contains(lower, "</script") || strings.Contains(lower, "<!--") {
		return "", errors.New("a script must not hold </script or <!--")
	}
	return text, nil
}

var literal = regexp.MustCompile(`"([a-z_]+(\.[a-z_]+)?)"`)

// literals are the texts in a script that may be names of words.
func literals(source string) []string {
	var out []string
	for _, m := range literal.FindAllStringSubmatch(source, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// policy is what the page may do: its own style and script, and one receiver.
func policy(style string, script bundle, c survey.Collect) string {
	sum := sha256.Sum256([]byte(style))
	to := "'none'"
	switch {
	case c.Posts() && c.URL != "":
		to = c.URL
	case c.Posts():
		to = "'self'"
	}
	form := to
	if c.Sealed() {
		form = "'none'" // a form without script would send answers in clear
	}
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; script-src '" + script.hash + "'; img-src data:; connect-src " + to +
		"; form-action " + form + "; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}
