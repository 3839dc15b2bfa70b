package measure

import (
	"strings"

	"manyi/internal/stat"
)

// adjust fills the adjusted p-values.
func (t *Trend) adjust() {
	byStep := map[string][]*Step{}
	var keys []string
	for _, f := range t.Figures {
		p := make([]float64, len(f.Steps))
		for i, s := range f.Steps {
			p[i] = float64(s.P)
			key := strings.Join([]string{f.Kind, s.From, s.To}, "\x00")
			if byStep[key] == nil {
				keys = append(keys, key)
			}
			byStep[key] = append(byStep[key], s)
		}
		for i, adjusted := range stat.Holm(p) {
			f.Steps[i].Holm = Number(adjusted)
		}
	}
	for _, key := range keys {
		p := make([]float64, len(byStep[key]))
		for i, s := range byStep[key] {
			p[i] = float64(s.P)
		}
		for i, adjusted := range stat.BenjaminiHochberg(p) {
			byStep[key][i].BH = Number(adjusted)
		}
	}
}
