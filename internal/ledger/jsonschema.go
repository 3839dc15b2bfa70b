package ledger

import (
	"bytes"
	"encoding/json"

	"manyi/internal/diag"
)

type jsonObject = map[string]any // encoding/json writes its keys sorted

// JSONSchema is the JSON Schema (2020-12) of a ledger as a list of records, for
// editors and for the programs that write it; false where there is no such
// ledger. Columns that it does not name are allowed: they are not read.
func JSONSchema(name string) ([]byte, bool) {
	s, ok := SchemaOf(name)
	if !ok {
		return nil, false
	}
	properties, need := jsonObject{}, []string{}
	for _, c := range s.Columns {
		properties[c.Name] = c.property(name)
		if c.Required {
			need = append(need, c.Name)
		}
	}
	record := jsonObject{"type": "object", "properties": properties}
	if len(need) > 0 {
		record["required"] = need
	}
	root := jsonObject{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, "type": "array", "items": record,
		"description": both(diag.Say("records of ledger %q; the same columns in CSV and XLSX", name)),
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(root); err != nil {
		panic("ledger: schema: " + err.Error())
	}
	return b.Bytes(), true
}

// both is what an editor shows: English, then Chinese.
func both(p diag.Phrase) string { return p.In("en") + "\n" + p.In("zh-CN") }

// property describes the cells of a column. An empty cell is null or "".
func (c Column) property(ledger string) jsonObject {
	day := `[0-9]{4}-[0-9]{2}-[0-9]{2}`
	moment := day + `([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?`
	yes := []any{true, false, 1, 0, "yes", "no", "1", "0", "", nil}
	out := jsonObject{"title": About(ledger, c.Name).In("en")}
	says := both(About(ledger, c.Name))
	if c.Private {
		says += "\n" + both(diag.Say("private: no page, message or file of results shows it"))
	}
	out["description"] = says
	switch c.Kind {
	case Number:
		out["type"] = []string{"number", "string", "null"}
	case YesNo:
		out["enum"] = yes
	case Date:
		out["type"], out["pattern"] = []string{"string", "null"}, "^("+day+")?$"
	case Moment:
		out["type"], out["pattern"] = []string{"string", "null"}, "^("+moment+")?$"
		if c.Flag {
			delete(out, "type")
			delete(out, "pattern")
			out["anyOf"] = []any{jsonObject{"type": "string", "pattern": "^" + moment + "$"}, jsonObject{"enum": yes}}
		}
	case Word:
		words := []any{}
		for _, w := range c.Words {
			words = append(words, w)
		}
		out["enum"] = append(words, "", nil)
	case List:
		out["anyOf"] = []any{jsonObject{"type": "array", "items": jsonObject{"type": "string"}}, jsonObject{"type": []string{"string", "null"}}}
	default:
		out["type"] = []string{"string", "number", "null"}
	}
	return out
}
