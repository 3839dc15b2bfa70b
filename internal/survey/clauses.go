package survey

import (
	"errors"
	"io/fs"
	"path"

	"manyi/internal/diag"
	"manyi/templates"
)

// Standard is a management standard with the clauses that a report speaks to
// (METHODS B12). Clauses are cited by their number; the words are ours.
type Standard struct {
	ID      string
	Name    Text
	Text    Text // how the report stands to it
	Clauses []StandardClause
}

// StandardClause is one clause with what it asks, in our words, what of the
// report proves it, and the pages where that stands: name or name#section. What
// also proves it counts only in reports that have one of its pages.
type StandardClause struct {
	Clause      string
	Asks, Proof Text
	Pages       []string
	Also        []StandardProof
}

// StandardProof is what of some reports proves a clause, and where that stands.
type StandardProof struct {
	Proof Text
	Pages []string
}

// evidenceFile is the clause map, in the templates of the program and of a workspace.
const evidenceFile = "evidence.yaml"

type standardsDraft struct{ standards []Standard }

var standardsKeys = []key[standardsDraft]{
	{"manyi", "format of this file: 1", format[standardsDraft](), required},
	{"languages", "languages of the texts", languageList[standardsDraft](nil), required},
	{"standards", "standards with their clauses", objects(diag.Say("a standard"), func(d *standardsDraft) *[]Standard { return &d.standards }, standardKeys), required},
}

var standardKeys = []key[Standard]{
	{"id", "name of it", pattern(func(s *Standard) *string { return &s.ID }, "iso9001", surveyPattern), required},
	{"name", "its number and edition", text(func(s *Standard) *Text { return &s.Name }), required},
	{"text", "how the report stands to it", text(func(s *Standard) *Text { return &s.Text }), required},
	{"clauses", "clauses with what proves them", objects(diag.Say("a clause"), func(s *Standard) *[]StandardClause { return &s.Clauses }, standardClauseKeys), required},
}

var standardClauseKeys = []key[StandardClause]{
	{"clause", "its number", str(func(c *StandardClause) *string { return &c.Clause }), required},
	{"asks", "what it asks, in words of our own", text(func(c *StandardClause) *Text { return &c.Asks }), required},
	{"proof", "what of the report proves it", text(func(c *StandardClause) *Text { return &c.Proof }), required},
	{"pages", "pages of the report where that stands", items(func(c *StandardClause) *[]string { return &c.Pages }, plainShape("string"), (*reader).str), optional},
	{"also", "what else proves it, in reports that have the page", objects(diag.Say("a proof"), func(c *StandardClause) *[]StandardProof { return &c.Also }, standardProofKeys), optional},
}

var standardProofKeys = []key[StandardProof]{
	{"proof", "what of the report proves it", text(func(p *StandardProof) *Text { return &p.Proof }), required},
	{"pages", "pages of the report where that stands", items(func(p *StandardProof) *[]string { return &p.Pages }, plainShape("string"), (*reader).str), required},
}

// Standards reads the clause map: the workspace's templates/evidence.yaml where
// there is one, else the shipped one.
func Standards(workspace fs.FS, problems *diag.List) []Standard {
	files, name := fs.FS(templates.Files), evidenceFile
	if workspace != nil {
		own := path.Join("templates", evidenceFile)
		if _, err := fs.Stat(workspace, own); err == nil || !errors.Is(err, fs.ErrNotExist) {
			files, name = workspace, own
		}
	}
	file := load(files, name, problems)
	if file == nil {
		return nil
	}
	var d standardsDraft
	if mapping(newReader(file, problems), file.root, diag.Say("the clause map"), standardsKeys, &d) == nil {
		return nil
	}
	return d.standards
}
