package report

import (
	"slices"
	"strings"

	"manyi/internal/survey"
)

// figureName names a figure of an analysis by its path in the results: the
// analysis, and where the figure is of a part of it, the part.
func (b *builder) figureName(analysis, path string) string {
	if analysis == "accounts" {
		return b.say("represent.accounts")
	}
	k := slices.IndexFunc(b.survey.Analyses, func(a survey.Analysis) bool { return a.ID == analysis })
	if k < 0 {
		return analysis
	}
	a := b.survey.Analyses[k]
	name := b.calledAnalysis(a)
	var parts []string
	keys := strings.Split(path, ".")
	for i := 0; i < len(keys); i++ {
		part := ""
		if i+1 < len(keys) && slices.Contains(holders, keys[i]) {
			part = b.partName(a, keys[i], keys[i+1])
			i++
		} else {
			part = b.figureWord(keys[i])
		}
		if part != "" && part != name {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return name
	}
	return b.say("item.of", "battery", name, "item", strings.Join(parts, " · "))
}

// holders are the keys of the results below which parts stand by their id.
var holders = []string{"facets", "dimensions", "constructs", "brands", "features", "components", "groups", "items", "topics"}

// calledAnalysis is the author's name of an analysis, else that of its page.
func (b *builder) calledAnalysis(a survey.Analysis) string {
	switch {
	case b.text(a.Label) != "":
		return isolated(b.text(a.Label))
	case a.CSI != nil:
		return b.say("csi.name")
	case a.Gap != nil:
		return b.say("page.gaps")
	case a.Kano != nil:
		return b.say("page.kano")
	case a.PathModel != nil:
		return b.modelName(modelled{analysis: a, def: a.PathModel})
	case a.Competitors != nil:
		return b.say("page.competitors")
	case a.Method == "loyalty":
		return b.say("page.loyalty")
	case a.Enterprise != nil:
		return b.say("enterprise.name")
	case a.Method == "two_factor":
		return b.say("page.drivers")
	}
	return b.shownName(a)
}

// partName is the label of a part of an analysis.
func (b *builder) partName(a survey.Analysis, holder, id string) string {
	switch {
	case holder == "facets" && a.CSI != nil:
		return b.facetName(a, id)
	case holder == "constructs" && a.PathModel != nil:
		return b.construct(modelled{analysis: a, def: a.PathModel}, id)
	case holder == "brands" && a.Competitors != nil:
		return b.brandName(a, id)
	case holder == "features" && a.Kano != nil:
		if k := slices.IndexFunc(a.Kano.Features, func(f survey.KanoFeature) bool { return f.ID == id }); k >= 0 {
			return kanoView{builder: b, analysis: a}.feature(k)
		}
	case holder == "dimensions" && a.Gap != nil:
		if k := slices.IndexFunc(a.Gap.Dimensions, func(d survey.GapDimension) bool { return d.ID == id }); k >= 0 {
			return b.dimensionLabel(a.Gap.Dimensions[k])
		}
	case holder == "topics" && a.Verbatim != nil:
		return b.topicName(a, id)
	case holder == "components":
		return b.say("enterprise." + id)
	case holder == "groups":
		return b.say("loyalty." + id)
	}
	return b.itemLabel(id)
}

// figureWord is what the last key of a path is called, "" where the name of the
// analysis or of its part says it.
func (b *builder) figureWord(key string) string {
	switch key {
	case "gap", "perceived", "weighted_gap", "weighted_perceived", "better", "worse", "net", "hygiene", "motivators":
		return b.say("figure_of." + key)
	case "uncoded":
		return b.say("words.uncoded")
	}
	return ""
}
