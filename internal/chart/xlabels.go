package chart

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
	every, room := thin(t.labels, slot)
	below := t.bottom
	missing := p.missing(t)
	for i := n - 1; i >= 0; i-- {
		words := missing[i]
		if (n-1-i)%every != 0 {
			p.noteMissing(t.labels[i], words)
			continue
		}
		at := x.at(float64(i))
		side := 2 * min(at, p.width-at) // the label is centred and stays inside
		lines := fit("tick", t.labels[i], min(room, side))
		if w := width("tick", t.labels[i]); w > side && w <= room { // whole beside the end rather than broken below it
			lines = []string{t.labels[i]}
			at += map[bool]float64{true: w - side, false: side - w}[at < p.width-at] / 2
		}
		p.lines("tick", middle, at, t.bottom+18, lines)
		y := t.bottom + 6 + float64(len(lines))*leading("tick")
		for _, word := range words {
			lines := fit("why", word, min(room, side))
			if len(lines) > 2 {
				p.noteMissing(t.labels[i], []string{word})
				continue
			}
			p.lines("why", middle, at, y+13, lines)
			y += float64(len(lines)) * leading("why")
		}
		below = max(below, y)
	}
	return below + 2
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

func (p *plate) noteMissing(label string, words []string) {
	for _, word := range words {
		p.note(key{glyphNone, label + p.colon() + word})
	}
}

// colon separates a name from what is said of it.
func (f *Figure) colon() string {
	if f.chinese() {
		return "："
	}
	return ": "
}
