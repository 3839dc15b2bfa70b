package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"manyi/internal/survey"
)

// manualWords are the words of the page about starters, by language.
var manualWords = map[string]struct{ file, head, table, blocks, blockTable, none string }{
	"en": {
		file: "../../content/manual/starters.md",
		head: "# Starters and blocks\n\n" +
			"A starter is a workspace that works as it is: a questionnaire in Chinese and English, the analyses it is meant for, targets, a page that says what it measures, when to use it and how to read the report, and a profile by which simulated answers look like those of the field. `manyi new` makes one:\n\n" +
			"```sh\nmanyi new corner --from basic --with problem,kano\nmanyi check corner\nmanyi simulate feedback -n 300 corner\nmanyi build corner\n```\n\n" +
			"`manyi new --list` shows all of them, `--list --format json` for programs. The wording of every starter is our own; the method it follows is named on its page. Adapt the brand, the aspects and the targets; keep the ids once answers have come in.\n\n" +
			"Items is the most answers that one respondent can be asked for: a row of a matrix is one, a feature of a Kano question two. Minutes is what the introduction promises.\n",
		table:      "| starter | questionnaire | items | minutes | methods |\n|---|---|---:|---:|---|\n",
		blocks:     "## Blocks\n\nA block is a part of a questionnaire that `--with` adds to any starter: its pages come before the questions about the respondent, its analyses, profile and a paragraph for the page about the questionnaire come along. What the starter asks already is used or, where two would clash, named. The time in the introduction is counted up.\n\n",
		blockTable: "| block | what it asks |\n|---|---|\n", none: "–",
	},
	"zh-CN": {
		file: "../../content/manual/starters.zh-CN.md",
		head: "# 模板与模块\n\n" +
			"模板是一个拿来就能用的工作区：中英文问卷、配好的分析方法和目标值、一页说明（测什么、什么时候用、怎样读报告），还有一份模拟用的设定，让模拟答案接近实际。用 `manyi new` 建一个：\n\n" +
			"```sh\nmanyi new corner --from basic --with problem,kano\nmanyi check corner\nmanyi simulate feedback -n 300 corner\nmanyi build corner\n```\n\n" +
			"`manyi new --list` 列出全部模板，`--list --format json` 供程序读取。各模板的题目都是我们自己的表述，所依据的方法写在说明页上。请改成您的品牌、方面和目标；收到答案以后，标识（id）就不要再改。\n\n" +
			"“题数”是一位受访者最多要回答的题数：矩阵一行算一题，Kano 题一项功能算两题。“分钟”是问卷开头写明的时间。\n",
		table:      "| 模板 | 问卷 | 题数 | 分钟 | 方法 |\n|---|---|---:|---:|---|\n",
		blocks:     "## 模块\n\n模块是可以用 `--with` 加到任何模板里的一组题：题目放在“关于您”的题目之前，分析、模拟设定和说明页的一段文字一并加入。模板已经问到的题就直接使用；两者冲突时会指出冲突在哪里。问卷开头的时间会相应增加。\n\n",
		blockTable: "| 模块 | 问什么 |\n|---|---|\n", none: "—",
	},
}

// startersPage is the page of the manual about starters.
func startersPage(lang string) string {
	w := manualWords[lang]
	groups, blocks := starterList(lang)
	var b strings.Builder
	b.WriteString(w.head)
	for _, g := range groups {
		fmt.Fprintf(&b, "\n## %s\n\n%s", g.Title, w.table)
		for _, s := range g.Starters {
			var methods []string
			for _, m := range s.Methods {
				methods = append(methods, survey.MethodName(m).In(lang))
			}
			between := ", "
			if lang == "zh-CN" {
				between = "、"
			}
			said := strings.Join(methods, between)
			if said == "" {
				said = w.none
			}
			fmt.Fprintf(&b, "| `%s` | %s | %d | %d | %s |\n", s.Name, s.Title, s.Items, s.Minutes, said)
		}
	}
	b.WriteString("\n" + w.blocks + w.blockTable)
	for _, x := range blocks {
		fmt.Fprintf(&b, "| `%s` | %s |\n", x.Name, x.Note)
	}
	return b.String()
}

func TestTheManualListsTheStarters(t *testing.T) {
	for lang, w := range manualWords {
		want := startersPage(lang)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(w.file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(w.file); err != nil || string(got) != want {
			t.Errorf("%s is not what the starters say (%v): UPDATE=1 go test ./cmd/manyi -run TheManualListsTheStarters", w.file, err)
		}
	}
}
