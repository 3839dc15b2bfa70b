package survey

// CSI is the settings of method csi.
type CSI struct{}

var csiMethod = method{name: "csi", later: true, keys: []key[analysisDraft]{
	{"facets", "tree of facets with weights and items", special("facets", readFacets), optional},
	{"weighting", "where weights come from", oneOf("given", "equal", "stated", "rank", "ahp", "derived", "pls"), optional},
	{"extends", "name of a pack of facets", str[none](nil), optional},
	{"mapping", "points of codes: minmax, or code: points", formed(either(oneWord("minmax"), mapOf(numbered(0, 0))), readPointMapping), optional},
	{"min_answered", "share of the weight that must be answered", share(), optional},
	{"judgements", "ahp: matrix of comparisons", formed(listOf(listOf(plainShape("string"))), readMatrix), optional},
	targetKey,
}}
