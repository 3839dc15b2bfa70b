package version

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/diag"
)

// answered is whose answers are compared.
type answered struct {
	item     string
	part     Part
	rated    bool              // codes are points of a scale
	shuffled bool              // their order is drawn anew for each respondent
	rescaled bool              // the scale has other points: that is told once
	was      map[string]object // answers of the old version by their labels
}

// answerItem names one answer of a question.
func answerItem(q, code string) string { return q + "=" + code }

func questionOf(item string) string {
	q, _, _ := strings.Cut(item, "=")
	return q
}

// answers compares the answers that two versions offer.
func (c *comparison) answers(old, latest any, of answered) {
	a, okA := old.([]any)
	b, okB := latest.([]any)
	if !okA || !okB {
		c.ends(old, latest, of)
		return
	}
	was, is := byCode(a), byCode(b)
	before, after := codesOf(a), codesOf(b)
	if mirrored(a, b) {
		c.add(Change{Item: of.item, Part: of.part, Kind: Direction, Key: "options", Verdict: New, Old: c.scale(a), New: c.scale(b), Reason: diag.Say("the codes run the other way: high is now low")})
		return
	}
	c.points(before, after, of)
	of.was = byLabel(a)
	if x, y := valid(a), valid(b); of.rated && !slices.Equal(x, y) {
		c.add(Change{Item: of.item, Part: of.part, Kind: Scale, Key: "options", Verdict: New, Old: c.scale(a), New: c.scale(b), Reason: diag.Say("the scale has other points")})
		of.rescaled = true
	}
	for _, code := range after {
		if o, ok := was[code]; ok {
			c.answer(o, is[code], of)
		} else {
			c.offered(is[code], of, Added)
		}
	}
	for _, code := range before {
		if _, ok := is[code]; !ok {
			c.offered(was[code], of, Removed)
		}
	}
}

// points tells a scale with other points, and answers in another order.
func (c *comparison) points(before, after []string, of answered) {
	both := func(x, y []string) []string {
		return slices.DeleteFunc(slices.Clone(x), func(code string) bool { return !slices.Contains(y, code) })
	}
	if x, y := both(before, after), both(after, before); !slices.Equal(x, y) {
		verdict, reason := Marked, diag.Say("answers that stand first are chosen more often")
		if of.shuffled {
			verdict, reason = Same, diag.Say("they are shuffled anyway")
		}
		c.add(Change{Item: of.item, Part: of.part, Kind: Moved, Key: "options", Verdict: verdict, Old: strings.Join(before, " "), New: strings.Join(after, " "), Reason: reason})
	}
}

// answer compares one answer that both versions offer.
func (c *comparison) answer(old, latest object, of answered) {
	like := Change{Item: answerItem(of.item, str(latest, "code")), Part: Answer, Of: []string{of.item}}
	if of.rescaled && (old["label"] == nil || latest["label"] == nil) {
		return
	}
	from := len(c.changes)
	if of.was[short(latest["label"])] != nil && short(latest["label"]) != short(old["label"]) {
		like.Kind, like.Key, like.Verdict, like.Reason = Codes, "label", New, diag.Say("the code now means what another one meant")
		like.Old, like.New = c.firstText(old["label"]), c.firstText(latest["label"])
		c.add(like)
		old, latest = maps.Clone(old), maps.Clone(latest)
		delete(old, "label")
		delete(latest, "label")
		like = Change{Item: like.Item, Part: Answer, Of: like.Of}
	}
	c.keys(old, latest, like)
	for i := range c.changes[from:] {
		x := &c.changes[from+i]
		if x.Key == "label" && (x.Kind == Reused || x.Kind == Direction) {
			x.Kind, x.Reason = Codes, diag.Say("the code now means something else")
		}
	}
}

// offered adds an answer that came or went.
func (c *comparison) offered(o object, of answered, kind Kind) {
	x := Change{Item: answerItem(of.item, str(o, "code")), Part: Answer, Of: []string{of.item}, Kind: kind, Verdict: Marked, Reason: diag.Say("the other answers lose or gain those who would choose it")}
	label := cmp.Or(c.firstText(o["label"]), str(o, "code"))
	if kind == Added {
		x.New = label
	} else {
		x.Old = label
	}
	if !of.rated || str(o, "missing") != "" {
		c.add(x)
	}
}

// ends compares the labels of ends, where there are no answers to list.
func (c *comparison) ends(old, latest any, of answered) {
	a, okA := old.(object)
	b, okB := latest.(object)
	if okA && okB {
		c.keys(a, b, Change{Item: of.item, Part: of.part})
		return
	}
	if short(old) == short(latest) {
		return
	}
	x := Change{Item: of.item, Part: of.part, Kind: Scale, Key: "options", Verdict: New, Old: c.scale(old), New: c.scale(latest), Reason: diag.Say("the answers are offered on another scale")}
	if okA || okB { // the ends of a slider or of a best-worst task got or lost their words
		x.Verdict, x.Reason = Marked, diag.Say("a text came or went")
	}
	c.add(x)
}

func byCode(answers []any) map[string]object {
	out := map[string]object{}
	for _, a := range answers {
		if o, ok := a.(object); ok {
			out[str(o, "code")] = o
		}
	}
	return out
}

// valid are the codes that count, sorted.
func valid(answers []any) []string {
	var out []string
	for _, p := range labelled(answers) {
		out = append(out, p.code)
	}
	slices.Sort(out)
	return out
}

func byLabel(answers []any) map[string]object {
	out := map[string]object{}
	for _, a := range answers {
		if o, ok := a.(object); ok && o["label"] != nil {
			out[short(o["label"])] = o
		}
	}
	return out
}

func codesOf(answers []any) []string {
	var out []string
	for _, a := range answers {
		if o, ok := a.(object); ok {
			out = append(out, str(o, "code"))
		}
	}
	return out
}

// scale says in short what is offered: codes with labels.
func (c *comparison) scale(v any) string {
	answers, _ := v.([]any)
	var out []string
	for _, a := range answers {
		if o, ok := a.(object); ok {
			out = append(out, strings.TrimSpace(str(o, "code")+" "+c.firstText(o["label"])))
		}
	}
	return strings.Join(out, " · ")
}

// mirrored reports whether the labels stand on the codes in reverse: 1 was the
// worst and is the best. Answers that count as missing stay out of it.
func mirrored(a, b []any) bool {
	x, y := labelled(a), labelled(b)
	if len(x) < 2 || len(x) != len(y) {
		return false
	}
	slices.SortStableFunc(x, byNumber)
	slices.SortStableFunc(y, byNumber)
	for i := range x {
		j := len(x) - 1 - i
		if x[i].code != y[i].code || x[i].label != y[j].label {
			return false
		}
	}
	return x[0].label != x[len(x)-1].label
}

type point struct{ code, label string }

// byNumber orders points by their codes, as numbers where they are some.
func byNumber(p, q point) int {
	a, errA := strconv.ParseFloat(p.code, 64)
	b, errB := strconv.ParseFloat(q.code, 64)
	if errA != nil || errB != nil {
		return strings.Compare(p.code, q.code)
	}
	return cmp.Compare(a, b)
}

func labelled(answers []any) []point {
	var out []point
	for _, a := range answers {
		if o, ok := a.(object); ok && str(o, "missing") == "" {
			out = append(out, point{str(o, "code"), short(o["label"])})
		}
	}
	return out
}
