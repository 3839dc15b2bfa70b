package simulate

import (
	"math"
	"slices"

	"manyi/internal/survey"
)

// profile is what the author's profile makes of a column; the zero value is of none.
type profile struct {
	given   bool      // its shares are the author's
	adds    []float64 // nominal: what each code adds to the levels of its people; on average 0
	borders []float64 // rated: between the answers, on the latent scale; nil without a profile
	slope   float64   // rated: what the mean position gains by one of the latent scale
	centre  float64   // number: where its values lie on the latent scale
}

// varied is the spread of levels among columns that the author gives no level of their own.
const varied = 0.05

// follow gives the columns what the author's profile says of them; without one nothing changes.
func (p *plan) follow() {
	author := p.survey.Simulate
	if author == nil {
		return
	}
	spread := 1.0 // variance of the satisfaction
	for i := range p.columns {
		c := &p.columns[i]
		c.takeShares(sharesOf(author, c))
		if c.kind == nominal || c.kind == label {
			spread += c.centreShifts(author.Shifts[c.id])
		}
	}
	p.spread = math.Sqrt(bySatisfaction*bySatisfaction*spread + byPage*byPage + byItem*byItem)
	for i := range p.columns {
		p.takeLevel(&p.columns[i], author)
	}
	for _, g := range p.groups {
		for i, f := range g.question.Features {
			if class, ok := author.Kano[g.question.ID+"_"+f.ID]; ok {
				g.classes[i] = kanoLetters[class]
			}
		}
	}
}

var kanoLetters = map[string]byte{"must_be": 'M', "one_dimensional": 'O', "attractive": 'A', "indifferent": 'I', "reverse": 'R'}

// sharesOf are the shares of the column, else those of its question.
func sharesOf(author *survey.Profile, c *column) map[string]float64 {
	if shares, ok := author.Shares[c.id]; ok {
		return shares
	}
	return author.Shares[c.question]
}

// takeShares sets how likely the codes are. Those of one answer are rescaled,
// codes without a share are not drawn; of several choices each stands for itself.
func (c *column) takeShares(shares map[string]float64) {
	if shares == nil {
		return
	}
	if c.kind == multiple {
		c.takeTicks(shares)
		return
	}
	sum, unsure := 0.0, 0.0
	given := make([]float64, len(c.codes))
	for i, code := range c.codes {
		given[i] = shares[code]
		sum += given[i]
	}
	for _, code := range c.missing {
		unsure += shares[code]
	}
	if unsure > 0 {
		c.unsure = unsure / max(1, sum+unsure)
		c.missing = slices.DeleteFunc(slices.Clone(c.missing), func(code string) bool { return shares[code] == 0 })
	}
	if sum == 0 {
		return
	}
	if unsure > 0 {
		c.unsure = unsure / (sum + unsure)
	}
	for i := range given {
		given[i] /= sum
	}
	c.shares, c.given = given, true
}

// takeTicks sets how likely each choice of several is; an exclusive one leaves the others out.
func (c *column) takeTicks(shares map[string]float64) {
	alone, any := 0.0, false
	for i, code := range c.codes {
		if f, ok := shares[code]; ok {
			c.shares[i] = f
			any = any || c.alone[i]
		} else if c.alone[i] {
			c.shares[i] = 0
		}
		if c.alone[i] {
			alone += c.shares[i]
		}
	}
	c.given = true
	if !any {
		return
	}
	c.exclusive = min(alone, 1)
	for i := range c.shares {
		if !c.alone[i] && c.exclusive < 1 {
			c.shares[i] = min(c.shares[i]/(1-c.exclusive), 1)
		}
	}
}

// centreShifts takes the author's shifts, or keeps those drawn, so that their
// mean is 0 and levels stay what they are on average. It returns what the drawn
// ones add to the variance of the satisfaction.
func (c *column) centreShifts(author map[string]float64) float64 {
	if !c.first || len(c.shares) == 0 {
		return 0
	}
	centred := func(of func(i int) float64) (out []float64, variance float64) {
		mean := 0.0
		for i, share := range c.shares {
			mean += share * of(i)
		}
		for i, share := range c.shares {
			out = append(out, of(i)-mean)
			variance += share * out[i] * out[i]
		}
		return out, variance
	}
	if author != nil {
		c.adds, _ = centred(func(i int) float64 { return author[c.codes[i]] })
		clear(c.shifts)
		return 0
	}
	var variance float64
	c.shifts, variance = centred(func(i int) float64 { return c.shifts[i] })
	return variance
}

// takeLevel finds the borders between the answers of a rated column: those that
// give its shares, else those by which its mean position is its level.
func (p *plan) takeLevel(c *column, author *survey.Profile) {
	level, own := author.Levels[c.id]
	if !own {
		var of bool
		if level, of = author.Levels[c.question]; !of {
			level = author.Level
		}
		level += varied * min(max((c.offset-usualOffset)/offsetSpread, -2), 2)
	}
	switch {
	case c.kind == number && own:
		c.centre = math.Sqrt(1+p.spreadOf(c)*p.spreadOf(c)) * normalQuantile(inner(level))
		c.slope = 0.3
	case c.kind == nominal && own && !c.given && len(c.codes) > 1: // a segment of ordered codes
		borders := p.levelled(c, level)
		for i := range c.shares {
			c.shares[i] = p.below(borders, i) - p.below(borders, i-1)
		}
	case c.kind != rated || len(c.codes) < 2:
		return
	case c.given:
		sum := 0.0
		for _, share := range c.shares[:len(c.shares)-1] {
			sum += share
			c.borders = append(c.borders, p.spread*normalQuantile(min(sum, 1)))
		}
	default:
		c.borders = p.levelled(c, level)
	}
	if c.borders != nil {
		c.slope = max(p.slopeAt(c.borders), 0.05)
	}
}

// spreadOf is the standard deviation of what a number is drawn from: a slider follows the satisfaction.
func (p *plan) spreadOf(c *column) float64 {
	if c.as == survey.Slider {
		return p.spread
	}
	return byItem
}

// below is the share of answers up to i.
func (p *plan) below(borders []float64, i int) float64 {
	switch {
	case i < 0:
		return 0
	case i >= len(borders):
		return 1
	}
	return normal(borders[i] / p.spread)
}

// levelled are the usual borders, moved so that the mean position of the answers is the level.
func (p *plan) levelled(c *column, level float64) []float64 {
	last := len(c.codes) - 1
	low, step := usualBorders(last)
	liners := 0.0 // where straight-liners answer
	for _, at := range straightAt {
		liners += math.Round(at*float64(last)) / float64(last) / float64(len(straightAt))
	}
	if c.reverse {
		liners = 1 - liners
	}
	want := inner((level - straightLiners*liners) / (1 - straightLiners))
	borders := make([]float64, last)
	from, to := -20.0, 20.0
	for range 60 {
		middle, mean := (from+to)/2, 0.0
		for k := range borders {
			borders[k] = low + step*float64(k) - middle
			mean += normal(-borders[k]/p.spread) / float64(last)
		}
		if mean < want {
			from = middle
		} else {
			to = middle
		}
	}
	return borders
}

// slopeAt is what the mean position gains by one of the latent scale.
func (p *plan) slopeAt(borders []float64) float64 {
	out := 0.0
	for _, b := range borders {
		z := b / p.spread
		out += math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) / p.spread / float64(len(borders))
	}
	return out
}

// inner keeps a share away from the ends, which no finite value stands for.
func inner(share float64) float64 { return min(max(share, 0.005), 0.995) }

func normal(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

func normalQuantile(share float64) float64 { return -math.Sqrt2 * math.Erfcinv(2*share) }

// position is where between its bounds a number with a level lies.
func (r *respondents) position(c *column) float64 {
	v := byItem * r.rand.NormFloat64()
	if c.as == survey.Slider {
		v += bySatisfaction*r.satisfaction + byPage*r.factors[c.page]
	}
	return normal(v + c.centre + r.shift/c.slope)
}

// choice is a choice of several to change: any of them, or one that is not
// ticked by the author's shares.
func (r *respondents) choice(c *column, ticks []bool, more bool) int {
	if !more || !c.given {
		return r.rand.IntN(len(ticks))
	}
	var open []int
	for i, ticked := range ticks {
		if !ticked && !c.alone[i] {
			open = append(open, i)
		}
	}
	return r.weighed(c, open)
}

// weighed returns one of the places by its share; all alike where the author gives none.
func (r *respondents) weighed(c *column, places []int) int {
	if !c.given {
		return places[r.rand.IntN(len(places))]
	}
	sum := 0.0
	for _, i := range places {
		sum += c.shares[i]
	}
	u := sum * r.rand.Float64()
	for _, i := range places {
		if u -= c.shares[i]; u < 0 {
			return i
		}
	}
	return places[r.rand.IntN(len(places))]
}
