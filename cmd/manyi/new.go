package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/templates"
)

func runNew(c *context, args []string) error {
	flags := flag.NewFlagSet("new", flag.ContinueOnError)
	from := flags.String("from", "basic", "the starter to copy")
	list := flags.Bool("list", false, "show the starters")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	starters, err := starterNames()
	if err != nil {
		return err
	}
	if *list {
		fmt.Fprintln(c.out, strings.Join(starters, "\n"))
		return nil
	}
	if len(rest) != 1 {
		return useError{"name the new folder"}
	}
	if !slices.Contains(starters, *from) {
		message := fmt.Sprintf("there is no starter %q; --list shows them", *from)
		if near := diag.Nearest(*from, starters); near != "" {
			message = fmt.Sprintf("there is no starter %q; did you mean %q?", *from, near)
		}
		return useError{message}
	}
	if err := create(rest[0], *from); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s: ready. Next:\n  manyi build %s\n", rest[0], rest[0])
	return nil
}

func starterNames() ([]string, error) {
	entries, err := fs.ReadDir(templates.Files, "starters")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// create copies a starter into a folder that does not exist or is empty.
func create(dir, starter string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return useError{fmt.Sprintf("%q is not empty", dir)}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, base := range []string{"workspace", path.Join("starters", starter)} {
		if err := overlay(root, base); err != nil {
			return err
		}
	}
	for _, f := range workspaceFiles() {
		if err := root.MkdirAll(path.Dir(f.name), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(f.name, f.body, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// overlay copies a folder of the embedded files into the workspace.
func overlay(root *os.Root, base string) error {
	return fs.WalkDir(templates.Files, base, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		to := strings.TrimPrefix(name, base+"/")
		if err := root.MkdirAll(path.Dir(to), 0o755); err != nil {
			return err
		}
		body, err := fs.ReadFile(templates.Files, name)
		if err != nil {
			return err
		}
		return root.WriteFile(to, body, 0o644)
	})
}
