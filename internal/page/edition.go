package page

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"manyi/internal/report"
	"manyi/internal/survey"
)

// Edition is a whole report as one document: to print, to send, to keep. It
// needs no other file, and its only script is the switch between light and dark.
type Edition struct {
	Report   *report.Report
	Locale   *survey.Locale
	Site     string
	Logo     string // as a data: address, "" without
	Built    string
	Footer   string   // the author's line, "" without
	Facts    []string // what the cover says besides: base, filter, weights
	Chapters []EditionChapter
	Methods  Methods // the method pages that are part of it
}

// EditionChapter is some pages below a name; "" in front.
type EditionChapter struct {
	Name  string
	Pages []EditionPage
}

// EditionPage is a page of the report and, of an author's page, its prose.
type EditionPage struct {
	Page  *report.Page
	Prose template.HTML
}

// editionData is what edition.html sees.
type editionData struct {
	Edition
	Tab, Lang, Dir, Policy string
	Style                  template.CSS
	Script                 template.JS
	Articles               []article
}

// article is a page as part of an edition. On paper what it is computed by
// stands in front: behind, it would often be alone on a sheet.
type article struct {
	ID, Kicker, Heading string
	How, Body           template.HTML
	Opens               bool // a chapter
}

// Edition writes a report as one document. On paper its pages are numbered;
// the numbers in the contents are filled in by whoever prints it (data-page).
func (t *Theme) Edition(e Edition) ([]byte, error) {
	style := t.whole + runningFoot(strings.Join(append([]string{e.Report.Title}, e.Facts...), " · "))
	data := editionData{
		Edition: e, Tab: e.Report.Title + " · " + e.Site, Lang: e.Locale.Tag(), Dir: e.Locale.Say("language.dir"), Style: template.CSS(style), Script: template.JS(t.scheme),
		Policy: "default-src 'none'; script-src '" + hashed(t.scheme) + "'; style-src '" + hashed(style) + "'; img-src data:; base-uri 'none'; form-action 'none'",
	}
	known := map[string]bool{}
	for _, c := range e.Chapters {
		for _, p := range c.Pages {
			known[p.Page.Name] = true
		}
	}
	for _, c := range e.Chapters {
		for i, p := range c.Pages {
			a, err := t.article(p, e, known)
			if err != nil {
				return nil, err
			}
			a.Opens = i == 0
			data.Articles = append(data.Articles, a)
		}
	}
	return t.execute("edition.html", 1<<20, data)
}

func (t *Theme) article(p EditionPage, e Edition, known map[string]bool) (article, error) {
	var sections []section
	for _, s := range p.Page.Sections {
		drawn, err := drawWith(s, e.Locale, e.Methods, still)
		if err != nil {
			return article{}, err
		}
		for i := range drawn.Blocks {
			drawn.Blocks[i].Explore = nil // needs the script; its table stands without a choice
		}
		sections = append(sections, drawn)
	}
	view := struct {
		Prose    template.HTML
		Sections []section
		How      []Link
		Locale   *survey.Locale
	}{p.Prose, sections, e.Methods.Links(p.Page.Methods), e.Locale}
	body, err := t.execute("article", 64<<10, view)
	if err != nil || len(view.How) == 0 {
		return e.article(p, nil, body, known), err
	}
	how, err := t.execute("how", 1<<10, view)
	return e.article(p, how, body, known), err
}

func (e *Edition) article(p EditionPage, how, body []byte, known map[string]bool) article {
	within := func(html []byte) template.HTML { return trusted(within(string(html), p.Page.Name, known)) }
	return article{ID: p.Page.Name, Kicker: p.Page.Kicker, Heading: p.Page.Heading, How: within(how), Body: within(body)}
}

var (
	itsIDs     = regexp.MustCompile(` (id|aria-labelledby|aria-describedby|headers|for)="([^"]+)"`)
	itsRefs    = regexp.MustCompile(`url\(#([^)]+)\)`)
	itsAnchors = regexp.MustCompile(` href="(?:([A-Za-z0-9_-]+)\.html)?(?:#([^"]*))?"`)
)

// within makes the ids of a page those of a part of the edition, and its links
// to pages of the report links within. It reads mark-up of this package only:
// texts have no plain quotation marks.
func within(body, page string, known map[string]bool) string {
	body = itsIDs.ReplaceAllStringFunc(body, func(m string) string {
		parts := itsIDs.FindStringSubmatch(m)
		ids := strings.Fields(parts[2])
		for i := range ids {
			ids[i] = page + "--" + ids[i]
		}
		return " " + parts[1] + `="` + strings.Join(ids, " ") + `"`
	})
	body = itsRefs.ReplaceAllString(body, "url(#"+page+"--$1)")
	body = itsAnchors.ReplaceAllStringFunc(body, func(m string) string {
		parts := itsAnchors.FindStringSubmatch(m)
		to, anchor := parts[1], parts[2]
		switch {
		case to == "" && anchor == "":
			return m
		case to == "":
			to = page
		case !known[to]:
			return m
		}
		if anchor != "" {
			to += "--" + anchor
		}
		return ` href="#` + to + `"`
	})
	return toMethods.ReplaceAllString(body, ` href="#`+MethodPart("$1")+`"`)
}

func hashed(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// runningFoot puts a text and the number of the page at the foot of every
// printed page. Every character that is no letter or digit is escaped.
func runningFoot(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "\\%x ", r)
	}
	return `@page{@bottom-left{content:"` + b.String() + `"}@bottom-right{content:counter(page)}}@page:first{@bottom-left{content:none}@bottom-right{content:none}}`
}

// DataURL is a picture as an address that holds it.
func DataURL(kind string, body []byte) string {
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(body)
}
