package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"manyi/internal/survey"
)

// How a rated answer comes about: the shares of the latent satisfaction, of
// the page and of the item in its variance are the squares of these.
const (
	bySatisfaction = 0.72
	byPage         = 0.35
	byItem         = 0.60
)

// How often respondents do not answer as asked.
const (
	skipping       = 0.015 // of a question that may be skipped
	notApplicable  = 0.03  // where the scale has such an answer
	absentHidden   = 0.02  // a link without its parameter
	straightLiners = 0.03
	speeders       = 0.02
	speed          = 0.12 // of the time the others take
)

// straightAt is where on a scale straight-liners answer.
var straightAt = [3]float64{0.5, 0.75, 1}

// state is what a cell holds.
type state uint8

const (
	absent state = iota // not shown
	empty               // shown, not answered
	answered
	coded // a code that means no answer
)

type cell struct {
	state state
	text  string
	ticks []bool // multiple
}

// round is one wave as it is simulated.
type round struct {
	id    string
	drift float64 // of the mean satisfaction
	from  time.Time
	days  int
}

// wavesOf are the waves to write: the named one, or all that are declared.
func wavesOf(s *survey.Survey, name string) []round {
	var out []round
	for i, w := range s.Waves {
		if name == "" || name == w.ID {
			out = append(out, newRound(s, w, i))
		}
	}
	if len(out) == 0 {
		out = append(out, newRound(s, survey.Wave{ID: name}, 0))
	}
	return out
}

// newRound sets the days of a wave: its period, else the year its name starts
// with, else the year that its place among the waves stands for.
func newRound(s *survey.Survey, w survey.Wave, i int) round {
	r := rand.New(rand.NewPCG(seedOf(s.ID, "wave", w.ID), 1))
	out := round{id: w.ID, drift: float64(i) * (0.06 + 0.04*r.NormFloat64())}
	year := 2025 + i
	if len(w.ID) >= 4 {
		if y, err := strconv.Atoi(w.ID[:4]); err == nil && y >= 1900 && y < 2200 {
			year = y
		}
	}
	out.from = time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	to := time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)
	if w.From != "" {
		out.from, _ = time.Parse(time.DateOnly, w.From) // judged when the survey was read
		to, _ = time.Parse(time.DateOnly, w.To)
	}
	out.days = int(to.Sub(out.from).Hours()/24) + 1
	return out
}

// respondents draws one respondent after the other.
type respondents struct {
	plan   *plan
	wave   round
	prefix string // of every _id
	zone   *time.Location
	rand   *rand.Rand

	id                 string
	language           string
	started, submitted time.Time
	satisfaction       float64
	shift              float64   // what the groups of a profile add to all levels
	factors            []float64 // by page
	straight           float64   // where on every scale a straight-liner answers, 0 to 1; -1 for the others
	cells              []cell    // by column
}

func newRespondents(p *plan, wave round, opt Options) *respondents {
	r := &respondents{
		plan: p, wave: wave, zone: opt.Zone, rand: rand.New(rand.NewPCG(opt.Seed, seedOf(p.survey.ID, wave.id))),
		prefix: fmt.Sprintf("sim-%d-", opt.Seed), factors: make([]float64, p.pages), cells: make([]cell, len(p.columns)),
	}
	if wave.id != "" {
		r.prefix += wave.id + "-"
	}
	for i, c := range p.columns {
		if c.kind == multiple {
			r.cells[i].ticks = make([]bool, len(c.codes))
		}
	}
	return r
}

// next draws respondent number n of the wave.
func (r *respondents) next(n int) {
	r.id = r.prefix + strconv.Itoa(n)
	r.language = ""
	if langs := r.plan.survey.Languages; len(langs) > 0 {
		r.language = langs[0]
		if len(langs) > 1 && r.rand.Float64() < 0.3 {
			r.language = langs[1+r.rand.IntN(len(langs)-1)]
		}
	}
	r.straight = -1
	if r.rand.Float64() < straightLiners {
		r.straight = straightAt[r.rand.IntN(3)]
	}
	r.times()
	for i := range r.factors {
		r.factors[i] = r.rand.NormFloat64()
	}
	r.shift = 0
	r.satisfaction = r.wave.drift + r.rand.NormFloat64()
	for i := range r.plan.columns {
		if r.plan.columns[i].first {
			r.satisfaction += r.draw(i)
		}
	}
	for i := range r.plan.columns {
		if !r.plan.columns[i].first {
			r.draw(i)
		}
	}
}

// times draws when the respondent answered: by day, and for how long.
func (r *respondents) times() {
	day := r.wave.from.AddDate(0, 0, r.rand.IntN(max(r.wave.days, 1)))
	second := 8*3600 + r.rand.IntN(14*3600)
	r.started = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, second, 0, r.zone)
	seconds := min(r.plan.seconds*math.Exp(0.4*r.rand.NormFloat64()), 3600)
	if r.rand.Float64() < speeders {
		seconds = speed * r.plan.seconds
	}
	r.submitted = r.started.Add(time.Duration(seconds) * time.Second)
}
