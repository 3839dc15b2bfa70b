package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// runFmt lays the definitions of a workspace out and names the files that
// changed; with --check those that would, and nothing is written.
func runFmt(c *context, args []string) error {
	flags := flag.NewFlagSet("fmt", flag.ContinueOnError)
	check := flags.Bool("check", false, "only name the files that are laid out differently")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	dir, err := workspace(rest)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	names, err := definitions(root.FS())
	if err != nil {
		return err
	}
	var problems diag.List
	differ := false
	for _, name := range names {
		changed, err := layOut(root, name, !*check, &problems)
		if err != nil {
			return fmt.Errorf("lay out %s: %w", name, err)
		}
		if changed {
			differ = true
			fmt.Fprintln(c.out, name)
		}
	}
	if err := c.tell(&problems); err != nil {
		return err
	}
	if *check && differ {
		return errFaults
	}
	return nil
}

// definitions are manyi.yaml and every survey.yaml of a workspace.
func definitions(files fs.FS) ([]string, error) {
	names := []string{"manyi.yaml"}
	surveys, err := fs.Glob(files, "surveys/*/survey.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range surveys {
		if info, err := fs.Stat(files, name); err == nil && info.Mode().IsRegular() {
			names = append(names, name)
		}
	}
	return names, nil
}

// layOut brings one file into the stable layout and reports whether it was in another.
func layOut(root *os.Root, name string, write bool, problems *diag.List) (bool, error) {
	out := survey.Format(root.FS(), name, problems)
	if out == nil {
		return false, nil
	}
	old, err := root.ReadFile(name)
	if err != nil || bytes.Equal(old, out) || !write {
		return !bytes.Equal(old, out), err
	}
	info, err := root.Stat(name)
	if err != nil {
		return false, err
	}
	return true, replace(root, name, out, info.Mode().Perm())
}

// replace writes a file whole or not at all.
func replace(root *os.Root, name string, body []byte, mode fs.FileMode) error {
	temporary := path.Join(path.Dir(name), "."+path.Base(name)+".new")
	if err := root.WriteFile(temporary, body, mode); err != nil {
		return err
	}
	if err := root.Rename(temporary, name); err != nil {
		return errors.Join(err, root.Remove(temporary))
	}
	return nil
}
