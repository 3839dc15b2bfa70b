package main

import (
	"flag"
	"fmt"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/site"
)

func runHeaders(c *context, args []string) error {
	flags := flag.NewFlagSet("headers", flag.ContinueOnError)
	at := flags.String("at", "/reports/", "where the reports stand on the server")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 || site.Headers(rest[0], *at) == "" {
		return useError{diag.Say("name the server: %s", strings.Join(site.Servers, ", "))}
	}
	if strings.ContainsAny(*at, " \t\n\"'{};<>\\") {
		return useError{diag.Say("--at takes a path like /reports/")}
	}
	_, err = fmt.Fprint(c.out, site.Headers(rest[0], *at))
	return err
}
