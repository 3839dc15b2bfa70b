package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// modelQuality is the quality of measurement: what failed in words, then the numbers.
func (b *builder) modelQuality(m modelled) []Block {
	failed := List{Title: b.say("model.failed"), Empty: b.say("model.none_failed")}
	for _, c := range m.result.Checks {
		if c.Verdict == measure.Good || c.Check == "fornell_larcker" && b.alreadyAlike(m, c) || b.doubled(m, c) {
			continue
		}
		failed.Items = append(failed.Items, b.failure(m, c))
	}
	return []Block{
		{Text: b.verdictSentence(m)},
		{Lists: []List{failed}},
		{Table: b.reliabilityTable(m)},
		{Table: b.outerTable(m)},
		{Table: b.discriminantTable(m)},
		{Note: b.say("model.quality_note")},
	}
}

// verdictSentence counts the checks.
func (b *builder) verdictSentence(m modelled) string {
	n := map[string]int{}
	for _, c := range m.result.Checks {
		n[c.Verdict]++
	}
	return b.say("model.checks", "n", len(m.result.Checks), "good", n[measure.Good], "fair", n[measure.Fair], "poor", n[measure.Poor])
}

// alreadyAlike reports whether HTMT says of a pair what Fornell–Larcker would repeat.
func (b *builder) alreadyAlike(m modelled, f *measure.Check) bool {
	return slices.ContainsFunc(m.result.Checks, func(c *measure.Check) bool {
		return c.Check == "htmt" && c.Construct == f.Construct && c.Other == f.Other && c.Verdict != measure.Good
	})
}

// doubled reports whether alpha and rho_A say of a construct the same: one sentence is enough.
func (b *builder) doubled(m modelled, f *measure.Check) bool {
	if f.Check != "rho_a" && f.Check != "rho_c" {
		return false
	}
	return slices.ContainsFunc(m.result.Checks, func(c *measure.Check) bool {
		return c.Check == "alpha" && c.Construct == f.Construct && c.Verdict != measure.Good
	})
}

// failure words a check that is not good.
func (b *builder) failure(m modelled, c *measure.Check) string {
	key := "model.check." + c.Check
	if c.Check == "htmt" || c.Check == "loading" || c.Check == "alpha" {
		key += "_" + c.Verdict
	}
	construct, other := b.construct(m, c.Construct), b.construct(m, c.Other)
	weak := ""
	if c.Check == "loading" || c.Check == "weight" || c.Check == "item_vif" {
		other = b.indicator(c.Other)
	}
	for _, id := range []string{c.Construct, c.Other} {
		if c.Check == "htmt" && b.verdictOf(m, "alpha", id, "") == measure.Poor {
			key, weak = "model.check.htmt_weak", b.construct(m, id)
		}
	}
	return b.say(key, "construct", construct, "other", other, "weak", weak, "value", mean2.String(float64(c.Value)), "bound", mean2.String(float64(c.Bound)))
}

// reliabilityTable is alpha, rho_A, rho_C and AVE of every construct, judged.
func (b *builder) reliabilityTable(m modelled) *Table {
	t := &Table{ID: m.id("reliability"), Caption: b.say("model.reliability"), Note: b.say("model.reliability_note"), Head: []string{
		b.say("model.construct"), "α", "ρA", "ρC", "AVE", "R²", b.say("model.verdict_word"),
	}}
	for _, c := range m.result.Constructs {
		row := Row{Label: b.construct(m, c.ID)}
		worst := ""
		for _, x := range []struct {
			check string
			value measure.Number
		}{{"alpha", c.Alpha}, {"rho_a", c.RhoA}, {"rho_c", c.RhoC}, {"ave", c.AVE}} {
			verdict := b.verdictOf(m, x.check, c.ID, "")
			row.Cells = append(row.Cells, b.judged(x.value, verdict))
			worst = worse(worst, verdict)
		}
		row.Cells = append(row.Cells, b.plain(c.RSquared), b.verdictCell(worst))
		if worst == "" {
			key := "model.single"
			if c.Mode == "B" {
				key = "model.formative"
			}
			row.Cells[len(row.Cells)-1] = Cell{Text: b.say(key), Tone: "quiet"}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (b *builder) plain(v measure.Number) Cell {
	if math.IsNaN(float64(v)) {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: mean2.String(float64(v))}
}

// judged is a number, in colour where it is not good.
func (b *builder) judged(v measure.Number, verdict string) Cell {
	cell := b.plain(v)
	switch verdict {
	case measure.Fair:
		cell.Tone = "moved"
	case measure.Poor:
		cell.Tone = "bad"
	case "":
		cell = Cell{Text: "–", Tone: "quiet"}
	}
	return cell
}

func (b *builder) verdictCell(verdict string) Cell {
	if verdict == "" {
		return Cell{Text: "–", Tone: "quiet"}
	}
	cell := Cell{Text: b.say("model." + verdict)}
	switch verdict {
	case measure.Fair:
		cell.Tone = "moved"
	case measure.Poor:
		cell.Tone = "bad"
	}
	return cell
}

func worse(a, c string) string {
	for _, v := range []string{measure.Poor, measure.Fair, measure.Good} {
		if a == v || c == v {
			return v
		}
	}
	return ""
}

func (b *builder) verdictOf(m modelled, check, construct, other string) string {
	i := slices.IndexFunc(m.result.Checks, func(c *measure.Check) bool {
		return c.Check == check && c.Construct == construct && c.Other == other
	})
	if i < 0 {
		return ""
	}
	return m.result.Checks[i].Verdict
}

// outerTable is every question with loading, weight and its part in the index.
func (b *builder) outerTable(m modelled) *Table {
	t := &Table{ID: m.id("outer"), Cards: true, Caption: b.say("model.outer"), Note: b.say("model.outer_note"), Head: []string{
		b.say("figure.item"), b.say("model.loading"), b.say("figure.interval"), b.say("model.weight"), b.say("model.share"), b.say("model.performance_word"), "VIF", b.say("model.verdict_word"),
	}}
	for _, c := range m.result.Constructs {
		t.Rows = append(t.Rows, Row{Label: b.construct(m, c.ID)})
		for _, i := range c.Indicators {
			verdict := b.verdictOf(m, "loading", c.ID, i.ID)
			if i.Weight <= 0 {
				verdict = measure.Poor
			}
			t.Rows = append(t.Rows, Row{Label: b.indicator(i.ID), Cells: []Cell{
				{Text: mean2.String(float64(i.Loading))},
				{Text: between(mean2, i.CI95)},
				{Text: mean2.String(float64(i.Weight))},
				{Text: percent0.String(float64(i.Share))},
				{Text: score1.String(float64(i.Mean))},
				b.plain(i.VIF), b.verdictCell(verdict),
			}})
		}
	}
	return t
}

// discriminantTable is HTMT below the diagonal, √AVE on it, correlations above.
func (b *builder) discriminantTable(m modelled) *Table {
	t := &Table{ID: m.id("htmt"), Caption: b.say("model.htmt"), Note: b.say("model.htmt_note"), Head: []string{b.say("model.construct")}}
	for _, c := range m.result.Constructs {
		t.Head = append(t.Head, b.construct(m, c.ID))
	}
	for r, one := range m.result.Constructs {
		row := Row{Label: b.construct(m, one.ID)}
		for c, two := range m.result.Constructs {
			switch {
			case c < r:
				i := slices.IndexFunc(m.result.HTMT, func(h *measure.Likeness) bool { return h.A == two.ID && h.B == one.ID })
				row.Cells = append(row.Cells, b.judged(m.result.HTMT[i].Value, b.verdictOf(m, "htmt", two.ID, one.ID)))
			case c == r:
				cell := b.plain(m.result.Larcker[one.ID][one.ID])
				if len(one.Indicators) == 1 {
					cell = Cell{Text: "–"}
				}
				cell.Tone = "quiet"
				row.Cells = append(row.Cells, cell)
			default:
				row.Cells = append(row.Cells, Cell{Text: mean2.String(float64(m.result.Larcker[one.ID][two.ID])), Tone: "quiet"})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// modelCautions words the warnings.
func (b *builder) modelCautions(m modelled) []Block {
	var out []Block
	for _, w := range m.result.Warnings {
		code, about, _ := strings.Cut(w, ":")
		switch code {
		case measure.NegativeWeight:
			about = b.indicator(about)
		case measure.MostlyReplaced:
			about = b.construct(m, about)
		case measure.TooManyModels:
			if item, ok := b.survey.Item(about); ok {
				about = b.label(item)
			}
		}
		out = append(out, Block{Note: b.say("model.warning."+code, "about", about, "n", m.result.N, "arrows", m.result.Arrows)})
	}
	return out
}

// modelSource says where the arrows come from.
func (b *builder) modelSource(m modelled) string {
	switch {
	case m.def.Preset == "":
		return b.say("model.own_paths")
	case len(m.def.Source) == 0:
		return b.text(m.def.Title)
	}
	return b.say("model.source", "model", b.text(m.def.Title), "source", b.text(m.def.Source))
}

// modelMethod says how everything was computed.
func (b *builder) modelMethod(m modelled) []Block {
	r := m.result
	keys := []string{"model.how_pls", "model.how_index", "model.how_bootstrap", "model.how_missing_" + r.Missing}
	if r.Blocks > 0 {
		keys[2] = "model.how_blocks"
	}
	if r.Consistent {
		keys = append(keys, "model.how_consistent")
	}
	if b.survey.Weight != "" {
		keys = append(keys, "model.how_weights")
	}
	if len(b.survey.Segments) > 0 {
		keys = append(keys, "model.how_segments")
	}
	if len(r.Groups) > 0 {
		keys = append(keys, "model.how_groups")
	}
	if slices.ContainsFunc(m.def.Constructs, func(c survey.PathConstruct) bool { return c.Price != nil }) {
		keys = append(keys, "model.how_price")
	}
	blocks := []Block{{Text: b.modelSource(m)}}
	for _, key := range append(keys, "model.how_limits") {
		blocks = append(blocks, Block{Text: b.say(
			key, "scheme", b.say("model.scheme_"+r.Scheme), "iterations", r.Iterations, "resamples", count(r.Resamples), "seed", int(r.Seed), "blocks", count(r.Blocks),
			"gof", mean2.String(float64(r.GoF)), "srmr", p3.String(float64(r.SRMR)), "full", p3.String(float64(r.SRMRFull)), "base", count(r.N),
		)})
	}
	return blocks
}
