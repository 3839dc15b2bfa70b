package main

import (
	"flag"

	"manyi/internal/survey"
)

// runSchema prints the JSON Schema by which editors complete survey.yaml.
func runSchema(c *context, args []string) error {
	flags := flag.NewFlagSet("schema", flag.ContinueOnError)
	site := flags.Bool("workspace", false, "of manyi.yaml instead of survey.yaml")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return useError{"takes no arguments"}
	}
	schema := survey.JSONSchema()
	if *site {
		schema = survey.WorkspaceSchema()
	}
	_, err = c.out.Write(schema)
	return err
}
