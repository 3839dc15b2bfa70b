package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Profile is how simulated answers are drawn. It is no part of what the
// questionnaire is, and nothing but the simulation reads it.
type Profile struct {
	Level  float64                       // where rated answers lie on average: 0 the worst code, 1 the best
	Levels map[string]float64            // question or column -> its level, where it is another
	Shares map[string]map[string]float64 // question or column -> code -> share; of several choices each for itself
	Shifts map[string]map[string]float64 // column -> code -> what is added to all levels of those who have it
	Kano   map[string]string             // question_feature -> class
}

// usualLevel is the level of a profile that gives none.
const usualLevel = 0.65

// kanoClasses are the classes a feature can be drawn from.
var kanoClasses = []string{"must_be", "one_dimensional", "attractive", "indifferent", "reverse"}

var profileKeys = []key[Profile]{
	{"level", "where rated answers lie on average: 0 the worst code, 1 the best; 0.65 if not given", amount(func(p *Profile) *float64 { return &p.Level }, 0, 1), optional},
	{"levels", "question or column -> where its answers lie", formed(mapOf(numbered(0, 1)), readLevels), optional},
	{"shares", "question or column -> code -> its share", formed(mapOf(mapOf(numbered(0, 1))), readShares), optional},
	{"shifts", "column -> code -> what it adds to all levels of its people", formed(mapOf(mapOf(numbered(-1, 1))), readShifts), optional},
	{"kano", "question_feature -> the class it is drawn from", formed(mapOf(oneWord(kanoClasses...)), readKanoProfile), optional},
}

func readProfile(r *reader, n *yaml.Node, s *Survey) {
	p := Profile{Level: usualLevel}
	if mapping(r, n, diag.Say("simulate"), profileKeys, &p) != nil {
		s.Simulate = &p
	}
}

func readLevels(r *reader, n *yaml.Node, p *Profile) {
	p.Levels = map[string]float64{}
	for e := range r.columnsOf(n, "levels") {
		if f, ok := r.number(e.value, 0, 1); ok {
			p.Levels[e.key.Value] = f
		}
		r.reference(e.key, diag.Say("column"), func(c *column) {
			if !c.hasLevel() {
				r.breaks(e.key, c.at, "not-ordered", diag.Say("give shares: of its codes instead"), diag.Say("the answers of %q have no order from worst to best", c.id))
			}
		})
	}
}

func readShares(r *reader, n *yaml.Node, p *Profile) {
	p.Shares = map[string]map[string]float64{}
	for e := range r.columnsOf(n, "shares") {
		p.Shares[e.key.Value] = r.byCode(e, 0)
		r.reference(e.key, diag.Say("column"), func(c *column) {
			r.judgeProfileCodes(e, c, c.simulatedCodes())
			sum := 0.0
			for _, f := range p.Shares[c.id] {
				sum += f
			}
			if sum == 0 && c.role != group && e.value.Kind == yaml.MappingNode {
				r.breaks(e.key, c.at, "wrong-sum", diag.Say("give one of its codes a share"), diag.Say("the shares of %q are all 0", c.id))
			}
		})
	}
}

func readShifts(r *reader, n *yaml.Node, p *Profile) {
	p.Shifts = map[string]map[string]float64{}
	for e := range r.columnsOf(n, "shifts") {
		p.Shifts[e.key.Value] = r.byCode(e, -1)
		r.reference(e.key, diag.Say("column"), func(c *column) {
			if c.role == group || c.question != nil && r.def.conditional(c.question) {
				r.breaks(e.key, c.at, "wrong-question", diag.Say("use a question with one answer that everybody is asked, or a hidden column"), diag.Say("the people of %q cannot be shifted", c.id))
				return
			}
			r.judgeProfileCodes(e, c, c.simulatedCodes())
		})
	}
}

func readKanoProfile(r *reader, n *yaml.Node, p *Profile) {
	p.Kano = map[string]string{}
	for e := range r.columnsOf(n, "kano") {
		if class, ok := r.word(e.value, kanoClasses); ok {
			p.Kano[e.key.Value] = class
		}
		r.def.check(func() {
			if known := r.def.survey.kanoFeatures(); !slices.Contains(known, e.key.Value) {
				r.fail(e.key, "unknown-name", didYouMean(e.key.Value, known), diag.Say("%q is no feature of a kano question", shorten(e.key.Value)))
			}
		})
	}
}

// kanoFeatures are the features of all kano questions: the question's id, "_", and theirs.
func (s *Survey) kanoFeatures() []string {
	var out []string
	for _, page := range s.Pages {
		for _, q := range page.Questions {
			for _, f := range q.Features {
				out = append(out, q.ID+"_"+f.ID)
			}
		}
	}
	return out
}

// columnsOf yields the entries of a mapping of columns.
func (r *reader) columnsOf(n *yaml.Node, what string) func(yield func(pair) bool) {
	if n.Kind == yaml.MappingNode {
		return pairs(r, n)
	}
	r.fail(n, "wrong-type", diag.Say("write one line a column"), diag.Say("%s must be columns with values, not %s", what, kindOf(n)))
	return func(func(pair) bool) {}
}

// byCode reads numbers from low to 1 by code.
func (r *reader) byCode(e pair, low float64) map[string]float64 {
	out := map[string]float64{}
	if e.value.Kind != yaml.MappingNode {
		r.fail(e.value, "wrong-type", diag.Say("write {east: 0.4, west: 0.6}"), diag.Say("codes with numbers are wanted, not %s", kindOf(e.value)))
		return out
	}
	for c := range pairs(r, e.value) {
		if f, ok := r.number(c.value, low, 1); ok {
			out[c.key.Value] = f
		}
	}
	return out
}

func (r *reader) judgeProfileCodes(e pair, c *column, known []string) {
	switch {
	case c.role == calculated || c.role == derived:
		r.breaks(e.key, c.at, "wrong-target", diag.Say("name the columns it is made of"), diag.Say("column %q is computed from others", c.id))
	case len(known) == 0:
		r.breaks(e.key, c.at, "wrong-question", diag.Say("use a question with a list of answers"), diag.Say("no share of a code of %q can be set", c.id))
	case e.value.Kind == yaml.MappingNode:
		for code := range slices.Chunk(e.value.Content, 2) {
			if !slices.Contains(known, code[0].Value) {
				r.breaks(code[0], c.at, "unknown-code", didYouMean(code[0].Value, known), diag.Say("column %q has no code %q", c.id, shorten(code[0].Value)))
			}
		}
	}
}

// hasLevel reports whether the answers of c lie between a worst and a best one.
func (c *column) hasLevel() bool {
	q := c.question
	if q == nil {
		return false
	}
	switch q.Type {
	case Number, Slider:
		return q.Min != nil && q.Max != nil
	case Ranking, ConstantSum, MaxDiff, KanoPairs, Cascade, MultipleChoice, MatrixMultiple:
		return false
	case MatrixDual:
		if c.scale == nil {
			return len(q.Columns) > 0 && !slices.ContainsFunc(q.Columns, func(d DualColumn) bool { return d.Scale == nil || !d.Scale.ordered() })
		}
	}
	sc := c.scale
	if sc == nil {
		sc = q.Scale
	}
	return sc != nil && sc.ordered()
}

// simulatedCodes are the codes of c that can be given a share.
func (c *column) simulatedCodes() []string {
	if c.question == nil {
		return sorted(c.labels)
	}
	switch c.question.Type {
	case KanoPairs, MaxDiff, Cascade, Ranking, ConstantSum: // drawn together
		return nil
	}
	sc := c.scale
	if sc == nil {
		sc = c.question.Scale
	}
	if sc == nil || c.role == tick || c.role == writeIn {
		return nil
	}
	out := make([]string, len(sc.Options))
	for i, o := range sc.Options {
		out[i] = o.Code
	}
	return out
}

// conditional reports whether q or its page is shown on a condition.
func (d *definition) conditional(q *Question) bool {
	return q.ShowIf != nil || slices.ContainsFunc(d.survey.Pages, func(p Page) bool { return p.ShowIf != nil && slices.Contains(p.Questions, q) })
}
