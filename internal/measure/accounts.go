package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/table"
)

// Accounts is the answers of business customers rolled up: an account's score is
// the mean of its roles' scores, weighted by what the roles count, and a role's
// score the mean of its people on 0–100. All accounts count alike, whatever
// their number of people. The interval is Student's over the accounts.
type Accounts struct {
	Common
	Item     string       `json:"item"`
	Accounts int          `json:"accounts"`
	Single   int          `json:"single"` // accounts with one respondent
	Missing  int          `json:"missing"`
	Score    Number       `json:"score"`
	CI95     Interval     `json:"ci95"`
	SD       Number       `json:"sd"`
	Roles    []*RoleScore `json:"roles,omitempty"`
	Named    []*Account   `json:"named"` // those that allow it and are large enough

	estimate stat.Estimate
}

// RoleScore is the answers of everybody in one role.
type RoleScore struct {
	Role       string   `json:"role"`
	Weight     Number   `json:"weight"`
	N          int      `json:"n"`
	Score      Number   `json:"score"`
	CI95       Interval `json:"ci95"`
	Suppressed bool     `json:"suppressed,omitempty"`
}

// Account is one account whose people all allow it to be named.
type Account struct {
	Name  string `json:"name"`
	N     int    `json:"n"`
	Score Number `json:"score"`
}

func (a *Accounts) figures() []figure {
	return []figure{{path: "score", kind: "accounts", estimate: a.estimate}}
}

// yes are the codes that allow an account to be named.
var yes = []string{"1", "yes", "y", "true", "agree"}

// roll is the answers of one account.
type roll struct {
	n       int
	sums    []float64 // of scores by role, the last those without a role
	people  []int
	refused bool
}

func (w *wave) accounts() *Accounts {
	d := w.survey.Accounts
	if d == nil {
		return nil
	}
	item, ok := w.headline()
	if d.Score != "" {
		item, ok = w.askedOf(d.Score)
	}
	id := w.columns[d.ID]
	scores, known := w.scores(item.item.ID)
	if !ok || !known || id == nil || id.Absent || id.Field.Kind == table.Number || id.Field.Kind == table.Text {
		return nil
	}
	out := &Accounts{Common: Common{Method: "accounts", Warnings: []string{}}, Item: item.item.ID, Named: []*Account{}}
	role := w.columns[d.Role]
	roles, weights := w.roles(role)
	rolls := out.gather(w, id, role, len(roles), scores)
	out.roll(rolls, weights, id.Codes, w.minCell)
	if len(roles) > 0 {
		out.byRole(w, roles, weights, item)
	}
	if hide([]int{out.N}, out.N, w.minCell)[0] || out.Accounts > 0 && out.Accounts < w.minCell {
		out.suppress()
	}
	return out
}

// gather sums the answers by account and role.
func (a *Accounts) gather(w *wave, id, role *table.Column, roles int, scores values) []roll {
	consent := w.columns[w.survey.Accounts.Consent]
	rolls := make([]roll, len(id.Codes))
	for i := range w.table.Rows {
		account, why := id.Code(i)
		if why != table.Answered {
			a.Missing++
			continue
		}
		x := scores.at(i)
		if math.IsNaN(x) {
			continue
		}
		at := roles // without a role
		if roles > 0 {
			if k, reason := role.Code(i); reason == table.Answered {
				at = k
			}
		}
		rolls[account].add(at, roles+1, x, allows(consent, i))
		a.N++
	}
	return rolls
}

// suppress leaves nothing but the counts of a roll-up of few people or accounts.
func (a *Accounts) suppress() {
	nan := undefined()
	*a = Accounts{Common: Common{Method: "accounts", Warnings: []string{"min_cell"}}, Item: a.Item, Named: []*Account{}, Score: nan, CI95: Interval{nan, nan}, SD: nan, estimate: stat.Mean(nil)}
}

func (r *roll) add(role, roles int, score float64, allowed bool) {
	if r.sums == nil {
		r.sums, r.people = make([]float64, roles), make([]int, roles)
	}
	r.n++
	r.sums[role] += score
	r.people[role]++
	r.refused = r.refused || !allowed
}

// score is the mean over the roles that answered, weighted by what they count.
func (r *roll) score(weights []float64) float64 {
	sum, total := 0.0, 0.0
	for k, n := range r.people {
		if n > 0 {
			sum += weights[k] * r.sums[k] / float64(n)
			total += weights[k]
		}
	}
	return sum / total
}

// roles are the codes of the roles with their weights, and at the end that of no role.
func (w *wave) roles(c *table.Column) (codes []string, weights []float64) {
	if c == nil || c.Absent || c.Field.Kind == table.Number || len(c.Codes) > maxGroups {
		return nil, []float64{1}
	}
	for _, code := range c.Codes {
		weight := 1.0
		for _, d := range w.survey.Accounts.Weights {
			if d.Role == code {
				weight = d.Weight
			}
		}
		codes, weights = append(codes, code), append(weights, weight)
	}
	return codes, append(weights, 1)
}

func allows(c *table.Column, row int) bool {
	if c == nil || c.Absent || c.Field.Kind == table.Number || c.Field.Kind == table.Text {
		return false
	}
	code, why := c.Code(row)
	return why == table.Answered && slices.Contains(yes, c.Codes[code])
}

// roll makes the figures of all accounts, and names those that may be named.
func (a *Accounts) roll(rolls []roll, weights []float64, names []string, k int) {
	var points []stat.Point
	var large []*Account
	for i, r := range rolls {
		x := r.score(weights)
		if r.n == 0 || math.IsNaN(x) {
			continue
		}
		a.Accounts++
		if r.n == 1 {
			a.Single++
		}
		points = append(points, stat.Point{Value: x, N: 1, W: 1, W2: 1})
		if !r.refused && r.n >= k {
			large = append(large, &Account{names[i], r.n, Number(x)})
		}
	}
	a.estimate = stat.Mean(points)
	a.Score, a.CI95, a.SD = Number(a.estimate.Value), interval(a.estimate), Number(stat.SD(points))
	n := make([]int, len(large))
	for i, one := range large {
		n[i] = one.N
	}
	for i, hidden := range hide(n, a.N, k) {
		if !hidden {
			a.Named = append(a.Named, large[i])
		}
	}
}

// byRole is the score of everybody in each role.
func (a *Accounts) byRole(w *wave, roles []string, weights []float64, item asked) {
	g := segment(w.columns[w.survey.Accounts.Role], w.table.Rows)
	c := w.columns[item.item.ID]
	whole := tallies(c, everyone(w.table.Rows), w.weights)[0]
	n := make([]int, len(roles))
	for k, t := range tallies(c, g, w.weights) {
		q := item.question(&t, whole.valid.N)
		n[k] = t.valid.N
		a.Roles = append(a.Roles, &RoleScore{Role: roles[k], Weight: Number(weights[k]), N: t.valid.N, Score: q.Score.Value, CI95: q.Score.CI95})
	}
	for k, hidden := range hide(n, whole.valid.N, w.minCell) {
		if hidden {
			nan := undefined()
			if w.columns[w.survey.Accounts.Role].Field.Kind == table.Open {
				a.Roles[k].N = 0 // what a respondent's address held is not shown, not even as a name
				continue
			}
			a.Roles[k] = &RoleScore{Role: roles[k], Weight: Number(weights[k]), Score: nan, CI95: Interval{nan, nan}, Suppressed: true}
		}
	}
	a.Roles = slices.DeleteFunc(a.Roles, func(r *RoleScore) bool { return r.N == 0 && !r.Suppressed })
}
