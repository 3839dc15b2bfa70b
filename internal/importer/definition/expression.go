package definition

import (
	"regexp"
	"slices"
	"strings"

	"manyi/internal/importer/draft"
)

// exprToken are the signs of the conditions of all three tools.
var exprToken = regexp.MustCompile(`^(?:\s+|\$?\{[^}]*\}|'[^']*'|"[^"]*"|[0-9]+X[0-9]+X[0-9]+[A-Za-z0-9_]*(?:\.[A-Za-z]+)?|[0-9]+(?:\.[0-9]+)?|==|!=|<>|<=|>=|&&|\|\||[=<>!()\[\],+*/-]|[\p{L}_][\p{L}\p{N}_.-]*)`)

// condition is a condition of the file as one of ours; false where anything in
// it is not understood.
func (b *builder) condition(source string) (string, bool) {
	tokens, ok := split(source)
	if !ok || len(tokens) == 0 {
		return "", false
	}
	t := &translator{builder: b, tokens: tokens}
	out, ok := t.or()
	if !ok || t.at < len(t.tokens) {
		return "", false
	}
	return out, true
}

func split(s string) ([]string, bool) {
	var out []string
	for s != "" {
		token := exprToken.FindString(s)
		if token == "" {
			return nil, false
		}
		s = s[len(token):]
		if strings.TrimSpace(token) != "" {
			out = append(out, token)
		}
	}
	return out, true
}

// translator reads a condition by descent: or, and, not, comparison, value.
type translator struct {
	*builder
	tokens []string
	at     int
	depth  int
}

// deepest is how many parentheses may stand in each other.
const deepest = 50

func (t *translator) peek() string {
	if t.at < len(t.tokens) {
		return t.tokens[t.at]
	}
	return ""
}

func (t *translator) take(words ...string) bool {
	if t.at < len(t.tokens) && slices.Contains(words, strings.ToLower(t.tokens[t.at])) {
		t.at++
		return true
	}
	return false
}

func (t *translator) or() (string, bool) { return t.joined("or", t.and, "or", "||") }

func (t *translator) and() (string, bool) { return t.joined("and", t.not, "and", "&&") }

func (t *translator) joined(word string, part func() (string, bool), signs ...string) (string, bool) {
	out, ok := part()
	for ok && t.take(signs...) {
		var next string
		next, ok = part()
		out += " " + word + " " + next
	}
	return out, ok
}

func (t *translator) not() (string, bool) {
	if t.take("not", "!") {
		out, ok := t.comparison()
		if !strings.HasPrefix(out, "(") {
			out = "(" + out + ")"
		}
		return "not " + out, ok
	}
	return t.comparison()
}

var comparisons = map[string]string{"=": "==", "==": "==", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}

func (t *translator) comparison() (string, bool) {
	if t.depth++; t.depth > deepest {
		return "", false
	}
	defer func() { t.depth-- }()
	if t.take("(") {
		out, ok := t.or()
		return "(" + out + ")", ok && t.take(")")
	}
	if out, ok := t.tick(); ok {
		return out, true
	}
	left, isName, ok := t.value()
	if !ok {
		return "", false
	}
	switch {
	case isName && t.take("notempty"):
		return "answered(" + left + ")", true
	case isName && t.take("empty"):
		return "not answered(" + left + ")", true
	case isName && t.take("contains", "anyof"):
		return t.contains(left)
	}
	return t.compared(left, isName)
}

// compared is the rest of a comparison behind its left side.
func (t *translator) compared(left string, isName bool) (string, bool) {
	sign := comparisons[strings.ToLower(t.peek())]
	if sign == "" {
		return left, strings.HasSuffix(left, ")") || strings.Contains(left, " in ")
	}
	t.at++
	right, _, ok := t.value()
	if !ok {
		return "", false
	}
	switch {
	case isName && right == `""`:
		if sign == "==" {
			return "not answered(" + left + ")", true
		}
		return "answered(" + left + ")", sign == "!="
	case isName && t.several[left] && (sign == "==" || sign == "!="):
		return "", false // equality with a list is not ours
	case isName && (sign == "==" || sign == "!=") && !t.has(left, right):
		return "", false
	}
	return left + " " + sign + " " + right, true
}

// tick is a comparison of one option of a multiple choice of LimeSurvey with Y.
func (t *translator) tick() (string, bool) {
	to, known := t.ticks[strings.TrimSuffix(strings.TrimSuffix(t.peek(), ".NAOK"), ".value")]
	if !known || t.at+2 >= len(t.tokens) {
		return "", false
	}
	sign, value := comparisons[strings.ToLower(t.tokens[t.at+1])], strings.Trim(t.tokens[t.at+2], `"'`)
	code, ok := t.own(to.question, text(to.code))
	if !ok || value != "Y" && value != "" || sign != "==" && sign != "!=" {
		return "", false
	}
	t.at += 3
	if (sign == "==") == (value == "Y") {
		return code + " in " + to.question, true
	}
	return "not (" + code + " in " + to.question + ")", true
}

// contains is a multiple choice that holds a code, or a code of a list.
func (t *translator) contains(left string) (string, bool) {
	var list []string
	if t.take("[") {
		for !t.take("]") {
			v, name, ok := t.value()
			if !ok || name {
				return "", false
			}
			list = append(list, v)
			t.take(",")
		}
	} else {
		v, name, ok := t.value()
		if !ok || name {
			return "", false
		}
		list = append(list, v)
	}
	if !t.several[left] {
		for _, v := range list {
			if !t.has(left, v) {
				return "", false
			}
		}
		return left + " in [" + strings.Join(list, ", ") + "]", true
	}
	for i, v := range list {
		own, ok := t.own(left, v)
		if !ok {
			return "", false
		}
		list[i] = own + " in " + left
	}
	if len(list) == 1 {
		return list[0], true
	}
	return "(" + strings.Join(list, " or ") + ")", true
}

// own is the code of an option of a multiple choice, as a text; false where it has no such option.
func (t *translator) own(id, v string) (string, bool) {
	code := strings.Trim(v, `"`)
	if to, ok := t.recodes[id][code]; ok {
		code = to
	}
	return text(code), t.has(id, code)
}

// has reports whether a literal is a code of a question, or the question has no list of codes.
func (t *translator) has(id, v string) bool {
	for i := range t.out.Pages {
		for k := range t.out.Pages[i].Questions {
			q := &t.out.Pages[i].Questions[k]
			if q.ID == id && len(q.Options) > 0 {
				return slices.Contains(codesOf(q.Options), strings.Trim(v, `"`))
			}
			if _, ok := strings.CutPrefix(id, q.ID+"_"); ok && q.Type == "matrix" && len(q.Options) > 0 && slices.ContainsFunc(q.Rows, func(r draft.Row) bool { return q.ID+"_"+r.ID == id }) {
				return slices.Contains(codesOf(q.Options), strings.Trim(v, `"`))
			}
			if q.ID == id && q.Type == "yes_no" {
				return false // yes and no have codes of ours
			}
		}
	}
	return true
}

// text is a literal as a text: options of a multiple choice are texts.
func text(v string) string {
	if strings.HasPrefix(v, `"`) {
		return v
	}
	return `"` + v + `"`
}

// value is a name, a literal or a call.
func (t *translator) value() (out string, name, ok bool) {
	token := t.peek()
	if token == "" {
		return "", false, false
	}
	t.at++
	switch first := token[0]; {
	case first == '$' || first == '{':
		id, known := t.ids[strings.Trim(token, "${}")]
		return id, true, known
	case first == '\'' || first == '"':
		s := token[1 : len(token)-1]
		if strings.ContainsAny(s, "\"\\\n") {
			return "", false, false
		}
		if wholeNumber.MatchString(s) {
			return s, false, true
		}
		return `"` + s + `"`, false, true
	case first >= '0' && first <= '9' && !strings.Contains(token, "X"):
		return token, false, true
	case first == '-' && wholeNumber.MatchString(t.peek()):
		t.at++
		return "-" + t.tokens[t.at-1], false, true
	}
	if t.peek() == "(" {
		out, ok = t.call(strings.ToLower(token))
		return out, false, ok
	}
	id, known := t.ids[strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(token, ".NAOK"), ".shown"), ".value")]
	if !known {
		return map[string]string{"true": "true", "false": "false"}[strings.ToLower(token)], false, strings.EqualFold(token, "true") || strings.EqualFold(token, "false")
	}
	return id, true, true
}

var wholeNumber = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,14})$`)

// call is a function that both sides have.
func (t *translator) call(function string) (string, bool) {
	t.at++ // the parenthesis
	switch function {
	case "not":
		out, ok := t.or()
		return "not (" + out + ")", ok && t.take(")")
	case "is_empty":
		id, name, ok := t.value()
		return "not answered(" + id + ")", ok && name && t.take(")")
	case "selected":
		id, name, ok := t.value()
		if !ok || !name || !t.take(",") {
			return "", false
		}
		code, isName, ok := t.value()
		if !ok || isName || !t.take(")") {
			return "", false
		}
		if t.several[id] {
			own, ok := t.own(id, code)
			return own + " in " + id, ok
		}
		return id + " == " + code, t.has(id, code)
	case "count-selected", "count", "sum", "min", "max", "round", "string-length", "strlen":
		own := map[string]string{"count-selected": "count", "string-length": "len", "strlen": "len"}[function]
		if own == "" {
			own = function
		}
		id, name, ok := t.value()
		return own + "(" + id + ")", ok && name && t.take(")")
	}
	return "", false
}

// shown gives the last question its condition when all names are known, or keeps it as a comment.
func (b *builder) shown(source string) {
	p, q := len(b.out.Pages)-1, len(b.page().Questions)-1
	name := b.out.Pages[p].Questions[q].ID
	b.when(name, source, func(s string) { b.out.Pages[p].Questions[q].ShowIf = s }, func(s string) {
		b.out.Pages[p].Questions[q].Notes = append(b.out.Pages[p].Questions[q].Notes, s)
	})
}

// when translates a condition when all names are known.
func (b *builder) when(where, source string, set, note func(string)) {
	source = strings.TrimSpace(source)
	if source == "" || source == "1" || strings.EqualFold(source, "true()") {
		return
	}
	b.later = append(b.later, func() {
		name := func() {
			note(b.lost(where, "the condition %s has no equivalent; write it as show_if", plain(source)))
		}
		ours, ok := b.condition(source)
		if !ok {
			name()
			return
		}
		b.conditions = append(b.conditions, guessed{set: func() { set(ours) }, unset: func() { set(""); name() }, clear: func() { set("") }})
	})
}
