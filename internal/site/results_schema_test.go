package site_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"manyi/internal/service"
)

// resultsSchema is what `manyi schema --results` prints.
func resultsSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(service.ResultsSchema()))
	must(t, err)
	c := jsonschema.NewCompiler()
	must(t, c.AddResource("results.schema.json", doc))
	s, err := c.Compile("results.schema.json")
	must(t, err)
	return s
}

// keepsSchema fails the test where a results.json of the site is not as the schema says.
func keepsSchema(t *testing.T, dir string) (files int) {
	t.Helper()
	schema := resultsSchema(t)
	must(t, filepath.WalkDir(filepath.Join(dir, "site"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() != "results.json" {
			return err
		}
		body, err := os.ReadFile(name)
		must(t, err)
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		must(t, err)
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", filepath.Base(filepath.Dir(name)), err)
		}
		files++
		return nil
	}))
	return files
}

func TestResultsOfEveryDemoKeepTheirSchema(t *testing.T) {
	if files := keepsSchema(t, filepath.Dir(built(t))); files < 6 {
		t.Errorf("%d files of results, want all of the demo's", files)
	}
}

func TestSchemaOfResultsRefusesWhatNoMethodWrites(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(built(t), "reports/kiosk/results.json"))
	must(t, err)
	schema := resultsSchema(t)
	for _, change := range [][2]string{{`"min_cell":`, `"mincell":`}, {`"method":"drivers"`, `"method":"guesses"`}, {`"by_wave":`, `"by_waves":`}} {
		wrong := bytes.Replace(body, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(wrong, body) {
			wrong = bytes.Replace(body, bytes.ReplaceAll([]byte(change[0]), []byte(":"), []byte(": ")), []byte(change[1]), 1)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(wrong))
		must(t, err)
		if bytes.Equal(wrong, body) || schema.Validate(value) == nil {
			t.Errorf("%s instead of %s is let through", change[1], change[0])
		}
	}
}
