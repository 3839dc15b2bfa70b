package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/seal"
)

// runOpen writes what is sealed in a file, or proves that keys open it.
func runOpen(c *context, args []string) error {
	flags := flag.NewFlagSet("open", flag.ContinueOnError)
	files := c.identities(flags)
	proof := flags.Bool("proof", false, "show that the keys open what a survey seals, and note it")
	id := flags.String("survey", "", "with --proof: the survey")
	canary := flags.String("canary", "", "with --proof: the test file that the survey's page saves at ?canary")
	out := flags.String("o", "", "file to write to; else standard output")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	keys, err := c.keys(*files)
	if err != nil {
		return err
	}
	if keys.None() {
		return useError{diag.Say("name the file of a secret key with --identity or in MANYI_IDENTITY")}
	}
	if *proof {
		dir, err := workspace(rest)
		if err != nil {
			return err
		}
		return c.proveKeys(dir, *id, *canary, keys)
	}
	if len(rest) != 1 {
		return useError{diag.Say("name one file to open, or - for standard input")}
	}
	data, err := imported(rest[0])
	if err != nil {
		return err
	}
	var problems diag.List
	plain := opened(rest[0], data, keys, &problems)
	if err := c.tell(&problems); err != nil && len(plain) == 0 {
		return err
	}
	if err := c.hand(*out, plain); err != nil {
		return err
	}
	if problems.Has(diag.Error) {
		return errFaults
	}
	return nil
}

// hand writes what was opened, to a new file that only its owner can read.
func (c *context) hand(name string, plain []byte) error {
	if name == "" {
		_, err := c.out.Write(plain)
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return useError{diag.Say("%s is there already", name)}
	}
	if err != nil {
		return err
	}
	_, err = f.Write(plain)
	return errors.Join(err, f.Close())
}

// opened is what is sealed in a file: of a file of age its whole content, else
// one line for each sealed record.
func opened(name string, data []byte, keys *seal.Keys, problems *diag.List) []byte {
	var out bytes.Buffer
	if !strings.HasSuffix(name, ".jsonl") {
		found := seal.Find(data)
		for _, f := range found {
			one(&out, name, f.Line, f.Armor, keys, problems)
		}
		if len(found) == 0 {
			problems.Add(diag.Problem{Severity: diag.Error, Code: "nothing-sealed", Place: diag.Place{File: name}, Summary: diag.Say("there is nothing sealed in the file"), Cure: diag.Say("sealed texts are between BEGIN AGE ENCRYPTED FILE and END AGE ENCRYPTED FILE")})
		}
		return out.Bytes()
	}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var record struct {
			Sealed string `json:"_sealed"`
		}
		_ = json.Unmarshal(line, &record) // what is no record has no armor
		one(&out, name, number, record.Sealed, keys, problems)
	}
	return out.Bytes()
}

// one opens a single sealed text.
func one(out io.Writer, name string, line int, armor string, keys *seal.Keys, problems *diag.List) {
	plain, err := keys.OpenAll([]byte(armor))
	if err == nil {
		out.Write(append(bytes.TrimRight(plain, " \r\n"), '\n'))
		return
	}
	p := diag.Problem{Severity: diag.Error, Code: "damaged-seal", Place: diag.Place{File: name, Line: line}, Summary: diag.Say("the sealed text is cut off or was changed; nothing of it is used"), Cure: diag.Say("ask for it again, whole, from BEGIN to END, or as a file")}
	if errors.Is(err, seal.ErrOtherKey) && armor != "" {
		p.Code, p.Summary, p.Cure = "other-key", diag.Say("it is sealed for other keys"), diag.Say("name the file of the right key with --identity")
	}
	problems.Add(p)
}

// proveKeys shows that the keys at hand open what a survey seals and notes it
// in its proof; each recipient needs its turn.
func (c *context) proveKeys(dir, id, canary string, keys *seal.Keys) error {
	if id == "" {
		return useError{diag.Say("name the survey with --survey")}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	s, _, err := c.definition(root.FS(), id)
	if err != nil {
		return err
	}
	if !s.Collect.Sealed() {
		return useError{diag.Say("survey %q is not sealed", id)}
	}
	by, sealedFor := "program", []string(nil)
	if canary != "" {
		data, err := imported(canary)
		if err != nil {
			return err
		}
		by = "page"
		if sealedFor, err = seal.Canary(data, id, keys); err != nil {
			return useError{diag.Say("%s: %v", canary, err)}
		}
	}
	var proven []string
	for _, r := range s.Collect.Seal {
		if canary != "" && !slices.Contains(sealedFor, hex.EncodeToString(r.Public())) {
			return useError{diag.Say("the page seals for other keys than survey.yaml names: build and publish it again")}
		}
		if slices.Contains(keys.Public(), r.String()) && seal.Try(r, keys) == nil {
			proven = append(proven, r.String())
		}
	}
	if len(proven) == 0 {
		return useError{diag.Say("none of the keys at hand is one of those that the survey seals for")}
	}
	if err := prove(dir, id, by, proven); err != nil {
		return err
	}
	fmt.Fprintln(c.out, diag.Say("%s: %d of %d keys shown to open what is sealed for them", id, len(proven), len(s.Collect.Seal)).In(c.lang))
	return nil
}
