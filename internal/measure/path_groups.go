package measure

import (
	"manyi/internal/pls"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// mostCompared is how many groups of a segment are compared pair by pair.
const mostCompared = 6

// compareModels compares the path models of the groups of a segment that are
// shown, with the weights of the whole wave; the result belongs to the whole.
func (w *wave) compareModels(segment string, part, whole *breakdown) {
	for _, a := range w.survey.Analyses {
		all, ok := whole.blocks[0].Analyses[a.ID].(*PathModel)
		if !ok || all.study == nil || all.Why != "" {
			continue
		}
		var shown []int
		for k, b := range part.blocks {
			if r, ok := b.Analyses[a.ID].(*PathModel); ok && r.Why == "" && !b.Suppressed {
				shown = append(shown, k)
			}
		}
		if len(shown) > mostCompared {
			all.warn(TooManyModels + ":" + segment)
			continue
		}
		w.comparePairs(a, segment, all, part.groups, shown)
	}
}

func (w *wave) comparePairs(a survey.Analysis, segment string, all *PathModel, g groups, shown []int) {
	m := a.PathModel
	var items []modelItem
	for _, c := range m.Constructs {
		items = append(items, w.modelItems(c.Items, c.Price)...)
	}
	members, model := g.members(), modelOf(m, all.study.Fit.Unstandardised)
	var pairs []*ModelGroups
	for i, one := range shown {
		for _, two := range shown[i+1:] {
			c, err := pls.Compare(model, w.rowsOf(items, members[one]), w.rowsOf(items, members[two]), missingOf(m), m.Resamples, m.Seed)
			if err == nil {
				pairs = append(pairs, groupsOf(m, c, segment, g.codes[one], g.codes[two]))
			}
		}
	}
	adjustModels(pairs)
	all.Groups = append(all.Groups, pairs...)
}

// groupsOf words a comparison.
func groupsOf(m *survey.PathModel, c *pls.Comparison, segment, a, b string) *ModelGroups {
	out := &ModelGroups{Segment: segment, A: a, B: b, Permutations: c.Permutations}
	contrast := func(d pls.Difference) Contrast {
		return Contrast{InA: Number(d.A), InB: Number(d.B), Difference: Number(d.Difference), P: Number(d.P)}
	}
	for k, p := range m.Paths {
		out.Paths = append(out.Paths, &GroupPath{m.Constructs[p[0]].ID, m.Constructs[p[1]].ID, contrast(c.Paths[k])})
	}
	for k, d := range c.Index {
		out.Index = append(out.Index, &GroupIndex{m.Constructs[k].ID, contrast(d)})
	}
	return out
}

func adjustModels(pairs []*ModelGroups) {
	var paths, index []*Contrast
	for _, p := range pairs {
		for _, x := range p.Paths {
			paths = append(paths, &x.Contrast)
		}
		for _, x := range p.Index {
			index = append(index, &x.Contrast)
		}
	}
	contrasts(paths)
	contrasts(index)
}

// compareWaves compares the path models of the last two waves, each with the
// weights it gives itself.
func (r *Results) compareWaves(s *survey.Survey, answers *table.Answers, opt Options) {
	n := len(answers.Waves)
	if n < 2 || len(r.Waves) != n {
		return
	}
	for _, a := range s.Analyses {
		if a.PathModel == nil || !a.Built || !modelledIn(r.ByWave[r.Waves[n-2]], a.ID) || !modelledIn(r.Block, a.ID) {
			continue
		}
		if r.changedBetween(s, madeOf(a, ""), r.Waves[n-2], r.Waves[n-1]) != "" {
			r.Analyses[a.ID].common().warn(ItemsChanged)
			continue
		}
		m := a.PathModel
		rows := func(t *table.Wave) pls.Rows {
			w := newWave(s, t, opt)
			var items []modelItem
			for _, c := range m.Constructs {
				items = append(items, w.modelItems(c.Items, c.Price)...)
			}
			return w.rowsOf(items, everyone(t.Rows).members()[0])
		}
		c, err := pls.Compare(modelOf(m, nil), rows(answers.Waves[n-2]), rows(answers.Waves[n-1]), missingOf(m), m.Resamples, m.Seed)
		if err != nil {
			continue
		}
		pair := groupsOf(m, c, "", r.Waves[n-2], r.Waves[n-1])
		adjustModels([]*ModelGroups{pair})
		model := r.Analyses[a.ID].(*PathModel)
		model.Groups = append(model.Groups, pair)
	}
}

func modelledIn(b *Block, id string) bool {
	if b == nil || b.Suppressed {
		return false
	}
	m, ok := b.Analyses[id].(*PathModel)
	return ok && m.Why == ""
}
