package draft

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// YAML writes the draft as survey.yaml.
func (s *Survey) YAML() []byte {
	w := &writer{}
	w.line(0, "# yaml-language-server: $schema=../../survey.schema.json")
	w.notes(0, s.Notes)
	w.line(0, "manyi: 1")
	w.key(0, "id", s.ID)
	w.line(0, "version: "+strconv.Itoa(max(1, s.Version)))
	w.line(0, "languages: "+flow(s.Languages))
	w.text(0, "title", s.Title)
	w.text(0, "intro", s.Intro)
	w.scales(s.Scales)
	w.line(0, "")
	w.line(0, "pages:")
	for i := range s.Pages {
		w.page(&s.Pages[i])
	}
	w.columns(s)
	for i, e := range s.Endings {
		w.open(i == 0, "endings:")
		w.key(2, "- id", e.ID)
		w.key(4, "show_if", e.ShowIf)
		w.text(4, "text", e.Text)
	}
	w.segments(s)
	for i := range s.Analyses {
		w.open(i == 0, "analyses:")
		w.analysis(&s.Analyses[i])
	}
	return []byte(w.b.String())
}

type writer struct{ b strings.Builder }

func (w *writer) line(indent int, s string) {
	if s != "" {
		w.b.WriteString(strings.Repeat(" ", indent))
	}
	w.b.WriteString(s)
	w.b.WriteByte('\n')
}

// open begins a part of the file.
func (w *writer) open(first bool, s string) {
	if first {
		w.line(0, "")
		w.line(0, s)
	}
}

// notes writes comments; what a note holds can end no comment.
func (w *writer) notes(indent int, notes []string) {
	for _, n := range notes {
		w.line(indent, "# "+oneLine(n))
	}
}

// key writes a plain value, nothing where it is empty.
func (w *writer) key(indent int, name, value string) {
	if value != "" {
		w.line(indent, name+": "+Scalar(value))
	}
}

func (w *writer) flag(indent int, name string, on bool) {
	if on {
		w.line(indent, name+": true")
	}
}

func (w *writer) count(indent int, name string, n int) {
	if n != 0 {
		w.line(indent, name+": "+strconv.Itoa(n))
	}
}

// text writes a text: one for all languages beside its key, others below it, sorted as languages sort best: zh-CN first.
func (w *writer) text(indent int, name string, t Text) {
	if len(t) == 0 {
		return
	}
	if plain, ok := t[""]; ok {
		w.line(indent, name+": "+quote(plain))
		return
	}
	w.line(indent, name+":")
	if strings.HasPrefix(name, "- ") {
		indent += 2
	}
	for _, lang := range languages(t) {
		w.line(indent+2, lang+": "+quote(t[lang]))
	}
}

func (w *writer) scales(scales []Scale) {
	for i := range scales {
		sc := &scales[i]
		w.open(i == 0, "scales:")
		w.notes(2, sc.Notes)
		w.line(2, sc.ID+":")
		w.key(4, "level", sc.Level)
		w.key(4, "points", sc.Points)
		w.text(4, "low", sc.Low)
		w.text(4, "high", sc.High)
		w.options(4, sc.Options)
	}
}

func (w *writer) options(indent int, options []Option) {
	for i := range options {
		o := &options[i]
		if i == 0 {
			w.line(indent, "options:")
		}
		w.notes(indent+2, o.Notes)
		w.line(indent+2, "- code: "+Scalar(o.Code))
		w.text(indent+4, "label", o.Label)
		w.key(indent+4, "missing", o.Missing)
		w.flag(indent+4, "write_in", o.WriteIn)
		w.flag(indent+4, "exclusive", o.Exclusive)
		w.key(indent+4, "anchor", o.Anchor)
		w.key(indent+4, "show_if", o.ShowIf)
	}
}

func (w *writer) page(p *Page) {
	w.notes(2, p.Notes)
	w.key(2, "- id", p.ID)
	w.text(4, "title", p.Title)
	w.text(4, "text", p.Text)
	w.key(4, "show_if", p.ShowIf)
	w.line(4, "questions:")
	for i := range p.Questions {
		w.question(&p.Questions[i])
	}
}

func (w *writer) question(q *Question) {
	const in = 8
	w.notes(6, q.Notes)
	w.key(6, "- id", q.ID)
	w.key(in, "type", q.Type)
	w.key(in, "scale", q.Scale)
	w.key(in, "points", q.Points)
	w.text(in, "low", q.Low)
	w.text(in, "high", q.High)
	w.key(in, "metric", q.Metric)
	w.key(in, "look", q.Look)
	w.flag(in, "reverse", q.Reverse)
	w.flag(in, "required", q.Required)
	w.key(in, "required_if", q.RequiredIf)
	w.key(in, "show_if", q.ShowIf)
	w.key(in, "randomize", q.Randomize)
	w.count(in, "min_choices", q.MinChoices)
	w.count(in, "max_choices", q.MaxChoices)
	w.key(in, "min", q.Min)
	w.key(in, "max", q.Max)
	w.key(in, "step", q.Step)
	w.key(in, "total", q.Total)
	w.flag(in, "integer", q.Integer)
	w.text(in, "unit", q.Unit)
	w.count(in, "max_length", q.MaxLength)
	w.flag(in, "pii", q.PII)
	w.text(in, "text", q.Text)
	w.text(in, "label", q.Label)
	w.text(in, "help", q.Help)
	w.lists(q)
}

// lists writes what a question has several of.
func (w *writer) lists(q *Question) {
	const in = 8
	for i, c := range q.Columns {
		if i == 0 {
			w.line(in, "columns:")
		}
		w.key(in+2, "- id", c.ID)
		w.text(in+4, "label", c.Label)
		w.key(in+4, "scale", c.Scale)
	}
	w.rows(in, "rows:", q.Rows)
	w.rows(in, "items:", q.Items)
	w.rows(in, "levels:", q.Levels)
	w.options(in, q.Options)
	if len(q.Branches) > 0 {
		w.line(in, "branches:")
		w.branches(in+2, q.Branches)
	}
}

func (w *writer) rows(indent int, name string, rows []Row) {
	for i, r := range rows {
		if i == 0 {
			w.line(indent, name)
		}
		w.key(indent+2, "- id", r.ID)
		w.text(indent+4, "label", r.Label)
		w.text(indent+4, "low", r.Low)
		w.text(indent+4, "high", r.High)
		w.key(indent+4, "show_if", r.ShowIf)
	}
}

func (w *writer) branches(indent int, branches []Branch) {
	for _, b := range branches {
		w.line(indent, "- code: "+Scalar(b.Code))
		w.text(indent+2, "label", b.Label)
		if len(b.Branches) > 0 {
			w.line(indent+2, "branches:")
			w.branches(indent+4, b.Branches)
		}
	}
}

func (w *writer) columns(s *Survey) {
	for i := range s.Hidden {
		h := &s.Hidden[i]
		w.open(i == 0, "hidden:")
		w.notes(2, h.Notes)
		w.key(2, "- id", h.ID)
		w.text(4, "label", h.Label)
		w.key(4, "from", h.From)
		if len(h.Allow) > 0 {
			w.line(4, "allow: "+flow(h.Allow))
		}
		w.flag(4, "pii", h.PII)
	}
	for i := range s.Calculated {
		c := &s.Calculated[i]
		w.open(i == 0, "calculated:")
		w.notes(2, c.Notes)
		w.key(2, "- id", c.ID)
		w.text(4, "label", c.Label)
		w.key(4, "expr", c.Expr)
	}
}

func (w *writer) segments(s *Survey) {
	for i, id := range s.Segments {
		w.open(i == 0, "segments:")
		if i < len(s.SegmentsBy) && s.SegmentsBy[i] != "" {
			w.line(2, "# "+oneLine(s.SegmentsBy[i]))
		}
		w.line(2, "- "+Scalar(id))
	}
}

func (w *writer) analysis(a *Analysis) {
	w.notes(2, a.Notes)
	w.key(2, "- id", a.ID)
	w.key(4, "method", a.Method)
	w.text(4, "label", a.Label)
	for _, k := range a.Keys {
		switch {
		case k.Below != nil:
			w.line(4, k.Name+":")
			for _, line := range k.Below {
				w.line(6, line)
			}
		case k.List != nil:
			w.line(4, k.Name+": "+flow(k.List))
		default:
			w.key(4, k.Name, k.Value)
		}
	}
}

// languages are those of a text, zh-CN first, then sorted.
func languages(t Text) []string {
	var out []string
	for lang := range t {
		at := len(out)
		for at > 0 && before(lang, out[at-1]) {
			at--
		}
		out = append(out[:at], append([]string{lang}, out[at:]...)...)
	}
	return out
}

func before(a, b string) bool {
	if (a == "zh-CN") != (b == "zh-CN") {
		return a == "zh-CN"
	}
	return a < b
}

func flow(list []string) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = Scalar(s)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

var (
	bare    = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_.-]*$`)
	whole   = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,14})(\.[0-9]{1,6})?(\.\.-?[0-9]+)?$`)
	special = map[string]bool{"null": true, "true": true, "false": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true}
)

// Scalar writes a word of YAML: bare where it means itself, else in quotes.
// A whole number stays bare: codes are read as they are written.
func Scalar(s string) string {
	if whole.MatchString(s) || bare.MatchString(s) && !special[strings.ToLower(s)] {
		return s
	}
	return quote(s)
}

// quote writes any text in double quotes, on one line. A beginning of piping in
// a foreign text is none of ours.
func quote(s string) string {
	s = strings.ReplaceAll(s, "{{", "{\u200b{")
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 || c == '\u2028' || c == '\u2029' || c == '\ufeff' || c > 0xffff && !strconv.IsPrint(c):
			b.WriteString(escape(c))
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func escape(c rune) string {
	hex := strconv.FormatInt(int64(c), 16)
	if c > 0xffff {
		return `\U` + strings.Repeat("0", 8-len(hex)) + hex
	}
	return `\u` + strings.Repeat("0", 4-len(hex)) + hex
}

// noteLimit is the longest comment, in characters.
const noteLimit = 300

// oneLine makes a text fit a comment.
func oneLine(s string) string {
	s = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 || c == '\u2028' || c == '\u2029' || c == '\ufeff' {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > noteLimit {
		s = string([]rune(s)[:noteLimit]) + "…"
	}
	return s
}
