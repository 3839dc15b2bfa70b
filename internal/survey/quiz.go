package survey

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// readCorrect reads the right answer of a quiz, or the list of them.
func readCorrect(r *reader, n *yaml.Node, q *questionDraft) {
	if n.Kind == yaml.SequenceNode {
		for e := range r.list(n) {
			if s, ok := r.str(e); ok {
				q.Correct = append(q.Correct, s)
			}
		}
		return
	}
	if s, ok := r.str(n); ok {
		q.Correct = []string{s}
	}
}

// judgeQuiz joins the right answers of the question and of its options, and
// checks that they are answers.
func (r *reader) judgeQuiz(d *questionDraft, have found) {
	q := &d.Question
	marked := r.markedOptions(q)
	at := have["correct"]
	if at.value != nil && len(marked) > 0 {
		r.fail(at.key, "two-ways", diag.Say("keep one of the two"), diag.Say("the question names its right answer, and so do its options"))
		return
	}
	q.Correct = append(q.Correct, marked...)
	if have["score"].key != nil && len(q.Correct) == 0 && !slices.ContainsFunc(d.Options, func(o Option) bool { return o.Score != 0 }) {
		r.fail(have["score"].key, "no-effect", diag.Say("add correct: with the right answer"), diag.Say("a score is earned, but no answer is right"))
	}
	if len(q.Correct) > 0 && q.Score == 0 {
		q.Score = 1
	}
	if at.value == nil || q.Scale == nil {
		return
	}
	nodes := at.value.Content
	if at.value.Kind == yaml.ScalarNode {
		nodes = []*yaml.Node{at.value}
	}
	codes := q.Scale.Codes()
	for _, n := range nodes {
		if !slices.Contains(codes, strings.TrimSpace(n.Value)) {
			r.breaks(n, r.ruleOf(q.Scale), "unknown-code", didYouMean(n.Value, codes), diag.Say("the question has no code %q", shorten(n.Value)))
		}
	}
}

// markedOptions are the codes of the options that say correct: true.
func (r *reader) markedOptions(q *Question) []string {
	if q.Scale == nil || q.Scale.ID != "" && q.Scale.At.File != r.name {
		return nil
	}
	var out []string
	quiz := slices.Contains(typeKeys[q.Type], "correct")
	for _, o := range q.Scale.Options {
		switch {
		case !o.Correct && o.Score == 0:
		case !quiz:
			r.report(diag.Problem{
				Code: "misplaced-key", Place: o.At, Summary: diag.Say("option %q is for a quiz, but type %s has no right answers", o.Code, q.Type),
				Cure: diag.Say("delete correct and points"),
			})
		case o.Correct && o.Missing != table.Answered:
			r.report(diag.Problem{
				Code: "misplaced-key", Place: o.At, Summary: diag.Say("option %q is no answer and cannot be right", o.Code),
				Cure: diag.Say("delete correct, or missing"),
			})
		case o.Correct:
			out = append(out, o.Code)
		}
	}
	return out
}

// judgeOptionsOf checks the pictures of an image_choice and the anchors of options.
func (r *reader) judgeOptionsOf(q *Question, have found) {
	if q.Scale == nil || have["options"].key == nil {
		return
	}
	for _, o := range q.Scale.Options {
		if q.Type == ImageChoice && o.Image.File == "" && len(o.Image.Alt) == 0 && o.Missing == table.Answered && o.Code != "" {
			r.report(diag.Problem{
				Code: "missing-key", Place: o.At, Summary: diag.Say("option %q of an image_choice has no picture", o.Code),
				Cure: diag.Say("add image: with file: and alt:"),
			})
		}
	}
}
