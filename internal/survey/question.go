package survey

import (
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

// questionTypes are the types of FORMAT 2.
var questionTypes = []string{
	string(SingleChoice), string(Dropdown), string(MultipleChoice), string(YesNo), string(Rating), string(Likert),
	string(NPS), string(Matrix), string(Number), string(ShortText), string(LongText), string(Note),
	string(ImageChoice), string(Cascade), string(MatrixMultiple), string(MatrixDual), string(Differential), string(Ranking),
	string(ConstantSum), string(MaxDiff), string(KanoPairs), string(Slider), string(MultiText), string(Email), string(Phone),
	string(URL), string(Date), string(Time), string(Consent),
}

var questionKeys = []key[questionDraft]{
	{"id", "the data column; never changes", id(func(q *questionDraft) *string { return &q.ID }, func(q *questionDraft) *diag.Place { return &q.Question.At }), required},
	{"type", "what kind of question it is", formed(oneWord(questionTypes...), readType), required},
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
	{"required_if", "it must be answered if this is true", expression(func(q *questionDraft) **Expression { return &q.RequiredIf }, onPage), optional},
	{"show_if", "it is shown only if this is true", expression(func(q *questionDraft) **Expression { return &q.ShowIf }, onPage), optional},
	{"randomize", "what is shown in random order: rows, options, items or features", word(func(q *questionDraft) *string { return &q.Randomize }, "rows", "options", "items", "features"), optional},
	{"look", "rating: number, star or smiley", word(func(q *questionDraft) *string { return &q.Look }, "number", "star", "smiley"), optional},
	{"min_choices", "the fewest options that may be ticked", whole(func(q *questionDraft) *int { return &q.MinChoices }, 1, 1000), optional},
	{"max_choices", "the most options that may be ticked", whole(func(q *questionDraft) *int { return &q.MaxChoices }, 1, 1000), optional},
	{"min", "the lowest number", number(func(q *questionDraft) **float64 { return &q.Min }, -maxWhole, maxWhole), optional},
	{"max", "the highest number", number(func(q *questionDraft) **float64 { return &q.Max }, -maxWhole, maxWhole), optional},
	{"step", "slider: distance of its stops", number(func(q *questionDraft) **float64 { return &q.Step }, 0, maxWhole), optional},
	{"integer", "whole numbers only", boolean(func(q *questionDraft) *bool { return &q.Integer }), optional},
	{"unit", "what stands behind the number", text(func(q *questionDraft) *Text { return &q.Unit }), optional},
	{"total", "constant_sum: what the numbers add up to", number(func(q *questionDraft) **float64 { return &q.Total }, 0, maxWhole), optional},
	{"per_task", "max_diff: items shown at once", whole(func(q *questionDraft) *int { return &q.PerTask }, 2, 20), optional},
	{"tasks", "max_diff: how many sets of items are shown", whole(func(q *questionDraft) *int { return &q.Tasks }, 1, mostTasks), optional},
	{"earliest", "date, time: the first that is taken", special("string", func(r *reader, n *yaml.Node, q *questionDraft) { q.Earliest, _ = r.str(n) }), optional},
	{"latest", "date, time: the last that is taken", special("string", func(r *reader, n *yaml.Node, q *questionDraft) { q.Latest, _ = r.str(n) }), optional},
	{"max_length", "the most characters", whole(func(q *questionDraft) *int { return &q.MaxLength }, 1, 100000), optional},
	{"time_limit", "quiz: seconds to answer", whole(func(q *questionDraft) *int { return &q.TimeLimit }, 1, 86400), optional},
	{"pii", "the answer identifies a person", boolean(func(q *questionDraft) *bool { return &q.PII }), optional},
	{"contact", "consent: who agrees is on the list of those to be called", boolean(func(q *questionDraft) *bool { return &q.Contact }), optional},
	{"correct", "quiz: the right answer, or a list of them", formed(either(plainShape("string"), listOf(plainShape("string"))), readCorrect), optional},
	{"score", "quiz: what a right answer earns; else 1", amount(func(q *questionDraft) *float64 { return &q.Score }, 0, 1e6), optional},
	{"label", "a short name for reports", text(func(q *questionDraft) *Text { return &q.Label }), optional},
	{"text", "the question", text(func(q *questionDraft) *Text { return &q.Text }), required},
	{"help", "an explanation below the question", text(func(q *questionDraft) *Text { return &q.Help }), optional},
	{"image", "a picture above the answers", formed(keyed(imageKeys), func(r *reader, n *yaml.Node, q *questionDraft) { q.Question.Image = r.image(n) }), optional},
	{"options", "the answers, where they are no named scale", objects(diag.Say("an option"), func(q *questionDraft) *[]Option { return &q.Options }, optionKeys), optional},
	{"rows", "the rows of a matrix", objects(diag.Say("a row"), func(q *questionDraft) *[]Row { return &q.Rows }, rowKeys), optional},
	{"items", "what is ranked, weighed, compared or written", objects(diag.Say("an item"), func(q *questionDraft) *[]Row { return &q.Items }, itemRowKeys), optional},
	{"features", "kano: the features asked about", objects(diag.Say("a feature"), func(q *questionDraft) *[]Row { return &q.Features }, featureKeys), optional},
	{"columns", "matrix_dual: the two scales", objects(diag.Say("a column"), func(q *questionDraft) *[]DualColumn { return &q.Columns }, dualKeys), optional},
	{"levels", "cascade: one level after the other", objects(diag.Say("a level"), func(q *questionDraft) *[]Row { return &q.Levels }, levelKeys), optional},
	{"branches", "cascade: the choices of the first level, each with those of the next", special("branches", func(r *reader, n *yaml.Node, q *questionDraft) { q.Branches = readBranches(r, n) }), optional},
}

func readType(r *reader, n *yaml.Node, q *questionDraft) {
	q.typeNode = n
	s, ok := r.str(n)
	switch {
	case !ok:
	case slices.Contains(questionTypes, s):
		q.Type = Type(s)
	case s == "hidden" || s == "calculated":
		r.fail(n, "misplaced-type", diag.Say("move it to the list %s: of the survey", s), diag.Say("a %s column is not a question of a page", s))
	default:
		r.fail(n, "unknown-type", didYouMean(s, questionTypes), diag.Say("unknown question type %q", shorten(s)))
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
	if q.Type == "" {
		r.def.whenScales(func() {
			if d.scaleNode != nil {
				r.scale(d.scaleNode, diag.Say("question %q", q.ID))
			}
		})
		return q, true
	}
	r.fitKeys(q, have)
	r.judgeBounds(q, have)
	r.judgeLists(n, q, have)
	r.judgeSizes(&d, have)
	r.def.whenScales(func() {
		r.answers(n, &d, have)
		r.judgeOptionsOf(q, have)
		r.judgeQuiz(&d, have)
	})
	return q, true
}

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
	if is := shuffled[q.Type]; q.Randomize != "" && is != "" && q.Randomize != is {
		r.fail(have["randomize"].value, "misplaced-key", diag.Say("write randomize: %s", is), diag.Say("type %s has no %s to shuffle", q.Type, q.Randomize))
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
