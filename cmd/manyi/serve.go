package main

import (
	stdcontext "context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os/signal"
	"strconv"
	"syscall"

	"manyi/internal/diag"
	"manyi/internal/serve"
	"manyi/internal/site"
)

// defaultPort is where the preview is found.
const defaultPort = 8417

func runServe(c *context, args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	port := flags.Int("port", defaultPort, "port on this machine; 0 takes a free one")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if *port < 0 || *port > 65535 {
		return useError{diag.Say("--port takes a number from 0 to 65535, not %d", *port)}
	}
	dir, err := workspace(rest)
	if err != nil {
		return err
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	opt.SkipKeyProof = true // a survey is looked at before its keys are made
	if opt.Keys, err = c.keys(nil); err != nil {
		return err
	}
	var last site.Result
	server, err := serve.New(serve.Options{
		Dir: dir, Lang: c.lang,
		Build: func(problems *diag.List) (err error) {
			last, err = site.Build(dir, opt, problems)
			return err
		},
		Built: func(problems *diag.List, err error) { c.built(dir, last, problems, err) },
	})
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer server.Close()
	listener, err := loopback(*port)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(stdcontext.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	fmt.Fprintf(c.out, "http://%s/\n  ", listener.Addr())
	c.say(c.out, diag.Say("Ctrl-C ends the preview"))
	return server.Run(ctx, listener)
}

// built tells the terminal how a build went.
func (c *context) built(dir string, result site.Result, problems *diag.List, err error) {
	if err != nil {
		fmt.Fprintf(c.err, "manyi serve: %v\n", err)
		return
	}
	if c.tell(problems) == nil {
		c.say(c.out, diag.Say("%s: %s built of %d; %s written", dir, plural(result.Built, diag.Say("1 survey"), diag.Say("%d surveys", result.Built)), result.Surveys,
			plural(result.Written, diag.Say("1 file"), diag.Say("%d files", result.Written))))
	}
}

// loopback listens on this machine only.
func loopback(port int) (net.Listener, error) {
	var first error
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err == nil {
			return l, nil
		}
		if first == nil {
			first = err
		}
		if errors.Is(err, syscall.EADDRINUSE) {
			return nil, useError{diag.Say("port %d is in use; --port 0 takes a free one", port)}
		}
	}
	return nil, fmt.Errorf("listen on this machine: %w", first)
}
