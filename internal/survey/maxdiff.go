package survey

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"

	"manyi/internal/diag"
)

// Usual sizes of a max_diff: four items at once, each item three times.
// Source: Orme, "MaxDiff analysis: simple counting, individual-level logit,
// and HB", Sawtooth Software 2009 (4–5 items a task, each seen 3 times or more).
const (
	usualPerTask = 4
	usualTimes   = 3
	mostTasks    = 60
)

// judgeMaxDiff settles how many tasks there are and checks that a design
// exists in which every item is shown equally often.
func (r *reader) judgeMaxDiff(q *Question, have found) {
	n := len(q.Items)
	if n == 0 {
		return
	}
	if n < 3 {
		r.fail(have["items"].key, "wrong-bounds", diag.Say("add items, or use type single_choice"), diag.Say("max_diff compares 3 items or more"))
		return
	}
	if q.PerTask == 0 {
		q.PerTask = min(usualPerTask, n)
	}
	switch {
	case q.PerTask > n:
		r.fail(have["per_task"].value, "wrong-bounds", diag.Say("write %d or less", n), diag.Say("per_task %d is more than the %d items", q.PerTask, n))
		return
	case q.PerTask < 3:
		r.fail(have["per_task"].value, "wrong-bounds", diag.Say("write 3 or more"), diag.Say("with %d items at once the best one decides the worst one", q.PerTask))
		return
	}
	if q.Tasks == 0 {
		q.Tasks = evenTasks(n, q.PerTask, (usualTimes*n+q.PerTask-1)/q.PerTask)
		if q.PerTask == n {
			q.Tasks = 1
		}
		if q.Tasks > mostTasks {
			r.fail(have["items"].key, "wrong-bounds", diag.Say("write per_task: with a number that %d can be divided by", n),
				diag.Say("showing each of %d items equally often, %d at once, needs %d tasks", n, q.PerTask, q.Tasks))
			q.Tasks = 0
		}
		return
	}
	if q.Tasks*q.PerTask%n != 0 {
		less, more := q.Tasks, evenTasks(n, q.PerTask, q.Tasks)
		for less > 0 && less*q.PerTask%n != 0 {
			less--
		}
		cure := diag.Say("write tasks: %d", more)
		if less > 0 {
			cure = diag.Say("write tasks: %d or %d", less, more)
		}
		r.fail(have["tasks"].value, "uneven-design", cure, diag.Say("%d tasks of %d cannot show each of %d items equally often", q.Tasks, q.PerTask, n))
	}
}

// evenTasks is the least number of tasks, from least on, in which every item is shown equally often.
func evenTasks(n, perTask, least int) int {
	for t := max(least, 1); ; t++ {
		if t*perTask%n == 0 {
			return t
		}
	}
}

// Design returns the items shown in each task of a max_diff: every item
// equally often, and every pair of items together as equally often as the
// search finds. It depends on the definition alone: on the question's id, the
// ids of its items and the sizes. It is nil where there is no design.
//
// The search exchanges items between tasks while that lowers the sum of
// squares of the pair counts, from several random starts, and stops where no
// two pair counts differ by more than 1, which is the optimum.
// Source: the exchange procedure for block designs, Nguyen, Technometrics
// 36(1), 1994, with the pair counts as criterion.
func (q *Question) Design() [][]string {
	n, tasks := len(q.Items), q.Tasks
	if q.Type != MaxDiff || n < 2 || tasks < 1 || q.PerTask < 2 || q.PerTask > n || tasks*q.PerTask%n != 0 {
		return nil
	}
	random := rand.New(rand.NewPCG(q.designSeed(), 2))
	var best *design
	for range designStarts {
		d := newDesign(n, tasks, q.PerTask, random)
		d.improve(random)
		if best == nil || d.cost() < best.cost() {
			best = d
		}
		if best.balanced() {
			break
		}
	}
	out := make([][]string, tasks)
	for t, set := range best.sets {
		random.Shuffle(len(set), func(i, j int) { set[i], set[j] = set[j], set[i] })
		for _, item := range set {
			out[t] = append(out[t], q.Items[item].ID)
		}
	}
	return out
}

const (
	designStarts = 12
	designRounds = 40
)

func (q *Question) designSeed() uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(q.ID + "\n" + strconv.Itoa(q.Tasks) + "\n" + strconv.Itoa(q.PerTask)))
	for _, item := range q.Items {
		_, _ = h.Write([]byte("\n" + item.ID))
	}
	return h.Sum64()
}

// design is the sets of items of the tasks, and how often each pair is together.
type design struct {
	sets  [][]int
	in    [][]bool // by task and item
	pairs [][]int
}

// newDesign fills the tasks one by one with the items that were shown least, ties at random.
func newDesign(n, tasks, perTask int, random *rand.Rand) *design {
	d := &design{pairs: make([][]int, n)}
	for i := range d.pairs {
		d.pairs[i] = make([]int, n)
	}
	shown, order := make([]int, n), make([]int, n)
	for i := range order {
		order[i] = i
	}
	for range tasks {
		random.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(shown[a], shown[b]) })
		set, in := slices.Clone(order[:perTask]), make([]bool, n)
		for _, item := range set {
			shown[item]++
			in[item] = true
		}
		d.sets, d.in = append(d.sets, set), append(d.in, in)
		d.count(set, 1)
	}
	return d
}

func (d *design) count(set []int, by int) {
	for _, a := range set {
		for _, b := range set {
			if a != b {
				d.pairs[a][b] += by
			}
		}
	}
}

func (d *design) cost() int {
	sum := 0
	for _, row := range d.pairs {
		for _, n := range row {
			sum += n * n
		}
	}
	return sum
}

// balanced reports whether no two pairs differ by more than 1.
func (d *design) balanced() bool {
	low, high := d.pairs[0][1], d.pairs[0][1]
	for a := range d.pairs {
		for b := range a {
			low, high = min(low, d.pairs[a][b]), max(high, d.pairs[a][b])
		}
	}
	return high-low <= 1
}

// improve exchanges items of two tasks, which keeps how often each is shown,
// as long as that does not make the pairs less even.
func (d *design) improve(random *rand.Rand) {
	k := len(d.sets[0])
	if k == len(d.pairs) {
		return
	}
	for range designRounds * len(d.sets) * k * 4 {
		a, b := random.IntN(len(d.sets)), random.IntN(len(d.sets))
		i, j := random.IntN(k), random.IntN(k)
		x, y := d.sets[a][i], d.sets[b][j]
		if a == b || d.in[a][y] || d.in[b][x] {
			continue
		}
		if d.gain(a, b, x, y)+d.gain(b, a, y, x) <= 0 {
			d.exchange(a, i, y)
			d.exchange(b, j, x)
		}
	}
}

// gain is half of what the sum of squares over pairs rises by where x of a task
// is exchanged for y of another; items that both tasks have do not change.
func (d *design) gain(task, another, x, y int) int {
	sum := 0
	for _, other := range d.sets[task] {
		if other != x && !d.in[another][other] {
			sum += d.pairs[y][other] - d.pairs[x][other] + 1
		}
	}
	return sum
}

func (d *design) exchange(task, at, item int) {
	d.count(d.sets[task], -1)
	d.in[task][d.sets[task][at]] = false
	d.sets[task][at] = item
	d.in[task][item] = true
	d.count(d.sets[task], 1)
}
