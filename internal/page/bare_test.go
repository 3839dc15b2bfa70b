package page

import (
	"bytes"
	"compress/gzip"
	"testing"

	"manyi/internal/survey"
	"manyi/templates"
)

// TestTheBareScriptFitsTheBudget holds the budget of DESIGN 8: 12 KB without QR, sealing and outbox, 20 KB with all.
func TestTheBareScriptFitsTheBudget(t *testing.T) {
	all, err := loadScripts(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	types := map[survey.Type]bool{survey.Ranking: true, survey.ConstantSum: true, survey.Slider: true, survey.MaxDiff: true, survey.KanoPairs: true, survey.Cascade: true}
	for name, test := range map[string]struct {
		f    features
		most int
	}{
		"bare":         {features{types: map[survey.Type]bool{}}, 12 << 10},
		"usual":        {features{types: map[survey.Type]bool{}, expressions: true, pipes: true, hidden: true}, 12 << 10},
		"collector":    {features{types: map[survey.Type]bool{}, expressions: true, pipes: true, posts: true}, 20 << 10},
		"sealed":       {features{types: map[survey.Type]bool{}, expressions: true, pipes: true, posts: true, seal: true}, 20 << 10},
		"all but mail": {features{types: types, expressions: true, pipes: true, hidden: true, shuffle: true, posts: true, seal: true, consent: true, kiosk: true, quiz: true}, 20 << 10},
		"all by hand":  {features{types: types, expressions: true, pipes: true, hidden: true, shuffle: true, picture: true, consent: true, kiosk: true, quiz: true}, 20 << 10},
	} {
		made, err := all.bundle(test.f)
		if err != nil {
			t.Fatal(err)
		}
		var packed bytes.Buffer
		w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(made.text))
		w.Close()
		t.Logf("%s: %d bytes, %d in gzip", name, len(made.text), packed.Len())
		if packed.Len() > test.most {
			t.Errorf("%s: the script has %d bytes gzipped, the budget is %d", name, packed.Len(), test.most)
		}
	}
}
