package page

import (
	"html/template"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/survey"
)

// Figure writes a figure as explore.js and figure.css know it: the drawing in
// two widths, its twin as data, its table, and the tools.
func Figure(f *chart.Figure, l *survey.Locale, methods Methods) (template.HTML, error) {
	option, err := f.Option()
	if err != nil {
		return "", err
	}
	wide, narrow := f.SVG(chart.Wide), f.SVG(chart.Narrow)
	esc := template.HTMLEscapeString
	var b strings.Builder
	b.Grow(len(option) + len(wide) + len(narrow) + 6<<10)
	w := b.WriteString
	w(`<figure class="figure" id="fig-` + f.ID + `" data-kind="` + string(f.Kind) + `"><figcaption><strong>` + unbroken(esc(f.Title)) + `</strong><span>` + unbroken(esc(f.Note)) + `</span></figcaption>`)
	w(`<div class="drawing"><div class="wide">`)
	b.Write(wide)
	w(`</div><div class="narrow">`)
	b.Write(narrow)
	w(`</div></div><div class="live" hidden></div><script type="application/json" class="twin">`)
	b.Write(option)
	w(`</script><details class="numbers"><summary>` + esc(l.Say("figure.table")) + `</summary>`)
	numbers(&b, f)
	w(`</details><div class="tools"><button type="button" class="explore" data-open="` + esc(l.Say("figure.explore")) + `" data-close="` + esc(l.Say("figure.static")) + `">` + esc(l.Say("figure.explore")) + `</button> `)
	w(`<a href="data/` + f.ID + `.csv" download>CSV</a> <button type="button" class="save-svg">SVG</button> <button type="button" class="save-png">PNG</button>`)
	w(methods.link(f.Method, l))
	w(` <a class="anchor" href="#fig-` + f.ID + `" aria-label="` + esc(l.Say("figure.link")) + `">#</a></div></figure>`)
	return trusted(b.String()), nil
}

// still writes a figure without its twin and its tools: the drawing and its table.
func still(f *chart.Figure, l *survey.Locale, methods Methods) (template.HTML, error) {
	esc := template.HTMLEscapeString
	var b strings.Builder
	b.WriteString(`<figure class="figure" id="fig-` + f.ID + `" data-kind="` + string(f.Kind) + `"><figcaption><strong>` + unbroken(esc(f.Title)) + `</strong><span>` + unbroken(esc(f.Note)) + `</span></figcaption><div class="drawing"><div class="wide">`)
	b.Write(f.SVG(chart.Wide))
	b.WriteString(`</div><div class="narrow">`)
	b.Write(f.SVG(chart.Narrow))
	b.WriteString(`</div></div><details class="numbers"><summary>` + esc(l.Say("figure.table")) + `</summary>`)
	numbers(&b, f)
	b.WriteString(`</details>`)
	if link := methods.link(f.Method, l); link != "" {
		b.WriteString(`<p class="tools">` + link + `</p>`)
	}
	b.WriteString(`</figure>`)
	return trusted(b.String()), nil
}

// numbers writes the figure's table.
func numbers(b *strings.Builder, f *chart.Figure) {
	head, rows := f.Table()
	b.WriteString(`<div class="scroll" tabindex="0" role="region" aria-label="` + template.HTMLEscapeString(f.Title) + `"><table><thead><tr>`)
	for _, c := range head {
		b.WriteString(`<th scope="col">` + string(kept(c.Text)) + `</th>`)
	}
	b.WriteString(`</tr></thead><tbody>`)
	for _, row := range rows {
		b.WriteString(`<tr>`)
		for i, c := range row {
			if i == 0 {
				b.WriteString(`<th scope="row">` + string(kept(c.Text)) + `</th>`)
				continue
			}
			b.WriteString(`<td>` + template.HTMLEscapeString(c.Text))
			if c.Mark != "" {
				b.WriteString(` <sup>` + template.HTMLEscapeString(c.Mark) + `</sup>`)
			}
			b.WriteString(`</td>`)
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</tbody></table></div>`)
}
