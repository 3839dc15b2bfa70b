package measure

// Edition is the part of the results that readers of fewer pages get: sizes,
// with all the answers to the questions, with split those of every group. No
// analysis, no ledger and no name of a file is in it.
func (r *Results) Edition(answers, split bool) *Results {
	out := *r
	out.Inputs, out.Ledgers, out.Service = map[string]string{}, nil, nil
	out.Block, out.ByWave = r.Block.edition(answers, split), map[string]*Block{}
	for id, b := range r.ByWave {
		out.ByWave[id] = b.edition(answers, split)
	}
	return &out
}

func (b *Block) edition(answers, split bool) *Block {
	if b == nil || b.Suppressed {
		return b
	}
	out := &Block{Base: b.Base, Questions: map[string]*Question{}, Analyses: map[string]Analysis{}}
	if answers || split {
		out.Questions = b.Questions
	}
	if !split {
		return out
	}
	for segment, groups := range b.BySegment {
		if out.BySegment == nil {
			out.BySegment = map[string]map[string]*Block{}
		}
		out.BySegment[segment] = map[string]*Block{}
		for code, g := range groups {
			out.BySegment[segment][code] = g.edition(true, false)
		}
	}
	return out
}
