package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// DeskRules are what the author says about tickets, visits, suggestions, lost
// customers and the survey's own questions about problems.
type DeskRules struct {
	OnTimeHours   int      // a ticket is served in time within so many hours, 0 for 24
	RepeatDays    int      // the same fault of the same asset within so many days is a repeat, 0 for 30
	SatisfiedFrom *float64 // tickets: from here on somebody is satisfied
	Promise       string   // what the promised time promises: arrived ("" too) or done
	Recorded      *float64 // share of the complaints that reach the firm that are written down
	Targets       map[string]float64
	Scorecards    []string // columns of tickets, nil for provider and manager
	Problem       DeskProblem
	Ladder        DeskLadder
	Visits        DeskVisitRules
	Reference     map[string]string // own code of a lost reason -> code of the list shown beside it
	Labels        map[string]Text   // of codes of the ledgers
}

// DeskProblem is the block of questions about a problem (METHODS A19). It
// stands in surveys of customers, not on forms of complaint.
type DeskProblem struct {
	Experienced, Voiced, Where, Resolved DeskAsked
	Handling                             []string // rated questions: satisfaction with the handling
}

// DeskAsked is a question and the codes that say yes; of Where the codes that
// are the firm itself. Question is "" where it is not asked.
type DeskAsked struct {
	Question string
	Codes    []string
}

// DeskRungs are the levels of the ladder of behaviour, in their order (METHODS A07).
var DeskRungs = []string{"silent", "leave", "tell", "voice", "legal"}

// DeskLadder says what people did after a problem.
type DeskLadder struct {
	Question string
	Levels   map[string][]string // rung -> codes of the question, and of the level of complaints
}

// DeskTargets are the figures that can have a target: shares but visit, which is 0–100.
var DeskTargets = []string{"satisfied", "several_visits", "repeat", "on_time", "first_time", "promised", "done_by_due", "adopted", "won_back", "closed_on_time", "actions_on_time", "visit"}

var deskRuleKeys = []key[DeskRules]{
	{"on_time_hours", "hours within which somebody is at the customer's", whole(func(d *DeskRules) *int { return &d.OnTimeHours }, 1, 87600), optional},
	{"repeat_days", "days within which the same fault of the same asset is a repeat; 30 where nothing is said", whole(func(d *DeskRules) *int { return &d.RepeatDays }, 1, 3650), optional},
	{"satisfied_from", "tickets: ratings from here on are satisfied; 4 where nothing is said", number(func(d *DeskRules) **float64 { return &d.SatisfiedFrom }, -maxWhole, maxWhole), optional},
	{"promise", "what the promised time of a ticket promises: arrived or done", word(func(d *DeskRules) *string { return &d.Promise }, "arrived", "done"), optional},
	{"recorded", "share of the complaints that reach you that are recorded, 0 to 1; 1 where nothing is said", number(func(d *DeskRules) **float64 { return &d.Recorded }, 0.001, 1), optional},
	{"targets", "figures to reach: shares from 0 to 1, visit from 0 to 100", formed(keyed(deskTargetKeys()), readDeskTargets), optional},
	{"scorecards", "columns of tickets by which there is a scorecard", items(func(d *DeskRules) *[]string { return &d.Scorecards }, oneWord(deskScored...), func(r *reader, n *yaml.Node) (string, bool) { return r.word(n, deskScored) }), optional},
	{"problem", "the questions about a problem, in a survey of customers", object(diag.Say("problem"), func(d *DeskRules) *DeskProblem { return &d.Problem }, deskProblemKeys), optional},
	{"ladder", "what people did after a problem", formed(keyed(deskLadderKeys), readDeskLadder), optional},
	{"visits", "how mystery visits are scored", object(diag.Say("visits"), func(d *DeskRules) *DeskVisitRules { return &d.Visits }, deskVisitKeys), optional},
	{"reference", "own code of a reason for leaving -> reason of the list that is shown beside it", formed(mapOf(oneWord(LostReasons...)), readDeskReference), optional},
	{"labels", "labels of codes in the ledgers", formed(mapOf(plainShape("text")), readDeskLabels), optional},
}

var deskScored = []string{"provider", "manager", "product", "kind"}

// LostReasons are the reasons of the reference list (METHODS A77).
var LostReasons = []string{"died", "moved", "other_relations", "competitor", "product", "indifference"}

func deskTargetKeys() []key[DeskRules] {
	var out []key[DeskRules]
	for _, name := range DeskTargets {
		high := 1.0
		if name == "visit" {
			high = 100
		}
		out = append(out, key[DeskRules]{name, "the figure to reach", formed(numbered(0, high), func(r *reader, n *yaml.Node, d *DeskRules) {
			if f, ok := r.number(n, 0, high); ok {
				d.Targets[name] = f
			}
		}), optional})
	}
	return out
}

func readDeskTargets(r *reader, n *yaml.Node, d *DeskRules) {
	d.Targets = map[string]float64{}
	mapping(r, n, diag.Say("targets"), deskTargetKeys(), d)
}

var deskProblemKeys = []key[DeskProblem]{
	{"experienced", "whether there was a problem", deskAsked(func(p *DeskProblem) *DeskAsked { return &p.Experienced }), required},
	{"voiced", "whether they complained", deskAsked(func(p *DeskProblem) *DeskAsked { return &p.Voiced }), optional},
	{"where", "where they complained; codes are those that are you", deskAsked(func(p *DeskProblem) *DeskAsked { return &p.Where }), optional},
	{"resolved", "whether it was resolved", deskAsked(func(p *DeskProblem) *DeskAsked { return &p.Resolved }), optional},
	{"handling", "rated questions: satisfaction with the handling", formed(listOf(plainShape("column")), func(r *reader, n *yaml.Node, p *DeskProblem) {
		for e := range r.list(n) {
			if s, ok := r.str(e); ok {
				p.Handling = append(p.Handling, s)
				r.deskRated(e, s)
			}
		}
	}), optional},
}

// deskRated demands a rated question.
func (r *reader) deskRated(n *yaml.Node, name string) {
	r.reference(n, diag.Say("item"), func(c *column) {
		if c.scale == nil || !c.scale.ordered() {
			r.breaks(n, c.at, "wrong-question", diag.Say("use a rated question"), diag.Say("%q has no answers that can be ordered", name))
		}
	})
}

// deskAskedDraft is a question with its codes as written.
type deskAskedDraft struct{ question, codes *yaml.Node }

var deskAskedKeys = []key[deskAskedDraft]{
	{"question", "the question", special("column", func(_ *reader, n *yaml.Node, d *deskAskedDraft) { d.question = n }), required},
	{"codes", "the answers that count", formed(listOf(plainShape("code")), func(_ *reader, n *yaml.Node, d *deskAskedDraft) { d.codes = n }), optional},
}

func deskAsked(at func(*DeskProblem) *DeskAsked) value[DeskProblem] {
	return formed(keyed(deskAskedKeys), func(r *reader, n *yaml.Node, p *DeskProblem) {
		var d deskAskedDraft
		mapping(r, n, diag.Say("the question"), deskAskedKeys, &d)
		if d.question == nil {
			return
		}
		name, ok := r.str(d.question)
		if !ok {
			return
		}
		into := at(p)
		into.Question = name
		into.Codes = r.deskCodes(d.codes)
		codes := into.Codes
		r.reference(d.question, diag.Say("item"), func(c *column) {
			if usual := r.deskUsual(d, c, codes); codes == nil {
				// the draft was copied when it was read, so that the survey's own is completed
				r.def.survey.Service.Desk.Problem.complete(name, usual)
			}
		})
	})
}

// complete gives the codes of a question that names none.
func (p *DeskProblem) complete(question string, codes []string) {
	for _, a := range []*DeskAsked{&p.Experienced, &p.Voiced, &p.Where, &p.Resolved} {
		if a.Question == question && a.Codes == nil {
			a.Codes = codes
		}
	}
}

// deskCodes reads a list of codes; nil without.
func (r *reader) deskCodes(n *yaml.Node) []string {
	if n == nil {
		return nil
	}
	var out []string
	for e := range r.list(n) {
		if s, ok := code(r, e); ok {
			out = append(out, s)
		}
	}
	return out
}

// deskUsual checks the codes of a question and returns those that say yes where none are named.
func (r *reader) deskUsual(d deskAskedDraft, c *column, codes []string) []string {
	sc := c.choices()
	switch {
	case sc == nil:
		r.breaks(d.question, c.at, "wrong-question", diag.Say("use a question with a list of answers"), diag.Say("%q has no list of answers", d.question.Value))
		return nil
	case codes != nil:
		r.deskKnown(d.codes, c, sc)
		return nil
	case slices.Contains(sc.Codes(), "yes"):
		return []string{"yes"}
	}
	usual := TopCodes(sc, c.question != nil && c.question.Reverse)
	if usual == nil {
		r.breaks(d.question, c.at, "missing-key", diag.Say("add codes: with the answers that count"), diag.Say("which answers of %q count is not said", d.question.Value))
	}
	return usual
}

// choices is the list of answers of a column, also of a multiple choice; nil without.
func (c *column) choices() *Scale {
	if c.scale == nil && c.question != nil {
		return c.question.Scale
	}
	return c.scale
}

// deskKnown reports codes that are no answers of the column.
func (r *reader) deskKnown(list *yaml.Node, c *column, sc *Scale) {
	if list == nil {
		return
	}
	for _, e := range list.Content {
		if !slices.Contains(sc.Codes(), e.Value) {
			r.breaks(e, c.at, "unknown-code", didYouMean(e.Value, sc.Codes()), diag.Say("%q is not an answer of %q", shorten(e.Value), c.id))
		}
	}
}

// deskLadderDraft is the ladder as written.
type deskLadderDraft struct {
	question *yaml.Node
	levels   map[string]*yaml.Node
}

func deskRung(name string) value[deskLadderDraft] {
	return formed(listOf(plainShape("code")), func(_ *reader, n *yaml.Node, d *deskLadderDraft) { d.levels[name] = n })
}

var deskLadderKeys = []key[deskLadderDraft]{
	{"question", "the question what they did", special("column", func(_ *reader, n *yaml.Node, d *deskLadderDraft) { d.question = n }), optional},
	{"silent", "answers: did nothing", deskRung("silent"), optional},
	{"leave", "answers: do not buy again", deskRung("leave"), optional},
	{"tell", "answers: told others", deskRung("tell"), optional},
	{"voice", "answers: complained to the firm, an association or the media", deskRung("voice"), optional},
	{"legal", "answers: arbitration or court", deskRung("legal"), optional},
}

func readDeskLadder(r *reader, n *yaml.Node, d *DeskRules) {
	draft := deskLadderDraft{levels: map[string]*yaml.Node{}}
	mapping(r, n, diag.Say("the ladder"), deskLadderKeys, &draft)
	d.Ladder.Levels = map[string][]string{}
	seen := map[string]*yaml.Node{}
	for _, rung := range DeskRungs {
		list := draft.levels[rung]
		if list == nil {
			continue
		}
		d.Ladder.Levels[rung] = r.deskCodes(list)
		for _, e := range list.Content {
			if first := seen[e.Value]; first != nil {
				r.twice(e, r.place(first), "duplicate-code", diag.Say("keep it on one level"), diag.Say("answer %q stands on two levels of the ladder", shorten(e.Value)))
			}
			seen[e.Value] = e
		}
	}
	if draft.question == nil {
		return
	}
	name, ok := r.str(draft.question)
	if !ok {
		return
	}
	d.Ladder.Question = name
	r.reference(draft.question, diag.Say("item"), func(c *column) {
		sc := c.choices()
		if sc == nil {
			r.breaks(draft.question, c.at, "wrong-question", diag.Say("use a question with a list of answers"), diag.Say("%q has no list of answers", name))
			return
		}
		for _, rung := range DeskRungs {
			r.deskKnown(draft.levels[rung], c, sc)
		}
	})
}

func readDeskReference(r *reader, n *yaml.Node, d *DeskRules) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write {price: competitor}"), diag.Say("reference is codes with reasons, not %s", kindOf(n)))
		return
	}
	d.Reference = map[string]string{}
	for p := range pairs(r, n) {
		if s, ok := r.word(p.value, LostReasons); ok {
			d.Reference[p.key.Value] = s
		}
	}
}

func readDeskLabels(r *reader, n *yaml.Node, d *DeskRules) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write {hotline: {zh-CN: 热线, en: Hotline}}"), diag.Say("labels are codes with texts, not %s", kindOf(n)))
		return
	}
	d.Labels = map[string]Text{}
	for p := range pairs(r, n) {
		if t := r.text(p.value); t != nil {
			d.Labels[p.key.Value] = t
		}
	}
}
