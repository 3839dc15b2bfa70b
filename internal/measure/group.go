package measure

import "maps"

// Group is what the results say of one group of a segment in the latest wave,
// and no more: its block as it stands under by_segment, with all that was hidden
// in it. Nothing is computed anew, so that nothing differs from the report of
// the whole and nothing is shown that it hides. Counts of rows, files, ledgers,
// other groups and other waves are left out, and so is what splits the answers
// into groups (gone, see survey.Splitting); a group that is not there or not
// shown gives a suppressed block.
func (r *Results) Group(segment, code string, gone []string) *Results {
	out := &Results{Manyi: r.Manyi, Survey: r.Survey, Version: r.Version, Inputs: map[string]string{}, MinCell: r.MinCell, AsOf: r.AsOf, Latest: r.Latest, ByWave: map[string]*Block{}}
	out.Block = &Block{Suppressed: true}
	if r.Block != nil && !r.Block.Suppressed {
		if g := r.Block.BySegment[segment][code]; g != nil && !g.Suppressed {
			base := g.Base
			base.Complete = base.Responses // who counts in a group is complete, or counts as such
			out.Count.Read, out.Count.Counted = base.Responses, base.Responses
			out.Block = &Block{Base: base, Questions: maps.Clone(g.Questions), Analyses: maps.Clone(g.Analyses), least: g.least}
			for _, id := range gone {
				delete(out.Questions, id)
			}
		}
	}
	if r.Latest != "" {
		out.Waves, out.ByWave[r.Latest] = []string{r.Latest}, out.Block
	}
	return out
}
