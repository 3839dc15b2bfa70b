package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manyi/internal/diag"
)

// TestTheManualHasEveryCommand holds content/manual/commands.md and
// commands.zh-CN.md to the commands, their flags and testdata/examples.txt;
// UPDATE=1 writes them.
func TestTheManualHasEveryCommand(t *testing.T) {
	for lang, name := range map[string]string{"en": "commands.md", "zh-CN": "commands.zh-CN.md"} {
		file := filepath.Join("../../content/manual", name)
		got := manualOfCommands(t, lang)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(file); err != nil || string(want) != got {
			t.Errorf("%s lags behind the commands (UPDATE=1 writes it): %v", file, err)
		}
	}
}

// TestTheHelpIsInChinese holds help.zh-CN.txt to what the help says.
func TestTheHelpIsInChinese(t *testing.T) {
	said := map[string]bool{}
	for _, line := range helpLines {
		said[line] = true
	}
	for _, x := range commands {
		said[x.about] = true
		flagsOf(t, x).VisitAll(func(f *flag.Flag) { said[f.Usage] = true })
	}
	for line := range said {
		if helpWords()[line] == "" {
			t.Errorf("help.zh-CN.txt has no Chinese for %q", line)
		}
	}
	for line := range helpWords() {
		if !said[line] {
			t.Errorf("help.zh-CN.txt has %q, which no help says", line)
		}
	}
}

// flagsOf are the flags of a command, as its -h lists them.
func flagsOf(t *testing.T, x command) *flag.FlagSet {
	t.Helper()
	c := &context{out: io.Discard, err: io.Discard, env: func(string) string { return "" }, lang: "en", command: x}
	if err := x.run(c, []string{"-h"}); c.flags == nil {
		t.Fatalf("manyi %s -h lists no flags: %v", x.name, err)
	}
	return c.flags
}

// commandWords are the texts of the page that do not come from the program.
var commandWords = map[string][]string{
	"en": {
		"Every command", "option", "default", "what it does",
		"`manyi help` lists the commands, `manyi COMMAND -h` what one takes. This page is made from the same tables. Options may stand anywhere on the line. " +
			"DIR is the workspace, the current folder where it is left out.\n\nEvery command also takes `--lang en` or `--lang zh-CN`, the language of its messages; else `LC_ALL`, `LC_MESSAGES` and `LANG` decide.\n",
		"Exit codes", "exit code", "meaning",
		"done; warnings do not change it", "faults in your files; nothing of `site/` was written", "wrong use: an unknown command, option or survey", "the system failed: a folder that is not there, no permission, a full disk",
	},
	"zh-CN": {
		"全部命令", "选项", "默认", "作用",
		"`manyi help` 列出全部命令，`manyi 命令 -h` 列出一个命令的全部选项；本页由同样的表生成。选项可以写在命令行的任何位置。DIR 是工作区，不写就是当前文件夹。\n\n" +
			"每个命令都可以加 `--lang en` 或 `--lang zh-CN` 指定提示的语言；不加则由 `LC_ALL`、`LC_MESSAGES`、`LANG` 决定。\n",
		"退出码", "退出码", "含义",
		"完成；警告不影响退出码", "文件有错；`site/` 没有改动", "用法有误：没有这个命令、选项或问卷", "系统出错：文件夹不存在、没有权限、磁盘已满等",
	},
}

func manualOfCommands(t *testing.T, lang string) string {
	w := commandWords[lang]
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n## %s\n\n| %s | %s |\n|---|---|\n", w[0], w[4], w[5], w[6], w[7])
	for code, meaning := range w[8:] {
		fmt.Fprintf(&b, "| %d | %s |\n", code, meaning)
	}
	examples, err := os.ReadFile("testdata/examples.txt")
	if err != nil {
		t.Fatal(err)
	}
	page := &commandPage{lang: lang}
	for line := range strings.Lines(string(examples)) {
		line = strings.TrimSpace(line)
		if group, ok := strings.CutPrefix(line, "## "); ok {
			page.shut()
			fmt.Fprintf(page, "\n## %s\n", inLanguage(group, lang))
		} else if name, ok := strings.CutPrefix(line, "# "); ok {
			page.shut()
			page.told = append(page.told, name)
			describe(t, &page.Builder, name, lang)
		} else {
			page.example(line)
		}
	}
	page.shut()
	for _, x := range commands {
		if !slices.Contains(page.told, x.name) {
			t.Errorf("testdata/examples.txt does not name the command %s", x.name)
		}
	}
	return b.String() + page.String()
}

// commandPage is the part of the page that follows testdata/examples.txt.
type commandPage struct {
	strings.Builder
	lang  string
	told  []string // commands that have their part
	fence string   // language of the block that is open
}

// example writes a line of a block: sh, or console where it begins with $.
func (p *commandPage) example(line string) {
	line, shown := strings.CutPrefix(line, "$ ")
	if want := map[bool]string{false: "sh", true: "console"}[shown]; p.fence != want {
		p.shut()
		p.fence = want
		fmt.Fprintf(p, "\n```%s\n", want)
	}
	command, note, _ := strings.Cut(line, " | ")
	if note != "" {
		command += "   # " + inLanguage(note, p.lang)
	}
	p.WriteString(command + "\n")
}

// shut ends the block that is open.
func (p *commandPage) shut() {
	if p.fence != "" {
		p.WriteString("```\n")
	}
	p.fence = ""
}

// inLanguage is one side of "English | Chinese".
func inLanguage(s, lang string) string {
	english, chinese, _ := strings.Cut(s, " | ")
	if diag.Chinese(lang) {
		return chinese
	}
	return english
}

// describe writes the use of a command and a table of its flags.
func describe(t *testing.T, b *strings.Builder, name, lang string) {
	i := slices.IndexFunc(commands, func(x command) bool { return x.name == name })
	if i < 0 {
		t.Fatalf("testdata/examples.txt names %q, which is no command", name)
	}
	x, w := commands[i], commandWords[lang]
	fmt.Fprintf(b, "\n### %s\n\n`manyi %s`\n\n%s\n", name, x.use, sentence(inWords(x.about, lang), lang))
	var rows strings.Builder
	flagsOf(t, x).VisitAll(func(f *flag.Flag) {
		if f.Name == "lang" {
			return
		}
		standard := "–"
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			standard = "`" + f.DefValue + "`"
		}
		fmt.Fprintf(&rows, "| `%s` | %s | %s |\n", flagName(f), standard, inWords(f.Usage, lang))
	})
	if rows.Len() > 0 {
		fmt.Fprintf(b, "\n| %s | %s | %s |\n|---|---|---|\n%s", w[1], w[2], w[3], rows.String())
	}
}

func sentence(s, lang string) string {
	if diag.Chinese(lang) {
		return s + "。"
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}
