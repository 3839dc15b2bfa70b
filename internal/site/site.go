// Package site finds the files of a workspace, plans what the site holds,
// rebuilds what changed and writes it atomically. It is the only package of
// the build that touches the disk.
package site

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/page"
	"manyi/internal/seal"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/templates"
)

// Options say what to build. The zero value builds everything.
type Options struct {
	Only     string // "", "surveys" or "reports"
	Audience string // only the report of these readers; Only is "reports" then
	Program  string // version of the program, part of every cache key
	Commit   string // that the workspace stands at, with + where files differ from it; "" without
	Single   bool   // each report also as one HTML file
	Today    string // ISO 8601 day of SOURCE_DATE_EPOCH, "" without
	Progress func(done, total int, id string)

	measured     func(*survey.Survey, *measure.Results, *service.Results) // takes what was measured, from several goroutines; nil where nobody wants it
	Keys         *seal.Keys                                               // open sealed responses, nil without
	SkipKeyProof bool                                                     // a key that was not proven is a warning
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
	defer b.close()
	built, err := b.surveys()
	if err != nil || problems.Has(diag.Error) {
		return Result{}, err
	}
	if b.noAudience(built, problems) {
		return Result{}, nil
	}
	b.tellSchedule(built)
	if result, same, err := b.same(built); same || err != nil {
		return result, err
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
	defer b.close()
	b.old.Surveys = nil // everything anew: a check that skips is none
	if err := b.ready(); err != nil {
		return err
	}
	built, err := b.surveys()
	if err == nil {
		b.tellSchedule(built)
	}
	return err
}

// builder is one run.
type builder struct {
	dir      string
	root     *os.Root
	files    guarded // the workspace
	options  Options
	problems *diag.List
	site     *survey.Workspace
	ids      []string
	theme    *page.Theme
	locales  map[string]*survey.Locale
	prints   *fingerprints
	old      state
	common   string // hash of what every page depends on
	own      string // hash of manyi.yaml

	here, surveysAt, contentAt *place // the workspace, surveys/ and content/; nil where not there
	parts                      *parts
	moved                      atomic.Bool                       // a folder of the site has another time than the last build left
	ready                      func() error                      // loads theme and locales at the first call
	standards                  []survey.Standard                 // the clause map of the pages of evidence
	methods                    map[string]map[string]*methodText // the method pages by language and name
}

func (b *builder) close() {
	b.surveysAt.close()
	b.contentAt.close()
	b.parts.close()
	b.root.Close()
}

// open opens the workspace. It returns nil where manyi.yaml cannot be used.
func open(dir string, opt Options, problems *diag.List) (*builder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open workspace: %w", err)
	}
	b := &builder{dir: dir, root: root, files: guarded{root}, options: opt, problems: problems, locales: map[string]*survey.Locale{}}
	b.here, b.parts = &place{guarded{root}, ""}, &parts{root: root, open: map[string]*os.Root{}}
	b.ready = sync.OnceValue(b.load)
	usable := b.isWorkspace()
	if usable {
		usable, err = b.prepare()
	}
	if err != nil || !usable {
		b.close()
		return nil, err
	}
	return b, nil
}

// prepare reads what every survey depends on; false where manyi.yaml cannot be used.
func (b *builder) prepare() (usable bool, err error) {
	var reading sync.WaitGroup
	reading.Go(func() { b.old = readState(b.files) }) // takes as long as finding the surveys
	defer reading.Wait()
	b.site = survey.ParseWorkspace(b.files, b.problems)
	if b.site == nil {
		return false, nil
	}
	if b.surveysAt, err = b.here.within("surveys"); err != nil {
		return false, err
	}
	if b.contentAt, err = b.here.within("content"); err != nil {
		return false, err
	}
	if b.ids, err = b.surveyIDs(); err != nil {
		return false, err
	}
	b.site.JudgeSchedule(b.ids, b.problems)
	reading.Wait()
	b.prints = &fingerprints{old: b.old.Files, now: seenFiles{}}
	if b.own, err = b.prints.of(b.here, "manyi.yaml"); err != nil {
		return false, err
	}
	b.common, err = b.commonHash()
	return true, err
}

// load reads the theme and the words of each language: only where a page is written.
func (b *builder) load() (err error) {
	theme := Templates(b.files)
	if b.theme, err = page.Load(theme, b.site.Theme); err != nil {
		return err
	}
	for _, lang := range append(slices.Clone(b.site.Languages), shippedLanguages()...) { // a form may speak more than the site
		if err := b.locale(theme, lang); err != nil {
			return err
		}
	}
	b.standards = survey.Standards(b.files, b.problems)
	return b.loadMethods()
}

// shippedLanguages are the languages whose words are embedded.
func shippedLanguages() []string {
	names, err := fs.Glob(templates.Files, "locales/*.yaml")
	if err != nil {
		panic("site: " + err.Error())
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(path.Base(name), ".yaml")
	}
	return names
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

// surveys builds every survey that changed, in parallel, joined in order.
func (b *builder) surveys() ([]*built, error) {
	out := make([]*built, len(b.ids))
	problems := make([]diag.List, len(b.ids))
	errs := make([]error, len(b.ids))
	var lock sync.Mutex
	done := 0
	each(len(b.ids), func(i int) {
		out[i], errs[i] = b.survey(b.ids[i], &problems[i])
		lock.Lock()
		defer lock.Unlock()
		done++
		if b.options.Progress != nil && !out[i].skipped() {
			b.options.Progress(done, len(b.ids), b.ids[i])
		}
	})
	for i := range b.ids {
		b.problems.Merge(&problems[i])
		if errs[i] != nil {
			return nil, fmt.Errorf("build survey %q: %w", b.ids[i], errs[i])
		}
	}
	return out, nil
}

// each calls do for 0 to n-1 on as many goroutines as there are processors.
func each(n int, do func(int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}
