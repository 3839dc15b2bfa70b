// Package serve shows a workspace while it is written: it builds the site,
// serves it to browsers of this machine, builds again whenever an input changes
// and makes open pages reload. It never changes a file of the site: what a page
// needs to reload itself is added to the copy that is sent.
package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"manyi/internal/diag"
)

// Options say what is served and how it comes about.
type Options struct {
	Dir   string                             // the workspace
	Build func(problems *diag.List) error    // builds its site; faults of the files go to problems
	Lang  string                             // of messages
	Built func(problems *diag.List, e error) // told after every build; nil for nobody
}

// Server is one preview.
type Server struct {
	options Options
	root    *os.Root
	run     string // names this run, so that a page knows that the server was started anew

	lock    sync.Mutex
	builds  int
	faults  []fault // of the last build, empty where it succeeded
	changed chan struct{}
	closing chan struct{}
	once    sync.Once
}

// New prepares the preview of a workspace. Nothing is built yet.
func New(opt Options) (*Server, error) {
	root, err := os.OpenRoot(opt.Dir)
	if err != nil {
		return nil, err
	}
	return &Server{options: opt, root: root, run: rand.Text()[:8], changed: make(chan struct{}), closing: make(chan struct{})}, nil
}

// Close ends the answers that wait for builds and lets go of the workspace.
func (s *Server) Close() error {
	s.once.Do(func() { close(s.closing) })
	return s.root.Close()
}

// Limits of a connection.
const (
	headerTime   = 5 * time.Second
	idleTime     = time.Minute
	headerBytes  = 16 << 10
	goodbyeTime  = 2 * time.Second
	heartbeat    = 20 * time.Second
	debounceTime = 100 * time.Millisecond
)

// Run builds, then serves on l and builds again on every change, until ctx ends.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	changes, err := watch(ctx, s.options.Dir)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	s.Rebuild()
	var building sync.WaitGroup
	building.Go(func() {
		for range debounce(ctx, changes, debounceTime) {
			s.Rebuild()
		}
	})
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes}
	server.RegisterOnShutdown(func() { s.once.Do(func() { close(s.closing) }) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err = <-failed:
	case <-ctx.Done():
		goodbye, stop := context.WithTimeout(context.WithoutCancel(ctx), goodbyeTime)
		defer stop()
		if server.Shutdown(goodbye) != nil {
			_ = server.Close()
		}
	}
	cancel()
	building.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Rebuild builds once and tells the open pages.
func (s *Server) Rebuild() {
	var problems diag.List
	err := s.options.Build(&problems)
	faults := faultsOf(&problems, err, s.options.Lang)
	s.lock.Lock()
	s.builds++
	s.faults = faults
	close(s.changed)
	s.changed = make(chan struct{})
	s.lock.Unlock()
	if s.options.Built != nil {
		s.options.Built(&problems, err)
	}
}

// state names the last build; changed is closed by the next.
func (s *Server) state() (name string, faults []fault, changed <-chan struct{}) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.run + "." + strconv.Itoa(s.builds), s.faults, s.changed
}

// fault is a problem as the overlay shows it.
type fault struct {
	Severity string `json:"severity"`
	Place    string `json:"place"`
	Summary  string `json:"summary"`
	Line     int    `json:"line"`
	Before   string `json:"before"` // the source line: before, at and after the fault
	At       string `json:"at"`
	After    string `json:"after"`
	Cure     string `json:"cure"`
	Rule     string `json:"rule"` // and other places of the fault, a line each
}

// faultsOf are the problems of a build that failed; one that did not has none to show.
func faultsOf(problems *diag.List, err error, lang string) []fault {
	var out []fault
	if err != nil {
		out = append(out, fault{Severity: diag.Error.String(), Summary: err.Error()})
	}
	if err == nil && !problems.Has(diag.Error) {
		return nil
	}
	for _, p := range problems.Problems() {
		f := fault{Severity: p.Severity.String(), Place: p.Place.String(), Summary: p.Summary.In(lang), Cure: p.Cure.In(lang), Line: p.Place.Line}
		if p.Rule != (diag.Place{}) {
			f.Rule = p.Rule.String()
		}
		for _, o := range p.Others {
			f.Rule = strings.TrimLeft(f.Rule+"\n"+o.Place.String()+" "+o.Says.In(lang), "\n")
		}
		f.Before, f.At, f.After = split(p)
		out = append(out, f)
	}
	return out
}

// split cuts the source line of a problem around its place.
func split(p diag.Problem) (before, at, after string) {
	line := []rune(p.Source)
	from := min(max(p.Place.Column-1, 0), len(line))
	to := min(from+max(p.Place.Length, 1), len(line))
	if p.Place.Column == 0 {
		return p.Source, "", ""
	}
	return string(line[:from]), string(line[from:to]), string(line[to:])
}
