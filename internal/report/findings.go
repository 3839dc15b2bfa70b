package report

import (
	"slices"
	"strings"
)

// background is the pages that hold detail and method, not a finding of their own.
var background = []string{"index", "questions", "segments", "explore", "trend", "sample", "fieldwork", "method"}

// inFront is the pages of service life that the overview tells of on its first screen.
var inFront = []string{"complaints", "actions"}

// summarise tells on the overview what the pages of the analyses say, so that
// nobody has to open them all to find the one that matters: complaints and
// actions right under the numbers, the others below.
func (b *builder) summarise() {
	var near, said []Finding
	_, _, leads := b.leadingIndex() // then the overview itself begins with it
	_, listed := b.weakFirst()      // then its lists name what the page of priorities begins with
	for _, p := range b.report.Pages {
		switch f := (Finding{Page: p.Name, Title: p.Title, Heading: p.Heading}); {
		case leads && p.Name == "satisfaction-index", listed && p.Name == "priorities", p.Heading == "", p.Under != "", slices.Contains(background, p.Name):
		case strings.Contains(b.report.Pages[0].Heading, p.Heading): // said already
		case slices.Contains(inFront, p.Name):
			near = append(near, f)
		default:
			said = append(said, f)
		}
	}
	front := b.report.Pages[0]
	if len(near)+len(said) > 0 && len(front.Sections) == 0 {
		front.Sections = []Section{{ID: "headline"}}
	}
	if len(near) > 0 {
		first := &front.Sections[0]
		at := slices.IndexFunc(first.Blocks, func(x Block) bool { return x.Note != "" })
		if at < 0 {
			at = len(first.Blocks)
		}
		first.Blocks = slices.Insert(first.Blocks, at, Block{Findings: near})
	}
	if len(said) > 0 {
		section := Section{ID: "findings", Title: b.say("overview.findings"), Blocks: []Block{{Findings: said}}}
		front.Sections = slices.Insert(front.Sections, 1, section)
	}
}
