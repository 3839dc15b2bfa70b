package main

import (
	stdcontext "context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"manyi/internal/diag"
	"manyi/internal/pdf"
)

// runPrint prints a whole report; nothing of the site is written.
func runPrint(c *context, args []string) error {
	flags := flag.NewFlagSet("print", flag.ContinueOnError)
	lang := flags.String("report", "", "language of the report; else the first of the site")
	audience := flags.String("audience", "", "whose report; else that of management")
	out := flags.String("o", "", "the file; else SURVEY.LANGUAGE.pdf in this folder")
	browser := flags.String("browser", c.env("MANYI_CHROMIUM"), "the Chromium to print with")
	id, dir, err := c.ofSurvey(flags, args)
	if err != nil {
		return err
	}
	chromium, err := pdf.Browser(*browser)
	if errors.Is(err, pdf.ErrNoBrowser) {
		return fmt.Errorf("%w: install one, name it with --browser, or open the report in any browser and print it", err)
	}
	if err != nil {
		return err
	}
	if _, err := c.languageOf(dir, lang); err != nil {
		return err
	}
	html, err := c.edition(dir, id, *audience, *lang)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(stdcontext.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	body, pages, err := pdf.Edition(ctx, chromium, html)
	if err != nil {
		return err
	}
	if *out == "" {
		*out = id + "." + *lang + ".pdf"
	}
	if err := os.WriteFile(*out, body, 0o600); err != nil {
		return err
	}
	c.say(c.out, diag.Say("%s: %d pages", *out, pages))
	return nil
}
