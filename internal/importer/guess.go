package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/importer/draft"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// single drafts a question of one column.
func (d *drafter) single(c *Column) {
	p := &d.frame.Profiles[c.At]
	q := draft.Question{Text: draft.Plain(title(c))}
	if c.Part != "" {
		q.Text = draft.Plain(title(c) + " · " + c.Part)
	}
	if p.Filled == 0 {
		d.maps(c, dropped)
		return
	}
	q.ID = d.id(c)
	switch {
	case c.Coding == Joined:
		d.joined(&q, c, p)
	case c.Coding == Ordered:
		q.Type = "short_text"
	case p.dates.seen*10 >= len(p.Values.order)*9 && p.dates.seen > 0 && !p.Values.more:
		q.Type = "short_text"
		q.Notes = append(q.Notes, d.note("the cells hold dates as the tool writes them", "单元格为日期"))
	case d.choice(&q, c, p):
	case p.Numbers == p.Filled || p.Numbers*100 >= p.Filled*97:
		q.Type = "number"
		q.Integer = p.Whole == p.Numbers && p.Numbers == p.Filled
		q.Notes = append(q.Notes, d.note("the cells are numbers", "单元格均为数字"))
	case p.Longest > 60:
		q.Type, q.MaxLength = "long_text", max(2000, p.Longest)
		q.Notes = append(q.Notes, d.note("many different long texts", "内容各异的长文本"))
	default:
		q.Type, q.MaxLength = "short_text", max(200, p.Longest)
		q.Notes = append(q.Notes, d.note("many different short texts", "内容各异的短文本"))
	}
	d.maps(c, q.ID)
	d.titles[q.ID] = c.Title
	d.put(q, 1)
}

// joined drafts a multiple choice whose answers stand in one cell.
func (d *drafter) joined(q *draft.Question, c *Column, p *Profile) {
	q.Type = "multiple_choice"
	shown := c.Separator
	if shown == listed {
		shown = "[…]"
	}
	q.Notes = append(q.Notes, d.note(fmt.Sprintf("cells hold several answers, separated by %q", shown), fmt.Sprintf("单元格中有多个答案，以 %q 分隔", shown)))
	t := p.pieces[c.Separator]
	fewest := 1
	if len(t.order) > 8 {
		fewest = max(2, p.Filled/200)
	}
	order := slices.Clone(t.order)
	slices.SortStableFunc(order, func(a, b string) int { return t.count[b] - t.count[a] })
	other := t.more
	for _, s := range order {
		base, _, inline := cutWritten(s)
		switch {
		case d.frame.Tool.missing[fold(s)] != table.Answered, hasLabel(q.Options, s):
		case inline && slices.ContainsFunc(q.Options, func(o draft.Option) bool { return o.Label[""] == base }):
			d.markWriteIn(q, base)
		case inline:
			q.Options = append(q.Options, draft.Option{Code: strconv.Itoa(len(q.Options) + 1), Label: draft.Plain(base), WriteIn: true})
		case t.count[s] < fewest || len(q.Options) >= mostOptions:
			other = true
		default:
			q.Options = append(q.Options, draft.Option{Code: strconv.Itoa(len(q.Options) + 1), Label: draft.Plain(s)})
		}
	}
	if other {
		d.other(q)
	}
	for _, o := range q.Options {
		if o.Code != "other" {
			d.says(q.ID, o.Label[""], o.Code, table.Answered)
		}
	}
	if len(q.Options) < 2 {
		q.Type, q.Options, q.MaxLength = "short_text", nil, max(200, p.Longest)
	}
}

// hasLabel reports whether an option has the label, perhaps in other case or width.
func hasLabel(options []draft.Option, label string) bool {
	return slices.ContainsFunc(options, func(o draft.Option) bool { return fold(o.Label[""]) == fold(label) })
}

func cutWritten(s string) (label, text string, ok bool) {
	if !strings.ContainsAny(s, "〖") {
		return s, "", false
	}
	label, text, ok = strings.Cut(s, "〖")
	return strings.TrimSpace(label), strings.TrimSuffix(text, "〗"), ok
}

func (d *drafter) markWriteIn(q *draft.Question, label string) {
	for i := range q.Options {
		if q.Options[i].Label[""] == label {
			q.Options[i].WriteIn = true
		}
	}
}

// other adds the option for what is not listed, or marks the one that is there.
func (d *drafter) other(q *draft.Question) {
	for i := range q.Options {
		if isOther(q.Options[i].Label[""]) {
			q.Options[i].WriteIn = true
			d.says(q.ID, anyOther, q.Options[i].Code, table.Answered)
			return
		}
	}
	d.says(q.ID, anyOther, "other", table.Answered)
	q.Options = append(q.Options, draft.Option{
		Code: "other", Label: draft.Plain(d.word("Other", "其他")), WriteIn: true, Anchor: "last",
		Notes: []string{d.note("for answers that came too seldom to be options", "用于出现次数过少、未列为选项的答案")},
	})
}

// choice drafts a question with one answer of a few; false where the cells are none.
func (d *drafter) choice(q *draft.Question, c *Column, p *Profile) bool {
	switch d.scale(q, p, q.ID, q.Text[""]) {
	case "":
		return d.tail(q, p)
	case "ordinal":
		q.Type = "rating"
		if d.satisfies(q) {
			d.rated = append(d.rated, q.ID)
			d.rate(q)
		}
	case "yes_no":
		q.Type = "yes_no"
	case "nps":
		q.Type, q.Metric, q.Scale, q.Points = "nps", "nps", "", ""
	default:
		q.Type = "single_choice"
		d.segment(q, c)
	}
	return true
}

// satisfies reports whether a graded question is about satisfaction, by its
// words or those of its scale. Other grades, as of frequency, belong to no index.
func (d *drafter) satisfies(q *draft.Question) bool {
	if strings.HasPrefix(q.Scale, "sat") || mentions(q.Text[""], satisfiedWords) {
		return true
	}
	for _, sc := range d.survey.Scales {
		if sc.ID == q.Scale && mentions(sc.Options[0].Label[""], satisfiedWords) {
			return true
		}
	}
	return false
}

// rate finds the question about everything.
func (d *drafter) rate(q *draft.Question) {
	text := q.Text[""]
	if d.overall == "" && mentions(text, overallWords) && (q.Scale != "" || q.Points != "") {
		d.overall, q.Metric = q.ID, "csat"
		q.Notes = append(q.Notes, d.note("it asks about everything, so its share of satisfied answers is reported", "询问总体评价，因此报告其满意率"))
		return
	}
	d.rows = append(d.rows, q.ID)
}

// labelsOf are the different cells that are answers, and those that say why there is none.
func (d *drafter) labelsOf(p *Profile) (labels, none []string) {
	for _, s := range p.Values.order {
		f := fold(s)
		if d.frame.Tool.missing[f] != table.Answered || noAnswer[f] != table.Answered && f != "无" {
			none = append(none, s)
		} else {
			labels = append(labels, s)
		}
	}
	return labels, none
}

// scale finds the scale of the answers and writes it into q: "ordinal",
// "nominal", "yes_no", "nps", or "" where there is none. Labels go to the
// mapping under item.
func (d *drafter) scale(q *draft.Question, p *Profile, item, title string) string {
	if p.Values.more {
		return ""
	}
	labels, none := d.labelsOf(p)
	if len(labels) == 0 {
		return ""
	}
	for _, s := range none {
		if reason := noAnswer[fold(s)]; reason != table.Answered && d.frame.Tool.missing[fold(s)] == table.Answered {
			d.says(item, s, "", reason)
		}
	}
	if p.Numbers >= p.Filled-d.count(p, none) {
		return d.points(q, p, labels, title)
	}
	if name, codes, ok := d.known(labels); ok {
		q.Scale = name
		q.Notes = append(q.Notes, d.note("the labels are those of the shipped scale", "标签与内置量表一致"))
		for i, s := range labels {
			d.says(item, s, codes[i], table.Answered)
		}
		if name == "yes_no" {
			q.Scale = ""
			return "yes_no"
		}
		return "ordinal"
	}
	if order, why, ok := inGrades(labels); ok {
		q.Scale = d.own(order)
		q.Notes = append(q.Notes, d.note(why, "标签是同一事物由差到好的等级"))
		for i, s := range order {
			d.says(item, s, strconv.Itoa(i+1), table.Answered)
		}
		return "ordinal"
	}
	return d.nominal(q, p, item, labels, none)
}

func (d *drafter) count(p *Profile, labels []string) int {
	n := 0
	for _, s := range labels {
		n += p.Values.count[s]
	}
	return n
}

// points reads grades written as numbers.
func (d *drafter) points(q *draft.Question, p *Profile, labels []string, title string) string {
	low, high := 1<<30, -1<<30
	for _, s := range labels {
		v, ok := table.ParseNumber(s)
		if !ok || v != float64(int(v)) || v < 0 || v > 10 {
			return ""
		}
		low, high = min(low, int(v)), max(high, int(v))
	}
	if mentions(title, recommendWords) && high > 7 {
		q.Notes = append(q.Notes, d.note("whole numbers up to 10 and a question about recommending", "0–10 的整数，且题目询问推荐意愿"))
		return "nps"
	}
	if high < 3 || len(labels) < 3 {
		return ""
	}
	top := 5
	for _, t := range []int{5, 7, 10} {
		if top = t; high <= t {
			break
		}
	}
	from := min(1, low)
	q.Points = fmt.Sprintf("%d..%d", from, top)
	q.Low, q.High = draft.Plain(d.word("Lowest", "最低")), draft.Plain(d.word("Highest", "最高"))
	q.Notes = append(q.Notes, d.note(fmt.Sprintf("whole numbers from %d to %d; check that the highest is the best", low, high), fmt.Sprintf("%d 到 %d 的整数；请确认最高分表示最好", low, high)))
	return "ordinal"
}

// known finds the shipped scale that has all labels, in any language.
func (d *drafter) known(labels []string) (name string, codes []string, ok bool) {
	for _, name := range slices.Sorted(keys(d.shipped)) {
		sc := d.shipped[name]
		if sc.Level != survey.Ordinal && name != "yes_no" || strings.HasPrefix(name, "likely") || len(labels) < min(3, len(sc.Options)) {
			continue
		}
		a := newAnswers(sc, nil, nil, nil)
		codes = codes[:0]
		for _, s := range labels {
			code := a.loose[loose(s)]
			if name == "yes_no" && code == "" {
				code = map[string]string{"si": "yes", "sí": "yes", "ja": "yes", "oui": "yes", "是的": "yes", "nein": "no", "non": "no", "不是": "no"}[fold(s)]
			}
			if code == "" || slices.Contains(codes, code) {
				break
			}
			codes = append(codes, code)
		}
		if len(codes) == len(labels) {
			return name, codes, true
		}
	}
	return "", nil, false
}

func keys[T any](m map[string]T) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// own is the scale of the draft's own with these labels.
func (d *drafter) own(order []string) string {
	key := strings.Join(order, "\x00")
	if id := d.scales[key]; id != "" {
		return id
	}
	id := "scale" + strconv.Itoa(len(d.survey.Scales)+1)
	d.scales[key] = id
	sc := draft.Scale{ID: id, Level: "ordinal", Notes: []string{d.note("code 1 is the worst; turn the codes round if it is not", "代码 1 为最差；若相反请调换")}}
	for i, s := range order {
		sc.Options = append(sc.Options, draft.Option{Code: strconv.Itoa(i + 1), Label: draft.Plain(s)})
	}
	d.survey.Scales = append(d.survey.Scales, sc)
	return id
}

// nominal drafts a list of options without an order.
func (d *drafter) nominal(q *draft.Question, p *Profile, item string, labels, none []string) string {
	filled := p.Filled - d.count(p, none)
	if len(labels) < 2 || len(labels) > 12 || len(labels)*2 > filled || p.Longest > 200 {
		return ""
	}
	if once := slices.ContainsFunc(labels, func(s string) bool { return p.Values.count[s] == 1 }); once && len(labels) > 6 {
		return ""
	}
	for _, s := range labels {
		label, _, inline := cutWritten(s)
		if hasLabel(q.Options, label) {
			continue
		}
		code := strconv.Itoa(len(q.Options) + 1)
		if fold(s) == "-oth-" {
			label, inline = d.word("Other", "其他"), true
		}
		q.Options = append(q.Options, draft.Option{Code: code, Label: draft.Plain(label), WriteIn: inline})
		if !inline {
			d.says(item, s, code, table.Answered)
		}
	}
	q.Notes = append(q.Notes, d.note(fmt.Sprintf("%d different cells in %d answers", len(labels), filled), fmt.Sprintf("%d 个答案中只有 %d 种内容", filled, len(labels))))
	return "nominal"
}

// tail drafts a choice with a few common answers and many written ones.
func (d *drafter) tail(q *draft.Question, p *Profile) bool {
	if p.Numbers*2 > p.Filled || p.Filled < 20 || p.Values.more && len(p.Values.order) >= valueLimit {
		return false
	}
	labels, none := d.labelsOf(p)
	filled := p.Filled - d.count(p, none)
	fewest := max(3, filled/50)
	covered := 0
	var common []string
	for _, s := range labels {
		if n := p.Values.count[s]; n >= fewest && len(s) <= 160 {
			common, covered = append(common, s), covered+n
		}
	}
	if len(common) < 2 || len(common) > mostOptions || covered*10 < filled*7 {
		return false
	}
	slices.SortStableFunc(common, func(a, b string) int { return p.Values.count[b] - p.Values.count[a] })
	q.Type = "single_choice"
	for _, s := range common {
		if hasLabel(q.Options, s) {
			continue
		}
		code := strconv.Itoa(len(q.Options) + 1)
		q.Options = append(q.Options, draft.Option{Code: code, Label: draft.Plain(s)})
		d.says(q.ID, s, code, table.Answered)
	}
	if covered < filled {
		d.other(q)
	}
	q.Notes = append(q.Notes, d.note(fmt.Sprintf("%d answers come again and again, the others were written", len(common)), fmt.Sprintf("%d 种答案反复出现，其余为填写内容", len(common))))
	return true
}
