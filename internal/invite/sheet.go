package invite

import (
	"bytes"
	"fmt"
	"html/template"
	"image"
	"image/color"
	"image/png"
	"strconv"
	"strings"

	"manyi/internal/page"
)

// A sheet is A4 at 200 dots an inch with three codes in a row and four rows.
const (
	sheetWidth, sheetHeight = 1654, 2339
	sheetColumns, sheetRows = 3, 4
	sheetMargin             = 80
	perSheet                = sheetColumns * sheetRows
)

// Code is the QR code of a link as an SVG file.
func Code(l Link) ([]byte, error) { return page.QR(l.Address, l.Label()) }

// SheetPNG draws up to twelve links for print; each code has its number below.
func SheetPNG(links []Link) ([]byte, error) {
	img := image.NewPaletted(image.Rect(0, 0, sheetWidth, sheetHeight), color.Palette{color.White, color.Black})
	width, height := (sheetWidth-2*sheetMargin)/sheetColumns, (sheetHeight-2*sheetMargin)/sheetRows
	for i, l := range links[:min(len(links), perSheet)] {
		rows, err := page.Modules(l.Address)
		if err != nil {
			return nil, err
		}
		dot := max(1, min(width, height-60)/len(rows))
		left, top := sheetMargin+i%sheetColumns*width+(width-dot*len(rows))/2, sheetMargin+i/sheetColumns*height
		for y, row := range rows {
			for x, black := range row {
				if black {
					fill(img, left+x*dot, top+y*dot, dot, dot)
				}
			}
		}
		number(img, strconv.Itoa(l.Number), sheetMargin+i%sheetColumns*width+width/2, top+dot*len(rows)+4)
	}
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return out.Bytes(), err
}

// Sheets is how many sheets so many links need.
func Sheets(links int) int { return (links + perSheet - 1) / perSheet }

// Sheet are the links of one sheet, from 0.
func Sheet(links []Link, n int) []Link {
	return links[n*perSheet : min(len(links), (n+1)*perSheet)]
}

func fill(img *image.Paletted, x, y, width, height int) {
	for row := y; row < y+height; row++ {
		for column := x; column < x+width; column++ {
			img.SetColorIndex(column, row, 1)
		}
	}
}

// digits are the shapes of 0 to 9, three dots wide and five high, a row each octal digit.
var digits = [10]string{"75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717"}

// number draws a number, its middle at x.
func number(img *image.Paletted, text string, x, y int) {
	const dot = 6
	x -= (len(text)*4 - 1) * dot / 2
	for _, c := range text {
		for row, bits := range digits[c-'0'] {
			for column := range 3 {
				if (bits-'0')>>(2-column)&1 == 1 {
					fill(img, x+column*dot, y+row*dot, dot, dot)
				}
			}
		}
		x += 4 * dot
	}
}

var sheetPage = template.Must(template.New("sheet").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="robots" content="noindex, nofollow"><title>{{.Title}}</title>
<style>@page{size:A4;margin:12mm}body{font:12pt/1.4 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;margin:0;display:grid;grid-template-columns:repeat(3,1fr);gap:6mm}
figure{margin:0;break-inside:avoid;text-align:center;border:.3mm dashed #888;padding:4mm}svg{width:100%;height:auto;display:block}figcaption{overflow-wrap:anywhere}
h2{font-size:11pt;margin:0 0 2mm}</style></head>
<body>{{range .Codes}}<figure><h2>{{$.Title}}</h2>{{.Picture}}<figcaption>{{.Label}}</figcaption></figure>
{{end}}</body></html>
`))

// SheetHTML is a page for print with every link, its code and its label in any script.
func SheetHTML(title, lang string, links []Link) ([]byte, error) {
	type code struct {
		Picture template.HTML
		Label   string
	}
	var codes []code
	for _, l := range links {
		picture, err := page.QRCode(l.Address)
		if err != nil {
			return nil, fmt.Errorf("link %d: %w", l.Number, err)
		}
		codes = append(codes, code{picture, l.Label()})
	}
	var out strings.Builder
	err := sheetPage.Execute(&out, map[string]any{"Title": title, "Lang": lang, "Codes": codes})
	return []byte(out.String()), err
}
