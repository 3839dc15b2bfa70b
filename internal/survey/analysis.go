package survey

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// analysisDraft is an analysis as it is written.
type analysisDraft struct {
	Analysis
	question *yaml.Node
	top      *yaml.Node
	topCount int
	outcome  *yaml.Node      // drivers, penalty_reward, two_factor
	ends     [2][]*yaml.Node // penalty_reward: the codes of low and of high
	cuts     cutsDraft       // loyalty
	bands    bandsDraft      // loyalty
	own      *yaml.Node      // competitors
	path     *pathDraft

	componentWeights []weighed // enterprise
}

// commonKeys are the keys of every analysis.
var commonKeys = []key[analysisDraft]{
	{"id", "name of the figure", pattern(func(a *analysisDraft) *string { return &a.ID }, "index", columnPattern), required},
	{"method", "how it is computed", formed(oneWord(methodNames...), readMethod), required},
	{"label", "what reports call it", text(func(a *analysisDraft) *Text { return &a.Label }), optional},
}

var questionKey = key[analysisDraft]{"question", "the question or matrix row", special("column", func(r *reader, n *yaml.Node, a *analysisDraft) {
	if s, ok := r.str(n); ok {
		a.Question, a.question = s, n
	}
}), required}

var topKey = key[analysisDraft]{"top", "how many codes, or which, count as satisfied", formed(either(counting(1, maxPoints), listOf(plainShape("code"))), readTop), optional}

// alwaysComputed are the ids of analyses that need no entry.
var alwaysComputed = []string{"quality", "trend", "compare", "batteries", "sample", "accounts", "weak_items"}

func readMethod(r *reader, n *yaml.Node, a *analysisDraft) {
	s, ok := r.str(n)
	switch {
	case !ok:
	case slices.Contains([]string{"quality", "trend", "compare"}, s):
		r.fail(n, "unknown-method", diag.Say("delete the entry"), diag.Say("method %q is always computed and needs no entry", s))
	case methodOf(s) == nil:
		r.fail(n, "unknown-method", didYouMean(s, methodNames), diag.Say("unknown method %q", shorten(s)))
	default:
		a.Method, a.Built = s, !methodOf(s).later
		if !a.Built {
			r.notBuilt(n, diag.Say("method %q", s))
		}
	}
}

func readTop(r *reader, n *yaml.Node, a *analysisDraft) {
	a.top = n
	if n.Kind == yaml.SequenceNode {
		items(func(a *analysisDraft) *[]string { return &a.Top }, shape{}, code).read(r, n, a)
		return
	}
	a.topCount, _ = r.whole(n, 1, maxPoints)
}

// methodKeys returns the keys of a method, nil where it is not known.
func methodKeys(name string) []key[analysisDraft] {
	if m := methodOf(name); m != nil {
		return slices.Concat(commonKeys, m.keys)
	}
	return nil
}

// readAnalysis reads one entry of analyses by the keys of its method.
func readAnalysis(r *reader, n *yaml.Node) (Analysis, bool) {
	a := analysisDraft{Analysis: Analysis{At: r.place(n)}}
	what, keys := diag.Say("an analysis"), []key[analysisDraft](nil)
	if n.Kind == yaml.MappingNode {
		if m := child(n, "method"); m != nil {
			what, keys = diag.Say("method %s", m.Value), methodKeys(m.Value)
		}
	}
	if keys == nil { // without its method nothing but the common keys can be judged
		var common []*yaml.Node
		for c := range slices.Chunk(n.Content, 2) {
			if n.Kind == yaml.MappingNode && slices.Contains(names(commonKeys), c[0].Value) {
				common = append(common, c...)
			}
		}
		part := *n
		if part.Kind == yaml.MappingNode {
			part.Content = common
		}
		n, keys, what = &part, commonKeys, diag.Say("an analysis")
	}
	have := mapping(r, n, what, keys, &a)
	if have == nil {
		return Analysis{}, false
	}
	if v := have["id"].value; v != nil {
		a.At = r.place(v)
		if slices.Contains(alwaysComputed, v.Value) {
			r.fail(v, "wrong-id", diag.Say("choose another id"), diag.Say("analysis %q is always computed, under this id", v.Value))
		}
		r.def.analysisIDs.unique(r, v, diag.Say("analysis"))
	}
	if m := methodOf(a.Method); a.Built && m.judge != nil {
		index := r.def.analyses
		r.def.check(func() { m.judge(r, &a, &r.def.survey.Analyses[index]) })
	}
	r.def.analyses++
	return a.Analysis, true
}

// judgeQuestionAnalysis checks an analysis of one question against it and settles its top codes.
func (r *reader) judgeQuestionAnalysis(a *analysisDraft, into *Analysis) {
	if a.question == nil {
		return
	}
	c := r.def.column(a.Question)
	switch {
	case c == nil || c.role == silent:
		r.fail(a.question, "unknown-name", didYouMean(a.Question, r.def.names()), diag.Say("analysis %q is of unknown question %q", a.ID, shorten(a.Question)))
		return
	case c.role == group:
		r.breaks(a.question, c.at, "wrong-question", diag.Say("name one of its columns, such as %s_…", c.id), diag.Say("question %q is more than one column", c.id))
		return
	case c.scale == nil && c.question != nil && c.role == single && !c.text && !c.number:
		return // its answers are a fault of their own
	}
	var t Type
	reverse := false
	if c.question != nil {
		t, reverse = c.question.Type, c.question.Reverse
	}
	if why, cure := unfit(a.Method, t, c.scale); !why.Empty() {
		r.breaks(a.question, c.at, "metric-misfit", cure, diag.Say("method %s does not fit %q: %s", a.Method, c.id, why))
		return
	}
	r.judgeTop(a, c.scale, reverse, into)
}

func (r *reader) judgeTop(a *analysisDraft, sc *Scale, reverse bool, into *Analysis) {
	codes := sc.Codes()
	switch {
	case a.Method == "nps":
	case a.top == nil && TopCodes(sc, reverse) == nil:
		r.breaks(a.question, r.ruleOf(sc), "missing-key", diag.Say("add top: with how many, or which, codes count as satisfied"),
			diag.Say("%s has no rule for the top of %s", a.Method, sc.counted()))
	case a.topCount >= len(codes) && a.topCount > 0:
		r.fail(a.top, "out-of-range", diag.Say("write less than %d", len(codes)), diag.Say("top %d of %s leaves none out", a.topCount, sc.counted()))
	case a.topCount > 0:
		into.Top = sc.best(a.topCount, reverse)
	case a.top != nil && a.top.Kind == yaml.SequenceNode:
		for _, n := range a.top.Content {
			if !slices.Contains(codes, n.Value) {
				r.breaks(n, r.ruleOf(sc), "unknown-code", didYouMean(n.Value, codes), diag.Say("the question has no code %q", shorten(n.Value)))
			}
		}
	}
}

// metricAnalyses adds the analyses that the key metric of questions stands for.
func (r *reader) metricAnalyses(s *Survey) {
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			if q.Metric == "" || q.ID == "" {
				continue
			}
			for _, i := range q.items() {
				a := Analysis{ID: i.ID + "_" + q.Metric, Method: q.Metric, Question: i.ID, Built: true, At: q.At}
				if first := r.def.analysisIDs[strings.ToLower(a.ID)]; first != nil {
					r.report(diag.Problem{
						Code: "duplicate-id", Place: q.At, Others: before(r.place(first)), Cure: diag.Say("delete the analysis, or the metric of the question"),
						Summary: diag.Say("metric %s of question %q is the analysis %q, which is defined on line %d", q.Metric, q.ID, a.ID, first.Line),
					})
					continue
				}
				s.Analyses = append(s.Analyses, a)
			}
		}
	}
}
