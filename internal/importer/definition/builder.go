package definition

import (
	"fmt"
	"html"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"manyi/internal/importer/draft"
)

// texts is a text by the language tag of the file; "" is its default.
type texts map[string]string

// tickOf is an option of a multiple choice.
type tickOf struct{ question, code string }

// builder gathers a draft.
type builder struct {
	report     *Report
	out        *draft.Survey
	ids        map[string]string            // name in the file -> our id
	taken      map[string]bool              // ids in lower case
	several    map[string]bool              // ids of multiple choices
	ticks      map[string]tickOf            // name of a tick in the file
	langs      []string                     // languages of the file that are kept
	source     string                       // language of the default text
	recodes    map[string]map[string]string // by multiple choice: code of the file -> ours
	conditions []guessed
	later      []func() // expressions, translated when all names are known
}

func newBuilder(format string) *builder {
	return &builder{
		report: &Report{Format: format}, out: &draft.Survey{}, ids: map[string]string{}, taken: map[string]bool{}, several: map[string]bool{}, recodes: map[string]map[string]string{}, ticks: map[string]tickOf{}, source: "en",
	}
}

func (b *builder) lost(where, format string, args ...any) string {
	s := fmt.Sprintf(format, args...)
	if where != "" {
		s = where + ": " + s
	}
	b.report.Lost = append(b.report.Lost, s)
	return "lost: " + s
}

func (b *builder) guess(where, format string, args ...any) string {
	s := fmt.Sprintf(format, args...)
	b.report.Guessed = append(b.report.Guessed, where+": "+s)
	return "guessed: " + s
}

// tag is the language of ours that a tag or name of a language means.
func tag(lang string) string {
	switch l := strings.ToLower(strings.ReplaceAll(lang, "_", "-")); {
	case l == "zh", l == "zh-cn", l == "zh-hans", strings.Contains(l, "chinese") && !strings.Contains(l, "traditional"), strings.Contains(l, "中文"), strings.Contains(l, "简体"):
		return "zh-CN"
	case l == "en", strings.HasPrefix(l, "en-"), strings.HasPrefix(l, "english"):
		return "en"
	default:
		return lang
	}
}

// speak decides which languages the draft has: those that reports have words
// in. Texts in others are named; of a file that has only others the texts of
// its own language stand for every language.
func (b *builder) speak(found []string, source string) {
	b.source = tag(source)
	for _, l := range append([]string{source}, found...) {
		if t := tag(l); (t == "zh-CN" || t == "en") && !slices.Contains(b.langs, t) {
			b.langs = append(b.langs, t)
		}
	}
	var others []string
	for _, l := range append([]string{source}, found...) {
		if t := tag(l); t != "" && t != "zh-CN" && t != "en" && !slices.Contains(others, t) {
			others = append(others, t)
		}
	}
	b.out.Languages = b.langs
	if len(b.langs) == 0 {
		b.out.Languages = []string{"en"}
		b.out.Notes = append(b.out.Notes, b.lost("", "the questionnaire speaks %s only, for which there are no words yet: its texts stand for every language", strings.Join(others, ", ")))
		return
	}
	if len(others) > 0 {
		b.out.Notes = append(b.out.Notes, b.lost("", "texts in %s are left out: there are no words for these languages", strings.Join(others, ", ")))
	}
}

// text is a text of the draft in its languages; where one is missing, that of the source stands for it.
func (b *builder) text(t texts) draft.Text {
	clean := map[string]string{}
	for lang, s := range t {
		if s = plain(s); s != "" {
			if lang == "" {
				lang = b.source
			} else {
				lang = tag(lang)
			}
			if _, has := clean[lang]; !has || lang != b.source {
				clean[lang] = s
			}
		}
	}
	if len(clean) == 0 {
		return nil
	}
	fallback := clean[b.source]
	if fallback == "" {
		for _, l := range sortedKeys(clean) {
			fallback = clean[l]
			break
		}
	}
	if len(b.langs) < 2 {
		if len(b.langs) == 1 && clean[b.langs[0]] != "" {
			return draft.Text{"": clean[b.langs[0]]}
		}
		return draft.Text{"": fallback}
	}
	out, same := draft.Text{}, true
	for _, l := range b.langs {
		if out[l] = clean[l]; out[l] == "" {
			out[l] = fallback
		}
		same = same && out[l] == out[b.langs[0]]
	}
	if same {
		return draft.Text{"": out[b.langs[0]]}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

var (
	hiddenMarkup = regexp.MustCompile(`(?is)<(script|style|iframe|object|template)\b.*?(</(script|style|iframe|object|template)\s*>|$)|<!--.*?(-->|$)`)
	breakMarkup  = regexp.MustCompile(`(?i)<(br|/p|/div|/h[1-6]|/li|/tr)\b[^>]*>`)
	anyMarkup    = regexp.MustCompile(`(?s)</?[A-Za-z!][^>]*>`)
)

// plain is what a text with markup says: script and style are gone, tags too.
func plain(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = hiddenMarkup.ReplaceAllString(s, "")
	s = breakMarkup.ReplaceAllString(s, "\n")
	s = html.UnescapeString(anyMarkup.ReplaceAllString(s, ""))
	s = hiddenMarkup.ReplaceAllString(s, "") // what was written as entities
	s = anyMarkup.ReplaceAllString(s, "")
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.Join(strings.FieldsFunc(line, func(c rune) bool {
			return unicode.IsSpace(c) || unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFEFF'
		}), " ")
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// idPattern is what an id may be; idLength its most characters.
const idLength = 32

// id is our id for a name of the file: the name itself where it is one.
func (b *builder) id(name, fallback string) string {
	id := identifier(name, fallback)
	for n := 2; b.taken[strings.ToLower(id)]; n++ {
		end := "_" + strconv.Itoa(n)
		id = strings.TrimRight(identifier(name, fallback)[:min(len(identifier(name, fallback)), idLength-len(end))], "_") + end
	}
	b.taken[strings.ToLower(id)] = true
	if _, has := b.ids[name]; !has {
		b.ids[name] = id
	}
	return id
}

// identifier makes a name an id, without regard to others.
func identifier(name, fallback string) string {
	var s strings.Builder
	for _, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_':
			s.WriteRune(c)
		case s.Len() > 0 && !strings.HasSuffix(s.String(), "_"):
			s.WriteByte('_')
		}
	}
	id := strings.Trim(s.String(), "_")
	for id != "" && (id[0] >= '0' && id[0] <= '9' || id[0] == '_') {
		id = fallback + "_" + id
		break
	}
	if id == "" {
		id = fallback
	}
	id = strings.TrimRight(id[:min(len(id), idLength)], "_")
	if slices.ContainsFunc(reserved, func(w string) bool { return strings.EqualFold(w, id) }) {
		id += "_q"
	}
	return id
}

// rowIDs are ids of rows that differ from each other.
func rowIDs(names []string, prefix string) []string {
	seen, out := map[string]bool{}, make([]string, len(names))
	for i, name := range names {
		id := identifier(name, prefix)
		if id == prefix {
			id = prefix + strconv.Itoa(i+1)
		}
		for n := 2; seen[strings.ToLower(id)]; n++ {
			id = identifier(name, prefix)
			id = id[:min(len(id), idLength-4)] + "_" + strconv.Itoa(n)
		}
		seen[strings.ToLower(id)] = true
		out[i] = id
	}
	return out
}

var codePattern = regexp.MustCompile(`^[\p{L}\p{N}_.+-]{1,32}$`)

// codes are codes of options that differ from each other; changed tells those that had to be made.
func codes(values []string) (out []string, changed int) {
	seen := map[string]bool{}
	for i, v := range values {
		code := strings.TrimSpace(v)
		if !codePattern.MatchString(code) || seen[code] {
			code = strconv.Itoa(i + 1)
			for n := 1; seen[code]; n++ {
				code = "c" + strconv.Itoa(i+n)
			}
			changed++
		}
		seen[code] = true
		out = append(out, code)
	}
	return out, changed
}

// page returns the last page, the first one where there is none.
func (b *builder) page() *draft.Page {
	if len(b.out.Pages) == 0 {
		b.newPage("")
	}
	return &b.out.Pages[len(b.out.Pages)-1]
}

func (b *builder) newPage(name string) *draft.Page {
	used := map[string]bool{}
	for _, p := range b.out.Pages {
		used[strings.ToLower(p.ID)] = true
	}
	id := identifier(name, "page")
	if id == "page" || used[strings.ToLower(id)] {
		id = "page" + strconv.Itoa(len(b.out.Pages)+1)
	}
	b.out.Pages = append(b.out.Pages, draft.Page{ID: id})
	return &b.out.Pages[len(b.out.Pages)-1]
}

// add puts a question on the last page.
func (b *builder) add(q draft.Question) {
	if len(q.Text) == 0 {
		q.Text = draft.Plain(q.ID)
	}
	if q.Type != "note" {
		b.report.Questions++
	}
	if q.Type == "multiple_choice" {
		b.several[q.ID] = true
	}
	p := b.page()
	p.Questions = append(p.Questions, q)
}

// surveyID is an id for the survey, of the file's name.
func surveyID(name string) string {
	id := strings.ToLower(identifier(strings.TrimSuffix(path.Base(name), path.Ext(name)), "survey"))
	return id
}

// finish fills what every draft has and guesses what can be measured.
func (b *builder) finish(name string) *draft.Survey {
	b.settle()
	for _, f := range b.later {
		f()
	}
	s := b.out
	s.ID, s.Version = surveyID(name), 1
	if len(s.Title) == 0 {
		s.Title = draft.Plain(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	}
	b.measures()
	b.judge()
	for _, p := range s.Pages {
		if len(p.Questions) == 0 && (len(p.Text) > 0 || len(p.Notes) > 0) {
			s.Notes = append(s.Notes, p.Notes...)
			if len(p.Text) > 0 {
				b.lost(p.ID, "a page of text alone")
			}
		}
	}
	s.Pages = filled(s.Pages)
	b.report.Names = names(s)
	head := fmt.Sprintf("drafted from a questionnaire of %s: %d questions, %d guesses, %d things without an equivalent", b.report.Format, b.report.Questions, len(b.report.Guessed), len(b.report.Lost))
	notes := []string{head, "lines that begin with \"guessed\" or \"lost\" want your eye; delete them when they are settled"}
	for _, l := range b.report.Lost {
		notes = append(notes, "lost: "+l)
	}
	s.Notes = dedupe(append(notes, s.Notes...))
	return s
}

// filled are the pages with questions.
func filled(pages []draft.Page) []draft.Page {
	return slices.DeleteFunc(slices.Clone(pages), func(p draft.Page) bool { return len(p.Questions) == 0 })
}

func dedupe(list []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}

// reserved are names that mean something else in an expression or in a browser.
var reserved = []string{
	"and", "or", "not", "in", "true", "false", "nil", "null", "let", "if", "else", "matches", "contains", "startsWith", "endsWith",
	"constructor", "prototype", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable",
}
