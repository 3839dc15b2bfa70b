package measure

import (
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Counted is the responses of one wave that figures are made of, and all their
// columns, derived and calculated ones included.
type Counted struct {
	ID      string
	Rows    int
	Columns map[string]*table.Column
	Weights []float64 // scaled to mean 1 over the rows that have one, nil without weights
}

// CountedRows returns the rows that Compute measures, by wave in its order.
func CountedRows(s *survey.Survey, answers *table.Answers, opt Options) []Counted {
	opt.Problems = nil // Compute tells them
	var out []Counted
	for _, raw := range answers.Waves {
		w := newWave(s, filtered(s, raw, opt), opt)
		if len(s.Quality.Exclude) > 0 {
			m := w.mark()
			w = newWave(s, w.without(m, bits(s.Quality.Exclude)&m.known), opt)
		}
		out = append(out, Counted{ID: raw.ID, Rows: w.table.Rows, Columns: w.columns, Weights: w.weights})
	}
	return out
}
