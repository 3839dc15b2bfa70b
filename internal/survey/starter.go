package survey

import (
	"io/fs"
	"path"
	"slices"

	"manyi/internal/diag"
	"manyi/templates"
)

// StarterGroup is some starters under one heading, in the order of starters/list.yaml.
type StarterGroup struct {
	Title    Text
	Starters []string
}

// Starter is a workspace to begin with.
type Starter struct {
	Name    string
	Surveys []*Survey
}

// starterList is starters/list.yaml.
type starterList struct{ groups []StarterGroup }

var starterListKeys = []key[starterList]{
	{"groups", "groups of starters", objects(diag.Say("a group"), func(l *starterList) *[]StarterGroup { return &l.groups }, starterGroupKeys), required},
}

var starterGroupKeys = []key[StarterGroup]{
	{"title", "heading of the group", text(func(g *StarterGroup) *Text { return &g.Title }), required},
	{"starters", "names of the starters", items(func(g *StarterGroup) *[]string { return &g.Starters }, plainShape("string"), (*reader).str), required},
}

// blockLanguages are the languages of the starters and blocks.
var blockLanguages = []string{"zh-CN", "en"}

// StarterGroups are the starters by group.
func StarterGroups(problems *diag.List) []StarterGroup {
	file := load(templates.Files, "starters/list.yaml", problems)
	if file == nil {
		return nil
	}
	r := newReader(file, problems)
	r.languages = blockLanguages
	var l starterList
	mapping(r, file.root, diag.Say("the file"), starterListKeys, &l)
	return l.groups
}

// StarterNames are the names of all starters, in their order.
func StarterNames() []string {
	var out []string
	for _, g := range StarterGroups(&diag.List{}) {
		out = append(out, g.Starters...)
	}
	return out
}

// OpenStarter reads the surveys of a starter.
func OpenStarter(name string, problems *diag.List) Starter {
	s := Starter{Name: name}
	root, err := fs.Sub(templates.Files, path.Join("starters", name))
	if err != nil {
		return s
	}
	entries, _ := fs.ReadDir(root, "surveys") // none: no survey
	for _, e := range entries {
		if x := Parse(root, path.Join("surveys", e.Name()), nil, problems); x != nil {
			s.Surveys = append(s.Surveys, x)
		}
	}
	return s
}

// Length is that of all surveys of the starter.
func (s Starter) Length() (items, minutes int) {
	for _, x := range s.Surveys {
		i, m := x.Length()
		items, minutes = items+i, minutes+m
	}
	return items, minutes
}

// Methods are the methods of its analyses, each once, in the order of the file.
func (s Starter) Methods() []string {
	var out []string
	for _, x := range s.Surveys {
		if x.Kind == ComplaintKind {
			out = append(out, complaintsLedger)
		}
		for _, a := range x.Analyses {
			if !slices.Contains(out, a.Method) {
				out = append(out, a.Method)
			}
		}
	}
	return out
}
