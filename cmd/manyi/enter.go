package main

import (
	stdcontext "context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"manyi/internal/diag"
	"manyi/internal/enter"
	"manyi/internal/site"
	"manyi/internal/survey"
)

// Limits of a connection of the entry page.
const (
	enterHeaderTime = 5 * time.Second
	enterGoodbye    = 2 * time.Second
)

func runEnter(c *context, args []string) error {
	flags := flag.NewFlagSet("enter", flag.ContinueOnError)
	port := flags.Int("port", defaultPort+1, "port on this machine; 0 takes a free one")
	wave := flags.String("wave", "", "the wave the forms belong to")
	lang := flags.String("form", "", "language of the paper forms, and of the page; without it the paper is in the first language of the survey")
	id, dir, err := c.ofSurvey(flags, args)
	switch {
	case err != nil:
		return err
	case *port < 0 || *port > 65535:
		return useError{diag.Say("--port takes a number from 0 to 65535, not %d", *port)}
	}
	root, s, zone, err := c.openSurvey(dir, id)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := knownWave(s, *wave); err != nil {
		return err
	}
	paper, page := c.entryLanguages(s, *lang)
	if !slices.Contains(s.Languages, paper) {
		return useError{diag.Say("the survey has no language %q; it has %v", paper, s.Languages)}
	}
	locale, err := survey.LoadLocale(site.Templates(root.FS()), page)
	if err != nil {
		return err
	}
	server, err := enter.New(enter.Options{Survey: s, Locale: locale, Lang: paper, Root: root, Wave: *wave, Now: func() time.Time { return time.Now().In(zone) }})
	if err != nil {
		return err
	}
	return c.enter(server, *port)
}

// entryLanguages are the language of the paper forms and that of the page: what
// --form says, else the first of the survey on paper, and on the page that of
// messages where the survey has it.
func (c *context) entryLanguages(s *survey.Survey, form string) (paper, page string) {
	if form != "" {
		return form, form
	}
	paper, page = s.Languages[0], s.Languages[0]
	if i := slices.IndexFunc(s.Languages, func(l string) bool { return strings.HasPrefix(l, c.lang) }); i >= 0 {
		page = s.Languages[i]
	}
	return paper, page
}

// enter serves the page until it is stopped.
func (c *context) enter(server *enter.Server, port int) error {
	listener, err := loopback(port)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(stdcontext.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	fmt.Fprintf(c.out, "http://%s/\n  ", listener.Addr())
	c.say(c.out, diag.Say("Ctrl-C ends the entry"))
	web := &http.Server{Handler: server.Handler(), ReadHeaderTimeout: enterHeaderTime, MaxHeaderBytes: 16 << 10}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err = <-failed:
	case <-ctx.Done():
		goodbye, cancel := stdcontext.WithTimeout(stdcontext.WithoutCancel(ctx), enterGoodbye)
		defer cancel()
		err = web.Shutdown(goodbye)
	}
	c.say(c.out, diag.Say("%d paper forms in responses/paper.jsonl", server.Entered()))
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
