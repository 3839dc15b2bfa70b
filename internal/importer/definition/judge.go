package definition

import (
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// guessed is a translated condition: set writes it, clear takes it back, and
// unset takes it back and names it as lost.
type guessed struct{ set, unset, clear func() }

// judge keeps the conditions with which the draft is a survey without errors:
// all of them where that is so, else one by one.
func (b *builder) judge() {
	sound := b.sound()
	for _, c := range b.conditions {
		c.set()
	}
	if len(b.conditions) == 0 || !sound || b.sound() {
		return
	}
	for _, c := range b.conditions {
		c.clear()
	}
	for _, c := range b.conditions {
		if c.set(); !b.sound() {
			c.unset()
		}
	}
}

// sound reports whether check finds no error in the draft.
func (b *builder) sound() bool {
	d := *b.out
	d.Pages = filled(d.Pages)
	files := fstest.MapFS{
		"manyi.yaml":                           {Data: []byte("manyi: 1\ntitle: x\nlanguages: [zh-CN, en]\n")},
		"surveys/" + b.out.ID + "/survey.yaml": {Data: d.YAML()},
	}
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	s := survey.Parse(files, "surveys/"+b.out.ID, ws, &problems)
	return s != nil && !problems.Has(diag.Error)
}
