package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/page"
	"manyi/internal/survey"
)

// shared are the indexes and assets that no single survey owns.
func (b *builder) shared(surveys []*built) ([]output, error) {
	if err := b.ready(); err != nil {
		return nil, err
	}
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
		logo, err := b.logoAt(part + "/")
		if err != nil {
			return nil, err
		}
		out = append(out, logo...)
	}
	if b.options.Only != "reports" {
		out = append(out, output{"surveys/_headers", b.headers(surveys)})
	}
	samples, err := b.gallery()
	if err != nil || b.options.Only == "surveys" {
		return append(out, samples...), err
	}
	schedule, err := b.schedule(surveys)
	if err != nil {
		return nil, err
	}
	methods, err := b.writeMethods(surveys)
	if err != nil {
		return nil, err
	}
	more, err := b.audienceIndexes(surveys)
	return b.wanted(slices.Concat(out, samples, schedule, methods, more)), err
}

// assets are the files that every page of a report folder needs.
func (b *builder) assets(base string) ([]output, error) {
	var out []output
	for _, a := range b.theme.Assets {
		out = append(out, output{base + "assets/" + a.Name, a.Body})
	}
	logo, err := b.logoAt(base)
	return append(out, logo...), err
}

func (b *builder) logoAt(base string) ([]output, error) {
	logo := b.site.Theme.Logo
	if logo == "" {
		return nil, nil
	}
	body, err := fs.ReadFile(b.files, logo)
	if err != nil {
		return nil, fmt.Errorf("read the logo: %w", err)
	}
	return []output{{base + "assets/logo" + path.Ext(logo), body}}, nil
}

// footer is the author's line at the foot of reports.
func (b *builder) footer(lang string) string {
	return b.site.Footer.In(lang, b.site.Languages...)
}

// index lists the surveys, or the reports, in one language.
func (b *builder) index(part, lang string, surveys []*built) ([]byte, error) {
	l := b.locales[lang]
	view := page.Index{
		Locale: l, Site: b.site.Title.In(lang, b.site.Languages...), Heading: l.Say("site." + part), Empty: l.Say("site.no_" + part),
		ToAssets: "assets/", Logo: b.logo(""), Public: part == "surveys",
	}
	if part == "reports" {
		view.Footer = b.footer(lang)
	}
	var silent []page.Item // the reports without an answer come after the others
	for _, x := range surveys {
		if x.entry == nil {
			continue
		}
		item := page.Item{Title: x.entry.Summary.Title[lang], Href: x.id + "/index.html", Note: l.Say("site.open", "n", x.entry.Summary.Questions, "languages", b.names(x.entry.Summary.Languages), "version", x.entry.Summary.Version)}
		if part == "reports" {
			item.Href, item.Message = x.id+"/"+b.folder(lang)+"index.html", x.entry.Summary.Message[lang]
			item.Note = responses(l, x.entry.Summary)
			if item.Note == "" {
				silent = append(silent, item)
				continue
			}
		}
		view.Items = append(view.Items, item)
	}
	view.Items = append(view.Items, silent...)
	if part == "reports" && len(b.site.Schedule) > 0 {
		view.Items = append(view.Items, b.scheduleItem(l, surveys))
	}
	if part == "reports" && len(view.Items) > 0 {
		view.Items = append(view.Items, b.methodsItem(l))
	}
	if part == "reports" && b.site.Theme.Gallery {
		view.Items = append(view.Items, page.Item{Title: l.Say("gallery.title"), Href: "gallery/" + b.folder(lang) + "index.html", Note: l.Say("gallery.note")})
	}
	for _, other := range b.site.Languages {
		view.Languages = append(view.Languages, page.Link{Name: b.locales[other].Say("language.name"), Tag: other, Href: indexName(b, other), Current: other == lang})
	}
	return b.theme.Index(view)
}

// responses says how many answered, in how many waves and until when; "" where nobody did.
func responses(l *survey.Locale, s summary) string {
	if s.Responses == 0 {
		return ""
	}
	note := l.Say("site.responses", "n", s.Responses, "count", chart.Count(s.Responses))
	if s.Waves > 1 {
		note = l.Say("site.responses_waves", "count", chart.Count(s.Responses), "waves", s.Waves)
	}
	if s.Last != "" {
		note += l.Say("site.latest", "day", s.Last)
	}
	return note
}

// names lists languages by their own names.
func (b *builder) names(tags []string) string {
	var out []string
	for _, tag := range tags {
		out = append(out, b.locales[tag].Say("language.name"))
	}
	return strings.Join(out, ", ")
}

// same reports whether the site is what the last build left and nothing is to
// be written in it.
func (b *builder) same(surveys []*built) (Result, bool, error) {
	result := Result{Surveys: len(surveys)}
	if b.old.unfinished || b.old.Shared == nil || b.old.Shared.Key != b.sharedKey(surveys) || !b.present(b.old.Shared) {
		return result, false, nil
	}
	result.Unchanged = strings.Count(b.old.Shared.Packed, "\n")
	for _, x := range surveys {
		if !x.skipped() {
			return result, false, nil
		}
		result.Unchanged += strings.Count(x.entry.Packed, "\n")
	}
	if maps.Equal(b.old.Files, b.prints.now) && !b.moved.Load() {
		return result, true, nil
	}
	next := b.old
	next.Files = b.prints.now
	return result, true, errors.Join(b.ownFolder(), b.keep(next))
}

// sharedKey names everything the indexes depend on.
func (b *builder) sharedKey(surveys []*built) string {
	var s strings.Builder
	s.WriteString(b.common + "\n" + b.own)
	for _, x := range surveys {
		s.WriteString("\n" + x.id + " " + x.entry.Key)
	}
	return hashOf([]byte(s.String()))
}

// write puts everything in place: new files are staged, then renamed, then the
// files of the last build that no longer belong are removed, then the state is
// kept. A failure leaves the old site as it was.
func (b *builder) write(surveys []*built, shared []output) (Result, error) {
	result := Result{Surveys: len(surveys)}
	next := state{Format: stateFormat, Files: b.prints.now, Surveys: map[string]*remembered{}, Shared: &remembered{Key: b.sharedKey(surveys)}}
	files := slices.Clone(shared)
	for _, f := range shared {
		next.Shared.outputs()[f.Path] = outputHash(f.Body)
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
			if !b.concerns(name) {
				next.Shared.outputs()[name] = hash
			}
		}
	}
	now := next.outputs()
	if err := b.ownFolder(); err != nil {
		return result, err
	}
	staged, err := b.stage(files, old, now)
	if err != nil {
		return result, err
	}
	leave := gone(old, now)
	if !b.mayWrite(staged, leave) {
		return result, nil
	}
	if err := b.put(staged); err != nil {
		return result, err
	}
	result.Written, result.Unchanged = len(staged), len(now)-len(staged)
	if result.Removed, err = b.remove(leave); err != nil {
		return result, err
	}
	return result, b.keep(next)
}

// concerns reports whether a file is of the part that this build makes.
func (b *builder) concerns(name string) bool {
	part, _, _ := strings.Cut(name, "/")
	if b.options.Audience != "" {
		return part+"/" == audienceFolder(b.options.Audience)
	}
	return part == b.options.Only || b.options.Only == "reports" && strings.HasPrefix(part, "reports-")
}

// wanted leaves of the files those of the one audience that is built, if only one is.
func (b *builder) wanted(files []output) []output {
	if b.options.Audience == "" {
		return files
	}
	return slices.DeleteFunc(files, func(f output) bool { return !b.concerns(f.Path) })
}

// outputs are all files of a build with their hashes.
func (s state) outputs() map[string]string {
	all := map[string]string{}
	if s.Shared != nil {
		maps.Copy(all, s.Shared.outputs())
	}
	for _, r := range s.Surveys {
		maps.Copy(all, r.outputs())
	}
	return all
}

// stage writes the files that differ from the old site to .manyi/stage.
func (b *builder) stage(files []output, old, now map[string]string) ([]staged, error) {
	if err := b.root.MkdirAll(".manyi/stage", 0o755); err != nil {
		return nil, fmt.Errorf("stage site: %w", err)
	}
	folder, err := b.root.OpenRoot(".manyi/stage")
	if err != nil {
		return nil, fmt.Errorf("stage site: %w", err)
	}
	defer folder.Close()
	differs, errs := make([]bool, len(files)), make([]error, len(files))
	each(len(files), func(i int) {
		f := &files[i]
		if old[f.Path] == now[f.Path] {
			if _, err := b.parts.lstat(f.Path); err == nil {
				return
			}
		}
		differs[i], errs[i] = true, folder.WriteFile(strconv.Itoa(i), f.Body, 0o644)
	})
	var out []staged
	for i, f := range files {
		if errs[i] != nil {
			return nil, fmt.Errorf("stage site: %w", errs[i])
		}
		if differs[i] {
			out = append(out, staged{name: f.Path, at: "stage/" + strconv.Itoa(i)})
		}
	}
	return out, nil
}

// outputHash tells two forms of a page apart: half a SHA-256 is enough for that.
func outputHash(body []byte) string { return hashOf(body)[:32] }

// gone are the files of the last build that this one does not have.
func gone(old, now map[string]string) []string {
	var out []string
	for name := range old {
		if _, keep := now[name]; !keep && fs.ValidPath(name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// remove deletes files of the last build, and the folders that became empty.
// Files that no build wrote are not touched.
func (b *builder) remove(names []string) (int, error) {
	n := 0
	for _, name := range names {
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
	all := append(slices.Collect(maps.Values(s.Surveys)), s.Shared)
	each(len(all), func(i int) {
		all[i].pack()
		if all[i].Folders == nil || all[i] == s.Shared {
			all[i].Folders = b.parts.folders(all[i].outputs())
		}
	})
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := b.root.WriteFile(stateFile+".new", body, 0o644); err != nil {
		return fmt.Errorf("keep state: %w", err)
	}
	if err := b.root.Rename(stateFile+".new", stateFile); err != nil {
		return fmt.Errorf("keep state: %w", err)
	}
	if err := b.root.Remove(journalFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("clean up: %w", err)
	}
	return errors.Join(b.root.RemoveAll(".manyi/stage"), b.root.RemoveAll(".manyi/undo"))
}
