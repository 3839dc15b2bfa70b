package survey

// Crosstab is the settings of method crosstab.
type Crosstab struct{}

var crosstabMethod = method{name: "crosstab", later: true, keys: []key[analysisDraft]{
	{"rows", "column or columns down the side", formed(either(plainShape("column"), listOf(plainShape("column"))), readOneOrMany), required},
	{"columns", "column or columns across the top", formed(either(plainShape("column"), listOf(plainShape("column"))), readOneOrMany), required},
}}
