package main

import (
	"flag"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/service"
	"manyi/internal/survey"
)

// runSchema prints the JSON Schema by which editors complete survey.yaml, that
// of the records of a ledger, or that of results.json.
func runSchema(c *context, args []string) error {
	flags := flag.NewFlagSet("schema", flag.ContinueOnError)
	site := flags.Bool("workspace", false, "of manyi.yaml instead of survey.yaml")
	records := flags.String("ledger", "", "of the records of a ledger, such as complaints")
	results := flags.Bool("results", false, "of results.json, which programs read")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return useError{diag.Say("takes no arguments")}
	}
	if *site && *records != "" || *results && (*site || *records != "") {
		return useError{diag.Say("takes one of --workspace, --ledger and --results")}
	}
	schema := survey.JSONSchema()
	if *records != "" {
		known := false
		if schema, known = ledger.JSONSchema(*records); !known {
			return useError{diag.Say("ledgers are %s", strings.Join(ledger.Names(), ", "))}
		}
	}
	if *results {
		schema = service.ResultsSchema()
	}
	if *site {
		schema = survey.WorkspaceSchema()
	}
	_, err = c.out.Write(schema)
	return err
}
