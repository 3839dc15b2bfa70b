package chart

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func themeFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../templates/theme/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSegmentTextIsReadable holds text on every level at a contrast of 4.5
// (WCAG 2.2, 1.4.3), in every set of colours of the theme.
func TestSegmentTextIsReadable(t *testing.T) {
	colour := regexp.MustCompile(`--(d|on)([1-7]): (#[0-9a-f]+)`)
	sets := 0
	for block := range strings.SplitSeq(themeFile(t, "figure.css"), "}") {
		found := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(block, -1) {
			found[m[1]+m[2]] = m[3]
		}
		if len(found) == 0 {
			continue
		}
		sets++
		for i := 1; i <= 7; i++ {
			on, level := found[fmt.Sprint("on", i)], found[fmt.Sprint("d", i)]
			if got := contrast(t, on, level); got < 4.5 {
				t.Errorf("set %d: %s on %s (level %d) has contrast %.2f, want 4.5", sets, on, level, i, got)
			}
		}
	}
	if sets != 2 {
		t.Errorf("got %d sets of colours, want light, dark by preference and dark by choice", sets)
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatalf("colour %q: %v", hex, err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestExploreIsSmallAndSafe(t *testing.T) {
	script := themeFile(t, "explore.js")
	if got, most := packed(t, script), 6<<10; got > most {
		t.Errorf("explore.js is %d bytes in gzip, want at most %d", got, most)
	}
	if at := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|fetch\(|https?:`).FindString(script); at != "" {
		t.Errorf("explore.js has %q", at)
	}
	for name := range map[string]bool{"@fn:whisker": true, "@fn:band": true} {
		if !strings.Contains(script, strconv.Quote(name)) {
			t.Errorf("explore.js does not know %q", name)
		}
	}
}

func TestEChartsBundleIsSmallAndAsksNobody(t *testing.T) {
	script := themeFile(t, "echarts/echarts.min.js")
	if got, most := packed(t, script), 300<<10; got > most {
		t.Errorf("echarts.min.js is %d bytes in gzip, want at most %d", got, most)
	}
	for _, url := range regexp.MustCompile("https?://[^\"'` )]*").FindAllString(script, -1) {
		if !strings.HasPrefix(url, "http://www.w3.org/") { // names of XML namespaces, never fetched
			t.Errorf("echarts.min.js has %q", url)
		}
	}
}

func packed(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestThemeKnowsEveryClassAndToken(t *testing.T) {
	css := themeFile(t, "figure.css")
	class := regexp.MustCompile(`class="([^"]+)"`)
	token := regexp.MustCompile(`@token:([a-z0-9]+)`)
	page := map[string]bool{"ink": true, "ink2": true, "ink3": true, "paper": true, "line": true, "accent": true, "wash": true, "bad": true}
	plain := map[string]bool{"row": true, "in": true, "series": true}
	for _, f := range gallery("en") {
		for _, m := range class.FindAllStringSubmatch(string(f.SVG(Wide))+string(f.SVG(Narrow)), -1) {
			for name := range strings.FieldsSeq(m[1]) {
				if !plain[name] && !regexp.MustCompile(`\.`+name+`\b`).MatchString(css) {
					t.Errorf("%s: figure.css does not know class %q", f.ID, name)
				}
			}
		}
		option, err := f.Option()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range token.FindAllSubmatch(option, -1) {
			if name := string(m[1]); !page[name] && !strings.Contains(css, "--"+name+":") {
				t.Errorf("%s: no theme has the colour %q", f.ID, name)
			}
		}
	}
}
