package diag

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// said is a format of the sources, with how many arguments it gets.
type said struct {
	format string
	args   int // -1: any number
	where  string
}

// formats returns every format that the sources of the project give to Say,
// and every title of a key of a table, which is said too.
func formats(t *testing.T) []said {
	t.Helper()
	var out []said
	files := token.NewFileSet()
	err := filepath.WalkDir("../..", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if !saying(n.Fun, file.Name.Name) {
					break
				}
				if format, ok := literal(n.Args[0]); ok {
					out = append(out, said{format, len(n.Args) - 1, files.Position(n.Pos()).String()})
				} else if _, title := n.Args[0].(*ast.SelectorExpr); !title {
					t.Errorf("%s: Say needs a constant format", files.Position(n.Pos()))
				}
			case *ast.CompositeLit:
				if title, ok := titleOf(n); ok {
					out = append(out, said{title, 0, files.Position(n.Pos()).String()})
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func saying(fun ast.Expr, pkg string) bool {
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		x, ok := f.X.(*ast.Ident)
		return ok && x.Name == "diag" && f.Sel.Name == "Say"
	case *ast.Ident:
		return pkg == "diag" && f.Name == "Say"
	}
	return false
}

// titleOf is the title of one key of a table of keys: {name, title, value, rule}.
func titleOf(n *ast.CompositeLit) (string, bool) {
	if len(n.Elts) != 4 {
		return "", false
	}
	_, named := literal(n.Elts[0])
	title, titled := literal(n.Elts[1])
	_, value := n.Elts[2].(*ast.CallExpr)
	return title, named && titled && value
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([a-zA-Z%])`)

// verbs are the placeholders of a format by the number of their argument.
func verbs(format string) map[int]string {
	out := map[int]string{}
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		out[next] = m[2]
		next++
	}
	return out
}

func TestEveryMessageIsInChinese(t *testing.T) {
	all := map[string]bool{}
	for _, s := range formats(t) {
		if s.args >= 0 && len(verbs(s.format)) != s.args {
			t.Errorf("%s: %q has %d arguments", s.where, s.format, s.args)
		}
		if all[s.format] {
			continue
		}
		all[s.format] = true
		translated, ok := catalogue()[s.format]
		if !ok {
			t.Errorf("%s: no translation in zh-CN.txt:\n%s", s.where, strings.ReplaceAll(s.format, "\n", `\n`))
			continue
		}
		if got, want := verbs(translated), verbs(s.format); !maps.Equal(got, want) {
			t.Errorf("%s: %q has the placeholders %v, its translation %q has %v", s.where, s.format, want, translated, got)
		}
	}
	for _, format := range slices.Sorted(maps.Keys(catalogue())) {
		if !all[format] && format != "" {
			t.Errorf("zh-CN.txt translates %q, which is said nowhere", format)
		}
	}
}

func TestEveryEnglishLineOfTheCatalogueStandsOnceAndIsTranslated(t *testing.T) {
	b, err := os.ReadFile("zh-CN.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	english := ""
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "\t"):
			if english == "" {
				t.Errorf("zh-CN.txt:%d: a translation without its English line above", i+1)
			}
			english = ""
		case line == "" || strings.HasPrefix(line, "##"):
		case seen[line] > 0:
			t.Errorf("zh-CN.txt:%d: also on line %d", i+1, seen[line])
		default:
			if english != "" {
				t.Errorf("zh-CN.txt:%d: %q has no translation", i, english)
			}
			english, seen[line] = line, i+1
		}
	}
}

func TestAPhraseIsSaidInTheLanguageOfItsReader(t *testing.T) {
	p := Say("%s has no key %q", Say("a question"), "titel")
	for lang, want := range map[string]string{
		"en": `a question has no key "titel"`, "zh-CN": `问题没有键 "titel"`, "zh_CN.UTF-8": `问题没有键 "titel"`, "de": `a question has no key "titel"`,
	} {
		if got := p.In(lang); got != want {
			t.Errorf("in %s: got %q, want %q", lang, got, want)
		}
	}
	if got := (Phrase{}).In("zh-CN"); got != "" {
		t.Errorf("the empty phrase says %q", got)
	}
}

func TestPhrasesKeepTheirArgumentsInAFile(t *testing.T) {
	var l List
	for i := range othersPerKind + 3 {
		l.Add(Problem{
			Severity: Warning, Code: "k", Place: Place{File: "f", Line: i + 1}, Rule: Place{File: "g", Line: 2, Column: 3},
			Summary: Say("%s has no key %q", Say("a question"), "titel"), Cure: Say("allowed: %d characters", 12),
			Others: []Related{{Place{File: "h", Line: 9}, Say("the first is here")}},
		})
	}
	b, err := json.Marshal(&l)
	if err != nil {
		t.Fatal(err)
	}
	var back List
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if got, want := back.Problems(), l.Problems(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v\nwant %#v", got, want)
	}
	var got, want strings.Builder
	for list, out := range map[*List]*strings.Builder{&back: &got, &l: &want} {
		if err := list.WriteText(out, "zh-CN"); err != nil {
			t.Fatal(err)
		}
	}
	if got.String() != want.String() || !strings.Contains(want.String(), "警告") || !strings.Contains(want.String(), fmt.Sprint(othersPerKind+3)) {
		t.Errorf("got\n%s\nwant\n%s", &got, &want)
	}
}
