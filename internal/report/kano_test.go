package report_test

import (
	"fmt"
	"strings"
	"testing"
)

// pairs is a survey of features with pairs of questions.
func pairs(names ...string) string {
	var questions, features strings.Builder
	for _, n := range names {
		fmt.Fprintf(&questions, "      - {id: %s_f, type: single_choice, scale: kano5, text: {zh-CN: 有%s, en: with %s}}\n      - {id: %s_d, type: single_choice, scale: kano5, text: {zh-CN: 无%s, en: without %s}}\n", n, n, n, n, n, n)
		fmt.Fprintf(&features, "      - {id: %s, functional: %s_f, dysfunctional: %s_d}\n", n, n, n)
	}
	return "manyi: 1\nid: x\nlanguages: [zh-CN, en]\ntitle: {zh-CN: 题, en: x}\npages:\n  - id: p\n    questions:\n" + questions.String() +
		"hidden:\n  - {id: g, from: g, label: {zh-CN: 组, en: Group}, allow: [a, b]}\nsegments: [g]\nanalyses:\n  - id: k\n    method: kano\n    features:\n" + features.String()
}

func TestKanoPageHasTheFiveStepsAndSaysWhatIsOpen(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("_id,g,must_f,must_d,split_f,split_d,odd_f,odd_d,few_f,few_d,none_f,none_d\n")
	for i := range 120 {
		g, split, few := "a", "1,3", ","
		if i%2 == 1 {
			g, split = "b", "3,5"
		}
		if i < 3 {
			few = "1,5"
		}
		fmt.Fprintf(&rows, "%d,%s,2,5,%s,1,1,%s,,\n", i, g, split, few)
	}
	definition := pairs("must", "split", "odd", "few", "none")
	p := page(reported(t, definition, "en", rows.String()), "kano")
	sound(t, p)
	if len(p.Sections) != 6 {
		t.Fatalf("%d sections, want five steps and the method", len(p.Sections))
	}
	for _, want := range []string{
		"Must be there: **“must”**.",
		"**split** is not clear overall because groups differ: Attractive for a; Must-be for b.",
		"More than 10% of the answers to **odd** contradict themselves",
		"not shown, to protect groups of fewer than 5",
		"all answers are reverse or questionable",
	} {
		if !says(p, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	sound(t, page(reported(t, definition, "zh-CN", rows.String()), "kano"))
}

func TestKanoPageWithoutAnswers(t *testing.T) {
	r := reported(t, pairs("must"), "en", "_id,g,must_f,must_d\n1,a,,\n2,a,,\n3,a,,\n4,b,,\n5,b,,\n6,b,,\n7,b,,\n8,a,,\n9,a,,\n10,b,,\n")
	p := page(r, "kano")
	if p == nil || !strings.Contains(p.Heading, "Fewer than 5 people") {
		t.Fatalf("page %+v", p)
	}
	sound(t, p)
}
