package chart

import (
	"math"
	"strconv"
	"strings"
)

// heat draws rows × groups as a grid of tinted cells with their numbers and
// the letters of the groups they are above.
func (p *plate) heat() float64 {
	if len(p.shape.parts) == 0 {
		return p.nothing(0)
	}
	if !p.wide {
		return p.heatCards()
	}
	l := p.layout(nil, 40, 34)
	l.plotX = min(l.plotX, 300)
	if room := p.width - p.headRoom()*float64(len(p.shape.parts)); room < l.plotX { // no head may break within a word
		if room < leastHeatName {
			return p.heatCards()
		}
		l.plotX = p.fitLabels(&l, room-sideGap) + sideGap
	}
	wide := (p.width - l.plotX) / float64(len(p.shape.parts))
	y := p.heatHeads(l.plotX, wide)
	for i := range p.Rows {
		r := &p.Rows[i]
		y = p.heading(i, y)
		p.open(rowClass(r), p.hover(p.words, r))
		lines := l.labels[i]
		height := max(36, float64(len(lines))*leading("lbl")+12)
		mid := y + height/2
		p.lines("lbl", start, 0, mid-float64(len(lines)-1)*leading("lbl")/2+5, lines)
		if r.hidden() {
			p.lines("why", start, l.plotX+whyIndent, mid+5, fit("why", p.absent(p.words, r), p.width-l.plotX-whyIndent)[:1])
		} else {
			for k, part := range p.shape.parts {
				p.heatCell(r, part, box{l.plotX + float64(k)*wide + 1, y + 1, wide - 2, height - 2})
			}
		}
		p.close()
		y += height
	}
	p.heatNote()
	return y + 2
}

// leastHeatName is the least width that names of rows keep beside wide heads.
const leastHeatName = 88

// headRoom is the least width of a column whose head breaks between words only.
func (p *plate) headRoom() float64 {
	size, bold := fontSize("tick")
	most := 0.0
	for _, part := range p.shape.parts {
		most = max(most, longestWord(p.Columns[part].Label, size, bold))
	}
	return most + 7
}

// heatHeads writes the groups with their letters over the columns.
func (p *plate) heatHeads(x, wide float64) float64 {
	heads := make([][]string, len(p.shape.parts))
	most := 0
	for k, part := range p.shape.parts {
		heads[k] = fit("tick", p.Columns[part].Label, wide-6)
		most = max(most, len(heads[k]))
	}
	step := leading("tick")
	below := float64(most) * step
	lettered := false
	for k, part := range p.shape.parts {
		mid := x + (float64(k)+.5)*wide
		p.lines("tick", middle, mid, 13+float64(most-len(heads[k]))*step, heads[k])
		if letter := p.Columns[part].Letter; letter != "" {
			p.text("amount", middle, mid, below+14, letter)
			lettered = true
		}
	}
	if lettered {
		below += step
	}
	return below + 6
}

// heatCards draws a card a row when narrow: the label, then its cells, as many
// on a line as have room, each under the letter or the name of its group.
func (p *plate) heatCards() float64 {
	across, _ := p.cardCells()
	wide := p.width / float64(across)
	y := 0.0
	if p.lettered() {
		y = p.groupKeys()
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		y = p.heading(i, y)
		p.open(rowClass(r), p.hover(p.words, r))
		size, bold := fontSize("lbl")
		lines := balance(r.Label, p.width, size, bold || r.Strong)
		p.lines("lbl", start, 0, y+16, lines)
		y += float64(len(lines))*leading("lbl") + 4
		if r.hidden() {
			why := fit("why", p.absent(p.words, r), p.width)
			p.lines("why", start, 0, y+14, why)
			y += float64(len(why))*leading("why") + 14
		} else {
			y = p.cardRows(r, y, wide, across)
		}
		p.close()
	}
	p.heatNote()
	return y
}

// cardCells returns how many cells stand beside each other in a card, and the
// lines of the longest head.
func (p *plate) cardCells() (across, lines int) {
	n := len(p.shape.parts)
	most := 6
	switch {
	case p.wide:
		most = max(1, int(p.width/max(p.headRoom(), 80)))
	case !p.lettered(): // no head may break within a word
		most = min(4, max(1, int(p.width/p.headRoom())))
	}
	rows := (n + most - 1) / most
	across = (n + rows - 1) / rows
	for _, part := range p.shape.parts {
		lines = max(lines, len(fit("tick", p.cardHead(part), p.width/float64(across)-4)))
	}
	return across, lines
}

// cardRows draws the cells of a card from y and returns the y below.
func (p *plate) cardRows(r *Row, y, wide float64, across int) float64 {
	_, most := p.cardCells()
	head := float64(most)*leading("tick") + 3
	const height = 34.0
	for k, part := range p.shape.parts {
		if k > 0 && k%across == 0 {
			y += head + height + 3
		}
		x := float64(k%across) * wide
		lines := fit("tick", p.cardHead(part), wide-4)
		p.lines("tick", middle, x+wide/2, y+13+float64(most-len(lines))*leading("tick"), lines)
		p.heatCell(r, part, box{x + 1, y + head, wide - 2, height - 2})
	}
	return y + head + height + 14
}

// cardHead names a group in a card: by its letter where the groups have them.
func (p *plate) cardHead(part int) string {
	if c := p.Columns[part]; c.Letter != "" {
		return c.Letter
	}
	return p.Columns[part].Label
}

func (f *Figure) lettered() bool {
	for _, c := range f.Columns {
		if c.Letter != "" {
			return true
		}
	}
	return false
}

// groupKeys says which group a letter is.
func (p *plate) groupKeys() float64 {
	var keys []key
	for _, part := range p.shape.parts {
		if c := p.Columns[part]; c.Letter != "" {
			keys = append(keys, key{glyphNone, c.Letter + " " + c.Label})
		}
	}
	return p.flow(keys, 0, p.width, 0) + 6
}

// withheld stands in a cell that is not shown; a dash in one that has nothing.
const withheld = "×"

// heatCell draws one cell: tinted by its tone, its number with letters.
func (p *plate) heatCell(r *Row, part int, b box) {
	v, mark := r.cell(part), r.mark(part)
	mid := b.y + b.h/2 + 5
	switch {
	case !finite(v):
		p.rect("cell", b.x, b.y, b.w, b.h)
		sign := dash
		switch mark.State {
		case Suppressed:
			sign = withheld
			p.note(key{glyphNone, withheld + " " + p.words.Suppressed})
		case Empty:
			p.note(key{glyphNone, dash + " " + p.words.NoData})
		}
		p.text("tick", middle, b.x+b.w/2, mid, sign)
		return
	case r.Count:
		p.text("tick", middle, b.x+b.w/2, mid, p.cellText(r, part))
		return
	}
	tone, few := p.heatTone(r, part), mark.State == TooFew || r.State == TooFew
	class := "cell"
	if tone != 0 && !few {
		class = "h" + strconv.Itoa(toneClass(tone))
	}
	p.rect(class, b.x, b.y, b.w, b.h)
	if few {
		p.rect("outline", b.x+1, b.y+1, b.w-2, b.h-2)
		p.note(key{glyphPale, p.words.TooFew})
	}
	p.heatText(p.cellText(r, part), strings.ReplaceAll(mark.Letters, " ", ""), b)
}

// heatText writes a number with its letters in the cell.
func (p *plate) heatText(text, letters string, b box) {
	mid := b.y + b.h/2 + 5
	w := width("val", text)
	lw := 0.0
	if letters != "" {
		lw = width("mark", letters) + 2
	}
	if w+lw > b.w-2 && letters != "" { // two lines: the number over its letters
		p.text("cval", middle, b.x+b.w/2, mid-6, text)
		p.text("mark", middle, b.x+b.w/2, mid+9, letters)
		return
	}
	if letters == "" {
		p.text("cval", middle, b.x+b.w/2, mid, text)
		return
	}
	split := b.x + b.w/2 + (w-lw)/2
	p.text("cval", end, split, mid, text)
	p.text("mark", start, split+2, mid-4, letters)
}

// heatNote explains the letters.
func (p *plate) heatNote() {
	for i := range p.Rows {
		for _, m := range p.Rows[i].Marks {
			if m.Letters != "" {
				p.note(key{glyphNone, p.say("字母：明显高于该列（5%，校正后）", "letters: clearly higher than that column (5%, adjusted)")})
				return
			}
		}
	}
}

// toned reports whether the author set any tone; else the tint is by value.
func (f *Figure) toned() bool {
	for i := range f.Rows {
		for _, m := range f.Rows[i].Marks {
			if m.Tone != 0 {
				return true
			}
		}
	}
	return false
}

// heatTone returns the tone of a cell: the author's, or where its number lies
// between the least and the greatest (the ends of the axis where they are set).
func (f *Figure) heatTone(r *Row, part int) float64 {
	if f.Plain || f.toned() {
		return r.mark(part).Tone
	}
	v := r.cell(part)
	low, high := f.extent(f.shape())
	if f.Axis.Min < f.Axis.Max {
		low, high = f.Axis.Min, f.Axis.Max
	}
	if high <= low || !finite(v) {
		return 0
	}
	tone := math.Max(-1, math.Min(1, 2*(v-low)/(high-low)-1))
	if math.Abs(tone) < 1.0/6 {
		return 0
	}
	return tone
}

// cellText is the row's number in a column as it is shown: a base where the row
// is one of bases.
func (f *Figure) cellText(r *Row, i int) string {
	if r.Count {
		return Column{Role: Base}.text(r.cell(i))
	}
	return f.Columns[i].text(r.cell(i))
}
