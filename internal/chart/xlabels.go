package chart

import "strings"

// xLabels writes the labels under the plot, with the words of missing points
// below theirs where two lines suffice, else in the notes; it returns the height.
func (p *plate) xLabels(t *trend) float64 {
	n := len(t.labels)
	x := scale{min: 0, max: float64(n - 1), from: t.plotX + t.pad, to: t.plotX + t.plot - t.pad}
	p.line("axis", t.plotX, t.bottom, t.plotX+t.plot, t.bottom)
	slot := t.plot
	if n > 1 {
		slot = (x.to - x.from) / float64(n-1)
	}
	every, room := p.placed(t, slot)
	below := t.bottom
	missing := p.missing(t)
	left := &unlabelled{}
	drop := p.underNumbers(t, x, every, room)
	for i := n - 1; i >= 0; i-- {
		words := missing[i]
		if (n-1-i)%every != 0 {
			left.add(t.labels[i], words)
			continue
		}
		at := x.at(float64(i))
		side := 2 * min(at, p.width-at) // the label is centred and stays inside
		lines := fit("tick", t.labels[i], min(room, side))
		if w := width("tick", t.labels[i]); w > side && w <= room { // whole beside the end rather than broken below it
			lines = []string{t.labels[i]}
			at += map[bool]float64{true: w - side, false: side - w}[at < p.width-at] / 2
		}
		p.lines("tick", middle, at, t.bottom+drop, lines)
		y := t.bottom + drop - 12 + float64(len(lines))*leading("tick")
		for _, word := range words {
			lines := fit("why", word, min(room, side))
			if len(lines) > 2 {
				left.add(t.labels[i], []string{word})
				continue
			}
			p.lines("why", middle, at, y+13, lines)
			y += float64(len(lines)) * leading("why")
		}
		below = max(below, y)
	}
	p.noteMissing(left)
	return below + 2
}

// underNumbers is how far below the axis the labels stand: farther where the first
// of them reaches under the lowest number of the y axis.
func (p *plate) underNumbers(t *trend, x scale, every int, room float64) float64 {
	first := (len(t.labels) - 1) % every
	if w := min(width("tick", t.labels[first]), room); x.at(float64(first))-w/2 < t.plotX-8 {
		return 23
	}
	return 18
}

// placed thins the labels so that, where few columns have a value, all of these
// are named: it goes on to twice the step for it.
func (p *plate) placed(t *trend, slot float64) (every int, room float64) {
	every, room = thin(t.labels, slot)
	filled := make([]bool, len(t.labels))
	for _, s := range t.lines {
		for _, q := range s.points {
			filled[q.column] = true
		}
	}
	for step := every; step <= 2*every; step++ {
		named := true
		for i, f := range filled {
			named = named && (!f || (len(t.labels)-1-i)%step == 0)
		}
		if named {
			return step, room + slot*float64(step-every)
		}
	}
	return every, room
}

// thin returns how many labels to advance so that each has room, and the room.
// Labels are counted from the last, which is always shown.
func thin(labels []string, slot float64) (every int, room float64) {
	longest, word := 0.0, 0.0
	size, bold := fontSize("tick")
	for _, label := range labels {
		longest = max(longest, width("tick", label))
		word = max(word, longestWord(label, size, bold))
	}
	const gap = 8
	wanted := min(longest, max(word, 64)) + gap
	every = 1
	for slot*float64(every) < wanted && every < len(labels) {
		every++
	}
	return every, slot*float64(every) - gap
}

// missing returns the words of the points without a value, by place on the
// x axis; with several series they name theirs.
func (p *plate) missing(t *trend) [][]string {
	words := make([][]string, len(t.labels))
	column := map[string]int{}
	for i, label := range t.labels {
		column[label] = i
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		if p.drawn(p.shape, r) {
			continue
		}
		text := p.absent(p.words, r)
		if len(t.lines) > 1 && r.Series != "" {
			text = r.Series + p.colon() + text
		}
		words[column[r.Label]] = append(words[column[r.Label]], text)
	}
	return words
}

// unlabelled are the places whose missing points are told in the notes, by
// their words.
type unlabelled struct {
	words  []string
	labels map[string][]string
}

// add comes from the last place to the first.
func (u *unlabelled) add(label string, words []string) {
	for _, word := range words {
		if u.labels[word] == nil {
			u.words = append(u.words, word)
		}
		if u.labels == nil {
			u.labels = map[string][]string{}
		}
		u.labels[word] = append([]string{label}, u.labels[word]...)
	}
}

// noteMissing says each reason once, with the places in order.
func (p *plate) noteMissing(u *unlabelled) {
	comma := ", "
	if p.chinese() {
		comma = "、"
	}
	for _, word := range u.words {
		p.note(key{glyphNone, strings.Join(u.labels[word], comma) + p.colon() + word})
	}
}

// colon separates a name from what is said of it.
func (f *Figure) colon() string {
	if f.chinese() {
		return "："
	}
	return ": "
}
