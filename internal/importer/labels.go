package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// noAnswer are labels by which forms let people say that they do not answer.
var noAnswer = map[string]table.Reason{
	"n/a": table.NotApplicable, "na": table.NotApplicable, "not applicable": table.NotApplicable, "不适用": table.NotApplicable, "无": table.NotApplicable, "未使用": table.NotApplicable, "没有使用过": table.NotApplicable,
	"don't know": table.DontKnow, "don’t know": table.DontKnow, "i don't know": table.DontKnow, "not sure": table.DontKnow, "不知道": table.DontKnow, "不清楚": table.DontKnow, "说不清": table.DontKnow, "no sé": table.DontKnow,
	"prefer not to say": table.Refused, "prefer not to answer": table.Refused, "拒绝回答": table.Refused, "不愿透露": table.Refused, "prefiero no decirlo": table.Refused,
}

// answers are the answers of one item, by code and by label in every language.
type answers struct {
	order   []string // codes of answers
	codes   map[string]bool
	fold    map[string]string // folded label or code -> code
	loose   map[string]string
	missing map[string]table.Reason // by code
	writeIn string                  // the option that takes a text, "" without
	mapped  map[string]MappedLabel
	tool    map[string]table.Reason
	inline  bool // texts beside Other stand unmarked among the labels
	whole   bool // all codes are whole numbers
}

func newAnswers(sc *survey.Scale, field *table.Field, mapped map[string]MappedLabel, tool map[string]table.Reason) *answers {
	a := &answers{codes: map[string]bool{}, fold: map[string]string{}, loose: map[string]string{}, missing: map[string]table.Reason{}, mapped: mapped, tool: tool, whole: true}
	if sc != nil {
		for _, o := range sc.Options {
			a.add(o)
		}
	} else if field != nil {
		for _, code := range field.Codes {
			a.add(survey.Option{Code: code})
		}
	}
	return a
}

func (a *answers) add(o survey.Option) {
	a.codes[o.Code] = true
	if o.Missing != table.Answered {
		a.missing[o.Code] = o.Missing
	} else {
		a.order = append(a.order, o.Code)
		if _, err := strconv.Atoi(o.Code); err != nil {
			a.whole = false
		}
	}
	if o.WriteIn {
		a.writeIn = o.Code
	}
	put := func(m map[string]string, key string) {
		if _, have := m[key]; !have && key != "" {
			m[key] = o.Code
		}
	}
	put(a.fold, fold(o.Code))
	for _, label := range o.Label {
		put(a.fold, fold(label))
		put(a.loose, loose(label))
	}
}

// sure says how a label came to its code.
type sure uint8

const (
	isUnknown sure = iota
	isKnown
	isGuessed
	isWritten // it is what somebody wrote beside an option
	isMissing // it is no answer
)

// meaning is what a cell, or a part of it, stands for.
type meaning struct {
	code, text string
	reason     table.Reason
	sure       sure
}

var (
	written = regexp.MustCompile(`^(.*?)(?:〖(.*)〗|［(.*)］|\[(.*)\])\s*$`)
	graded  = regexp.MustCompile(`^[(（]?([0-9]{1,3})(?:\.0+)?\s*(?:[分星级颗)）]|stars?|points?)?\s*(?:[-–—:：.、=].*|[(（].*)?$`)
	ending  = regexp.MustCompile(`[(（]\s*([0-9]{1,3})\s*分?\s*[)）]$`)
	lead    = regexp.MustCompile(`^(?:[A-Ha-h]|[0-9]{1,2})\s*[.、．:：)）]\s*(.+)$`)
)

// of finds what a label or a code stands for.
func (a *answers) of(cell string) meaning {
	f := fold(cell)
	if l, ok := a.mapped[f]; ok {
		if l.Missing != table.Answered {
			return meaning{reason: l.Missing, sure: isMissing}
		}
		return meaning{code: l.Code, sure: isKnown}
	}
	if code, ok := a.fold[f]; ok {
		return a.answer(code, isKnown)
	}
	if reason, ok := a.tool[f]; ok {
		return meaning{reason: reason, sure: isMissing}
	}
	if code, ok := a.loose[loose(cell)]; ok {
		return a.answer(code, isKnown)
	}
	if m := written.FindStringSubmatch(cell); m != nil {
		if found := a.of(strings.TrimSpace(m[1])); found.code != "" {
			found.text, found.sure = strings.TrimSpace(m[2]+m[3]+m[4]), isWritten
			return found
		}
	}
	if a.writeIn != "" && isOther(cell) {
		return a.answer(a.writeIn, isKnown)
	}
	if reason, ok := noAnswer[f]; ok {
		return meaning{reason: reason, sure: isMissing}
	}
	if code := a.number(cell); code != "" {
		return a.answer(code, isGuessed)
	}
	if m := lead.FindStringSubmatch(cell); m != nil {
		if code, ok := a.loose[loose(m[1])]; ok {
			return a.answer(code, isKnown)
		}
	}
	if l, ok := a.mapped[anyOther]; ok && l.Code != "" {
		return meaning{code: l.Code, text: cell, sure: isWritten}
	}
	if a.writeIn != "" && a.inline {
		return meaning{code: a.writeIn, text: cell, sure: isWritten}
	}
	return meaning{}
}

// number reads a grade: 5分, 5 - very good, 满意(4分), or the n-th option.
func (a *answers) number(cell string) string {
	text := fold(cell)
	m := graded.FindStringSubmatch(text)
	if m == nil {
		m = ending.FindStringSubmatch(text)
	}
	if m == nil {
		return ""
	}
	if a.codes[m[1]] {
		return m[1]
	}
	n, _ := strconv.Atoi(m[1]) // digits
	if !a.whole && text == m[1] && n >= 1 && n <= len(a.order) {
		return a.order[n-1]
	}
	return ""
}

// answer is a code of the scale: an answer, or one that says why there is none.
func (a *answers) answer(code string, s sure) meaning {
	return meaning{code: code, reason: a.missing[code], sure: s}
}

// reasonCode is the code of the scale for a reason, "" without one.
func (a *answers) reasonCode(reason table.Reason) string {
	var codes []string
	for code, r := range a.missing {
		if r == reason {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return slices.Min(codes)
}

// anyOther in a mapping stands for every label that is not named.
const anyOther = "*"

// mostWords is how many separators a label may hold itself.
const mostWords = 8

// split finds the answers in a cell of several, by the separator that explains
// the most of it.
func (a *answers) split(cell string, separators []string) []meaning {
	var best []meaning
	most, least := -1, 0
	for _, s := range separators {
		out, odd := a.cut(cell, s)
		if labels := len(out) - odd; labels > most || labels == most && odd < least {
			best, most, least = out, labels, odd
		}
	}
	return best
}

// cut finds the answers between separators; odd is how many are no label. A
// label may hold the separator itself: the longest that is known wins.
func (a *answers) cut(cell, separator string) (out []meaning, odd int) {
	words := pieces(cell, separator)
	if strings.TrimSpace(separator) != "" {
		words = strings.Split(cell, separator)
	}
	for i := 0; i < len(words); {
		n := min(mostWords, len(words)-i)
		for ; n > 1; n-- {
			if label := fold(strings.Join(words[i:i+n], separator)); a.fold[label] != "" || a.mapped[label].Code != "" {
				break
			}
		}
		n = max(n, 1)
		if text := clean(strings.Join(words[i:i+n], separator)); text != "" {
			m := a.of(text)
			if m.sure == isUnknown || m.sure == isWritten && !strings.Contains(text, "〖") {
				odd++
			}
			out = append(out, m)
		}
		i += n
	}
	return out, odd
}
