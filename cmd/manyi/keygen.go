package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"manyi/internal/diag"
	"manyi/internal/seal"
)

// runKeygen makes a key and its backup, and shows that both work.
func runKeygen(c *context, args []string) error {
	flags := flag.NewFlagSet("keygen", flag.ContinueOnError)
	id := flags.String("survey", "", "the survey whose answers are sealed; its proof of the keys is written")
	folder := flags.String("out", "", "folder for the key files; else manyi/ among your settings")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	dir, err := workspace(rest)
	if err != nil {
		return err
	}
	name := "manyi"
	if *id != "" {
		name = *id
		if err := c.surveyIsThere(dir, *id); err != nil {
			return err
		}
	}
	if *folder, err = keyFolder(*folder); err != nil {
		return err
	}
	files := []string{filepath.Join(*folder, name+".key"), filepath.Join(*folder, name+".backup.key")}
	var public []string
	for i, file := range files {
		about := "key of manyi for " + name + []string{"", ", the backup"}[i]
		recipient, err := writeKey(file, about)
		if err != nil {
			return err
		}
		public = append(public, recipient)
	}
	if *id != "" {
		if err := prove(dir, *id, "program", public); err != nil {
			return err
		}
	}
	c.tellKeys(dir, *id, files, public)
	return nil
}

func (c *context) tellKeys(dir, id string, files, public []string) {
	say := func(p diag.Phrase) { fmt.Fprintln(c.out, p.In(c.lang)) }
	say(diag.Say("Two key files were written that only you can read, and both open what is sealed for them:"))
	for _, file := range files {
		fmt.Fprintln(c.out, "  "+file)
	}
	say(diag.Say("Take the backup to another place. Who has either file can read the answers; without both they are lost."))
	fmt.Fprintln(c.out)
	say(diag.Say("Write the public keys into survey.yaml:"))
	fmt.Fprintf(c.out, "collect:\n  seal:\n    recipients:\n      - %s\n      - %s\n", public[0], public[1])
	if id != "" {
		fmt.Fprintln(c.out)
		say(diag.Say("%s says that the keys were tried; keep it with survey.yaml.", filepath.Join(dir, "surveys", id, seal.ProofName)))
	}
	fmt.Fprintln(c.out)
	say(diag.Say("To read the answers: manyi build --identity %s", files[0]))
}

// surveyIsThere needs no definition without faults: the lack of a seal may be one.
func (c *context) surveyIsThere(dir, id string) error {
	if filepath.Base(id) != id || id == "." || id == ".." {
		return useError{diag.Say("%q is no id of a survey", id)}
	}
	if _, err := os.Stat(filepath.Join(dir, "surveys", id, "survey.yaml")); err != nil {
		return useError{diag.Say("there is no survey %q in %s", id, dir)}
	}
	return nil
}

// keyFolder is where key files go: never into a workspace, which others get to see.
func keyFolder(folder string) (string, error) {
	if folder == "" {
		settings, err := os.UserConfigDir()
		if err != nil {
			return "", useError{diag.Say("name a folder for the key files with --out")}
		}
		folder = filepath.Join(settings, "manyi")
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	for at := folder; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "manyi.yaml")); err == nil {
			return "", useError{diag.Say("%s is in a workspace, which others may get to see; name another folder with --out", folder)}
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	return folder, os.MkdirAll(folder, 0o700)
}

// writeKey makes a key, writes it where nothing stands, reads it back from the
// disk and tries it.
func writeKey(file, about string) (recipient string, err error) {
	key, err := seal.Generate()
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return "", useError{diag.Say("%s is there already; a key is never overwritten", file)}
	}
	if err != nil {
		return "", err
	}
	_, err = f.Write(key.File(about))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("write key: %w", err)
	}
	keys := &seal.Keys{}
	if err := addKey(keys, file); err != nil {
		return "", err
	}
	r, err := seal.ParseRecipient(key.Recipient())
	if err != nil {
		return "", err
	}
	return key.Recipient(), seal.Try(r, keys)
}

// prove notes in the proof of a survey that keys work.
func prove(dir, id, by string, public []string) error {
	root, err := os.OpenRoot(filepath.Join(dir, "surveys", id))
	if err != nil {
		return fmt.Errorf("open survey %q: %w", id, err)
	}
	defer root.Close()
	old, err := root.ReadFile(seal.ProofName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var prints []string
	for _, p := range public {
		prints = append(prints, seal.Print(p))
	}
	const fresh = ".seal.proof.new"
	if err := root.WriteFile(fresh, seal.Prove(old, by, prints...), 0o644); err != nil {
		return err
	}
	return root.Rename(fresh, seal.ProofName)
}
