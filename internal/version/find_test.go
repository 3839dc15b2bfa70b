package version

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"manyi/internal/diag"
)

func TestDefinitionsAreFoundByVersionAndBuild(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/edits.txtar")
	if err != nil {
		t.Fatal(err)
	}
	now := string(archive.Files[0].Data)
	before := strings.NewReplacer("version: 3", "version: 2", "our service today", "our service").Replace(now)
	files := fstest.MapFS{
		"surveys/visit/survey.yaml":     {Data: []byte(now)},
		"surveys/visit/versions/2.yaml": {Data: []byte(before)},
		"surveys/visit/versions/x.yaml": {Data: []byte("- no survey")},
	}
	all := Definitions(files, nil, "visit", nil)
	if len(all) != 2 {
		t.Fatalf("%d definitions, want 2", len(all))
	}
	old := ForAnswers(all, Edition{Version: 2})
	if old == nil || old.Source != "surveys/visit/versions/2.yaml" {
		t.Fatalf("version 2: %v", old)
	}
	if d := ForAnswers(all, Edition{9, old.Survey.Build()}); d != old {
		t.Errorf("by build: %v, want %v", d, old)
	}
	if d := ForAnswers(all, Edition{Version: 9}); d != nil {
		t.Errorf("version 9: %v, want none", d)
	}
	changes := ForColumn(Compare(old.Survey, all[0].Survey), all[0].Survey, "osat")
	if len(changes) != 1 || changes[0].Verdict != Marked {
		t.Errorf("changes of osat: %v", changes)
	}
	if none := ForColumn(Compare(old.Survey, all[0].Survey), all[0].Survey, "aspects_speed"); len(none) != 0 {
		t.Errorf("changes of aspects_speed: %v", none)
	}
}

func TestFaultyDefinitionsAreToldWithTheirPlace(t *testing.T) {
	files := fstest.MapFS{
		"surveys/shop/versions/1.yaml": {Data: []byte("manyi: 1\nid: shop\nversion: 1\ntitle: [\n")},
		"surveys/shop/versions/2.yaml": {Data: bytes.Repeat([]byte("#\n"), 1<<20)},
		"surveys/shop/versions/3.yaml": {Data: []byte("manyi: 1\nid: shop\nversion: 3\nlanguages: [en]\ntitle: Shop\npages:\n  - id: one\n    questions:\n      - {id: q, type: rating, scale: sat5, text: All in all}\n")},
	}
	var problems diag.List
	Unread(files, "shop", &problems)
	var got []string
	for _, p := range problems.Problems() {
		got = append(got, p.Place.File+" "+p.Severity.String())
		if p.Summary.String() == "" || p.Cure.String() == "" {
			t.Errorf("%s: no words", p.Place.File)
		}
	}
	if want := []string{"surveys/shop/versions/1.yaml warning", "surveys/shop/versions/2.yaml warning"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
