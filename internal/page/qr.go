package page

import (
	"fmt"
	"html/template"
	"strings"

	qrcode "github.com/skip2/go-qrcode"
)

// QRCode draws the QR code of an address, error correction M, with the quiet
// zone of four modules that readers need; "" without an address.
func QRCode(address string) (template.HTML, error) {
	if address == "" {
		return "", nil
	}
	rows, err := Modules(address)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="qr" viewBox="0 0 %d %[1]d" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h%[1]dv%[1]dH0z"/><path d="`, len(rows))
	b.WriteString(outlineOf(rows))
	b.WriteString(`"/></svg>`)
	return trusted(b.String()), nil
}

// Modules are the black and white fields of a QR code, quiet zone and all.
func Modules(text string) ([][]bool, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("draw a QR code: %w", err)
	}
	return code.Bitmap(), nil
}

// QR is a picture file of a QR code, as SVG; label stands below it.
func QR(text, label string) ([]byte, error) {
	rows, err := Modules(text)
	if err != nil {
		return nil, err
	}
	n, line := len(rows), 0
	if label != "" {
		line = 5
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%[1]dv%[2]dH0z"/><path d="%s"/>`, n, n+line, outlineOf(rows))
	if label != "" {
		fmt.Fprintf(&b, `<text x="%d" y="%d" font-family="sans-serif" font-size="3" text-anchor="middle">%s</text>`, n/2, n+2, template.HTMLEscapeString(label))
	}
	b.WriteString("</svg>\n")
	return []byte(b.String()), nil
}

// outlineOf is the path of the black fields, a run of a row each.
func outlineOf(rows [][]bool) string {
	var b strings.Builder
	for y, row := range rows {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1H%dz", from, y, x-from, from)
			}
		}
	}
	return b.String()
}
