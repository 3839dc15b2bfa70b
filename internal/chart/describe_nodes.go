package chart

import "strings"

// quadrants describes a Scatter figure: its axes, its cuts and what lies in
// each quadrant, those to act on first.
func (d *describer) quadrants() []string {
	parts := []string{d.count()}
	for _, role := range []Role{X, Y} {
		if i := d.with(role); i >= 0 {
			parts = append(parts, d.comparison(i)...)
		}
	}
	c := d.Cuts
	if c == nil {
		return parts
	}
	cuts := func(v float64, role Role, label string) {
		if i := d.with(role); i >= 0 && finite(v) {
			text := d.Columns[i].text(v)
			if label == "" || strings.Contains(label, text) {
				label = d.Columns[i].Label + " " + strings.TrimSpace(label)
				if !strings.Contains(label, text) {
					label += text
				}
				text = strings.TrimSpace(label)
			} else {
				text = d.Columns[i].Label + " " + label + " " + text
			}
			parts = append(parts, d.say("分界：%s", "Cut: %s", text))
		}
	}
	cuts(c.X, X, c.XLabel)
	cuts(c.Y, Y, c.YLabel)
	for _, first := range []bool{true, false} {
		for i, q := range c.Quadrants {
			if first == (q.Tone == First) {
				parts = append(parts, d.inQuadrant(i, q))
			}
		}
	}
	return append(parts, d.list(func(r *Row) bool { return r.State == Undecided }, func(*Row) string { return d.words.Undecided }))
}

// inQuadrant names the points of a quadrant that are surely in it.
func (d *describer) inQuadrant(i int, q Quadrant) string {
	var names []string
	for j := range d.Rows {
		if r := &d.Rows[j]; r.State != Undecided && d.quadrant(r) == i {
			names = append(names, r.Label)
		}
	}
	if names == nil || q.Name == "" {
		return ""
	}
	return q.Name + d.colon() + strings.Join(names, d.say("、", ", "))
}

// ranked describes a Pareto figure: the first rows and how much the vital few
// make up.
func (d *describer) ranked() []string {
	parts := d.comparison(d.shape.value)
	column := d.with(Cumulative)
	few := d.vitalFew()
	var names []string
	share := ""
	for i := range d.Rows {
		if r := &d.Rows[i]; few[i] {
			names = append(names, r.Label)
			if v := r.cell(column); finite(v) {
				share = d.Columns[column].text(v)
			}
		}
	}
	if names == nil || share == "" || len(names) == len(d.Rows) {
		return parts
	}
	return append(parts, d.say("前 %d 项（%s）合计占 %s", "The first %d (%s) make up %s", len(names), strings.Join(names, d.say("、", ", ")), share))
}

// effects describes a Path figure: its boxes with their scores, every arrow
// that can be told from 0, the others in one list, and what is left out.
func (d *describer) effects() []string {
	var boxes, strong []string
	g := d.graph(false)
	for i := range g.nodes {
		n := &g.nodes[i]
		text := n.label
		if n.row == nil || n.row.hidden() {
			boxes = append(boxes, text)
			continue
		}
		if i := d.with(Index); i >= 0 && finite(n.row.cell(i)) {
			text += " " + d.Columns[i].text(n.row.cell(i))
		}
		if i := d.with(Fit); i >= 0 && finite(n.row.cell(i)) {
			text += d.say("（R² %s）", " (R² %s)", d.Columns[i].text(n.row.cell(i)))
		}
		boxes = append(boxes, text)
	}
	for _, e := range g.edges {
		if v := d.of(e.row, Value); finite(v) && e.row.State != Undecided {
			strong = append(strong, e.row.Label+" "+d.Columns[d.shape.value].text(v))
		}
	}
	comma, mark := d.say("、", ", "), d.say("；", "; ")
	parts := []string{strings.Join(boxes, comma), strings.Join(strong, mark)}
	parts = append(parts, d.list(func(r *Row) bool { return r.State == Undecided }, func(*Row) string { return d.words.Undecided }))
	for _, r := range g.closing {
		parts = append(parts, r.Label+d.colon()+d.closes())
	}
	return parts
}

// branches describes a Tree or Fishbone figure: every box with what hangs on it.
func (d *describer) branches() []string {
	p := &plate{Figure: d.Figure, shape: d.shape, words: d.words}
	roots, circles := d.Figure.branches()
	var parts []string
	name := func(b *branch) string {
		return strings.Join(append([]string{b.row.Label}, p.branchNumbers(b.row, 1e6)...), " ")
	}
	for _, root := range roots {
		if len(root.children) == 0 {
			parts = append(parts, name(root))
		}
		root.each(func(b *branch) {
			var below []string
			for _, c := range b.children {
				below = append(below, name(c))
			}
			if below == nil {
				return
			}
			above := b.row.Label
			if b.depth == 0 {
				above = name(b)
			}
			parts = append(parts, above+d.colon()+strings.Join(below, d.say("、", ", ")))
		})
	}
	for _, r := range circles {
		parts = append(parts, r.Label+d.colon()+d.closes())
	}
	return parts
}

// steps describes a Flow figure: the steps with their counts by lane, and the
// arrows that lead back.
func (d *describer) steps() []string {
	p := &plate{Figure: d.Figure, shape: d.shape, words: d.words}
	r := &river{graph: d.graph(true)}
	r.divide()
	var parts []string
	for _, l := range r.lanes {
		var names []string
		for _, i := range l.steps {
			n := &r.nodes[i]
			text := n.label
			if n.row != nil {
				if i := d.with(Value); i >= 0 && finite(n.row.cell(i)) {
					text += " " + d.Columns[i].text(n.row.cell(i))
				}
				if late := p.late(n); late != "" {
					text += d.say("（%s）", " (%s)", late)
				}
				if n.row.Detail != "" && !n.row.hidden() {
					text += d.say("（%s）", " (%s)", n.row.Detail)
				}
			}
			names = append(names, text)
		}
		text := strings.Join(names, " → ")
		if l.name != "" {
			text = l.name + d.colon() + text
		}
		parts = append(parts, text)
	}
	for i := range r.edges {
		if e := &r.edges[i]; r.in[e.from] == r.in[e.to] && r.at[e.to] < r.at[e.from] {
			word := ""
			if e.row.Short != "" {
				word = d.say("（%s）", " (%s)", e.row.Short)
			}
			parts = append(parts, d.say("返回：%s → %s%s", "Back: %s → %s%s", r.nodes[e.from].label, r.nodes[e.to].label, word))
		}
	}
	for _, closing := range r.closing {
		parts = append(parts, closing.Label+d.colon()+d.closes())
	}
	return parts
}

// profile describes a Radar figure: the least and the greatest axis of every series.
func (d *describer) profile() []string {
	w := d.Figure.web()
	parts := []string{d.say("%d 个维度：%s", "%d axes: %s", len(w.axes), strings.Join(w.axes, d.say("、", ", ")))}
	for _, name := range w.names {
		low, high, n := d.extremes(d.shape.value, func(r *Row) bool { return r.Series == name })
		if n == 0 {
			continue
		}
		c, subject := d.Columns[d.shape.value], name
		if name == "" {
			subject = c.Label
		}
		parts = append(parts, d.say("%s：最低 %s（%s），最高 %s（%s）", "%s: lowest %s (%s), highest %s (%s)", subject,
			c.text(low.cell(d.shape.value)), low.Label, c.text(high.cell(d.shape.value)), high.Label))
	}
	if !d.radiates() {
		parts = append(parts, d.instead())
	}
	return parts
}

// moves describes a Transitions figure: every move, by the state it starts from.
func (d *describer) moves() []string {
	a := d.alluvium()
	var parts []string
	for from, name := range a.states {
		var said []string
		for i := range a.moves {
			if m := &a.moves[i]; m.from == from && finite(m.value) {
				said = append(said, a.states[m.to]+" "+d.Columns[d.shape.value].text(m.value))
			}
		}
		if said != nil {
			parts = append(parts, name+" → "+strings.Join(said, d.say("、", ", ")))
		}
	}
	if a.manyStates() {
		parts = append(parts, d.crowded())
	}
	return parts
}
