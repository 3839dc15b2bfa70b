package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"time"

	"manyi/internal/diag"
	"manyi/internal/site"
)

func runBuild(c *context, args []string) error {
	c.collectLess()
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	only := flags.String("only", "", "surveys or reports")
	audience := readers(flags)
	single := flags.Bool("single", false, "each report also as one HTML file that needs no other")
	c.formats(flags)
	identities := c.identities(flags)
	skip := flags.Bool("skip-key-proof", false, "keys of sealed surveys that were not tried are warnings")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if err := partOf(only, *audience); err != nil {
		return err
	}
	dir, err := workspace(rest)
	if err != nil {
		return err
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	opt.Only, opt.Single, opt.SkipKeyProof, opt.Commit = *only, *single, *skip, commitOf(dir)
	opt.Audience = *audience
	if opt.Keys, err = c.keys(*identities); err != nil {
		return err
	}
	if c.terminal {
		opt.Progress = c.progress
	}
	start := time.Now()
	var problems diag.List
	result, err := site.Build(dir, opt, &problems)
	c.clear()
	if told := c.tell(&problems); told != nil {
		return told
	}
	if err != nil || !c.forPeople() {
		return err
	}
	fmt.Fprintln(c.out, summary(dir, result, time.Since(start)).In(c.lang))
	return nil
}

// readers registers --audience.
func readers(flags *flag.FlagSet) *string {
	audience := ""
	flags.Func("audience", "only the report of these readers", func(name string) error {
		if audience = name; name == "" {
			return errors.New("a name is wanted, as under report: audiences: of a survey")
		}
		return nil
	})
	return &audience
}

// partOf judges --only, and sets it where an audience is named.
func partOf(only *string, audience string) error {
	switch {
	case *only != "" && *only != "surveys" && *only != "reports":
		return useError{diag.Say("--only takes surveys or reports, not %q", *only)}
	case audience != "" && *only == "surveys":
		return useError{diag.Say("--audience is about reports: leave --only out")}
	case audience != "":
		*only = "reports"
	}
	return nil
}

// summary says what a build did and how long it took.
func summary(dir string, r site.Result, took time.Duration) diag.Phrase {
	surveys, files := diag.Say("%d surveys", r.Built), diag.Say("%d files", r.Written)
	if r.Built == 1 {
		surveys = diag.Say("1 survey")
	}
	if r.Written == 1 {
		files = diag.Say("1 file")
	}
	return diag.Say("%s: %s built of %d; %s written, %d unchanged, %d removed (%s)", dir, surveys, r.Surveys, files, r.Unchanged, r.Removed, took.Round(time.Millisecond))
}

// options are what site needs of the outside.
func (c *context) options() (site.Options, error) {
	opt := site.Options{Program: program()}
	if epoch := c.env("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return opt, useError{diag.Say("SOURCE_DATE_EPOCH is no number of seconds")}
		}
		opt.Today = time.Unix(seconds, 0).UTC().Format(time.DateOnly)
	}
	return opt, nil
}

// program names this program for the cache: the version of a release, else
// the hash of the executable, since a development build has no version.
func program() string {
	if v := version(); v != "development" {
		return v
	}
	name, err := os.Executable()
	if err != nil {
		return "unknown"
	}
	f, err := os.Open(name)
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "unknown"
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (c *context) progress(done, total int, id string) {
	fmt.Fprint(c.err, "\r\033[K", diag.Say("%d of %d surveys · %s", done, total, id).In(c.lang))
}

func (c *context) clear() {
	if c.terminal {
		fmt.Fprint(c.err, "\r\033[K")
	}
}

func plural(n int, one, many diag.Phrase) diag.Phrase {
	if n == 1 {
		return one
	}
	return many
}

// say prints a line for people.
func (c *context) say(w io.Writer, what diag.Phrase) { fmt.Fprintln(w, what.In(c.lang)) }

func runVersion(c *context, args []string) error {
	rest, err := c.parse(flag.NewFlagSet("version", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return useError{diag.Say("takes no arguments")}
	}
	fmt.Fprintln(c.out, "manyi", version())
	return nil
}

// version is the version of a release, else "development".
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}

// collectLess lets the heap grow to five times its live part before it is
// collected: a build is short and makes much that it soon drops. Within 2 GiB;
// what GOGC says wins.
func (c *context) collectLess() {
	if c.env("GOGC") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(2 << 30)
	}
}
