package measure

import (
	"manyi/internal/survey"
	"manyi/internal/table"
)

// PairCells is the blocks of two segments at once, by the code of the first and
// then of the second. A cell without responses is not there. A block has the
// rated questions, their metrics and the indices, nothing else.
type PairCells map[string]map[string]*Block

// pairing is the groups of two segments at once. The groups of the tables run by
// rows; the last row and the last column are those without an answer, which are
// never shown but count in what could be had by subtraction.
type pairing struct {
	rows, columns []string
	groups        groups
	k             int
	base          *veil // of the responses, nil until it is known
}

// pairs measures the declared pairs of segments of which both are shown.
func (w *wave) pairs(b *Block, all *breakdown) {
	for _, pair := range w.survey.Report.Pairs {
		if b.BySegment[pair[0]] == nil || b.BySegment[pair[1]] == nil {
			continue
		}
		if b.ByPair == nil {
			b.ByPair = map[string]map[string]PairCells{}
		}
		if b.ByPair[pair[0]] == nil {
			b.ByPair[pair[0]] = map[string]PairCells{}
		}
		b.ByPair[pair[0]][pair[1]] = w.pair(w.columns[pair[0]], w.columns[pair[1]], all)
		if w.finer != nil {
			b.ByPair[pair[0]][pair[1]].underFiner(w.finer.ByPair[pair[0]][pair[1]])
		}
	}
}

func (w *wave) pairing(rows, columns *table.Column) *pairing {
	p := &pairing{rows: rows.Codes, columns: columns.Codes, k: w.minCell}
	a, b := segment(rows, w.table.Rows), segment(columns, w.table.Rows)
	p.groups = groups{codes: make([]string, (len(p.rows)+1)*p.width()), of: make([]int32, w.table.Rows), pair: p}
	place := func(code int32, codes []string) int {
		if code < 0 {
			return len(codes)
		}
		return int(code)
	}
	for i := range p.groups.of {
		p.groups.of[i] = int32(place(a.of[i], p.rows)*p.width() + place(b.of[i], p.columns))
	}
	return p
}

func (p *pairing) width() int { return len(p.columns) + 1 }

// pair measures every cell of two segments.
func (w *wave) pair(rows, columns *table.Column, all *breakdown) PairCells {
	p := w.pairing(rows, columns)
	blocks := make([]*Block, len(p.groups.codes))
	sizes, weighted := make([]int, len(blocks)), make([]int, len(blocks))
	for k, base := range w.bases(p.groups) {
		blocks[k] = &Block{Base: base, Questions: map[string]*Question{}, Analyses: map[string]Analysis{}, least: w.minCell}
		sizes[k], weighted[k] = base.Responses, base.positive
	}
	p.base = p.veil(sizes, weighted)
	for i, a := range w.items {
		if a.item.Rated() {
			w.pairItem(p, blocks, a, all.design[i])
		}
	}
	for _, a := range w.survey.Analyses {
		if a.Built && a.Method == "csi" {
			w.pairIndex(p, blocks, a)
		}
	}
	out := PairCells{}
	unnamed := rows.Field.Kind == table.Open || columns.Field.Kind == table.Open
	for i, row := range p.rows {
		for j, column := range p.columns {
			k := i*p.width() + j
			blocks[k].Suppressed = p.base.cells[k]
			if sizes[k] == 0 || unnamed && blocks[k].Suppressed {
				continue
			}
			if out[row] == nil {
				out[row] = map[string]*Block{}
			}
			out[row][column] = blocks[k]
		}
	}
	return out
}

// pairItem measures one rated item in every cell.
func (w *wave) pairItem(p *pairing, blocks []*Block, a asked, design int) {
	counted := w.tallies(a, p.groups)
	n, weighted := make([]int, len(blocks)), make([]int, len(blocks))
	for k := range counted {
		n[k], weighted[k] = counted[k].n, counted[k].valid.N
	}
	hidden := p.veil(n, weighted)
	for k, b := range blocks {
		var t *tally
		if counted != nil {
			t = &counted[k]
		}
		q, analyses := w.figures(a, t, design)
		q.Suppressed = hidden.cells[k]
		q.withhold() // answers by code, and why there are none, would be cells of three columns
		q.Missing = nil
		b.Questions[a.item.ID] = q
		for id, x := range analyses {
			if c, ok := x.(*Csat); ok {
				c.Counts = nil
			}
			b.Analyses[id] = x
			if hidden.cells[k] {
				b.Analyses[id] = &Hidden{Common: Common{Method: x.common().Method}}
			}
		}
	}
}

// pairIndex computes an index in every cell; its places hide themselves (hiddenPlaces).
func (w *wave) pairIndex(p *pairing, blocks []*Block, a survey.Analysis) {
	results := w.csi(a, p.groups)
	if results == nil {
		return
	}
	rows, n := make([]int, len(results)), make([]int, len(results))
	for k, r := range results {
		rows[k], n[k] = max(r.common().rows, r.common().N), r.common().N
	}
	hidden := p.veil(rows, n)
	for k, r := range results {
		blocks[k].Analyses[a.ID] = r
		if hidden.cells[k] {
			blocks[k].Analyses[a.ID] = &Hidden{Common: Common{Method: a.Method}}
		}
	}
}
