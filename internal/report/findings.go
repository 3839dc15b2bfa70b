package report

import "slices"

// fewestFindings is how many analyses a report needs before its first page
// says what they say.
const fewestFindings = 2

// background is the pages that hold detail and method, not a finding of their own.
var background = []string{"index", "questions", "segments", "trend", "sample", "method"}

// summarise tells on the overview, below its numbers, what the pages of the
// analyses say, so that nobody has to open them all to find the one that matters.
func (b *builder) summarise() {
	var said []Finding
	for _, p := range b.report.Pages {
		if p.Heading != "" && !slices.Contains(background, p.Name) {
			said = append(said, Finding{Page: p.Name, Title: p.Title, Heading: p.Heading})
		}
	}
	front := b.report.Pages[0]
	if len(said) < fewestFindings || len(front.Sections) == 0 {
		return
	}
	section := Section{ID: "findings", Title: b.say("overview.findings"), Blocks: []Block{{Findings: said}}}
	front.Sections = slices.Insert(front.Sections, 1, section)
}
