package chart

import "math"

const (
	mostBones  = 8
	boneSlant  = 46.0 // how far a bone leans over its whole length
	problemBox = 150.0
)

// fishbone draws a problem with its causes as bones and theirs as twigs; where
// there is no room for that, or more than it can hold, an indented list.
func (p *plate) fishbone() float64 {
	roots, circles := p.branches()
	if !p.wide || len(roots) != 1 || len(roots[0].children) > mostBones || len(roots[0].children) == 0 || deepest(roots) > 3 {
		return p.indented(roots, circles)
	}
	problem := roots[0]
	bones := problem.children
	slot := (p.width - problemBox - 22) / math.Ceil(float64(len(bones))/2)
	for _, b := range bones {
		b.lines = fit("name", b.row.Label, slot-34)
		b.numbers = p.branchNumbers(b.row, slot-34)
		for _, twig := range b.children {
			twig.lines = fit("pt", p.twigText(twig.row), slot-boneSlant-20)
		}
	}
	up, down := 0.0, 0.0
	for i, b := range bones {
		if i%2 == 0 {
			up = max(up, b.boneHeight())
		} else {
			down = max(down, b.boneHeight())
		}
	}
	spine := up + 2
	problem.lines = fit("name", problem.row.Label, problemBox-20)
	problem.numbers = p.branchNumbers(problem.row, problemBox-20)
	high := float64(len(problem.lines))*leading("name") + float64(len(problem.numbers))*leading("tick") + 16
	if spine < high/2+2 {
		spine = high/2 + 2
	}
	p.arrow(" spine w4", []spot{{0, spine}, {p.width - problemBox - 2, spine}})
	for i, b := range bones {
		x := (float64(i/2) + 1) * slot
		if i%2 == 0 {
			p.bone(b, spot{x, spine}, spine-2, slot, -1)
		} else {
			p.bone(b, spot{x, spine}, down, slot, 1)
		}
	}
	problem.box = box{p.width - problemBox, spine - high/2, problemBox, high}
	p.branchBox(problem, 0)
	p.noteCircles(circles)
	return max(spine+down, spine+high/2) + 4
}

// twigText is a cause of a cause with its number.
func (p *plate) twigText(r *Row) string {
	if r.hidden() {
		return r.Label + p.colon() + p.absent(p.words, r)
	}
	if i := p.with(Value); i >= 0 && finite(r.cell(i)) {
		return r.Label + " · " + p.Columns[i].text(r.cell(i))
	}
	return r.Label
}

const twigGap = 12.0

// headHeight is the room of the cause's name at the end of its bone.
func (b *branch) headHeight() float64 {
	return float64(len(b.lines))*leading("name") + float64(len(b.numbers))*leading("tick") + 10
}

func (b *branch) boneHeight() float64 {
	height := b.headHeight() + 26
	for _, twig := range b.children {
		height += float64(len(twig.lines))*leading("pt") + twigGap
	}
	return height
}

// bone draws a cause from the spine up (−1) or down (1).
func (p *plate) bone(b *branch, at spot, length, slot, way float64) {
	head := b.headHeight()
	tip := spot{at.x - boneSlant, at.y + way*(length-head)}
	p.open("row", p.hover(p.words, b.row))
	class := " grey w2"
	if b.row.Strong {
		class = " s1 w3"
	}
	if b.row.State == TooFew || b.row.hidden() {
		class += " dashed"
	}
	p.arrow(class, []spot{tip, at})
	top := tip.y
	if way < 0 {
		top -= head
	}
	p.lines("name boxname", middle, tip.x, top+17, b.lines)
	p.lines("tick", middle, tip.x, top+17+float64(len(b.lines))*leading("name"), b.numbers)
	if b.row.State == TooFew {
		p.note(key{glyphDashedLine, p.words.TooFew})
	}
	p.close()
	p.twigs(b, at, tip, way)
}

// twigs draws the causes of a cause beside its bone.
func (p *plate) twigs(b *branch, at, tip spot, way float64) {
	length := math.Abs(at.y - tip.y)
	size, bold := fontSize("pt")
	y := tip.y - way*6
	for i := range b.children {
		twig := b.children[i]
		if way > 0 { // from the top downwards, on both sides
			twig = b.children[len(b.children)-1-i]
		}
		h := float64(len(twig.lines)) * leading("pt")
		line := y + h + 2 // under the text
		if way > 0 {
			line = y - 4
		} else {
			y += 2
		}
		x := at.x - boneSlant*math.Abs(line-at.y)/math.Max(length, 1)
		right := x - 8
		if way < 0 { // the bone leans over the text
			right -= boneSlant * h / math.Max(length, 1)
		}
		w := widest(twig.lines, size, bold)
		p.open("row", p.hover(p.words, twig.row))
		class := "twig"
		if twig.row.State == TooFew || twig.row.hidden() {
			class += " dashed"
		}
		p.line(class, right-w-2, line, x, line)
		p.lines("pt", end, right, line-4-float64(len(twig.lines)-1)*leading("pt"), twig.lines)
		p.close()
		y -= way * (h + twigGap)
	}
}
