package table

// Keep returns the wave with only the rows that keep says; the others are
// counted as excluded. The wave itself stays as it is. Columns of the definition
// keep their codes, so that figures of both are of one shape.
func (w *Wave) Keep(keep []bool) *Wave {
	out := *w
	out.Rows, out.Columns = 0, map[string]*Column{}
	for _, k := range keep {
		if k {
			out.Rows++
		}
	}
	gone := w.Rows - out.Rows
	for id, c := range w.Columns {
		out.Columns[id] = c.Keep(keep, out.Rows)
	}
	out.Weights = kept(w.Weights, keep, out.Rows)
	out.Days = kept(w.Days, keep, out.Rows)
	out.Partials, out.Simulated = still(w.Partials, keep), still(w.Simulated, keep)
	out.Count.Simulated = len(out.Simulated)
	out.Aside = Aside{Seconds: kept(w.Aside.Seconds, keep, out.Rows), Tokens: kept(w.Aside.Tokens, keep, out.Rows), Panel: kept(w.Aside.Panel, keep, out.Rows), Named: kept(w.Aside.Named, keep, out.Rows)}
	out.Count.Counted -= gone
	out.Count.Excluded += gone
	out.Count.Complete = out.Rows - len(out.Partials)
	if w.Weights != nil {
		out.Count.NoWeight = 0
		for _, x := range out.Weights {
			if x == 0 {
				out.Count.NoWeight++
			}
		}
	}
	return &out
}

// Keep returns the column with only the rows that keep says, n of them.
func (c *Column) Keep(keep []bool, n int) *Column {
	out := *c
	out.Cells, out.Wide, out.Numbers = kept(c.Cells, keep, n), kept(c.Wide, keep, n), kept(c.Numbers, keep, n)
	out.Marked = kept(c.Marked, keep, n)
	return &out
}

// kept returns the n entries of a slice by row that keep says, nil of nil.
func kept[T any](all []T, keep []bool, n int) []T {
	if all == nil {
		return nil
	}
	out := make([]T, 0, n)
	for i, k := range keep {
		if k {
			out = append(out, all[i])
		}
	}
	return out
}

// still are the listed rows that are kept, by their new numbers.
func still(listed []int32, keep []bool) []int32 {
	var out []int32
	before, row := 0, 0
	for _, p := range listed {
		for ; row < int(p); row++ {
			if keep[row] {
				before++
			}
		}
		if keep[p] {
			out = append(out, int32(before))
		}
	}
	return out
}
