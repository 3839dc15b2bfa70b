package chart

import (
	"math"
	"slices"
	"strings"
)

// happening is an event with its place on the drawing.
type happening struct {
	column float64
	lines  []string
	box
}

// happenings places the words of the events over their waves, on lines of
// their own where they would meet.
func (p *plate) happenings(t *trend) []happening {
	var out []happening
	n := len(t.labels)
	pad := p.pad(t, n)
	x := scale{min: 0, max: float64(n - 1), from: t.plotX + pad, to: t.plotX + t.plot - pad}
	size, bold := fontSize("ref")
	for _, event := range p.Events {
		column := slices.Index(t.labels, event.At)
		if column < 0 {
			continue
		}
		at := float64(column)
		if event.Before && column > 0 {
			at -= 0.5
		}
		lines := fit("ref", event.Text, min(t.plot, 200))
		w := widest(lines, size, bold)
		h := happening{column: at, lines: lines}
		h.box = box{clamp(x.at(at), w, 0, p.width) - w/2, t.eventTop, w + 8, float64(len(lines)) * leading("ref")}
		for again := true; again; {
			again = false
			for _, o := range out {
				if h.meets(o.box) {
					h.y, again = o.y+o.h, true
				}
			}
		}
		out = append(out, h)
	}
	return out
}

// pad is the distance from the ends of the plot to the first and last point.
func (p *plate) pad(t *trend, n int) float64 {
	if p.wide {
		return min(t.plot/float64(2*max(n, 1)), 56)
	}
	return min(t.plot/float64(2*max(n, 1)), 26)
}

// eventRoom is the height of the events' words.
func (p *plate) eventRoom(t *trend) float64 {
	below := t.eventTop
	for _, h := range p.happenings(t) {
		below = max(below, h.y+h.h)
	}
	if below > t.eventTop {
		below += 4
	}
	return below - t.eventTop
}

// goals draws the events as hairlines with their words, and the target of
// every wave as a step.
func (p *plate) goals(t *trend) {
	n := len(t.labels)
	x := scale{min: 0, max: float64(n - 1), from: t.plotX + t.pad, to: t.plotX + t.plot - t.pad}
	for _, h := range p.happenings(t) {
		at := x.at(h.column)
		p.line("event", at, h.y+h.h+1, at, t.bottom)
		t.events = append(t.events, [2]spot{{at, h.y + h.h + 1}, {at, t.bottom}})
		p.lines("ref", middle, h.x+(h.w-8)/2, h.y+13, h.lines)
	}
	if p.shape.goal < 0 {
		return
	}
	half := t.pad
	if n > 1 {
		half = (x.at(1) - x.at(0)) / 2
	}
	seen := map[string]bool{}
	for i := range p.Rows {
		r := &p.Rows[i]
		goal, column := r.cell(p.shape.goal), slices.Index(t.labels, r.Label)
		if !finite(goal) || seen[r.Label] {
			continue
		}
		seen[r.Label] = true
		from, to := max(x.at(float64(column))-half, t.plotX), min(x.at(float64(column))+half, t.plotX+t.plot)
		p.line("goal", from, t.y.at(goal), to, t.y.at(goal))
		t.strokes = append(t.strokes, [2]spot{{from, t.y.at(goal)}, {to, t.y.at(goal)}})
		p.note(key{glyphGoal, p.goalLabel()})
	}
}

// goalLabel is what the targets are, with their value where it is one.
func (f *Figure) goalLabel() string {
	column := &f.Columns[f.shape().goal]
	one := math.NaN()
	for i := range f.Rows {
		switch v := f.Rows[i].cell(f.shape().goal); {
		case !finite(v) || v == one:
		case finite(one):
			return column.Label
		default:
			one = v
		}
	}
	return column.Label + " " + column.text(one)
}

// outlierText lists the single points of a box plot's row.
func (f *Figure) outlierText(r *Row) string {
	if f.Kind != Box {
		return ""
	}
	var parts []string
	for _, v := range r.outliers() {
		if finite(v) {
			parts = append(parts, f.valueFormat(f.shape()).String(v))
		}
	}
	return strings.Join(parts, f.say("、", ", "))
}
