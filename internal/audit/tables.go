package audit

import (
	"html"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// The tables of our own pages are regular: every row and cell is closed.
var (
	aTable  = regexp.MustCompile(`(?s)<table[^>]*>(.*?)</table>`)
	aRow    = regexp.MustCompile(`(?s)<tr[^>]*>(.*?)</tr>`)
	aCell   = regexp.MustCompile(`(?s)<t[hd]([^>]*)>(.*?)</t[hd]>`)
	aMark   = regexp.MustCompile(`(?s)<small[^>]*>.*?</small>`)
	aTag    = regexp.MustCompile(`<[^>]*>`)
	aSpread = regexp.MustCompile(`colspan="[2-9]`)
)

// page looks at the tables of a page: the columns and the rows that are named as
// counts of people are in any language of the site.
func (a *auditor) page(files fs.FS, name string) error {
	body, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	a.file = name
	for _, t := range aTable.FindAllSubmatch(body, -1) {
		var head []string
		for _, row := range aRow.FindAllSubmatch(t[1], -1) {
			var cells []string
			spread := false
			for _, c := range aCell.FindAllSubmatch(row[1], -1) {
				spread = spread || aSpread.Match(c[1])
				cells = append(cells, plain(string(c[2])))
			}
			switch {
			case spread:
			case head == nil:
				head = cells
			default:
				a.line(head, cells)
			}
		}
	}
	return nil
}

// line looks at one row of a table below its head.
func (a *auditor) line(head, cells []string) {
	counts := len(cells) > 0 && a.people(cells[0])
	for i, cell := range cells {
		if i == 0 || i >= len(head) || !counts && !a.people(head[i]) {
			continue
		}
		if n, ok := whole(strings.ReplaceAll(cell, ",", "")); ok {
			a.small(cells[0]+" · "+head[i], n)
		}
	}
}

// people reports whether a head or a row counts people.
func (a *auditor) people(name string) bool { return slices.Contains(a.bases, name) }

func plain(s string) string {
	return strings.TrimSpace(html.UnescapeString(aTag.ReplaceAllString(aMark.ReplaceAllString(s, ""), "")))
}
