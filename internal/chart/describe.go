package chart

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Description returns the alternative text: what is shown, the range, the extremes.
func (f *Figure) Description() string {
	d := describer{Figure: f, shape: f.shape(), words: f.words()}
	if len(f.Rows) == 0 {
		return d.sentence(d.words.NoData)
	}
	var parts []string
	switch {
	case f.Kind == Diverging, f.Kind == Stacked:
		parts = d.distribution()
	case f.Kind == Lines, f.Kind == Multiples:
		parts = d.course()
	case f.Kind == Scatter:
		parts = d.quadrants()
	case f.Kind == Pareto:
		parts = d.ranked()
	case f.Kind == Path:
		parts = d.effects()
	case f.Kind == Transitions:
		parts = d.moves()
	case f.Kind == Radar:
		parts = d.profile()
	case f.Kind == Flow:
		parts = d.steps()
	case f.Kind == Tree || f.Kind == Fishbone:
		parts = d.branches()
	default:
		parts = d.more()
	}
	parts = append(parts, d.reference(), d.bases(), d.few(), d.unseen())
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, d.sentence(part))
		}
	}
	if f.chinese() {
		return strings.Join(kept, "")
	}
	return strings.Join(kept, " ")
}

// describer writes sentences in Chinese or English.
type describer struct {
	*Figure
	shape shape
	words Words
}

// say chooses the language.
func (d *describer) say(zh, en string, values ...any) string {
	if d.chinese() {
		return fmt.Sprintf(zh, values...)
	}
	return fmt.Sprintf(en, values...)
}

func (d *describer) sentence(s string) string {
	stop := "."
	if d.chinese() {
		stop = "。"
	}
	return strings.TrimRight(s, ".。") + stop
}

// distribution describes a Diverging figure: its levels and every total.
func (d *describer) distribution() []string {
	levels := d.shape.levels
	if len(levels) == 0 {
		return nil
	}
	first, last := d.Columns[levels[0]], d.Columns[levels[len(levels)-1]]
	parts := []string{d.say("%s，从“%s”到“%s”的回答分布", "%s by share of answers from “%s” to “%s”", d.count(), first.Label, last.Label)}
	if !first.Format.Percent { // amounts, such as penalty and reward
		parts[0] = d.say("%s，左侧“%s”，右侧“%s”", "%s with “%s” to the left and “%s” to the right", d.count(), first.Label, last.Label)
	}
	for _, total := range d.shape.totals {
		parts = append(parts, d.comparison(total)...)
	}
	return parts
}

func (d *describer) count() string {
	if len(d.Rows) == 1 {
		return d.say("1 项", "1 row")
	}
	return d.say("%d 项", "%d rows", len(d.Rows))
}

// comparison names the least and the greatest row of a column.
func (d *describer) comparison(column int) []string {
	low, high, n := d.extremes(column, func(*Row) bool { return true })
	if n == 0 {
		return []string{d.count()}
	}
	c := d.Columns[column]
	from, to := c.text(low.cell(column)), c.text(high.cell(column))
	switch {
	case n == 1:
		return []string{d.say("%s：%s（%s）%s", "%s: %s (%s)%s", c.Label, from, d.name(low), d.interval(low))}
	case from == to:
		return []string{d.say("%s：%d 项均为 %s", "%s: all %d rows %s", c.Label, n, from)}
	}
	return []string{d.say("%s（%d 项）：最低 %s（%s），最高 %s（%s）", "%s of %d rows: lowest %s (%s), highest %s (%s)",
		c.Label, n, from, d.name(low), to, d.name(high))}
}

// extremes returns the first rows with the least and the greatest number.
func (d *describer) extremes(column int, take func(*Row) bool) (low, high *Row, n int) {
	least, most := math.Inf(1), math.Inf(-1)
	for i := range d.Rows {
		r := &d.Rows[i]
		v := r.cell(column)
		if !finite(v) || !take(r) {
			continue
		}
		n++
		if v < least {
			least, low = v, r
		}
		if v > most {
			most, high = v, r
		}
	}
	return low, high, n
}

// name is the row's label with its group.
func (d *describer) name(r *Row) string {
	if r.Series == "" || d.Kind == Lines {
		return r.Label
	}
	return r.Series + d.say("，", ", ") + r.Label
}

func (d *describer) interval(r *Row) string {
	if d.shape.value < 0 || d.Kind == Diverging {
		return ""
	}
	span := d.Columns[d.shape.value].Format.span(r.cell(d.shape.low), r.cell(d.shape.high))
	if span == "" {
		return ""
	}
	return d.say("，%s %s", ", %s %s", d.words.Interval, span)
}

// course describes each line from its first to its last point.
func (d *describer) course() []string {
	var parts []string
	for _, name := range d.names() {
		own := func(r *Row) bool { return r.Series == name }
		low, high, n := d.extremes(d.shape.value, own)
		if n == 0 {
			continue
		}
		first, last := d.ends(own)
		c := d.Columns[d.shape.value]
		subject := c.Label
		if name != "" {
			subject = name
		}
		if n == 1 {
			parts = append(parts, d.say("%s：%s为 %s%s", "%s: %s is %s%s", subject, d.apart(first.Label), c.text(first.cell(d.shape.value)), d.interval(first)))
			continue
		}
		value := func(r *Row) string { return c.text(r.cell(d.shape.value)) }
		parts = append(parts, d.say("%s：%s为 %s，%s为 %s%s；最低 %s（%s），最高 %s（%s）",
			"%s: from %s (%s) to %s (%s)%s; lowest %s (%s), highest %s (%s)", d.fromTo(subject, first, last, value, low, high)...))
	}
	if len(parts) == 0 {
		return []string{d.count()}
	}
	return append(append(parts, d.breaks()...), d.events()...)
}

// fromTo returns the values of a course in the order its language says them.
func (d *describer) fromTo(subject string, first, last *Row, value func(*Row) string, low, high *Row) []any {
	said := []any{subject, value(first), first.Label, value(last), last.Label}
	if d.chinese() {
		said = []any{subject, d.apart(first.Label), value(first), d.apart(last.Label), value(last)}
	}
	return append(said, d.interval(last), value(low), low.Label, value(high), high.Label)
}

// apart sets a space after a label that ends in Latin or a digit, where Chinese follows.
func (d *describer) apart(label string) string {
	if d.chinese() && label != "" && label[len(label)-1] < utf8.RuneSelf {
		return label + " "
	}
	return label
}

// names returns the series in the order of first appearance.
func (d *describer) names() []string {
	var names []string
	seen := map[string]bool{}
	for i := range d.Rows {
		if name := d.Rows[i].Series; !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// ends returns the first and the last row with a value.
func (d *describer) ends(take func(*Row) bool) (first, last *Row) {
	for i := range d.Rows {
		if r := &d.Rows[i]; take(r) && finite(r.cell(d.shape.value)) {
			if first == nil {
				first = r
			}
			last = r
		}
	}
	return first, last
}

// breaks names the waves that are not comparable with the one before.
func (d *describer) breaks() []string {
	var parts []string
	seen := map[string]bool{}
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Break && !seen[r.Label] {
			seen[r.Label] = true
			parts = append(parts, r.Label+d.colon()+d.brokenBy(d.words, r))
		}
	}
	return parts
}

func (d *describer) reference() string {
	if !d.referenced() || d.Kind == Pareto || d.Kind == Diverging || d.shape.value < 0 {
		return ""
	}
	value := d.Columns[d.shape.value].text(d.Axis.Reference)
	switch short, _, _ := strings.Cut(value, ".0"); {
	case d.Axis.RefLabel == "":
		return d.say("参考线：%s", "Reference line: %s", value)
	case strings.Contains(d.Axis.RefLabel, short):
		return d.say("参考线：%s", "Reference line: %s", d.Axis.RefLabel)
	}
	return d.say("参考线：%s（%s）", "Reference line: %s (%s)", d.Axis.RefLabel, value)
}

// bases says how many answers stand behind the rows.
func (d *describer) bases() string {
	low, high, n := d.extremes(d.shape.base, func(*Row) bool { return true })
	if n == 0 {
		return ""
	}
	c := d.Columns[d.shape.base]
	from, to := c.text(low.cell(d.shape.base)), c.text(high.cell(d.shape.base))
	if from != to {
		from += dash + to
	}
	return d.words.Base + " " + from
}

// few names the rows that need caution.
func (d *describer) few() string {
	return d.list(func(r *Row) bool { return r.State == TooFew }, func(*Row) string { return d.words.TooFew })
}

// unseen names the rows without a mark and says why.
func (d *describer) unseen() string {
	return d.list(func(r *Row) bool { return !d.drawn(d.shape, r) }, func(r *Row) string { return d.absent(d.words, r) })
}

// list groups the chosen rows by what is said of them.
func (d *describer) list(take func(*Row) bool, said func(*Row) string) string {
	var order []string
	rows := map[string][]string{}
	for i := range d.Rows {
		r := &d.Rows[i]
		if !take(r) {
			continue
		}
		text := said(r)
		if rows[text] == nil {
			order = append(order, text)
		}
		name := d.name(r)
		if d.Kind == Lines && r.Series != "" {
			name = r.Series + " " + r.Label
		}
		rows[text] = append(rows[text], name)
	}
	parts := make([]string, len(order))
	for i, text := range order {
		parts[i] = strings.Join(rows[text], d.say("、", ", ")) + d.colon() + text
	}
	return strings.Join(parts, d.say("；", "; "))
}
