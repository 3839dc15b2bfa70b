package survey

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/templates"
)

// presetDraft is a known path model as its file has it.
type presetDraft struct {
	title, source Text
	status        string
	target        string
	constructs    []PathConstruct
	paths         [][2]string
}

var presetKeys = []key[presetDraft]{
	{"manyi", "format of this file: 1", format[presetDraft](), required},
	{"languages", "languages of the labels", languageList[presetDraft](nil), required},
	{"title", "what the model is called", text(func(p *presetDraft) *Text { return &p.title }), required},
	{"status", "published, or unconfirmed", word(func(p *presetDraft) *string { return &p.status }, "published", "unconfirmed"), required},
	{"source", "where it is published", text(func(p *presetDraft) *Text { return &p.source }), required},
	{"target", "the construct that matters", str(func(p *presetDraft) *string { return &p.target }), required},
	{"constructs", "constructs of the model", objects(diag.Say("a construct"), func(p *presetDraft) *[]PathConstruct { return &p.constructs }, []key[PathConstruct]{
		{"id", "name of it", pattern(func(c *PathConstruct) *string { return &c.ID }, "satisfaction", columnPattern), required},
		{"label", "what reports call it", text(func(c *PathConstruct) *Text { return &c.Label }), required},
	}), required},
	{"paths", "pairs from, to", items(func(p *presetDraft) *[][2]string { return &p.paths }, plainShape("pair"), readPair), required},
}

// presetFolder holds the known models, in the templates of the program and of a workspace.
const presetFolder = "presets"

// preset reads a known model: the workspace's file where it has one, else the shipped one.
func (r *reader) preset(name string) (p presetDraft, ok bool) {
	if r.def.files != nil {
		file := path.Join("templates", presetFolder, name+".yaml")
		if _, err := fs.Stat(r.def.files, file); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return readPreset(r.def.files, file, r.problems)
		}
	}
	return readPreset(templates.Files, path.Join(presetFolder, name+".yaml"), r.problems)
}

func readPreset(files fs.FS, name string, problems *diag.List) (p presetDraft, ok bool) {
	file := load(files, name, problems)
	if file == nil {
		return p, false
	}
	return p, mapping(newReader(file, problems), file.root, diag.Say("a path model"), presetKeys, &p) != nil
}

// presets are the names of the known models.
func (r *reader) presets() []string {
	var out []string
	add := func(files fs.FS, dir string) {
		entries, _ := fs.ReadDir(files, dir)
		for _, e := range entries {
			if name, ok := strings.CutSuffix(e.Name(), ".yaml"); ok && columnPattern.MatchString(name) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	add(templates.Files, presetFolder)
	if r.def.files != nil {
		add(r.def.files, path.Join("templates", presetFolder))
	}
	return out
}
