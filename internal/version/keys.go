package version

import (
	"maps"
	"reflect"
	"slices"

	"manyi/internal/diag"
)

// elsewhere are the keys that are compared by what stands in them.
var elsewhere = []string{"id", "type", "answers", "rows", "items", "features", "levels", "columns", "branches", "questions", "code"}

// keys compares two mappings key by key; like says what they are of. A key
// without a rule of its own is told, too, and marked.
func (c *comparison) keys(old, latest object, like Change) {
	both := map[string]bool{}
	for k := range old {
		both[k] = true
	}
	for k := range latest {
		both[k] = true
	}
	for _, key := range slices.Sorted(maps.Keys(both)) {
		if slices.Contains(elsewhere, key) || reflect.DeepEqual(old[key], latest[key]) {
			continue
		}
		x := like
		x.Key = key
		if slices.Contains([]string{"text", "help", "title", "label", "low", "high", "intro", "functional", "dysfunctional", "unit"}, key) {
			c.text(old[key], latest[key], x)
			continue
		}
		x.Old, x.New = short(old[key]), short(latest[key])
		x.Kind, x.Verdict, x.Reason = rule(key, like.Part)
		c.add(x)
	}
}

// rule is what a key that differs means.
func rule(key string, part Part) (Kind, Verdict, diag.Phrase) {
	if r, ok := rules[key]; ok {
		if part == Ending {
			return r.kind, Same, diag.Say("seen after the last answer")
		}
		return r.kind, r.verdict, r.reason
	}
	return Other, Marked, diag.Say("the question looks or works differently")
}

var (
	differentBase = diag.Say("other people are asked: the base is another one")
	differentTask = diag.Say("the task is another one")
	differentLook = diag.Say("the question looks different")
	wider         = diag.Say("other values are allowed")
)

type ruling struct {
	kind    Kind
	verdict Verdict
	reason  diag.Phrase
}

// rules are the keys whose change has a verdict of its own (METHODS B14:
// comparable are the same id, wording, scale, mapping and mode).
var rules = map[string]ruling{
	"show_if":     {Routing, Marked, differentBase},
	"required_if": {Routing, Marked, diag.Say("fewer or more people may leave it out")},
	"required":    {Routing, Marked, diag.Say("fewer or more people may leave it out")},
	"reverse":     {Direction, New, diag.Say("high codes now mean the opposite")},
	"missing":     {Codes, New, diag.Say("the code counts as an answer in one version and as none in the other")},
	"step":        {Scale, New, diag.Say("the scale has other points")},
	"total":       {Scale, New, diag.Say("the scale has other points")},
	"min":         {Scale, Marked, wider},
	"max":         {Scale, Marked, wider},
	"integer":     {Scale, Marked, wider},
	"min_choices": {Other, Marked, diag.Say("another number of answers may be ticked")},
	"max_choices": {Other, Marked, diag.Say("another number of answers may be ticked")},
	"exclusive":   {Other, Marked, diag.Say("another number of answers may be ticked")},
	"per_task":    {Scale, New, differentTask},
	"tasks":       {Scale, New, differentTask},
	"correct":     {Codes, New, diag.Say("other answers are right")},
	"score":       {Codes, New, diag.Say("other answers are right")},
	"expr":        {Codes, New, diag.Say("the column is computed in another way")},
	"pattern":     {Other, Marked, wider},
	"earliest":    {Other, Marked, wider},
	"latest":      {Other, Marked, wider},
	"max_length":  {Other, Same, diag.Say("texts may be shorter or longer")},
	"randomize":   {Moved, Marked, diag.Say("the order of what is shown changes")},
	"shuffled":    {Moved, Marked, diag.Say("the order of what is shown changes")},
	"anchor":      {Moved, Same, diag.Say("the order of what is shown changes")},
	"look":        {Other, Marked, differentLook},
	"image":       {Other, Marked, differentLook},
	"write_in":    {Other, Same, diag.Say("a text beside the answer came or went")},
	"time_limit":  {Other, Marked, diag.Say("there is less or more time to answer")},
	"languages":   {Other, Same, diag.Say("other people can read it; the answers mean what they meant")},
	"privacy":     {Other, Marked, diag.Say("people answer differently where other things are promised")},
	"allow":       {Codes, Marked, wider},
}

// text adds a text that differs.
func (c *comparison) text(old, latest any, x Change) {
	w, ok := compareTexts(old, latest)
	if !ok {
		return
	}
	x.Words, x.Kind, x.Verdict, x.Reason = w.words, w.kind, w.verdict, w.reason
	switch {
	case x.Part == Ending:
		x.Kind, x.Verdict, x.Reason = Wording, Same, diag.Say("seen after the last answer")
	case x.Part == Whole && w.verdict != Same:
		x.Kind, x.Verdict, x.Reason = Wording, Same, diag.Say("it is about the whole survey, not about a question")
	case (x.Part == Page || x.Key == "help") && w.verdict == New:
		x.Kind, x.Verdict, x.Reason = Wording, Marked, diag.Say("other words can get other answers")
	case x.Key == "unit" && w.verdict != Same:
		x.Kind, x.Verdict, x.Reason = Scale, New, diag.Say("the numbers are of another unit")
	}
	c.add(x)
}
