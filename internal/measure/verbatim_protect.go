package measure

import "slices"

// hideFew hides the topics that few mention, or that all but few do. Who has no
// topic is hidden as well where a topic is: with a single topic, or with topics
// that nobody mentions together, it would give the hidden count back.
func (r *Verbatim) hideFew(k int) {
	any := false
	for _, f := range r.all() {
		f.Suppressed = f.few(k)
		any = any || f.Suppressed
	}
	if any {
		r.hideUncoded()
	}
}

func (f *TopicFigure) few(k int) bool {
	return few(f.cells(), k)
}

// hideUncoded hides who has no topic; where there is one topic only, they are
// all the others, and the topic goes too.
func (r *Verbatim) hideUncoded() {
	r.Uncoded.Suppressed = true
	if len(r.Topics) == 1 {
		r.Topics[0].Suppressed = true
	}
}

// protectVerbatim hides, topic by topic, what the groups of the segments and
// everyone together would tell of few people; those of no topic come last, when
// it is known which groups hide a topic.
func protectVerbatim(l lineage, splits []split, whole *Verbatim, id string, k int) {
	for i := range whole.Topics {
		protectTopic(l, splits, whole, id, i, k)
	}
	for _, s := range splits {
		for _, b := range s.blocks {
			if r, _ := shownOf[*Verbatim](b, id); r != nil && slices.ContainsFunc(r.Topics, func(f *TopicFigure) bool { return f.Suppressed }) {
				r.hideUncoded()
			}
		}
	}
	protectTopic(l, splits, whole, id, len(whole.Topics), k)
}

// protectTopic hides one topic in the groups where it must not be shown.
func protectTopic(l lineage, splits []split, whole *Verbatim, id string, i, k int) {
	f := whole.all()[i]
	of := portions(splits, func(s split, g int) *portion {
		r, hidden := shownOf[*Verbatim](s.blocks[g], id)
		if r == nil {
			return nil
		}
		own := r.all()[i]
		return &portion{counts: own.cells(), hidden: hidden || own.Suppressed || f.Suppressed || s.blocks[g].Suppressed}
	})
	l.hide(&portion{counts: f.cells(), public: true}, of, k)
	eachHidden(splits, of, func(b *Block) {
		r, _ := shownOf[*Verbatim](b, id)
		r.all()[i].Suppressed = true
	})
}

// cells are the counts by which a topic of a group could be had: who mention it
// and who do not, of positive weight and of any.
func (f *TopicFigure) cells() []int {
	return []int{f.N, f.share.N - f.N, f.rows[0], f.rows[1] - f.rows[0]}
}

// hideOdds hides the topics of a contrast of which few of a side write, or all
// but few, or few of those of neither side. What is shown of one topic tells how
// many mentions a side has in all: so what is hidden must be k or more mentions
// of each side, or none, and not one topic alone.
func hideOdds(r *Verbatim, y [3][]int, sizes []int, k int) []bool {
	all := r.all()
	hidden := make([]bool, len(all))
	any := false
	for i, f := range all {
		hidden[i] = f.Suppressed
		for side, n := range sizes {
			hidden[i] = hidden[i] || few([]int{y[side][i], n - y[side][i]}, k)
		}
		any = any || hidden[i]
	}
	for any {
		units, unshown, next := 0, [2]int{}, -1
		for i := range all {
			if mentioned := y[0][i] + y[1][i]; hidden[i] && mentioned > 0 {
				units, unshown[0], unshown[1] = units+1, unshown[0]+y[0][i], unshown[1]+y[1][i]
			} else if !hidden[i] && mentioned > 0 && (next < 0 || mentioned < y[0][next]+y[1][next]) {
				next = i
			}
		}
		if next < 0 || units != 1 && !few(unshown[:], k) {
			break
		}
		hidden[next] = true
	}
	return hidden
}
