package survey

import (
	"regexp"
	"time"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Groups with fewer answers, and fewer words, than these are not shown unless manyi.yaml says otherwise.
const (
	defaultMinCell     = 5
	defaultMinCellText = 10
)

var workspaceKeys = []key[Workspace]{
	{"manyi", "format of this file: 1", format[Workspace](), required},
	{"title", "title of the site", text(func(w *Workspace) *Text { return &w.Title }), required},
	{"languages", "languages of the site and of reports", languageList(func(w *Workspace) *[]string { return &w.Languages }), required},
	{"timezone", "zone of days and times, like Asia/Shanghai", special("timezone", readTimezone), optional},
	{"as_of", "what counts as today", date(func(w *Workspace) *string { return &w.AsOf }), optional},
	{"theme", "look of the site", object(diag.Say("theme"), func(w *Workspace) *Theme { return &w.Theme }, themeKeys), optional},
	{"privacy", "smallest groups that are shown", formed(keyed(thresholdKeys), func(r *reader, n *yaml.Node, w *Workspace) { mapping(r, n, diag.Say("privacy"), thresholdKeys, w) }), optional},
	{"schedule", "what is due, how often, by whom", objects(diag.Say("a task"), func(w *Workspace) *[]Task { return &w.Schedule }, taskKeys), optional},
	{"base_url", "address of the published site", special("url", func(r *reader, n *yaml.Node, w *Workspace) { w.BaseURL, _ = r.address(n, "https", "http") }), optional},
	{"footer", "a line at the foot of every page of reports", text(func(w *Workspace) *Text { return &w.Footer }), optional},
}

func readTimezone(r *reader, n *yaml.Node, w *Workspace) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	if _, err := time.LoadLocation(s); err != nil || s == "Local" {
		r.fail(n, "wrong-timezone", didYouMean(s, commonZones), diag.Say("%q is not a time zone", shorten(s)))
		return
	}
	w.Timezone = s
}

// commonZones are offered where a zone is misspelt.
var commonZones = []string{
	"Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "UTC",
	"Europe/London", "Europe/Berlin", "Europe/Paris", "America/New_York", "America/Los_Angeles",
}

var accentPattern = pattern(func(t *Theme) *string { return &t.Accent }, `"#1c5a9e", in quotes`, regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`))

var themeKeys = []key[Theme]{
	{"name", "name of the theme", pattern(func(t *Theme) *string { return &t.Name }, "plain", regexp.MustCompile(`^[a-z][a-z0-9_-]{0,31}$`)), optional},
	{"accent", "colour of links and bars", formed(accentPattern.shape, readAccent), optional},
	{"logo", "path of a picture", special("path", func(r *reader, n *yaml.Node, t *Theme) { t.Logo, _ = r.inside(n) }), optional},
	{"font", "fonts of pages, the first that is there: \"Source Han Sans SC\", sans-serif", pattern(func(t *Theme) *string { return &t.Font }, `'"Source Han Sans SC", sans-serif'`, fontList), optional},
	{"gallery", "a page with a sample of every kind of figure", boolean(func(t *Theme) *bool { return &t.Gallery }), optional},
}

// fontList is names of fonts, in quotes or plain, between commas: nothing that could end a rule of a style sheet.
var fontList = regexp.MustCompile(`^("[\p{L}\p{N} _-]+"|[\p{L}\p{N}_-][\p{L}\p{N} _-]*)(, *("[\p{L}\p{N} _-]+"|[\p{L}\p{N}_-][\p{L}\p{N} _-]*))*$`)

var thresholdKeys = []key[Workspace]{
	{"min_cell", "fewest answers that are shown", whole(func(w *Workspace) *int { return &w.MinCell }, 1, 10_000), optional},
	{"min_cell_text", "fewest answers of which words are shown", whole(func(w *Workspace) *int { return &w.MinCellText }, 1, 10_000), optional},
}

// Workspace is manyi.yaml.
type Workspace struct {
	Title       Text
	Languages   []string
	Timezone    string // IANA name
	AsOf        string // ISO 8601 day, "" without
	Theme       Theme
	MinCell     int
	MinCellText int
	BaseURL     string
	Schedule    []Task
	Footer      Text // what stands at the foot of reports, such as who may read them
}

// Theme is the look of the site.
type Theme struct {
	Name   string
	Accent string // "#rrggbb" or ""
	Logo   string // workspace path or ""
	Font   string // a list of fonts, "" is the theme's
	// Gallery adds a page with a sample of every kind of figure.
	Gallery bool
}
