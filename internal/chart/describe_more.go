package chart

import "strings"

// more describes the kinds beside the first four.
func (d *describer) more() []string {
	switch d.Kind {
	case Grouped:
		var parts []string
		for _, part := range d.shape.parts {
			parts = append(parts, d.comparison(part)...)
		}
		return parts
	case Dumbbell:
		return d.gaps()
	case Heat:
		return d.grid()
	case Histogram:
		return d.histogram()
	case Waterfall:
		return d.waterfall()
	case Slope:
		return d.slopes()
	case Funnel, Pyramid:
		return d.stages()
	}
	return d.comparison(d.shape.value)
}

// gaps describes both values of every row, the gap, and whether it holds.
func (d *describer) gaps() []string {
	if len(d.shape.parts) < 2 {
		return d.comparison(d.shape.value)
	}
	a, b := d.Columns[d.shape.parts[0]], d.Columns[d.shape.parts[1]]
	parts := []string{d.say("%s，%s 与 %s", "%s, %s and %s", d.count(), a.Label, b.Label)}
	parts = append(parts, d.comparison(d.shape.value)...)
	var same []string
	for i := range d.Rows {
		if r := &d.Rows[i]; r.doubtful(d.shape) {
			same = append(same, d.name(r))
		}
	}
	if same != nil {
		parts = append(parts, strings.Join(same, d.say("、", ", "))+d.colon()+d.words.Undecided)
	}
	return parts
}

// grid names the least and the greatest cell of a Heat figure.
func (d *describer) grid() []string {
	low, high := "", ""
	least, most := 0.0, 0.0
	rows := 0
	for i := range d.Rows {
		r := &d.Rows[i]
		if r.Count {
			continue
		}
		rows++
		for _, part := range d.shape.parts {
			v := r.cell(part)
			if !finite(v) {
				continue
			}
			where := d.cellText(r, part) + d.say("（", " (") + d.name(r) + d.say("，", ", ") + d.Columns[part].Label + d.say("）", ")")
			if low == "" || v < least {
				least, low = v, where
			}
			if high == "" || v > most {
				most, high = v, where
			}
		}
	}
	if low == "" {
		return []string{d.count()}
	}
	return []string{d.say("%d 项 × %d 组：最低 %s，最高 %s", "%d rows × %d groups: lowest %s, highest %s", rows, len(d.shape.parts), low, high)}
}

// histogram names the places and the fullest class.
func (d *describer) histogram() []string {
	if d.shape.low < 0 || d.shape.value < 0 {
		return []string{d.count()}
	}
	var parts []string
	for _, r := range d.places() {
		parts = append(parts, r.Label+" "+d.Columns[d.shape.low].text(r.cell(d.shape.low)))
	}
	_, high, n := d.extremes(d.shape.value, func(r *Row) bool { return !r.Place })
	if n == 0 {
		return append(parts, d.count())
	}
	return append(parts, d.say("%d 组，最多的一组是 %s（%s）", "%d classes, the fullest is %s (%s)", n, high.Label, d.Columns[d.shape.value].text(high.cell(d.shape.value))))
}

// waterfall says the first and last level and every change between.
func (d *describer) waterfall() []string {
	level := d.axisColumn(d.shape)
	if level < 0 {
		return []string{d.count()}
	}
	var parts []string
	for i := range d.Rows {
		r := &d.Rows[i]
		switch {
		case !finite(r.cell(level)):
		case finite(r.cell(d.shape.value)):
			text := r.Label + " " + d.Columns[d.shape.value].text(r.cell(d.shape.value))
			if r.doubtful(d.shape) {
				text += d.say("（%s）", " (%s)", d.words.Undecided)
			}
			parts = append(parts, text)
		default:
			parts = append(parts, r.Label+" "+d.Columns[level].text(r.cell(level)))
		}
	}
	if parts == nil {
		return []string{d.count()}
	}
	return []string{strings.Join(parts, d.say("，", ", "))}
}

// slopes says both values of every row.
func (d *describer) slopes() []string {
	if len(d.shape.parts) < 2 {
		return []string{d.count()}
	}
	a, b := d.shape.parts[0], d.shape.parts[1]
	var parts []string
	for i := range d.Rows {
		if r := &d.Rows[i]; d.drawn(d.shape, r) {
			parts = append(parts, d.name(r)+" "+d.Columns[a].text(r.cell(a))+" → "+d.Columns[b].text(r.cell(b)))
		}
	}
	if parts == nil {
		return []string{d.count()}
	}
	head := d.Columns[a].Label + " → " + d.Columns[b].Label
	return []string{head + d.colon() + strings.Join(parts, d.say("；", "; "))}
}

// stages says the value and the shares of every stage.
func (d *describer) stages() []string {
	var parts []string
	for i := range d.Rows {
		r := &d.Rows[i]
		if !d.drawn(d.shape, r) {
			continue
		}
		said := []string{r.Label + " " + d.Columns[d.shape.value].text(r.cell(d.shape.value))}
		for _, total := range d.shape.totals {
			if v := r.cell(total); finite(v) {
				said = append(said, d.Columns[total].Label+" "+d.Columns[total].text(v))
			}
		}
		parts = append(parts, strings.Join(said, d.say("，", ", ")))
	}
	if parts == nil {
		return []string{d.count()}
	}
	return []string{strings.Join(parts, d.say("；", "; "))}
}

// events says what happened at which wave.
func (d *describer) events() []string {
	var parts []string
	for _, e := range d.Events {
		at := e.At
		if e.Before {
			at = d.say("%s之前", "before %s", e.At)
		}
		parts = append(parts, at+d.colon()+e.Text)
	}
	return parts
}
