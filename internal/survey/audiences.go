package survey

import (
	"regexp"
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Audience is readers who get a report of their own: fewer pages, larger groups,
// or one group alone.
type Audience struct {
	Name    string
	MinCell int      // 0: that of the report
	Pages   []string // the only pages, nil: all
	Drop    []string // pages left out
	Segment string   // the column whose group Group they see, "" for the whole
	Group   string   // its code
}

// ofTheWhole are pages that tell of all respondents, of other groups or of other waves.
var ofTheWhole = []string{"method", "sample", "fieldwork", "segments", "explore", "trend"}

// Keeps reports whether the audience gets a page, which may be a detail of
// another. The overview is always there; readers of one group get no page of the whole.
func (a *Audience) Keeps(page, under string) bool {
	if a.Segment != "" && slices.Contains(ofTheWhole, page) {
		return false
	}
	in := func(list []string) bool {
		return slices.Contains(list, page) || under != "" && slices.Contains(list, under)
	}
	return page == "index" || (a.Pages == nil || in(a.Pages)) && !in(a.Drop)
}

var (
	audiencePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)
	pagePattern     = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9_-]*$`)
)

var audienceKeys = []key[Audience]{
	{"min_cell", "fewest answers that are shown to them; only more than the report's", formed(counting(1, 10_000), readAudienceMinCell), optional},
	{"pages", "the pages they get, besides the overview", items(func(a *Audience) *[]string { return &a.Pages }, matching(pagePattern), pageOf), optional},
	{"drop", "pages they do not get", items(func(a *Audience) *[]string { return &a.Drop }, matching(pagePattern), pageOf), optional},
	{"segment", "the one group they see, as column: code", formed(mapOf(shape{kind: "string"}), readAudienceSegment), optional},
}

func pageOf(r *reader, n *yaml.Node) (string, bool) {
	s, ok := r.str(n)
	if ok && !pagePattern.MatchString(s) {
		r.fail(n, "wrong-type", diag.Say("write its file name without .html, like questions"), diag.Say("%q is no name of a page", shorten(s)))
		return "", false
	}
	return s, ok
}

func readAudienceMinCell(r *reader, n *yaml.Node, a *Audience) {
	v, ok := r.whole(n, 1, 10_000)
	if !ok {
		return
	}
	a.MinCell = v
	r.def.check(func() {
		least := max(defaultMinCell, r.def.survey.Report.MinCell)
		if r.def.site != nil && r.def.site.MinCell > 0 {
			least = max(r.def.site.MinCell, r.def.survey.Report.MinCell)
		}
		if v < least {
			r.fail(n, "min-cell", diag.Say("write %d or more", least), diag.Say("min_cell %d is lower than the report's %d", v, least))
		}
	})
}

// readAudienceSegment reads one segment and one of its groups.
func readAudienceSegment(r *reader, n *yaml.Node, a *Audience) {
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		r.fail(n, "wrong-type", diag.Say("write one segment and one of its groups, like {region: north}"), diag.Say("segment must name one group, not %s", kindOf(n)))
		return
	}
	for e := range pairs(r, n) {
		code, ok := r.str(e.value)
		if !ok {
			return
		}
		a.Segment, a.Group = e.key.Value, code
		r.def.check(func() {
			known := r.def.survey.Segments
			if !slices.Contains(known, e.key.Value) {
				r.fail(e.key, "unknown-name", segmentCure(e.key.Value, known), diag.Say("%q is no segment", shorten(e.key.Value)))
				return
			}
			item, ok := r.def.survey.Item(e.key.Value)
			if ok && item.Scale != nil && !slices.Contains(item.Scale.Codes(), code) {
				r.fail(e.value, "unknown-name", didYouMean(code, item.Scale.Codes()), diag.Say("column %q has no code %q", e.key.Value, shorten(code)))
			}
		})
	}
}

func readAudiences(r *reader, n *yaml.Node, p *Report) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write one line for each, like public: {min_cell: 20, pages: [questions]}"), diag.Say("audiences must be names with settings, not %s", kindOf(n)))
		return
	}
	for e := range pairs(r, n) {
		a := Audience{Name: e.key.Value}
		if !audiencePattern.MatchString(a.Name) {
			r.fail(e.key, "wrong-id", diag.Say("use small letters, digits and _, like public"), diag.Say("%q is no name of an audience", shorten(a.Name)))
			continue
		}
		mapping(r, e.value, diag.Say("an audience"), audienceKeys, &a)
		p.Audiences = append(p.Audiences, a)
	}
}
