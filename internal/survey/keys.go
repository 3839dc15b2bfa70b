package survey

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// formatNumber is the number of the format this program reads.
const formatNumber = "1"

// format is the key manyi of every file.
func format[T any]() value[T] {
	return special("format", func(r *reader, n *yaml.Node, _ *T) {
		if n.Kind == yaml.ScalarNode && n.Value == formatNumber && n.Style == 0 {
			return
		}
		cure := diag.Say("write manyi: %s", formatNumber)
		if n.Kind == yaml.ScalarNode && plainWhole.MatchString(n.Value) && n.Value > formatNumber {
			cure = diag.Say("the file is for a newer manyi; this one reads format %s", formatNumber)
		}
		r.fail(n, "wrong-format", cure, diag.Say("unknown format %s", kindOf(n)))
	})
}

var surveyKeys = []key[Survey]{
	{"manyi", "format of this file: 1", format[Survey](), required},
	{"id", "name of the survey and of its folder; never changes", formed(matching(surveyPattern), readSurveyID), required},
	{"version", "version of the questionnaire, counted up", whole(func(s *Survey) *int { return &s.Version }, 1, 1_000_000), optional},
	{"kind", "survey, or complaint: its answers are complaints", word(func(s *Survey) *string { return &s.Kind }, SurveyKind, ComplaintKind), optional},
	{"languages", "languages of the survey; the first is the source", languageList(func(s *Survey) *[]string { return &s.Languages }), required},
	{"title", "title of the survey", text(func(s *Survey) *Text { return &s.Title }), required},
	{"intro", "introduction, in Markdown", text(func(s *Survey) *Text { return &s.Intro }), optional},
	{"privacy", "what the respondent is told and how long answers are kept", object(diag.Say("privacy"), func(s *Survey) *Privacy { return &s.Privacy }, privacyKeys), optional},
	{"scales", "named lists of answers", formed(mapOf(keyed(scaleKeys)), readScales), optional},
	{"pages", "pages of questions", formed(listOf(keyed(pageKeys)), readPages), required},
	{"hidden", "columns filled from the address of the page", objects(diag.Say("a hidden column"), func(s *Survey) *[]Hidden { return &s.Hidden }, hiddenKeys), optional},
	{"calculated", "columns computed from others", objects(diag.Say("a calculated column"), func(s *Survey) *[]Calculated { return &s.Calculated }, calculatedKeys), optional},
	{"endings", "thank-you texts", objects(diag.Say("an ending"), func(s *Survey) *[]Ending { return &s.Endings }, endingKeys), optional},
	{"segments", "columns by which every figure is split", items(func(s *Survey) *[]string { return &s.Segments }, shape{kind: "column"}, segment), optional},
	{"waves", "rounds of the survey", formed(listOf(keyed(waveKeys)), readWaves), optional},
	{"history", "what the author says of changes between versions", formed(listOf(keyed(eventKeys)), readHistory), optional},
	{"equivalent", "new column -> old column of the same question, whose line it continues", formed(mapOf(plainShape("string")), readEquivalent), optional},
	{"derived", "recodes of columns for segments and analyses", formed(listOf(keyed(derivedKeys)), readDerived), optional},
	{"weights", "the column of weights, or margins to rake to", formed(keyed(weightsKeys), readWeights), optional},
	{"sample", "how the respondents were found", object(diag.Say("sample"), func(s *Survey) *Sample { return &s.Sample }, sampleKeys), optional},
	{"accounts", "business customers: the columns of account and role", formed(keyed(accountKeys), readAccounts), optional},
	{"quality", "what marks a careless response, and which of them are left out", object(diag.Say("quality"), func(s *Survey) *QualityRule { return &s.Quality }, qualityKeys), optional},
	{"report", "options of the report", object(diag.Say("report"), func(s *Survey) *Report { return &s.Report }, reportKeys), optional},
	{"analyses", "what the answers measure", items(func(s *Survey) *[]Analysis { return &s.Analyses }, analysisShape(), readAnalysis), optional},
	{"collect", "where answers go", formed(keyed(collectKeys), readCollect), optional},
	{"time_limit", "quiz: seconds for the whole survey", whole(func(s *Survey) *int { return &s.TimeLimit }, 1, 86400), optional},
	{"ledgers", "mapping of the files of records", formed(ledgerShape(), readLedgers), optional},
	{"service", "how complaints, tickets and actions are judged", object(diag.Say("service"), func(s *Survey) *Service { return &s.Service }, serviceKeys), optional},
	{"simulate", "how manyi simulate draws answers; nothing else reads it", formed(keyed(profileKeys), readProfile), optional},
}

var surveyPattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// deviceNames are no names of folders on Windows.
var deviceNames = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// siteNames are folders of the site itself.
var siteNames = []string{"assets", "gallery", "methods", "schedule"}

func readSurveyID(r *reader, n *yaml.Node, s *Survey) {
	v, ok := r.str(n)
	switch {
	case !ok:
		return
	case !surveyPattern.MatchString(v):
		r.fail(n, "wrong-id", diag.Say("start with a letter a–z; use a–z, 0–9 and _ only, at most 64"), diag.Say("survey id %q is not allowed", shorten(v)))
	case deviceNames.MatchString(v):
		r.fail(n, "wrong-id", diag.Say("choose another name, for id and folder"), diag.Say("survey id %q is reserved by Windows", v))
	case slices.Contains(siteNames, v):
		r.fail(n, "wrong-id", diag.Say("choose another name, for id and folder"), diag.Say("survey id %q is reserved: the site has a folder of that name", v))
	default:
		s.ID = v
	}
}

var pageKeys = []key[Page]{
	{"id", "name of the page", pattern(func(p *Page) *string { return &p.ID }, "overall", columnPattern), required},
	{"title", "heading of the page", text(func(p *Page) *Text { return &p.Title }), optional},
	{"text", "text below the heading, in Markdown", text(func(p *Page) *Text { return &p.Text }), optional},
	{"show_if", "it is shown only if this is true", expression(func(p *Page) **Expression { return &p.ShowIf }, onPage), optional},
	{"randomize", "what is shown in random order: questions", formed(oneWord("questions"), func(r *reader, n *yaml.Node, p *Page) { _, p.Shuffled = r.word(n, []string{"questions"}) }), optional},
	{"questions", "the questions", items(func(p *Page) *[]*Question { return &p.Questions }, keyed(questionKeys), question), required},
}

func readPages(r *reader, n *yaml.Node, s *Survey) {
	var seen places
	for e := range r.list(n) {
		var p Page
		if have := mapping(r, e, diag.Say("a page"), pageKeys, &p); have != nil {
			seen.unique(r, have["id"].value, diag.Say("page"))
			s.Pages = append(s.Pages, p)
		}
	}
}

// places remembers where names were given.
type places map[string]*yaml.Node

// unique reports a name that was given before.
func (p *places) unique(r *reader, n *yaml.Node, what diag.Phrase) {
	if n == nil || n.Kind != yaml.ScalarNode || isNull(n) {
		return
	}
	name := strings.ToLower(n.Value)
	if first, ok := (*p)[name]; ok {
		r.twice(n, r.place(first), "duplicate-id", diag.Say("give each its own id"), diag.Say("%s %q is defined twice, %s", what, shorten(n.Value), onLines(first.Line, n.Line)))
		return
	}
	if *p == nil {
		*p = places{}
	}
	(*p)[name] = n
}

var hiddenKeys = []key[Hidden]{
	{"id", "the data column", id(func(h *Hidden) *string { return &h.ID }, func(h *Hidden) *diag.Place { return &h.At }), required},
	{"from", "name of the parameter in the address; else the id", pattern(func(h *Hidden) *string { return &h.From }, "rg", regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`)), optional},
	{"label", "what reports call it", text(func(h *Hidden) *Text { return &h.Label }), optional},
	{"allow", "the values that are taken", formed(listOf(either(plainShape("code"), keyed(allowKeys))), readAllow), optional},
	{"pattern", "regular expression that the value must match", special("pattern", func(r *reader, n *yaml.Node, h *Hidden) { h.Pattern = r.pattern(n) }), optional},
	{"pii", "the value identifies a person", boolean(func(h *Hidden) *bool { return &h.PII }), optional},
}

// allowKeys are the keys of a value with a label.
var allowKeys = []key[Option]{
	{"code", "the value", special("code", func(r *reader, n *yaml.Node, o *Option) { o.Code, _ = code(r, n) }), required},
	{"label", "what reports call it", text(func(o *Option) *Text { return &o.Label }), optional},
}

func readAllow(r *reader, n *yaml.Node, h *Hidden) {
	for e := range r.list(n) {
		o := Option{At: r.place(e)}
		if e.Kind == yaml.MappingNode {
			mapping(r, e, diag.Say("a value of allow"), allowKeys, &o)
		} else {
			o.Code, _ = code(r, e)
		}
		if o.Code != "" {
			h.Options = append(h.Options, o)
		}
	}
	r.judgeOptions(h.Options)
}

// pattern reads a regular expression; "" after reporting one that does not compile.
func (r *reader) pattern(n *yaml.Node) string {
	s, ok := r.str(n)
	if !ok {
		return ""
	}
	if _, err := regexp.Compile(s); err != nil || len(s) > 1000 {
		message := "it is too long"
		if err != nil {
			message = strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		}
		r.fail(n, "wrong-pattern", diag.Say("write it in RE2 syntax; put it in quotes"), diag.Say("this is not a regular expression: %s", message))
		return ""
	}
	return s
}

var calculatedKeys = []key[Calculated]{
	{"id", "the data column", id(func(c *Calculated) *string { return &c.ID }, func(c *Calculated) *diag.Place { return &c.At }), required},
	{"label", "what reports call it", text(func(c *Calculated) *Text { return &c.Label }), optional},
	{"expr", "the formula", expression(func(c *Calculated) **Expression { return &c.Expr }, computed), required},
}

var endingKeys = []key[Ending]{
	{"id", "name of the ending", formed(matching(columnPattern), readEndingID), required},
	{"show_if", "it is shown only if this is true", expression(func(e *Ending) **Expression { return &e.ShowIf }, onPage), optional},
	{"text", "the text, in Markdown", text(func(e *Ending) *Text { return &e.Text }), required},
}

func readEndingID(r *reader, n *yaml.Node, e *Ending) {
	pattern(func(e *Ending) *string { return &e.ID }, "default", columnPattern).read(r, n, e)
	e.At = r.place(n)
}

// segment reads one entry of segments.
func segment(r *reader, n *yaml.Node) (string, bool) {
	s, ok := r.str(n)
	if ok {
		r.reference(n, diag.Say("segment"), func(c *column) {
			switch {
			case c.pii:
				r.breaks(n, c.at, "wrong-segment", diag.Say("segments must not identify people"), diag.Say("segment %q identifies people", s))
			case c.text && c.role != hidden:
				r.breaks(n, c.at, "wrong-segment", diag.Say("use a question with a list of answers"), diag.Say("segment %q is free text", s))
			case c.role == group && c.question.Type != MultipleChoice && c.question.Type != MatrixMultiple:
				r.breaks(n, c.at, "wrong-segment", diag.Say("name one of its rows, such as %s_…", s), diag.Say("segment %q is more than one column", s))
			case c.role == group || c.role == tick:
				r.breaks(n, c.at, "wrong-segment", diag.Say("use a question with one answer"), diag.Say("segment %q is of a multiple choice, so its groups would overlap", s))
			case c.number:
				r.breaks(n, c.at, "wrong-segment", diag.Say("make bands of it under derived, and use those"), diag.Say("segment %q is a number with any value", s))
			}
		})
	}
	return s, ok
}

var reportKeys = []key[Report]{
	{"min_cell", "fewest answers that are shown; only more than the site's", formed(counting(1, 10_000), readMinCell), optional},
	{"partials", "partial responses count", boolean(func(p *Report) *bool { return &p.Partials }), optional},
	{"filter", "which responses count, or none", special("expression", readFilter), optional},
	{"practical", "smallest effect that matters, in standard deviations of the answers; 0.2 if not given", number(func(p *Report) **float64 { return &p.Practical }, 0, 10), optional},
	{"pairs", "pairs of segments by which figures are split at once", items(func(p *Report) *[][2]string { return &p.Pairs }, listOf(shape{kind: "column"}), readSegmentPair), optional},
	{"targets", "target of each figure by name", formed(mapOf(numbered(0, 0)), readTargets), optional},
	{"audiences", "readers with a report of their own: fewer pages, larger groups", formed(mapOf(keyed(audienceKeys)), readAudiences), optional},
}

func readMinCell(r *reader, n *yaml.Node, p *Report) {
	v, ok := r.whole(n, 1, 10_000)
	if !ok {
		return
	}
	site := defaultMinCell
	if r.def.site != nil && r.def.site.MinCell > 0 {
		site = r.def.site.MinCell
	}
	if v < site {
		r.fail(n, "min-cell", diag.Say("write %d or more, or lower privacy.min_cell in manyi.yaml", site), diag.Say("min_cell %d is lower than the site's %d", v, site))
		return
	}
	p.MinCell = v
}

func readFilter(r *reader, n *yaml.Node, p *Report) {
	if n.Kind == yaml.ScalarNode && n.Value == "none" {
		return
	}
	p.Filter = r.expression(n, inReport)
}

func readTargets(r *reader, n *yaml.Node, p *Report) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write one line for each figure, like index: 85"), diag.Say("targets must be names with numbers, not %s", kindOf(n)))
		return
	}
	p.Targets = map[string]float64{}
	for t := range pairs(r, n) {
		if f, ok := r.number(t.value, -maxWhole, maxWhole); ok {
			p.Targets[t.key.Value] = f
		}
		r.def.check(func() {
			known := r.def.names()
			for _, a := range r.def.survey.Analyses {
				known = append(known, a.ID)
			}
			if !slices.Contains(known, t.key.Value) {
				r.fail(t.key, "unknown-name", didYouMean(t.key.Value, known), diag.Say("target of unknown figure %q", shorten(t.key.Value)))
			}
		})
	}
}
