package main

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"

	"manyi/internal/diag"
	"manyi/internal/seal"
)

// mostKeyFile is the most bytes of a key file.
const mostKeyFile = 1 << 20

// identities registers --identity, which may be given more than once.
func (c *context) identities(flags *flag.FlagSet) *[]string {
	var files []string
	flags.Func("identity", "file of a secret key that opens sealed responses", func(s string) error {
		files = append(files, s)
		return nil
	})
	return &files
}

// keys reads the key files that are named, else those of MANYI_IDENTITY; nil
// without any.
func (c *context) keys(files []string) (*seal.Keys, error) {
	if len(files) == 0 {
		files = filepath.SplitList(c.env("MANYI_IDENTITY"))
	}
	if len(files) == 0 {
		return nil, nil
	}
	keys := &seal.Keys{}
	for _, name := range files {
		if err := addKey(keys, name); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// addKey reads one key file. No error repeats anything of it.
func addKey(keys *seal.Keys, name string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return useError{diag.Say("there is no key file %q", name)}
	case err != nil:
		return err
	case !info.Mode().IsRegular() || info.Size() > mostKeyFile:
		return useError{diag.Say("%q is no key file", name)}
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	switch err := keys.Add(body); {
	case errors.Is(err, seal.ErrLocked):
		return useError{diag.Say("the key in %q is locked with a passphrase: age -d unlocks it", name)}
	case err != nil:
		return useError{diag.Say("%q holds no secret key of age", name)}
	}
	return nil
}
