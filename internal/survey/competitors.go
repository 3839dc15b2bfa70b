package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Competitors is the settings of method competitors (METHODS A22, A63).
type Competitors struct {
	Brand    string   // question that names the brand, "" where only the ledger has brands
	Own      string   // the own brand: a code of Brand, or a brand of the ledger
	Label    Text     // of the own brand where no list of answers names it
	Items    []string // questions or matrix rows
	Range    []float64
	Industry Industry
}

// Industry is how the vector of the industry is made: best is the items of the
// brand with the best score, composite the best brand of each item, expert the
// values given.
type Industry struct {
	Method string
	Values map[string]float64 // expert: item -> score 0–100
}

var competitorsMethod = method{name: "competitors", judge: (*reader).judgeCompetitors, keys: []key[analysisDraft]{
	{"brand", "question that names the brand", special("column", readBrand), optional},
	{"own", "the own brand: a code of the question, or a brand of the ledger", special("code", func(r *reader, n *yaml.Node, a *analysisDraft) {
		a.competitors().Own, _ = code(r, n)
		a.own = n
	}), optional},
	{"own_label", "what reports call the own brand", text(func(a *analysisDraft) *Text { return &a.competitors().Label }), optional},
	{"items", "questions or matrix rows", value[none]{listOf(plainShape("column")), readCompetitorItems}, optional},
	{"range", "ledger: the ends of the scale of means of items that the survey does not have, like [1, 5]", formed(listOf(numbered(0, 0)), readRange), optional},
	{"industry", "the benchmark of the industry", object(diag.Say("industry"), func(a *analysisDraft) *Industry { return &a.competitors().Industry }, industryKeys), optional},
}}

func (a *analysisDraft) competitors() *Competitors {
	if a.Competitors == nil {
		a.Competitors = &Competitors{}
	}
	return a.Competitors
}

var industryKeys = []key[Industry]{
	{"method", "best, composite or expert", word(func(i *Industry) *string { return &i.Method }, "best", "composite", "expert"), required},
	{"values", "expert: score of each item, 0–100", formed(mapOf(numbered(0, 100)), func(r *reader, n *yaml.Node, i *Industry) {
		if n.Kind != yaml.MappingNode {
			r.fail(n, "wrong-type", diag.Say("write {item: 80}"), diag.Say("values are items with scores, not %s", kindOf(n)))
			return
		}
		i.Values = map[string]float64{}
		for p := range pairs(r, n) {
			if f, ok := r.number(p.value, 0, 100); ok {
				i.Values[p.key.Value] = f
			}
		}
	}), optional},
}

func readBrand(r *reader, n *yaml.Node, a *analysisDraft) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	a.competitors().Brand = s
	r.reference(n, diag.Say("brand"), func(c *column) {
		if c.pii || c.number || c.role == group || c.text && c.role != hidden {
			r.breaks(n, c.at, "wrong-question", diag.Say("use a question with one answer from a list, or a hidden column"), diag.Say("%q does not name brands", s))
		}
	})
}

func readCompetitorItems(r *reader, n *yaml.Node, a *analysisDraft) {
	for e := range r.list(n) {
		if s, ok := r.str(e); ok {
			a.competitors().Items = append(a.competitors().Items, s)
			r.reference(e, diag.Say("item"), func(c *column) {
				if c.scale == nil || !c.scale.ordered() || c.role == group {
					r.breaks(e, c.at, "wrong-question", diag.Say("use rated questions or matrix rows"), diag.Say("%q has no answers that can be ordered", s))
				}
			})
		}
	}
}

func readRange(r *reader, n *yaml.Node, a *analysisDraft) {
	var ends []float64
	for e := range r.list(n) {
		if f, ok := r.number(e, -maxWhole, maxWhole); ok {
			ends = append(ends, f)
		}
	}
	if len(ends) != 2 || ends[0] >= ends[1] {
		r.fail(n, "wrong-range", diag.Say("write the worst and the best value, like [1, 5]"), diag.Say("a range is two numbers, the lower first"))
		return
	}
	a.competitors().Range = ends
}

// judgeCompetitors checks the own brand against the list of brands, and the items of an expert.
func (r *reader) judgeCompetitors(a *analysisDraft, _ *Analysis) {
	c := a.Competitors
	if c == nil {
		return
	}
	if brand := r.def.column(c.Brand); brand != nil && c.Brand != "" {
		if known := brand.codes(); a.own != nil && len(known) > 0 && !slices.Contains(known, c.Own) {
			r.breaks(a.own, brand.at, "unknown-code", didYouMean(c.Own, known), diag.Say("the question of brands has no code %q", shorten(c.Own)))
		}
		if a.own == nil {
			r.report(diag.Problem{Code: "missing-key", Place: a.At, Summary: diag.Say("competitors by a question of brands need the own brand"), Cure: diag.Say("add own: with its code")})
		}
		if len(c.Items) == 0 {
			r.report(diag.Problem{Code: "missing-key", Place: a.At, Summary: diag.Say("competitors by a question of brands need items"), Cure: diag.Say("add items: with the rated questions that are compared")})
		}
	}
	if c.Industry.Method == "expert" && len(c.Industry.Values) == 0 {
		r.report(diag.Problem{Code: "missing-key", Place: a.At, Summary: diag.Say("industry: expert needs values"), Cure: diag.Say("add values: {item: score 0–100}")})
	}
}
