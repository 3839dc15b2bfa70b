package table

import (
	"bytes"
	"math"
	"unicode/utf8"
)

// openLimit is how many distinct values an Open column of one wave may hold;
// further ones count as invalid.
const openLimit = 50_000

// answers appends one cell to every column of the part.
func (r *reader) answers(rec *record) {
	for i := range r.fields {
		b := &r.fields[i]
		c := rec.cells[b.column]
		if c.to-c.from == 1 && (c.form == plain || c.form == inside) {
			if v := b.one[rec.raw[c.from]]; v != unset {
				b.data.cells = append(b.data.cells, v)
				continue
			}
		} else if c.from == c.to && c.form == plain {
			b.data.put(b.data.codes.empty)
			continue
		}
		r.answer(rec, b, c)
	}
	for i := range r.lists {
		r.ticks(rec, &r.lists[i])
	}
}

// answer appends a cell of any field.
func (r *reader) answer(rec *record, b *binding, c cell) {
	d := b.data
	switch c.form {
	case absent:
		d.miss(NotShown)
		return
	case null:
		d.put(d.codes.empty)
		return
	case list, object, repeated:
		r.badForm(rec, c, d.field)
		r.invalid(d)
		return
	}
	text := trim(rec.text(c))
	if len(text) == 0 {
		d.put(d.codes.empty)
		return
	}
	switch d.field.Kind {
	case Choice, Tick:
		value := d.codes.find(text, &r.folded)
		if value == unlisted {
			if found := d.codes.damagedCode(text); found != whole {
				r.spreadsheetDamage(rec, c, d.field, found)
			} else {
				r.badCode(rec, c, d, text)
			}
			r.invalid(d)
			return
		}
		d.put(value)
	case Number:
		r.number(rec, d, c, text)
	default:
		r.written(rec, b, c, text)
	}
}

// invalid appends a cell that broke the definition.
func (r *reader) invalid(d *column) {
	d.miss(Invalid)
	r.badNow++
}

// number appends a cell of a Number field.
func (r *reader) number(rec *record, d *column, c cell, text []byte) {
	if value := d.codes.find(text, &r.folded); value != unlisted {
		d.put(value)
		return
	}
	if to, ok := d.codes.texts[string(text)]; ok {
		text = []byte(to)
	}
	v, ok := parseNumber(fold(text, &r.folded))
	switch f := d.field; {
	case !ok && damaged(text) != whole:
		r.spreadsheetDamage(rec, c, f, damaged(text))
	case !ok:
		r.badNumber(rec, c, f)
	case v < f.Min || v > f.Max:
		r.outOfRange(rec, c, f)
	case f.Integer && v != math.Trunc(v):
		r.notWhole(rec, c, f)
	default:
		d.putNumber(v)
		return
	}
	r.invalid(d)
}

// written appends a cell of an Open or Text field.
func (r *reader) written(rec *record, b *binding, c cell, text []byte) {
	d := b.data
	if value, ok := d.codes.all[string(text)]; ok {
		d.put(value)
		return
	}
	if to, ok := d.codes.texts[string(text)]; ok {
		text = []byte(to)
	}
	found := damaged(text)
	if d.field.Kind == Open {
		found = damagedName(text)
	}
	switch f := d.field; {
	case r.garbled(text):
		r.badText(rec, c, f)
	case found != whole:
		r.spreadsheetDamage(rec, c, f, found)
	case f.Length > 0 && utf8.RuneCount(text) > f.Length:
		r.tooLong(rec, c, f)
	case f.Pattern != nil && !f.Pattern.Match(text):
		r.badPattern(rec, c, f)
	case f.Kind == Text:
		r.addText(b.field, text)
		r.mark(d, text)
		d.put(0)
		return
	default:
		r.open(rec, b, c, text)
		return
	}
	r.invalid(d)
}

// open appends an answer of an Open field.
func (r *reader) open(rec *record, b *binding, c cell, text []byte) {
	d := b.data
	value, ok := d.index[string(text)]
	if !ok && len(d.values) >= openLimit {
		r.tooManyValues(rec, c, d.field)
		r.invalid(d)
		return
	}
	if !ok {
		value = uint16(len(d.values))
		d.values = append(d.values, string(text))
		d.index[d.values[value]] = value
	}
	r.addText(b.field, text)
	d.put(value)
}

// ticks appends the cells of a multiple choice that stands in one column. An
// empty list of JSON means that nothing was ticked.
func (r *reader) ticks(rec *record, l *listing) {
	c := rec.cells[l.column]
	r.bits = append(r.bits[:0], make([]bool, len(l.ticks))...)
	reason, bad := Answered, false
	switch {
	case c.form == absent:
		reason = NotShown
	case c.form == null:
		reason = Skipped
	case c.form == object || c.form == repeated:
		reason, bad = Invalid, true
	case c.form == list:
		reason, bad = r.tickArray(rec, c, l)
	default:
		text := trim(rec.text(c))
		if len(text) == 0 {
			reason = Skipped
			break
		}
		reason, bad = r.tickText(text, l)
	}
	if bad {
		r.badList(rec, c, l)
		r.badNow++
	}
	for i, b := range l.ticks {
		switch {
		case reason != Answered:
			b.data.miss(reason)
		case r.bits[i]:
			b.data.put(1)
		default:
			b.data.put(0)
		}
	}
}

// tickText ticks the codes joined by ";".
func (r *reader) tickText(text []byte, l *listing) (reason Reason, bad bool) {
	known := 0
	for code := range bytes.SplitSeq(text, []byte(";")) {
		code = trim(code)
		if len(code) == 0 {
			continue
		}
		ticked, why := r.tick(code, l)
		switch {
		case why != Answered:
			reason = why
		case ticked:
			known++
		default:
			bad = true
		}
	}
	if bad && known == 0 && reason == Answered {
		reason = Invalid
	}
	return reason, bad
}

// tickArray ticks the codes of a JSON array.
func (r *reader) tickArray(rec *record, c cell, l *listing) (reason Reason, bad bool) {
	known, at := 0, int(c.from)+1
	for {
		at = skipSpace(rec.raw, at)
		switch rec.raw[at] {
		case ']':
			if bad && known == 0 && reason == Answered {
				reason = Invalid
			}
			return reason, bad
		case ',':
			at++
			continue
		}
		code, next := jsonValue(rec.raw, at)
		at = next
		if code.form == null || code.form == list || code.form == object {
			bad = true
			continue
		}
		ticked, why := r.tick(trim(rec.text(code)), l)
		switch {
		case why != Answered:
			reason = why
		case ticked:
			known++
		default:
			bad = true
		}
	}
}

// tick ticks the option of a code, or returns the reason the code stands for.
func (r *reader) tick(code []byte, l *listing) (ticked bool, reason Reason) {
	if to, ok := r.part.source.Codes[l.question][string(code)]; ok {
		if to.Missing != Answered {
			return false, to.Missing
		}
		code = []byte(to.Code)
	}
	folded := fold(code, &r.folded)
	for i, b := range l.ticks {
		f := b.data.field
		if f.Option == string(code) || f.Option == string(folded) {
			r.bits[i] = true
			return true, Answered
		}
		if why, ok := f.Missing[string(code)]; ok {
			return false, why
		}
	}
	return false, Answered
}
