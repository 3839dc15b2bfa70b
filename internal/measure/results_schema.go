package measure

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// analysisTypes are the results by their method: what "analyses" holds.
var analysisTypes = map[string]reflect.Type{
	"accounts": reflect.TypeFor[Accounts](), "ces": reflect.TypeFor[Csat](), "compare": reflect.TypeFor[Compare](), "competitors": reflect.TypeFor[Competitors](),
	"crosstab": reflect.TypeFor[Crosstab](), "csat": reflect.TypeFor[Csat](), "csi": reflect.TypeFor[CSI](), "customers": reflect.TypeFor[Customers](),
	"drivers": reflect.TypeFor[Drivers](), "enterprise": reflect.TypeFor[Enterprise](), "fieldwork": reflect.TypeFor[Fieldwork](), "gap": reflect.TypeFor[Gap](), "importance_performance": reflect.TypeFor[Status](),
	"kano": reflect.TypeFor[Kano](), "loyalty": reflect.TypeFor[Loyalty](), "max_diff": reflect.TypeFor[MaxDiff](), "nps": reflect.TypeFor[Nps](),
	"path_model": reflect.TypeFor[PathModel](), "penalty_reward": reflect.TypeFor[PenaltyReward](), "quality": reflect.TypeFor[Quality](),
	"sample": reflect.TypeFor[Sample](), "service_evaluation": reflect.TypeFor[ServiceEvaluation](),
	"trend": reflect.TypeFor[Trend](), "two_factor": reflect.TypeFor[TwoFactor](), "verbatim": reflect.TypeFor[Verbatim](), "weak_items": reflect.TypeFor[WeakItems](),
}

// ResultsSchema is the JSON Schema of results.json, read off the types that are
// written; service is the type under "service". Where a type writes itself (it
// may be hidden), no key is required and others are allowed: those of hiding.
func ResultsSchema(service reflect.Type) []byte {
	d := &describer{defs: map[string]any{}}
	root := d.of(reflect.TypeFor[Results]())
	properties := d.defs["measure.Results"].(map[string]any)["properties"].(map[string]any)
	properties["service"] = d.of(service)
	root["$schema"], root["title"], root["$defs"] = "https://json-schema.org/draft/2020-12/schema", "results.json of manyi", d.defs
	d.defs["measure.Results"].(map[string]any)["required"] = []string{"manyi", "survey", "version", "inputs", "min_cell", "as_of", "count", "waves", "latest", "base", "questions", "analyses", "by_wave"}
	d.defs["measure.Results"].(map[string]any)["additionalProperties"] = false
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("measure: " + err.Error())
	}
	return append(out, '\n')
}

// describer collects the schemas of named structs.
type describer struct{ defs map[string]any }

func (d *describer) of(t reflect.Type) map[string]any {
	switch t {
	case reflect.TypeFor[Number]():
		return map[string]any{"type": []string{"number", "null"}}
	case reflect.TypeFor[Interval]():
		return map[string]any{"type": []string{"array", "null"}, "items": map[string]any{"type": "number"}, "minItems": 2, "maxItems": 2}
	case reflect.TypeFor[class]():
		return map[string]any{"type": []string{"string", "null"}}
	case reflect.TypeFor[Analysis]():
		return d.analysis()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{d.of(t.Elem()), map[string]any{"type": "null"}}}
	case reflect.Struct:
		return d.object(t)
	case reflect.Map:
		return map[string]any{"type": []string{"object", "null"}, "additionalProperties": d.of(t.Elem())}
	case reflect.Slice, reflect.Array:
		return map[string]any{"type": []string{"array", "null"}, "items": d.of(t.Elem())}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Interface:
		return map[string]any{}
	}
	return map[string]any{"type": "integer"}
}

// analysis is any result, told apart by its method, or a hidden one.
func (d *describer) analysis() map[string]any {
	if _, known := d.defs["analysis"]; known {
		return map[string]any{"$ref": "#/$defs/analysis"}
	}
	d.defs["analysis"] = nil // it holds blocks of itself
	method := func(value any) map[string]any {
		return map[string]any{"properties": map[string]any{"method": value}, "required": []string{"method"}}
	}
	hidden := map[string]any{"properties": map[string]any{"suppressed": map[string]any{"const": true}}, "required": []string{"suppressed", "reason"}}
	reliability := map[string]any{"allOf": []any{method(map[string]any{"const": "reliability"}), map[string]any{"anyOf": []any{d.of(reflect.TypeFor[Reliability]()), d.of(reflect.TypeFor[Batteries]())}}}}
	kinds := []any{hidden, reliability}
	var names []string
	for name := range analysisTypes {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		kinds = append(kinds, map[string]any{"allOf": []any{method(map[string]any{"const": name}), d.of(analysisTypes[name])}})
	}
	d.defs["analysis"] = map[string]any{"type": "object", "oneOf": kinds}
	return map[string]any{"$ref": "#/$defs/analysis"}
}

// object is a struct: by reference where it has a name.
func (d *describer) object(t reflect.Type) map[string]any {
	if t.Name() == "" {
		return d.keys(t)
	}
	name := t.String()
	if _, known := d.defs[name]; !known {
		d.defs[name] = nil
		d.defs[name] = d.keys(t)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

func (d *describer) keys(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	var walk func(reflect.Type, bool)
	walk = func(t reflect.Type, certain bool) {
		for f := range t.Fields() {
			key, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			switch {
			case key == "-" || !f.IsExported() && !f.Anonymous:
			case f.Anonymous && key == "" && embedded.Kind() == reflect.Struct:
				walk(embedded, certain && f.Type.Kind() == reflect.Struct)
			default:
				if key == "" {
					key = f.Name
				}
				properties[key] = d.of(f.Type)
				if certain && !strings.Contains(rest, "omitempty") && !strings.Contains(rest, "omitzero") {
					required = append(required, key)
				}
			}
		}
	}
	walk(t, true)
	out := map[string]any{"type": "object", "properties": properties}
	writes := reflect.TypeFor[json.Marshaler]()
	if !t.Implements(writes) && !reflect.PointerTo(t).Implements(writes) {
		slices.Sort(required)
		out["required"], out["additionalProperties"] = required, false
	}
	return out
}
