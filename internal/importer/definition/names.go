package definition

import (
	"strings"

	"manyi/internal/importer/draft"
)

// Name is a name of the tool that is another one in the draft: of a column of
// answers, or, where Item is not empty, of an answer of that item.
type Name struct{ Item, From, To string }

// names are the columns and answers of a draft that the exports of its tool
// call otherwise. With them an export finds its place without a mapping.
func names(s *draft.Survey) []Name {
	var out []Name
	seen := map[Name]bool{}
	add := func(item, from, to string) {
		n := Name{item, from, to}
		if from != "" && !strings.HasSuffix(from, "_") && from != to && !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			if q.From == "" {
				continue
			}
			add("", q.From, q.ID)
			items := []string{q.ID}
			for i, r := range append(q.Rows, q.Items...) {
				if i == 0 {
					items = nil
				}
				items = append(items, q.ID+"_"+r.ID)
				add("", q.From+"_"+r.From, q.ID+"_"+r.ID)
			}
			for _, o := range q.Options {
				if q.Type == "multiple_choice" {
					add("", q.From+"_"+o.From, q.ID+"_"+o.Code)
				}
				for _, item := range items {
					add(item, o.From, o.Code)
				}
			}
		}
	}
	return out
}
