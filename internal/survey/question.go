package survey

import (
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// questionDraft is a question as it is written.
type questionDraft struct {
	Question
	scaleDraft
	scaleNode *yaml.Node
	typeNode  *yaml.Node
}

// The types of FORMAT 2 that are known but not built.
var laterTypes = []string{
	"image_choice", "cascade", "matrix_multiple", "matrix_dual", "semantic_differential", "ranking", "constant_sum",
	"max_diff", "kano", "slider", "multi_text", "email", "phone", "url", "date", "time", "consent",
}

var builtTypes = []string{
	string(SingleChoice), string(Dropdown), string(MultipleChoice), string(YesNo), string(Rating), string(Likert),
	string(NPS), string(Matrix), string(Number), string(ShortText), string(LongText), string(Note),
}

var questionKeys = []key[questionDraft]{
	{"id", "the data column; never changes", id(func(q *questionDraft) *string { return &q.ID }, func(q *questionDraft) *diag.Place { return &q.Question.At }), required},
	{"type", "what kind of question it is", formed(oneWord(slices.Concat(builtTypes, laterTypes)...), readType), required},
	{"scale", "name of the scale of answers", special("scale", func(r *reader, n *yaml.Node, q *questionDraft) {
		if _, ok := r.str(n); ok {
			q.scaleNode = n
		}
	}), optional},
	{"points", "the answers as whole numbers, like 1..10", special("range", func(r *reader, n *yaml.Node, q *questionDraft) { q.points, _ = r.points(n) }), optional},
	{"low", "label of the lowest point", text(func(q *questionDraft) *Text { return &q.Low }), optional},
	{"high", "label of the highest point", text(func(q *questionDraft) *Text { return &q.High }), optional},
	{"metric", "the figure it is for: csat, ces or nps", word(func(q *questionDraft) *string { return &q.Metric }, "csat", "ces", "nps"), optional},
	{"reverse", "high codes are bad", boolean(func(q *questionDraft) *bool { return &q.Reverse }), optional},
	{"required", "it must be answered", boolean(func(q *questionDraft) *bool { return &q.Required }), optional},
	{"required_if", "it must be answered if this is true", expression(func(q *questionDraft) **Expression { return &q.RequiredIf }, onPage), later},
	{"show_if", "it is shown only if this is true", expression(func(q *questionDraft) **Expression { return &q.ShowIf }, onPage), later},
	{"randomize", "what is shown in random order: rows or options", word(func(q *questionDraft) *string { return &q.Randomize }, "rows", "options"), later},
	{"min_choices", "the fewest options that may be ticked", whole(func(q *questionDraft) *int { return &q.MinChoices }, 1, 1000), optional},
	{"max_choices", "the most options that may be ticked", whole(func(q *questionDraft) *int { return &q.MaxChoices }, 1, 1000), optional},
	{"min", "the lowest number", number(func(q *questionDraft) **float64 { return &q.Min }, -maxWhole, maxWhole), optional},
	{"max", "the highest number", number(func(q *questionDraft) **float64 { return &q.Max }, -maxWhole, maxWhole), optional},
	{"step", "slider: distance of its stops", number[questionDraft](nil, 0, maxWhole), later},
	{"integer", "whole numbers only", boolean(func(q *questionDraft) *bool { return &q.Integer }), optional},
	{"unit", "what stands behind the number", text(func(q *questionDraft) *Text { return &q.Unit }), optional},
	{"total", "constant_sum: what the numbers add up to", number[questionDraft](nil, 0, maxWhole), later},
	{"per_task", "max_diff: items shown at once", whole[questionDraft](nil, 2, 20), later},
	{"max_length", "the most characters", whole(func(q *questionDraft) *int { return &q.MaxLength }, 1, 100000), optional},
	{"time_limit", "quiz: seconds to answer", whole[questionDraft](nil, 1, 86400), later},
	{"pii", "the answer identifies a person", boolean(func(q *questionDraft) *bool { return &q.PII }), optional},
	{"correct", "quiz: the right answer", special("code", func(r *reader, n *yaml.Node, _ *questionDraft) { r.str(n) }), later},
	{"label", "a short name for reports", text(func(q *questionDraft) *Text { return &q.Label }), optional},
	{"text", "the question", text(func(q *questionDraft) *Text { return &q.Text }), required},
	{"help", "an explanation below the question", text(func(q *questionDraft) *Text { return &q.Help }), optional},
	{"options", "the answers, where they are no named scale", objects(diag.Say("an option"), func(q *questionDraft) *[]Option { return &q.Options }, optionKeys), optional},
	{"rows", "the rows of a matrix", objects(diag.Say("a row"), func(q *questionDraft) *[]Row { return &q.Rows }, rowKeys), optional},
	{"items", "what is ranked, weighed or compared", objects[questionDraft](diag.Say("an item"), nil, rowKeys), later},
	{"features", "kano: the features asked about", objects[questionDraft](diag.Say("a feature"), nil, rowKeys), later},
	{"columns", "matrix_dual: the two scales", objects[questionDraft](diag.Say("a column"), nil, dualKeys), later},
	{"levels", "cascade: one level after the other", objects[questionDraft](diag.Say("a level"), nil, rowKeys), later},
}

// rowPattern is the end of a column: it need not start with a letter.
var rowPattern = regexp.MustCompile(`^[A-Za-z0-9_]{1,30}$`)

var rowKeys = []key[Row]{
	{"id", "end of the data column", formed(matching(rowPattern), func(r *reader, n *yaml.Node, row *Row) {
		row.At = r.place(n)
		if s, ok := r.str(n); ok && !rowPattern.MatchString(s) {
			r.fail(n, "wrong-id", diag.Say("use letters, digits and _ only"), diag.Say("row id %q is not allowed", shorten(s)))
		} else if ok {
			row.ID = s
		}
	}), required},
	{"label", "what the respondent reads", text(func(row *Row) *Text { return &row.Label }), required},
	{"low", "semantic_differential: the left end", text[Row](nil), later},
	{"high", "semantic_differential: the right end", text[Row](nil), later},
}

// dualKeys are the keys of one scale of a matrix_dual.
var dualKeys = []key[questionDraft]{
	{"id", "end of the data column", special("id", func(r *reader, n *yaml.Node, _ *questionDraft) { columnID(r, n) }), required},
	{"label", "heading of the column", text[questionDraft](nil), optional},
	{"scale", "name of its scale", special("scale", func(r *reader, n *yaml.Node, _ *questionDraft) {
		r.def.whenScales(func() { r.scale(n, diag.Say("column")) })
	}), required},
}

func readType(r *reader, n *yaml.Node, q *questionDraft) {
	q.typeNode = n
	s, ok := r.str(n)
	switch {
	case !ok:
	case slices.Contains(builtTypes, s):
		q.Type = Type(s)
	case slices.Contains(laterTypes, s):
		q.Type = Type(s)
		r.notBuilt(n, diag.Say("question type %q", s))
	case s == "hidden" || s == "calculated":
		r.fail(n, "misplaced-type", diag.Say("move it to the list %s: of the survey", s), diag.Say("a %s column is not a question of a page", s))
	default:
		r.fail(n, "unknown-type", didYouMean(s, slices.Concat(builtTypes, laterTypes)), diag.Say("unknown question type %q", shorten(s)))
	}
}

// question reads one question.
func question(r *reader, n *yaml.Node) (*Question, bool) {
	var d questionDraft
	r.def.asking = &d.Question
	have := mapping(r, n, diag.Say("a question"), questionKeys, &d)
	r.def.asking = nil
	if have == nil {
		return nil, false
	}
	q := &d.Question
	r.def.whenScales(func() { q.canonical = encoded(canon{r.def.survey.Scales}.mapping(n, "questions")) })
	if !slices.Contains(builtTypes, string(q.Type)) {
		r.def.whenScales(func() {
			if d.scaleNode != nil {
				r.scale(d.scaleNode, diag.Say("question %q", q.ID))
			}
		})
		return q, true
	}
	r.fitKeys(q, have)
	r.judgeBounds(q, have)
	r.judgeRows(q)
	r.def.whenScales(func() { r.answers(n, &d, have) })
	return q, true
}

// choiceKeys are the keys of questions answered by codes.
var choiceKeys = []string{"scale", "options", "points", "low", "high", "metric", "reverse"}

// typeKeys are the keys that fit only some types.
var typeKeys = map[Type][]string{
	SingleChoice:   append([]string{"randomize", "correct"}, choiceKeys...),
	Dropdown:       append([]string{"randomize", "correct"}, choiceKeys...),
	YesNo:          {"scale", "options", "reverse", "correct"},
	Rating:         choiceKeys,
	Likert:         choiceKeys,
	NPS:            {"scale", "low", "high", "metric"},
	Matrix:         append([]string{"rows", "randomize"}, choiceKeys...),
	MultipleChoice: {"options", "scale", "randomize", "min_choices", "max_choices", "correct"},
	Number:         {"min", "max", "integer", "unit", "correct"},
	ShortText:      {"max_length", "correct"},
	LongText:       {"max_length"},
	Note:           {},
}

// anyType are the keys that fit every question.
var anyType = []string{"id", "type", "text", "label", "help", "show_if", "required", "required_if", "pii", "time_limit"}

// fitKeys reports the keys that mean nothing for the type of q.
func (r *reader) fitKeys(q *Question, have found) {
	for _, name := range sorted(have) {
		if have[name].value == nil || slices.Contains(anyType, name) || slices.Contains(typeKeys[q.Type], name) {
			continue
		}
		r.fail(have[name].key, "misplaced-key", diag.Say("delete it; keys of this type: %s", strings.Join(typeKeys[q.Type], ", ")), diag.Say("key %q has no meaning for type %s", name, q.Type))
	}
	if key := have["required"].key; q.Type == Note && key != nil {
		r.fail(key, "misplaced-key", diag.Say("delete it"), diag.Say("a note cannot be required"))
	}
	if q.Required && have["required_if"].key != nil {
		r.breaks(have["required_if"].key, r.place(have["required"].key), "two-ways", diag.Say("keep one of the two"), diag.Say("the question has both required and required_if"))
	}
	if q.Randomize == "rows" && q.Type != Matrix || q.Randomize == "options" && q.Type == Matrix {
		r.fail(have["randomize"].value, "misplaced-key", diag.Say("a matrix shuffles rows, other questions options"), diag.Say("type %s has no %s to shuffle", q.Type, q.Randomize))
	}
}

func (r *reader) judgeBounds(q *Question, have found) {
	if q.Min != nil && q.Max != nil && *q.Min > *q.Max {
		r.breaks(have["max"].value, r.place(have["min"].value), "wrong-bounds", diag.Say("swap min and max"), diag.Say("max %s is less than min %s", plain(*q.Max), plain(*q.Min)))
	}
	if q.MinChoices > 0 && q.MaxChoices > 0 && q.MinChoices > q.MaxChoices {
		r.breaks(have["max_choices"].value, r.place(have["min_choices"].value), "wrong-bounds", diag.Say("swap the two"),
			diag.Say("max_choices %d is less than min_choices %d", q.MaxChoices, q.MinChoices))
	}
}

func (r *reader) judgeRows(q *Question) {
	if q.Type == Matrix && len(q.Rows) == 0 && q.ID != "" {
		r.report(diag.Problem{
			Code: "missing-key", Place: q.At, Summary: diag.Say("matrix %q has no rows", q.ID),
			Cure: diag.Say("add rows: with an id and a label each"),
		})
	}
}
