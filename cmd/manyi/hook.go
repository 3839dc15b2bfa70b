package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/git"
)

// hookScript is what git runs before each commit.
const hookScript = `#!/bin/sh
# written by manyi hook: personal data and keys are not committed
exec manyi hook --run
`

// runHook puts a check before every commit of the repository, or with --run
// checks what the next commit holds.
func runHook(c *context, args []string) error {
	flags := flag.NewFlagSet("hook", flag.ContinueOnError)
	check := flags.Bool("run", false, "check what the next commit adds")
	c.formats(flags)
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	dir, err := workspace(rest)
	if err != nil {
		return err
	}
	repository, err := git.Open(dir)
	if errors.Is(err, git.ErrOutside) {
		return useError{diag.Say("%q is in no git repository: run git init first", dir)}
	}
	if err != nil {
		return err
	}
	if *check {
		var problems diag.List
		if err := staged(repository, &problems); err != nil {
			return err
		}
		return c.tell(&problems)
	}
	return c.install(repository)
}

// install writes the hook; one that is not ours is left alone.
func (c *context) install(repository *git.Folder) error {
	hooks, err := repository.Hooks()
	if err != nil {
		return err
	}
	name := filepath.Join(hooks, "pre-commit")
	have, err := os.ReadFile(name)
	switch {
	case err == nil && !strings.Contains(string(have), "manyi hook"):
		return useError{diag.Say("%s exists: add the line \"manyi hook --run || exit 1\" to it", name)}
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return err
	}
	if err := os.MkdirAll(hooks, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(name, []byte(hookScript), 0o755); err != nil {
		return err
	}
	fmt.Fprintln(c.out, diag.Say("%s: commits with personal data or keys are refused from now on", filepath.ToSlash(name)).In(c.lang))
	return nil
}
