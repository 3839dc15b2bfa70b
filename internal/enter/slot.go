package enter

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// slot is one field of the form: a column, or a whole multiple choice.
type slot struct {
	Column  string
	Number  string // of the question as it is printed: 14, 14.2
	Label   string
	Title   string // the question, above its first row; "" elsewhere
	Hint    string // codes with their labels, or the form of the answer
	Codes   string // separated by spaces, for the check while typing
	Low     string
	High    string
	Most    int // characters of a text
	Several bool
	Long    bool

	field table.Field
	codes []string
	shown []*survey.Expression
}

// paperNumber is what a form may be numbered: it becomes part of the response's id.
var paperNumber = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$|^$`)

// slotsOf are the fields of all questions, in the order of the paper.
func slotsOf(s *survey.Survey, l *survey.Locale) []slot {
	fields := map[string]table.Field{}
	for _, f := range s.Schema().Fields {
		fields[f.ID] = f
	}
	items := map[*survey.Question][]survey.Item{}
	for _, i := range s.Items() {
		items[i.Question] = append(items[i.Question], i)
	}
	var out []slot
	number := 0
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			if q.Type == survey.Note {
				continue
			}
			number++
			title := survey.Unpiped(q.Text.In(l.Tag(), s.Languages...))
			for k, item := range items[q] {
				one := newSlot(item, fields, l, number, k, len(items[q]))
				one.shown = conditions(p.ShowIf, q.ShowIf)
				if one.Title = title; k > 0 || len(items[q]) == 1 {
					one.Title = ""
				}
				if len(items[q]) == 1 {
					one.Label = title
				}
				out = append(out, one)
			}
			out = append(out, writeIns(q, fields, l, s.Languages, number)...)
		}
	}
	return out
}

func conditions(all ...*survey.Expression) []*survey.Expression {
	return slices.DeleteFunc(all, func(e *survey.Expression) bool { return e == nil })
}

func newSlot(item survey.Item, fields map[string]table.Field, l *survey.Locale, number, k, of int) slot {
	one := slot{Column: item.ID, Number: strconv.Itoa(number), Label: item.Label(l.Tag()), field: fields[item.ID], Several: item.Type == survey.MultipleChoice}
	if of > 1 {
		one.Number += "." + strconv.Itoa(k+1)
	}
	switch {
	case item.Scale != nil:
		one.scale(item.Scale, l)
	case one.field.Kind == table.Number:
		one.Low, one.High = bound(one.field.Min), bound(one.field.Max)
		one.Hint = strings.Trim(one.Low+" – "+one.High, " –")
		if one.Low != "" && one.High != "" {
			one.Hint = one.Low + " – " + one.High
		}
	default:
		one.Most, one.Long = one.field.Length, item.Type == survey.LongText
		one.Hint = map[survey.Type]string{survey.Date: "2026-01-31", survey.Time: "14:30"}[item.Type]
	}
	return one
}

func (s *slot) scale(sc *survey.Scale, l *survey.Locale) {
	var hints []string
	for _, o := range sc.Options {
		s.codes = append(s.codes, o.Code)
	}
	words := !slices.ContainsFunc(s.codes, isNumber)
	for i, o := range sc.Options {
		hint := o.Code
		if words {
			hint = strconv.Itoa(i+1) + " " + hint
		}
		if label := o.Label.In(l.Tag()); label != "" {
			hint += " " + label
		}
		hints = append(hints, hint)
	}
	s.Codes = strings.Join(s.codes, " ")
	if s.Hint = strings.Join(hints, " · "); len(hints) > 12 && len(sc.Options[1].Label) == 0 {
		s.Hint = hints[0] + " … " + hints[len(hints)-1]
	}
}

func bound(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// writeIns are the fields of the texts beside options.
func writeIns(q *survey.Question, fields map[string]table.Field, l *survey.Locale, languages []string, number int) []slot {
	var out []slot
	if q.Scale == nil {
		return nil
	}
	for _, o := range q.Scale.Options {
		if f, ok := fields[q.ID+"_"+o.Code+"_text"]; ok && o.WriteIn {
			out = append(out, slot{Column: f.ID, Number: strconv.Itoa(number), Label: o.Label.In(l.Tag(), languages...), field: f, Most: f.Length})
		}
	}
	return out
}

// read checks what was typed and enters it into the answers: nothing where the
// field is empty. It returns the key of what is wrong.
func (s slot) read(typed string, answers map[string]any) (why string) {
	typed = narrow(typed)
	switch {
	case typed == "":
		return ""
	case s.Several:
		return s.ticks(typed, answers)
	case s.codes != nil:
		code, ok := s.code(typed)
		if !ok {
			return "wrong_code"
		}
		answers[s.Column] = code
		return ""
	case s.field.Kind == table.Number:
		x, err := strconv.ParseFloat(typed, 64)
		switch {
		case err != nil || math.IsNaN(x) || math.IsInf(x, 0) || s.field.Integer && x != math.Trunc(x):
			return "wrong_number"
		case x < s.field.Min || x > s.field.Max:
			return "out_of_range"
		}
		answers[s.Column] = x
		return ""
	case s.field.Pattern != nil && !s.field.Pattern.MatchString(typed):
		return "wrong_form"
	case s.field.Length > 0 && utf8.RuneCountInString(typed) > s.field.Length:
		return "too_long"
	}
	answers[s.Column] = typed
	return ""
}

// code is the code that was typed: itself or, where no code is a number, the place of the option.
func (s slot) code(typed string) (string, bool) {
	if slices.Contains(s.codes, typed) {
		return typed, true
	}
	if k, err := strconv.Atoi(typed); err == nil && k >= 1 && k <= len(s.codes) && !slices.ContainsFunc(s.codes, isNumber) {
		return s.codes[k-1], true
	}
	return "", false
}

func isNumber(code string) bool {
	_, err := strconv.Atoi(code)
	return err == nil
}

// ticks reads the ticked codes of a multiple choice; a 0 alone says that none was ticked.
func (s slot) ticks(typed string, answers map[string]any) (why string) {
	list := []string{}
	for _, word := range strings.FieldsFunc(typed, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '，' || r == '、' }) {
		code, ok := s.code(word)
		switch {
		case word == "0" && typed == "0":
			continue
		case !ok:
			return "wrong_code"
		case !slices.Contains(list, code):
			list = append(list, code)
		}
	}
	answers[s.Column] = list
	return ""
}

// narrow turns full-width digits and signs, as a Chinese keyboard types them, into plain ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' && (r >= '０' && r <= '９' || r == '．' || r == '－') {
			return r - 0xFEE0
		}
		return r
	}, strings.TrimSpace(s))
}
