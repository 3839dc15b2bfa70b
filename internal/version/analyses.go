package version

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// analyses compares what is made of the answers: the tree and the weights of
// every index, and the settings of the other methods.
func (c *comparison) analyses() {
	was := byAnalysis(c.old)
	is := byAnalysis(c.new)
	for _, a := range c.new.Analyses {
		x := Change{Item: a.ID, Part: Analysis}
		old, ok := was[a.ID]
		switch {
		case !ok:
			x.Kind, x.Verdict, x.New, x.Reason = Added, Same, a.Method, diag.Say("its own series begins; the others are as they were")
			c.add(x)
		case old.Method != a.Method:
			x.Kind, x.Key, x.Verdict, x.Old, x.New, x.Reason = Reused, "method", New, old.Method, a.Method, diag.Say("another method gives another figure")
			c.add(x)
		case old.CSI != nil && a.CSI != nil:
			c.index(a.ID, old.CSI, a.CSI)
		default:
			c.settings(old, a)
		}
	}
	for _, a := range c.old.Analyses {
		if _, ok := is[a.ID]; !ok {
			c.add(Change{Item: a.ID, Part: Analysis, Kind: Removed, Verdict: Marked, Old: a.Method, Reason: diag.Say("the figure is no longer computed: its series ends here")})
		}
	}
}

func byAnalysis(s *survey.Survey) map[string]survey.Analysis {
	out := map[string]survey.Analysis{}
	for _, a := range s.Analyses {
		out[a.ID] = a
	}
	return out
}

// settings compares the settings of a method as they would be written to a
// file, places and labels left out.
func (c *comparison) settings(old, latest survey.Analysis) {
	a, b := written(old), written(latest)
	var keys []string
	for key := range maps.Keys(b) {
		keys = append(keys, key)
	}
	for key := range maps.Keys(a) {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if !reflect.DeepEqual(a[key], b[key]) {
			c.add(Change{Item: latest.ID, Part: Analysis, Kind: Other, Key: strings.ToLower(key), Verdict: Marked, Reason: diag.Say("the figure is computed in another way: earlier waves are computed anew, earlier reports differ")})
		}
	}
}

func written(a survey.Analysis) object {
	b, err := json.Marshal(a)
	var m object
	if err != nil || json.Unmarshal(b, &m) != nil {
		return object{}
	}
	delete(m, "Label")
	plain, _ := withoutPlaces(m).(object)
	return plain
}

func withoutPlaces(v any) any {
	switch v := v.(type) {
	case object:
		delete(v, "At")
		for k := range v {
			v[k] = withoutPlaces(v[k])
		}
	case []any:
		for i := range v {
			v[i] = withoutPlaces(v[i])
		}
	}
	return v
}

// index compares two trees of facets and items.
func (c *comparison) index(id string, old, latest *survey.CSI) {
	if old.Weighting != latest.Weighting {
		c.add(Change{Item: id, Part: Analysis, Kind: Weights, Key: "weighting", Verdict: New, Old: old.Weighting, New: latest.Weighting, Reason: diag.Say("weights from another source make another index")})
	}
	if !maps.Equal(old.Mapping, latest.Mapping) {
		c.add(Change{Item: id, Part: Analysis, Kind: Codes, Key: "mapping", Verdict: New, Reason: diag.Say("the codes earn other points")})
	}
	if old.MinAnswered != latest.MinAnswered {
		c.add(Change{Item: id, Part: Analysis, Kind: Other, Key: "min_answered", Verdict: Marked, Old: short(old.MinAnswered), New: short(latest.MinAnswered), Reason: differentBase})
	}
	if old.Outcome != latest.Outcome || !reflect.DeepEqual(old.Judgements, latest.Judgements) {
		c.add(Change{Item: id, Part: Analysis, Kind: Weights, Key: "judgements", Verdict: Marked, Reason: reweighted})
	}
	a, b := nodes(id, old.Facets), nodes(id, latest.Facets)
	for _, name := range b.order {
		x := Change{Item: name, Part: Facet, Of: []string{id}, Kind: Weights, Key: "weight", Verdict: Marked, Old: a.weight[name], New: b.weight[name], Reason: reweighted}
		if _, ok := a.weight[name]; !ok {
			x.Kind, x.Key, x.Reason = Added, "", diag.Say("the index has one part more: compare on what both have")
			c.add(x)
		} else if x.Old != x.New {
			c.add(x)
		}
	}
	for _, name := range a.order {
		if _, ok := b.weight[name]; !ok {
			c.add(Change{Item: name, Part: Facet, Of: []string{id}, Kind: Removed, Verdict: Marked, Old: a.weight[name], Reason: diag.Say("the index has one part less: compare on what both have")})
		}
	}
}

var reweighted = diag.Say("the index weighs its parts otherwise: earlier waves are computed anew, earlier reports differ")

// tree are the nodes of an index by their way from the root.
type tree struct {
	order  []string
	weight map[string]string
}

func nodes(id string, facets []survey.Facet) tree {
	t := tree{weight: map[string]string{}}
	t.walk(id, facets)
	return t
}

func (t *tree) walk(above string, facets []survey.Facet) {
	for _, f := range facets {
		name := above + "." + f.ID
		t.put(name, weight(f.Weight, f.Importance, f.Rank), f.Judgements)
		for _, i := range f.Items {
			t.put(name+"."+i.ID, weight(i.Weight, i.Importance, i.Rank), nil)
		}
		t.walk(name, f.Facets)
	}
}

func (t *tree) put(name, weight string, judged []survey.Judgement) {
	if judged != nil {
		weight = strings.TrimSpace(weight + " " + short(judged))
	}
	t.order = append(t.order, name)
	t.weight[name] = weight
}

// weight is a given weight, importance or rank; "" where the method finds it.
func weight(given *float64, importance, rank survey.Stated) string {
	var out []string
	if given != nil {
		out = append(out, strconv.FormatFloat(*given, 'g', -1, 64))
	}
	for _, s := range []survey.Stated{importance, rank} {
		switch {
		case s.Column != "":
			out = append(out, s.Column)
		case s.Value != nil:
			out = append(out, strconv.FormatFloat(*s.Value, 'g', -1, 64))
		}
	}
	return strings.Join(out, " ")
}
