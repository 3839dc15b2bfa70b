package table

import (
	"maps"
	"slices"

	"manyi/internal/diag"
)

// dropped marks a row that is in no wave's columns.
const dropped = 0xFFFF

// rowsAhead is for how many rows seen prepares at a time.
const rowsAhead = 64

// joiner puts the rows of all files into waves, in the order of the files.
type joiner struct {
	plan     *plan
	parts    []*part
	problems *diag.List
	answers  *Answers
	index    map[string]int // wave -> index into answers.Waves
	seen     *seen
	spent    map[[2]uint64]bool // invitations that are good once and were used
	shares   [][]bool           // by part and wave: the file is one of the wave's
	broken   []brokenOff
	days     [][2]uint32 // by wave: earliest and latest day
}

func join(p *plan, parts []*part, problems *diag.List) *Answers {
	j := &joiner{plan: p, parts: parts, problems: problems, answers: &Answers{}, index: map[string]int{}, spent: map[[2]uint64]bool{}}
	j.makeWaves()
	j.seen = newSeen(parts)
	for i := range parts {
		j.count(i)
	}
	j.fieldwork()
	j.seen = nil
	for _, p := range parts {
		p.state, p.idents = nil, nil
	}
	j.weights()
	j.asides()
	j.columns()
	j.answers.Count.Read += len(p.opt.Forgotten)
	j.answers.Count.Withdrawn += len(p.opt.Forgotten)
	for i, w := range j.answers.Waves {
		w.First, w.Last = formatDay(j.days[i][0]), formatDay(j.days[i][1])
		j.answers.Count = j.answers.Count.Add(w.Count)
	}
	return j.answers
}

// makeWaves makes the declared waves or, without them, those found.
func (j *joiner) makeWaves() {
	names := j.plan.opt.Waves
	if len(names) == 0 {
		found := map[string]bool{}
		for _, p := range j.parts {
			for _, wave := range p.waves {
				found[wave] = true
			}
			if p.source.Wave != "" {
				found[p.source.Wave] = true
			}
		}
		names = slices.Sorted(maps.Keys(found))
	}
	if len(names) == 0 {
		names = []string{""}
	}
	for i, name := range names {
		j.index[name] = i
		j.answers.Waves = append(j.answers.Waves, &Wave{ID: name, Columns: map[string]*Column{}})
	}
	j.days = make([][2]uint32, len(names))
	j.shares = make([][]bool, len(j.parts))
	for i := range j.shares {
		j.shares[i] = make([]bool, len(names))
	}
}

// count accounts for the rows of one file and turns part.wave into indices
// into answers.Waves, dropped where a row does not count.
func (j *joiner) count(i int) {
	p := j.parts[i]
	j.problems.Merge(&p.problems)
	for _, column := range p.unknown {
		j.answers.Unknown = append(j.answers.Unknown, UnknownColumn{p.source.Name, column})
	}
	whole := &j.answers.Count
	if wave, ok := j.index[p.source.Wave]; ok && p.source.Wave != "" {
		whole = &j.answers.Waves[wave].Count
		j.shares[i][wave] = true
	}
	whole.Read += p.count.Rejected + p.count.Unmatched
	whole.Rejected += p.count.Rejected
	whole.Unmatched += p.count.Unmatched
	whole.Sealed += p.count.Sealed
	whole.SealedFiles += p.count.SealedFiles
	whole.Partial += p.open
	if p.partial(unstamped) {
		whole.Partial += p.keyless
	}
	bad, others, simulated := p.bad, p.others, p.simulated
	j.number(p)
	for row := range p.rows {
		if row%rowsAhead == 0 {
			j.seen.prepare(p, row, row+rowsAhead)
		}
		wave := int(p.wave[row])
		cells := 0
		if len(bad) > 0 && int(bad[0].row) == row {
			cells, bad = int(bad[0].cells), bad[1:]
		}
		other := len(others) > 0 && int(others[0]) == row
		if other {
			others = others[1:]
		}
		made := len(simulated) > 0 && int(simulated[0]) == row
		if made {
			simulated = simulated[1:]
		}
		if !j.countRow(i, row, wave, cells) {
			p.wave[row] = dropped
			p.only = -1
			continue
		}
		if other {
			j.answers.Waves[wave].Count.OtherVersion++
		}
		if made {
			w := j.answers.Waves[wave]
			w.Count.Simulated++
			w.Simulated = append(w.Simulated, int32(w.Rows-1))
		}
	}
	p.waves, p.days, p.bad, p.others, p.simulated = nil, nil, nil, nil, nil
}

// number turns the waves of a file's rows into indices into answers.Waves.
func (j *joiner) number(p *part) {
	p.only = -1
	if len(p.waves) == 1 {
		p.only = j.index[p.waves[0]]
	}
	to := make([]uint16, len(p.waves))
	for i, wave := range p.waves {
		to[i] = uint16(j.index[wave])
	}
	for row, wave := range p.wave {
		p.wave[row] = to[wave]
	}
}

// countRow accounts for one row and reports whether it counts.
func (j *joiner) countRow(i, row, wave, badCells int) bool {
	p, w := j.parts[i], j.answers.Waves[wave]
	w.Count.Read++
	fate, use := p.fateOf(row)
	if fate != Admitted {
		w.Count.turn(fate)
		return false
	}
	partial := p.partial(p.state[row])
	if partial {
		w.Count.Partial++
	}
	if partial && !j.plan.opt.Partials { // it claims no _id: the complete response may come after it
		w.Count.Excluded++
		if j.plan.opt.Field {
			j.broken = append(j.broken, brokenOff{i, row, wave, p.furthest(row)})
		}
		return false
	}
	if first, at, again := j.seen.add(i, row, wave); again {
		if sameAnswers(p, row, first, at) && partial == first.partial(first.state[at]) {
			w.Count.Duplicate++
			return false
		}
		w.Count.Conflict++
		j.conflict(p, row, first, at)
		return false
	}
	if use != [2]uint64{} {
		if j.spent[use] {
			w.Count.turn(Again)
			return false
		}
		j.spent[use] = true
	}
	w.Rows++
	w.Count.Counted++
	if j.plan.opt.Field {
		j.tally(i, row, wave, partial)
	}
	w.Count.BadCells += badCells
	if !partial {
		w.Count.Complete++
	} else {
		w.Partials = append(w.Partials, int32(w.Rows-1))
	}
	if p.weights != nil && p.weights[row] == 0 {
		w.Count.NoWeight++
	}
	day := uint32(0)
	if row < len(p.days) {
		day = p.days[row]
	}
	if day != 0 {
		j.days[wave] = span(j.days[wave], day)
	}
	if j.plan.opt.Days {
		w.Days = append(w.Days, day)
	}
	j.shares[i][wave] = true
	return true
}

// span widens a range of days to hold day; 0 is none.
func span(days [2]uint32, day uint32) [2]uint32 {
	if days[0] == 0 || day < days[0] {
		days[0] = day
	}
	return [2]uint32{days[0], max(days[1], day)}
}

func (j *joiner) conflict(p *part, row int, first *part, at int) {
	place := diag.Place{File: first.source.Name, Line: int(first.idents[at].line)}
	j.problems.Add(diag.Problem{
		Severity: diag.Warning,
		Code:     "conflict",
		Place:    diag.Place{File: p.source.Name, Line: int(p.idents[row].line)},
		Summary:  diag.Say("the response has the _id of %s but other answers", place),
		Cure:     diag.Say("the first counts; delete the one that is wrong"),
	})
}

// weights gives every wave its weights, in the order of its rows.
func (j *joiner) weights() {
	if j.plan.opt.Weight == "" {
		return
	}
	for _, w := range j.answers.Waves {
		w.Weights = make([]float64, 0, w.Rows)
	}
	for i, p := range j.parts {
		if !p.hasWeight && !p.later && slices.Contains(j.shares[i], true) {
			j.noWeight(p)
		}
	}
	for _, p := range j.parts {
		for row, wave := range p.wave {
			if wave != dropped {
				w := j.answers.Waves[wave]
				w.Weights = append(w.Weights, p.weights[row])
			}
		}
		p.weights = nil
	}
}

func (j *joiner) noWeight(p *part) {
	j.problems.Add(diag.Problem{
		Severity: diag.Error,
		Code:     "no-weight",
		Place:    diag.Place{File: p.source.Name},
		Summary:  diag.Say("the file has no weight column %q", j.plan.opt.Weight),
		Cure:     diag.Say("add the column, or map it under columns"),
		Rule:     j.plan.opt.WeightRule,
	})
}
