package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/diag"
	"manyi/internal/page"
)

// shared are the indexes and assets that no single survey owns.
func (b *builder) shared(surveys []*built) ([]output, error) {
	var out []output
	for _, part := range []string{"surveys", "reports"} {
		if b.options.Only != "" && b.options.Only != part {
			continue
		}
		for _, lang := range b.site.Languages {
			body, err := b.index(part, lang, surveys)
			if err != nil {
				return nil, err
			}
			out = append(out, output{part + "/" + indexName(b, lang), body})
		}
		for _, a := range b.theme.Assets {
			if part == "reports" || path.Ext(a.Name) == ".css" {
				out = append(out, output{part + "/assets/" + a.Name, a.Body})
			}
		}
		if logo := b.site.Theme.Logo; logo != "" {
			body, err := fs.ReadFile(b.files, logo)
			if err != nil {
				return nil, fmt.Errorf("read the logo: %w", err)
			}
			out = append(out, output{part + "/assets/logo" + path.Ext(logo), body})
		}
	}
	return out, nil
}

// index lists the surveys, or the reports, in one language.
func (b *builder) index(part, lang string, surveys []*built) ([]byte, error) {
	l := b.locales[lang]
	view := page.Index{
		Locale: l, Site: b.site.Title.In(lang, b.site.Languages...), Heading: l.Say("site." + part), Empty: l.Say("site.no_" + part),
		ToAssets: "assets/", Logo: b.logo(""),
	}
	for _, x := range surveys {
		if x.entry == nil {
			continue
		}
		item := page.Item{Title: x.entry.Summary.Title[lang], Href: x.id + "/index.html", Note: l.Say("site.open", "n", x.entry.Summary.Questions, "languages", b.names(x.entry.Summary.Languages), "version", x.entry.Summary.Version)}
		if part == "reports" {
			n := x.entry.Summary.Responses
			item.Href, item.Message = x.id+"/"+b.folder(lang)+"index.html", x.entry.Summary.Message[lang]
			item.Note = l.Say("site.responses", "n", n, "count", chart.Count(n))
		}
		view.Items = append(view.Items, item)
	}
	for _, other := range b.site.Languages {
		view.Languages = append(view.Languages, page.Link{Name: b.locales[other].Say("language.name"), Tag: other, Href: indexName(b, other), Current: other == lang})
	}
	return b.theme.Index(view)
}

// names lists languages by their own names.
func (b *builder) names(tags []string) string {
	var out []string
	for _, tag := range tags {
		out = append(out, b.locales[tag].Say("language.name"))
	}
	return strings.Join(out, ", ")
}

// write puts everything in place: new files are staged, then renamed, then the
// files of the last build that no longer belong are removed, then the state is
// kept. A failure before the first rename leaves the old site as it was.
func (b *builder) write(surveys []*built, shared []output) (Result, error) {
	result := Result{Surveys: len(surveys)}
	next := state{Format: stateFormat, Files: b.prints.now, Surveys: map[string]*remembered{}, Shared: &remembered{Outputs: map[string]string{}}}
	files := slices.Clone(shared)
	for _, f := range shared {
		next.Shared.Outputs[f.Path] = hashOf(f.Body)
	}
	for _, x := range surveys {
		next.Surveys[x.id] = x.entry
		if !x.skipped() {
			result.Built++
			files = append(files, x.files...)
		}
	}
	old := b.old.outputs()
	if b.options.Only != "" { // the other part is none of this build's business
		for name, hash := range old {
			if !strings.HasPrefix(name, b.options.Only+"/") {
				next.Shared.Outputs[name] = hash
			}
		}
	}
	now := next.outputs()
	staged, err := b.stage(files, old, now)
	if err != nil {
		return result, err
	}
	for _, name := range staged {
		if err := b.root.MkdirAll("site/"+path.Dir(name), 0o755); err != nil {
			return result, fmt.Errorf("write site: %w", err)
		}
		if err := b.root.Rename(stageName(name), "site/"+name); err != nil {
			return result, fmt.Errorf("write site: %w", err)
		}
	}
	result.Written, result.Unchanged = len(staged), len(now)-len(staged)
	if result.Removed, err = b.remove(old, now); err != nil {
		return result, err
	}
	if len(staged) == 0 && result.Removed == 0 && result.Built == 0 && maps.Equal(b.old.Files, next.Files) {
		return result, nil
	}
	return result, b.keep(next)
}

// outputs are all files of a build with their hashes.
func (s state) outputs() map[string]string {
	all := map[string]string{}
	if s.Shared != nil {
		maps.Copy(all, s.Shared.Outputs)
	}
	for _, r := range s.Surveys {
		maps.Copy(all, r.Outputs)
	}
	return all
}

// stage writes the files that differ from the old site to .manyi/stage.
func (b *builder) stage(files []output, old, now map[string]string) ([]string, error) {
	var staged []string
	for _, f := range files {
		if old[f.Path] == now[f.Path] && b.present(map[string]string{f.Path: ""}) {
			continue
		}
		name := stageName(f.Path)
		if err := b.root.MkdirAll(path.Dir(name), 0o755); err != nil {
			return nil, fmt.Errorf("stage site: %w", err)
		}
		if err := b.root.WriteFile(name, f.Body, 0o644); err != nil {
			return nil, fmt.Errorf("stage site: %w", err)
		}
		staged = append(staged, f.Path)
	}
	return staged, nil
}

func stageName(name string) string { return ".manyi/stage/" + name }

// present reports whether all outputs are still in the site.
func (b *builder) present(outputs map[string]string) bool {
	for name := range outputs {
		if _, err := b.root.Lstat("site/" + name); err != nil {
			return false
		}
	}
	return true
}

// remove deletes the files of the last build that this one does not have, and
// the folders that became empty. Files that no build wrote are not touched.
func (b *builder) remove(old, now map[string]string) (int, error) {
	n := 0
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if _, keep := now[name]; keep || !fs.ValidPath(name) {
			continue
		}
		if err := b.root.Remove("site/" + name); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return n, fmt.Errorf("remove old files: %w", err)
		}
		n++
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if b.root.Remove("site/"+dir) != nil {
				break
			}
		}
	}
	return n, nil
}

// keep writes the state of this build.
func (b *builder) keep(s state) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := b.root.MkdirAll(".manyi", 0o755); err != nil {
		return fmt.Errorf("keep state: %w", err)
	}
	if err := b.root.WriteFile(stateFile+".new", body, 0o644); err != nil {
		return fmt.Errorf("keep state: %w", err)
	}
	if err := b.root.Rename(stateFile+".new", stateFile); err != nil {
		return fmt.Errorf("keep state: %w", err)
	}
	if err := b.root.RemoveAll(".manyi/stage"); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("clean up: %w", err)
	}
	return nil
}

// note is a problem as the state keeps it.
type note struct {
	Severity diag.Severity `json:"severity"`
	Code     string        `json:"code"`
	Place    diag.Place    `json:"place"`
	Summary  string        `json:"summary"`
	Cure     string        `json:"cure"`
	Source   string        `json:"source"`
	Rule     diag.Place    `json:"rule"`
}

func noteOf(p diag.Problem) note { return note(p) }

func (n note) problem() diag.Problem { return diag.Problem(n) }
