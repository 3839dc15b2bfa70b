package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"

	"manyi/internal/diag"
)

// guarded is a workspace as the build reads it: regular files and folders
// inside it, through os.Root, so that a link cannot lead out. What else stands
// under a name, a pipe or a device, is refused instead of waited for.
type guarded struct{ root *os.Root }

// errSpecial says that a name is neither a file nor a folder.
var errSpecial = errors.New("neither a file nor a folder")

// Open opens a file or folder.
func (g guarded) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := g.root.OpenFile(name, os.O_RDONLY|withoutWaiting, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errSpecial}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Stat describes a file, of a link what it leads to.
func (g guarded) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	return g.root.Stat(name)
}

// isPlainName reports whether a path can be opened in every file system and
// shown on one line.
func isPlainName(name string) bool {
	return fs.ValidPath(name) && !strings.ContainsFunc(name, unicode.IsControl)
}

// listed is a name as a problem shows it: on one line, in UTF-8.
func listed(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(name, string(unicode.ReplacementChar)))
}

// isWorkspace reports whether there is a manyi.yaml, and tells where to find one if not.
func (b *builder) isWorkspace() bool {
	if _, err := b.root.Lstat("manyi.yaml"); !errors.Is(err, fs.ErrNotExist) {
		return true
	}
	b.problems.Add(diag.Problem{
		Severity: diag.Error, Code: "no-workspace", Place: diag.Place{File: "manyi.yaml"}, Summary: diag.Say("there is no manyi.yaml, so this folder is no workspace"),
		Cure: diag.Say("go to the folder that has one, or make a workspace with: manyi new DIR"),
	})
	return false
}

// surveyIDs lists the folders of surveys/ that hold a survey.yaml, and tells of the others.
func (b *builder) surveyIDs() ([]string, error) {
	var entries []fs.DirEntry
	if b.surveysAt != nil {
		var err error
		if entries, err = fs.ReadDir(b.surveysAt, "."); err != nil {
			return nil, err
		}
	}
	var ids []string
	whys := make([]diag.Phrase, len(entries))
	each(len(entries), func(i int) { whys[i] = b.noSurvey(entries[i]) })
	for i, e := range entries {
		name := path.Join("surveys", e.Name())
		switch why := whys[i]; {
		case strings.HasPrefix(e.Name(), "."):
		case why.Format == "":
			ids = append(ids, e.Name())
		case e.Type().IsRegular(): // a file beside the folders is nobody's business
		default:
			b.problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "no-survey", Place: diag.Place{File: listed(name)}, Summary: diag.Say("this is no survey: %s", why),
				Cure: diag.Say("a survey is a folder with a file survey.yaml, called like its id"),
			})
		}
	}
	if len(ids) == 0 {
		b.problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "no-surveys", Place: diag.Place{File: "surveys"}, Summary: diag.Say("there is no survey yet"),
			Cure: diag.Say("write surveys/ID/survey.yaml, or copy one that works from a new workspace: manyi new DIR"),
		})
	}
	slices.Sort(ids)
	return ids, nil
}

// noSurvey says why an entry of surveys/ is not a survey: nothing where it is one.
func (b *builder) noSurvey(e fs.DirEntry) diag.Phrase {
	switch {
	case !e.IsDir():
		return diag.Say("it is not a folder")
	case !isPlainName(e.Name()):
		return diag.Say("its name cannot be shown")
	}
	info, err := b.surveysAt.Stat(e.Name() + "/survey.yaml")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return diag.Say("it has no survey.yaml")
	case err != nil:
		return diag.Say("its survey.yaml cannot be reached")
	case !info.Mode().IsRegular():
		return diag.Say("its survey.yaml is not a file")
	}
	return diag.Phrase{}
}

// mayWrite reports whether the site is the build's own to write: a folder, with
// no link on the way to any of the files and no folder in the place of one. It
// notes which files replace others.
func (b *builder) mayWrite(files []staged, leave []string) bool {
	there := map[string]bool{".": true}
	for i := range files {
		name := "site/" + files[i].name
		if !b.clear(path.Dir(name), there) {
			return false
		}
		if !there[path.Dir(name)] {
			continue
		}
		info, err := b.parts.lstat(files[i].name)
		files[i].replaces = !errors.Is(err, fs.ErrNotExist)
		if err == nil && info.IsDir() {
			b.inTheWay(name, diag.Say("a page goes here, and this is a folder"))
			return false
		}
	}
	return !slices.ContainsFunc(leave, func(name string) bool { return !b.clear(path.Dir("site/"+name), there) })
}

// clear reports whether a folder and those above it are folders or not there
// yet, and notes which.
func (b *builder) clear(dir string, there map[string]bool) bool {
	if _, known := there[dir]; known {
		return true
	}
	if !b.clear(path.Dir(dir), there) {
		return false
	}
	there[dir] = false
	if !there[path.Dir(dir)] {
		return true
	}
	info, err := b.root.Lstat(dir)
	if err == nil && !info.IsDir() {
		b.inTheWay(dir, diag.Say("the site goes here, and this is a link or a file"))
		return false
	}
	there[dir] = err == nil
	return true
}

func (b *builder) inTheWay(name string, summary diag.Phrase) {
	b.problems.Add(diag.Problem{Severity: diag.Error, Code: "in-the-way", Place: diag.Place{File: name}, Summary: summary, Cure: diag.Say("move it elsewhere; nothing was written")})
}

// ownFolder makes sure that .manyi is a folder of the workspace.
func (b *builder) ownFolder() error {
	if err := b.root.MkdirAll(".manyi", 0o755); err != nil {
		return fmt.Errorf("keep what was built: %w", err)
	}
	if info, err := b.root.Lstat(".manyi"); err != nil || !info.IsDir() {
		return errors.Join(errors.New("keep what was built: .manyi is not a folder"), err)
	}
	return nil
}
