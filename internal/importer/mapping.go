package importer

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/importer/draft"
	"manyi/internal/table"
)

// dropped is what a mapping says of a column that is not wanted.
const dropped = "drop"

// Mapping says what the columns and labels of an export are, where the export
// itself does not: surveys/<id>/imports/<tool>.map.yaml.
type Mapping struct {
	Source   string
	Timezone string
	Columns  []MappedColumn
	Labels   []MappedLabel
	Missing  map[string]table.Reason // cell -> why it is no answer
	Names    []MappedColumn          // names of the tool -> columns, where they differ
	names    map[string]string
	columns  map[string]string
	labels   map[string]map[string]MappedLabel // item -> folded label
}

// MappedColumn is one column of the export.
type MappedColumn struct{ Key, To string }

// MappedLabel is what a label of an item stands for.
type MappedLabel struct {
	Item, Label, Code string
	Missing           table.Reason
}

// index prepares a mapping for look-up.
func (m *Mapping) index() {
	m.columns, m.labels = map[string]string{}, map[string]map[string]MappedLabel{}
	for _, c := range m.Columns {
		m.columns[c.Key] = c.To
	}
	m.names = map[string]string{}
	for _, n := range m.Names {
		m.names[fold(n.Key)] = n.To
	}
	for _, l := range m.Labels {
		if m.labels[l.Item] == nil {
			m.labels[l.Item] = map[string]MappedLabel{}
		}
		m.labels[l.Item][fold(l.Label)] = l
	}
}

// With is the mapping together with another, whose words count where it has none.
func (m *Mapping) With(other *Mapping) *Mapping {
	if m == nil || other == nil {
		return cmp.Or(m, other)
	}
	out := *m
	out.Names = append(slices.Clone(other.Names), m.Names...)
	out.Columns = append(slices.Clone(other.Columns), m.Columns...)
	out.Labels = append(slices.Clone(other.Labels), m.Labels...)
	out.Missing = maps.Clone(other.Missing)
	maps.Copy(out.Missing, m.Missing)
	out.index()
	return &out
}

// ReadMapping reads a mapping file; faults go to problems.
func ReadMapping(name string, body io.Reader, problems *diag.List) *Mapping {
	const limit = 4 << 20
	text, err := io.ReadAll(io.LimitReader(body, limit))
	var root yaml.Node
	if err == nil {
		err = yaml.Unmarshal(text, &root)
	}
	r := mappingReader{name, problems}
	if err != nil || root.Kind != yaml.DocumentNode || root.Content[0].Kind != yaml.MappingNode {
		r.fail(&root, diag.Say("the mapping is no YAML of keys and values"), diag.Say("draft one with --init and change that"))
		return nil
	}
	m := &Mapping{Missing: map[string]table.Reason{}}
	top := root.Content[0]
	for i := 0; i+1 < len(top.Content); i += 2 {
		k, v := top.Content[i], top.Content[i+1]
		switch k.Value {
		case "source":
			m.Source = v.Value
		case "timezone":
			m.Timezone = v.Value
		case "columns":
			r.pairs(v, func(k, v *yaml.Node) { m.Columns = append(m.Columns, MappedColumn{k.Value, v.Value}) })
		case "names":
			r.pairs(v, func(k, v *yaml.Node) { m.Names = append(m.Names, MappedColumn{k.Value, v.Value}) })
		case "labels":
			r.pairs(v, func(item, list *yaml.Node) {
				r.pairs(list, func(k, v *yaml.Node) { r.label(m, item.Value, k, v) })
			})
		case "missing":
			r.pairs(v, func(k, v *yaml.Node) {
				if reason, ok := r.reason(v); ok {
					m.Missing[fold(k.Value)] = reason
				}
			})
		case "skip_codes", "blank_codes":
			reason := table.NotShown
			if k.Value == "blank_codes" {
				reason = table.Skipped
			}
			for _, n := range v.Content {
				m.Missing[fold(n.Value)] = reason
			}
		default:
			r.fail(k, diag.Say("unknown key %q in a mapping", k.Value), diag.Say("known are source, timezone, columns, names, labels, missing, skip_codes and blank_codes"))
		}
	}
	m.index()
	return m
}

type mappingReader struct {
	name     string
	problems *diag.List
}

func (r mappingReader) fail(n *yaml.Node, summary, cure diag.Phrase) {
	r.problems.Add(diag.Problem{Severity: diag.Error, Code: "wrong-mapping", Place: diag.Place{File: r.name, Line: n.Line, Column: n.Column}, Summary: summary, Cure: cure})
}

func (r mappingReader) pairs(n *yaml.Node, take func(k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		if n.Tag != "!!null" {
			r.fail(n, diag.Say("names with values are wanted here"), diag.Say("draft one with --init and change that"))
		}
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		take(n.Content[i], n.Content[i+1])
	}
}

// label reads what a label stands for: a code, or {missing: reason}.
func (r mappingReader) label(m *Mapping, item string, k, v *yaml.Node) {
	l := MappedLabel{Item: item, Label: k.Value, Code: v.Value}
	if v.Kind == yaml.MappingNode {
		r.pairs(v, func(key, v *yaml.Node) {
			if reason, ok := r.reason(v); ok && key.Value == "missing" {
				l.Code, l.Missing = "", reason
			}
		})
	}
	m.Labels = append(m.Labels, l)
}

func (r mappingReader) reason(n *yaml.Node) (table.Reason, bool) {
	reason, ok := table.ParseReason(n.Value)
	if !ok {
		r.fail(n, diag.Say("%q is no reason for a missing answer", n.Value), diag.Say("write not_shown, skipped, not_applicable, dont_know, refused or invalid"))
	}
	return reason, ok
}

// YAML writes the mapping, with notes as comments.
func (m *Mapping) YAML(notes []string) []byte {
	var b strings.Builder
	for _, n := range notes {
		fmt.Fprintf(&b, "# %s\n", strings.Join(strings.Fields(n), " "))
	}
	fmt.Fprintf(&b, "source: %s\n", draft.Scalar(m.Source))
	if m.Timezone != "" {
		fmt.Fprintf(&b, "timezone: %s\n", draft.Scalar(m.Timezone))
	}
	if len(m.Names) > 0 {
		b.WriteString("names:\n")
	}
	for _, n := range m.Names {
		fmt.Fprintf(&b, "  %s: %s\n", quoted(n.Key), draft.Scalar(n.To))
	}
	if len(m.Columns) > 0 {
		b.WriteString("columns:\n")
	}
	for _, c := range m.Columns {
		fmt.Fprintf(&b, "  %s: %s\n", quoted(c.Key), draft.Scalar(c.To))
	}
	item := ""
	for i, l := range m.Labels {
		if i == 0 {
			b.WriteString("labels:\n")
		}
		if l.Item != item {
			item = l.Item
			fmt.Fprintf(&b, "  %s:\n", draft.Scalar(item))
		}
		to := draft.Scalar(l.Code)
		if l.Missing != table.Answered {
			to = "{missing: " + l.Missing.String() + "}"
		}
		fmt.Fprintf(&b, "    %s: %s\n", quoted(l.Label), to)
	}
	return []byte(b.String())
}

// quoted is a text as a key: always in quotes, since headers hold anything.
func quoted(s string) string {
	q := draft.Scalar(s)
	if strings.HasPrefix(q, `"`) {
		return q
	}
	return `"` + q + `"`
}
