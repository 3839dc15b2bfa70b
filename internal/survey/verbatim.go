package survey

import (
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	personaldata "manyi/internal/personal"
	"manyi/internal/table"
	"manyi/internal/topics"
)

// Verbatim is the settings of method verbatim: what answers in words are about,
// by rules (METHODS B16).
type Verbatim struct {
	Questions []string
	Topics    []Topic
	Outcome   string   // rated question whose mean is compared; "" without
	Contrast  string   // rated question whose best and worst answers are set against each other; "" without
	Nothing   []string // answers that say there is nothing to say; nil: usualNothing
	Quotes    []Quote

	once    sync.Once
	matcher *topics.Matcher
}

// Topic is what an answer can be about.
type Topic struct {
	ID    string
	Title Text
	Any   []string // words, of which one is enough
	Not   []string // phrases that are taken out first
	At    diag.Place
}

// Quote is a sentence that the author has chosen and written for readers. The
// program takes none from the answers.
type Quote struct {
	Topic string
	Text  Text
	At    diag.Place
}

// usualNothing are answers that, given alone, are no comment.
var usualNothing = []string{
	"无", "沒有", "没有", "没", "暂无", "無", "无意见", "没意见", "没有意见", "无建议", "没有建议", "没什么", "不知道", "none", "no", "nope", "nothing", "n/a", "na", "nil", "no comment", "no comments", "don't know",
}

// The most of each that a definition may hold.
const (
	maxTopics     = 1000
	maxTopicWords = 1000
	maxTopicWord  = 100 // characters
	maxQuotes     = 200
)

var verbatimMethod = method{name: "verbatim", judge: (*reader).judgeVerbatim, keys: []key[analysisDraft]{
	{"questions", "questions answered in words", formed(listOf(plainShape("column")), readWrittenQuestions), required},
	{"topics", "topics with their words", formed(listOf(keyed(topicKeys)), readTopics), required},
	{"outcome", "rated question, compared between those who mention a topic and those who do not", rated(func(a *analysisDraft) *string { return &a.verbatim().Outcome }), optional},
	{"contrast", "rated question, the topics of whose best and worst answers are compared; outcome where nothing is said", rated(func(a *analysisDraft) *string { return &a.verbatim().Contrast }), optional},
	{"nothing", "answers that, given alone, are no comment", items(func(a *analysisDraft) *[]string { return &a.verbatim().Nothing }, plainShape("string"), (*reader).str), optional},
	{"quotes", "sentences that the author has chosen for the report", formed(listOf(keyed(quoteKeys)), readQuotes), optional},
}}

var topicKeys = []key[Topic]{
	{"id", "name of it", pattern(func(t *Topic) *string { return &t.ID }, "waiting", columnPattern), required},
	{"title", "what reports call it", text(func(t *Topic) *Text { return &t.Title }), optional},
	{"any", "words of which one is enough; * at the end of a word stands for any ending", items(func(t *Topic) *[]string { return &t.Any }, plainShape("string"), readTopicWord), required},
	{"not", "phrases that do not mean the topic: they are taken out first", items(func(t *Topic) *[]string { return &t.Not }, plainShape("string"), readTopicWord), optional},
}

var quoteKeys = []key[Quote]{
	{"topic", "the topic it belongs to", str(func(q *Quote) *string { return &q.Topic }), required},
	{"text", "the sentence, without anything that tells who said it", text(func(q *Quote) *Text { return &q.Text }), required},
}

func (a *analysisDraft) verbatim() *Verbatim {
	if a.Verbatim == nil {
		a.Verbatim = &Verbatim{}
	}
	return a.Verbatim
}

func readTopicWord(r *reader, n *yaml.Node) (string, bool) {
	s, ok := r.str(n)
	switch {
	case !ok:
		return "", false
	case len([]rune(s)) > maxTopicWord:
		r.fail(n, "out-of-range", diag.Say("write a shorter word, or its beginning with *"), diag.Say("the word has more than %d characters", maxTopicWord))
	case !topics.Plain(s):
		r.fail(n, "wrong-value", diag.Say("write a word; * may stand at its end only, other signs mean themselves"), diag.Say("%q cannot be found in an answer", shorten(s)))
	default:
		return s, true
	}
	return "", false
}

func readWrittenQuestions(r *reader, n *yaml.Node, a *analysisDraft) {
	v := a.verbatim()
	for e := range r.list(n) {
		s, ok := r.str(e)
		if !ok {
			continue
		}
		if slices.Contains(v.Questions, s) {
			r.fail(e, "duplicate-id", diag.Say("name each question once"), diag.Say("question %q stands here twice", shorten(s)))
			continue
		}
		v.Questions = append(v.Questions, s)
		r.reference(e, diag.Say("item"), func(c *column) {
			switch q := c.question; {
			case c.role == group:
				r.breaks(e, c.at, "wrong-question", diag.Say("name one of its columns, such as %s_…", c.id), diag.Say("question %q is more than one column", c.id))
			case !c.text || q == nil || slices.Contains([]Type{Email, Phone, URL, Date, Time}, q.Type):
				r.breaks(e, c.at, "wrong-question", diag.Say("use a question of type short_text, long_text or multi_text, or the text beside an option"), diag.Say("%q is not answered in words", c.id))
			}
		})
	}
}

func readTopics(r *reader, n *yaml.Node, a *analysisDraft) {
	var ids places
	for e := range r.list(n) {
		t := Topic{At: r.place(e)}
		have := mapping(r, e, diag.Say("a topic"), topicKeys, &t)
		if have == nil {
			continue
		}
		ids.unique(r, have["id"].value, diag.Say("topic"))
		if list := have["any"].value; len(t.Any)+len(t.Not) > maxTopicWords {
			r.fail(list, "out-of-range", diag.Say("write at most %d", maxTopicWords), diag.Say("topic %q has %d words", shorten(t.ID), len(t.Any)+len(t.Not)))
		}
		a.verbatim().Topics = append(a.verbatim().Topics, t)
	}
	if count := len(a.verbatim().Topics); count > maxTopics {
		r.fail(n, "out-of-range", diag.Say("write at most %d", maxTopics), diag.Say("there are %d topics", count))
	}
}

func readQuotes(r *reader, n *yaml.Node, a *analysisDraft) {
	for e := range r.list(n) {
		q := Quote{At: r.place(e)}
		have := mapping(r, e, diag.Say("a quote"), quoteKeys, &q)
		if have == nil {
			continue
		}
		a.verbatim().Quotes = append(a.verbatim().Quotes, q)
		for _, lang := range sorted(q.Text) {
			if kinds := personaldata.Find(q.Text[lang]); len(kinds) > 0 {
				r.problems.Add(diag.Problem{ // without the line itself: logs are read by others
					Code: "personal-quote", Place: r.place(have["text"].value), Summary: diag.Say("the quote holds %s", kinds[0].Phrase()), Cure: diag.Say("take it out, and whatever else tells who said it"),
				})
				break
			}
		}
		if at := have["topic"].value; at != nil {
			r.def.check(func() {
				var known []string
				for _, t := range a.verbatim().Topics {
					known = append(known, t.ID)
				}
				if !slices.Contains(known, q.Topic) {
					r.fail(at, "unknown-name", didYouMean(q.Topic, known), diag.Say("there is no topic %q", shorten(q.Topic)))
				}
			})
		}
	}
	if count := len(a.verbatim().Quotes); count > maxQuotes {
		r.fail(n, "out-of-range", diag.Say("write at most %d", maxQuotes), diag.Say("there are %d quotes", count))
	}
}

// judgeVerbatim keeps the settings; the contrast is the outcome where it has a best and a worst end.
func (r *reader) judgeVerbatim(a *analysisDraft, into *Analysis) {
	v := a.verbatim()
	if v.Nothing == nil {
		v.Nothing = usualNothing
	}
	given := v.Contrast != ""
	if !given {
		v.Contrast = v.Outcome
	}
	if c := r.def.column(v.Contrast); c != nil && v.Contrast != "" && c.scale != nil {
		item := Item{ID: c.id, Question: c.question, Scale: c.scale}
		item.Reverse = c.question != nil && c.question.Reverse
		if best, _ := item.Ends(); best == nil {
			if given {
				r.report(diag.Problem{Code: "wrong-question", Place: a.At, Rule: c.at, Summary: diag.Say("%q has no rule for its best and its worst answers", c.id), Cure: diag.Say("use a question of 5, 7, 10 or 11 answers")})
			}
			v.Contrast = ""
		}
	} else {
		v.Contrast = ""
	}
	into.Verbatim = v
}

// Ends are the best and the worst answers of a rated item: promoters and
// detractors of a recommendation from 0 to 10, else the top codes and as many
// of the other end; nil where the scale has no rule.
func (i Item) Ends() (best, worst []string) {
	if i.Recommends() {
		for _, c := range i.Scale.Codes() {
			switch c {
			case "9", "10":
				best = append(best, c)
			case "7", "8":
			default:
				worst = append(worst, c)
			}
		}
		return best, worst
	}
	return TopCodes(i.Scale, i.Reverse), TopCodes(i.Scale, !i.Reverse)
}

// Recommends reports whether the item asks for a recommendation from 0 to 10.
func (i Item) Recommends() bool {
	return i.Question != nil && (i.Question.Type == NPS || i.Question.Metric == string(NPS))
}

// Matcher finds the topics in answers.
func (v *Verbatim) Matcher() *topics.Matcher {
	v.once.Do(func() {
		var rules []topics.Rule
		for _, t := range v.Topics {
			rules = append(rules, topics.Rule{Any: t.Any, Not: t.Not})
		}
		v.matcher = topics.New(rules, v.Nothing)
	})
	return v.matcher
}

// markTopics lets the fields of answers in words keep what they are about:
// analyses follow each other, each with a mark for "nothing to say" and one for
// every topic (see FirstMark).
func (s *Survey) markTopics(out *table.Schema) {
	for i := range out.Fields {
		f := &out.Fields[i]
		var of []*Verbatim
		var first []int32
		for _, a := range s.Analyses {
			if a.Verbatim != nil && slices.ContainsFunc(a.Verbatim.Questions, func(id string) bool { return id == f.ID || s.goesOn(f.ID, id) }) {
				of, first = append(of, a.Verbatim), append(first, s.FirstMark(a.ID))
			}
		}
		if of == nil || f.Kind != table.Text {
			continue
		}
		f.Mark = func(text string) []int32 {
			var out []int32
			for k, v := range of {
				found, said := v.Matcher().Find(text)
				if !said {
					out = append(out, first[k])
				}
				for _, t := range found {
					out = append(out, first[k]+1+t)
				}
			}
			return out
		}
	}
}

// goesOn reports whether the answers to an old question go on in a new one.
func (s *Survey) goesOn(old, now string) bool {
	return slices.ContainsFunc(s.Equivalent, func(e Equivalent) bool { return e.Old == old && e.New == now })
}

// FirstMark is the mark of an analysis that stands for an answer which says
// nothing; the topics follow it.
func (s *Survey) FirstMark(analysis string) int32 {
	first := int32(0)
	for _, a := range s.Analyses {
		if a.ID == analysis {
			break
		}
		if a.Verbatim != nil {
			first += 1 + int32(len(a.Verbatim.Topics))
		}
	}
	return first
}
