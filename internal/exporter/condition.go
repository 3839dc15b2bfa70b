package exporter

import (
	"regexp"
	"strings"

	"manyi/internal/survey"
)

// dialect is how another tool writes conditions.
type dialect struct {
	tool           string
	name           func(id string) string
	holds          func(id, code string) string // a multiple choice holds a code
	answered, none func(id string) string
	equal          string
}

var surveyJSDialect = dialect{
	tool: "SurveyJS", equal: "=", name: func(id string) string { return "{" + id + "}" }, holds: func(id, code string) string { return "{" + id + "} contains '" + code + "'" },
	answered: func(id string) string { return "{" + id + "} notempty" }, none: func(id string) string { return "{" + id + "} empty" },
}

var xlsFormDialect = dialect{
	tool: "XLSForm", equal: "=", name: func(id string) string { return "${" + id + "}" }, holds: func(id, code string) string { return "selected(${" + id + "}, '" + code + "')" },
	answered: func(id string) string { return "${" + id + "} != ''" }, none: func(id string) string { return "${" + id + "} = ''" },
}

var (
	ownHolds    = regexp.MustCompile(`^"([^"'\\]*)"\s+in\s+([A-Za-z][A-Za-z0-9_]*)`)
	ownNot      = regexp.MustCompile(`^not answered\(([A-Za-z][A-Za-z0-9_]*)\)`)
	ownAnswered = regexp.MustCompile(`^answered\(([A-Za-z][A-Za-z0-9_]*)\)`)
	ownSign     = regexp.MustCompile(`^(==|!=|<=|>=|<|>)`)
	ownWord     = regexp.MustCompile(`^(and|or)\b`)
	ownName     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*`)
	ownNumber   = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?`)
	ownText     = regexp.MustCompile(`^"([^"'\\]*)"`)
)

// foreign is a condition of ours as another tool writes it; false where it
// goes beyond comparisons, answered, a code in a multiple choice, and, or and parentheses.
func foreign(source string, d dialect, s *survey.Survey) (string, bool) {
	var b strings.Builder
	rest := source
	for rest != "" {
		switch m := rest[0]; {
		case m == ' ' || m == '\n' || m == '\t':
			b.WriteByte(' ')
			rest = rest[1:]
			continue
		case m == '(' || m == ')':
			b.WriteByte(m)
			rest = rest[1:]
			continue
		}
		taken := 0
		for _, p := range []struct {
			form *regexp.Regexp
			say  func(m []string) string
		}{
			{ownHolds, func(m []string) string { return d.holds(m[2], m[1]) }},
			{ownNot, func(m []string) string { return d.none(m[1]) }},
			{ownAnswered, func(m []string) string { return d.answered(m[1]) }},
			{ownSign, func(m []string) string { return strings.Replace(m[0], "==", d.equal, 1) }},
			{ownWord, func(m []string) string { return m[0] }},
			{ownNumber, func(m []string) string { return m[0] }},
			{ownText, func(m []string) string { return "'" + m[1] + "'" }},
			{ownName, func(m []string) string { return d.column(m[0], s) }},
		} {
			if m := p.form.FindStringSubmatch(rest); m != nil {
				said := p.say(m)
				if said == "" {
					return "", false
				}
				b.WriteString(said)
				taken = len(m[0])
				break
			}
		}
		if taken == 0 {
			return "", false
		}
		rest = rest[taken:]
	}
	return b.String(), true
}

// column is the name of a column of a question of one column, "" of another.
func (d dialect) column(id string, s *survey.Survey) string {
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			if q.ID == id {
				return d.name(id)
			}
			if q.Type != survey.Matrix || d.tool != "SurveyJS" {
				continue
			}
			for _, r := range q.Rows {
				if q.ID+"_"+r.ID == id {
					return "{" + q.ID + "." + r.ID + "}"
				}
			}
		}
	}
	for _, c := range s.Calculated {
		if c.ID == id {
			return d.name(id)
		}
	}
	return ""
}
