package survey

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Kano is the settings of method kano.
type Kano struct {
	Features   []KanoFeature
	Table      string // standard or pouliot
	Thresholds string // where the quadrants of better and worse are cut: midpoint or mean

	question string // the question of type kano that all features are of, "" without
}

// KanoFeature is a feature with its pair of questions. The answers to both are
// read by their order: like, must-be, neutral, live with, dislike.
type KanoFeature struct {
	ID            string
	Label         Text
	Functional    string // column: if it is there
	Dysfunctional string // column: if it is not there
	Importance    string // column, "" without
}

// kanoAnswers are the answers to each of the two questions.
const kanoAnswers = 5

var kanoFeatureKeys = []key[KanoFeature]{
	{"id", "name of it", pattern(func(f *KanoFeature) *string { return &f.ID }, "speed", columnPattern), required},
	{"label", "what reports call it", text(func(f *KanoFeature) *Text { return &f.Label }), optional},
	{"functional", "the question if it is there", measuredColumn(func(f *KanoFeature) *string { return &f.Functional }, hasKanoAnswers), required},
	{"dysfunctional", "the question if it is not", measuredColumn(func(f *KanoFeature) *string { return &f.Dysfunctional }, hasKanoAnswers), required},
	{"importance", "the question of its importance", measuredColumn(func(f *KanoFeature) *string { return &f.Importance }, hasNumbers), optional},
}

var kanoMethod = method{name: "kano", judge: (*reader).judgeKano, keys: []key[analysisDraft]{
	{"question", "the question of type kano, in place of features", special("column", readKanoQuestion), optional},
	{"features", "features with their pair of questions", formed(listOf(keyed(kanoFeatureKeys)), readKanoFeatures), optional},
	{"table", "evaluation table", word(func(a *analysisDraft) *string { return &a.kano().Table }, "standard", "pouliot"), optional},
	{"thresholds", "where better and worse are cut: midpoint (0.5) or mean", word(func(a *analysisDraft) *string { return &a.kano().Thresholds }, "midpoint", "mean"), optional},
}}

func (a *analysisDraft) kano() *Kano {
	if a.Kano == nil {
		a.Kano = &Kano{Table: "standard", Thresholds: "midpoint"}
	}
	return a.Kano
}

// readKanoQuestion keeps the question; judgeKano takes its features.
func readKanoQuestion(r *reader, n *yaml.Node, a *analysisDraft) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	a.kano().question, a.question = s, n
	r.reference(n, diag.Say("question"), func(c *column) {
		if c.question == nil || c.question.Type != KanoPairs || c.id != c.question.ID {
			r.breaks(n, c.at, "wrong-question", diag.Say("name a question of type kano, or list the features"), diag.Say("%q is no question of type kano", c.id))
		}
	})
}

func readKanoFeatures(r *reader, n *yaml.Node, a *analysisDraft) {
	var ids places
	for e := range r.list(n) {
		var f KanoFeature
		have := mapping(r, e, diag.Say("a feature"), kanoFeatureKeys, &f)
		if have == nil {
			continue
		}
		ids.unique(r, have["id"].value, diag.Say("feature"))
		if v := have["dysfunctional"].value; f.Functional != "" && f.Functional == f.Dysfunctional {
			r.fail(v, "two-ways", diag.Say("name the other question of the pair"), diag.Say("both questions of feature %q are %q", f.ID, shorten(f.Functional)))
		}
		a.kano().Features = append(a.kano().Features, f)
	}
	a.kano()
}

// hasKanoAnswers wants five answers.
func hasKanoAnswers(r *reader, n *yaml.Node, c *column) {
	switch {
	case c.scale == nil && c.question != nil && !c.text && !c.number && c.role == single: // a fault of its own, or a pair of type kano
	case c.scale != nil && len(c.scale.Options) == 0:
	case c.scale == nil || len(c.scale.Codes()) != kanoAnswers:
		why := diag.Say("it has no answers to count")
		if c.scale != nil {
			why = diag.Say("it has %s", c.scale.ends())
		}
		r.breaks(n, c.at, "metric-misfit", diag.Say("use scale kano5, or five answers in the order like, must-be, neutral, live with, dislike"), diag.Say("method %s does not fit %q: %s", "kano", c.id, why))
	}
}

// judgeKano wants features from one of two places, and takes those of a question of type kano.
func (r *reader) judgeKano(a *analysisDraft, into *Analysis) {
	k := a.Kano
	if k == nil || k.question == "" && k.Features == nil {
		r.report(diag.Problem{
			Code: "missing-key", Place: a.At, Summary: diag.Say("analysis %q has no features", a.ID),
			Cure: diag.Say("add question: with a question of type kano, or features:"),
		})
		return
	}
	if k.question != "" && k.Features != nil {
		r.fail(a.question, "two-ways", diag.Say("keep one of the two"), diag.Say("analysis %q has both a question and features", a.ID))
		return
	}
	if k.question != "" {
		if c := r.def.column(k.question); c != nil && c.question != nil {
			k.Features = c.question.kanoFeatures()
		}
	}
}

// kanoFeatures are the features of a question of type kano, with their columns.
func (q *Question) kanoFeatures() []KanoFeature {
	var out []KanoFeature
	for _, f := range q.Features {
		column := q.ID + "_" + f.ID
		out = append(out, KanoFeature{ID: f.ID, Label: f.Label, Functional: column + "_f", Dysfunctional: column + "_d"})
	}
	return out
}

// kanoAnalyses adds {id: q_kano, method: kano, question: q} for every question
// of type kano that no analysis takes.
func (r *reader) kanoAnalyses(s *Survey) {
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			id := q.ID + "_kano"
			if q.Type != KanoPairs || q.ID == "" || r.def.analysisIDs[strings.ToLower(id)] != nil || slices.ContainsFunc(s.Analyses, q.measuredBy) {
				continue
			}
			s.Analyses = append(s.Analyses, Analysis{
				ID: id, Method: "kano", Built: true, At: q.At, Label: q.Label,
				Kano: &Kano{Features: q.kanoFeatures(), Table: "standard", Thresholds: "midpoint", question: q.ID},
			})
		}
	}
}

// measuredBy reports whether an analysis takes the pairs of the question.
func (q *Question) measuredBy(a Analysis) bool {
	return a.Kano != nil && slices.ContainsFunc(a.Kano.Features, func(f KanoFeature) bool { return strings.HasPrefix(f.Functional, q.ID+"_") })
}
