package main

import (
	stdcontext "context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"manyi/internal/collect"
	"manyi/internal/diag"
	"manyi/internal/site"
	"manyi/internal/survey"
)

// collectFlags are the options of the command line.
type collectFlags struct {
	listen, data, cert, key, trusted string
	perMinute                        int
	quiet                            bool
}

func runCollect(c *context, args []string) error {
	var f collectFlags
	flags := flag.NewFlagSet("collect", flag.ContinueOnError)
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8420", "address and port; behind a proxy keep 127.0.0.1")
	flags.StringVar(&f.data, "data", "", "folder of the answers; else inbox in the workspace")
	flags.StringVar(&f.cert, "tls-cert", "", "certificate, with --tls-key")
	flags.StringVar(&f.key, "tls-key", "", "key of the certificate")
	flags.StringVar(&f.trusted, "trusted-proxy", "", "networks whose X-Forwarded-For is believed, like 127.0.0.1/32, joined by commas")
	flags.IntVar(&f.perMinute, "rate", 120, "submissions a minute that one network may make; 0: any number")
	flags.BoolVar(&f.quiet, "quiet", false, "no line for each submission")
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	dir, err := workspace(rest)
	if err != nil {
		return err
	}
	if (f.cert == "") != (f.key == "") {
		return useError{diag.Say("--tls-cert and --tls-key go together")}
	}
	proxies, err := networks(f.trusted)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	surveys, err := c.collected(root)
	if err != nil {
		return err
	}
	if f.data == "" {
		f.data = filepath.Join(dir, "inbox")
	}
	return c.collect(root, surveys, f, proxies)
}

// networks reads a list of networks and addresses.
func networks(list string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		if a, err := netip.ParseAddr(one); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(one)
		if err != nil {
			return nil, useError{diag.Say("--trusted-proxy takes networks like 10.0.0.0/8, not %q", one)}
		}
		out = append(out, p)
	}
	return out, nil
}

// collected are the surveys of the workspace whose definitions hold. The others
// are told and left out: what arrives for them is kept apart, not lost.
func (c *context) collected(root *os.Root) (map[string]collect.Survey, error) {
	var problems diag.List
	ws := survey.ParseWorkspace(root.FS(), &problems)
	if ws == nil {
		return nil, c.tell(&problems)
	}
	entries, err := fs.ReadDir(root.FS(), "surveys")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	out := map[string]collect.Survey{}
	for _, e := range entries {
		var own diag.List
		if !e.IsDir() {
			continue
		}
		s := survey.Parse(root.FS(), "surveys/"+e.Name(), ws, &own)
		if s == nil || own.Has(diag.Error) {
			problems.Merge(&own)
			continue
		}
		v := collect.Survey{Definition: s}
		for _, lang := range s.Languages {
			if l, err := survey.LoadLocale(site.Templates(root.FS()), lang); err == nil {
				v.Locales = append(v.Locales, l)
			}
		}
		out[s.ID] = v
	}
	if problems.Has(diag.Error) {
		if err := problems.WriteText(c.err, c.lang); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// collect serves until it is stopped.
func (c *context) collect(root *os.Root, surveys map[string]collect.Survey, f collectFlags, proxies []netip.Prefix) error {
	store, findings, err := collect.OpenStore(f.data, time.Now)
	if errors.Is(err, collect.ErrLocked) {
		return useError{diag.Say("another collector writes into %s", f.data)}
	}
	if err != nil {
		return err
	}
	for _, x := range findings {
		fmt.Fprintln(c.err, found(f.data, x))
	}
	opt := collect.Options{Store: store, Surveys: surveys, Now: time.Now, PerMinute: f.perMinute, Proxies: proxies}
	if !f.quiet {
		opt.Log = c.err
	}
	if pages, err := root.OpenRoot("site/surveys"); err == nil {
		defer pages.Close()
		opt.Pages = pages.FS()
	} else {
		c.say(c.err, diag.Say("there are no survey pages yet: run manyi build; answers are taken nevertheless"))
	}
	var certificate func(*tls.ClientHelloInfo) (*tls.Certificate, error)
	scheme := "http"
	if f.cert != "" {
		keep := &certificates{cert: f.cert, key: f.key}
		if _, err := keep.get(nil); err != nil {
			return errors.Join(useError{diag.Say("the certificate cannot be used: %s", err)}, store.Close())
		}
		certificate, scheme = keep.get, "https"
	}
	listener, err := net.Listen("tcp", f.listen)
	if err != nil {
		return errors.Join(useError{diag.Say("cannot listen on %s: %v", f.listen, err)}, store.Close())
	}
	ctx, stop := signal.NotifyContext(stdcontext.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	server := collect.New(opt)
	fmt.Fprintf(c.out, "%s://%s/surveys/\n  ", scheme, listener.Addr())
	c.say(c.out, diag.Say("answers go to %s; Ctrl-C ends the collector", f.data))
	err = server.Run(ctx, listener, certificate)
	err = errors.Join(err, store.Close())
	n := server.Taken()
	c.say(c.out, diag.Say("%s taken", plural(n, diag.Say("1 submission"), diag.Say("%d submissions", n))))
	return err
}

// found says what the start found in a file, without a word of what stands there.
func found(data string, x collect.Finding) string {
	if x.Torn > 0 {
		return fmt.Sprintf("%s/%s: %d bytes without an end of line were cut off; they were never acknowledged and stand in %s.torn", data, x.File, x.Torn, x.File)
	}
	return fmt.Sprintf("%s/%s:%d: the checksum of the line does not fit; it is copied to quarantine.jsonl and not counted", data, x.File, x.Line)
}

// certificates reads a certificate again when its file changed, so that a
// renewal needs no new start.
type certificates struct {
	cert, key string

	mu     sync.Mutex
	loaded *tls.Certificate
	of     time.Time // when the file changed last
	looked time.Time
}

func (k *certificates) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.loaded != nil && time.Since(k.looked) < time.Minute {
		return k.loaded, nil
	}
	info, err := os.Stat(k.cert)
	if err == nil && (k.loaded == nil || !info.ModTime().Equal(k.of)) {
		var c tls.Certificate
		if c, err = tls.LoadX509KeyPair(k.cert, k.key); err == nil {
			k.loaded, k.of = &c, info.ModTime()
		}
	}
	k.looked = time.Now()
	if k.loaded == nil {
		return nil, err
	}
	return k.loaded, nil // the old one, where the new cannot be read
}
