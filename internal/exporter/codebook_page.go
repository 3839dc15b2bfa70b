package exporter

import (
	"bufio"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"manyi/internal/measure"
)

//go:embed codebook.html
var codebookPage string

// codebookWords are the headings, Chinese and English: a codebook goes to
// readers of either, whatever the languages of the survey.
var codebookWords = map[string][2]string{
	"title": {"编码手册", "Codebook"}, "version": {"版本", "version"}, "variables": {"个变量", "variables"}, "waves": {"调查轮次", "Waves"},
	"wave": {"轮次", "Wave"}, "responses": {"有效答卷", "Responses counted"}, "list": {"变量列表", "List of variables"}, "all": {"全部变量", "All variables"},
	"required": {"必答", "required"}, "page": {"页", "Page"}, "routing": {"显示条件", "Shown if"}, "formula": {"计算方式", "Computed as"},
	"answers": {"有效回答", "Answers"}, "code": {"代码", "Code"}, "missing": {"缺失原因", "Missing because"}, "variable": {"变量", "Variable"}, "kind": {"类型", "Kind"}, "label": {"名称", "Label"},
}

// kindWords are what a column holds.
var kindWords = map[string][2]string{
	"single": {"单选代码", "one code"}, "multiple": {"多选项 0/1", "option 0/1"}, "number": {"数值", "number"}, "code": {"开放代码", "open code"}, "text": {"文本", "text"},
	"date": {"日期", "date"}, "time": {"时间", "time"}, "metadata": {"元数据", "metadata"}, "calculated": {"计算列", "calculated"}, "derived": {"派生列", "derived"},
}

func both(w [2]string) string { return w[0] + " " + w[1] }

func (x *export) codebookHTML(to io.Writer, vs []variable, waves []measure.Counted) error {
	t, err := template.New("codebook").Funcs(template.FuncMap{"join": both, "kind": func(k string) string { return both(kindWords[k]) }}).Parse(codebookPage)
	if err != nil {
		return err
	}
	var titles []string
	for _, lang := range x.Survey.Languages {
		titles = append(titles, x.in(x.Survey.Title, lang))
	}
	return t.Execute(to, map[string]any{"Survey": x.Survey, "Languages": x.Survey.Languages, "Titles": titles, "Variables": vs, "Waves": waves, "Word": codebookWords})
}

func (x *export) codebookMarkdown(to io.Writer, vs []variable, waves []measure.Counted) error {
	w := bufio.NewWriter(to)
	word := func(k string) string { return both(codebookWords[k]) }
	for i, lang := range x.Survey.Languages {
		mark := ""
		if i == 0 {
			mark = "# "
		}
		fmt.Fprintf(w, "%s%s\n\n", mark, markdown(x.in(x.Survey.Title, lang)))
	}
	fmt.Fprintf(w, "%s · `%s` · %s %d\n", word("title"), x.Survey.ID, word("version"), x.Survey.Version)
	if len(waves) > 0 {
		fmt.Fprintf(w, "\n| %s | %s |\n|---|---:|\n", word("wave"), word("responses"))
		for _, wave := range waves {
			fmt.Fprintf(w, "| %s | %d |\n", markdown(wave.ID), wave.Rows)
		}
	}
	for _, v := range vs {
		x.variableMarkdown(w, v, word)
	}
	return w.Flush()
}

func (x *export) variableMarkdown(w io.Writer, v variable, word func(string) string) {
	fmt.Fprintf(w, "\n## `%s`\n\n%s", v.ID, both(kindWords[v.Kind]))
	if v.Question != nil {
		fmt.Fprintf(w, " · `%s`", v.Question.Type)
	}
	if v.Required {
		fmt.Fprintf(w, " · %s", word("required"))
	}
	fmt.Fprintln(w)
	for _, lang := range x.Survey.Languages {
		fmt.Fprintf(w, "\n%s\n", markdown(v.Label[lang]))
		if ask := v.Ask[lang]; ask != "" && ask != v.Label[lang] {
			fmt.Fprintf(w, "\n> %s\n", markdown(ask))
		}
	}
	for _, line := range [][2]string{{"page", v.Page}, {"routing", v.Routing}, {"formula", v.Formula}} {
		if line[1] != "" {
			fmt.Fprintf(w, "\n%s: `%s`\n", word(line[0]), strings.ReplaceAll(oneLine(line[1]), "`", "'"))
		}
	}
	var n []string
	for _, wave := range v.Asked {
		n = append(n, strings.TrimPrefix(markdown(wave)+": n = ", ": ")+strconv.Itoa(v.N[wave]))
	}
	if n != nil {
		fmt.Fprintf(w, "\n%s: %s\n", word("answers"), strings.Join(n, " · "))
	}
	if len(v.Codes) == 0 {
		return
	}
	fmt.Fprintf(w, "\n| %s |", word("code"))
	for _, lang := range x.Survey.Languages {
		fmt.Fprintf(w, " %s |", lang)
	}
	fmt.Fprintf(w, " %s |\n|---|%s---|\n", word("missing"), strings.Repeat("---|", len(x.Survey.Languages)))
	for _, c := range v.Codes {
		fmt.Fprintf(w, "| %s |", markdown(c.Code))
		for _, lang := range x.Survey.Languages {
			fmt.Fprintf(w, " %s |", markdown(c.Label[lang]))
		}
		fmt.Fprintf(w, " %s |\n", c.Missing)
	}
}

// markdown is a text that means nothing but itself in Markdown, on one line.
func markdown(s string) string {
	var b strings.Builder
	for _, c := range oneLine(s) {
		if strings.ContainsRune("\\`*_{}[]<>#|!~&", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
