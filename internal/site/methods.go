package site

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"manyi/content"
	"manyi/internal/diag"
	"manyi/internal/page"
)

// methodsFolder is where the method pages stand in a folder of reports; no
// survey may be called so.
const methodsFolder = "methods/"

// methodText is a method page as it was read.
type methodText struct {
	Title string `yaml:"title"`
	Says  string `yaml:"says"` // the question that it answers, in one sentence
	body  []byte
}

// Contents are the embedded method pages under those of a workspace.
func Contents(workspace fs.FS) fs.FS {
	return layered{over: workspace, prefix: "content", under: content.Files}
}

// methodLink finds links to method pages in Markdown.
var methodLink = regexp.MustCompile(`\]\(method:([^)\s]*)\)`)

// loadMethods reads every method page in every language of the site; a language
// without one has the English one. Faults can only be in those of the workspace.
func (b *builder) loadMethods() error {
	files := Contents(b.files)
	b.methods = map[string]map[string]*methodText{}
	for _, lang := range b.site.Languages {
		b.methods[lang] = map[string]*methodText{}
		for _, name := range content.Names() {
			file := content.File(name, lang)
			source, err := fs.ReadFile(files, file)
			if err != nil {
				file = content.File(name, "en")
				source, err = fs.ReadFile(files, file)
			}
			if err != nil {
				return err
			}
			b.methods[lang][name] = b.methodText("content/"+file, source)
		}
	}
	return nil
}

func (b *builder) methodText(file string, source []byte) *methodText {
	m := &methodText{}
	body, ok := behindHead(source, m)
	if m.body = body; !ok || m.Title == "" || m.Says == "" {
		b.problems.Add(diag.Problem{
			Severity: diag.Error, Code: "front-matter", Place: diag.Place{File: file, Line: 1}, Summary: diag.Say("the head of the method page cannot be read"),
			Cure: diag.Say("write the line ---, then title: and says: with the question it answers, then --- again"),
		})
	}
	for _, link := range methodLink.FindAllSubmatch(source, -1) {
		if name := string(link[1]); !isMethod(name) {
			b.problems.Add(unknownMethod(file, name, source))
		}
	}
	return m
}

func isMethod(name string) bool { return slices.Contains(content.Names(), name) }

func unknownMethod(file, name string, source []byte) diag.Problem {
	cure := diag.Say("the method pages are %s", strings.Join(content.Names(), ", "))
	if near := diag.Nearest(name, content.Names()); near != "" {
		cure = diag.Say("did you mean %q?", near)
	}
	return diag.Problem{Severity: diag.Error, Code: "unknown-method-page", Place: placeOf(file, "method:"+name, source), Summary: diag.Say("there is no method page %q", name), Cure: cure}
}

// ownMethods are the files of the workspace that replace method pages. Others in
// their folder are told.
func (b *builder) ownMethods() []string {
	var known, out []string
	for _, name := range content.Names() {
		for _, lang := range append(slices.Clone(b.site.Languages), shippedLanguages()...) {
			known = append(known, "content/"+content.File(name, lang))
		}
	}
	own := func(name string, info fs.FileInfo) {
		switch {
		case info == nil:
			b.problems.Add(notRead(name, diag.Say("links and special files are not followed: put the file itself there")))
		case slices.Contains(known, name):
			out = append(out, name)
		case strings.HasSuffix(name, ".md"):
			cure := diag.Say("call it like a method page and a language: content/methods/csi.en.md")
			if near := diag.Nearest(name, known); near != "" {
				cure = diag.Say("did you mean %q?", near)
			}
			b.problems.Add(notRead(name, cure))
		}
	}
	_ = b.contentAt.walk("methods", own) // a folder that cannot be read is given to own as such
	for _, file := range slices.Compact(slices.Sorted(slices.Values(known))) {
		if strings.Count(file, "/") > 1 || b.contentAt == nil {
			continue
		}
		if info, err := b.contentAt.Stat(strings.TrimPrefix(file, "content/")); err == nil && info.Mode().IsRegular() {
			out = append(out, file)
		}
	}
	return out
}

// methodPages are the method pages as a page of a language reaches them; up leads
// from it to the folder of reports.
func (b *builder) methodPages(lang, up string) page.Methods {
	out := page.Methods{To: up + methodsFolder + b.folder(lang), Titles: map[string]string{}}
	for name, m := range b.methods[lang] {
		out.Titles[name] = m.Title
	}
	return out
}

// methodOf resolves the links to method pages in a text of the author's.
func (w *writer) methodOf(file string, source []byte, up string) func(string) string {
	return func(name string) string {
		if !isMethod(name) {
			w.problems.Add(unknownMethod(file, name, source))
			return ""
		}
		w.methods = append(w.methods, name)
		return w.methodPages(w.locale.Tag(), up).Address(name)
	}
}

// links keeps which method pages the report links to.
func (w *writer) links(notes []*written) {
	for _, n := range notes {
		w.methods = append(w.methods, n.page.Methods...)
	}
	w.methods = compact(w.methods)
	sum := &w.out.entry.Summary
	if sum.Methods == nil {
		sum.Methods = map[string]string{}
	}
	sum.Methods[w.audience] = strings.Join(compact(append(strings.Fields(sum.Methods[w.audience]), w.methods...)), " ")
}

// compact sorts names and drops those that are there twice or empty.
func compact(names []string) []string {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// linked are the method pages of the site for an audience, in their order: those
// that a report links to, the glossary and the quoted numbers.
func linked(surveys []*built, audience string) []string {
	found := map[string]bool{}
	for _, x := range surveys {
		if x.entry == nil {
			continue
		}
		for name := range strings.FieldsSeq(x.entry.Summary.Methods[audience]) {
			found[name] = true
		}
	}
	return slices.DeleteFunc(content.Names(), func(name string) bool { return !found[name] && !content.Reference(name) })
}

// methodProse renders a method page; it links to pages of names only.
func (b *builder) methodProse(lang, name string, to page.Methods) (*written, error) {
	m := b.methods[lang][name]
	prose, err := page.Markdown(m.body, page.Writing{Terms: true, Method: func(other string) string {
		if other == name {
			return ""
		}
		return to.Address(other)
	}})
	if err != nil {
		return nil, err
	}
	return &written{page: methodPage(name, m), prose: prose}, nil
}

// among leaves of the method pages those of names.
func among(m page.Methods, names []string) page.Methods {
	out := page.Methods{To: m.To, Titles: map[string]string{}}
	for _, name := range names {
		out.Titles[name] = m.Titles[name]
	}
	return out
}

// groupOf is the key of the group of a method page.
func groupOf(name string) string {
	for _, g := range content.Groups {
		if slices.Contains(g.Pages, name) {
			return g.Name
		}
	}
	return ""
}
