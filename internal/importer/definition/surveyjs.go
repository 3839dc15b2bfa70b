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
	q := draft.Question{ID: b.id(name, "q"), Type: typ, Required: o.flag("isRequired")}
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

// jsOptions are the choices with those that switches add.
func (b *builder) jsOptions(q *draft.Question, o object) []draft.Option {
	out := b.jsList(q, o.list("choices"), false)
	if o.flag("hasOther") || o.flag("showOtherItem") {
		out = append(out, draft.Option{Code: "other", Label: b.textOr(localised(o["otherText"]), "其他", "Other"), WriteIn: true, Anchor: "last"})
	}
	if o.flag("hasNone") || o.flag("showNoneItem") {
		out = append(out, draft.Option{Code: "none", Label: b.textOr(localised(o["noneText"]), "以上都没有", "None of these"), Exclusive: q.Type == "multiple_choice", Anchor: "last"})
	}
	if len(out) == 0 {
		q.Notes = append(q.Notes, b.lost(q.ID, "its choices are not in the file"))
		q.Type = "short_text"
	}
	return out
}

// textOr is the text, or our words for it.
func (b *builder) textOr(t texts, zh, en string) draft.Text {
	if out := b.text(t); out != nil {
		return out
	}
	if len(b.langs) == 2 {
		return draft.Text{"zh-CN": zh, "en": en}
	}
	if slices.Contains(b.langs, "zh-CN") {
		return draft.Plain(zh)
	}
	return draft.Plain(en)
}

// jsList are choices: values, or objects with value and text.
func (b *builder) jsList(q *draft.Question, list []any, scale bool) []draft.Option {
	var values []string
	for _, c := range list {
		if m, ok := c.(map[string]any); ok {
			values = append(values, object(m).word("value"))
		} else {
			values = append(values, scalar(c))
		}
	}
	own, changed := codes(values)
	var out []draft.Option
	for i, c := range list {
		opt := draft.Option{Code: own[i], Label: draft.Plain(plain(values[i]))}
		if m, ok := c.(map[string]any); ok {
			if t := b.text(localised(m["text"])); t != nil {
				opt.Label = t
			}
			if m["visibleIf"] != nil {
				opt.Notes = append(opt.Notes, b.lost(q.ID, "visibleIf of choice %s", own[i]))
			}
		}
		if opt.Label == nil {
			opt.Label = draft.Plain(own[i])
		}
		out = append(out, opt)
	}
	if changed > 0 {
		q.Notes = append(q.Notes, b.guess(q.ID, "%d choices have new codes, since their values are no codes: map them when answers come in", changed))
	}
	return out
}

func (b *builder) jsRows(question string, list []any, prefix string) []draft.Row {
	var names []string
	var labels []draft.Text
	for _, r := range list {
		name, label := scalar(r), draft.Plain(plain(scalar(r)))
		if m, ok := r.(map[string]any); ok {
			name = or(object(m).word("value"), object(m).word("name"))
			label = b.text(localised(m["text"]))
			if label == nil {
				label = b.text(localised(m["title"]))
			}
			if label == nil {
				label = draft.Plain(plain(name))
			}
		}
		names, labels = append(names, name), append(labels, label)
	}
	var out []draft.Row
	for i, id := range rowIDs(names, prefix) {
		b.ids[question+"."+names[i]] = question + "_" + id
		out = append(out, draft.Row{ID: id, Label: labels[i]})
	}
	return out
}

// jsRating is a scale of numbers; 0 to 10 about recommending is the net promoter question.
func (b *builder) jsRating(q *draft.Question, o object) {
	q.Low, q.High = b.text(localised(o["minRateDescription"])), b.text(localised(o["maxRateDescription"]))
	if list := o.list("rateValues"); len(list) > 1 {
		q.Options, q.Low, q.High = b.jsList(q, list, true), nil, nil
		return
	}
	low, high := or(o.word("rateMin"), "1"), or(o.word("rateMax"), "5")
	if o["rateMax"] == nil && o["rateCount"] != nil {
		from, _ := strconv.Atoi(low)
		high = strconv.Itoa(from + o.count("rateCount") - 1)
	}
	if step := o.word("rateStep"); step != "" && step != "1" {
		q.Notes = append(q.Notes, b.lost(q.ID, "steps of %s between the points", step))
	}
	b.points(q, low, high)
	switch o.word("rateType") {
	case "stars":
		q.Look = "star"
	case "smileys":
		q.Look = "smiley"
	}
	if q.Type == "nps" {
		q.Look = ""
	}
}

// points gives a question the whole numbers from low to high.
func (b *builder) points(q *draft.Question, low, high string) {
	from, err1 := strconv.Atoi(low)
	to, err2 := strconv.Atoi(high)
	switch {
	case err1 != nil || err2 != nil || to <= from || to-from > 100:
		q.Type, q.Low, q.High = "number", nil, nil
		q.Notes = append(q.Notes, b.lost(q.ID, "a scale from %s to %s", plain(low), plain(high)))
	case from == 0 && to == 10 && recommendWords.MatchString(said(q.Text)):
		q.Type = "nps"
	default:
		q.Points = strconv.Itoa(from) + ".." + strconv.Itoa(to)
		q.Low, q.High = orText(q.Low, strconv.Itoa(from)), orText(q.High, strconv.Itoa(to))
	}
}

func orText(t draft.Text, s string) draft.Text {
	if t != nil {
		return t
	}
	return draft.Plain(s)
}

// jsGrid is a matrix with several controls a row: one matrix a column of choices.
func (b *builder) jsGrid(o object, condition string) {
	name := o.word("name")
	for _, c := range o.list("columns") {
		m, ok := c.(map[string]any)
		if !ok {
			continue
		}
		column := object(m)
		choices := column.list("choices")
		if choices == nil {
			choices = o.list("choices")
		}
		cell := or(column.word("cellType"), or(o.word("cellType"), "dropdown"))
		if cell != "dropdown" && cell != "radiogroup" || len(choices) == 0 {
			b.page().Notes = append(b.page().Notes, b.lost(name, "column %s of type %s", column.word("name"), cell))
			continue
		}
		q := draft.Question{ID: b.id(name+"_"+column.word("name"), "q"), Type: "matrix", Required: o.flag("isRequired"), Text: b.text(localised(o["title"])), Help: b.text(localised(column["title"]))}
		if q.Text == nil {
			q.Text = draft.Plain(name)
		}
		q.Rows, q.Options = b.jsRows(q.ID, o.list("rows"), "row"), b.jsList(&q, choices, true)
		q.Notes = append(q.Notes, b.guess(q.ID, "column %s of a matrix of several: a matrix of its own", column.word("name")))
		b.add(q)
		b.shown(condition)
	}
}

// calculated keeps a computed value where its formula is one of ours.
func (b *builder) calculated(name, formula string) {
	if name == "" {
		return
	}
	id := b.id(name, "value")
	b.later = append(b.later, func() {
		if ours, ok := b.condition(formula); ok {
			b.out.Calculated = append(b.out.Calculated, draft.Calculated{ID: id, Expr: ours})
			return
		}
		b.out.Notes = append(b.out.Notes, b.lost(name, "the formula %s has no equivalent; write it under calculated", plain(formula)))
	})
}
