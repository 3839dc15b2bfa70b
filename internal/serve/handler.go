package serve

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"strings"
	"time"
)

//go:embed assets
var assets embed.FS

// types of the files a site has; others are offered as downloads.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".pdf": "application/pdf", ".xml": "application/xml",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Handler answers the requests of browsers on this machine: GET and HEAD of
// the site's files and of what the preview adds below /_manyi/.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", s.start)
	mux.HandleFunc("/_manyi/events", s.events)
	mux.HandleFunc("/_manyi/faults.json", s.faultsJSON)
	mux.HandleFunc("/_manyi/faults", s.faultsPage)
	mux.HandleFunc("/_manyi/phone", s.phone)
	mux.HandleFunc("/_manyi/live.js", asset)
	mux.HandleFunc("/_manyi/preview.css", asset)
	mux.HandleFunc("/_manyi/", http.NotFound)
	mux.HandleFunc("/favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("/", s.file)
	return guarded(mux)
}

// guarded refuses what the preview is not for. A page of the internet can make
// the browser send requests here under its own name (DNS rebinding): the Host
// header tells.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Content-Security-Policy", "frame-ancestors 'self'")
		switch {
		case !isLocal(r.Host):
			http.Error(w, "this preview answers only to localhost", http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "the preview only shows pages: nothing can be sent to it", http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func isLocal(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	switch strings.ToLower(strings.Trim(host, "[]")) {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return false
}

// file sends a file of the site; a folder stands for its index.html.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	f, info, err := s.open(name)
	if err == nil && info.IsDir() {
		f.Close()
		if !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, "/"+name+"/", http.StatusTemporaryRedirect)
			return
		}
		name = path.Join(name, "index.html")
		f, info, err = s.open(name)
	}
	if err != nil || info.IsDir() {
		s.missing(w, r)
		return
	}
	defer f.Close()
	kind, ok := types[path.Ext(name)]
	if !ok {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	if path.Ext(name) != ".html" {
		http.ServeContent(w, r, name, time.Time{}, f)
		return
	}
	body, err := io.ReadAll(f)
	if err != nil {
		http.Error(w, "the page cannot be read", http.StatusInternalServerError)
		return
	}
	s.page(w, http.StatusOK, body)
}

// errSpecial says that a name is neither a file nor a folder.
var errSpecial = errors.New("neither a file nor a folder")

// open opens a file of the site and of nothing else: a link cannot lead from
// the site to the answers beside it.
func (s *Server) open(name string) (*os.File, os.FileInfo, error) {
	if name == "" {
		name = "."
	}
	if !fs.ValidPath(name) {
		return nil, nil, fs.ErrInvalid
	}
	if info, err := s.root.Lstat("site"); err != nil || !info.IsDir() {
		return nil, nil, fs.ErrNotExist
	}
	site, err := s.root.OpenRoot("site")
	if err != nil {
		return nil, nil, err
	}
	defer site.Close()
	info, err := site.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, nil, errSpecial
	}
	f, err := site.Open(name)
	return f, info, err
}

// missing answers for a page that is not there: with the faults, if they are why.
func (s *Server) missing(w http.ResponseWriter, r *http.Request) {
	if _, faults, _ := s.state(); len(faults) > 0 && path.Ext(r.URL.Path) == "" {
		s.faultsPage(w, r)
		return
	}
	s.show(w, r, http.StatusNotFound, "missing.html", nil)
}

// page sends HTML that reloads itself.
func (s *Server) page(w http.ResponseWriter, status int, body []byte) {
	build, _, _ := s.state()
	body = live(body, build)
	w.Header().Set("Content-Type", types[".html"])
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the reader may be gone
}

func asset(w http.ResponseWriter, r *http.Request) {
	body, err := assets.ReadFile("assets/" + path.Base(r.URL.Path))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", types[path.Ext(r.URL.Path)])
	_, _ = w.Write(body)
}

func (s *Server) faultsJSON(w http.ResponseWriter, _ *http.Request) {
	_, faults, _ := s.state()
	if faults == nil {
		faults = []fault{}
	}
	w.Header().Set("Content-Type", types[".json"])
	_ = json.NewEncoder(w).Encode(faults)
}

// events tells a page, by server-sent events, which build is the last one and
// how many faults it has: at once, and after every build.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	out := http.NewResponseController(w)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	build, faults, changed := s.state()
	for {
		if _, err := fmt.Fprintf(w, "data: {\"build\":%q,\"faults\":%d}\n\n", build, len(faults)); err != nil || out.Flush() != nil {
			return
		}
		for waiting := true; waiting; {
			select {
			case <-r.Context().Done():
				return
			case <-s.closing:
				return
			case <-changed:
				waiting = false
			case <-beat.C:
				if _, err := io.WriteString(w, ": still here\n\n"); err != nil || out.Flush() != nil {
					return
				}
			}
		}
		build, faults, changed = s.state()
	}
}
