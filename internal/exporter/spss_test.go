package exporter_test

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"manyi/internal/exporter"
	"manyi/internal/simulate"
)

// spssProgram is what the grammar below found in a program.
type spssProgram struct {
	file      string
	names     []string
	formats   map[string]string
	labels    map[string]string
	values    map[string]map[string]string
	missing   map[string][]string
	levels    map[string]string
	qualifier string
}

// The grammar is that of the IBM SPSS Statistics 29 Command Syntax Reference,
// as far as an export needs it: a command begins in the first column and ends
// with a period at the end of a line; a literal stands in quotes, doubled
// within; "+" joins literals; a name has at most 64 bytes, a line 256.
type spssReader struct {
	tokens []string
	at     int
}

var (
	spssToken  = regexp.MustCompile(`^(?:\s+|'(?:[^'\n]|'')*'|[A-Za-z@#$_\p{Han}][\p{L}\p{N}_.@#$]*[\p{L}\p{N}_@#$]|[A-Za-z]|-?[0-9]+(?:\.[0-9]+)?|[/=(),+])`)
	spssFormat = regexp.MustCompile(`^(F([1-9]|[1-3][0-9]|40)\.([0-9]|1[0-6])|A[1-9][0-9]{0,4}|SDATE10)$`)
	spssName   = regexp.MustCompile(`^[A-Za-z\p{Han}][A-Za-z0-9_.\p{Han}]*$`)
)

// spssCommands cuts a program into commands; comments are left out.
func spssCommands(t *testing.T, program string) []string {
	t.Helper()
	text, ok := strings.CutPrefix(program, "\uFEFF")
	if !ok {
		t.Error("no byte order mark: SPSS would not know that the program is UTF-8")
	}
	var out []string
	var command []string
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		if len(line) > 256 {
			t.Errorf("a line has %d bytes", len(line))
		}
		if !utf8.ValidString(line) || strings.ContainsRune(line, '\r') {
			t.Errorf("a line is broken: %q", line)
		}
		command = append(command, line)
		if strings.HasSuffix(line, ".") && strings.Count(line, "'")%2 == 0 {
			if c := strings.Join(command, "\n"); !strings.HasPrefix(c, "*") {
				out = append(out, strings.TrimSuffix(c, "."))
			}
			command = nil
		}
	}
	if command != nil {
		t.Errorf("a command does not end: %q", command)
	}
	return out
}

func spssTokens(t *testing.T, s string) []string {
	t.Helper()
	var out []string
	for s != "" {
		token := spssToken.FindString(s)
		if token == "" {
			t.Fatalf("no token of SPSS at %.60q", s)
		}
		if s = s[len(token):]; strings.TrimSpace(token) != "" {
			out = append(out, token)
		}
	}
	return out
}

func (r *spssReader) next() string {
	if r.at >= len(r.tokens) {
		return ""
	}
	r.at++
	return r.tokens[r.at-1]
}

func (r *spssReader) peek() string {
	if r.at >= len(r.tokens) {
		return ""
	}
	return r.tokens[r.at]
}

// literal is a text, joined by "+".
func (r *spssReader) literal(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for {
		s := r.next()
		if len(s) < 2 || s[0] != '\'' {
			t.Fatalf("a literal is wanted, not %q", s)
		}
		b.WriteString(strings.ReplaceAll(s[1:len(s)-1], "''", "'"))
		if r.peek() != "+" {
			return b.String()
		}
		r.next()
	}
}

func (p *spssProgram) known(t *testing.T, name string) {
	t.Helper()
	if !slices.Contains(p.names, name) {
		t.Errorf("the variable %q is not declared", name)
	}
}

// readSPSS reads a whole program.
func readSPSS(t *testing.T, program string) *spssProgram {
	t.Helper()
	p := &spssProgram{formats: map[string]string{}, labels: map[string]string{}, values: map[string]map[string]string{}, missing: map[string][]string{}, levels: map[string]string{}}
	for _, c := range spssCommands(t, program) {
		if strings.HasPrefix(c, " ") {
			t.Errorf("a command does not begin in the first column: %.40q", c)
		}
		r := &spssReader{tokens: spssTokens(t, strings.ReplaceAll(c, "\uFEFF", ""))}
		switch word := r.next(); word {
		case "SET", "CACHE", "EXECUTE":
		case "GET":
			p.get(t, r)
		case "VARIABLE":
			if r.next() == "LABELS" {
				p.variableLabels(t, r)
			} else {
				p.level(t, r)
			}
		case "VALUE":
			r.next()
			p.valueLabels(t, r)
		case "MISSING":
			r.next()
			p.missingValues(t, r)
		case "WEIGHT":
			r.next()
			p.known(t, r.next())
		default:
			t.Errorf("no command: %q", word)
		}
	}
	return p
}

func (p *spssProgram) get(t *testing.T, r *spssReader) {
	t.Helper()
	if r.next() != "DATA" {
		t.Fatal("GET without DATA")
	}
	for r.peek() == "/" {
		r.next()
		key := r.next()
		if r.next() != "=" {
			t.Fatalf("no = behind %s", key)
		}
		switch key {
		case "FILE":
			p.file = r.literal(t)
		case "QUALIFIER":
			p.qualifier = r.literal(t)
		case "ENCODING", "DELIMITERS":
			r.literal(t)
		case "VARIABLES":
			for r.peek() != "" {
				name, format := r.next(), r.next()
				if r.peek() == "" || spssFormat.MatchString(format) {
					p.variable(t, name, format)
					continue
				}
				t.Fatalf("variable %q has format %q", name, format)
			}
		case "TYPE", "ARRANGEMENT", "DELCASE", "FIRSTCASE":
			r.next()
		default:
			t.Errorf("GET DATA has no %s", key)
		}
	}
}

func (p *spssProgram) variable(t *testing.T, name, format string) {
	t.Helper()
	lower := strings.ToLower(name)
	switch {
	case !spssName.MatchString(name) || len(name) > 64 || strings.HasSuffix(name, ".") || strings.HasSuffix(name, "_"):
		t.Errorf("%q is no name of SPSS", name)
	case slices.Contains(strings.Fields("all and by eq ge gt le lt ne not or to with"), lower):
		t.Errorf("%q is a word of the syntax", name)
	case slices.ContainsFunc(p.names, func(n string) bool { return strings.EqualFold(n, name) }):
		t.Errorf("%q is declared twice", name)
	case !spssFormat.MatchString(format):
		t.Errorf("%q is no format", format)
	}
	if width, err := strconv.Atoi(strings.TrimPrefix(format, "A")); format[0] == 'A' && (err != nil || width > 32767) {
		t.Errorf("%q is too wide", format)
	}
	p.names, p.formats[name] = append(p.names, name), format
}

func (p *spssProgram) variableLabels(t *testing.T, r *spssReader) {
	t.Helper()
	for r.peek() != "" {
		if r.peek() == "/" {
			r.next()
		}
		name := r.next()
		p.known(t, name)
		if p.labels[name] = r.literal(t); len(p.labels[name]) > 255 {
			t.Errorf("the label of %s has %d bytes", name, len(p.labels[name]))
		}
	}
}

func (p *spssProgram) level(t *testing.T, r *spssReader) {
	t.Helper()
	for r.peek() != "" {
		if r.peek() == "/" {
			r.next()
		}
		name := r.next()
		p.known(t, name)
		open, level, end := r.next(), r.next(), r.next()
		if open != "(" || end != ")" || !slices.Contains([]string{"NOMINAL", "ORDINAL", "SCALE"}, level) {
			t.Errorf("level of %s: %s%s%s", name, open, level, end)
		}
		p.levels[name] = level
	}
}

// code is a value of a variable: a literal where it is a text, else a number.
func (p *spssProgram) code(t *testing.T, name string, r *spssReader) string {
	t.Helper()
	if p.formats[name][0] == 'A' {
		s := r.literal(t)
		if width, _ := strconv.Atoi(p.formats[name][1:]); len(s) > width {
			t.Errorf("%q does not fit into %s of %s", s, p.formats[name], name)
		}
		return s
	}
	s := r.next()
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		t.Errorf("%q is no number of %s", s, name)
	}
	return s
}

func (p *spssProgram) valueLabels(t *testing.T, r *spssReader) {
	t.Helper()
	name := r.next()
	p.known(t, name)
	p.values[name] = map[string]string{}
	for r.peek() != "" {
		code := p.code(t, name, r)
		if _, twice := p.values[name][code]; twice {
			t.Errorf("value %s of %s has two labels", code, name)
		}
		label := r.literal(t)
		if len(label) > 120 {
			t.Errorf("the label of %s of %s has %d bytes", code, name, len(label))
		}
		p.values[name][code] = label
	}
}

func (p *spssProgram) missingValues(t *testing.T, r *spssReader) {
	t.Helper()
	name := r.next()
	p.known(t, name)
	if r.next() != "(" {
		t.Errorf("missing values of %s without (", name)
	}
	for {
		p.missing[name] = append(p.missing[name], p.code(t, name, r))
		switch r.next() {
		case ")":
			if len(p.missing[name]) > 3 {
				t.Errorf("%s has %d missing values", name, len(p.missing[name]))
			}
			return
		case ",", "THRU":
		default:
			t.Fatalf("missing values of %s do not end", name)
		}
	}
}

func TestTheSyntaxForSPSSFollowsItsGrammar(t *testing.T) {
	all := samples(t)
	all["hostile"] = written(t, strings.NewReplacer("TEXT", strings.Repeat("it''s “long” ", 60)+"好好好", "LONG", strings.Repeat("非常满意", 40)).Replace(`manyi: 1
id: s
version: 1
languages: [zh-CN, en]
title: t
pages:
  - id: p
    questions:
      - id: with
        type: single_choice
        text: 'TEXT'
        options:
          - {code: a1, label: 'LONG'}
          - {code: 好, label: "it's"}
          - {code: na, label: x, missing: not_applicable}
      - id: osat
        type: rating
        text: 'ends with a point.'
        options:
          - {code: 1, label: b}
          - {code: 2, label: g}
          - {code: 95, label: m, missing: dont_know}
          - {code: 96, label: m, missing: refused}
          - {code: 97, label: m, missing: skipped}
          - {code: 98, label: m, missing: not_applicable}
      - {id: born, type: date, text: d}
hidden:
  - {id: ALL, from: a}
`))
	for name, s := range all {
		t.Run(name, func(t *testing.T) {
			in := input(t, s, source("x.jsonl", simulated(t, s, 200, simulate.JSONL)))
			out, sum, _ := export(t, in, "spss", exporter.Options{Personal: true})
			p := readSPSS(t, out[s.ID+".sps"].String())
			rows, err := csv.NewReader(out[p.file]).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if p.qualifier != `"` || !slices.Equal(rows[0], p.names) || len(rows) != sum.Rows+1 {
				t.Errorf("the data has columns %v and %d rows, the syntax %v", rows[0], len(rows)-1, p.names)
			}
			if len(p.labels) != len(p.names) || len(p.levels) != len(p.names) {
				t.Errorf("%d variables, %d labels, %d levels", len(p.names), len(p.labels), len(p.levels))
			}
			for _, r := range rows[1:] {
				for i, cell := range r {
					format := p.formats[p.names[i]]
					if width, _ := strconv.Atoi(format[1:]); format[0] == 'A' && len(cell) > width {
						t.Fatalf("a cell of %d bytes in %s", len(cell), format)
					}
					if _, err := strconv.ParseFloat(cell, 64); cell != "" && format[0] == 'F' && err != nil {
						t.Fatalf("%q in %s", cell, format)
					}
				}
			}
			if name == "hostile" {
				if got, want := fmt.Sprint(p.missing["with_v"], p.missing["osat"]), "[na] [95 98]"; got != want {
					t.Errorf("got missing values %s, want %s", got, want)
				}
				if !strings.HasPrefix(p.labels["with_v"], "it's “long” it's") {
					t.Errorf("got label %q", p.labels["with_v"])
				}
			}
		})
	}
}
