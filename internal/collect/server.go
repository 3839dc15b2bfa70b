// Package collect is the collector: it serves the survey pages and takes the
// answers. It faces the network. It acknowledges an answer only when that is on
// the disk, once however often it is sent, and keeps neither an address, nor a
// browser's name, nor where somebody came from. It sets no cookie and knows no
// session, so that a forged request has nothing to ride on.
package collect

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"manyi/internal/survey"
)

// Limits of a connection. Bodies are limited by inbox.MostBytes.
const (
	headerTime   = 5 * time.Second
	readTime     = 15 * time.Second
	writeTime    = 30 * time.Second
	idleTime     = 60 * time.Second
	mostHeader   = 16 << 10 // bytes
	mostConns    = 1000
	goodbye      = 9 * time.Second
	retrySeconds = 5 // after which a client may try again when the disk is full
)

// Options are what the collector works with.
type Options struct {
	Store   *Store
	Surveys map[string]Survey
	Pages   fs.FS            // site/surveys; nil where there are no pages yet
	Now     func() time.Time // for time stamps and rounding
	Log     io.Writer        // one line a submission: minute, survey, status, bytes
	// PerMinute is how many submissions one network may make in a minute, 0 any number.
	PerMinute int
	Proxies   []netip.Prefix // whose X-Forwarded-For is believed
}

// Survey is one survey that is collected for, and its words.
type Survey struct {
	Definition *survey.Survey
	Locales    []*survey.Locale
}

// Server is the collector.
type Server struct {
	Options
	limiter *limiter
	pages   http.Handler

	mu     sync.Mutex // of Log and opened
	opened map[string]int
	taken  atomic.Int64
}

// New makes a collector.
func New(opt Options) *Server {
	s := &Server{Options: opt, limiter: newLimiter(opt.PerMinute, opt.Proxies, opt.Now), opened: map[string]int{}}
	if opt.Pages != nil {
		s.pages = http.FileServerFS(opt.Pages)
	}
	return s
}

// Run serves until ctx ends, then lets what is under way finish. certificate is
// nil without TLS.
func (s *Server) Run(ctx context.Context, listener net.Listener, certificate func(*tls.ClientHelloInfo) (*tls.Certificate, error)) error {
	web := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: mostHeader,
		ErrorLog: log.New(io.Discard, "", 0), // it would name addresses
	}
	listener = limited(listener, mostConns)
	failed := make(chan error, 1)
	go func() {
		if certificate == nil {
			failed <- web.Serve(listener)
			return
		}
		web.TLSConfig = &tls.Config{GetCertificate: certificate, MinVersion: tls.VersionTLS12}
		failed <- web.ServeTLS(listener, "", "")
	}()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbye)
		defer cancel()
		if err = web.Shutdown(patience); errors.Is(err, context.DeadlineExceeded) {
			err = web.Close() // who still sends was not acknowledged
		}
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Taken is how many submissions were acknowledged since the start.
func (s *Server) Taken() int { return int(s.taken.Load()) }

// note writes one line of the log: nothing in it tells who.
func (s *Server) note(survey string, status, size int) {
	if s.Log == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(s.Log, "%s %s %d %d\n", s.Now().UTC().Truncate(time.Minute).Format("2006-01-02T15:04Z"), survey, status, size)
}

// limited lets no more than n connections be open at a time; others wait.
func limited(l net.Listener, n int) net.Listener {
	return &limitedListener{Listener: l, free: make(chan struct{}, n)}
}

type limitedListener struct {
	net.Listener
	free chan struct{}
}

func (l *limitedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.free <- struct{}{}
	return &limitedConn{Conn: c, free: l.free}, nil
}

type limitedConn struct {
	net.Conn
	once sync.Once
	free chan struct{}
}

func (c *limitedConn) Close() error {
	c.once.Do(func() { <-c.free })
	return c.Conn.Close()
}
