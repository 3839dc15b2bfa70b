package survey

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/ledger"
)

// LoopRules say how the improvement loop is followed.
type LoopRules struct {
	Units          string // segment whose groups are dealers or units with a page of their own, "" for none
	UnitComplaints string // column of the complaints that holds the same groups, "" for none
	UnitLabel      Text   // what a unit is called: dealer, branch
	Reports        []LoopReport
}

// LoopReport is a four-part report (METHODS A44) on one weak item: define, break
// down, find the cause, analyse and counter.
type LoopReport struct {
	Item       string // metric, see package measure
	Title      Text
	Target     *float64 // on the scale of the metric; nil: the one of report.targets or of the index
	Complaints string   // column:code of the complaints that speak of it, "" without
	Define     Text     // what the author says to each part, Markdown is off
	Breakdown  Text
	Why        []Text // the answers to why, one below the other
	Causes     []LoopCause
	Analysis   Text
	At         diag.Place // of item
}

// LoopCause is one cause of a tree; Under is the cause it belongs to, "" for one
// that hangs on the problem itself.
type LoopCause struct {
	ID, Under string
	Label     Text
	Evidence  Text // what shows it
	At        diag.Place
}

var loopRuleKeys = []key[LoopRules]{
	{"units", "segment whose groups have a page of their own: dealers, branches", special("column", readUnits), optional},
	{"unit_label", "what reports call such a group: dealer, branch", text(func(l *LoopRules) *Text { return &l.UnitLabel }), optional},
	{"unit_complaints", "column of the complaints that names the same groups", word(func(l *LoopRules) *string { return &l.UnitComplaints }, complaintCodes()...), optional},
	{"reports", "weak items with a four-part report; without, the weakest item has one", formed(listOf(keyed(loopReportKeys)), readLoopReports), optional},
}

var loopReportKeys = []key[LoopReport]{
	{"item", "the figure: question, question.top, index, index.facet, analysis.share, complaints.category:late; any of the survey with @segment:group", special("string", readLoopItem), required},
	{"title", "title of the report", text(func(l *LoopReport) *Text { return &l.Title }), optional},
	{"target", "the figure to reach, on the scale of the item", number(func(l *LoopReport) **float64 { return &l.Target }, -maxWhole, maxWhole), optional},
	{"complaints", "complaints that speak of it, like aspect:speed", special("string", readLoopComplaints), optional},
	{"define", "1: what the author says to the gap", text(func(l *LoopReport) *Text { return &l.Define }), optional},
	{"breakdown", "2: what the author says to where it is", text(func(l *LoopReport) *Text { return &l.Breakdown }), optional},
	{"why", "3: the answers to why, each to the one above", formed(listOf(shape{kind: "text"}), readWhy), optional},
	{"causes", "3: the tree of causes; without, that of the actions, where an entry of cause reads cause or cause < parent", formed(listOf(keyed(loopCauseKeys)), readCauses), optional},
	{"analysis", "4: what the author concludes", text(func(l *LoopReport) *Text { return &l.Analysis }), optional},
}

var loopCauseKeys = []key[LoopCause]{
	{"id", "name of the cause", pattern(func(c *LoopCause) *string { return &c.ID }, "training", columnPattern), required},
	{"under", "the cause that it belongs to; none: the problem itself", str(func(c *LoopCause) *string { return &c.Under }), optional},
	{"label", "what reports call it", text(func(c *LoopCause) *Text { return &c.Label }), required},
	{"evidence", "what shows it", text(func(c *LoopCause) *Text { return &c.Evidence }), optional},
}

// complaintCodes are the columns of complaints that hold codes.
func complaintCodes() []string {
	s, _ := ledger.SchemaOf("complaints")
	var out []string
	for _, c := range s.Columns {
		if (c.Kind == ledger.Code || c.Kind == ledger.Word) && !c.Private {
			out = append(out, c.Name)
		}
	}
	return out
}

func readUnits(r *reader, n *yaml.Node, l *LoopRules) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	l.Units = s
	r.def.check(func() {
		if known := r.def.survey.Segments; !slices.Contains(known, s) {
			r.fail(n, "unknown-name", segmentCure(s, known), diag.Say("units %q is no segment", shorten(s)))
		}
	})
}

func segmentCure(name string, known []string) diag.Phrase {
	if len(known) == 0 {
		return diag.Say("add segments: [%s] to the survey", shorten(name))
	}
	return didYouMean(name, known)
}

func readLoopReports(r *reader, n *yaml.Node, l *LoopRules) {
	var ids places
	for e := range r.list(n) {
		p := LoopReport{At: r.place(e)}
		if have := mapping(r, e, diag.Say("a report"), loopReportKeys, &p); have != nil {
			ids.unique(r, have["item"].value, diag.Say("report"))
			l.Reports = append(l.Reports, p)
		}
	}
}

// readLoopItem reads a metric. Whether the figure behind the name is there is
// seen when the answers are measured; the name itself is judged here.
func readLoopItem(r *reader, n *yaml.Node, l *LoopReport) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	l.Item, l.At = s, r.place(n)
	name, _, _ := strings.Cut(s, "@")
	if column, _, found := strings.Cut(strings.TrimPrefix(name, "complaints."), ":"); found && strings.HasPrefix(name, "complaints.") {
		r.complaintColumn(n, column)
		return
	}
	name, _, _ = strings.Cut(name, ".")
	r.def.check(func() {
		known := append(r.def.names(), "complaints")
		for _, a := range r.def.survey.Analyses {
			known = append(known, a.ID)
		}
		for _, m := range r.def.survey.Metrics() {
			known = append(known, m.ID)
		}
		if !slices.Contains(known, name) {
			r.fail(n, "unknown-metric", didYouMean(name, known), diag.Say("there is no figure %q", shorten(s)))
		}
	})
}

func readLoopComplaints(r *reader, n *yaml.Node, l *LoopReport) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	column, code, found := strings.Cut(s, ":")
	if !found || code == "" {
		r.fail(n, "wrong-value", diag.Say("write it like aspect:speed"), diag.Say("%q names no complaints", shorten(s)))
		return
	}
	if r.complaintColumn(n, column) {
		l.Complaints = s
	}
}

func (r *reader) complaintColumn(n *yaml.Node, column string) bool {
	if known := complaintCodes(); !slices.Contains(known, column) {
		r.fail(n, "unknown-name", didYouMean(column, known), diag.Say("complaints have no column of codes %q", shorten(column)))
		return false
	}
	return true
}

// mostWhys is how many answers to why are shown.
const mostWhys = 7

func readWhy(r *reader, n *yaml.Node, l *LoopReport) {
	for e := range r.list(n) {
		if t := r.text(e); t != nil {
			l.Why = append(l.Why, t)
		}
	}
	if len(l.Why) > mostWhys {
		r.fail(n, "out-of-range", diag.Say("stop where something can be done, or draw a tree under causes"), diag.Say("%d answers to why are more than %d", len(l.Why), mostWhys))
	}
}

func readCauses(r *reader, n *yaml.Node, l *LoopReport) {
	var ids places
	under := map[string]*yaml.Node{}
	for e := range r.list(n) {
		c := LoopCause{At: r.place(e)}
		have := mapping(r, e, diag.Say("a cause"), loopCauseKeys, &c)
		if have == nil {
			continue
		}
		ids.unique(r, have["id"].value, diag.Say("cause"))
		if have["under"].value != nil {
			under[c.ID] = have["under"].value
		}
		l.Causes = append(l.Causes, c)
	}
	var known []string
	above := map[string]string{}
	for _, c := range l.Causes {
		known, above[c.ID] = append(known, c.ID), c.Under
	}
	for _, c := range l.Causes {
		switch at := under[c.ID]; {
		case at == nil:
		case !slices.Contains(known, c.Under):
			r.fail(at, "unknown-name", didYouMean(c.Under, known), diag.Say("cause %q is under %q, which is no cause", c.ID, shorten(c.Under)))
		case circles(c.ID, above):
			r.fail(at, "cycle", diag.Say("let one of them hang on the problem itself: delete its under"), diag.Say("cause %q is under itself", c.ID))
		}
	}
}

// circles reports whether the way up from a name leads back to it.
func circles(name string, above map[string]string) bool {
	at := above[name]
	for range len(above) {
		switch at {
		case "":
			return false
		case name:
			return true
		}
		at = above[at]
	}
	return false
}
