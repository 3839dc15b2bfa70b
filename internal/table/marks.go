package table

import "encoding/binary"

// mark keeps what Field.Mark finds in the text of the row being read. Texts of
// which it finds the same share one list, numbered from 1 in order of appearance.
func (r *reader) mark(c *column, text []byte) {
	if c.field.Mark == nil {
		return
	}
	c.marked = append(filled(c.marked, r.part.rows, 0), c.marks.number(c.field.Mark(string(text))))
}

// marks are lists of marks, each once; number 0 stands for no text.
type marks struct {
	lists [][]int32
	index map[string]int32
}

func (m *marks) number(list []int32) int32 {
	if m.index == nil {
		m.index, m.lists = map[string]int32{}, [][]int32{nil}
	}
	key := make([]byte, 0, 4*len(list))
	for _, x := range list {
		key = binary.LittleEndian.AppendUint32(key, uint32(x))
	}
	n, ok := m.index[string(key)]
	if !ok {
		n = int32(len(m.lists))
		m.index[string(key)] = n
		m.lists = append(m.lists, list)
	}
	return n
}

// fillMarks gives the columns of a marked field the marks of every file.
func (j *joiner) fillMarks(made []*Column, f int) {
	all := make([]marks, len(made))
	for i, c := range made {
		c.Marked, all[i].index, all[i].lists = make([]int32, 0, j.answers.Waves[i].Rows), map[string]int32{}, [][]int32{nil}
	}
	for _, p := range j.parts {
		from := p.columns[f]
		for row, wave := range p.wave {
			if wave == dropped {
				continue
			}
			n := int32(0)
			if from != nil && row < len(from.marked) && from.marked[row] > 0 {
				n = all[wave].number(from.marks.lists[from.marked[row]])
			}
			made[wave].Marked = append(made[wave].Marked, n)
		}
	}
	for i, c := range made {
		c.Marks = all[i].lists
	}
}

// Marking returns the marks of the text in row i; ok is false where there is no
// text, or the field is not marked.
func (c *Column) Marking(i int) (list []int32, ok bool) {
	if c.Marked == nil || c.Marked[i] == 0 {
		return nil, false
	}
	return c.Marks[c.Marked[i]], true
}

// name notes which row of Options.Named the response is.
func (r *reader) name(rec *record) {
	if len(r.plan.opt.Named) == 0 {
		return
	}
	p := r.part
	if n := r.plan.opt.Named[string(r.meta(rec, r.metas[metaID]))]; n > 0 {
		p.aside.Named = append(filled(p.aside.Named, p.rows, 0), n)
	}
}
