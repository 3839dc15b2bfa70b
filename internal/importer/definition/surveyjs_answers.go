package definition

import (
	"slices"
	"strconv"

	"manyi/internal/importer/draft"
)

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
		opt := draft.Option{From: values[i], Code: own[i], Label: draft.Plain(plain(values[i]))}
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
		out = append(out, draft.Row{From: names[i], ID: id, Label: labels[i]})
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
		q := draft.Question{From: name, ID: b.id(name+"_"+column.word("name"), "q"), Type: "matrix", Required: o.flag("isRequired"), Text: b.text(localised(o["title"])), Help: b.text(localised(column["title"]))}
		if q.Text == nil {
			q.Text = draft.Plain(name)
		}
		q.Rows, q.Options = b.jsRows(q.ID, o.list("rows"), "row"), b.jsList(&q, choices, true)
		for i := range q.Rows {
			q.Rows[i].From += "." + column.word("name")
		}
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
		lose := func() {
			b.out.Notes = append(b.out.Notes, b.lost(name, "the formula %s has no equivalent; write it under calculated", plain(formula)))
		}
		ours, ok := b.condition(formula)
		if !ok {
			lose()
			return
		}
		clear := func() {
			b.out.Calculated = slices.DeleteFunc(b.out.Calculated, func(c draft.Calculated) bool { return c.ID == id })
		}
		set := func() {
			clear()
			b.out.Calculated = append(b.out.Calculated, draft.Calculated{ID: id, Expr: ours})
		}
		b.conditions = append(b.conditions, guessed{set: set, unset: func() { clear(); lose() }, clear: clear})
	})
}
