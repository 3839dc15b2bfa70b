package survey

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/ledger"
)

// ComplaintRules are the limits by which complaints are judged and the words
// for their codes. Limits are in hours; 0 where none is written, which is the
// default of package service for acknowledging, closing and recurrence, and no
// limit for the others.
type ComplaintRules struct {
	Acknowledge float64
	Answer      float64
	Close       float64
	Recurrence  float64
	FollowUp    float64
	VitalFew    *float64 // share of the vital few, nil for 0.8
	Scale       *Scale   // of satisfaction with the handling, nil for sat5
	Escalated   []string // levels at which a complaint has left the firm
	Departments []LedgerCode
	Labels      map[string][]LedgerCode // column -> its codes
}

// LedgerCode is a code of a ledger and what reports call it.
type LedgerCode struct {
	Code  string
	Label Text
	At    diag.Place
}

var complaintRuleKeys = []key[ComplaintRules]{
	{"acknowledge", "time within which a complaint is acknowledged, like 48 hours", hours(func(c *ComplaintRules) *float64 { return &c.Acknowledge }), optional},
	{"answer", "time within which it is answered, like 7 days", hours(func(c *ComplaintRules) *float64 { return &c.Answer }), optional},
	{"close", "time within which it is closed, like 15 days", hours(func(c *ComplaintRules) *float64 { return &c.Close }), optional},
	{"recurrence", "time within which the same complaint counts as come again, like 90 days", hours(func(c *ComplaintRules) *float64 { return &c.Recurrence }), optional},
	{"follow_up", "time after handling within which the customer is called back, like 7 days", hours(func(c *ComplaintRules) *float64 { return &c.FollowUp }), optional},
	{"vital_few", "share that the vital few of a Pareto chart make up, 0.8 without", number(func(c *ComplaintRules) **float64 { return &c.VitalFew }, 0.01, 1), optional},
	{"satisfaction", "scale of satisfaction with the handling, sat5 without", formed(plainShape("scale"), readHandlingScale), optional},
	{"escalated", "levels at which a complaint has left the firm: an authority, the media, a court", items(func(c *ComplaintRules) *[]string { return &c.Escalated }, plainShape("code"), code), optional},
	{"departments", "every department that handles complaints", formed(listOf(keyed(ledgerCodeKeys)), readDepartments), optional},
	{"labels", "column -> code -> what reports call it", formed(mapOf(mapOf(plainShape("text"))), readComplaintLabels), optional},
}

var ledgerCodeKeys = []key[LedgerCode]{
	{"code", "what the ledger holds", special("code", func(r *reader, n *yaml.Node, c *LedgerCode) {
		c.Code, _ = r.str(n)
		c.At = r.place(n)
	}), required},
	{"label", "what reports call it", text(func(c *LedgerCode) *Text { return &c.Label }), optional},
}

var spanPattern = regexp.MustCompile(`^([1-9][0-9]{0,4}) (hour|day|week)s?$`)

// hours is a length of time in words.
func hours[T any](at func(*T) *float64) value[T] {
	return value[T]{matching(spanPattern), func(r *reader, n *yaml.Node, into *T) {
		s, ok := r.str(n)
		if !ok {
			return
		}
		m := spanPattern.FindStringSubmatch(s)
		if m == nil {
			r.fail(n, "wrong-value", diag.Say("write a number and hours, days or weeks, like 48 hours or 15 days"), diag.Say("%q is not a length of time", shorten(s)))
			return
		}
		many, _ := strconv.ParseFloat(m[1], 64)
		set(at, into, many*map[string]float64{"hour": 1, "day": 24, "week": 168}[m[2]])
	}}
}

func readDepartments(r *reader, n *yaml.Node, c *ComplaintRules) {
	var codes places
	for e := range r.list(n) {
		var d LedgerCode
		if have := mapping(r, e, diag.Say("a department"), ledgerCodeKeys, &d); have != nil && d.Code != "" {
			codes.unique(r, have["code"].value, diag.Say("department"))
			c.Departments = append(c.Departments, d)
		}
	}
}

func readHandlingScale(r *reader, n *yaml.Node, _ *ComplaintRules) {
	if _, ok := r.str(n); !ok {
		return
	}
	r.def.whenScales(func() {
		sc := r.scale(n, diag.Say("the satisfaction with the handling"))
		if sc != nil && !sc.ordered() {
			r.breaks(n, r.ruleOf(sc), "not-ordered", diag.Say("use a scale of whole numbers, such as sat5"), diag.Say("scale %q has no numbers in order", sc.ID))
			sc = nil
		}
		r.def.survey.Service.Complaints.Scale = sc
	})
}

// readComplaintLabels reads the words for codes by column. Departments have a list of their own.
func readComplaintLabels(r *reader, n *yaml.Node, c *ComplaintRules) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write one line a column, like category: {late: Late delivery}"), diag.Say("labels must be columns with codes, not %s", kindOf(n)))
		return
	}
	c.Labels = map[string][]LedgerCode{}
	for p := range pairs(r, n) {
		column := p.key.Value
		if known := labelled(); !slices.Contains(known, column) {
			r.fail(p.key, "unknown-name", didYouMean(column, known), diag.Say("column %q of complaints has no labels", shorten(column)))
			continue
		}
		if p.value.Kind != yaml.MappingNode {
			r.fail(p.value, "wrong-type", diag.Say("write one line a code, like late: Late delivery"), diag.Say("labels of a column must be codes with texts, not %s", kindOf(p.value)))
			continue
		}
		for code := range pairs(r, p.value) {
			if t := r.text(code.value); t != nil {
				c.Labels[column] = append(c.Labels[column], LedgerCode{code.key.Value, t, r.place(code.key)})
			}
		}
	}
}

// labelled are the columns of complaints whose codes reports show.
func labelled() []string {
	schema, _ := ledger.SchemaOf("complaints")
	var out []string
	for _, c := range schema.Columns {
		if (c.Kind == ledger.Code || c.Kind == ledger.Word) && !c.Private && c.Name != "department" {
			out = append(out, c.Name)
		}
	}
	return out
}

// Label is what reports call a code of a column, "" where nothing is written.
func (c *ComplaintRules) Label(column, code string) Text {
	list := c.Labels[column]
	if column == "department" {
		list = c.Departments
	}
	if i := slices.IndexFunc(list, func(l LedgerCode) bool { return l.Code == strings.TrimSpace(code) }); i >= 0 {
		return list[i].Label
	}
	return nil
}

// LedgerWords are the words that an author lists in full: ledger -> column ->
// words. Another word in the ledger is told.
func (s *Survey) LedgerWords() map[string]map[string][]string {
	var departments []string
	for _, d := range s.Service.Complaints.Departments {
		departments = append(departments, d.Code)
	}
	if len(departments) == 0 {
		return nil
	}
	words := map[string][]string{"department": departments}
	return map[string]map[string][]string{"complaints": words, "actions": words}
}
