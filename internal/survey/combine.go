package survey

import (
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/templates"
)

// Block is a part of a questionnaire that can be added to a starter:
// blocks/NAME.yaml of the templates, a fragment of survey.yaml.
type Block struct {
	Name   string
	Title  Text
	Note   Text       // what it asks
	About  Text       // Markdown for the page about the questionnaire
	Shared [][]string // what is left out where the starter has the first of them already
	Forms  bool       // it may be added to a form of complaint

	file *source
}

// blockOrder is the order in which blocks are listed and added: what others can share comes first.
var blockOrder = []string{"csat", "ces", "nps", "loyalty", "importance", "kano", "problem", "handling", "reasons", "profile"}

var blockKeys = []key[Block]{
	{"title", "what it is called", text(func(b *Block) *Text { return &b.Title }), required},
	{"note", "what it asks", text(func(b *Block) *Text { return &b.Note }), required},
	{"about", "text for the page about the questionnaire", text(func(b *Block) *Text { return &b.About }), required},
	{"shared", "columns that are left out where the first of them is there already", items(func(b *Block) *[][]string { return &b.Shared }, listOf(plainShape("string")), sharedColumns), optional},
	{"forms", "it may be added to a form of complaint", boolean(func(b *Block) *bool { return &b.Forms }), optional},
	{"survey", "what it adds to survey.yaml", formed(keyed(surveyKeys), func(*reader, *yaml.Node, *Block) {}), required},
}

func sharedColumns(r *reader, n *yaml.Node) (out []string, ok bool) {
	for e := range r.list(n) {
		if s, ok := r.str(e); ok {
			out = append(out, s)
		}
	}
	return out, len(out) > 0
}

// Blocks are the blocks that can be added to a starter, in their order.
func Blocks(problems *diag.List) []Block {
	var out []Block
	for _, name := range blockOrder {
		file := load(templates.Files, "blocks/"+name+".yaml", problems)
		if file == nil {
			continue
		}
		b := Block{Name: name, file: file}
		r := newReader(file, problems)
		r.languages = blockLanguages
		mapping(r, file.root, diag.Say("a block"), blockKeys, &b)
		out = append(out, b)
	}
	return out
}

// Combined is a starter with blocks.
type Combined struct {
	File  string // surveys/ID/survey.yaml
	ID    string
	Body  []byte
	About Text // what is added to the page about the questionnaire
}

// Combine adds the named blocks to the survey of a starter. What it returns is
// laid out as Format does it; comments stay. The phrase says why it cannot be.
func Combine(starter string, names []string) (*Combined, diag.Phrase) {
	var problems diag.List
	root, err := fs.Sub(templates.Files, path.Join("starters", starter))
	if err != nil {
		return nil, diag.Say("%s", err)
	}
	files, _ := fs.Glob(root, "surveys/*/survey.yaml")
	if len(files) == 0 {
		return nil, diag.Say("starter %q has no survey", starter)
	}
	file := load(root, files[0], &problems)
	if file == nil {
		return nil, diag.Say("starter %q cannot be read", starter)
	}
	out := &Combined{File: files[0], ID: path.Base(path.Dir(files[0])), About: Text{}}
	m := merger{name: diag.Say("starter %q", starter), said: minutesOf(file.root)}
	for _, b := range Blocks(&problems) {
		if !slices.Contains(names, b.Name) {
			continue
		}
		body, why := m.add(file, b)
		if !why.Empty() {
			return nil, why
		}
		for lang, text := range b.About {
			out.About[lang] += "\n" + strings.TrimRight(text, "\n") + "\n"
		}
		file = reload(file.name, body)
		m.name = diag.Say("%s with block %q", m.name, b.Name)
	}
	out.Body = m.minutes(strings.Join(file.lines, "\n"))
	return out, diag.Phrase{}
}

// reload reads a definition that was just written.
func reload(name string, body []byte) *source {
	s := &source{name: name, lines: splitLines(string(body))}
	var problems diag.List
	if !s.parse(string(body), &problems) {
		panic("survey: a combined definition cannot be read: " + problems.Problems()[0].Summary.String())
	}
	return s
}

// merger adds blocks to a definition.
type merger struct {
	name  diag.Phrase // what is added to
	said  bool        // the introduction says how long it takes
	added float64     // minutes
}

// minutesOf reports whether the introduction says how long it takes.
func minutesOf(root *yaml.Node) bool {
	intro := child(root, "intro")
	if intro == nil {
		return false
	}
	for _, n := range append([]*yaml.Node{intro}, intro.Content...) {
		if said.MatchString(n.Value) {
			return true
		}
	}
	return false
}

// introduction is the lines of the key intro.
var introduction = regexp.MustCompile(`(?m)^intro:.*\n([ \t].*\n|\n)*`)

// minutes writes the time of the blocks into the introduction.
func (m *merger) minutes(body string) []byte {
	more := int(math.Round(m.added))
	if !m.said || more == 0 {
		return []byte(body)
	}
	return []byte(introduction.ReplaceAllStringFunc(body, func(intro string) string {
		return said.ReplaceAllStringFunc(intro, func(s string) string {
			parts := said.FindStringSubmatch(s)
			n, _ := strconv.Atoi(parts[1])
			unit := parts[2]
			if n+more > 1 {
				unit = strings.Replace(unit, " minute*", " minutes*", 1)
			}
			return "**" + strconv.Itoa(n+more) + unit
		})
	}))
}
