package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"manyi/internal/diag"
	"manyi/internal/importer"
)

// mostImported is the most bytes of a file that is imported.
const mostImported = 64 << 20

// runImport appends the responses of a file to those of a survey.
func runImport(c *context, args []string) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	id := flags.String("survey", "", "the survey they belong to")
	c.formats(flags)
	rest, err := c.parse(flags, args)
	switch {
	case err != nil:
		return err
	case len(rest) == 0:
		return useError{"name the file with the response codes, or - for standard input"}
	case *id == "":
		return useError{"name the survey with --survey"}
	}
	dir, err := workspace(rest[1:])
	if err != nil {
		return err
	}
	data, err := imported(rest[0])
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	if _, _, err := c.definition(root.FS(), *id); err != nil {
		return err
	}
	var problems diag.List
	t, err := importer.Codes(root, *id, rest[0], data, &problems)
	if err != nil {
		return fmt.Errorf("import %s: %w", rest[0], err)
	}
	sealed, err := importer.Sealed(root, *id, rest[0], data, &problems)
	if err != nil {
		return fmt.Errorf("import %s: %w", rest[0], err)
	}
	if sealed.Read > 0 && c.forPeople() {
		fmt.Fprintf(c.out, "%s: %d sealed read, %d new, %d known, %d broken\n", sealed.File, sealed.Read, sealed.New, sealed.Known, sealed.Broken)
	}
	if c.forPeople() && (t.Read > 0 || sealed.Read == 0) {
		fmt.Fprintf(c.out, "%s: %s read, %d new, %d known, %d changed, %d broken\n", t.File, plural(t.Read, "code"), t.New, t.Known, t.Changed, t.Broken)
	}
	return c.tell(&problems)
}

// imported reads the file to import; - is standard input.
func imported(name string) ([]byte, error) {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) {
			return nil, useError{fmt.Sprintf("there is no file %q", name)}
		}
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, mostImported+1))
	if len(data) > mostImported {
		return nil, useError{fmt.Sprintf("%s is larger than %d MB; split it", name, mostImported>>20)}
	}
	return data, err
}
