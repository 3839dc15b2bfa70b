package serve

import (
	"bytes"
	"html"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"manyi/internal/diag"
)

var views = template.Must(template.New("").ParseFS(assets, "assets/*.html"))

// words of the preview's own pages.
var words = map[string]map[string]string{
	"en": {
		"lang": "en", "preview": "Preview", "surveys": "Surveys", "reports": "Reports", "none": "None yet.", "phone": "Phone and desktop",
		"faults": "The last build failed", "good": "The pages below are those of the last good build.", "fixed": "The last build has no faults.", "start": "All pages",
		"missing": "There is no such page", "cure": "It may not be built yet, or the address is misspelt.", "index": "The list as published", "width_phone": "390 px", "width_desktop": "1280 px",
	},
	"zh-CN": {
		"lang": "zh-CN", "preview": "预览", "surveys": "问卷", "reports": "报告", "none": "暂无。", "phone": "手机与电脑对照",
		"faults": "上次构建失败", "good": "下列页面来自最近一次成功的构建。", "fixed": "上次构建没有错误。", "start": "全部页面",
		"missing": "没有这个页面", "cure": "可能尚未构建，或网址有误。", "index": "发布后的列表", "width_phone": "390 像素", "width_desktop": "1280 像素",
	},
}

// view is what a page of the preview shows.
type view struct {
	Words            map[string]string
	Faults           []fault
	Surveys, Reports []entry
	Page             string
}

// entry is a page of the site.
type entry struct{ Title, Href string }

// show sends one of the preview's own pages; its language is the browser's.
func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, name string, fill func(*view)) {
	lang := "en"
	if first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ","); diag.Chinese(first) {
		lang = "zh-CN"
	}
	v := view{Words: words[lang]}
	_, v.Faults, _ = s.state()
	if fill != nil {
		fill(&v)
	}
	var body bytes.Buffer
	if err := views.ExecuteTemplate(&body, name, v); err != nil {
		http.Error(w, "the page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
	s.page(w, status, body.Bytes())
}

// start lists what the site has.
func (s *Server) start(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "start.html", func(v *view) {
		v.Surveys, v.Reports = s.entries("surveys"), s.entries("reports")
	})
}

func (s *Server) faultsPage(w http.ResponseWriter, r *http.Request) {
	status := http.StatusOK
	if _, faults, _ := s.state(); len(faults) > 0 {
		status = http.StatusServiceUnavailable
	}
	s.show(w, r, status, "faults.html", nil)
}

// phone shows a page as wide as a phone beside as wide as a desk.
func (s *Server) phone(w http.ResponseWriter, r *http.Request) {
	page := r.URL.Query().Get("page")
	if page == "" {
		page = "/"
	}
	if !strings.HasPrefix(page, "/") || strings.HasPrefix(page, "//") || strings.HasPrefix(page, "/_manyi/") || strings.ContainsAny(page, "\\\r\n\t") {
		http.Error(w, "page is the path of a page of this site, like /surveys/after_sales/", http.StatusBadRequest)
		return
	}
	s.show(w, r, http.StatusOK, "phone.html", func(v *view) { v.Page = page })
}

// entries are the folders of a part of the site that have a page.
func (s *Server) entries(part string) []entry {
	dir, info, err := s.open(part)
	if err != nil {
		return nil
	}
	defer dir.Close()
	if !info.IsDir() {
		return nil
	}
	names, err := dir.ReadDir(-1)
	if err != nil {
		return nil
	}
	var out []entry
	slices.SortFunc(names, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range names {
		if !e.IsDir() {
			continue
		}
		if title, ok := s.title(path.Join(part, e.Name(), "index.html")); ok {
			out = append(out, entry{Title: title, Href: "/" + part + "/" + e.Name() + "/"})
		}
	}
	return out
}

var titleTag = regexp.MustCompile(`(?s)<title>(.*?)</title>`)

// title returns what a page calls itself, its path where it does not say.
func (s *Server) title(name string) (string, bool) {
	f, info, err := s.open(name)
	if err != nil {
		return "", false
	}
	defer f.Close()
	if info.IsDir() {
		return "", false
	}
	head, _ := io.ReadAll(io.LimitReader(f, 8<<10))
	if m := titleTag.FindSubmatch(head); m != nil {
		return html.UnescapeString(string(m[1])), true
	}
	return name, true
}
