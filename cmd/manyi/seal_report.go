package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/locked"
	"manyi/internal/page"
	"manyi/internal/site"
	"manyi/internal/survey"
)

func runSealReport(c *context, args []string) error {
	flags := flag.NewFlagSet("seal-report", flag.ContinueOnError)
	lang := flags.String("report", "", "language of the report; else the first of the site")
	audience := flags.String("audience", "", "whose report; else that of management")
	passwords := flags.String("password-file", "", "holds the password in its first line; else one is drawn and printed")
	out := flags.String("o", "", "the file; else SURVEY.LANGUAGE.sealed.html in this folder")
	id, dir, err := c.ofSurvey(flags, args)
	if err != nil {
		return err
	}
	locale, err := c.languageOf(dir, lang)
	if err != nil {
		return err
	}
	scheme, err := schemeOf(dir)
	if err != nil {
		return err
	}
	password, drawn, err := passwordFrom(*passwords)
	if err != nil {
		return err
	}
	document, err := c.edition(dir, id, *audience, *lang)
	if err != nil {
		return err
	}
	body, err := locked.Lock(locked.Page{
		Lang: *lang, Dir: locale.Say("language.dir"), Build: id, Document: document, Scheme: scheme,
		Words: doorWords(locale),
	}, password)
	if errors.Is(err, locked.ErrShort) {
		return useError{diag.Say("%s; leave --password-file out and one is drawn", err)}
	}
	if err != nil {
		return err
	}
	if *out == "" {
		*out = id + "." + *lang + ".sealed.html"
	}
	if err := os.WriteFile(*out, body, 0o600); err != nil {
		return err
	}
	fmt.Fprintln(c.out, diag.Say("%s: written", *out).In(c.lang))
	if drawn { // the only time: it stands nowhere else
		fmt.Fprintln(c.out, diag.Say("password: %s", password).In(c.lang))
		fmt.Fprintln(c.out, diag.Say("give it by another way than the file; it is kept nowhere").In(c.lang))
	}
	return nil
}

// doorWords are what a sealed report says before it is opened.
func doorWords(l *survey.Locale) locked.Words {
	say := func(key string) string { return l.Say("sealed." + key) }
	return locked.Words{
		Title: say("title"), About: say("about"), Password: say("password"), Open: say("open"), Wait: say("wait"), Wrong: say("wrong"),
		Insecure: say("insecure"), Damaged: say("damaged"), Script: say("script"),
	}
}

// languageOf reads the workspace and the words of a language of its reports.
func (c *context) languageOf(dir string, lang *string) (*survey.Locale, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	var problems diag.List
	ws := survey.ParseWorkspace(root.FS(), &problems)
	if problems.Has(diag.Error) || ws == nil {
		return nil, c.tell(&problems)
	}
	if *lang == "" {
		*lang = ws.Languages[0]
	}
	if !slices.Contains(ws.Languages, *lang) {
		return nil, useError{diag.Say("the site has no language %q; it has %v", *lang, ws.Languages)}
	}
	return survey.LoadLocale(site.Templates(root.FS()), *lang)
}

// schemeOf is the script of the theme's switch between light and dark.
func schemeOf(dir string) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	return page.Scheme(site.Templates(root.FS()))
}

// passwordFrom is the first line of a file, or a password that was drawn.
func passwordFrom(file string) (password string, drawn bool, err error) {
	if file == "" {
		return locked.Password(), true, nil
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return "", false, err
	}
	line, _, _ := strings.Cut(string(body), "\n")
	return strings.TrimSpace(line), false, nil
}

// edition is a report as one document; nothing of the site is written.
func (c *context) edition(dir, id, audience, lang string) ([]byte, error) {
	opt, err := c.options()
	if err != nil {
		return nil, err
	}
	var problems diag.List
	html, err := site.Edition(dir, id, audience, lang, opt, &problems)
	if told := c.tell(&problems); told != nil {
		return nil, told
	}
	if err == nil && html == nil {
		return nil, useError{diag.Say("there is no such report of a survey %q", id)}
	}
	return html, err
}
