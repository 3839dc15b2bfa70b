package measure

import (
	"slices"
	"strings"

	"manyi/internal/survey"
)

// madeOf are the columns that a figure of an analysis is made of, the figure
// named by its path below the analysis: of a dimension, feature or construct
// those of that part, else all. Where a method has no columns of its own, none.
func madeOf(a survey.Analysis, path string) []string {
	parts := strings.Split(path, ".")
	part := ""
	if len(parts) > 2 {
		part = parts[1]
	}
	of := func(id string) bool { return part == "" || id == part }
	var out []string
	switch {
	case a.CSI != nil:
		return leavesAt(a.CSI.Facets, path)
	case a.Gap != nil:
		for _, d := range a.Gap.Dimensions {
			for _, p := range d.Pairs {
				if of(d.ID) {
					out = append(out, p.Perceived, p.Expected, p.Adequate)
				}
			}
		}
	case a.Kano != nil:
		for _, f := range a.Kano.Features {
			if of(f.ID) {
				out = append(out, f.Functional, f.Dysfunctional)
			}
		}
	case a.PathModel != nil: // a construct weighs its items by the whole model
		for _, c := range a.PathModel.Constructs {
			out = append(out, c.Items...)
		}
	case a.Enterprise != nil:
		for _, c := range a.Enterprise.Components {
			for _, counted := range c.Any {
				if of(c.ID) {
					out = append(out, counted.Question)
				}
			}
		}
	case a.Loyalty != nil:
		l := a.Loyalty
		out = []string{l.Satisfaction, l.Repurchase, l.Recommend}
	case a.TwoFactor != nil:
		if out = a.TwoFactor.Hygiene; path != "hygiene" {
			out = a.TwoFactor.Motivators
		}
	case a.Competitors != nil:
		out = append([]string{a.Competitors.Brand}, a.Competitors.Items...)
	case a.Verbatim != nil:
		out = a.Verbatim.Questions
	case a.Question != "":
		out = []string{a.Question}
	}
	return slices.DeleteFunc(slices.Clone(out), func(id string) bool { return id == "" })
}
