// Package content embeds the method pages, the glossary and the numbers that
// everybody quotes, in every language. A workspace file content/<path> replaces
// the embedded file of the same path.
package content

import (
	"embed"
	"slices"
)

// Files holds methods/NAME.LANG.md, glossary.LANG.md and facts.LANG.md. The other
// folders of content/ are pages of the demo's surveys.
//
//go:embed methods/*.md glossary.*.md facts.*.md
var Files embed.FS

// Group is some method pages below a name; its words stand under "methods.group".
type Group struct {
	Name  string
	Pages []string
}

// Groups are all method pages in the order in which they are listed.
var Groups = []Group{
	{"measures", []string{"csi", "weights", "csat", "ces", "nps", "loyalty", "enterprise", "questions", "ranking", "max-diff"}},
	{"why", []string{"importance-performance", "drivers", "penalty-reward", "two-factor", "gap", "zone-of-tolerance", "kano", "path-model", "reliability"}},
	{"compare", []string{"trend", "segments", "crosstab", "competitors", "verbatim", "customers", "economics"}},
	{"service", []string{
		"complaints", "pareto", "control-charts", "voice", "service-desk", "service-evaluation", "scorecards", "mystery-visits", "lost-customers",
		"actions", "flow", "evidence",
	}},
	{"grounds", []string{"sample", "weighting", "fieldwork", "quality", "intervals", "privacy"}},
	{"reference", []string{"glossary", "facts"}},
}

// Names are the names of all pages, in order.
func Names() []string {
	var out []string
	for _, g := range Groups {
		out = append(out, g.Pages...)
	}
	return out
}

// Reference reports whether a page belongs to every site: the glossary and the quoted numbers.
func Reference(name string) bool { return slices.Contains(Groups[len(Groups)-1].Pages, name) }

// File is the path of a page in a language, below content/.
func File(name, lang string) string {
	if Reference(name) {
		return name + "." + lang + ".md"
	}
	return "methods/" + name + "." + lang + ".md"
}
