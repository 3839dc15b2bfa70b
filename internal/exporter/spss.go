package exporter

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Limits of SPSS syntax, in bytes of UTF-8. Source: IBM SPSS Statistics 29
// Command Syntax Reference, "Variable names", VARIABLE LABELS, VALUE LABELS,
// MISSING VALUES, and "Running commands" for the length of a line.
const (
	spssName     = 64
	spssLabel    = 255
	spssValue    = 120
	spssLine     = 251
	spssString   = 32767
	spssMissings = 3 // single values; or a range and one
	spssShort    = 8 // longest text that can be a missing value
)

// spssVariable is a column by the name and format that SPSS knows it by.
type spssVariable struct {
	*Column
	at     int // its place in the row
	name   string
	format string // of GET DATA
	text   bool
	level  string
}

// spss writes the responses as CSV and the syntax that reads them with labels,
// codes and missing values.
func (x *export) spss() error {
	shown, err := x.shown()
	if err != nil {
		return err
	}
	vars := x.spssVariables(shown)
	name := x.Survey.ID
	if err := x.file(name+"-spss.csv", func(w io.Writer) error { return x.spssData(w, vars) }); err != nil {
		return err
	}
	return x.file(name+".sps", func(w io.Writer) error {
		_, err := w.Write(x.spssSyntax(name+"-spss.csv", vars))
		return err
	})
}

var spssReserved = []string{"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}

func (x *export) spssVariables(shown []int) []spssVariable {
	taken := map[string]bool{}
	var out []spssVariable
	for _, i := range shown {
		c := x.columns[i]
		v := spssVariable{Column: c, at: i, name: spssNameOf(c.ID, taken), level: "NOMINAL"}
		width := min(max(x.scanned.width[i], 1), spssString)
		switch {
		case c.Question != nil && c.Question.Type == survey.Date:
			v.format, v.level = "SDATE10", "SCALE"
		case c.Field.Kind == table.Number:
			v.format, v.level = "F"+strconv.Itoa(min(max(width, 8), 40))+"."+strconv.Itoa(min(x.scanned.points[i], 16)), "SCALE"
		case c.numeric():
			v.format = "F" + strconv.Itoa(min(max(width, 2), 40)) + ".0"
		default:
			v.format, v.text = "A"+strconv.Itoa(max(width, x.longestCode(c))), true
		}
		if c.Scale != nil && c.Scale.Level == survey.Ordinal {
			v.level = "ORDINAL"
		}
		if v.name != c.ID {
			x.lost(diag.Place{File: x.Survey.File}, diag.Say("SPSS cannot name a variable %q: it is called %q", c.ID, v.name))
		}
		out = append(out, v)
	}
	return out
}

// longestCode is the most bytes of a code of the column, so that labels fit.
func (x *export) longestCode(c *Column) int {
	most := 1
	if c.Field.Kind == table.Choice {
		for _, o := range c.options() {
			most = max(most, len(o.Code))
		}
	}
	return most
}

// spssNameOf is a name that SPSS takes: a letter first, then letters, digits,
// "_" and "."; no "." or "_" at its end; at most 64 bytes; no word of the
// syntax; no other variable's without regard to case.
func spssNameOf(id string, taken map[string]bool) string {
	var b strings.Builder
	for i, c := range id {
		ok := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' && i > 0 || c == '_' && i > 0 || c >= 0x4e00 && c <= 0x9fff
		switch {
		case i == 0 && c == '_':
			b.WriteString("meta_")
		case ok:
			b.WriteRune(c)
		case i == 0:
			b.WriteString("v_")
		default:
			b.WriteByte('_')
		}
	}
	name := strings.TrimRight(cutBytes(b.String(), spssName), "_.")
	if slices.Contains(spssReserved, strings.ToLower(name)) {
		name += "_v"
	}
	for n := 2; taken[strings.ToLower(name)]; n++ {
		end := "_" + strconv.Itoa(n)
		name = strings.TrimRight(cutBytes(name, spssName-len(end)), "_.") + end
	}
	taken[strings.ToLower(name)] = true
	return name
}

// cutBytes cuts a text to so many bytes, between characters.
func cutBytes(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// spssData writes the rows. Line breaks within a text would end the case, so
// they are blanks; a formula is none in SPSS, so that nothing is guarded.
func (x *export) spssData(to io.Writer, vars []spssVariable) error {
	w := bufio.NewWriterSize(to, 1<<16)
	var line []byte
	for i, v := range vars {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, v.name...)
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return err
	}
	told := &spssLosses{}
	err := x.each(&diag.List{}, func(r *row) error {
		line = line[:0]
		for i, v := range vars {
			if i > 0 {
				line = append(line, ',')
			}
			line = told.cell(line, v, r.cells[v.at].text)
		}
		_, err := w.Write(append(line, '\n'))
		return err
	})
	at := diag.Place{File: x.Survey.File}
	if told.breaks > 0 {
		x.lost(at, diag.Say("%d texts had line breaks, which are blanks in the file for SPSS", told.breaks))
	}
	if told.cut > 0 {
		x.lost(at, diag.Say("%d texts are longer than SPSS holds and were cut", told.cut))
	}
	if told.odd > 0 {
		x.lost(at, diag.Say("%d cells that are no code or number are empty in the file for SPSS", told.odd))
	}
	return cmpErr(err, w.Flush())
}

// spssLosses counts what the data for SPSS cannot hold.
type spssLosses struct{ breaks, cut, odd int }

// cell appends one cell.
func (l *spssLosses) cell(to []byte, v spssVariable, text string) []byte {
	if text == "" {
		return to
	}
	if !v.text {
		if _, ok := table.ParseNumber(text); !ok && v.format != "SDATE10" {
			l.odd++
			return to
		}
		return append(to, strings.Map(plainSign, text)...)
	}
	if strings.ContainsAny(text, "\r\n") {
		l.breaks++
		text = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(text)
	}
	if len(text) > spssString {
		l.cut++
		text = cutBytes(text, spssString)
	}
	return appendQuoted(to, text)
}

// plainSign keeps what can stand in a number or a date.
func plainSign(c rune) rune {
	switch {
	case c >= '０' && c <= '９':
		return c - '０' + '0'
	case c >= '0' && c <= '9', strings.ContainsRune("+-.eE/:", c):
		return c
	case c == '．':
		return '.'
	case c == '－' || c == '\u2212':
		return '-'
	}
	return -1
}

// spssSyntax is the program. No line is longer than SPSS reads: long texts are
// joined by "+".
func (x *export) spssSyntax(data string, vars []spssVariable) []byte {
	s := &syntax{}
	s.b.WriteString("\uFEFF")
	s.line("* %s, version %d: reads %s.", x.Survey.ID, x.Survey.Version, data)
	s.line("* Put both files into one folder and make it the current one (CD '...').")
	s.line("SET DECIMAL=DOT.")
	s.line("GET DATA")
	s.line("  /TYPE=TXT")
	s.line("  /FILE=%s", quoted(data))
	s.line("  /ENCODING='UTF8'")
	s.line("  /ARRANGEMENT=DELIMITED")
	s.line("  /DELCASE=LINE")
	s.line("  /DELIMITERS=%s", quoted(","))
	s.line("  /QUALIFIER=%s", quoted(`"`))
	s.line("  /FIRSTCASE=2")
	s.line("  /VARIABLES=")
	for i, v := range vars {
		s.line("  %s %s%s", v.name, v.format, ending(i == len(vars)-1))
	}
	s.line("CACHE.")
	s.line("EXECUTE.")
	x.spssLabels(s, vars)
	x.spssMissing(s, vars)
	s.line("VARIABLE LEVEL")
	for i, v := range vars {
		s.line("  %s%s (%s)%s", slash(i), v.name, v.level, ending(i == len(vars)-1))
	}
	for _, v := range vars {
		if v.ID == x.Survey.Weight {
			s.line("WEIGHT BY %s.", v.name)
		}
	}
	s.line("EXECUTE.")
	return s.b.Bytes()
}

func slash(i int) string {
	if i > 0 {
		return "/"
	}
	return ""
}

func ending(last bool) string {
	if last {
		return "."
	}
	return ""
}

func (x *export) spssLabels(s *syntax, vars []spssVariable) {
	s.line("VARIABLE LABELS")
	for i, v := range vars {
		s.literal(fmt.Sprintf("  %s%s", slash(i), v.name), cutBytes(oneLine(x.label(v.Column, x.opt.Lang)), spssLabel), ending(i == len(vars)-1))
	}
	for _, v := range vars {
		options := v.options()
		if len(options) == 0 {
			continue
		}
		s.line("VALUE LABELS %s", v.name)
		for k, o := range options {
			code := o.Code
			if v.text {
				code = quoted(code)
			}
			label := x.text(o.Label)
			if label == "" {
				label = x.endLabel(v.Column, k)
			}
			s.literal("  "+code, cutBytes(oneLine(label), spssValue), ending(k == len(options)-1))
		}
	}
}

// endLabel is the label of a code of a scale that names its ends only, else the code.
func (x *export) endLabel(c *Column, k int) string {
	o := c.options()[k]
	codes := c.Scale.Codes()
	if len(codes) > 0 && o.Code == codes[0] && len(c.Scale.Low) > 0 {
		return x.text(c.Scale.Low)
	}
	if len(codes) > 0 && o.Code == codes[len(codes)-1] && len(c.Scale.High) > 0 {
		return x.text(c.Scale.High)
	}
	return o.Code
}

// spssMissing declares the codes that mean no answer: up to three single
// values, or the range of more where no answer lies in it.
func (x *export) spssMissing(s *syntax, vars []spssVariable) {
	for _, v := range vars {
		var codes []string
		for _, o := range v.options() {
			if o.Missing != table.Answered {
				codes = append(codes, o.Code)
			}
		}
		switch {
		case len(codes) == 0:
		case len(codes) <= spssMissings && v.text && slices.IndexFunc(codes, func(c string) bool { return len(c) > spssShort }) < 0:
			for i := range codes {
				codes[i] = quoted(codes[i])
			}
			s.line("MISSING VALUES %s (%s).", v.name, strings.Join(codes, ", "))
		case len(codes) <= spssMissings && !v.text:
			s.line("MISSING VALUES %s (%s).", v.name, strings.Join(codes, ", "))
		case !v.text && apart(v.Scale, codes):
			low, high := ends(codes)
			s.line("MISSING VALUES %s (%d THRU %d).", v.name, low, high)
		default:
			x.lost(diag.Place{File: x.Survey.File}, diag.Say("SPSS cannot declare the missing codes of %q: leave them out yourself", v.ID))
		}
	}
}

func ends(codes []string) (low, high int) {
	for i, c := range codes {
		n, _ := strconv.Atoi(c)
		if i == 0 {
			low, high = n, n
		}
		low, high = min(low, n), max(high, n)
	}
	return low, high
}

// apart reports whether no answer lies between the missing codes.
func apart(sc *survey.Scale, codes []string) bool {
	low, high := ends(codes)
	for _, c := range sc.Codes() {
		if n, _ := strconv.Atoi(c); n >= low && n <= high {
			return false
		}
	}
	return true
}
