package chart

import (
	"bytes"
	"compress/gzip"
	"math"
	"os"
	"regexp"
	"slices"
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

// rampSets returns the sets of colours of the theme: light first.
func rampSets(t *testing.T) []map[string]string {
	t.Helper()
	colour := regexp.MustCompile(`--((?:d|on)(?:[1-7]|5[b-d]|9[b-h]|11[b-j])): (#[0-9a-f]+)`)
	var sets []map[string]string
	for block := range strings.SplitSeq(themeFile(t, "figure.css"), "}") {
		found := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(block, -1) {
			found[m[1]] = m[2]
		}
		if len(found) > 0 {
			sets = append(sets, found)
		}
	}
	if len(sets) < 2 {
		t.Fatalf("got %d sets of colours, want light and dark at least", len(sets))
	}
	return sets
}

// evenTones are the tones of a scale of n levels.
func evenTones(n int) []float64 {
	tones := make([]float64, n)
	for i := range tones {
		tones[i] = 2*float64(i)/float64(n-1) - 1
	}
	return tones
}

// TestSegmentTextIsReadable holds text on every level at a contrast of 4.5
// (WCAG 2.2, 1.4.3), in every set of colours of the theme.
func TestSegmentTextIsReadable(t *testing.T) {
	for k, set := range rampSets(t) {
		for n := 2; n <= 11; n++ {
			for _, name := range ramp(evenTones(n)) {
				if got := contrast(t, set["on"+name], set["d"+name]); got < 4.5 {
					t.Errorf("set %d: %s on %s (%s, scale of %d) has contrast %.2f, want 4.5", k, set["on"+name], set["d"+name], name, n, got)
				}
			}
		}
	}
}

// TestLevelsAreToldApart holds neighbouring levels of every scale from 2 to 11
// steps at a CIEDE2000 difference of 8 at least, for readers with and without
// colour blindness, and the steps of each side even: none is more than twice
// the smallest of its side.
func TestLevelsAreToldApart(t *testing.T) {
	for k, set := range rampSets(t) {
		for n := 2; n <= 11; n++ {
			names := ramp(evenTones(n))
			var sides [2][]float64
			for i := 1; i < n; i++ {
				a, b := set["d"+names[i-1]], set["d"+names[i]]
				for _, sight := range []string{"normal", "protanopia", "deuteranopia", "tritanopia"} {
					if got := difference(seen(t, a, sight), seen(t, b, sight)); got < 8 {
						t.Errorf("set %d: levels %d and %d of %d (%s, %s) differ by %.1f (%s), want 8", k, i, i+1, n, a, b, got, sight)
					}
				}
				if at := 2 * i; at != n { // the step from red to blue is a change of side
					side := min(1, at/n)
					sides[side] = append(sides[side], difference(seen(t, a, "normal"), seen(t, b, "normal")))
				}
			}
			for _, side := range sides {
				if len(side) > 1 && slices.Max(side) > 2.1*slices.Min(side) {
					t.Errorf("set %d: steps of a scale of %d are uneven: %.1f", k, n, side)
				}
			}
		}
	}
}

// TestRampHasAColourForEveryLevel: no two levels of a scale of 2 to 11 share one, and
// only a scale of an odd number has a neutral.
func TestRampHasAColourForEveryLevel(t *testing.T) {
	for n := 2; n <= 11; n++ {
		names := ramp(evenTones(n))
		if set := slices.Compact(slices.Sorted(slices.Values(names))); len(set) != n {
			t.Errorf("%d levels have %d colours: %q", n, len(set), names)
		}
		if names[0] != "1" || names[n-1] != "7" {
			t.Errorf("ends of %d levels are %q", n, names)
		}
	}
	for _, c := range []struct {
		tones []float64
		want  string
	}{
		{[]float64{-1, 0, 1}, "1 4 7"},
		{[]float64{-1, -.5, 0, 1}, "1 5b 4 7"},
		{[]float64{0, .5, 1}, "4 5d 7"},
		{[]float64{1, 1.0 / 3, -1.0 / 3, -1}, "7 5d 5b 1"},
		{[]float64{-1, -1, 0, 1, 1}, "1 1 4 7 7"},
	} {
		if got := strings.Join(ramp(c.tones), " "); got != c.want {
			t.Errorf("tones %v have colours %s, want %s", c.tones, got, c.want)
		}
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
	c := linear(t, hex)
	return .2126*c[0] + .7152*c[1] + .0722*c[2]
}

// linear returns the linear red, green and blue of a colour of sRGB.
func linear(t *testing.T, hex string) (out [3]float64) {
	t.Helper()
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	for i := range 3 {
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
		out[i] = c
	}
	return out
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
