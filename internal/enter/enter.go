// Package enter is the page on which somebody types paper forms in: one field
// a question, codes as they are printed, checked by the definition, one
// response a form. It answers to this machine only and appends to
// responses/paper.jsonl. It shows no answers of others.
package enter

import (
	"crypto/rand"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"manyi/internal/survey"
)

//go:embed assets
var assets embed.FS

var form = template.Must(template.ParseFS(assets, "assets/enter.html"))

// Options say what is entered and where it goes.
type Options struct {
	Survey *survey.Survey
	Locale *survey.Locale // of the page and the questions
	Lang   string         // of the paper forms: the _lang of every response
	Root   *os.Root       // the workspace
	Wave   string         // stamped on every response, "" without
	Now    func() time.Time
}

// Server takes the forms of one survey.
type Server struct {
	Options
	slots  []slot
	secret string // proves that a form was made by this run
	lock   sync.Mutex
	store  *store
	count  int // forms of this run
}

// New reads what was entered before.
func New(opt Options) (*Server, error) {
	st, err := openStore(opt.Root, path.Dir(opt.Survey.File)+"/responses")
	if err != nil {
		return nil, err
	}
	return &Server{Options: opt, slots: slotsOf(opt.Survey, opt.Locale), secret: rand.Text(), store: st}, nil
}

// Entered is how many forms the file holds.
func (s *Server) Entered() int { return len(s.store.records) }

// maxForm is the most bytes of one form.
const maxForm = 1 << 20

// Handler answers browsers of this machine: the empty form, and forms sent from it.
func (s *Server) Handler() http.Handler {
	files, err := fs.Sub(assets, "assets")
	if err != nil {
		panic("enter: " + err.Error())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.show(w, http.StatusOK, view{})
	})
	mux.HandleFunc("POST /{$}", s.take)
	mux.Handle("GET /enter.css", http.FileServerFS(files))
	mux.Handle("GET /enter.js", http.FileServerFS(files))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		if !local(r.Host) {
			http.Error(w, "this page answers only to localhost", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		mux.ServeHTTP(w, r)
	})
}

// local reports whether a request means this machine by its own name: a page of
// the internet could make a browser send requests here under another.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	switch strings.ToLower(strings.Trim(host, "[]")) {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return false
}

// view is what the form shows beside the questions.
type view struct {
	Paper    string            // number of the paper form
	Given    map[string]string // column -> as typed
	Faults   map[string]string // column -> what is wrong
	Saved    string            // a sentence
	Differ   []string          // questions that differ from the first entry
	Faulty   bool
	Replaced bool
}

func (s *Server) show(w http.ResponseWriter, status int, v view) {
	l := s.Locale
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = form.Execute(w, map[string]any{
		"Lang": l.Tag(), "Dir": l.Say("language.dir"), "Title": survey.Unpiped(s.Survey.Title.In(l.Tag(), s.Survey.Languages...)),
		"Slots": s.slots, "View": v, "Secret": s.secret, "Say": func(key string) string { return l.Say("enter." + key) },
		"Count": l.Say("enter.count", "n", s.count, "all", len(s.store.records)), "Wave": s.Wave,
	}) // a browser that has gone away is nobody's fault
}

// take saves one form, or shows it again with what is wrong.
func (s *Server) take(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.PostForm.Get("_secret") != s.secret {
		http.Error(w, "open the page anew: this form is not of this run", http.StatusForbidden)
		return
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	v := view{Paper: strings.TrimSpace(r.PostForm.Get("_paper")), Given: map[string]string{}, Faults: map[string]string{}}
	answers := map[string]any{}
	for _, slot := range s.slots {
		typed := strings.TrimSpace(r.PostForm.Get(slot.Column))
		v.Given[slot.Column] = typed
		if why := slot.read(typed, answers); why != "" {
			v.Faults[slot.Column] = s.Locale.Say("enter."+why, "codes", slot.Hint, "low", slot.Low, "high", slot.High, "most", slot.Most)
		}
	}
	if !paperNumber.MatchString(v.Paper) {
		v.Faults["_paper"] = s.Locale.Say("enter.wrong_paper")
	}
	if len(v.Faults) > 0 {
		v.Faulty = true
		s.show(w, http.StatusUnprocessableEntity, v)
		return
	}
	s.save(w, r, v, s.record(answers, v.Paper))
}

// save appends a form, or compares it with the first entry of the same number.
func (s *Server) save(w http.ResponseWriter, r *http.Request, v view, rec record) {
	first, again := s.store.find(rec.id())
	var err error
	switch {
	case !again:
		err = s.store.add(rec)
		s.count++
		v = view{Saved: s.Locale.Say("enter.saved", "paper", v.Paper)}
	case r.PostForm.Get("_replace") != "":
		err = s.store.replace(rec)
		v = view{Saved: s.Locale.Say("enter.replaced", "paper", v.Paper)}
	default:
		if v.Differ = s.differ(first, rec); v.Differ != nil {
			s.show(w, http.StatusConflict, v)
			return
		}
		v = view{Saved: s.Locale.Say("enter.same", "paper", v.Paper)}
	}
	if err != nil {
		http.Error(w, fmt.Sprintf("not saved: %v", err), http.StatusInternalServerError)
		return
	}
	s.show(w, http.StatusOK, v)
}

// differ names the questions that two entries of one form answer differently.
func (s *Server) differ(first, second record) []string {
	var out []string
	for _, slot := range s.slots {
		if first.answer(slot.Column) != second.answer(slot.Column) {
			out = append(out, slot.Number+" "+slot.Label)
		}
	}
	return out
}
