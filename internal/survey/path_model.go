package survey

import (
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// PathModel is the settings of method path_model: the preset, where there is
// one, completed by what the author wrote.
type PathModel struct {
	Preset     string // "" without
	Title      Text   // of the preset
	Source     Text   // where its arrows come from
	Confirmed  bool   // the arrows are published, or the author's own
	Constructs []PathConstruct
	Paths      [][2]int // construct to construct
	Scheme     string   // path, centroid or factorial
	Missing    string   // mean or listwise
	Consistent bool
	Resamples  int
	Seed       uint64
	Target     int // the construct that matters
}

// PathConstruct is one construct with its questions.
type PathConstruct struct {
	ID          string
	Label       Text
	Items       []string
	Formative   bool
	Weights     map[string]float64 // given ones, nil where they are estimated
	Price       *PriceTolerance    // one more item, made of two questions; nil without
	Diagnostics []string
	Target      *float64 // the index to reach, nil without
}

// PriceTolerance is the two questions behind one item of loyalty: the rise in
// % that a respondent who would buy again bears, and the cut in % that would
// win back one who would not.
type PriceTolerance struct{ Rise, Cut string }

// PriceItem is what the item of PriceTolerance is called in results.
const PriceItem = "price_tolerance"

// pathDraft is a path model as it is written.
type pathDraft struct {
	PathModel
	constructs      []constructDraft
	arrows          []arrow
	preset, own     *yaml.Node
	resamples, seed int
	targetName      string
	diagnostics     []diagnosticDraft
}

type constructDraft struct {
	PathConstruct
	at     *yaml.Node // its name
	items  []*yaml.Node
	given  map[string]*yaml.Node
	tells  *yaml.Node
	mode   string
	rise   *yaml.Node
	cut    *yaml.Node
	priced bool
}

type arrow struct{ from, to *yaml.Node }

type diagnosticDraft struct {
	construct *yaml.Node
	items     []*yaml.Node
}

var pathModelMethod = method{name: "path_model", judge: (*reader).judgePathModel, keys: []key[analysisDraft]{
	{"preset", "a known model", formed(either(oneWord("scsb", "acsi", "ecsi", "ccsi6", "ccsi7"), matching(columnPattern)), func(r *reader, n *yaml.Node, a *analysisDraft) {
		if s, ok := r.str(n); ok {
			a.model().Preset, a.model().preset = s, n
		}
	}), optional},
	{"constructs", "constructs with their items", formed(mapOf(keyed(constructKeys)), readConstructs), optional},
	{"paths", "pairs from, to", formed(listOf(plainShape("pair")), readPaths), optional},
	{"scheme", "inner weights", word(func(a *analysisDraft) *string { return &a.model().Scheme }, "path", "centroid", "factorial"), optional},
	{"missing", "treatment of missing answers", word(func(a *analysisDraft) *string { return &a.model().Missing }, "mean", "listwise"), optional},
	{"consistent", "consistent PLS: constructs as common factors", boolean(func(a *analysisDraft) *bool { return &a.model().Consistent }), optional},
	{"bootstrap", "resamples and seed", formed(keyed(bootstrapKeys), func(r *reader, n *yaml.Node, a *analysisDraft) {
		mapping(r, n, diag.Say("bootstrap"), bootstrapKeys, a)
	}), optional},
	{"target", "the construct that matters", str(func(a *analysisDraft) *string { return &a.model().targetName }), optional},
	{"diagnostics", "construct -> items only looked at", formed(mapOf(listOf(plainShape("column"))), readDiagnostics), optional},
}}

var bootstrapKeys = []key[analysisDraft]{
	{"resamples", "how many", whole(func(a *analysisDraft) *int { return &a.model().resamples }, 100, 100_000), required},
	{"seed", "start of the random numbers", whole(func(a *analysisDraft) *int { return &a.model().seed }, 0, 1<<31-1), optional},
}

// model is the draft of the path model, made where there is none.
func (a *analysisDraft) model() *pathDraft {
	if a.path == nil {
		a.path = &pathDraft{resamples: defaultDraws, seed: defaultDrawSeed, PathModel: PathModel{Scheme: "path", Missing: "mean"}}
	}
	return a.path
}

var constructKeys = []key[constructDraft]{
	{"label", "what reports call it", text(func(c *constructDraft) *Text { return &c.Label }), optional},
	{"items", "questions or matrix rows", formed(listOf(plainShape("column")), func(r *reader, n *yaml.Node, c *constructDraft) {
		c.items = r.columnNames(n)
	}), optional},
	{"mode", "A reflective, B formative", word(func(c *constructDraft) *string { return &c.mode }, "A", "B"), optional},
	{"weights", "fixed weights of the items", formed(mapOf(numbered(0, 0)), readGivenWeights), optional},
	{"price_tolerance", "one more item of two questions: the rise that is borne, the cut that wins back", formed(keyed(priceKeys), func(r *reader, n *yaml.Node, c *constructDraft) {
		mapping(r, n, diag.Say("price_tolerance"), priceKeys, c)
		c.priced = c.rise != nil && c.cut != nil
	}), optional},
	{"target", "the figure to reach", number(func(c *constructDraft) **float64 { return &c.Target }, 0, 100), optional},
}

var priceKeys = []key[constructDraft]{
	{"rise", "question of the price rise in percent", special("column", func(r *reader, n *yaml.Node, c *constructDraft) {
		if _, ok := r.str(n); ok {
			c.rise = n
		}
	}), required},
	{"cut", "question of the price cut in percent", special("column", func(r *reader, n *yaml.Node, c *constructDraft) {
		if _, ok := r.str(n); ok {
			c.cut = n
		}
	}), required},
}

// columnNames reads a list of names, judged later.
func (r *reader) columnNames(n *yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	for e := range r.list(n) {
		if _, ok := r.str(e); ok {
			out = append(out, e)
		}
	}
	return out
}

func readGivenWeights(r *reader, n *yaml.Node, c *constructDraft) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write name: number"), diag.Say("names with numbers are wanted here, not %s", kindOf(n)))
		return
	}
	c.Weights, c.given, c.tells = map[string]float64{}, map[string]*yaml.Node{}, n
	for p := range pairs(r, n) {
		if f, ok := r.number(p.value, 0, maxWhole); ok {
			c.Weights[p.key.Value] = f
		}
		c.given[p.key.Value] = p.key
	}
}

func readConstructs(r *reader, n *yaml.Node, a *analysisDraft) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write name: {items: [a, b]}"), diag.Say("constructs must be names with items, not %s", kindOf(n)))
		return
	}
	m := a.model()
	for p := range pairs(r, n) {
		if !columnPattern.MatchString(p.key.Value) {
			r.fail(p.key, "wrong-value", diag.Say("write it like %s", "satisfaction"), diag.Say("%q is not allowed here", shorten(p.key.Value)))
		}
		c := constructDraft{at: p.key}
		c.ID = p.key.Value
		if mapping(r, p.value, diag.Say("a construct"), constructKeys, &c) != nil {
			if len(c.items) == 0 && !c.priced {
				r.fail(p.key, "missing-key", diag.Say("add items: with its questions"), diag.Say("construct %q has no items", shorten(c.ID)))
			}
			m.constructs = append(m.constructs, c)
		}
	}
}

func readPaths(r *reader, n *yaml.Node, a *analysisDraft) {
	m := a.model()
	m.own = n
	for e := range r.list(n) {
		if e.Kind != yaml.SequenceNode || len(e.Content) != 2 {
			r.fail(e, "wrong-type", diag.Say("write [from, to]"), diag.Say("a path must be two constructs"))
			continue
		}
		_, from := r.str(e.Content[0])
		_, to := r.str(e.Content[1])
		switch {
		case strings.EqualFold(e.Content[0].Value, e.Content[1].Value):
			r.fail(e, "cycle", diag.Say("delete it"), diag.Say("a path leads from %q to itself", shorten(e.Content[0].Value)))
		case from && to:
			m.arrows = append(m.arrows, arrow{e.Content[0], e.Content[1]})
		}
	}
}

func readDiagnostics(r *reader, n *yaml.Node, a *analysisDraft) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write construct: [items]"), diag.Say("diagnostics must be constructs with items, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		a.model().diagnostics = append(a.model().diagnostics, diagnosticDraft{p.key, r.columnNames(p.value)})
	}
}
