package survey

import (
	"regexp"

	"gopkg.in/yaml.v3"
)

// value reads the value of a key into a field of T. Its shape is for the JSON
// Schema and for the layout.
type value[T any] struct {
	shape shape
	read  func(r *reader, n *yaml.Node, into *T)
}

// shape describes a value without its reader. Its kind is the name of a plain
// value (see plainShapes) or one of
//
//	word      one of words
//	mapping   the keys, and no others
//	list, map entries or values of the shape of, with free names
//	either    one of the shapes of either
//	choice    a mapping with common keys and those of one variant
//	facets    a list of facets, which hold facets
//	branches  a list of choices, which hold choices
type shape struct {
	kind      string
	words     []string
	keys      []outline
	of        *shape
	either    []shape
	variants  []variant // of a choice
	low, high float64   // of a number, inclusive; both 0: any
	pattern   string    // of a text on one line
}

// variant is the keys that a mapping has where its key by is the word.
type variant struct {
	by, word string
	keys     []outline
}

// outline is a key without its reader.
type outline struct {
	name, title string
	shape       shape
	rule        rule
}

func outlines[T any](keys []key[T]) []outline {
	out := make([]outline, len(keys))
	for i, k := range keys {
		out[i] = outline{k.name, k.title, k.value.shape, k.rule}
	}
	return out
}

func plainShape(kind string) shape     { return shape{kind: kind} }
func listOf(s shape) shape             { return shape{kind: "list", of: &s} }
func mapOf(s shape) shape              { return shape{kind: "map", of: &s} }
func either(shapes ...shape) shape     { return shape{kind: "either", either: shapes} }
func keyed[T any](keys []key[T]) shape { return shape{kind: "mapping", keys: outlines(keys)} }
func oneWord(words ...string) shape    { return shape{kind: "word", words: words} }
func numbered(low, high float64) shape { return shape{kind: "number", low: low, high: high} }
func counting(low, high int) shape {
	return shape{kind: "integer", low: float64(low), high: float64(high)}
}
func matching(re *regexp.Regexp) shape { return shape{kind: "string", pattern: re.String()} }

// analysisShape is an entry of analyses: its keys depend on its method.
func analysisShape() shape {
	s := shape{kind: "choice", keys: outlines(commonKeys)}
	for _, m := range methods {
		s.variants = append(s.variants, variant{"method", m.name, outlines(methodKeys(m.name))})
	}
	return s
}

// ledgerShape is the mapping of the files of each ledger.
func ledgerShape() shape {
	s := shape{kind: "mapping"}
	for _, name := range ledgerNames {
		s.keys = append(s.keys, outline{name, "mapping of the files of records", keyed(ledgerKeys), optional})
	}
	return s
}

// order is the order of the keys of n, nil where it is free.
func (s shape) order(n *yaml.Node) []outline {
	switch s = s.fitting(n); s.kind {
	case "mapping":
		return s.keys
	case "choice":
		for _, v := range s.variants {
			if by := child(n, v.by); by != nil && by.Value == v.word {
				return v.keys
			}
		}
		return s.keys
	}
	return nil
}

// fitting is the one of several shapes that fits the kind of n.
func (s shape) fitting(n *yaml.Node) shape {
	if s.kind == "facets" && n.Kind == yaml.SequenceNode {
		return listOf(keyed(facetKeys()))
	}
	if s.kind == "branches" && n.Kind == yaml.SequenceNode {
		return listOf(keyed(branchKeys()))
	}
	for _, e := range s.either {
		isList, isScalar := e.kind == "list", e.kind != "mapping" && e.kind != "map" && e.kind != "list"
		if n.Kind == yaml.SequenceNode && isList || n.Kind == yaml.MappingNode && !isList && !isScalar {
			return e
		}
	}
	return s
}

// below is the shape of the value of a key of n.
func (s shape) below(n *yaml.Node, key string) shape {
	if m := s.fitting(n); m.kind == "map" {
		return *m.of
	}
	for _, k := range s.order(n) {
		if k.name == key {
			return k.shape
		}
	}
	return shape{}
}

// entry is the shape of the entries of the list n.
func (s shape) entry(n *yaml.Node) shape {
	if l := s.fitting(n); l.kind == "list" {
		return *l.of
	}
	return shape{}
}
