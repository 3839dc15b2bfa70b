package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// drawnText is one text of a drawing with its estimated room.
type drawnText struct {
	box
	text string
}

// read parses a drawing: its width and height, its texts and its ids.
func read(t *testing.T, svg []byte) (width, height float64, texts []drawnText, ids []string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	var strong []bool
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return width, height, texts, ids
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			attributes := map[string]string{}
			for _, a := range e.Attr {
				attributes[a.Name.Local] = a.Value
			}
			strong = append(strong, strings.Contains(attributes["class"], "strong") || len(strong) > 0 && strong[len(strong)-1])
			if id := attributes["id"]; id != "" {
				ids = append(ids, id)
			}
			if box := attributes["viewBox"]; box != "" {
				fmt.Sscanf(box, "0 0 %f %f", &width, &height)
			}
			if e.Name.Local == "text" {
				content, err := d.Token()
				if err != nil {
					t.Fatal(err)
				}
				texts = append(texts, measured(attributes, string(content.(xml.CharData)), strong[len(strong)-1]))
			}
		case xml.EndElement:
			strong = strong[:len(strong)-1]
		}
	}
}

func measured(attributes map[string]string, text string, strong bool) drawnText {
	class, _, _ := strings.Cut(attributes["class"], " ")
	size, bold := fontSize(class)
	w := textWidth(text, size, bold || strong && class == "lbl")
	x, _ := strconv.ParseFloat(attributes["x"], 64)
	y, _ := strconv.ParseFloat(attributes["y"], 64)
	switch attributes["text-anchor"] {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	return drawnText{box{x, y - .8*size, w, size}, text}
}

func TestTextsStayInsideAndApart(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		for _, f := range gallery(lang) {
			for _, size := range []Size{Wide, Narrow} {
				t.Run(fmt.Sprintf("%s/%s/%d", f.ID, lang, size), func(t *testing.T) {
					width, height, texts, _ := read(t, f.SVG(size))
					for i, a := range texts {
						if a.x < -.5 || a.y < -.5 || a.x+a.w > width+.5 || a.y+a.h > height+.5 {
							t.Errorf("%q leaves the drawing of %v × %v: %+v", a.text, width, height, a.box)
						}
						inner := box{a.x + .5, a.y + .5, a.w - 1, a.h - 1}
						for _, b := range texts[:i] {
							if inner.meets(b.box) {
								t.Errorf("%q %+v overlaps %q %+v", a.text, a.box, b.text, b.box)
							}
						}
					}
				})
			}
		}
	}
}

func TestIDsAreUniqueOnAPage(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range gallery("en") {
		for size, infix := range map[Size]string{Wide: "-w", Narrow: "-n"} {
			_, _, _, ids := read(t, f.SVG(size))
			if len(ids) != 2 {
				t.Errorf("%s: got ids %q, want a title's and a description's", f.ID, ids)
			}
			for _, id := range ids {
				if seen[id] || !strings.HasPrefix(id, f.ID+infix) {
					t.Errorf("id %q is used twice or does not start with %q", id, f.ID+infix)
				}
				seen[id] = true
			}
		}
	}
}

func TestDrawingsLeaveAllStyleToTheTheme(t *testing.T) {
	forbidden := regexp.MustCompile(`\s(style|fill|stroke|color|on[a-z]+|font-[a-z]+)=|<(style|script|image|foreignObject)|NaN|Inf|#[0-9a-fA-F]{3}`)
	decimals := regexp.MustCompile(`="-?\d+\.\d\d`)
	for _, f := range gallery("zh-CN") {
		for _, size := range []Size{Wide, Narrow} {
			svg := string(f.SVG(size))
			if at := forbidden.FindString(svg); at != "" {
				t.Errorf("%s %d: has %q", f.ID, size, at)
			}
			if at := decimals.FindString(svg); at != "" {
				t.Errorf("%s %d: coordinate %q is not rounded to 0.1", f.ID, size, at)
			}
			for _, want := range []string{`role="img"`, `class="plate`, `lang="zh-CN"`, "aria-labelledby"} {
				if !strings.Contains(svg, want) {
					t.Errorf("%s %d: lacks %s", f.ID, size, want)
				}
			}
		}
	}
}

func TestDrawingsMatchTheirGoldens(t *testing.T) {
	for _, kind := range kinds {
		for _, size := range []Size{Wide, Narrow} {
			f := fixture(kind, "en")
			got := bytes.ReplaceAll(f.SVG(size), []byte("><"), []byte(">\n<")) // readable in a diff
			name := filepath.Join("testdata", fmt.Sprintf("%s-%d.svg", kind, size))
			if os.Getenv("UPDATE") == "1" {
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; UPDATE=1 rewrites it", name)
			}
		}
	}
}

func TestSameFigureSameBytes(t *testing.T) {
	second := gallery("en")
	for i, f := range gallery("en") {
		again := second[i]
		for _, size := range []Size{Wide, Narrow} {
			if !bytes.Equal(f.SVG(size), again.SVG(size)) {
				t.Errorf("%s: two drawings differ", f.ID)
			}
		}
		a, err := f.Option()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := again.Option()
		if !bytes.Equal(a, b) || !bytes.Equal(f.CSV(), again.CSV()) {
			t.Errorf("%s: two options or tables differ", f.ID)
		}
	}
}

func TestBrokenLinesAreNotJoined(t *testing.T) {
	f := fixture(Lines, "en")
	f.Axis = Axis{}
	f.Rows[2].Break = true
	svg := string(f.SVG(Wide))
	if got := strings.Count(svg, `class="line"`); got != 1 {
		t.Errorf("got %d lines, want 1 over the first two points", got)
	}
	if !strings.Contains(svg, "gapmark") || !strings.Contains(svg, "not comparable") {
		t.Error("the gap is not marked or not explained")
	}
	if got := strings.Count(svg, "ci own"); got != 3 {
		t.Errorf("got %d strokes of whiskers, want the single point's 3", got)
	}
}

func TestManySeriesAreGreyButTheFirstAndStrong(t *testing.T) {
	svg := string(sevenSeries("en").SVG(Wide))
	if got := strings.Count(svg, `class="series grey"`); got != 5 {
		t.Errorf("got %d grey series of 7, want 5", got)
	}
}

func TestToneClassesAreMonotoneAndGreyOnlyWhenNeutral(t *testing.T) {
	for tone, want := range map[float64]int{-1: 1, -.5: 2, 0: 4, .5: 6, 1: 7, -.11: 3, .11: 5, -2: 1, 3: 7} {
		if got := toneClass(tone); got != want {
			t.Errorf("tone %v: got d%d, want d%d", tone, got, want)
		}
	}
}
