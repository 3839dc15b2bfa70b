package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"manyi/internal/measure"
)

const classed = `manyi: 1
id: x
version: 1
languages: [en]
title: Classes
pages:
  - id: one
    questions:
      - {id: met, type: rating, scale: sat5, text: "Met?"}
      - {id: hoped, type: rating, scale: sat5, text: "Hoped?"}
      - {id: enough, type: rating, scale: sat5, text: "Enough?"}
hidden:
  - {id: team, allow: [A, B, C]}
segments: [team]
analyses:
  - {id: gaps, method: gap, dimensions: [{id: d, label: D, pairs: [{perceived: met, expected: hoped, adequate: enough}]}]}
  - {id: loyal, method: loyalty, satisfaction: met, repurchase: hoped}
  - {id: ends, method: penalty_reward, outcome: hoped, items: [met], bootstrap: {resamples: 100}}
`

// A class of fewer than min_cell people of a group is not told of the group, nor
// can it be had from the others, whatever the method; means and bases stay.
func TestClassesOfGroupsHideFewPeople(t *testing.T) {
	rows := func(team, met, hoped string, n int) string {
		return strings.Repeat(fmt.Sprintf("#,%s,%s,%s,3\n", team, met, hoped), n)
	}
	even := func(team string, n int) string {
		return rows(team, "2", "4", n) + rows(team, "3", "3", n) + rows(team, "5", "4", n) + rows(team, "5", "2", n) + rows(team, "3", "5", n)
	}
	for _, c := range []struct {
		name, data, want string
	}{
		{"all classes large", even("A", 10) + even("B", 10), "A B"},
		{"a small class, given away by the other group", even("A", 10) + rows("A", "1", "1", 3) + even("B", 10), ""},
		{"small classes in two of three groups", even("A", 10) + rows("A", "1", "1", 3) + even("B", 10) + rows("B", "1", "1", 3) + even("C", 20), "C"},
	} {
		data := strings.Split(strings.TrimSpace(c.data), "\n")
		for i := range data {
			data[i] = strings.Replace(data[i], "#", fmt.Sprint(i), 1)
		}
		r := judged(t, classed, func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("_id,team,met,hoped,enough\n" + strings.Join(data, "\n"))), nil
		}, nil)
		var low, curves []string
		for _, team := range []string{"A", "B", "C"} {
			b := r.BySegment["team"][team]
			if l, ok := b.Analyses["loyal"].(*measure.Loyalty); ok && l.N > 0 && !l.Curve[0].Suppressed {
				curves = append(curves, team)
			}
			if e, ok := b.Analyses["ends"].(*measure.PenaltyReward); ok && e.N > 0 && !e.Items[0].Suppressed {
				low = append(low, team)
			}
			keepsMeans(t, c.name+" "+team, b)
		}
		if got := strings.Join(curves, " "); got != c.want {
			t.Errorf("%s: curves of %q, want %q", c.name, got, c.want)
		}
		if got := strings.Join(low, " "); !strings.Contains(got, c.want) {
			t.Errorf("%s: ends of %q, want %q", c.name, got, c.want)
		}
	}
}

// keepsMeans holds what a withheld level of a gap says to what it must not.
func keepsMeans(t *testing.T, about string, b *measure.Block) {
	t.Helper()
	g, ok := b.Analyses["gaps"].(*measure.Gap)
	if !ok || g.N == 0 {
		return
	}
	body, err := json.Marshal(g.Dimensions[0].Items[0])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(body), `"gap":null`) {
		t.Errorf("%s: no mean of the gap in %s", about, body)
	}
	if hidden := strings.Contains(string(body), `"exceed":null`); hidden != g.Dimensions[0].Items[0].Classes.Withheld {
		t.Errorf("%s: withheld is not what is shown: %s", about, body)
	}
}
