package survey

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/templates"
)

// Every pack that is shipped can be extended by a survey that measures one of
// its items, has each item once and is in both languages.
func TestShippedPacksAreWhole(t *testing.T) {
	names, err := fs.Glob(templates.Files, "packs/*.yaml")
	if err != nil || len(names) != 10 {
		t.Fatalf("%d packs, %v", len(names), err)
	}
	for _, name := range names {
		id := strings.TrimSuffix(path.Base(name), ".yaml")
		var problems diag.List
		source := load(templates.Files, name, &problems)
		p := &Pack{}
		mapping(newReader(source, &problems), source.root, diag.Say("a pack"), packKeys, p)
		if got := problems.Problems(); len(got) > 0 || p.ID != id {
			t.Fatalf("%s: id %q, %v", name, p.ID, got)
		}
		seen := map[string]bool{}
		first := ""
		for _, f := range p.Facets {
			for _, i := range f.Items {
				if seen[i.ID] {
					t.Errorf("%s: item %q twice", name, i.ID)
				}
				if seen[i.ID] = true; i.Label.In("zh-CN") == "" || i.Label.In("en") == "" || i.Label.In("zh-CN") == i.Label.In("en") {
					t.Errorf("%s: item %q is not in both languages", name, i.ID)
				}
				if first == "" {
					first = i.ID
				}
			}
		}
		text := fmt.Sprintf("manyi: 1\nid: x\nlanguages: [en]\ntitle: X\npages:\n  - id: p\n    questions:\n      - {id: %s, type: rating, scale: sat5, text: T}\nanalyses:\n  - {id: index, method: csi, extends: %s}\n", first, id)
		s := Parse(fstest.MapFS{"surveys/x/survey.yaml": {Data: []byte(text)}}, "surveys/x", nil, &problems)
		if problems.Has(diag.Error) || len(s.Analyses[0].CSI.Leaves()) != 1 || s.Analyses[0].CSI.Leaves()[0].Factor != first {
			t.Errorf("%s cannot be extended: %v", name, problems.Problems())
		}
	}
}
