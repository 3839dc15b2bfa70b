package main

import (
	"flag"
	"fmt"

	"manyi/internal/diag"
	"manyi/internal/site"
)

func runCheck(c *context, args []string) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	c.formats(flags)
	identities := c.identities(flags)
	skip := flags.Bool("skip-key-proof", false, "keys of sealed surveys that were not tried are warnings")
	revision := flags.String("against", "", "a revision or folder: ids that meant something else there are errors")
	rest, err := c.parse(flags, args)
	if err != nil {
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
	opt.SkipKeyProof = *skip
	if opt.Keys, err = c.keys(*identities); err != nil {
		return err
	}
	var problems diag.List
	if err := site.Check(dir, opt, &problems); err != nil {
		return err
	}
	if *revision != "" {
		if err := against(*revision, dir, &problems); err != nil {
			return err
		}
	}
	if err := c.tell(&problems); err != nil {
		return err
	}
	if c.forPeople() {
		fmt.Fprintln(c.out, diag.Say("%s: no errors", dir).In(c.lang))
	}
	return nil
}
