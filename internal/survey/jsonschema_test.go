package survey

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

func compiled(t *testing.T, schema []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plainValue is a tree of YAML as an editor sees it: JSON values, days as texts.
func plainValue(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainValue(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		l := []any{}
		for _, c := range n.Content {
			l = append(l, plainValue(t, c))
		}
		return l
	}
	var v any = n.Value
	if n.Tag == "!!int" || n.Tag == "!!float" || n.Tag == "!!bool" || n.Tag == "!!null" {
		v = nil
		if err := n.Decode(&v); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// structural are words of the faults that a schema sees.
var structural = []string{
	"has no key", "lacks the key", "is wanted here, not", "must be keys with values", "is not true or false", "unknown question type",
	"unknown method", "has no meaning for type",
}

// faultsOf counts the errors of a file among what is said, and reports whether a schema must see one of them.
func faultsOf(name, said string) (faults int, malformed bool) {
	for line := range strings.Lines(said) {
		if !strings.HasPrefix(line, name+":") || !strings.Contains(line, ": error: ") {
			continue
		}
		faults++
		for _, s := range structural {
			malformed = malformed || strings.Contains(line, s) && !strings.Contains(line, `key "url"`) // only some channels need it
		}
	}
	return faults, malformed
}

func TestTheSchemaAcceptsWhatIsRightAndRefusesWhatIsMalformed(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{"survey.yaml": compiled(t, JSONSchema()), "manyi.yaml": compiled(t, WorkspaceSchema())}
	right, wrong := 0, 0
	for name, a := range samples(t) {
		said := ""
		for _, f := range a.Files {
			if f.Name == "want" {
				said = string(f.Data)
			}
		}
		for _, f := range a.Files {
			schema := schemas[path.Base(f.Name)]
			var doc yaml.Node
			if schema == nil || yaml.Unmarshal(f.Data, &doc) != nil || len(doc.Content) == 0 {
				continue
			}
			faults, malformed := faultsOf(f.Name, said)
			err := schema.Validate(plainValue(t, doc.Content[0]))
			switch {
			case faults == 0 && err != nil:
				t.Errorf("%s: %s is right, but the schema says %v", name, f.Name, err)
			case malformed && err == nil:
				t.Errorf("%s: %s is malformed, but the schema accepts it", name, f.Name)
			case faults == 0:
				right++
			case malformed:
				wrong++
			}
		}
	}
	if right < 5 || wrong < 10 {
		t.Errorf("only %d right and %d malformed samples", right, wrong)
	}
	s := schemas["survey.yaml"]
	for _, text := range []string{mediumSurvey, plainSurvey} {
		if err := s.Validate(plainValue(t, tree(t, text).Content[0])); err != nil {
			t.Error(err)
		}
	}
}

func TestTheSchemaExplainsEveryKeyInBothLanguages(t *testing.T) {
	for _, key := range append(outlines(surveyKeys), outlines(workspaceKeys)...) {
		everyKey([]outline{key}, func(k outline) {
			english, chinese, both := strings.Cut(k.property()["description"].(string), "\n")
			if !both || english == "" || chinese == "" || english == chinese {
				t.Errorf("key %q: %q, %q", k.name, english, chinese)
			}
		})
	}
}
