package survey

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/templates"
)

// presetSurvey uses a preset with one question for each construct.
func presetSurvey(name string, constructs []string) string {
	var b strings.Builder
	b.WriteString("manyi: 1\nid: cafe\nlanguages: [en]\ntitle: x\npages:\n  - id: a\n    questions:\n")
	for _, c := range constructs {
		fmt.Fprintf(&b, "      - {id: q_%s, type: rating, scale: sat7, text: x}\n", c)
	}
	fmt.Fprintf(&b, "analyses:\n  - id: m\n    method: path_model\n    preset: %s\n    constructs:\n", name)
	for _, c := range constructs {
		fmt.Fprintf(&b, "      %s: {items: [q_%s]}\n", c, c)
	}
	return b.String()
}

func parsePreset(t *testing.T, files fstest.MapFS) (*PathModel, *diag.List) {
	t.Helper()
	var problems diag.List
	s := Parse(files, "surveys/cafe", nil, &problems)
	if s == nil || len(s.Analyses) == 0 {
		t.Fatal("no analysis")
	}
	return s.Analyses[0].PathModel, &problems
}

// constructIDs are the names that every shipped model shares.
var constructIDs = []string{"image", "expectation", "quality", "product_quality", "service_quality", "value", "satisfaction", "complaints", "loyalty"}

func TestShippedModelsAreWhole(t *testing.T) {
	for name, want := range map[string]struct {
		constructs, paths int
		confirmed         bool
	}{"scsb": {5, 6, true}, "acsi": {6, 9, true}, "ecsi": {7, 12, true}, "ccsi6": {6, 11, false}, "ccsi7": {7, 15, false}} {
		t.Run(name, func(t *testing.T) {
			var problems diag.List
			p, ok := readPreset(templates.Files, presetFolder+"/"+name+".yaml", &problems)
			if list := problems.Problems(); !ok || len(list) > 0 {
				t.Fatalf("%+v", list)
			}
			var ids []string
			for _, c := range p.constructs {
				ids = append(ids, c.ID)
				if !slices.Contains(constructIDs, c.ID) {
					t.Errorf("construct %q has a name of its own", c.ID)
				}
				if c.Label["zh-CN"] == "" || c.Label["en"] == "" {
					t.Errorf("construct %q lacks a label", c.ID)
				}
			}
			m, found := parsePreset(t, fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(presetSurvey(name, ids))}})
			if m == nil || found.Has(diag.Error) {
				t.Fatalf("%+v", found.Problems())
			}
			if len(m.Constructs) != want.constructs || len(m.Paths) != want.paths || m.Confirmed != want.confirmed {
				t.Errorf("%d constructs, %d paths, confirmed %v; want %+v", len(m.Constructs), len(m.Paths), m.Confirmed, want)
			}
			if m.Constructs[m.Target].ID != "satisfaction" {
				t.Errorf("target %q", m.Constructs[m.Target].ID)
			}
		})
	}
}

func TestWorkspaceReplacesAPresetAndAddsItsOwn(t *testing.T) {
	body, err := fs.ReadFile(templates.Files, presetFolder+"/ccsi6.yaml")
	if err != nil {
		t.Fatal(err)
	}
	confirmed := strings.Replace(strings.Replace(string(body), "status: unconfirmed", "status: published", 1), "  - [image, loyalty]\n", "", 1)
	constructs := []string{"image", "expectation", "quality", "value", "satisfaction", "loyalty"}
	for _, name := range []string{"ccsi6", "house"} {
		m, found := parsePreset(t, fstest.MapFS{
			"surveys/cafe/survey.yaml":            {Data: []byte(presetSurvey(name, constructs))},
			"templates/presets/" + name + ".yaml": {Data: []byte(confirmed)},
		})
		if m == nil || found.Has(diag.Error) {
			t.Fatalf("%s: %+v", name, found.Problems())
		}
		if len(m.Paths) != 10 || !m.Confirmed {
			t.Errorf("%s: %d paths, confirmed %v; want the 10 of the workspace's file", name, len(m.Paths), m.Confirmed)
		}
	}
}

func TestAuthorsPathsReplaceThoseOfThePreset(t *testing.T) {
	text := presetSurvey("ccsi6", []string{"image", "satisfaction", "loyalty"}) + "    paths: [[image, satisfaction], [satisfaction, loyalty]]\n"
	m, found := parsePreset(t, fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(text)}})
	if m == nil || found.Has(diag.Error) {
		t.Fatalf("%+v", found.Problems())
	}
	if len(m.Constructs) != 3 || len(m.Paths) != 2 || !m.Confirmed {
		t.Errorf("got %+v", m)
	}
}

func TestFaultsOfAWorkspacesPresetAreTold(t *testing.T) {
	_, found := parsePreset(t, fstest.MapFS{
		"surveys/cafe/survey.yaml":     {Data: []byte(presetSurvey("house", []string{"image"}))},
		"templates/presets/house.yaml": {Data: []byte("manyi: 1\nlanguages: [en]\ntitle: x\nstatus: maybe\n")},
	})
	list := found.Problems()
	if len(list) == 0 || list[0].Place.File != "templates/presets/house.yaml" {
		t.Errorf("got %+v", list)
	}
}
