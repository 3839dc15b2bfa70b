package report

import (
	"slices"
	"strings"
)

// keep leaves the pages that the readers get, and no way to the others.
func (b *builder) keep() {
	if b.options.Keep == nil {
		return
	}
	b.report.Pages = slices.DeleteFunc(b.report.Pages, func(p *Page) bool {
		return !b.options.Keep(p.Name, p.Under)
	})
	for _, p := range b.report.Pages {
		if p.Under != "" && !b.has(p.Under) {
			p.Under = ""
		}
		for _, s := range p.Sections {
			for _, block := range s.Blocks {
				for i := range block.Lists {
					name, _, _ := strings.Cut(block.Lists[i].More.Href, ".html")
					if name != "" && !b.has(name) {
						block.Lists[i].More = Link{}
					}
				}
			}
		}
	}
}

func (b *builder) has(page string) bool {
	return slices.ContainsFunc(b.report.Pages, func(p *Page) bool { return p.Name == page })
}
