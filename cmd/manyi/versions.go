package main

import (
	"flag"
	"fmt"

	"manyi/internal/diag"
	"manyi/internal/site"
	versions "manyi/internal/version"
)

// runVersions lists the states of a questionnaire that answers name, the
// definition of each, and what becomes of the series from there to the present.
func runVersions(c *context, args []string) error {
	id, dir, err := c.ofSurvey(flag.NewFlagSet("versions", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	var problems diag.List
	named, known, err := site.Versions(dir, id, opt, &problems)
	if told := c.tell(&problems); told != nil {
		return told
	}
	if err != nil {
		return err
	}
	if known == 0 {
		return useError{diag.Say("there is no survey %q in %q", id, dir)}
	}
	missing := false
	say := func(p diag.Phrase) { fmt.Fprintln(c.out, p.In(c.lang)) }
	for _, n := range named {
		if n.Definition == nil {
			missing = true
			say(diag.Say("%s: %d answers, no definition found: put it in surveys/%s/versions/", n.Phrase(), n.N, id))
			continue
		}
		say(diag.Say("%s: %d answers, defined by %s, %s", n.Phrase(), n.N, n.Definition.Source, versions.Worst(n.Changes).Phrase()))
	}
	if len(named) == 0 {
		say(diag.Say("no answer names a version; %d definitions are known", known))
	}
	if missing {
		return errFaults
	}
	return nil
}
