package main

import (
	"flag"
	"strings"

	"manyi/internal/ledger"
	"manyi/internal/survey"
)

// runSchema prints the JSON Schema by which editors complete survey.yaml, or
// that of the records of a ledger.
func runSchema(c *context, args []string) error {
	flags := flag.NewFlagSet("schema", flag.ContinueOnError)
	site := flags.Bool("workspace", false, "of manyi.yaml instead of survey.yaml")
	records := flags.String("ledger", "", "of the records of a ledger, such as complaints")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return useError{"takes no arguments"}
	}
	if *site && *records != "" {
		return useError{"takes --workspace or --ledger, not both"}
	}
	schema := survey.JSONSchema()
	if *records != "" {
		known := false
		if schema, known = ledger.JSONSchema(*records); !known {
			return useError{"ledgers are " + strings.Join(ledger.Names(), ", ")}
		}
	}
	if *site {
		schema = survey.WorkspaceSchema()
	}
	_, err = c.out.Write(schema)
	return err
}
