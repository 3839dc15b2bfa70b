package survey

import (
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// none stands for what is checked and not kept.
type none = analysisDraft

// column refers to a question or column of the survey.
func reference() value[none] {
	return special("column", func(r *reader, n *yaml.Node, _ *none) {
		if _, ok := r.str(n); ok {
			r.reference(n, diag.Say("item"), nil)
		}
	})
}

// references is a list of columns.
func references() value[none] {
	return value[none]{listOf(plainShape("column")), func(r *reader, n *yaml.Node, _ *none) {
		for e := range r.list(n) {
			if _, ok := r.str(e); ok {
				r.reference(e, diag.Say("item"), nil)
			}
		}
	}}
}

func quantity() value[none]             { return number[none](nil, -maxWhole, maxWhole) }
func share() value[none]                { return number[none](nil, 0, 1) }
func oneOf(words ...string) value[none] { return word[none, string](nil, words...) }

func list(what diag.Phrase, keys ...key[none]) value[none] { return objects[none](what, nil, keys) }

var (
	nameKey   = key[none]{"id", "name of it", pattern[none](nil, "speed", columnPattern), required}
	labelKey  = key[none]{"label", "what reports call it", text[none](nil), optional}
	itemsKey  = key[none]{"items", "questions or matrix rows", references(), required}
	targetKey = key[none]{"target", "the figure to reach", quantity(), optional}
)

// laterMethods are the methods that are known and not built, with their own keys.
var laterMethods = map[string][]key[none]{
	"csi": {
		{"facets", "tree of facets with weights and items", special("facets", readFacets), optional},
		{"weighting", "where weights come from", oneOf("given", "equal", "stated", "rank", "ahp", "derived", "pls"), optional},
		{"extends", "name of a pack of facets", str[none](nil), optional},
		{"mapping", "points of codes: minmax, or code: points", formed(either(oneWord("minmax"), mapOf(numbered(0, 0))), readPointMapping), optional},
		{"min_answered", "share of the weight that must be answered", share(), optional},
		{"judgements", "ahp: matrix of comparisons", formed(listOf(listOf(plainShape("string"))), readMatrix), optional},
		targetKey,
	},
	"gap": {{"dimensions", "dimensions with pairs of questions", list(diag.Say("a dimension"), nameKey, labelKey,
		key[none]{"pairs", "perceived and expected", list(diag.Say("a pair"),
			key[none]{"perceived", "what was met", reference(), required},
			key[none]{"expected", "what was expected", reference(), required},
			key[none]{"adequate", "what would do", reference(), optional}), required},
		key[none]{"points", "points of 100 given to it", quantity(), optional}), required}},
	"kano": {
		{"features", "features with their pair of questions", list(diag.Say("a feature"), nameKey, labelKey,
			key[none]{"functional", "the question if it is there", reference(), required},
			key[none]{"dysfunctional", "the question if it is not", reference(), required},
			key[none]{"importance", "the question of its importance", reference(), optional}), required},
		{"table", "evaluation table", oneOf("standard", "pouliot"), optional},
	},
	"importance_performance": {
		{"items", "items with questions", list(diag.Say("an item"), nameKey, labelKey,
			key[none]{"performance", "the question of performance", reference(), required},
			key[none]{"importance", "the question of importance", reference(), optional}), required},
		{"importance", "stated or derived", oneOf("stated", "derived"), optional},
		{"outcome", "the outcome that derived importance is of", reference(), optional},
		{"thresholds", "where the quadrants are cut", oneOf("mean", "median", "midpoint", "target"), optional},
		targetKey,
	},
	"drivers": {
		{"outcome", "what is explained", reference(), required},
		itemsKey,
		{"weights", "how the explained part is shared out", oneOf("johnson", "shapley"), optional},
	},
	"penalty_reward": {
		{"outcome", "what is explained", reference(), required},
		itemsKey,
		{"low", "codes that count as low", formed(either(plainShape("code"), listOf(plainShape("code"))), readCodeList), optional},
		{"high", "codes that count as high", formed(either(plainShape("code"), listOf(plainShape("code"))), readCodeList), optional},
		{"cut", "smallest asymmetry that is named", share(), optional},
	},
	"two_factor": {
		{"hygiene", "questions of hygiene factors", references(), required},
		{"motivators", "questions of motivators", references(), required},
		{"outcome", "what is explained", reference(), optional},
	},
	"path_model": {
		{"preset", "a known model", oneOf("scsb", "acsi", "ecsi", "ccsi6", "ccsi7"), optional},
		{"constructs", "constructs with their items", formed(mapOf(keyed(constructKeys)), readConstructs), optional},
		{"paths", "pairs from, to", formed(listOf(plainShape("pair")), readPaths), optional},
		{"scheme", "inner weights", oneOf("path", "centroid", "factorial"), optional},
		{"missing", "treatment of missing answers", oneOf("mean", "listwise"), optional},
		{"bootstrap", "resamples and seed", object[none](diag.Say("bootstrap"), nil, []key[none]{
			{"resamples", "how many", whole[none](nil, 100, 100_000), required},
			{"seed", "start of the random numbers", whole[none](nil, 0, 1<<31-1), optional},
		}), optional},
		{"target", "the construct that matters", str[none](nil), optional},
		{"diagnostics", "construct -> items only looked at", formed(mapOf(listOf(plainShape("column"))), readDiagnostics), optional},
	},
	"loyalty": {
		{"satisfaction", "question of satisfaction", reference(), required},
		{"repurchase", "question of buying again", reference(), required},
		{"recommend", "question of recommending", reference(), optional},
		{"cuts", "where high begins", formed(mapOf(numbered(0, 0)), readNumbers), optional},
	},
	"enterprise": {
		{"reputation", "source of the component", special("any", readAny), optional},
		{"naming", "source of the component", special("any", readAny), optional},
		{"return", "source of the component", special("any", readAny), optional},
		{"complaint", "source of the component", special("any", readAny), optional},
		{"sales", "source of the component", special("any", readAny), optional},
		{"weights", "weight of each component", formed(mapOf(numbered(0, 0)), readNumbers), optional},
	},
	"competitors": {
		{"brand", "question that names the brand", reference(), optional},
		{"items", "questions or matrix rows", references(), optional},
	},
	"reliability": {itemsKey},
	"service_evaluation": {
		{"items", "clauses with weight and score", list(diag.Say("an item"), nameKey, labelKey,
			key[none]{"weight", "points it can earn", quantity(), optional},
			key[none]{"score", "points it earned", quantity(), optional},
			key[none]{"standard", "the clause", str[none](nil), optional},
			key[none]{"evidence", "what proves it", str[none](nil), optional},
			key[none]{"involved", "it applies here", boolean[none](nil), optional}), required},
		{"deductions", "points taken off", list(diag.Say("a deduction"),
			key[none]{"label", "what for", text[none](nil), required},
			key[none]{"points", "how many", quantity(), required}), optional},
	},
	"crosstab": {
		{"rows", "column or columns down the side", formed(either(plainShape("column"), listOf(plainShape("column"))), readOneOrMany), required},
		{"columns", "column or columns across the top", formed(either(plainShape("column"), listOf(plainShape("column"))), readOneOrMany), required},
	},
	"verbatim": {
		{"questions", "questions answered in words", references(), required},
		{"topics", "topics with their words", special("any", readAny), optional},
	},
}

// readAny takes any value: its form is settled when the method is built.
func readAny(_ *reader, _ *yaml.Node, _ *none) {}

func readOneOrMany(r *reader, n *yaml.Node, a *none) {
	if n.Kind == yaml.SequenceNode {
		references().read(r, n, a)
		return
	}
	reference().read(r, n, a)
}

func readCodeList(r *reader, n *yaml.Node, a *none) {
	if n.Kind == yaml.ScalarNode {
		code(r, n)
		return
	}
	items[none](nil, shape{}, code).read(r, n, a)
}
