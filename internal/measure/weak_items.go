package measure

import (
	"cmp"
	"slices"

	"manyi/internal/survey"
)

// WeakItems is the improvement list (METHODS A40, A41): every item with what
// speaks for working on it, from all analyses of the block. Items is ranked:
// first by the number of methods that give a reason, then by Strength. What
// chance alone may explain gives no rank; items with nothing else are Open.
type WeakItems struct {
	Common
	Items []*WeakItem `json:"items"`
	Open  []*WeakItem `json:"undecided"`
}

// WeakItem is one item, or one facet of an index. ID is the column that tells
// how it is rated; columns that the definition pairs, and rows of the same name
// and label, are one item.
type WeakItem struct {
	ID        string        `json:"id"`
	Facet     string        `json:"facet_of,omitempty"` // the index whose facet it is, "" of items
	Rank      int           `json:"rank,omitempty"`
	Strength  Number        `json:"strength"` // sum over Reasons, the strongest of each method
	Score     Number        `json:"score"`    // 0–100
	CI95      Interval      `json:"ci95"`
	Owner     string        `json:"owner,omitempty"`
	Matrix    string        `json:"matrix,omitempty"` // its quadrant, "undecided" too near a line, "" in no matrix; Concentrate wherever one of several says so
	Reasons   []*WeakReason `json:"reasons"`
	Undecided []*WeakReason `json:"undecided"`
}

// WeakReason is one piece of evidence: Value lies below Line. Strength is the
// distance in half-widths of the interval, (line − value)/(high − value): above
// 1 the interval excludes the line.
type WeakReason struct {
	Method   string   `json:"method"`
	Analysis string   `json:"analysis,omitempty"` // "" of report.targets
	Why      string   `json:"why"`
	Value    Number   `json:"value"`
	CI95     Interval `json:"ci95"`
	Line     Number   `json:"line"`
	Strength Number   `json:"strength"`
}

// Why an item is weak. All but the first three ask for a score clearly below
// the mean of the analysis' items, too.
const (
	BelowTarget         = "below_target"
	InConcentrate       = "concentrate"                // important, and rated below the line
	WideGap             = "wide_gap"                   // below what is expected, and further than the items are on average
	DriverBelow         = "driver_below_mean"          // its own effect on the outcome is distinguishable and positive
	BasicBelow          = "basic_below_mean"           // low answers cost more than high ones gain
	MustBeBelow         = "must_be_below_mean"         // Kano
	OneDimensionalBelow = "one_dimensional_below_mean" // Kano
)

// weakItems reads the list off the finished block; nil where no analysis of it
// speaks of priorities.
func (w *wave) weakItems(b *Block) *WeakItems {
	l := &weakList{wave: w, block: b, same: w.sameItems(), found: map[string]*WeakItem{}}
	for _, look := range l.sources() {
		look()
	}
	if !l.looked {
		return nil
	}
	out := &WeakItems{Common: Common{Method: "weak_items", N: b.Base.Responses, Warnings: []string{}}, Items: []*WeakItem{}, Open: []*WeakItem{}}
	if out.N < 30 {
		out.warn(Base30)
	}
	for _, i := range l.order {
		i.Owner = l.owner(i)
		switch {
		case len(i.Reasons) > 0:
			i.sum()
			out.Items = append(out.Items, i)
		case len(i.Undecided) > 0:
			out.Open = append(out.Open, i)
		}
	}
	slices.SortStableFunc(out.Items, func(x, y *WeakItem) int {
		return cmp.Or(cmp.Compare(len(y.Methods()), len(x.Methods())), cmp.Compare(y.Strength, x.Strength))
	})
	for k, i := range out.Items {
		i.Rank = k + 1
	}
	return out
}

// Methods are the methods that give the item a reason, each once.
func (i *WeakItem) Methods() []string {
	var out []string
	for _, r := range i.Reasons {
		if !slices.Contains(out, r.Method) {
			out = append(out, r.Method)
		}
	}
	return out
}

// Borne reports whether more than one method speaks for the item, or one that
// no matrix gainsays: a matrix that holds the item places it in Concentrate.
func (i *WeakItem) Borne() bool {
	return len(i.Methods()) > 1 || i.Matrix == "" || i.Matrix == Concentrate
}

// sum adds up the strengths: of two analyses of one method only the stronger counts.
func (i *WeakItem) sum() {
	for _, m := range i.Methods() {
		most := Number(0)
		for _, r := range i.Reasons {
			if r.Method == m {
				most = max(most, r.Strength)
			}
		}
		i.Strength += most
	}
}

// weakList is the list while it is made.
type weakList struct {
	wave   *wave
	block  *Block
	same   map[string]string    // column -> the first of its item
	found  map[string]*WeakItem // by that column
	order  []*WeakItem
	looked bool
}

// sources are the looks at the analyses: those first whose columns tell best
// how an item is rated, Kano last, as it asks for no rating.
func (l *weakList) sources() []func() {
	var out []func()
	for _, method := range []string{"importance_performance", "csi", "drivers", "penalty_reward", "gap", "kano"} {
		for _, a := range l.wave.survey.Analyses {
			if a.Method == method && a.Built {
				out = append(out, func() { l.look(a) })
			}
		}
		if method == "csi" {
			out = append(out, l.targets)
		}
	}
	return out
}

func (l *weakList) look(a survey.Analysis) {
	result := l.block.Analyses[a.ID]
	if result == nil {
		return
	}
	l.looked = l.looked || a.Method != "csi" && a.Method != "kano" // those ask for targets, and for ratings
	switch r := result.(type) {
	case *Status:
		l.status(a, r)
	case *CSI:
		l.index(a.ID, r.Facets)
	case *Drivers:
		l.drivers(a, r)
	case *PenaltyReward:
		l.penalties(a, r)
	case *Gap:
		l.gaps(a, r)
	case *Kano:
		l.kano(a, r)
	}
}

// item finds the item of a column; the first column that is asked for names it.
func (l *weakList) item(id string) *WeakItem {
	key := l.key(id)
	if i := l.found[key]; i != nil {
		return i
	}
	i := &WeakItem{ID: id, Score: undefined(), CI95: Interval{undefined(), undefined()}, Reasons: []*WeakReason{}, Undecided: []*WeakReason{}}
	if s := l.score(id); s != nil {
		i.Score, i.CI95 = s.Value, s.CI95
	}
	l.found[key], l.order = i, append(l.order, i)
	return i
}

func (l *weakList) key(id string) string { return cmp.Or(l.same[id], id) }

// score is the score of a column that may be shown, else nil.
func (l *weakList) score(id string) *Score {
	q := l.block.Questions[id]
	if q == nil || q.Suppressed || q.N == 0 {
		return nil
	}
	return q.Score
}

// add puts evidence on an item: a reason where it is sure, else undecided. What
// does not lie below its line is no evidence.
func (i *WeakItem) add(r WeakReason, sure func(WeakReason) bool) {
	if !(r.Value < r.Line) {
		return
	}
	if half := r.CI95[1] - r.Value; half > 0 {
		r.Strength = (r.Line - r.Value) / half
	}
	if sure(r) {
		i.Reasons = append(i.Reasons, &r)
		return
	}
	i.Undecided = append(i.Undecided, &r)
}

// excludes reports whether the interval excludes the line; an interval without
// width, of answers that are all alike, excludes nothing.
func excludes(r WeakReason) bool { return r.Strength > 1 }

// clearIf is excludes where a further condition holds.
func clearIf(holds bool) func(WeakReason) bool {
	return func(r WeakReason) bool { return holds && excludes(r) }
}

// owner is who answers for the item, in the first index that says so.
func (l *weakList) owner(i *WeakItem) string {
	for _, a := range l.wave.survey.Analyses {
		if a.CSI == nil || i.Facet != "" {
			continue
		}
		for _, f := range a.CSI.Leaves() {
			if f.Owner != "" && l.key(f.ID) == l.key(i.ID) {
				return f.Owner
			}
		}
	}
	return ""
}
