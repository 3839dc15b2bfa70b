package survey

// choiceKeys are the keys of questions answered by codes.
var choiceKeys = []string{"scale", "options", "points", "low", "high", "metric", "reverse"}

// quizKeys are the keys of questions that may have a right answer.
var quizKeys = []string{"correct", "score"}

// typeKeys are the keys that fit only some types.
var typeKeys = map[Type][]string{
	SingleChoice:   append([]string{"randomize", "correct", "score"}, choiceKeys...),
	Dropdown:       append([]string{"randomize", "correct", "score"}, choiceKeys...),
	YesNo:          {"scale", "options", "reverse", "correct", "score"},
	Rating:         append([]string{"look"}, choiceKeys...),
	Likert:         choiceKeys,
	NPS:            {"scale", "low", "high", "metric"},
	Matrix:         append([]string{"rows", "randomize"}, choiceKeys...),
	MultipleChoice: {"options", "scale", "randomize", "min_choices", "max_choices", "correct", "score"},
	Number:         {"min", "max", "integer", "unit", "correct", "score"},
	ShortText:      {"max_length", "correct", "score"},
	LongText:       {"max_length"},
	Note:           {},
	ImageChoice:    append([]string{"options", "randomize"}, quizKeys...),
	Cascade:        {"levels", "branches"},
	MatrixMultiple: {"rows", "options", "scale", "randomize", "min_choices", "max_choices"},
	MatrixDual:     {"rows", "columns", "randomize"},
	Differential:   {"rows", "scale", "points", "randomize", "reverse"},
	Ranking:        {"items", "randomize", "max_choices"},
	ConstantSum:    {"items", "randomize", "total", "min", "max", "integer", "unit"},
	MaxDiff:        {"items", "per_task", "tasks", "low", "high"},
	KanoPairs:      {"features", "scale", "randomize"},
	Slider:         {"min", "max", "step", "integer", "unit", "low", "high"},
	MultiText:      {"items", "randomize", "max_length"},
	Email:          {"max_length"},
	Phone:          {"max_length"},
	URL:            {"max_length"},
	Date:           {"earliest", "latest"},
	Time:           {"earliest", "latest"},
	Consent:        {"contact"},
}

// anyType are the keys that fit every question.
var anyType = []string{"id", "type", "text", "label", "help", "image", "show_if", "required", "required_if", "pii", "time_limit"}

// lists are the keys that a type cannot do without.
var lists = map[Type][]string{
	ImageChoice: {"options"}, Cascade: {"levels", "branches"}, Matrix: {"rows"}, MatrixMultiple: {"rows"}, MatrixDual: {"rows", "columns"},
	Differential: {"rows"}, Ranking: {"items"}, ConstantSum: {"items"}, MaxDiff: {"items"}, KanoPairs: {"features"}, MultiText: {"items"},
}

// shuffled is what each type can show in random order.
var shuffled = map[Type]string{
	SingleChoice: "options", Dropdown: "options", MultipleChoice: "options", ImageChoice: "options", Matrix: "rows", MatrixMultiple: "rows",
	MatrixDual: "rows", Differential: "rows", Ranking: "items", ConstantSum: "items", MultiText: "items", KanoPairs: "features",
}
