package diag

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"
)

// reportJSON is what WriteJSON writes: a list of problems, the number of those
// of each kind that are not in it, and how many there are of each severity.
type reportJSON struct {
	Problems []problemJSON  `json:"problems"`
	Beyond   []beyondJSON   `json:"beyond"`
	Counts   map[string]int `json:"counts"`
}

type problemJSON struct {
	Severity string        `json:"severity"`
	Code     string        `json:"code"`
	Place    *placeJSON    `json:"place"`
	Summary  string        `json:"summary"`
	Cure     string        `json:"cure,omitempty"`
	Rule     *placeJSON    `json:"rule,omitempty"`
	Others   []relatedJSON `json:"others,omitempty"`
}

// placeJSON counts lines and columns from 1, columns and length in characters; what is unknown is left out.
type placeJSON struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Length int    `json:"length,omitempty"`
}

type relatedJSON struct {
	Place *placeJSON `json:"place"`
	Says  string     `json:"says"`
}

type beyondJSON struct {
	Severity string     `json:"severity"`
	Code     string     `json:"code"`
	File     string     `json:"file"`
	Rule     *placeJSON `json:"rule,omitempty"`
	Count    int        `json:"count"`
}

func (p Place) json() *placeJSON {
	if p == (Place{}) {
		return nil
	}
	return &placeJSON{p.File, p.Line, p.Column, p.Length}
}

// WriteJSON writes the problems for programs, their words in the given
// language. Severities and codes are the same in every language.
func (l *List) WriteJSON(w io.Writer, lang string) error {
	out := reportJSON{Problems: []problemJSON{}, Beyond: []beyondJSON{}, Counts: map[string]int{"error": 0, "warning": 0, "note": 0}}
	for _, p := range l.Problems() {
		one := problemJSON{
			Severity: p.Severity.String(), Code: p.Code, Place: p.Place.json(),
			Summary: p.Summary.In(lang), Cure: p.Cure.In(lang), Rule: p.Rule.json(),
		}
		for _, o := range p.Others {
			one.Others = append(one.Others, relatedJSON{o.Place.json(), o.Says.In(lang)})
		}
		out.Problems = append(out.Problems, one)
		out.Counts[one.Severity]++
	}
	for _, b := range l.beyond() {
		s := b.Severity.String()
		out.Beyond = append(out.Beyond, beyondJSON{s, b.Code, b.File, b.Rule.json(), b.Count})
		out.Counts[s] += b.Count
	}
	return write(w, out)
}

// write writes a value as indented JSON; < > & stay escaped, so that it may stand in a page.
func write(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// beyond are the counts of problems that were not kept, in a fixed order.
func (l *List) beyond() []beyond {
	var out []beyond
	for k, n := range l.more {
		out = append(out, beyond{k.severity, k.code, k.rule, k.file, n})
	}
	slices.SortFunc(out, func(a, b beyond) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.File, b.File), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Rule.File, b.Rule.File), cmp.Compare(a.Rule.Line, b.Rule.Line), cmp.Compare(a.Rule.Column, b.Rule.Column))
	})
	return out
}
