package simulate

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/survey"
)

// together is the columns of one question whose answers hang together: a
// ranking, points to give away, best and worst, a pair of kano questions, the
// levels of a cascade. They are drawn at its first column.
type together struct {
	question *survey.Question
	columns  []int
	liking   []float64  // of each item, by most respondents
	sets     [][]string // of a max_diff
	classes  []byte     // of each feature of a kano question
}

// itself is how much respondents differ in what they like.
const itself = 0.8

// several adds the columns of a question whose answers hang together.
func (p *plan) several(q *survey.Question, c column) {
	t := together{question: q, sets: nil}
	add := func(end string) {
		c.id, c.kind, c.group = q.ID+end, drawn, len(p.groups)
		t.columns = append(t.columns, len(p.columns))
		p.add(c)
	}
	c.numeric = q.Type == survey.Ranking || q.Type == survey.ConstantSum
	rows := slices.Concat(q.Items, q.Features, q.Levels)
	switch q.Type {
	case survey.MaxDiff:
		t.sets = q.Design()
		for task := range t.sets {
			name := strings.TrimPrefix(survey.TaskColumn(q.ID, task), q.ID)
			add(name + "_best")
			add(name + "_worst")
		}
	case survey.KanoPairs:
		for _, row := range rows {
			add("_" + row.ID + "_f")
			add("_" + row.ID + "_d")
		}
	default:
		for _, row := range rows {
			add("_" + row.ID)
		}
	}
	r := rand.New(rand.NewPCG(seedOf(p.survey.ID, q.ID), 2))
	for range rows {
		t.liking = append(t.liking, r.NormFloat64())
		t.classes = append(t.classes, "AAOOOMMMIR"[r.IntN(10)])
	}
	p.seconds += 3 * float64(len(t.columns))
	p.groups = append(p.groups, t)
}

// together draws all columns of a group, at its first.
func (r *respondents) together(i int) {
	t := &r.plan.groups[r.plan.columns[i].group]
	if t.columns[0] != i {
		return
	}
	shown := r.plan.columns[i].shown.holds(r)
	for _, c := range t.columns {
		r.cells[c].state, r.cells[c].text = absent, ""
		if shown {
			r.cells[c].state = empty
		}
	}
	if !shown || !t.question.Required && r.rand.Float64() < skipping {
		return
	}
	own := make([]float64, len(t.liking))
	for k, x := range t.liking {
		own[k] = x + itself*r.rand.NormFloat64()
	}
	switch t.question.Type {
	case survey.Ranking:
		r.ranks(t, own)
	case survey.ConstantSum:
		r.points(t, own)
	case survey.MaxDiff:
		r.bestWorst(t, own)
	case survey.KanoPairs:
		r.pairs(t)
	case survey.Cascade:
		r.cascade(t)
	}
}

func (r *respondents) say(column int, text string) {
	r.cells[column].state, r.cells[column].text = answered, text
}

// order are the items from the most liked to the least.
func order(own []float64) []int {
	out := make([]int, len(own))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(own[b], own[a]) })
	return out
}

func (r *respondents) ranks(t *together, own []float64) {
	for rank, item := range order(own) {
		if most := t.question.MaxChoices; most == 0 || rank < most {
			r.say(t.columns[item], strconv.Itoa(rank+1))
		}
	}
}

// points gives the total away in whole numbers, by liking, within the bounds of one item.
func (r *respondents) points(t *together, own []float64) {
	q := t.question
	total, low, high := 100.0, 0.0, math.Inf(1)
	if q.Total != nil {
		total = *q.Total
	}
	if q.Min != nil {
		low = math.Ceil(*q.Min)
	}
	if q.Max != nil {
		high = math.Floor(*q.Max)
	}
	sum := 0.0
	for i := range own {
		own[i] = math.Exp(own[i])
		sum += own[i]
	}
	given, rest := make([]float64, len(own)), total
	for i := range own {
		given[i] = min(max(math.Floor(own[i]/sum*total), low), high)
		rest -= given[i]
	}
	for _, i := range order(own) { // what rounding and the bounds left, the most liked first
		move := min(max(rest, low-given[i]), high-given[i])
		given[i] += move
		rest -= move
	}
	for i, x := range given {
		r.say(t.columns[i], strconv.FormatFloat(x, 'f', -1, 64))
	}
}

func (r *respondents) bestWorst(t *together, own []float64) {
	for task, set := range t.sets {
		best, worst := -1, -1
		for _, id := range set {
			i := slices.IndexFunc(t.question.Items, func(row survey.Row) bool { return row.ID == id })
			if best < 0 || own[i] > own[best] {
				best = i
			}
			if worst < 0 || own[i] < own[worst] {
				worst = i
			}
		}
		r.say(t.columns[2*task], t.question.Items[best].ID)
		r.say(t.columns[2*task+1], t.question.Items[worst].ID)
	}
}

// kanoAnswers are the usual answers to a pair, by class of the feature: places
// among like, must be, neutral, live with, dislike.
var kanoAnswers = map[byte][2]int{'A': {0, 2}, 'O': {0, 4}, 'M': {1, 4}, 'I': {2, 2}, 'R': {4, 0}}

// astray is how often an answer to a kano question is not the usual one.
const astray = 0.25

func (r *respondents) pairs(t *together) {
	codes := t.question.Scale.Codes()
	if len(codes) != 5 {
		return
	}
	for i := range t.classes {
		usual := kanoAnswers[t.classes[i]]
		for k, at := range usual {
			if r.rand.Float64() < astray {
				at = min(max(at+r.rand.IntN(3)-1, 0), len(codes)-1)
			}
			r.say(t.columns[2*i+k], codes[at])
		}
	}
}

func (r *respondents) cascade(t *together) {
	branches := t.question.Branches
	for _, column := range t.columns {
		if len(branches) == 0 {
			return
		}
		b := branches[r.rand.IntN(len(branches))]
		r.say(column, b.Code)
		branches = b.Branches
	}
}

// written is a text of a type with a form of its own, marked as made up by its domain or zeros.
func (r *respondents) written(t survey.Type) string {
	switch t {
	case survey.Email:
		return fmt.Sprintf("simulated%d@example.com", r.rand.IntN(9000)+1000)
	case survey.Phone:
		return fmt.Sprintf("+000 0000 %04d", r.rand.IntN(10000))
	case survey.URL:
		return fmt.Sprintf("https://example.com/%d", r.rand.IntN(9000)+1000)
	case survey.Date:
		return r.submitted.AddDate(0, 0, -r.rand.IntN(90)).Format("2006-01-02")
	}
	return fmt.Sprintf("%02d:%02d", 8+r.rand.IntN(12), r.rand.IntN(4)*15)
}
