package main

import (
	stdcontext "context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"

	"manyi/internal/diag"
	"manyi/internal/pdf"
	"manyi/internal/site"
	"manyi/internal/survey"
)

func runPrint(c *context, args []string) error {
	flags := flag.NewFlagSet("print", flag.ContinueOnError)
	lang := flags.String("report", "", "language of the report; else the first of the site")
	out := flags.String("o", "", "the file; else SURVEY.LANGUAGE.pdf in this folder")
	browser := flags.String("browser", c.env("MANYI_CHROMIUM"), "the Chromium to print with")
	rest, err := c.parse(flags, args)
	switch {
	case err != nil:
		return err
	case len(rest) == 0:
		return useError{"name the survey"}
	}
	dir, err := workspace(rest[1:])
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	var problems diag.List
	w := survey.ParseWorkspace(root.FS(), &problems)
	if problems.Has(diag.Error) {
		return c.tell(&problems)
	}
	if *lang == "" {
		*lang = w.Languages[0]
	}
	if !slices.Contains(w.Languages, *lang) {
		return useError{fmt.Sprintf("the site has no language %q; it has %v", *lang, w.Languages)}
	}
	if *out == "" {
		*out = rest[0] + "." + *lang + ".pdf"
	}
	return c.print(dir, rest[0], filepath.Join("site", "reports", rest[0], site.EditionName(rest[0], *lang, w.Languages[0])), *browser, *out)
}

// print builds the editions and prints one of them.
func (c *context) print(dir, id, edition, browser, out string) error {
	chromium, err := pdf.Browser(browser)
	if errors.Is(err, pdf.ErrNoBrowser) {
		return fmt.Errorf("%w: install one, name it with --browser, or open the report in any browser and print it", err)
	}
	if err != nil {
		return err
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	opt.Single = true
	var problems diag.List
	_, err = site.Build(dir, opt, &problems)
	if told := c.tell(&problems); told != nil {
		return told
	}
	if err != nil {
		return err
	}
	html, err := os.ReadFile(filepath.Join(dir, edition))
	if errors.Is(err, os.ErrNotExist) {
		return useError{fmt.Sprintf("there is no report of a survey %q", id)}
	}
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(stdcontext.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	body, pages, err := pdf.Edition(ctx, chromium, html)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, body, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s: %d pages\n", out, pages)
	return nil
}
