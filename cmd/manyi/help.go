package main

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"strings"
	"sync"

	"manyi/internal/diag"
)

// helpInChinese holds each English line of the help, then its translation
// indented by a tab, as internal/diag/zh-CN.txt does for messages.
//
//go:embed help.zh-CN.txt
var helpInChinese string

var helpWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	english := ""
	for line := range strings.Lines(helpInChinese) {
		line = strings.TrimSuffix(line, "\n")
		if chinese, ok := strings.CutPrefix(line, "\t"); ok {
			out[english] = chinese
		} else {
			english = line
		}
	}
	return out
})

// inWords is a line of the help in the language of messages.
func inWords(english, lang string) string {
	if chinese, ok := helpWords()[english]; ok && diag.Chinese(lang) {
		return chinese
	}
	return english
}

// The lines of the help around the list of commands.
var helpLines = []string{
	"manyi compiles surveys and their answers into static survey pages and satisfaction reports.",
	"Use:",
	"DIR is the workspace, the current folder where it is left out. Messages are in English or Chinese: --lang en or --lang zh-CN,",
	"else as LC_ALL, LC_MESSAGES or LANG say. \"manyi COMMAND -h\" lists what a command takes.",
}

func (c *context) help(w io.Writer) {
	fmt.Fprintf(w, "%s\n\n%s\n", inWords(helpLines[0], c.lang), inWords(helpLines[1], c.lang))
	for _, x := range commands {
		fmt.Fprintf(w, "  manyi %-40s %s\n", x.use, inWords(x.about, c.lang))
	}
	fmt.Fprintf(w, "\n%s\n%s\n", inWords(helpLines[2], c.lang), inWords(helpLines[3], c.lang))
}

// helpOf prints one command with what it takes.
func (c *context) helpOf(flags *flag.FlagSet) {
	c.flags = flags
	fmt.Fprintf(c.out, "manyi %s\n  %s\n\n", c.command.use, inWords(c.command.about, c.lang))
	flags.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(c.out, "  %-22s %s\n", flagName(f), inWords(f.Usage, c.lang))
	})
}

// flagName is a flag as it is written: one dash before a single letter.
func flagName(f *flag.Flag) string {
	if len(f.Name) == 1 {
		return "-" + f.Name
	}
	return "--" + f.Name
}
