package measure

import "encoding/json"

// A report with a larger threshold may not show what the one with the smaller
// hides: whoever has both could subtract. A group may be hidden there only to
// cover a small one, and be large enough here. So what Options.Finer hides is
// hidden here before anything else is, and then more (see protect): everything
// that this report shows, that one shows too.

// blockOf is the block of a wave in a report, nil without.
func (r *Results) blockOf(wave string) *Block {
	switch {
	case r == nil:
		return nil
	case wave == "":
		return r.Block
	}
	return r.ByWave[wave]
}

// underFiner hides in the wave and its groups what the finer report hides.
func (w *wave) underFiner(splits []split, all *breakdown) {
	if w.finer == nil {
		return
	}
	all.blocks[0].underFiner(w.finer)
	for _, s := range splits {
		for k, b := range s.blocks {
			b.underFiner(w.finer.BySegment[s.id][s.groups.codes[k]])
		}
	}
}

func (b *Block) underFiner(finer *Block) {
	if finer == nil || finer.Suppressed {
		b.Suppressed = true
		return
	}
	for id, q := range b.Questions {
		f := finer.Questions[id]
		if f == nil {
			continue
		}
		q.Suppressed = q.Suppressed || f.Suppressed
		if f.Withheld && !q.Withheld {
			q.withhold()
		}
		if f.Missing == nil {
			q.Missing = nil
		}
	}
	for id, a := range b.Analyses {
		switch f := finer.Analyses[id].(type) {
		case *Csat:
			if c, ok := a.(*Csat); ok && f.Counts == nil {
				c.Counts = nil
			}
		case nil:
			continue
		}
		if _, hidden := a.(*Hidden); !hidden && tellsMore(a, finer.Analyses[id]) {
			b.Analyses[id] = &Hidden{Common: Common{Method: a.common().Method, N: a.common().N, rows: a.common().rows}, was: a}
		}
	}
}

// underFiner hides cells of two segments that the finer report hides.
func (c PairCells) underFiner(finer PairCells) {
	for row, cells := range c {
		for column, b := range cells {
			b.underFiner(finer[row][column])
		}
	}
}

// tellsMore reports whether a result has a number where the finer one has none.
func tellsMore(a, finer Analysis) bool {
	var x, y any
	for result, into := range map[Analysis]*any{a: &x, finer: &y} {
		body, err := json.Marshal(result)
		if err != nil || json.Unmarshal(body, into) != nil {
			return true
		}
	}
	return numbersBeyond(x, y)
}

func numbersBeyond(x, finer any) bool {
	switch x := x.(type) {
	case float64:
		_, ok := finer.(float64)
		return !ok
	case map[string]any:
		f, _ := finer.(map[string]any)
		for key, value := range x {
			if numbersBeyond(value, f[key]) {
				return true
			}
		}
	case []any:
		f, _ := finer.([]any)
		for i, value := range x {
			var other any
			if len(f) == len(x) {
				other = f[i]
			}
			if numbersBeyond(value, other) {
				return true
			}
		}
	}
	return false
}

// finerCells are the cells of a crosstab that the finer report hides.
func (w *wave) finerCells(rows, columns string) [][]bool {
	if w.finer == nil {
		return nil
	}
	for _, a := range w.finer.Analyses {
		if c, ok := a.(*Crosstab); ok {
			for _, t := range c.Tables {
				if t.Rows == rows && t.Columns == columns {
					return t.hidden
				}
			}
		}
	}
	return nil
}
