package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// drivers is the page of what moves an outcome: the shares of items in what they
// explain, penalty and reward, and the two kinds of factors. Nil without such an
// analysis.
func (b *builder) drivers() *Page {
	page := &Page{Name: "drivers", Title: b.say("page.drivers"), Kicker: b.kicker()}
	var said []string
	for _, a := range b.survey.Analyses {
		if !a.Built {
			continue
		}
		var heading string
		var sections []Section
		switch a.Method {
		case "drivers":
			heading, sections = b.driverSections(a)
		case "penalty_reward":
			heading, sections = b.penaltySections(a)
		case "two_factor":
			heading, sections = b.factorSections(a)
		}
		if sections == nil {
			continue
		}
		said = append(said, heading)
		page.Sections = append(page.Sections, sections...)
	}
	if len(page.Sections) == 0 {
		return nil
	}
	page.Heading = strings.Join(said[:min(len(said), 2)], b.say("drivers.between"))
	return page
}

// itemName is what an item of an analysis is called: its label, that of an
// option for a tick, else its id.
func (b *builder) itemName(id string) string {
	if item, ok := b.survey.Item(id); ok {
		return b.label(item)
	}
	for _, p := range b.survey.Pages {
		for _, q := range p.Questions {
			if code, ok := strings.CutPrefix(id, q.ID+"_"); ok && q.Scale != nil {
				return b.optionLabel(q.Scale, code)
			}
		}
	}
	return id
}

// itemNames are the names of items.
func (b *builder) itemNames(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = b.itemName(id)
	}
	return out
}

// analysisTitle is the analysis' own label, or what it is.
func (b *builder) analysisTitle(a survey.Analysis, key, outcome string) string {
	if s := b.text(a.Label); s != "" {
		return s
	}
	return b.say(key, "outcome", b.itemName(outcome))
}

// hiddenSection says that an analysis has too few answers.
func (b *builder) hiddenSection(a survey.Analysis, title string) []Section {
	return []Section{{ID: slug(a.ID, "hidden"), Title: title, Blocks: []Block{{Text: b.say("drivers.hidden", "min", b.results.MinCell)}}}}
}

// driverSections are the parts of one driver analysis and its sentence.
func (b *builder) driverSections(a survey.Analysis) (string, []Section) {
	title := b.analysisTitle(a, "drivers.title", a.Drivers.Outcome)
	d, ok := b.latest().block.Analyses[a.ID].(*measure.Drivers)
	if !ok || d.N == 0 {
		return b.say("drivers.hidden", "min", b.results.MinCell), b.hiddenSection(a, title)
	}
	outcome := b.itemName(d.Outcome)
	first := Section{ID: slug(a.ID, "shares"), Title: title, Blocks: []Block{{Text: b.explainedText(d, outcome) + b.notAmongDrivers(a)}}}
	first.Blocks = append(first.Blocks, Block{Note: b.say("look.relation")})
	first.Blocks = append(first.Blocks, b.driverCautions(d)...)
	if math.IsNaN(float64(d.RSquared)) {
		return b.say("drivers.heading_none", "outcome", outcome), []Section{first}
	}
	if f := b.shareFigure(a, d); f != nil {
		first.Blocks = append(first.Blocks, Block{Figure: f})
	}
	sections := []Section{first}
	if len(d.Core) > 0 {
		sections = append(sections, Section{ID: slug(a.ID, "core"), Title: b.say("drivers.core_title", "k", d.Top), Short: b.say("drivers.core_short"), Blocks: []Block{
			{Text: b.say("drivers.core_text", "k", d.Top)}, {Lists: []List{b.coreList(d)}}, {Figure: b.stability(a, d)},
		}})
	}
	sections = append(sections, Section{ID: slug(a.ID, "diagnostics"), Title: b.say("drivers.diagnostics_title"), Blocks: append([]Block{{Table: b.diagnostics(a, d)}}, b.driverHow(d)...)})
	return b.driverHeading(d, outcome), sections
}

// explainedText says how many answers the analysis has and what it explains.
func (b *builder) explainedText(d *measure.Drivers, outcome string) string {
	text := b.say("drivers.base", "count", count(d.N), "left", count(d.LeftOut))
	if d.LeftOut == 0 {
		text = b.say("drivers.base_all", "count", count(d.N))
	}
	if math.IsNaN(float64(d.RSquared)) {
		return text
	}
	return text + b.say("drivers.explained", "items", len(d.Items)-len(d.Constant), "outcome", outcome, "r2", percent0.String(float64(d.RSquared)),
		"interval", between(percent0, d.RSquaredCI), "adjusted", percent0.String(float64(d.Adjusted)))
}

// notAmongDrivers names the items whose penalty and reward for the same outcome
// the page shows, but which this regression does not have.
func (b *builder) notAmongDrivers(a survey.Analysis) string {
	var names []string
	for _, other := range b.survey.Analyses {
		if other.PenaltyReward == nil || other.Method != "penalty_reward" || other.PenaltyReward.Outcome != a.Drivers.Outcome {
			continue
		}
		for _, id := range other.PenaltyReward.Items {
			if name := b.itemName(id); !slices.Contains(a.Drivers.Items, id) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return b.say("drivers.not_among", "count", len(names), "items", b.fewNames(names))
}

// driverHeading names the core, and those whose place is sure.
func (b *builder) driverHeading(d *measure.Drivers, outcome string) string {
	if len(d.Core) == 0 || warned(d.Warnings, measure.Unexplained) {
		return b.say("drivers.heading_none", "outcome", outcome)
	}
	text := b.say("drivers.heading", "outcome", outcome, "items", b.fewNames(b.itemNames(d.Core)))
	switch {
	case warned(d.Warnings, measure.FewForDrivers):
		return text + b.say("drivers.heading_few", "n", d.N, "needed", measure.NeededForDrivers(len(d.Items)-len(d.Constant)))
	case d.Top >= len(d.Items)-len(d.Constant):
		return text
	}
	var firm []string
	for _, id := range d.Core {
		if firmPlace(d.Item(id)) {
			firm = append(firm, b.itemName(id))
		}
	}
	switch len(firm) {
	case 0:
		return text + b.say("drivers.heading_unsure", "k", d.Top)
	case len(d.Core):
		return text + b.say("drivers.heading_sure", "k", d.Top)
	}
	return text + b.say("drivers.heading_some", "k", d.Top, "items", b.fewNames(firm))
}

// firmPlace reports whether an item is of the core in at least 80 % of the resamples.
func firmPlace(i *measure.Driver) bool { return i.InTop >= .8 }

// driverCautions words the warnings.
func (b *builder) driverCautions(d *measure.Drivers) []Block {
	var out []Block
	p := len(d.Items) - len(d.Constant)
	for _, w := range d.Warnings {
		var names []string
		switch w {
		case measure.ConstantItem:
			names = d.Constant
		case measure.Collinear:
			names = d.Dependent
		case measure.StrongVIF:
			for _, i := range d.Items {
				if i.VIF >= 5 {
					names = append(names, i.ID)
				}
			}
		}
		out = append(out, Block{Note: b.say("drivers.warning."+w, "n", d.N, "needed", measure.NeededForDrivers(p), "items", b.join(b.itemNames(names)), "outcome", b.itemName(d.Outcome), "most", 15)})
	}
	return out
}

// coreList is the core with how often each item is of it.
func (b *builder) coreList(d *measure.Drivers) List {
	list := List{Title: b.say("drivers.core_list", "outcome", b.itemName(d.Outcome)), Ordered: true}
	for _, id := range d.Core {
		i := d.Item(id)
		list.Items = append(list.Items, b.say("drivers.core_item", "item", b.itemName(id), "share", percent0.String(float64(i.Share(d.Weights))), "k", d.Top, "often", percent0.String(float64(i.InTop))))
	}
	return list
}
