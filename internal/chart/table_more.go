package chart

import "strconv"

// annotated reports whether cells have letters or a state of their own.
func (f *Figure) annotated() bool {
	for i := range f.Rows {
		if len(f.Rows[i].Marks) > 0 {
			return true
		}
	}
	return false
}

// outlying reports whether rows have single points, which are then the last
// column.
func (f *Figure) outlying() bool {
	for i := range f.Rows {
		if f.Kind == Box && len(f.Rows[i].outliers()) > 0 {
			return true
		}
	}
	return false
}

// text is the mark in the CSV: the letters, or the state where it has one.
func (m Mark) text() string {
	if m.State != Normal {
		return string(m.State)
	}
	return m.Letters
}

// absentCell returns the words of a cell without a number.
func (f *Figure) absentCell(words Words, m Mark) string {
	if m.State == Suppressed {
		return words.Suppressed
	}
	return words.NoData
}

func appendOutliers(b []byte, r *Row) []byte {
	n := 0
	for _, v := range r.outliers() {
		if !finite(v) {
			continue
		}
		if n++; n > 1 {
			b = append(b, ';')
		}
		b = strconv.AppendFloat(b, v, 'f', -1, 64)
	}
	return b
}
