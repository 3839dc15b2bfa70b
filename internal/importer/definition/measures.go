package definition

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/importer/draft"
)

var (
	satisfiedWords  = regexp.MustCompile(`(?i)满意|satisf|zufrieden`)
	recommendWords  = regexp.MustCompile(`(?i)推荐|recommend|empfehl`)
	easyWords       = regexp.MustCompile(`(?i)how easy|effort|轻松|容易|费力|方便`)
	segmentWords    = regexp.MustCompile(`(?i)性别|年龄|地区|城市|省份|部门|行业|职业|收入|学历|gender|\bsex\b|\bage\b|region|city|department|industry|occupation|income|education|alter\b|geschlecht`)
	personalWords   = regexp.MustCompile(`(?i)姓名|电话|手机|邮箱|微信|身份证|地址|your name|full name|e-?mail|phone|address`)
	dissatisfyFirst = regexp.MustCompile(`(?i)^(非常|很|极其|十分)?不满意|^(very |extremely )?dissatisfied`)
	satisfyFirst    = regexp.MustCompile(`(?i)^(非常|很|极其|十分)满意|^(very|extremely|completely) satisfied`)
	notApplicable   = regexp.MustCompile(`(?i)^(不适用|n/?a|not applicable|无法评价)$`)
	dontKnow        = regexp.MustCompile(`(?i)^(不知道|不清楚|don'?t know|not sure|weiß nicht)$`)
	refused         = regexp.MustCompile(`(?i)^(拒绝回答|不愿回答|不便透露|prefer not to (say|answer)|no answer|keine angabe)$`)
	otherWords      = regexp.MustCompile(`(?i)^(其他|其它|other)`)
	noneWords       = regexp.MustCompile(`(?i)^(以上都(没有|不是)|都没有|none( of (these|the above))?$)`)
)

func said(t draft.Text) string {
	var all []string
	for _, l := range sortedKeys(t) {
		all = append(all, t[l])
	}
	return strings.Join(all, "\n")
}

// measures guesses what the answers can tell: metrics, segments, an index.
func (b *builder) measures() {
	var items []string
	for i := range b.out.Pages {
		for k := range b.out.Pages[i].Questions {
			q := &b.out.Pages[i].Questions[k]
			b.options(q)
			b.metric(q)
			b.segment(q)
			items = append(items, satisfied(q)...)
		}
	}
	if len(items) < 2 {
		return
	}
	note := b.guess("index", "%d questions ask for satisfaction on a scale: their mean is an index; weights are equal until you give them", len(items))
	below := []string{"- id: all", "  label: " + label(b.out.Languages), "  weight: 1", "  items: [" + strings.Join(items, ", ") + "]"}
	b.out.Analyses = append(b.out.Analyses, draft.Analysis{ID: "index", Method: "csi", Notes: []string{note}, Keys: []draft.Key{{Name: "weighting", Value: "equal"}, {Name: "facets", Below: below}}})
}

func label(languages []string) string {
	if len(languages) == 1 && languages[0] == "zh-CN" {
		return "总体"
	}
	if len(languages) == 1 {
		return "Overall"
	}
	return "{zh-CN: 总体, en: Overall}"
}

// options guesses which options are no answers, which take a text and which exclude the others.
func (b *builder) options(q *draft.Question) {
	for i := range q.Options {
		o := &q.Options[i]
		for _, text := range o.Label {
			b.option(q, o, strings.TrimSpace(text))
			break
		}
	}
	answers := 0
	for _, o := range q.Options {
		if o.Missing == "" {
			answers++
		}
	}
	if answers < 2 { // too few are left to be a scale
		for i := range q.Options {
			q.Options[i].Missing = ""
		}
	}
}

func (b *builder) option(q *draft.Question, o *draft.Option, text string) {
	if o.Missing == "" && q.Type != "multiple_choice" {
		for _, m := range []struct {
			is     *regexp.Regexp
			reason string
		}{{notApplicable, "not_applicable"}, {dontKnow, "dont_know"}, {refused, "refused"}} {
			if m.is.MatchString(text) {
				o.Missing = m.reason
				o.Notes = append(o.Notes, b.guess(q.ID, "option %s is no answer, as its label says", o.Code))
			}
		}
	}
	if q.Type == "multiple_choice" && !o.Exclusive && noneWords.MatchString(text) {
		o.Exclusive = true
		o.Notes = append(o.Notes, b.guess(q.ID, "option %s excludes the others, as its label says", o.Code))
	}
	writes := q.Type == "multiple_choice" || q.Type == "single_choice" || q.Type == "dropdown"
	if writes && !o.WriteIn && otherWords.MatchString(text) && (strings.ContainsAny(text, "_＿") || strings.Contains(text, "请注明") || strings.Contains(text, "specify")) {
		o.WriteIn, o.Anchor = true, "last"
		o.Notes = append(o.Notes, b.guess(q.ID, "option %s takes a text, as its label says", o.Code))
	}
}

// metric guesses the metric of a rating.
func (b *builder) metric(q *draft.Question) {
	text := said(q.Text)
	if personalWords.MatchString(text) && (q.Type == "short_text" || q.Type == "multi_text") && !q.PII {
		q.PII = true
		q.Notes = append(q.Notes, b.guess(q.ID, "it asks who the person is: its answers are personal data"))
	}
	switch {
	case q.Metric != "" || !scaled(q) || len(q.Rows) > 0:
	case q.Type == "nps":
		q.Metric = "nps"
		q.Notes = append(q.Notes, b.guess(q.ID, "0 to 10 and a question about recommending: net promoter score"))
	case topped(q, 5, 7, 10, 11) && satisfiedWords.MatchString(text+said(q.Low)+said(q.High)+optionTexts(q)):
		q.Metric = "csat"
		q.Notes = append(q.Notes, b.guess(q.ID, "a scale about satisfaction: share of the satisfied and mean"))
	case topped(q, 7) && easyWords.MatchString(text):
		q.Metric = "ces"
		q.Notes = append(q.Notes, b.guess(q.ID, "a scale about effort: customer effort score"))
	}
}

// topped reports whether a question has one of so many answers.
func topped(q *draft.Question, sizes ...int) bool {
	n := 0
	for _, o := range q.Options {
		if o.Missing == "" {
			n++
		}
	}
	if low, high, ok := strings.Cut(q.Points, ".."); ok {
		from, _ := strconv.Atoi(low)
		to, _ := strconv.Atoi(high)
		n = to - from + 1
	}
	return slices.Contains(sizes, n)
}

func optionTexts(q *draft.Question) string {
	var s strings.Builder
	for _, o := range q.Options {
		s.WriteString("\n" + said(o.Label))
	}
	return s.String()
}

// scaled reports whether a question is answered on a scale of numbers.
func scaled(q *draft.Question) bool {
	switch q.Type {
	case "rating", "likert", "nps", "matrix":
	default:
		return false
	}
	for _, o := range q.Options {
		if _, err := strconv.Atoi(o.Code); err != nil {
			return false
		}
	}
	return true
}

// satisfied are the columns of a question that ask for satisfaction.
func satisfied(q *draft.Question) []string {
	if !scaled(q) || q.Type == "nps" || !satisfiedWords.MatchString(said(q.Text)+said(q.Low)+said(q.High)+optionTexts(q)) {
		return nil
	}
	if q.Type != "matrix" {
		return []string{q.ID}
	}
	var out []string
	for _, r := range q.Rows {
		out = append(out, q.ID+"_"+r.ID)
	}
	return out
}

// segment guesses by what figures are split.
func (b *builder) segment(q *draft.Question) {
	if q.Type != "single_choice" && q.Type != "dropdown" || len(q.Options) > 30 || !segmentWords.MatchString(said(q.Text)+"\n"+q.ID) {
		return
	}
	b.out.Segments = append(b.out.Segments, q.ID)
	b.out.SegmentsBy = append(b.out.SegmentsBy, b.guess(q.ID, "it asks what kind of customer answers"))
}

// rated makes a single choice a scale where its labels are an order of
// satisfaction or agreement: codes 1 to n, the worst first.
func (b *builder) rated(q *draft.Question) {
	answers := slices.DeleteFunc(slices.Clone(q.Options), func(o draft.Option) bool {
		label := said(o.Label)
		return notApplicable.MatchString(label) || dontKnow.MatchString(label) || refused.MatchString(label)
	})
	n := len(answers)
	if q.Type != "single_choice" && q.Type != "matrix" || n < 3 || n > 11 {
		return
	}
	first, last := said(answers[0].Label), said(answers[n-1].Label)
	switch {
	case dissatisfyFirst.MatchString(first) && satisfyFirst.MatchString(last):
	case satisfyFirst.MatchString(first) && dissatisfyFirst.MatchString(last):
		q.Reverse = true
	default:
		return
	}
	for i := range q.Options {
		if _, err := strconv.Atoi(q.Options[i].Code); err != nil {
			return
		}
	}
	if q.Type == "single_choice" {
		q.Type = "rating"
	}
	why := "its options run from dissatisfied to satisfied: a rating"
	if q.Reverse {
		why = "its options run from satisfied to dissatisfied: a rating whose high codes are bad"
	}
	q.Notes = append(q.Notes, b.guess(q.ID, "%s", why))
}
