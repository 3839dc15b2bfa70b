package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/importer"
)

// mostImported is the most bytes of a file that is imported.
const mostImported = 64 << 20

// runImport brings the responses of a file into a survey: response codes from
// any text, or the export of another tool.
func runImport(c *context, args []string) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	x := &exportFlags{}
	x.register(flags)
	c.formats(flags)
	rest, err := c.parse(flags, args)
	switch {
	case err != nil:
		return err
	case len(rest) == 0:
		return useError{diag.Say("name the file with the export or the response codes, or - for standard input")}
	case x.survey == "" && x.fresh == "":
		return useError{diag.Say("name the survey with --survey, or a new one with --new")}
	case x.survey != "" && x.fresh != "":
		return useError{diag.Say("--survey is for a survey that is there, --new for one that is not")}
	}
	if err := x.judge(); err != nil {
		return err
	}
	dir, err := workspace(rest[1:])
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	if x.fresh == "" && x.tool == "" && holdsCodes(rest[0]) {
		return c.importCodes(root, x.survey, rest)
	}
	return c.importExport(root, dir, rest[0], x)
}

// holdsCodes reports whether a file is a text, not a table or JSON.
func holdsCodes(name string) bool {
	ending := strings.ToLower(path.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz")))
	return name == "-" || slices.Contains([]string{"", ".txt", ".text", ".md", ".eml", ".log", ".mbox"}, ending)
}

// importCodes appends the response codes in a text.
func (c *context) importCodes(root *os.Root, id string, rest []string) error {
	data, err := imported(rest[0])
	if err != nil {
		return err
	}
	if _, _, err := c.definition(root.FS(), id); err != nil {
		return err
	}
	var problems diag.List
	t, err := importer.Codes(root, id, rest[0], data, &problems)
	if err != nil {
		return fmt.Errorf("import %s: %w", rest[0], err)
	}
	sealed, err := importer.Sealed(root, id, rest[0], data, &problems)
	if err != nil {
		return fmt.Errorf("import %s: %w", rest[0], err)
	}
	if sealed.Read > 0 && c.forPeople() {
		fmt.Fprintln(c.out, diag.Say("%s: sealed responses: %d. New: %d, known: %d, broken: %d", sealed.File, sealed.Read, sealed.New, sealed.Known, sealed.Broken).In(c.lang))
	}
	if c.forPeople() && (t.Read > 0 || sealed.Read == 0) {
		c.say(c.out, diag.Say("%s: %s read, %d new, %d known, %d changed, %d broken", t.File, plural(t.Read, diag.Say("1 code"), diag.Say("%d codes", t.Read)), t.New, t.Known, t.Changed, t.Broken))
	}
	return c.tell(&problems)
}

// imported reads the file to import; - is standard input.
func imported(name string) ([]byte, error) {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) {
			return nil, useError{diag.Say("there is no file %q", name)}
		}
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, mostImported+1))
	if len(data) > mostImported {
		return nil, useError{diag.Say("%s is larger than %d MB; split it", name, mostImported>>20)}
	}
	return data, err
}
