package main

import (
	"flag"
	"fmt"

	"manyi/internal/diag"
	"manyi/internal/site"
)

func runAudit(c *context, args []string) error {
	flags := flag.NewFlagSet("audit", flag.ContinueOnError)
	before := flags.String("before", "", "site/ of the edition that was published before")
	c.formats(flags)
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	dir, err := workspace(rest)
	if err != nil {
		return err
	}
	var problems diag.List
	n, err := site.Audit(dir, *before, &problems)
	if err != nil {
		return err
	}
	if n == 0 {
		return useError{diag.Say("there is no report to read: run manyi build first")}
	}
	told := c.tell(&problems)
	if c.forPeople() {
		if told == nil {
			fmt.Fprintln(c.out, diag.Say("%s: %d reports read; no figure of fewer people than min_cell is shown or follows", dir, n).In(c.lang))
		}
		fmt.Fprintln(c.out, diag.Say("not looked at: three segments laid over each other, what readers know from elsewhere, and what mean and spread of a shown group tell of its answers").In(c.lang))
	}
	return told
}
