package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/templates"
)

// ran runs a command as main does and returns what it prints for people.
func ran(t *testing.T, run func(*context, []string) error, args ...string) (out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := &context{out: &stdout, err: &stderr, env: func(string) string { return "" }, lang: "en"}
	if err := run(c, args); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, stderr.String())
	}
	return stdout.String(), stderr.String()
}

func TestEveryStarterBuildsAWholeReport(t *testing.T) {
	for _, name := range survey.StarterNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "w")
			for _, s := range tried(t, dir, name, "") {
				judgeTexts(t, s)
				if s.Simulate == nil {
					t.Errorf("survey %q has no profile under simulate:", s.ID)
				}
				judgeReport(t, dir, s)
			}
		})
	}
}

// tried makes a workspace of a starter and blocks, checks it, simulates answers and builds it.
func tried(t *testing.T, dir, starter, blocks string) []*survey.Survey {
	t.Helper()
	ran(t, runNew, dir, "--from", starter, "--with", blocks)
	told, _ := ran(t, runCheck, dir, "--format", "json")
	judgeTold(t, told)
	ran(t, runFmt, "--check", dir)
	surveys := definitionsOf(t, dir)
	for _, s := range surveys {
		ran(t, runSimulate, s.ID, "-n", "300", dir)
	}
	if _, said := ran(t, runBuild, dir); strings.Contains(said, "error") || strings.Contains(said, "warning") {
		t.Errorf("build says:\n%s", said)
	}
	return surveys
}

// knownNotes are what is told of a starter with good reason: no free source confirms the arrows of some presets.
var knownNotes = []string{"unconfirmed-paths"}

// judgeTold demands that check tells nothing else.
func judgeTold(t *testing.T, told string) {
	t.Helper()
	var all struct {
		Problems []struct{ Severity, Code, File, Message string }
	}
	if err := json.Unmarshal([]byte(told), &all); err != nil {
		t.Fatalf("%v\n%s", err, told)
	}
	for _, p := range all.Problems {
		if !slices.Contains(knownNotes, p.Code) {
			t.Errorf("check is not silent: %+v", p)
		}
	}
}

func definitionsOf(t *testing.T, dir string) []*survey.Survey {
	t.Helper()
	files := os.DirFS(dir)
	entries, err := fs.ReadDir(files, "surveys")
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	var out []*survey.Survey
	for _, e := range entries {
		out = append(out, survey.Parse(files, path.Join("surveys", e.Name()), ws, &problems))
	}
	return out
}

// judgeTexts demands every text in both languages, each in its own script.
func judgeTexts(t *testing.T, s *survey.Survey) {
	t.Helper()
	if !slices.Equal(s.Languages, []string{"zh-CN", "en"}) {
		t.Errorf("survey %q is in %v", s.ID, s.Languages)
	}
	seen := map[uintptr]bool{}
	var visit func(v reflect.Value)
	visit = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() && !seen[v.Pointer()] {
				seen[v.Pointer()] = true
				visit(v.Elem())
			}
		case reflect.Struct:
			for _, field := range v.Fields() {
				visit(field)
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				visit(v.Index(i))
			}
		case reflect.Map:
			if v.Type() == reflect.TypeFor[survey.Text]() {
				judgeText(t, s.ID, v)
				return
			}
			for _, k := range v.MapKeys() {
				visit(v.MapIndex(k))
			}
		}
	}
	for _, part := range []any{s.Title, s.Intro, s.Pages, s.Hidden, s.Calculated, s.Endings, s.Waves, s.Derived, s.Analyses, s.Service, s.Privacy} {
		visit(reflect.ValueOf(part))
	}
}

func judgeText(t *testing.T, id string, v reflect.Value) {
	t.Helper()
	for _, k := range v.MapKeys() {
		lang, text := k.String(), v.MapIndex(k).String()
		han := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		latin := strings.ContainsFunc(text, func(r rune) bool { return r < 0x250 && unicode.IsLower(r) })
		switch {
		case lang == "en" && han, lang == "zh-CN" && latin && !han, lang == "" && (han || latin) && !(han && latin && strings.Contains(text, " · ")):
			t.Errorf("survey %q: the text %q in %q is not in its language", id, text, lang)
		}
	}
	if n := v.Len(); n == 1 && v.MapKeys()[0].String() != "" {
		t.Errorf("survey %q: a text in one language only: %v", id, v)
	}
}

// wrong is what no page may show.
var wrong = regexp.MustCompile(`⟨[a-z._-]+⟩|\bNaN\b|%!|\{\{|<nil>|\[object`)

// judgeReport demands, in both languages, the page about the questionnaire, and of every analysis a place with figures.
func judgeReport(t *testing.T, dir string, s *survey.Survey) {
	t.Helper()
	site := os.DirFS(filepath.Join(dir, "site"))
	if _, err := fs.Stat(site, path.Join("surveys", s.ID, "index.html")); err != nil {
		t.Error(err)
	}
	var results struct {
		Analyses map[string]struct {
			Suppressed bool `json:"suppressed"`
		} `json:"analyses"`
	}
	report := path.Join("reports", s.ID)
	body, err := fs.ReadFile(site, path.Join(report, "results.json"))
	if err == nil {
		err = json.Unmarshal(body, &results)
	}
	if err != nil && s.Kind != survey.ComplaintKind {
		t.Fatal(err)
	}
	for lang, folder := range map[string]string{"zh-CN": report, "en": path.Join(report, "en")} {
		pages, _ := fs.Glob(site, path.Join(folder, "*.html"))
		all := map[string]string{}
		for _, name := range pages {
			body, err := fs.ReadFile(site, name)
			if err != nil {
				t.Fatal(err)
			}
			all[path.Base(name)] = string(body)
			if bad := wrong.Find(body); bad != nil {
				t.Errorf("%s shows %q", name, bad)
			}
		}
		if all["note-about.html"] == "" {
			t.Errorf("survey %q has no page about the questionnaire in %s: content/%s/about.%s.md", s.ID, lang, s.ID, lang)
		}
		for _, a := range s.Analyses {
			r, ok := results.Analyses[a.ID]
			if !ok || r.Suppressed {
				t.Errorf("analysis %q of survey %q has no figures", a.ID, s.ID)
			} else if !slices.Contains([]string{"csat", "ces", "nps"}, a.Method) && !shown(all, a.ID) {
				t.Errorf("analysis %q (%s) of survey %q is on no page in %s", a.ID, a.Method, s.ID, lang)
			}
		}
	}
}

// shown reports whether an analysis has a place with a figure or a table on some page.
func shown(pages map[string]string, id string) bool {
	place := regexp.MustCompile(` id="(fig-)?` + regexp.QuoteMeta(id) + `[-"]`)
	for _, body := range pages {
		if place.MatchString(body) && (strings.Contains(body, "<svg") || strings.Contains(body, "<table")) {
			return true
		}
	}
	return false
}

func TestTheListAndTheFoldersOfStartersAgree(t *testing.T) {
	entries, err := fs.ReadDir(templates.Files, "starters")
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, e := range entries {
		if e.IsDir() {
			folders = append(folders, e.Name())
		}
	}
	names := slices.Sorted(slices.Values(survey.StarterNames()))
	if !slices.Equal(names, folders) {
		t.Errorf("list.yaml has %v, the folder %v", names, folders)
	}
}

func TestStartersTellAnHonestTime(t *testing.T) {
	for _, name := range survey.StarterNames() {
		var problems diag.List
		for _, s := range survey.OpenStarter(name, &problems).Surveys {
			_, said := s.Length()
			s.Intro = nil
			if items, counted := s.Length(); said > 2*counted+1 || counted > 2*said {
				t.Errorf("%s: the introduction of %q says %d minutes, %d items take about %d", name, s.ID, said, items, counted)
			}
		}
	}
}

// TestBlocksJoinEveryStarter adds to every starter all blocks that fit: what does not is told, what fits makes a definition without a fault.
func TestBlocksJoinEveryStarter(t *testing.T) {
	for _, starter := range survey.StarterNames() {
		t.Run(starter, func(t *testing.T) {
			t.Parallel()
			fitting := blocksFor(t, starter)
			if len(fitting) == 0 {
				t.Fatal("no block fits")
			}
			more, why := survey.Combine(starter, fitting)
			if !why.Empty() {
				t.Fatal(why)
			}
			judgeCombined(t, starter, more)
		})
	}
}

// blocksFor are the blocks that a starter can take, one with the others.
func blocksFor(t *testing.T, starter string) []string {
	t.Helper()
	var out []string
	for _, block := range blockNames() {
		_, why := survey.Combine(starter, append(slices.Clone(out), block))
		if why.Empty() {
			out = append(out, block)
		} else if said := why.In("en"); !strings.Contains(said, fmt.Sprintf("%q", block)) || !strings.Contains(said, fmt.Sprintf("%q", starter)) {
			t.Errorf("the reason does not name both: %s", said)
		}
	}
	return out
}

func blockNames() []string {
	var out []string
	for _, b := range survey.Blocks(&diag.List{}) {
		out = append(out, b.Name)
	}
	return out
}

// judgeCombined demands a definition without a fault, laid out, with every comment of the starter.
func judgeCombined(t *testing.T, starter string, more *survey.Combined) {
	t.Helper()
	dir := t.TempDir()
	name := filepath.Join(dir, filepath.FromSlash(more.File))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, more.Body, 0o644); err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	survey.Parse(os.DirFS(dir), path.Dir(more.File), nil, &problems)
	for _, p := range problems.Problems() {
		if !slices.Contains(knownNotes, p.Code) {
			t.Errorf("%v: %s", p.Place, p.Summary)
		}
	}
	if out := survey.Format(os.DirFS(dir), more.File, &problems); !bytes.Equal(out, more.Body) {
		t.Error("the result is not laid out")
	}
	first, err := fs.ReadFile(templates.Files, path.Join("starters", starter, more.File))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(first)) {
		if remark := strings.TrimSpace(line); strings.HasPrefix(remark, "#") && !bytes.Contains(more.Body, []byte(remark)) {
			t.Errorf("the comment %q is gone", remark)
		}
	}
}

func TestBlocksOfBasicAndAllAtOnceBuild(t *testing.T) {
	cases := [][2]string{}
	for _, block := range blocksFor(t, "basic") {
		cases = append(cases, [2]string{"basic", block})
	}
	all := blockNames()
	i := slices.IndexFunc(survey.StarterNames(), func(name string) bool {
		_, why := survey.Combine(name, all)
		return why.Empty()
	})
	if i < 0 {
		t.Fatal("no starter takes all blocks")
	}
	cases = append(cases, [2]string{"basic", strings.Join(blocksFor(t, "basic"), ",")}, [2]string{survey.StarterNames()[i], strings.Join(all, ",")})
	for _, c := range cases {
		t.Run(c[0]+" "+c[1], func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "w")
			for _, s := range tried(t, dir, c[0], c[1]) {
				judgeTexts(t, s)
				judgeReport(t, dir, s)
			}
		})
	}
}

func TestBlocksThatDoNotFitAreNamed(t *testing.T) {
	for with, want := range map[string]string{
		"nps":            `block "nps" does not fit: starter "basic" asks nps already, in question "recommend"`,
		"reasons,nope":   `there is no block "nope"; --list shows them`,
		"problem,probem": `there is no block "probem"; did you mean "problem"?`,
	} {
		var stderr bytes.Buffer
		c := &context{out: &stderr, err: &stderr, env: func(string) string { return "" }, lang: "en"}
		dir := filepath.Join(t.TempDir(), "w")
		if err := runNew(c, []string{dir, "--with", with}); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", with, err, want)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: a folder was made", with)
		}
	}
	if _, why := survey.Combine("complaint-goods", []string{"problem"}); why.Empty() {
		t.Error("questions about a problem join a form of complaint")
	}
}
