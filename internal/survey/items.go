package survey

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"

	"manyi/internal/table"
)

// Item is one data column as it is measured and shown: a question, one row of
// a matrix or another part of a question, one hidden, calculated or derived column. A multiple choice is one
// Item, its options being columns ID_CODE.
type Item struct {
	ID       string    // the data column; for a multiple choice the question's id
	Question *Question // nil for hidden, calculated and derived
	Row      *Row      // the row, item, feature or level, else nil
	Type     Type      // "hidden", "calculated", "derived" where Question is nil; what the column is read like, a number or a multiple choice, for a part of a question
	Scale    *Scale    // nil for numbers and texts
	Reverse  bool
	label    Text
	source   string // language of the survey, where label lacks the one asked for
}

// Label returns the item's text in lang: the row's label for a matrix row,
// else the question's short name or text, else the label of the column or its id.
func (i Item) Label(lang string) string {
	return cmp.Or(i.label.In(lang, i.source), i.ID)
}

// Items returns every item in the order of the definition: questions by page, then hidden, calculated and derived.
func (s *Survey) Items() []Item {
	var out []Item
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			out = append(out, q.items()...)
		}
	}
	for _, h := range s.Hidden {
		i := Item{ID: h.ID, Type: "hidden", label: h.Label}
		if len(h.Options) > 0 {
			i.Scale = &Scale{Level: Nominal, Options: h.Options, At: h.At}
		}
		out = append(out, i)
	}
	for _, c := range s.Calculated {
		out = append(out, Item{ID: c.ID, Type: "calculated", label: c.Label})
	}
	for _, d := range s.Derived {
		out = append(out, Item{ID: d.ID, Type: "derived", label: d.Label, Scale: d.scale()})
	}
	for i := range out {
		if len(s.Languages) > 0 {
			out[i].source = s.Languages[0]
		}
	}
	return out
}

func (q *Question) items() []Item {
	label := q.Label
	if len(label) == 0 {
		label = q.Text
	}
	whole := Item{ID: q.ID, Question: q, Type: q.Type, Scale: q.Scale, Reverse: q.Reverse, label: label}
	switch q.Type {
	case Note:
		return nil
	case Slider:
		whole.Type = Number
	case Matrix, Differential, MatrixMultiple, MatrixDual, Ranking, ConstantSum, MultiText, MaxDiff, KanoPairs, Cascade:
		return q.partItems(whole)
	}
	return []Item{whole}
}

// scale is the bands as a list of answers.
func (d *Derived) scale() *Scale {
	sc := &Scale{Level: Nominal, At: d.At}
	for _, b := range d.Bands {
		sc.Options = append(sc.Options, Option{Code: b.Code, Label: b.Label, At: d.At})
	}
	return sc
}

// Item returns the item with the given id.
func (s *Survey) Item(id string) (Item, bool) {
	for _, i := range s.Items() {
		if i.ID == id {
			return i, true
		}
	}
	return Item{}, false
}

// Rated reports whether the item is rated on an ordered numeric scale: its mean and top share have a meaning.
func (i Item) Rated() bool {
	return i.Scale != nil && i.Type != MultipleChoice && i.Scale.ordered()
}

func (sc *Scale) ordered() bool {
	return sc.Level != Nominal && sc.Level != "" && len(sc.Values()) > 1
}

// Codes returns the codes that are answers, in the order of the scale, missing codes left out.
func (sc *Scale) Codes() []string {
	var out []string
	for _, o := range sc.Options {
		if o.Missing == table.Answered {
			out = append(out, o.Code)
		}
	}
	return out
}

var wholeCode = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,14})$`)

// Values returns the number of each code of Codes, or nil where a code is not
// a number: a whole one without leading zeros.
func (sc *Scale) Values() []float64 {
	var out []float64
	for _, c := range sc.Codes() {
		if !wholeCode.MatchString(c) {
			return nil
		}
		f, _ := strconv.ParseFloat(c, 64)
		out = append(out, f)
	}
	return out
}

// topOf is how many codes of so many count as satisfied (METHODS B0).
var topOf = map[int]int{5: 2, 7: 3, 10: 2, 11: 2}

// TopCodes returns the codes that count as satisfied for 满意率: the best 2 of
// 5, 3 of 7, 2 of 10 or 11 (METHODS B0); 3 of 7 for ces; the lowest for a
// reversed item. It returns nil where the scale has no rule. The codes are in
// the order of the scale.
func TopCodes(sc *Scale, reverse bool) []string {
	if sc == nil || !sc.ordered() {
		return nil
	}
	return sc.best(topOf[len(sc.Codes())], reverse)
}

// best returns the n codes with the highest numbers, or the lowest where reverse.
func (sc *Scale) best(n int, reverse bool) []string {
	codes, values := sc.Codes(), sc.Values()
	if n < 1 || n > len(values) {
		return nil
	}
	limits := slices.Sorted(slices.Values(values))
	low, high := limits[len(limits)-n], math.Inf(1)
	if reverse {
		low, high = math.Inf(-1), limits[n-1]
	}
	var out []string
	for i, v := range values {
		if v >= low && v <= high {
			out = append(out, codes[i])
		}
	}
	return out
}
