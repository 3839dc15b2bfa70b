package audit

import (
	"math"
	"slices"
)

// division is one distribution of people over classes: the classes of a feature,
// the bands of a gap, the answers low, middle and high of an item.
type division struct {
	name    string
	classes []string
	of      func(x node) []float64 // of everyone or a group, by class; −1 is not shown, nil: no such division
	n       func(x node) float64   // what the classes add up to, −1 unknown; nil where nothing says
	sums    func(x node) []known   // what else some of the classes add up to
}

// known is a sum of some classes that is shown.
type known struct {
	classes []int
	sum     float64
}

// divisions audits how every analysis divides the groups.
func (a *auditor) divisions(b, segments node, at string) {
	for _, id := range b.of("analyses").keys() {
		for _, d := range divisionsOf(b, id) {
			d.name = at + id + d.name
			a.divide(b, segments, d)
		}
	}
	for _, q := range b.of("questions").keys() {
		reasons := b.of("questions").of(q).of("missing").keys()
		a.divide(b, segments, division{
			name: at + q + " · missing", classes: reasons,
			of: func(x node) []float64 {
				found := x.of("questions").of(q)
				if !found.there() {
					return nil
				}
				return each(reasons, func(r string) float64 {
					if !found.of("missing").there() || found.hidden() {
						return -1
					}
					return found.of("missing").number(r)
				})
			},
		})
	}
}

// divide audits one division in the groups of all segments at once.
func (a *auditor) divide(b, segments node, d division) {
	whole := d.of(b)
	if len(whole) == 0 || slices.Contains(whole, -1) {
		return
	}
	s := &dividing{auditor: a, system: &system{}, division: d, whole: whole, at: map[[2]string][]int{}, shown: map[[2]string][]float64{}}
	for _, segment := range segments.keys() {
		s.segment(segments.of(segment), segment)
	}
	s.recoded()
	a.solve(s.system)
}

// dividing is one division as a system: of every group and class an unknown or
// a count that is shown.
type dividing struct {
	*auditor
	*system
	division
	whole []float64
	at    map[[2]string][]int     // by group: the unknowns by class, −1 where it is shown
	shown map[[2]string][]float64 // by group: the counts by class, −1 where it is not shown
}

// segment enters the groups of one segment, unless one of them is everyone,
// whose classes are public.
func (s *dividing) segment(groups node, name string) {
	rows := make([]equation, len(s.classes))
	for c, code := range s.classes {
		rows[c] = equation{sum: s.whole[c], about: s.name + " · " + name + " · " + code + " · " + rest}
	}
	for _, group := range groups.keys() {
		if x := groups.of(group); s.n != nil && !x.hidden() && s.n(x) == sumOf(s.whole) {
			return
		}
	}
	for _, group := range groups.keys() {
		s.group(groups.of(group), [2]string{name, group}, rows)
	}
	for c := range rows {
		if rows[c].sum == s.whole[c] || len(rows[c].of) == 0 {
			rows[c].about = ""
		}
		rows[c].of = append(rows[c].of, s.unknown("")) // those in no group, of whom nobody knows that they are
		s.equations = append(s.equations, rows[c])
	}
}

// group enters one group into the sums of its segment and of itself.
func (s *dividing) group(x node, key [2]string, rows []equation) {
	counts := s.of(x)
	if counts == nil && !x.hidden() {
		return
	}
	s.at[key], s.shown[key] = make([]int, len(rows)), make([]float64, len(rows))
	all := make([]int, len(rows))
	for c, code := range s.classes {
		all[c], s.at[key][c], s.shown[key][c] = c, -1, -1
		where := s.name + " · " + key[0] + " = " + key[1] + " · " + code
		if counts != nil && counts[c] >= 0 && !x.hidden() {
			s.small(where, counts[c])
			rows[c].sum -= counts[c]
			s.shown[key][c] = counts[c]
			continue
		}
		s.at[key][c] = s.unknown(where)
		rows[c].of = append(rows[c].of, s.at[key][c])
	}
	if x.hidden() {
		return
	}
	if s.n != nil && s.n(x) >= 0 {
		s.known([]known{{all, s.n(x)}}, s.at[key], s.shown[key])
	}
	if s.sums != nil {
		s.known(s.sums(x), s.at[key], s.shown[key])
	}
}

// known adds sums of classes of one group.
func (s *system) known(sums []known, at []int, shown []float64) {
	for _, k := range sums {
		e := equation{sum: k.sum}
		for _, c := range k.classes {
			if at[c] >= 0 {
				e.of = append(e.of, at[c])
			} else {
				e.sum -= shown[c]
			}
		}
		if len(e.of) > 0 {
			s.equations = append(s.equations, e)
		}
	}
}

// recoded adds what follows from segments that are recodings of each other.
func (s *dividing) recoded() {
	for _, r := range s.recodings {
		for _, code := range sortedKeys(r.Of) {
			coarse := [2]string{r.Segment, code}
			if s.at[coarse] == nil {
				continue
			}
			for c, class := range s.classes {
				e := equation{sum: s.shown[coarse][c], about: s.name + " · " + r.Segment + " = " + code + " · " + class + " · " + rest}
				if e.sum < 0 {
					continue
				}
				for _, fine := range r.Of[code] {
					key := [2]string{r.From, fine}
					switch {
					case s.at[key] == nil:
					case s.at[key][c] >= 0:
						e.of = append(e.of, s.at[key][c])
					default:
						e.sum -= s.shown[key][c]
					}
				}
				if len(e.of) > 0 {
					s.equations = append(s.equations, e)
				}
			}
		}
	}
}

func sumOf(list []float64) float64 {
	out := 0.0
	for _, x := range list {
		out += x
	}
	return out
}

func each[T any](list []T, of func(T) float64) []float64 {
	out := make([]float64, len(list))
	for i, x := range list {
		out[i] = of(x)
	}
	return out
}

func sortedKeys(m map[string][]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// counted reads a count, −1 where it is not shown.
func (n node) counted(key string) float64 {
	x, ok := n.of(key).value.(float64)
	if !ok || n.hidden() {
		return -1
	}
	return x
}

// share reads a share as the count it stands for, −1 where it is not shown.
func (n node) share(key string, of float64) float64 {
	x, ok := n.of(key).value.(float64)
	if !ok || n.hidden() || of < 0 {
		return -1
	}
	return math.Round(x * of)
}
