package simulate

import (
	"cmp"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// kind is how the cells of a column are drawn.
type kind uint8

const (
	rated    kind = iota // codes from worst to best, by the latent satisfaction
	nominal              // one code, by shares
	multiple             // any number of codes
	number               // within bounds
	words                // a text of the bank
	beside               // the text beside an option
	matched              // a text that fits a pattern
	label                // one of a few made-up values
	weight               // around 1
	drawn                // together with the other columns of its question
	written              // a text with the form of its type
)

// column is one column of the data, or one multiple choice.
type column struct {
	id       string
	kind     kind
	page     int // whose factor it shares
	required bool
	hidden   bool // filled from the address of the page
	first    bool // a segment: drawn before the satisfaction that depends on it
	shown    condition
	numeric  bool // compares as a number
	group    int  // drawn: its group
	as       survey.Type
	question string  // whose column it is
	unsure   float64 // how often the answer is one that means none
	profile

	codes   []string
	missing []string // codes that mean no answer
	reasons map[string]table.Reason
	shares  []float64 // nominal, multiple: how likely each code is
	shifts  []float64 // of a segment: what each code adds to the satisfaction
	offset  float64   // rated: what the item adds to the satisfaction
	reverse bool

	least, most int     // multiple
	alone       []bool  // multiple: codes that exclude all others
	exclusive   float64 // multiple: how often it is one of these
	of          int     // beside: the column of the options
	code        string  // beside: the option

	low, high float64 // number: NaN where open
	whole     bool
	long      bool // words: more than a line
	person    bool // words: would identify someone
	length    int  // words: the most characters
	pattern   *regexp.Regexp
}

// plan is what is drawn for every respondent.
type plan struct {
	survey  *survey.Survey
	columns []column
	index   map[string]int // column id -> index
	groups  []together
	pages   int
	seconds float64 // that answering takes, typically
	spread  float64 // standard deviation of the latent scale, where there is a profile
}

func newPlan(s *survey.Survey) *plan {
	p := &plan{survey: s, index: map[string]int{}, pages: len(s.Pages) + 1, seconds: 20}
	texts := map[string]bool{}
	fields := s.Schema().Fields
	for _, f := range fields {
		texts[f.ID] = f.Kind == table.Text
	}
	for i, page := range s.Pages {
		for _, q := range page.Questions {
			p.question(q, i, condition(nil).and(page.ShowIf), texts)
		}
	}
	for i := range s.Hidden {
		p.hidden(&s.Hidden[i])
	}
	for _, f := range fields {
		if _, known := p.index[f.ID]; !known && f.Kind != table.Tick {
			p.foreign(f)
		}
	}
	if s.Weight != "" {
		if i, known := p.index[s.Weight]; known {
			p.columns[i].kind = weight
		} else {
			p.add(column{id: s.Weight, kind: weight, required: true, hidden: true})
		}
	}
	p.follow()
	return p
}

func (p *plan) add(c column) {
	c.first = slices.Contains(p.survey.Segments, c.id) || p.survey.Simulate != nil && p.survey.Simulate.Shifts[c.id] != nil
	c.unsure, c.exclusive = notApplicable, exclusive
	if c.first && c.kind == rated {
		c.kind = nominal
	}
	p.character(&c)
	p.index[c.id] = len(p.columns)
	p.columns = append(p.columns, c)
}

// What a rated item adds to the satisfaction: its mean and spread over items.
const (
	usualOffset  = 0.2
	offsetSpread = 0.3
)

// character draws what a column is like: from the survey and its id alone.
func (p *plan) character(c *column) {
	r := rand.New(rand.NewPCG(seedOf(p.survey.ID, c.id), 1))
	switch c.kind {
	case rated:
		c.offset = usualOffset + offsetSpread*r.NormFloat64()
	case nominal, label:
		sum := 0.0
		c.shares, c.shifts = make([]float64, len(c.codes)), make([]float64, len(c.codes))
		for i := range c.codes {
			c.shares[i] = math.Exp(0.6 * r.NormFloat64())
			c.shifts[i] = 0.2 * r.NormFloat64()
			sum += c.shares[i]
		}
		for i := range c.shares {
			c.shares[i] /= sum
		}
	case multiple:
		c.shares = make([]float64, len(c.codes))
		for i := range c.codes {
			c.shares[i] = 0.1 + 0.4*r.Float64()
		}
	}
}

// seedOf turns names into a seed.
func seedOf(names ...string) uint64 {
	h := fnv.New64a()
	for _, name := range names {
		_, _ = h.Write([]byte(name))
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

// question adds the columns of one question of a page that is shown on a condition.
func (p *plan) question(q *survey.Question, page int, shown condition, texts map[string]bool) {
	c := column{id: q.ID, page: page, required: q.Required, shown: shown.and(q.ShowIf), reverse: q.Reverse, person: q.PII, length: q.Length(), as: q.Type, question: q.ID}
	p.seconds += 5
	switch q.Type {
	case survey.Note:
	case survey.Number, survey.Slider:
		c.kind, c.low, c.high, c.whole, c.numeric = number, math.NaN(), math.NaN(), q.Integer, true
		if q.Min != nil {
			c.low = *q.Min
		}
		if q.Max != nil {
			c.high = *q.Max
		}
		p.add(c)
	case survey.ShortText, survey.LongText:
		c.kind, c.long = words, q.Type == survey.LongText
		p.seconds += 5
		p.add(c)
	case survey.Email, survey.Phone, survey.URL, survey.Date, survey.Time:
		c.kind = written
		p.add(c)
	case survey.MultipleChoice:
		p.multiple(c, q)
		p.besides(q, texts)
	case survey.Matrix, survey.Differential, survey.MatrixMultiple, survey.MatrixDual, survey.MultiText:
		p.rows(c, q)
	case survey.Ranking, survey.ConstantSum, survey.MaxDiff, survey.KanoPairs, survey.Cascade:
		p.several(q, c)
	case survey.Consent:
		p.choice(c, q.Scale)
		if i := len(p.columns) - 1; q.Required && p.columns[i].id == q.ID { // who does not agree cannot answer
			p.columns[i].codes, p.columns[i].shares = []string{"yes"}, []float64{1}
		}
	default:
		p.choice(c, q.Scale)
		p.besides(q, texts)
	}
}

// rows adds the columns of every row of a matrix.
func (p *plan) rows(c column, q *survey.Question) {
	asked := c.shown
	for _, row := range slices.Concat(q.Rows, q.Items) {
		c.id, c.shown = q.ID+"_"+row.ID, asked.and(row.ShowIf)
		p.seconds += 3
		switch q.Type {
		case survey.MultiText:
			c.kind = words
			p.add(c)
		case survey.MatrixMultiple:
			p.multiple(c, q)
		case survey.MatrixDual:
			id := c.id
			for _, dual := range q.Columns {
				c.id = id + "_" + dual.ID
				p.choice(c, dual.Scale)
			}
		default:
			p.choice(c, q.Scale)
		}
	}
}

// choice adds a column with the answers of a scale; without one there is nothing to draw.
func (p *plan) choice(c column, sc *survey.Scale) {
	if sc == nil || len(sc.Options) == 0 {
		return
	}
	c.codes = sc.Codes()
	c.reasons, c.numeric = map[string]table.Reason{}, sc.Values() != nil
	for _, o := range sc.Options {
		if o.Missing != table.Answered {
			c.missing = append(c.missing, o.Code)
			c.reasons[o.Code] = o.Missing
		}
	}
	c.kind = nominal
	if values := sc.Values(); sc.Level != survey.Nominal && len(values) > 1 {
		c.kind = rated
		order := make([]int, len(values))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
		codes := c.codes
		c.codes = make([]string, len(codes))
		for to, from := range order {
			c.codes[to] = codes[from]
		}
		if c.reverse {
			slices.Reverse(c.codes)
		}
	}
	p.add(c)
}

func (p *plan) multiple(c column, q *survey.Question) {
	if q.Scale == nil || len(q.Scale.Options) == 0 {
		return
	}
	c.kind = multiple
	free := 0
	for _, o := range q.Scale.Options {
		alone := o.Exclusive || o.Missing != table.Answered
		c.codes, c.alone = append(c.codes, o.Code), append(c.alone, alone)
		if !alone {
			free++
		}
	}
	c.least, c.most = q.MinChoices, free
	if q.MaxChoices > 0 {
		c.most = min(free, q.MaxChoices)
	}
	if q.Required {
		c.least = max(c.least, 1)
	}
	c.least = min(c.least, c.most)
	p.add(c)
}

// besides adds the texts beside the options of a question.
func (p *plan) besides(q *survey.Question, texts map[string]bool) {
	of, ok := p.index[q.ID]
	if !ok {
		return
	}
	for _, o := range q.Scale.Options {
		if id := q.ID + "_" + o.Code + "_text"; o.WriteIn && texts[id] {
			p.add(column{id: id, kind: beside, of: of, code: o.Code, person: q.PII})
		}
	}
}

// labels is how many values are made up for a column whose values are not listed.
const labels = 6

func (p *plan) hidden(h *survey.Hidden) {
	c := column{id: h.ID, hidden: true, required: true, page: p.pages - 1}
	switch {
	case len(h.Options) > 0:
		c.kind = nominal
		for _, o := range h.Options {
			if o.Missing == table.Answered {
				c.codes = append(c.codes, o.Code)
			} else {
				c.missing = append(c.missing, o.Code)
			}
		}
		c.numeric = (&survey.Scale{Options: h.Options}).Values() != nil
	case h.Pattern != "":
		c.kind = matched
		c.pattern, _ = regexp.Compile(h.Pattern) // judged when the survey was read
	case h.PII:
		c.kind, c.person = words, true
	default:
		c.kind = label
		c.codes = madeUp(labels)
	}
	p.add(c)
}

// foreign adds a column that only a derived column names.
func (p *plan) foreign(f table.Field) {
	c := column{id: f.ID, kind: label, page: p.pages - 1, hidden: true, required: true, low: math.NaN(), high: math.NaN()}
	if f.Kind == table.Number {
		c.kind = number
	}
	for _, d := range p.survey.Derived {
		if d.From != f.ID {
			continue
		}
		for _, b := range d.Bands {
			c.codes = append(c.codes, b.Codes...)
			c.low, c.high = lower(c.low, b.Low), higher(c.high, b.High)
		}
	}
	if c.kind == label && len(c.codes) == 0 {
		c.codes = madeUp(labels)
	}
	p.add(c)
}

func lower(a, b float64) float64 {
	if math.IsNaN(a) || b < a {
		a = b
	}
	return open(a)
}

func higher(a, b float64) float64 {
	if math.IsNaN(a) || b > a {
		a = b
	}
	return open(a)
}

// open turns an infinite bound into none.
func open(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

func madeUp(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "S" + string(rune('1'+i))
	}
	return out
}
