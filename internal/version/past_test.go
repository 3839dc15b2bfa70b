package version

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"manyi/internal/survey"
)

// TestLookComparesTheDefinitionsOfTheWaves builds three states of a
// questionnaire and holds what they say of each wave.
func TestLookComparesTheDefinitionsOfTheWaves(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/edits.txtar")
	if err != nil {
		t.Fatal(err)
	}
	third := string(archive.Files[0].Data)
	second := strings.NewReplacer("version: 3", "version: 2", "{code: 1, label: {en: Dissatisfied", "{code: 4, label: {en: Dissatisfied").Replace(third)
	first := strings.NewReplacer("version: 2", "version: 1", "Please rate each aspect of your visit.", "Please rate every aspect of your visit.").Replace(second)
	files := fstest.MapFS{}
	for name, text := range map[string]string{"survey.yaml": third, "versions/2.yaml": second, "versions/1.yaml": first} {
		files["surveys/visit/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	known := Definitions(files, nil, "visit", nil)
	if len(known) != 3 {
		t.Fatalf("%d definitions, want 3", len(known))
	}
	said := func(waves ...Asked) string {
		p := Look(known[0].Survey, waves, known)
		var out []string
		for _, e := range p.Events {
			out = append(out, fmt.Sprintf("%s %s %s %s", e.Wave, e.Item, e.Change, e.Series))
		}
		return fmt.Sprint(strings.Join(out, "; "), p.Mixed, p.Lost)
	}
	wave := func(id string, versions ...int) Asked {
		a := Asked{Wave: id}
		for _, v := range versions {
			a.Editions = append(a.Editions, Edition{Version: v})
		}
		return a
	}
	for _, c := range []struct {
		name  string
		waves []Asked
		want  string
	}{
		{"nothing changed", []Asked{wave("a", 3), wave("b", 3)}, "[] []"},
		{"no version named", []Asked{wave("a", 0), wave("b", 3)}, "[] []"},
		{"one wave", []Asked{wave("a", 1)}, "[] []"},
		{"wording, then codes", []Asked{wave("a", 1), wave("b", 2), wave("c", 3)}, "b aspects_speed wording marked; b aspects_staff wording marked; c osat scale new[] []"},
		{"a wave without a version between", []Asked{wave("a", 2), wave("b"), wave("c", 3)}, "c osat scale new[] []"},
		{"late answers to the old version", []Asked{wave("a", 2), wave("b", 2, 3)}, "b osat scale new[{b osat}] []"},
		{"back again", []Asked{wave("a", 3), wave("b", 2)}, "b osat scale new[] []"},
		{"lost", []Asked{wave("a", 9), wave("b", 3)}, "[] [{9 }]"},
	} {
		if got := said(c.waves...); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	renamed := *known[0].Survey
	renamed.History = []survey.Event{{Version: 2, Item: "aspects", Change: "wording", Series: survey.SameSeries}}
	p := Look(&renamed, []Asked{wave("a", 1), wave("b", 2)}, known)
	if len(p.Events) != 0 {
		t.Errorf("declared the same in history: got %v", p.Events)
	}
	if slices.ContainsFunc(p.Events, func(e survey.Event) bool { return e.Source == "" }) {
		t.Error("an event names no source")
	}
}
