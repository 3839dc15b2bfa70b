// Package report arranges results as pages of sections: sentences, cards,
// figures and tables in one language. It computes no statistic and writes no
// HTML.
package report

import (
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Report is the pages of one survey in one language.
type Report struct {
	Survey  string
	Title   string
	Lang    string
	Pages   []*Page
	Figures map[string]*chart.Figure // every figure of every page, by id
}

// Page is one page; Name is its file name without ".html".
type Page struct {
	Name     string
	Chapter  string   // key of its chapter under "chapter.", "" for the pages in front
	Under    string   // name of the page it is a detail of, "" for none: the navigation shows it only there
	Title    string   // in the navigation
	Kicker   string   // small line above the heading: period, base
	Heading  string   // what the page says; **emphasis** allowed
	Methods  []string // names of the method pages that say how it is computed
	Sections []Section
}

// Counts reports whether the page counts records of the firm, which are no
// answers and are shown however few.
func (p *Page) Counts() bool {
	return p.Under == "periods" || slices.Contains([]string{"complaints", "complaint-causes", "periods", "flow", "evidence", "lost"}, p.Name)
}

// Section is a titled part of a page, reachable by its ID.
type Section struct {
	ID     string
	Title  string
	Short  string // its name in a list of sections, "" where the title is short
	Blocks []Block
}

// Block is one thing in a section; exactly one field is set.
type Block struct {
	Text     string // a sentence; **emphasis** allowed
	Note     string // a caution, smaller
	Cards    []Card
	Lists    []List
	Findings []Finding
	Figure   *chart.Figure
	Table    *Table
	Explore  *Explore
}

// Finding is what another page says, with the way to it.
type Finding struct {
	Page    string // its name
	Title   string
	Heading string // **emphasis** allowed
}

// Card is one headline number with its doubt.
type Card struct {
	Label    string
	Value    string
	Unit     string
	Interval string
	Change   string
	Target   string   // what was aimed at, and whether it is met; "" without
	Whisker  *Whisker // nil without
}

// Whisker places a value and its interval on a scale; Target is NaN without one.
type Whisker struct{ Min, Max, Value, Low, High, Target float64 }

// List is a short titled list.
type List struct {
	Title   string
	Ordered bool
	Items   []string
	Empty   string // said where there are no items
	Note    string // said below the items
	More    Link   // where the rest is, below the items; empty without
}

// Link leads to another place of the report.
type Link struct{ Name, Href string }

// Table is a table of text cells.
type Table struct {
	ID      string
	Caption string
	Head    []string // the first names the row labels
	Groups  []Span   // headings above those of Head, nil without; the spans cover Head
	Rows    []Row
	Note    string
	Cards   bool // on a phone a card a row, however many columns
}

// Span is a heading over some columns.
type Span struct {
	Label string
	Of    int
}

// Row is one row; a row without cells is a group heading.
type Row struct {
	Label string
	Cells []Cell
	Href  string // where the label leads to, "" for nowhere
	Foot  bool   // stays last where a reader sorts
}

// Cell is one cell: Text, or several sentences in Lines. Mark is small text after it, such as significance letters;
// Tone is "good", "bad", "quiet" or "".
type Cell struct {
	Text, Mark, Tone string
	Lines            []string
}

// Options are what the site adds.
type Options struct {
	AsOf      string
	Unknown   []table.UnknownColumn         // columns of the response files that the definition does not name, by file
	Keep      func(page, under string) bool // which pages readers get, nil: all
	Group     string                        // the one group that the report is of, "" for the whole
	Simulated bool                          // with Group: answers of the survey are simulated
	Service   *service.Results              // what the ledgers of service life say, nil without them

	Standards []survey.Standard // the clause map of the page of evidence
	Schedule  string            // address of the site's schedule as the pages reach it, "" without
}

// Build arranges the results of a survey in the language of l.
func Build(s *survey.Survey, r *measure.Results, l *survey.Locale, opt Options) *Report {
	b := &builder{survey: s, results: r, locale: l, lang: l.Tag(), options: opt}
	b.waves = b.listWaves()
	b.report = &Report{Survey: s.ID, Title: b.text(s.Title), Lang: b.lang, Figures: map[string]*chart.Figure{}}
	if opt.Group != "" {
		b.report.Title = b.say("look.group_title", "title", b.report.Title, "group", opt.Group)
	}
	pages := []func() *Page{b.overview}
	if b.answered() {
		pages = append(pages, b.indices, b.questions, b.segments, b.explore, b.trend, b.gaps, b.priorities, b.drivers, b.model, b.kano,
			b.loyalty, b.customers, b.competitors, b.comments, b.crosstabs, b.samplePage, b.fieldwork)
	} else {
		pages = append(pages, b.customers) // ledgers need no answers
	}
	pages = append(pages, b.complaints, b.complaintCauses)
	var several []*Page
	for _, more := range []func() []*Page{b.desk, b.loop, b.flow} {
		several = append(several, more()...)
	}
	for _, page := range pages {
		if p := page(); p != nil {
			b.report.Pages = append(b.report.Pages, p)
		}
	}
	b.report.Pages = append(append(b.report.Pages, several...), b.method())
	b.arrange()
	b.keep()
	b.linkFlow()
	b.summarise()
	b.explain()
	b.collect()
	return b.report
}

// builder holds what every page needs.
type builder struct {
	survey  *survey.Survey
	results *measure.Results
	locale  *survey.Locale
	lang    string
	options Options
	waves   []wave
	report  *Report
}

// wave is one round as it is shown.
type wave struct {
	id, label string
	block     *measure.Block
}

func (b *builder) listWaves() []wave {
	if len(b.results.Waves) == 0 {
		return []wave{{block: b.results.Block}}
	}
	var out []wave
	for _, id := range b.results.Waves {
		w := wave{id: id, label: id, block: b.results.ByWave[id]}
		if i := slices.IndexFunc(b.survey.Waves, func(d survey.Wave) bool { return d.ID == id }); i >= 0 {
			if label := b.text(b.survey.Waves[i].Label); label != "" {
				w.label = label
			}
		}
		out = append(out, w)
	}
	return out
}

func (b *builder) latest() wave { return b.waves[len(b.waves)-1] }

// answered reports whether the latest wave has anything to show.
func (b *builder) answered() bool {
	block := b.latest().block
	return block != nil && !block.Suppressed && block.Base.Responses > 0
}

func (b *builder) say(key string, pairs ...any) string { return b.locale.Say(key, pairs...) }

func (b *builder) text(t survey.Text) string {
	return survey.Unpiped(t.In(b.lang, b.survey.Languages...))
}

// collect lists the figures of all pages by id.
func (b *builder) collect() {
	for _, p := range b.report.Pages {
		for _, s := range p.Sections {
			for _, block := range s.Blocks {
				if block.Figure != nil {
					b.dropUnshown(block.Figure)
					b.report.Figures[block.Figure.ID] = block.Figure
				}
			}
		}
	}
}

// slug joins column ids and kinds to an id for addresses. No column id holds a
// hyphen and none differs from another by case alone, so slugs are unique.
func slug(parts ...string) string { return strings.ToLower(strings.Join(parts, "-")) }
