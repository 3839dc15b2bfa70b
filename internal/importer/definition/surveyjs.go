package definition

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/importer/draft"
)

// object is an object of JSON.
type object map[string]any

func isSurveyJS(body []byte) bool {
	var top struct {
		Pages, Elements, Questions []json.RawMessage
	}
	if json.Unmarshal(bytes.TrimPrefix(body, []byte("\uFEFF")), &top) != nil {
		return false
	}
	for _, list := range [][]json.RawMessage{top.Pages, top.Elements, top.Questions} {
		if len(list) > 0 && (bytes.Contains(list[0], []byte(`"elements"`)) || bytes.Contains(list[0], []byte(`"type"`)) || bytes.Contains(list[0], []byte(`"questions"`))) {
			return true
		}
	}
	return false
}

// word is a value that is a string or a number, as it is written.
func (o object) word(key string) string { return scalar(o[key]) }

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

func (o object) flag(key string) bool { v, _ := o[key].(bool); return v }

func (o object) count(key string) int { n, _ := strconv.Atoi(o.word(key)); return max(n, 0) }

func (o object) list(key string) []any { v, _ := o[key].([]any); return v }

// localised is a text, or a text by language.
func localised(v any) texts {
	switch v := v.(type) {
	case map[string]any:
		out := texts{}
		for lang, s := range v {
			if lang == "default" {
				lang = ""
			}
			out[lang] = scalar(s)
		}
		return out
	case nil:
		return nil
	}
	return texts{"": scalar(v)}
}

// surveyJS reads the JSON of SurveyJS. Source: surveyjs.io, "Survey JSON schema".
func (b *builder) surveyJS(body []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF"))))
	decoder.UseNumber()
	var top object
	if err := decoder.Decode(&top); err != nil {
		return fmt.Errorf("the JSON cannot be read: %w", err)
	}
	source := top.word("locale")
	if source == "" {
		source = "en"
	}
	b.speak(languagesOf(map[string]any(top), 0), source)
	b.out.Title, b.out.Intro = b.text(localised(top["title"])), b.text(localised(top["description"]))
	pages := top.list("pages")
	if pages == nil {
		pages = []any{map[string]any{"elements": append(top.list("elements"), top.list("questions")...)}}
	}
	for _, p := range pages {
		if page, ok := p.(map[string]any); ok {
			b.jsPage(object(page))
		}
	}
	if t := b.text(localised(top["completedHtml"])); t != nil {
		b.out.Endings = append(b.out.Endings, draft.Ending{ID: "default", Text: t})
	}
	for _, v := range top.list("calculatedValues") {
		if c, ok := v.(map[string]any); ok {
			b.calculated(object(c).word("name"), object(c).word("expression"))
		}
	}
	for _, key := range sortedKeys(top) {
		switch {
		case slices.Contains([]string{"triggers", "completedHtmlOnCondition", "navigateToUrl", "navigateToUrlOnCondition", "timeLimit", "timeLimitPerPage", "maxTimeToFinish", "quizMode"}, key):
			b.out.Notes = append(b.out.Notes, b.lost("", "%s of the whole survey", key))
		}
	}
	if b.report.Questions == 0 {
		return errors.New("the questionnaire has no question")
	}
	return nil
}

// languagesOf are the languages of all texts of a document.
func languagesOf(v any, depth int) []string {
	var out []string
	switch v := v.(type) {
	case map[string]any:
		_, isText := v["default"].(string)
		for _, k := range sortedKeys(v) {
			if s, ok := v[k].(string); ok && s != "" && (isText && k != "default" || isLanguage(k) && len(v) > 0 && allStrings(v)) {
				out = append(out, k)
			} else if depth < 60 {
				out = append(out, languagesOf(v[k], depth+1)...)
			}
		}
	case []any:
		for _, e := range v {
			if depth < 60 {
				out = append(out, languagesOf(e, depth+1)...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func isLanguage(k string) bool { return len(k) == 2 || len(k) == 5 && k[2] == '-' }

func allStrings(m map[string]any) bool {
	for k, v := range m {
		if _, ok := v.(string); !ok || !isLanguage(k) && k != "default" {
			return false
		}
	}
	return true
}

func (b *builder) jsPage(o object) {
	p := b.newPage(o.word("name"))
	p.Title, p.Text = b.text(localised(o["title"])), b.text(localised(o["description"]))
	at := len(b.out.Pages) - 1
	b.when(p.ID, o.word("visibleIf"), func(s string) { b.out.Pages[at].ShowIf = s }, func(s string) {
		b.out.Pages[at].Notes = append(b.out.Pages[at].Notes, s)
	})
	b.jsElements(append(o.list("elements"), o.list("questions")...), "", 0)
}

func (b *builder) jsElements(list []any, shown string, depth int) {
	for _, e := range list {
		m, ok := e.(map[string]any)
		if !ok || depth > 50 {
			continue
		}
		o := object(m)
		condition := shown
		if own := o.word("visibleIf"); own != "" && shown != "" {
			condition = "(" + shown + ") and (" + own + ")"
		} else if own != "" {
			condition = own
		}
		if o.word("type") == "panel" {
			if t := b.text(localised(o["title"])); t != nil {
				b.add(draft.Question{ID: b.id(o.word("name"), "note"), Type: "note", Text: t})
				b.shown(condition)
			}
			b.jsElements(append(o.list("elements"), o.list("questions")...), condition, depth+1)
			continue
		}
		b.jsQuestion(o, condition)
	}
}

var jsTypes = map[string]string{
	"comment": "long_text", "radiogroup": "single_choice", "dropdown": "dropdown", "checkbox": "multiple_choice", "tagbox": "multiple_choice", "boolean": "yes_no",
	"rating": "rating", "ranking": "ranking", "imagepicker": "single_choice", "matrix": "matrix", "multipletext": "multi_text", "html": "note", "slider": "slider", "text": "short_text",
}

var jsInputs = map[string]string{"number": "number", "range": "slider", "email": "email", "tel": "phone", "url": "url", "date": "date", "time": "time"}

func (b *builder) jsQuestion(o object, condition string) {
	kind, name := o.word("type"), o.word("name")
	switch kind {
	case "expression":
		b.calculated(name, o.word("expression"))
		return
	case "matrixdropdown":
		b.jsGrid(o, condition)
		return
	}
	typ, known := jsTypes[kind]
	if !known {
		b.page().Notes = append(b.page().Notes, b.lost(name, "a question of type %s", kind))
		return
	}
	if in := jsInputs[o.word("inputType")]; kind == "text" && in != "" {
		typ = in
	}
	q := draft.Question{From: name, ID: b.id(name, "q"), Type: typ, Required: o.flag("isRequired")}
	if q.ID != name {
		q.Notes = append(q.Notes, "called "+strconv.Quote(name)+" in the file")
	}
	q.Text, q.Help = b.text(localised(o["title"])), b.text(localised(o["description"]))
	if q.Text == nil {
		q.Text = draft.Plain(name)
	}
	if kind == "html" {
		q.Text = b.text(localised(o["html"]))
		q.Required = false
	}
	b.jsAnswers(&q, o)
	b.jsRest(&q, o)
	b.add(q)
	b.shown(condition)
}

// jsAnswers reads what a question is answered with.
func (b *builder) jsAnswers(q *draft.Question, o object) {
	switch q.Type {
	case "single_choice", "dropdown", "multiple_choice":
		q.Options = b.jsOptions(q, o)
		b.rated(q)
	case "ranking":
		q.Items = b.jsRows(q.ID, o.list("choices"), "item")
	case "multi_text":
		q.Items = b.jsRows(q.ID, o.list("items"), "item")
	case "matrix":
		q.Rows = b.jsRows(q.ID, o.list("rows"), "row")
		q.Options = b.jsList(q, o.list("columns"), true)
		b.rated(q)
	case "yes_no":
		for _, key := range []string{"labelTrue", "labelFalse"} {
			if o[key] != nil {
				q.Notes = append(q.Notes, b.lost(q.ID, "%s: yes and no have our words", key))
			}
		}
	case "rating":
		b.jsRating(q, o)
	case "number", "slider":
		q.Min, q.Max, q.Step = o.word("min"), o.word("max"), o.word("step")
		if q.Type == "number" {
			q.Step = ""
		} else if q.Min == "" || q.Max == "" {
			q.Min, q.Max = or(q.Min, "0"), or(q.Max, "100")
		}
	case "short_text", "long_text":
		q.MaxLength = o.count("maxLength")
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (b *builder) jsRest(q *draft.Question, o object) {
	if o.word("choicesOrder") == "random" && len(q.Options) > 0 {
		q.Randomize = "options"
	}
	if o.word("rowsOrder") == "random" && q.Type == "matrix" {
		q.Randomize = "rows"
	}
	if q.Type == "multiple_choice" {
		q.MinChoices, q.MaxChoices = o.count("minSelectedChoices"), o.count("maxSelectedChoices")
	}
	if s := o.word("requiredIf"); s != "" {
		q.Notes = append(q.Notes, b.lost(q.ID, "requiredIf %s", plain(s)))
	}
	for _, key := range []string{"correctAnswer", "validators", "defaultValue", "defaultValueExpression", "choicesByUrl", "choicesFromQuestion", "enableIf", "choicesVisibleIf", "rowsVisibleIf", "setValueExpression"} {
		if o[key] != nil {
			q.Notes = append(q.Notes, b.lost(q.ID, "%s", key))
		}
	}
	if o.word("type") == "imagepicker" {
		q.Notes = append(q.Notes, b.lost(q.ID, "its pictures: fetch them into images/ and make it an image_choice"))
	}
	if strings.HasPrefix(o.word("inputType"), "datetime") || o.word("inputType") == "month" || o.word("inputType") == "week" {
		q.Notes = append(q.Notes, b.lost(q.ID, "input of %s is a text here", o.word("inputType")))
	}
}
