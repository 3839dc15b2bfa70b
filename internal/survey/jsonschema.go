package survey

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"manyi/internal/diag"
)

// object of JSON; encoding/json writes its keys sorted.
type jsonObject = map[string]any

const jsonDialect = "https://json-schema.org/draft/2020-12/schema"

// JSONSchema returns the JSON Schema (2020-12) of survey.yaml, from the same
// tables of keys that the reader uses. Editors complete and explain keys by
// it, in English and Chinese; what a schema cannot say, such as that a scale
// exists, only the reader judges.
func JSONSchema() []byte {
	return schemaOf("survey.yaml", diag.Say("definition of a survey"), outlines(surveyKeys))
}

// WorkspaceSchema is JSONSchema for manyi.yaml.
func WorkspaceSchema() []byte {
	return schemaOf("manyi.yaml", diag.Say("options of a workspace"), outlines(workspaceKeys))
}

func schemaOf(file string, about diag.Phrase, keys []outline) []byte {
	root := mappingSchema(keys)
	root["$schema"] = jsonDialect
	root["title"] = file
	root["description"] = bilingual(about)
	root["$defs"] = definitions()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(root); err != nil {
		panic("survey: schema: " + err.Error())
	}
	return b.Bytes()
}

// bilingual is what an editor shows: English, then Chinese.
func bilingual(p diag.Phrase) string { return p.In("en") + "\n" + p.In("zh-CN") }

// scalar is any value on one line; YAML reads some texts as numbers or as true.
func scalar(more jsonObject) jsonObject {
	out := jsonObject{"type": []string{"string", "number", "boolean"}}
	maps.Copy(out, more)
	return out
}

// definitions are the plain values by their kind, and what holds itself.
func definitions() jsonObject {
	day := `[0-9]{4}-[0-9]{2}-[0-9]{2}`
	decimal := `-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?`
	facet := mappingSchema(outlines(facetKeys())) // its items may be those of a pack
	line := scalar(jsonObject{"minLength": 1})
	choice := mappingSchema(outlines(branchKeys()))
	return jsonObject{
		"any":        jsonObject{},
		"branches":   jsonObject{"type": "array", "minItems": 1, "items": choice},
		"band":       scalar(jsonObject{"pattern": `^(` + decimal + `)?\.\.(` + decimal + `)?$`}),
		"boolean":    jsonObject{"type": "boolean"},
		"code":       scalar(jsonObject{"pattern": codePattern.String()}),
		"column":     line,
		"date":       jsonObject{"type": "string", "pattern": "^" + day + "$"},
		"expression": line,
		"facets":     jsonObject{"type": "array", "minItems": 1, "items": facet},
		"format":     jsonObject{"const": 1},
		"id":         jsonObject{"type": "string", "pattern": columnPattern.String()},
		"language":   jsonObject{"type": "string", "pattern": languageTag.String()},
		"pair":       jsonObject{"type": "array", "minItems": 2, "maxItems": 2, "items": line},
		"path":       line,
		"pattern":    scalar(jsonObject{"format": "regex"}),
		"period":     jsonObject{"type": "string", "pattern": `^` + day + `\.\.` + day + `$`},
		"range":      jsonObject{"type": "string", "pattern": `^-?[0-9]+\.\.-?[0-9]+$`},
		"scale":      line,
		"string":     line,
		"text": jsonObject{"anyOf": []any{
			line, jsonObject{
				"type": "object", "minProperties": 1, "additionalProperties": line,
				"propertyNames": jsonObject{"pattern": languageTag.String()},
			},
		}},
		"timezone": jsonObject{"type": "string"},
		"url":      jsonObject{"type": "string", "pattern": "^(https?|mailto):"},
	}
}

// schema is the JSON Schema of a value of shape s.
func (s shape) schema() jsonObject {
	switch s.kind {
	case "word":
		return jsonObject{"enum": s.words}
	case "mapping":
		return mappingSchema(s.keys)
	case "choice":
		return choiceSchema(s)
	case "list":
		return jsonObject{"type": "array", "minItems": 1, "items": s.of.schema()}
	case "map":
		return jsonObject{"type": "object", "additionalProperties": s.of.schema()}
	case "either":
		var all []any
		for _, e := range s.either {
			all = append(all, e.schema())
		}
		return jsonObject{"anyOf": all}
	case "integer", "number":
		out := jsonObject{"type": s.kind}
		if s.low != 0 || s.high != 0 {
			out["minimum"], out["maximum"] = s.low, s.high
		}
		return out
	case "string":
		if s.pattern != "" {
			return scalar(jsonObject{"pattern": s.pattern})
		}
	}
	return jsonObject{"$ref": "#/$defs/" + s.kind}
}

// mappingSchema is a mapping with these keys and no others.
func mappingSchema(keys []outline) jsonObject {
	properties := jsonObject{}
	need := []string{}
	for _, k := range keys {
		properties[k.name] = k.property()
		if k.rule&required != 0 {
			need = append(need, k.name)
		}
	}
	out := jsonObject{"type": "object", "properties": properties, "additionalProperties": false}
	if len(need) > 0 {
		out["required"] = need
	}
	if properties["type"] != nil && properties["scale"] != nil {
		out["allOf"] = typeBranches(keys)
	}
	return out
}

// property is the value of a key with what an editor says about it.
func (k outline) property() jsonObject {
	out := k.shape.schema()
	title := diag.Say(k.title)
	out["title"] = title.In("en")
	if k.rule&later != 0 {
		title = diag.Say("%s (checked, but not built yet)", title)
	}
	out["description"] = bilingual(title)
	return out
}

// needAnswers are the question types that have no answers of their own.
var needAnswers = []Type{SingleChoice, Dropdown, Rating, Likert, Matrix, MultipleChoice, MatrixMultiple}

// typeBranches says, for each question type, which keys it has not and which it needs.
func typeBranches(keys []outline) []any {
	var out []any
	for _, t := range questionTypes {
		then := jsonObject{}
		forbidden := jsonObject{}
		for _, k := range keys {
			if !slices.Contains(anyType, k.name) && !slices.Contains(typeKeys[Type(t)], k.name) {
				forbidden[k.name] = false
			}
		}
		then["properties"] = forbidden
		if slices.Contains(needAnswers, Type(t)) {
			var ways []any
			for _, way := range []string{"scale", "options", "points"} {
				if forbidden[way] == nil {
					ways = append(ways, jsonObject{"required": []string{way}})
				}
			}
			then["oneOf"] = ways
		}
		if need := lists[Type(t)]; need != nil {
			then["required"] = need
		}
		out = append(out, branch("type", t, then))
	}
	return out
}

// branch holds where the key by is the word.
func branch(by, word string, then jsonObject) jsonObject {
	return jsonObject{
		"if":   jsonObject{"properties": jsonObject{by: jsonObject{"const": word}}, "required": []string{by}},
		"then": then,
	}
}

// choiceSchema is a mapping whose keys depend on the word of one of them.
func choiceSchema(s shape) jsonObject {
	common := mappingSchema(s.keys)
	delete(common, "additionalProperties") // each variant has its own list
	var branches []any
	for _, v := range s.variants {
		branches = append(branches, branch(v.by, v.word, mappingSchema(v.keys)))
	}
	common["allOf"] = branches
	return common
}
