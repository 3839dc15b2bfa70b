package pdf

import (
	"bytes"
	"regexp"
	"strconv"
)

// What Chromium writes in clear: the tree of pages, and where the ids that are
// linked to stand.
var (
	object      = regexp.MustCompile(`(?s)(?:^|\n)([0-9]+) 0 obj\n(.*?)\nendobj`)
	kids        = regexp.MustCompile(`(?s)/Type /Pages\b.*?/Kids \[([^\]]*)\]`)
	reference   = regexp.MustCompile(`([0-9]+) 0 R`)
	parent      = regexp.MustCompile(`/Parent ([0-9]+) 0 R`)
	destination = regexp.MustCompile(`(?:\n|<<)/([A-Za-z0-9_-]+) \[([0-9]+) 0 R /XYZ`)
)

// starts is the page, from 1, on which each linked id stands. It is empty where
// the file is written in another way than expected.
func starts(body []byte) map[string]int {
	at := map[string]int{} // object -> page
	for i, id := range order(body) {
		at[id] = i + 1
	}
	out := map[string]int{}
	for _, m := range destination.FindAllSubmatch(body, -1) {
		if page, ok := at[string(m[2])]; ok {
			out[string(m[1])] = page
		}
	}
	return out
}

// count is the number of pages.
func count(body []byte) int { return len(order(body)) }

// order is the objects of the pages, in order.
func order(body []byte) []string {
	below, child := map[string][]string{}, map[string]bool{}
	for _, m := range object.FindAllSubmatch(body, -1) {
		k := kids.FindSubmatch(m[2])
		if k == nil {
			continue
		}
		for _, r := range reference.FindAllSubmatch(k[1], -1) {
			below[string(m[1])] = append(below[string(m[1])], string(r[1]))
		}
		if parent.Match(bytes.Split(m[2], []byte("/Kids"))[1]) {
			child[string(m[1])] = true
		}
	}
	var out []string
	var walk func(id string, depth int)
	walk = func(id string, depth int) {
		if below[id] == nil {
			out = append(out, id)
			return
		}
		for _, k := range below[id] {
			if depth < 32 {
				walk(k, depth+1)
			}
		}
	}
	for id := range below {
		if n, err := strconv.Atoi(id); err == nil && n > 0 && !child[id] {
			walk(id, 0)
		}
	}
	return out
}
