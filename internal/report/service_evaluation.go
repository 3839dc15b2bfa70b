package report

import (
	"math"
	"slices"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

func (b *builder) serviceSentence(a survey.Analysis, e *measure.ServiceEvaluation) string {
	if math.IsNaN(float64(e.Score)) {
		return b.say("service.none")
	}
	return b.say("service.sentence", "name", b.analysisName(a, "service.name"), "score", score1.String(float64(e.Score)), "obtained", chartNumber(float64(e.Obtained)), "deducted", chartNumber(float64(e.Deducted)), "involved", chartNumber(float64(e.Involved)))
}

// serviceSections is the evaluation of services against their standards.
func (b *builder) serviceSections(a survey.Analysis) []Section {
	e, ok := b.latest().block.Analyses[a.ID].(*measure.ServiceEvaluation)
	if !ok {
		return nil
	}
	section := Section{ID: b.figureID(a), Title: b.analysisName(a, "service.name"), Blocks: []Block{{Text: b.serviceSentence(a, e)}}}
	if e.Target != nil {
		section.Blocks = append(section.Blocks, Block{Text: b.say("service.target_"+e.Verdict, "target", score1.String(float64(*e.Target)))})
	}
	if list := b.serviceLists(a, e); len(list) > 0 {
		section.Blocks = append(section.Blocks, Block{Lists: list})
	}
	if len(e.Stages) > 1 {
		section.Blocks = append(section.Blocks, Block{Table: b.stageTable(a, e)})
	}
	section.Blocks = append(section.Blocks, Block{Table: b.clauseTable(a)})
	if len(a.ServiceEvaluation.Deductions) > 0 {
		section.Blocks = append(section.Blocks, Block{Table: b.deductionTable(a)})
	}
	section.Blocks = append(section.Blocks, Block{Note: b.say("service.note")})
	return []Section{section}
}

// serviceLists name what is not scored and what is not proven.
func (b *builder) serviceLists(a survey.Analysis, e *measure.ServiceEvaluation) []List {
	var out []List
	add := func(title string, ids []string) {
		if len(ids) == 0 {
			return
		}
		l := List{Title: b.say(title, "n", len(ids))}
		for _, id := range ids {
			at := slices.IndexFunc(a.ServiceEvaluation.Items, func(c survey.Clause) bool { return c.ID == id })
			l.Items = append(l.Items, b.clauseName(a.ServiceEvaluation.Items[at]))
		}
		out = append(out, l)
	}
	add("service.unscored", e.Unscored)
	add("service.unproven", e.Unproven)
	return out
}

func (b *builder) clauseName(c survey.Clause) string {
	if s := b.text(c.Label); s != "" {
		return isolated(s)
	}
	return c.ID
}

func (b *builder) stageName(stage string) string {
	if stage == "" {
		stage = "none"
	}
	return b.say("service.stage_" + stage)
}

func (b *builder) stageTable(a survey.Analysis, e *measure.ServiceEvaluation) *Table {
	t := &Table{ID: b.figureID(a, "stages"), Caption: b.say("service.stages"), Head: []string{b.say("service.stage"), b.say("service.clauses"), b.say("service.obtained"), b.say("service.deducted"), b.say("service.involved"), b.say("service.score")}}
	add := func(label string, s *measure.ServiceStage) {
		t.Rows = append(t.Rows, Row{Label: label, Cells: []Cell{
			{Text: count(s.Items), Tone: "quiet"}, {Text: chartNumber(float64(s.Obtained))}, {Text: chartNumber(float64(s.Deducted)), Tone: "quiet"}, {Text: chartNumber(float64(s.Involved)), Tone: "quiet"}, {Text: b.number(s.Score)},
		}})
	}
	for _, s := range e.Stages {
		add(b.stageName(s.Stage), s)
	}
	add(b.say("csi.total"), &measure.ServiceStage{Items: e.Items, Obtained: e.Obtained, Deducted: e.Deducted, Involved: e.Involved, Score: e.Score})
	return t
}

// clauseTable is every clause with its standard, its evidence and its points.
func (b *builder) clauseTable(a survey.Analysis) *Table {
	t := &Table{ID: b.figureID(a, "clauses"), Caption: b.say("service.clause_caption"), Head: []string{b.say("service.clause"), b.say("service.points"), b.say("service.standard"), b.say("service.evidence")}}
	for _, stage := range append([]string{""}, survey.Stages...) {
		first := true
		for _, c := range a.ServiceEvaluation.Items {
			if c.Stage != stage {
				continue
			}
			if first && stage != "" {
				t.Rows = append(t.Rows, Row{Label: b.stageName(stage)})
			}
			first = false
			points := Cell{Text: b.say("service.not_scored", "weight", chartNumber(*c.Weight)), Tone: "bad"}
			switch {
			case !c.Involved:
				points = Cell{Text: b.say("service.not_involved"), Tone: "quiet"}
			case c.Score != nil:
				points = Cell{Text: chartNumber(*c.Score) + " / " + chartNumber(*c.Weight)}
			}
			evidence := Cell{Text: isolated(b.text(c.Evidence)), Tone: "text"}
			if len(c.Evidence) == 0 {
				evidence = Cell{Text: "–", Tone: "text"}
				if c.Involved && c.Score != nil {
					evidence = Cell{Text: b.say("service.missing"), Tone: "text bad"}
				}
			}
			standard := Cell{Text: isolated(b.text(c.Standard)), Tone: "text"}
			if len(c.Standard) == 0 {
				standard = Cell{Text: "–", Tone: "text"}
			}
			t.Rows = append(t.Rows, Row{Label: b.clauseName(c), Cells: []Cell{points, standard, evidence}})
		}
	}
	return t
}

func (b *builder) deductionTable(a survey.Analysis) *Table {
	t := &Table{ID: b.figureID(a, "deductions"), Caption: b.say("service.deductions"), Head: []string{b.say("service.what_for"), b.say("service.stage"), b.say("service.deducted")}}
	for _, d := range a.ServiceEvaluation.Deductions {
		if d.Points != nil {
			t.Rows = append(t.Rows, Row{Label: b.text(d.Label), Cells: []Cell{{Text: b.stageName(d.Stage), Tone: "quiet"}, {Text: chartNumber(*d.Points)}}})
		}
	}
	return t
}
