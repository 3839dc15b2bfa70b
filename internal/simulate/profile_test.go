package simulate_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"testing/fstest"

	"manyi/internal/simulate"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// profiled is a survey with a profile.
func profiled(t *testing.T, simulated string) *survey.Survey {
	t.Helper()
	definition := `manyi: 1
id: cafe
languages: [en]
title: A café
pages:
  - id: main
    questions:
      - {id: osat, type: rating, scale: sat5, text: x}
      - {id: ease, type: rating, scale: agree7, text: x}
      - {id: bad, type: rating, scale: agree5, reverse: true, text: x}
      - {id: again, type: single_choice, scale: repurchase3, text: x}
      - {id: tell, type: nps, text: x}
      - {id: fair, type: slider, min: 0, max: 100, text: x}
      - {id: age, type: number, min: 18, max: 90, integer: true, text: x}
      - id: met
        type: matrix
        scale: sat5
        text: x
        rows: [{id: queue, label: x}, {id: staff, label: y}, {id: food, label: z}]
      - {id: problem, type: yes_no, required: true, text: x}
      - id: heard
        type: multiple_choice
        text: x
        options: [{code: ad, label: x}, {code: friend, label: y}, {code: none, label: z, exclusive: true}]
      - id: often
        type: single_choice
        text: x
        options: [{code: week, label: x}, {code: month, label: y}, {code: year, label: z}, {code: dk, label: w, missing: dont_know}]
      - id: wish
        type: kano
        text: x
        features: [{id: pay, label: x}, {id: music, label: y}]
hidden:
  - {id: store, allow: [east, west, north]}
segments: [store]
`
	return parse(t, fstest.MapFS{
		"manyi.yaml":               {Data: []byte("manyi: 1\ntitle: x\nlanguages: [en]\ntimezone: UTC\n")},
		"surveys/cafe/survey.yaml": {Data: []byte(definition + simulated)},
	}, "cafe")
}

const theProfile = `simulate:
  level: 0.6
  levels: {osat: 0.72, ease: 0.3, bad: 0.8, tell: 0.66, fair: 0.55, age: 0.2, met: 0.7, met_queue: 0.4, met_staff: 0.9}
  shares:
    problem: {"yes": 0.22, "no": 0.78}
    heard: {ad: 0.1, friend: 0.5, none: 0.3}
    often: {week: 2e-1, month: 0.6, dk: 0.2}
    again: {1: 0.1, 2: 0.3, 3: 0.6}
    store: {east: 0.5, west: 0.5}
  shifts: {store: {east: 0.06, west: -0.08}, problem: {"yes": -0.15}}
  kano: {wish_pay: must_be, wish_music: attractive}
`

// positions is the mean position of a rated column among the rows that hold, 0 the worst code, 1 the best.
func positions(s *survey.Survey, w *table.Wave, id string, holds func(row int) bool) float64 {
	sum, n := 0.0, 0.0
	for _, item := range s.Items() {
		if item.ID != id {
			continue
		}
		values := item.Scale.Values()
		low, high := values[0], values[len(values)-1]
		for row := range w.Rows {
			if code, _ := w.Columns[id].Code(row); code >= 0 && holds(row) {
				at := (values[code] - low) / (high - low)
				if item.Reverse {
					at = 1 - at
				}
				sum, n = sum+at, n+1
			}
		}
	}
	return sum / n
}

func everybody(int) bool { return true }

func TestAProfileIsFollowed(t *testing.T) {
	s := profiled(t, theProfile)
	w := read(t, s, written(t, s, simulate.Options{N: 2000, Seed: 5}), "x.jsonl").Waves[0]
	for id, want := range s.Simulate.Levels {
		if id == "fair" || id == "age" || id == "met" {
			continue
		}
		if got := positions(s, w, id, everybody); math.Abs(got-want) > 0.04 {
			t.Errorf("%s lies at %.3f, want %.2f", id, got, want)
		}
	}
	share := func(id, code string) float64 { return shareOf(w, id, code) }
	for name, pair := range map[string][2]float64{
		"problem yes": {share("problem", "yes"), 0.22}, "often month": {share("often", "month"), 0.75}, "again 3": {share("again", "3"), 0.6},
		"again 1": {share("again", "1"), 0.1}, "store north": {share("store", "north"), 0}, "store east": {share("store", "east"), 0.5},
	} {
		if math.Abs(pair[0]-pair[1]) > 0.04 {
			t.Errorf("%s: share %.3f, want %.2f", name, pair[0], pair[1])
		}
	}
}

// shareOf is how many of those who gave an answer gave this one.
func shareOf(w *table.Wave, id, code string) float64 {
	n, all := 0.0, 0.0
	c := w.Columns[id]
	for row := range w.Rows {
		at, _ := c.Code(row)
		if at < 0 {
			continue
		}
		all++
		if c.Codes[at] == code {
			n++
		}
	}
	return n / all
}

func TestGroupsOfAProfileLieApart(t *testing.T) {
	s := profiled(t, theProfile)
	w := read(t, s, written(t, s, simulate.Options{N: 8000, Seed: 6}), "x.jsonl").Waves[0]
	among := func(id, code string) func(int) bool {
		return func(row int) bool {
			at, _ := w.Columns[id].Code(row)
			return at >= 0 && w.Columns[id].Codes[at] == code
		}
	}
	gap := positions(s, w, "osat", among("store", "east")) - positions(s, w, "osat", among("store", "west"))
	if math.Abs(gap-0.14) > 0.03 {
		t.Errorf("the stores lie %.3f apart, want 0.14", gap)
	}
	if gap := positions(s, w, "osat", among("problem", "yes")) - positions(s, w, "osat", among("problem", "no")); math.Abs(gap+0.15) > 0.03 {
		t.Errorf("a problem shifts by %.3f, want -0.15", gap)
	}
}

func TestChoicesNumbersAndFeaturesOfAProfile(t *testing.T) {
	s := profiled(t, theProfile)
	body := written(t, s, simulate.Options{N: 2000, Seed: 7})
	mean, n := map[string]float64{}, 0.0
	must := 0.0
	for line := range linesOf(t, body) {
		n++
		for _, id := range []string{"fair", "age"} {
			if x, ok := line[id].(float64); ok {
				mean[id] += x
			}
		}
		for _, code := range asList(line["heard"]) {
			mean["heard "+code]++
		}
		if fmt.Sprint(line["wish_pay_f"]) == "2" || fmt.Sprint(line["wish_pay_d"]) == "5" {
			must++
		}
	}
	for id, want := range map[string]float64{"fair": 55, "age": 18 + 0.2*72, "heard ad": 0.1, "heard friend": 0.5, "heard none": 0.3} {
		if got := mean[id] / n; math.Abs(got-want) > 0.06*math.Max(want, 1) {
			t.Errorf("%s: mean %.3f, want %.2f", id, got, want)
		}
	}
	if must/n < 0.7 {
		t.Errorf("%.2f of the answers are those of a must-be feature", must/n)
	}
}

func TestAProfileIsNoPartOfTheQuestionnaire(t *testing.T) {
	if with, without := profiled(t, theProfile), profiled(t, ""); with.Hash() != without.Hash() {
		t.Error("the hash changes with the profile")
	}
}

// linesOf yields the responses of a JSONL file.
func linesOf(t *testing.T, body []byte) func(yield func(map[string]any) bool) {
	return func(yield func(map[string]any) bool) {
		for line := range bytes.Lines(body) {
			var r map[string]any
			if err := json.Unmarshal(line, &r); err != nil {
				t.Fatal(err)
			}
			if !yield(r) {
				return
			}
		}
	}
}

func asList(v any) []string {
	var out []string
	list, _ := v.([]any)
	for _, e := range list {
		out = append(out, fmt.Sprint(e))
	}
	return out
}
