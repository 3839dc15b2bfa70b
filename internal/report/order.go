package report

import (
	"cmp"
	"slices"
)

// chapters is the way through a report: where we stand, why and for whom, what
// is done about it, what it rests on. A page of no chapter is of service life.
var chapters = []struct {
	name  string // key under chapter., "" for the pages in front
	pages []string
}{
	{"", []string{"index"}},
	{"results", []string{"satisfaction-index", "priorities", "drivers", "gaps", "kano", "model", "loyalty", "customers", "competitors", "words"}},
	{"breakdowns", []string{"segments", "explore", "crosstabs", "trend"}},
	{serviceChapter, nil},
	{"grounds", []string{"questions", "sample", "fieldwork", "method", "schedule", "evidence"}},
}

const serviceChapter = "service"

// arrange puts the pages into the order of the chapters and tells each its own.
// Pages of service life keep the order in which they were built.
func (b *builder) arrange() {
	slices.SortStableFunc(b.report.Pages, func(x, y *Page) int {
		xc, xp := place(x.Name)
		yc, yp := place(y.Name)
		return cmp.Or(xc-yc, xp-yp)
	})
	for _, p := range b.report.Pages {
		c, _ := place(p.Name)
		p.Chapter = chapters[c].name
	}
}

// place is the chapter of a page and where it stands in it.
func place(page string) (chapter, position int) {
	for i, c := range chapters {
		if k := slices.Index(c.pages, page); k >= 0 {
			return i, k
		}
		if c.name == serviceChapter {
			chapter = i
		}
	}
	return chapter, 0
}
