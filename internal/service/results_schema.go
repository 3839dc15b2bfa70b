package service

import (
	"reflect"

	"manyi/internal/measure"
)

// ResultsSchema is the JSON Schema of results.json.
func ResultsSchema() []byte { return measure.ResultsSchema(reflect.TypeFor[*Results]()) }
