// Package site finds the files of a workspace, plans what the site holds,
// rebuilds what changed and writes it atomically. It is the only package of
// the build that touches the disk.
package site

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"

	"manyi/internal/diag"
	"manyi/internal/page"
	"manyi/internal/survey"
	"manyi/templates"
)

// Options say what to build. The zero value builds everything.
type Options struct {
	Only     string // "", "surveys" or "reports"
	Program  string // version of the program, part of every cache key
	Today    string // ISO 8601 day of SOURCE_DATE_EPOCH, "" without
	Progress func(done, total int, id string)
}

// Result says what a build did.
type Result struct {
	Surveys   int // in the workspace
	Built     int // measured and rendered anew
	Written   int // files
	Unchanged int
	Removed   int
}

// Build builds the workspace in dir into its site/. Faults of the files go to
// problems; with an error among them nothing is written and the old site stays.
func Build(dir string, opt Options, problems *diag.List) (Result, error) {
	b, err := open(dir, opt, problems)
	if err != nil || b == nil {
		return Result{}, err
	}
	defer b.root.Close()
	built, err := b.surveys()
	if err != nil || problems.Has(diag.Error) {
		return Result{}, err
	}
	out, err := b.shared(built)
	if err != nil || problems.Has(diag.Error) {
		return Result{}, err
	}
	return b.write(built, out)
}

// Check judges the workspace without building it: definitions, answers and pages.
func Check(dir string, opt Options, problems *diag.List) error {
	b, err := open(dir, opt, problems)
	if err != nil || b == nil {
		return err
	}
	defer b.root.Close()
	b.old.Surveys = nil // everything anew: a check that skips is none
	_, err = b.surveys()
	return err
}

// builder is one run.
type builder struct {
	root     *os.Root
	files    fs.FS // the workspace
	options  Options
	problems *diag.List
	site     *survey.Workspace
	ids      []string
	theme    *page.Theme
	locales  map[string]*survey.Locale
	prints   *fingerprints
	old      state
	common   string // hash of what every page depends on
}

// open reads what every survey depends on. It returns nil where manyi.yaml cannot be used.
func open(dir string, opt Options, problems *diag.List) (*builder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open workspace: %w", err)
	}
	b := &builder{root: root, files: root.FS(), options: opt, problems: problems, locales: map[string]*survey.Locale{}}
	b.old = readState(b.files)
	b.prints = newFingerprints(b.files, b.old.Files)
	b.site = survey.ParseWorkspace(b.files, problems)
	if b.site == nil {
		return nil, root.Close()
	}
	if b.ids, err = surveyIDs(b.files); err != nil {
		return nil, err
	}
	theme := layered{over: b.files, prefix: "templates", under: templates.Files}
	if b.theme, err = page.Load(theme, b.site.Theme.Accent); err != nil {
		return nil, err
	}
	for _, lang := range b.site.Languages {
		if err := b.locale(theme, lang); err != nil {
			return nil, err
		}
	}
	b.common, err = b.commonHash()
	return b, err
}

func (b *builder) locale(theme fs.FS, lang string) error {
	if b.locales[lang] != nil {
		return nil
	}
	l, err := survey.LoadLocale(theme, lang)
	if err != nil {
		return fmt.Errorf("load the words of language %q: %w", lang, err)
	}
	b.locales[lang] = l
	return nil
}

// surveyIDs lists the folders of surveys/ that hold a survey.yaml.
func surveyIDs(files fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(files, "surveys")
	if err != nil {
		if os.IsNotExist(err) {
			return nil, nil
		}
		return nil, err
	}
	var ids []string
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		if _, err := fs.Stat(files, "surveys/"+e.Name()+"/survey.yaml"); err == nil {
			ids = append(ids, e.Name())
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// surveys builds every survey that changed, in parallel, joined in order.
func (b *builder) surveys() ([]*built, error) {
	out := make([]*built, len(b.ids))
	problems := make([]diag.List, len(b.ids))
	errs := make([]error, len(b.ids))
	var wait sync.WaitGroup
	var lock sync.Mutex
	done := 0
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				out[i], errs[i] = b.survey(b.ids[i], &problems[i])
				lock.Lock()
				done++
				if b.options.Progress != nil && !out[i].skipped() {
					b.options.Progress(done, len(b.ids), b.ids[i])
				}
				lock.Unlock()
			}
		})
	}
	for i := range b.ids {
		next <- i
	}
	close(next)
	wait.Wait()
	for i := range b.ids {
		b.problems.Merge(&problems[i])
		if errs[i] != nil {
			return nil, fmt.Errorf("build survey %q: %w", b.ids[i], errs[i])
		}
	}
	return out, nil
}
