package chart

const leastQuartiles = 20 // answers under which quartiles and whiskers say little

// boxes draws a box plot a row: quartiles, median, whiskers and outliers. With
// fewer than leastQuartiles answers it draws the median and the range only.
func (p *plate) boxes() float64 {
	l := p.layout(p.sides(p.shape.value), 40, 22)
	x := p.across(l, 8)
	return p.plot(l, x, p.boxKeys(), func(i int, mid float64) { p.box(&p.Rows[i], x, mid) })
}

func (p *plate) boxKeys() float64 {
	if !p.marked(p.shape) {
		return 0
	}
	keys := []key{{glyphBox, p.say("中间一半与中位数", "middle half and median")}, {glyphWhisker, p.say("其余范围", "range of the rest")}}
	for i := range p.Rows {
		if len(p.Rows[i].outliers()) > 0 {
			keys = append(keys, key{glyphPoint, p.say("离群值", "outlier")})
			break
		}
	}
	return p.flow(keys, 0, p.width, 0) + 4
}

func (p *plate) box(r *Row, x scale, mid float64) {
	low, high := r.cell(p.shape.low), r.cell(p.shape.high)
	from, to := r.cell(p.shape.q1), r.cell(p.shape.q3)
	median := x.at(r.cell(p.shape.value))
	if finite(low) && finite(high) {
		p.line("ci own", x.at(low), mid, x.at(high), mid)
		p.line("ci own", x.at(low), mid-5, x.at(low), mid+5)
		p.line("ci own", x.at(high), mid-5, x.at(high), mid+5)
	}
	for _, v := range r.outliers() {
		if finite(v) {
			p.circle("outlier", spot{x.at(v), mid}, 3)
		}
	}
	if n := r.cell(p.shape.base); finite(n) && n < leastQuartiles || !finite(from) || !finite(to) {
		p.circle("dot hollow", spot{median, mid}, 5.5)
		p.note(key{glyphHollow, p.say("不足 20 个回答：仅中位数与范围", "fewer than 20 answers: median and range only")})
		return
	}
	class := "iqr"
	if r.State == TooFew {
		class += " pale"
		p.note(key{glyphPale, p.words.TooFew})
	}
	p.rect(class, x.at(from), mid-11, x.at(to)-x.at(from), 22)
	p.line("median", median, mid-11, median, mid+11)
}

// say chooses the language of a text the drawing adds itself.
func (f *Figure) say(zh, en string) string {
	if f.chinese() {
		return zh
	}
	return en
}
