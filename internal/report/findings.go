package report

import "slices"

// background is the pages that hold detail and method, not a finding of their own.
var background = []string{"index", "questions", "segments", "trend", "sample", "fieldwork", "method"}

// summarise tells on the overview, below its numbers, what the pages of the
// analyses say, so that nobody has to open them all to find the one that matters.
func (b *builder) summarise() {
	var said []Finding
	_, _, leads := b.leadingIndex() // then the overview itself begins with it
	for _, p := range b.report.Pages {
		if leads && p.Name == "satisfaction-index" {
			continue
		}
		if p.Heading != "" && p.Under == "" && !slices.Contains(background, p.Name) {
			said = append(said, Finding{Page: p.Name, Title: p.Title, Heading: p.Heading})
		}
	}
	front := b.report.Pages[0]
	if len(said) == 0 || len(front.Sections) == 0 {
		return
	}
	section := Section{ID: "findings", Title: b.say("overview.findings"), Blocks: []Block{{Findings: said}}}
	front.Sections = slices.Insert(front.Sections, 1, section)
}
