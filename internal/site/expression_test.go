package site_test

import (
	"fmt"
	"os"
	"testing"

	"manyi/templates"
)

// expressionCases runs the cases of package survey in the page's interpreter
// and returns those that give something else.
const expressionCases = `(() => {
  %s
  const cases = %s, trees = %s, wrong = [];
  const alike = (a, b) => typeof a === "number" && typeof b === "number" ? Math.abs(a - b) < 1e-12 : a === b;
  cases.forEach((c, i) => {
    const read = name => Object.hasOwn(c.answers, name) ? c.answers[name] : null;
    const param = name => c.params && Object.hasOwn(c.params, name) ? c.params[name] : undefined;
    let got = evaluate(trees[i], read, {today: c.today || "", param});
    if (isMissing(got)) got = null;
    if (!alike(got, c.want)) wrong.push(c.expr + " with " + JSON.stringify(c.answers) + " gives " + JSON.stringify(got) + ", want " + JSON.stringify(c.want));
  });
  return [cases.length + " cases"].concat(wrong);
})()`

func TestThePageEvaluatesExpressionsLikeTheReport(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	script, err := templates.Files.ReadFile("theme/survey/expression.js")
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		data, err := os.ReadFile("../survey/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	got := evaluate[[]string](t, ctx, fmt.Sprintf(expressionCases, script, read("expressions.json"), read("expressions.trees.json")))
	t.Log(got[0])
	for _, wrong := range got[1:] {
		t.Error(wrong)
	}
}
