package version

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// meaning is what a stored answer means, read from the parsed survey and not
// from the canonical form: column, code → texts of question, part and label.
func meaning(s *survey.Survey) map[string]string {
	out := map[string]string{}
	say := func(t survey.Text) string { return t["en"] + "|" + t["zh-CN"] + "|" + t[""] }
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			head := string(q.Type) + " " + say(q.Text)
			if q.Reverse {
				head += " reversed"
			}
			for _, column := range q.ColumnIDs() {
				var text strings.Builder
				text.WriteString(head + say(q.Unit))
				for _, r := range slices.Concat(q.Rows, q.Items, q.Features) {
					if q.ID+"_"+r.ID == column {
						text.WriteString(" " + say(r.Label))
					}
				}
				out[column] = text.String()
				if q.Scale == nil {
					continue
				}
				for _, o := range q.Scale.Options {
					out[column+"="+o.Code] = text.String() + " " + say(o.Label) + string(o.Missing)
				}
			}
		}
	}
	for _, h := range s.Hidden {
		out[h.ID] = "hidden"
	}
	for _, c := range s.Calculated {
		out[c.ID] = "calculated " + strings.Join(strings.Fields(c.Expr.Source), " ")
	}
	return out
}

// scramble makes one random edit: a value replaced, an entry deleted, doubled
// or swapped with its neighbour.
func scramble(n *yaml.Node, random *rand.Rand) {
	var all []*yaml.Node
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n.Kind == yaml.SequenceNode && len(n.Content) > 1 || n.Kind == yaml.ScalarNode {
			all = append(all, n)
		}
		if n.Kind == yaml.MappingNode {
			for i := 1; i < len(n.Content); i += 2 {
				walk(n.Content[i])
			}
			return
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(n)
	at, other := all[random.IntN(len(all))], all[random.IntN(len(all))]
	switch {
	case at.Kind == yaml.ScalarNode && other.Kind == yaml.ScalarNode:
		if random.IntN(2) == 0 {
			at.Value, other.Value = other.Value, at.Value
		} else {
			at.Value = other.Value
		}
	case at.Kind == yaml.SequenceNode:
		i := random.IntN(len(at.Content))
		if random.IntN(2) == 0 {
			at.Content = slices.Delete(at.Content, i, i+1)
		} else {
			j := random.IntN(len(at.Content))
			at.Content[i], at.Content[j] = at.Content[j], at.Content[i]
		}
	}
}

// TestNoAnswerChangesMeaningUntold edits a questionnaire at random and asks of
// every stored answer that disappears or means something else: is there a line
// about it?
func TestNoAnswerChangesMeaningUntold(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/edits.txtar")
	if err != nil {
		t.Fatal(err)
	}
	base := string(archive.Files[0].Data)
	old := parsed(t, base)
	before := meaning(old)
	usable, differ := 0, 0
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 7))
		var n yaml.Node
		if err := yaml.Unmarshal([]byte(base), &n); err != nil {
			t.Fatal(err)
		}
		for range 1 + random.IntN(3) {
			scramble(&n, random)
		}
		text, err := yaml.Marshal(&n)
		if err != nil {
			continue
		}
		var problems diag.List
		latest := survey.Parse(fstest.MapFS{"surveys/visit/survey.yaml": {Data: text}}, "surveys/visit", nil, &problems)
		if latest == nil || problems.Has(diag.Error) {
			continue // no questionnaire that could be asked
		}
		usable++
		changes := Compare(old, latest)
		after := meaning(latest)
		for answer, was := range before {
			if after[answer] == was {
				continue
			}
			differ++
			if !told(changes, old, answer) {
				t.Fatalf("seed %d: %s was %q and is %q, and no line says so:\n%s", seed, answer, was, after[answer], lines(changes))
			}
		}
	}
	if usable < 50 || differ < 300 {
		t.Errorf("only %d usable edits with %d answers that differ", usable, differ)
	}
	t.Logf("%d usable edits, %d answers that differ, all told", usable, differ)
}

// told reports whether a change is about an answer: column or column=code.
func told(changes []Change, old *survey.Survey, answer string) bool {
	column, code, _ := strings.Cut(answer, "=")
	for _, p := range old.Pages {
		for _, q := range p.Questions {
			if !slices.Contains(q.ColumnIDs(), column) {
				continue
			}
			for _, x := range changes {
				if x.Part == Answer && x.Item != q.ID+"="+code && code != "" && strings.ReplaceAll(x.Item, "=", "_") != column {
					continue // about another answer
				}
				if x.Concerns(q.ID, column) || x.Kind == Renamed && x.Old == q.ID {
					return true
				}
			}
		}
	}
	for _, x := range changes {
		if x.Concerns(column, column) {
			return true
		}
	}
	return false
}
