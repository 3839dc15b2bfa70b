package survey

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"manyi/internal/diag"
)

const plainSurvey = `manyi: 1
id: cafe
languages: [zh-CN]
title: 咖啡馆
pages:
  - id: main
    questions:
      - {id: osat, type: rating, scale: sat5, text: 总体满意}
`

func parse(data []byte) (*Survey, *diag.List) {
	var problems diag.List
	s := Parse(fstest.MapFS{"surveys/cafe/survey.yaml": &fstest.MapFile{Data: data}}, "surveys/cafe", nil, &problems)
	return s, &problems
}

func toUTF16(s string, order binary.AppendByteOrder) []byte {
	out := order.AppendUint16(nil, 0xFEFF)
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func TestEveryEncodingOfUnicodeAndLineEndIsTheSameSurvey(t *testing.T) {
	for name, data := range map[string][]byte{
		"UTF-8":     []byte(plainSurvey),
		"BOM":       []byte("\uFEFF" + plainSurvey),
		"UTF-16LE":  toUTF16(plainSurvey, binary.LittleEndian),
		"UTF-16BE":  toUTF16(plainSurvey, binary.BigEndian),
		"CRLF":      []byte(strings.ReplaceAll(plainSurvey, "\n", "\r\n")),
		"CR":        []byte(strings.ReplaceAll(plainSurvey, "\n", "\r")),
		"no end":    []byte(strings.TrimRight(plainSurvey, "\n")),
		"directive": []byte("%YAML 1.1\n---\n" + plainSurvey),
	} {
		s, problems := parse(data)
		if p := problems.Problems(); len(p) > 0 {
			t.Errorf("%s: %v: %s", name, p[0].Place, p[0].Summary)
			continue
		}
		if got, want := s.Title.In("zh-CN"), "咖啡馆"; got != want {
			t.Errorf("%s: title %q, want %q", name, got, want)
		}
	}
}

// hostile is a file that must be refused, and what must be said.
type hostile struct {
	data []byte
	want string
}

func hostileFiles(t *testing.T) map[string]hostile {
	t.Helper()
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(plainSurvey))
	if err != nil {
		t.Fatal(err)
	}
	head := "manyi: 1\nid: cafe\n"
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x, x]\n")
	for i := range 9 {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	var many strings.Builder
	many.WriteString(head + "scales:\n")
	for i := range 100_000 {
		fmt.Fprintf(&many, "  %d:\n", i)
	}
	return map[string]hostile{
		"GB18030":     {gb, "surveys/cafe/survey.yaml:4:8: error: the file is not UTF-8 (looks like GB18030)"},
		"stray 0xFF":  {[]byte(head + "title: \xff\n"), "surveys/cafe/survey.yaml:3:8: error: the file is not UTF-8\n"},
		"NUL":         {[]byte(head + "title: a\x00b\n"), "surveys/cafe/survey.yaml:3:9: error: the file has the control character NUL"},
		"escape":      {[]byte(head + "title: a\x1bb\n"), "surveys/cafe/survey.yaml:3:9: error: the file has the control character U+001B"},
		"odd UTF-16":  {[]byte("\xff\xfea"), "error: the file is broken UTF-16"},
		"surrogate":   {[]byte("\xff\xfe\x00\xd8a\x00"), "error: the file is broken UTF-16"},
		"empty":       {nil, "surveys/cafe/survey.yaml:1: error: the file is empty"},
		"8 MB scalar": {bytes.Repeat([]byte("x"), 8<<20), "error: the file is larger than 1 MiB"},
		"flow depth":  {bytes.Repeat([]byte("["), 1<<20), "error: this is not YAML"},
		"block depth": {[]byte(strings.Repeat("- ", 2000) + "x\n"), "error: the nesting is deeper than 32 levels"},
		"alias bomb":  {[]byte(bomb.String()), "surveys/cafe/survey.yaml:1:5: error: anchor &a0"},
		"cyclic":      {[]byte("a: &a [*a]\n"), "surveys/cafe/survey.yaml:1:4: error: anchor &a"},
		"many keys":   {[]byte(many.String()), `scale name "0" is not allowed`},
		"parentheses": {[]byte(plainSurvey + "calculated:\n  - {id: c, expr: '" + strings.Repeat("(", 500_000) + "'}\n"), "error: the expression is longer than 2000 bytes"},
		"long text":   {[]byte(plainSurvey + "intro: \"" + strings.Repeat("{{ osta | x }}", 10_000) + "\"\n"), "piping of unknown question"},
		"long syntax": {[]byte(strings.Repeat("a: [1,\n2]\n", 1000) + strings.Repeat("a: [b,\n", 90_000)), "error: this is not YAML"},
	}
}

func TestFilesThatAreNoPlainYAMLAreRefusedWithTheReason(t *testing.T) {
	for name, test := range hostileFiles(t) {
		t.Run(name, func(t *testing.T) {
			_, problems := parse(test.data)
			var b strings.Builder
			if err := problems.WriteText(&b, "en"); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.String(), test.want) {
				t.Errorf("got\n%.2000s\nwant %s", b.String(), test.want)
			}
		})
	}
}

func TestAMissingFileIsAProblem(t *testing.T) {
	var problems diag.List
	if ws := ParseWorkspace(fstest.MapFS{}, &problems); ws != nil {
		t.Errorf("got %v, want nil", ws)
	}
	p := problems.Problems()
	if len(p) != 1 || p[0].Summary.String() != "the file cannot be read: it does not exist" {
		t.Errorf("got %v", p)
	}
}

func TestInvisibleCharactersAreWarnedOf(t *testing.T) {
	for text, want := range map[string]string{
		"a\u202eb":                        "the text has the invisible character U+202E",
		"a\u200bb":                        "the text has the invisible character U+200B",
		"e" + strings.Repeat("\u0301", 9): "the text has more than 4 accents on one letter",
		"cafe\u0301":                      "",
		"👩\u200d💻":                        "",
	} {
		_, problems := parse([]byte(strings.Replace(plainSurvey, "总体满意", text, 1)))
		got := ""
		if p := problems.Problems(); len(p) > 0 {
			got = p[0].Summary.String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range samples(f) {
		for _, file := range seed.Files {
			f.Add(file.Data)
		}
	}
	f.Add([]byte(plainSurvey))
	f.Fuzz(func(t *testing.T, data []byte) {
		workspace := fstest.MapFS{
			"surveys/cafe/survey.yaml": &fstest.MapFile{Data: data}, "manyi.yaml": &fstest.MapFile{Data: data},
			"locales/en.yaml": &fstest.MapFile{Data: data},
		}
		var problems diag.List
		site := ParseWorkspace(workspace, &problems)
		if s := Parse(workspace, "surveys/cafe", site, &problems); s != nil {
			s.Schema()
			for _, i := range s.Items() {
				i.Label("en")
				i.Rated()
				TopCodes(i.Scale, i.Reverse)
			}
		}
		if l, err := LoadLocale(workspace, "en"); err == nil {
			l.Keys()
		}
		if err := problems.WriteText(&bytes.Buffer{}, "en"); err != nil {
			t.Fatal(err)
		}
	})
}
