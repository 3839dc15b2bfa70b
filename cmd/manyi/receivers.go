package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"manyi/templates"

	"manyi/internal/diag"
)

// runReceivers writes the receivers for hosts of others, and what runs the
// collector as a service. They are never part of a site.
func runReceivers(c *context, args []string) error {
	flags := flag.NewFlagSet("receivers", flag.ContinueOnError)
	force := flags.Bool("force", false, "overwrite files that are there")
	rest, err := c.parse(flags, args)
	switch {
	case err != nil:
		return err
	case len(rest) != 1:
		return useError{diag.Say("name the folder to write them to")}
	case inside(".", rest[0]):
		return useError{diag.Say("%s is below site/, which is published: choose another place", rest[0])}
	}
	if err := os.MkdirAll(rest[0], 0o755); err != nil {
		return err
	}
	files, err := fs.ReadDir(templates.Files, "receivers")
	if err != nil {
		return err
	}
	for _, f := range files {
		body, err := fs.ReadFile(templates.Files, "receivers/"+f.Name())
		if err != nil {
			return err
		}
		name := filepath.Join(rest[0], f.Name())
		if _, err := os.Lstat(name); err == nil && !*force {
			return useError{diag.Say("%s is there already; --force overwrites it", name)}
		}
		if err := os.WriteFile(name, body, 0o644); err != nil {
			return err
		}
		fmt.Fprintln(c.out, name)
	}
	return nil
}
