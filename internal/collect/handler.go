package collect

import (
	"encoding/base32"
	"encoding/json"
	"html/template"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"path"
	"slices"
	"strings"

	"manyi/internal/survey"
)

var base32ID = base32.StdEncoding.WithPadding(base32.NoPadding)

// Handler answers every request: GET for pages, POST for answers, and nothing else.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Referrer-Policy", "no-referrer")
		if odd(r) {
			http.Error(w, "bad path", http.StatusBadRequest)
			return
		}
		switch r.Method {
		case http.MethodPost:
			if !s.takes(r.URL.Path) {
				http.NotFound(w, r)
				return
			}
			s.receive(w, r)
		case http.MethodGet, http.MethodHead:
			s.get(w, r)
		case http.MethodOptions:
			preflight(w)
		default:
			w.Header().Set("Allow", "GET, HEAD, POST, OPTIONS")
			http.Error(w, "GET or POST", http.StatusMethodNotAllowed)
		}
	})
}

// odd reports whether a path is written in a way that no link of ours is.
func odd(r *http.Request) bool {
	raw := r.URL.EscapedPath()
	return r.URL.Path == "" || r.URL.Path[0] != '/' || strings.Contains(raw, "%") || strings.Contains(raw, "\\") ||
		strings.Contains(r.URL.Path, "..") || strings.Contains(r.URL.Path, "//")
}

// takes reports whether answers are taken at a path: the root, or the page of a survey.
func (s *Server) takes(name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "index.html"), "/")
	rest, page := strings.CutPrefix(name, "/surveys/")
	return name == "" || name == "/collect" || name == "/surveys" || page && !strings.Contains(rest, "/")
}

// preflight lets pages of other origins post JSON. Nothing rides on a cookie here.
func preflight(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "POST")
	h.Set("Access-Control-Allow-Headers", "Content-Type, Accept")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) get(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path
	if id, ok := strings.CutSuffix(strings.TrimPrefix(name, "/surveys/"), "/thanks"); ok && strings.HasPrefix(name, "/surveys/") {
		s.thanks(w, r, id)
		return
	}
	switch {
	case name == "/healthz":
		s.health(w)
	case name == "/counts":
		s.counts(w, r)
	case s.pages == nil:
		http.NotFound(w, r)
	case name == "/":
		http.Redirect(w, r, "surveys/", http.StatusSeeOther)
	case name == "/surveys/", strings.HasPrefix(name, "/surveys/") && !hidden(name):
		s.page(w, r)
	default:
		http.NotFound(w, r)
	}
}

// hidden reports whether a path has a part that is no page: hidden files and the header files of hosts.
func hidden(name string) bool {
	return slices.ContainsFunc(strings.Split(name[1:], "/"), func(part string) bool {
		return strings.HasPrefix(part, ".") || strings.HasPrefix(part, "_")
	})
}

// page serves a file below site/surveys.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	id, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/surveys/"), "/")
	v, known := s.Surveys[id]
	headers(w.Header(), known && v.Definition.Collect.Embed)
	if known && r.Method == http.MethodGet && (rest == "" || rest == "index.html") {
		s.mu.Lock()
		s.opened[id]++
		s.mu.Unlock()
	}
	if info, err := fs.Stat(s.Pages, strings.TrimSuffix(path.Clean(strings.TrimPrefix(r.URL.Path, "/surveys/")), "/")); err == nil && info.IsDir() && id != "" {
		if _, err := fs.Stat(s.Pages, path.Join(path.Clean(strings.TrimPrefix(r.URL.Path, "/surveys/")), "index.html")); err != nil {
			http.NotFound(w, r) // no listing of folders
			return
		}
	}
	http.StripPrefix("/surveys", s.pages).ServeHTTP(w, r)
}

// headers say what a policy inside a page cannot: who may show it in a frame.
func headers(h http.Header, embed bool) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	if !embed {
		h.Set("X-Frame-Options", "DENY")
		h.Set("Content-Security-Policy", "frame-ancestors 'none'")
	}
}

// health says only whether answers are taken.
func (s *Server) health(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	if _, healthy := s.Store.Counts(); !healthy {
		http.Error(w, "the disk failed", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// counts are for whoever sits at the machine itself: they tell how a survey goes.
func (s *Server) counts(w http.ResponseWriter, r *http.Request) {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	addr, err := netip.ParseAddr(host)
	if err != nil || !addr.Unmap().IsLoopback() || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		http.NotFound(w, r)
		return
	}
	counts, healthy := s.Store.Counts()
	s.mu.Lock()
	for id, n := range s.opened {
		c := counts[id]
		c.Opened = n
		counts[id] = c
	}
	s.mu.Unlock()
	body, err := json.MarshalIndent(map[string]any{"healthy": healthy, "surveys": counts}, "", "  ")
	if err != nil {
		panic("collect: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(append(body, '\n'))
}

var thanksPage = template.Must(template.New("thanks").Parse(`<!doctype html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>{{.Thanks}} – {{.Title}}</title>
<link rel="icon" href="data:,">
<style>body{font:1.125rem/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:38rem;margin:12vh auto;padding:0 1.25rem}h1{font-size:1.6rem}p{margin:.75em 0}</style>
</head>
<body><main><p>{{.Title}}</p><h1>{{.Thanks}}</h1><p>{{.Kept}}</p></main></body>
</html>
`))

// thanks is where a form without script ends.
func (s *Server) thanks(w http.ResponseWriter, r *http.Request, id string) {
	v, known := s.Surveys[id]
	if !known || len(v.Locales) == 0 {
		http.NotFound(w, r)
		return
	}
	locale := v.Locales[0]
	if i := slices.IndexFunc(v.Locales, func(l *survey.Locale) bool { return l.Tag() == r.URL.Query().Get("lang") }); i >= 0 {
		locale = v.Locales[i]
	}
	headers(w.Header(), v.Definition.Collect.Embed)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Add("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'")
	_ = thanksPage.Execute(w, map[string]string{
		"Lang": locale.Tag(), "Dir": locale.Say("language.dir"), "Title": v.Definition.Title.In(locale.Tag(), v.Definition.Languages...),
		"Thanks": locale.Say("collecting.thanks"), "Kept": locale.Say("collecting.kept"),
	})
}
