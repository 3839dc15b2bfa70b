package survey

import (
	"fmt"
	"io/fs"
	"sync"

	"manyi/internal/diag"
	"manyi/templates"
)

// Fact is a number that courses repeat (METHODS A75, A77): never a measurement
// of the firm at hand, always shown with its provenance.
type Fact struct {
	ID         string
	Topic      string  // silent, resolved, mouth, cost or lost
	Reason     string  // lost: the reason it is the share of
	Value      float64 // a share where it is at most 1
	High       float64 // upper end of a range, 0 without
	Statement  Text
	Provenance Text
	Caveat     Text
}

type factsFile struct {
	format    int
	languages []string
	facts     []Fact
}

var factKeys = []key[Fact]{
	{"id", "name of it", str(func(f *Fact) *string { return &f.ID }), required},
	{"topic", "where it is shown", word(func(f *Fact) *string { return &f.Topic }, "silent", "resolved", "mouth", "cost", "lost"), required},
	{"reason", "the reason for leaving that it is the share of", word(func(f *Fact) *string { return &f.Reason }, LostReasons...), optional},
	{"value", "the number", amount(func(f *Fact) *float64 { return &f.Value }, 0, maxWhole), required},
	{"high", "the upper end of a range", amount(func(f *Fact) *float64 { return &f.High }, 0, maxWhole), optional},
	{"statement", "what it says", text(func(f *Fact) *Text { return &f.Statement }), required},
	{"provenance", "where it comes from", text(func(f *Fact) *Text { return &f.Provenance }), required},
	{"caveat", "why it may not hold", text(func(f *Fact) *Text { return &f.Caveat }), required},
}

var factsKeys = []key[factsFile]{
	{"manyi", "format of this file", whole(func(f *factsFile) *int { return &f.format }, 1, 1), required},
	{"languages", "languages of the texts", languageList(func(f *factsFile) *[]string { return &f.languages }), required},
	{"facts", "the numbers", objects(diag.Say("a number that is quoted"), func(f *factsFile) *[]Fact { return &f.facts }, factKeys), required},
}

// Facts are the numbers of templates/facts.yaml, shared: nobody changes them.
var Facts = sync.OnceValue(func() []Fact {
	var problems diag.List
	out := readFacts(templates.Files, &problems)
	if p := problems.Problems(); len(p) > 0 {
		panic(fmt.Sprintf("survey: facts.yaml: %v: %s", p[0].Place, p[0].Summary))
	}
	return out
})

func readFacts(files fs.FS, problems *diag.List) []Fact {
	var out factsFile
	source := load(files, "facts.yaml", problems)
	if source == nil {
		return nil
	}
	mapping(newReader(source, problems), source.root, diag.Say("the file"), factsKeys, &out)
	return out.facts
}
