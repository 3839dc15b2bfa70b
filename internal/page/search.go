package page

import (
	"encoding/json"
	"fmt"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/report"
)

// Search is the index that navigate.js searches: a script that holds for every
// page, section, figure and table its address, its title, what goes with it, and
// the names of its rows, which are found but not shown.
// encoding/json escapes what could end a script.
func Search(pages []*report.Page) ([]byte, error) {
	var entries [][4]string
	add := func(href, title, text string, rows []string) {
		if title != "" {
			entries = append(entries, [4]string{href, strings.ReplaceAll(title, "**", ""), strings.ReplaceAll(text, "**", ""), strings.Join(rows, " ")})
		}
	}
	for _, p := range pages {
		file := p.Name + ".html"
		add(file, p.Title, p.Heading, nil)
		for _, s := range p.Sections {
			add(file+"#"+s.ID, s.Title, p.Title, nil)
			for _, b := range s.Blocks {
				if b.Figure != nil {
					add(file+"#fig-"+b.Figure.ID, b.Figure.Title, b.Figure.Note, figureRows(b.Figure))
				}
				if b.Table != nil && b.Table.ID != "" {
					add(file+"#"+b.Table.ID, b.Table.Caption, p.Title, tableRows(b.Table))
				}
			}
		}
	}
	body, err := json.Marshal(entries)
	if err != nil {
		return nil, fmt.Errorf("write the search index: %w", err)
	}
	return append(append([]byte("self.manyiSearch="), body...), ";\n"...), nil
}

// figureRows are the names of the rows of a figure.
func figureRows(f *chart.Figure) []string {
	_, rows := f.Table()
	var out []string
	for _, r := range rows {
		if len(r) > 0 {
			out = append(out, r[0].Text)
		}
	}
	return out
}

// tableRows are the names of the rows of a table.
func tableRows(t *report.Table) []string {
	var out []string
	for _, r := range t.Rows {
		out = append(out, r.Label)
	}
	return out
}
