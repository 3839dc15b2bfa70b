// Command manyi compiles surveys into static pages and their answers into
// satisfaction reports.
//
// The rules of the terminal: results go to standard output, problems and
// progress to standard error; progress is shown only on a terminal. Exit codes:
// 0 fine, 1 faults in the user's files, 2 wrong use, 3 the system failed. No
// answer, token or key is ever printed.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	_ "time/tzdata" // zones by name on any machine

	"manyi/internal/diag"
)

// The exit codes.
const (
	fine       = 0
	faults     = 1
	wrongUse   = 2
	systemFail = 3
)

// command is one subcommand.
type command struct {
	name, use, about string
	run              func(c *context, args []string) error
}

// commands in the order of the help.
var commands = []command{
	{"new", "new DIR [--from STARTER] [--with BLOCK,BLOCK] | --list [--format text|json]", "a workspace that builds at once, from a starter and blocks; --list shows them", runNew},
	{"print", "print SURVEY [--report LANG] [--audience NAME] [-o FILE] [--browser FILE] [DIR]", "the whole report as a PDF, through a Chromium of this machine", runPrint},
	{"check", "check [DIR] [--against REV] [--format text|json|sarif]", "every fault of definitions and answers, with file, line and cure", runCheck},
	{"build", "build [DIR] [--only surveys|reports] [--audience NAME] [--single]", "site/ from everything that changed", runBuild},
	{"audit", "audit [DIR] [--before DIR] [--format text|json|sarif]", "what the published reports show or give away of fewer people than min_cell", runAudit},
	{"seal-report", "seal-report SURVEY [--report LANG] [--audience NAME] [--password-file FILE] [-o FILE] [DIR]", "the whole report as one file that opens with a password", runSealReport},
	{"headers", "headers nginx|caddy|apache|netlify [--at PATH]", "what a web server is to say of reports: not listed, not framed, not kept", runHeaders},
	{"serve", "serve [DIR] [--port P]", "preview on this machine that builds again on every save", runServe},
	{"import", "import FILE --survey ID | --new ID [--dry-run] [DIR]", "other tools' exports, or response codes, become responses; again changes nothing", runImport},
	{"export", "export SURVEY --to FORMAT [--out FOLDER] [DIR]", "responses, codebook or definition for other programs", runExport},
	{"simulate", "simulate SURVEY -n N [--wave W] [DIR]", "plausible test responses, to try the report before fielding", runSimulate},
	{"keygen", "keygen [--survey ID] [--out FOLDER] [DIR]", "a key and its backup, for which answers are sealed", runKeygen},
	{"open", "open FILE --identity KEY [-o FILE]", "what is sealed in a file or mail; --proof --survey ID shows that keys work", runOpen},
	{"enter", "enter SURVEY [--wave W] [--form LANG] [--port P] [DIR]", "keyboard entry of paper forms on this machine", runEnter},
	{"actions", "actions propose [SURVEY] [DIR]", "actions that weak items and complaints propose, as records for the ledger", runActions},
	{"receivers", "receivers FOLDER", "receivers for other hosts: Cloudflare, Alibaba Cloud, Tencent Cloud, PHP; and service files", runReceivers},
	{"inbox", "inbox [FILE…] [--survey ID] [--workspace DIR]", "what the collector, relays and mail deliver becomes responses; again changes nothing", runInbox},
	{"forget", "forget SURVEY ID…|--code CODE|--older [--workspace DIR]", "takes responses out of the files for good", runForget},
	{"follow-up", "follow-up SURVEY [--out FILE] [DIR]", "the private list of those who asked to be called", runFollowUp},
	{"invite", "invite SURVEY -n N [--from CSV] [--each COLUMN] [--qr FOLDER] [--sheet FILE] [DIR]", "links for people, channels and counters, with tokens and QR codes", runInvite},
	{"collect", "collect [DIR] [--listen ADDR] [--data DIR]", "the collector: serves the survey pages and takes the answers", runCollect},
	{"diff", "diff OLD [NEW] [--format text|json|html] [--survey ID] [-o FILE]", "what changed in questionnaires (files, folders or git revisions), and what becomes of their series", runDiff},
	{"versions", "versions SURVEY [DIR]", "the questionnaires that answers name, from git or versions/, and whether their series go on", runVersions},
	{"hook", "hook [DIR]", "a check before each git commit that refuses personal data and keys", runHook},
	{"fmt", "fmt [DIR] [--check]", "definitions in the stable layout; comments stay", runFmt},
	{"schema", "schema [--workspace] [--ledger NAME] [--results]", "JSON Schema of survey.yaml, manyi.yaml, a ledger or results.json", runSchema},
	{"version", "version", "the version of this program", runVersion},
}

// context is what a command may use of the outside.
type context struct {
	out, err io.Writer
	env      func(string) string
	terminal bool
	lang     string        // of messages
	format   string        // of problems: text (also ""), json or sarif
	command  command       // the one that runs
	flags    *flag.FlagSet // of the command whose help was asked for
}

// errFaults says that problems were printed.
var errFaults = errors.New("faults in the files")

// useError is wrong use of the command line.
type useError struct{ says diag.Phrase }

func (e useError) Error() string { return e.says.String() }

func main() { os.Exit(run(os.Args[1:])) }

// run is main without the exit, for the tests.
func run(args []string) int {
	out := &outlet{Writer: os.Stdout}
	c := &context{out: out, err: os.Stderr, env: os.Getenv, terminal: isTerminal(os.Stderr)}
	c.lang = language(c.env)
	code := c.run(args)
	if out.err != nil && code == fine {
		c.say(c.err, diag.Say("manyi: the output could not be written: %s", out.err))
		return systemFail
	}
	return code
}

// outlet remembers that writing failed, so that no command needs to ask after every line.
type outlet struct {
	io.Writer
	err error
}

func (w *outlet) Write(b []byte) (int, error) {
	n, err := w.Writer.Write(b)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

// run is one command and its exit code.
func (c *context) run(args []string) int {
	if len(args) == 0 || slices.Contains([]string{"help", "-h", "--help"}, args[0]) {
		c.help(c.out)
		if len(args) == 0 {
			return wrongUse
		}
		return fine
	}
	i := slices.IndexFunc(commands, func(x command) bool { return x.name == args[0] })
	if i < 0 {
		var names []string
		for _, x := range commands {
			names = append(names, x.name)
		}
		c.say(c.err, diag.Say("manyi: unknown command %q", args[0]))
		if near := diag.Nearest(args[0], names); near != "" {
			fmt.Fprintf(c.err, "  ")
			c.say(c.err, diag.Say("did you mean %q?", near))
		}
		fmt.Fprintf(c.err, "  ")
		c.say(c.err, diag.Say("\"manyi help\" lists the commands"))
		return wrongUse
	}
	c.command = commands[i]
	return c.code(c.command.run(c, args[1:]))
}

// code prints an error and returns the exit code it stands for.
func (c *context) code(err error) int {
	var use useError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return fine
	case errors.Is(err, errFaults):
		return faults
	case errors.As(err, &use):
		fmt.Fprintf(c.err, "manyi %s: %s\n  %s: manyi %s\n", c.command.name, diag.Clean(use.says.In(c.lang)), diag.Say("use").In(c.lang), c.command.use)
		return wrongUse
	}
	fmt.Fprintf(c.err, "manyi %s: %v\n", c.command.name, err)
	return systemFail
}

// parse reads flags wherever they stand among the arguments and returns the others.
func (c *context) parse(flags *flag.FlagSet, args []string) ([]string, error) {
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.lang, "lang", c.lang, "language of messages: en or zh-CN")
	var rest []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				c.helpOf(flags)
				return nil, err
			}
			return nil, useError{diag.Say("the options cannot be read: %s", err)}
		}
		if args = flags.Args(); len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	if !diag.Chinese(c.lang) && !strings.HasPrefix(c.lang, "en") {
		return nil, useError{diag.Say("--lang takes en or zh-CN, not %q", c.lang)}
	}
	c.lang = language(func(string) string { return c.lang }) // as locales are called
	return rest, nil
}

// language is the one of the user's locale, as far as messages have it.
func language(env func(string) string) string {
	if diag.Chinese(cmp.Or(env("LC_ALL"), env("LC_MESSAGES"), env("LANG"))) {
		return "zh-CN"
	}
	return "en"
}

// workspace is the one optional DIR argument.
func workspace(rest []string) (string, error) {
	switch len(rest) {
	case 0:
		return ".", nil
	case 1:
		return rest[0], nil
	}
	return "", useError{diag.Say("one folder at a time: %s", strings.Join(rest, " "))}
}

// formats registers --format for a command that tells problems.
func (c *context) formats(flags *flag.FlagSet) {
	flags.Func("format", "how problems are written: text, json or sarif", func(s string) error {
		if !slices.Contains([]string{"text", "json", "sarif"}, s) {
			return errors.New("text, json or sarif is wanted")
		}
		c.format = s
		return nil
	})
}

// forPeople reports whether problems and results are written for people.
func (c *context) forPeople() bool { return c.format == "" || c.format == "text" }

// tell prints the problems, for programs to standard output; with an error
// among them it returns errFaults.
func (c *context) tell(problems *diag.List) error {
	var err error
	switch c.format {
	case "json":
		err = problems.WriteJSON(c.out, c.lang)
	case "sarif":
		err = problems.WriteSARIF(c.out, version(), c.lang)
	default:
		err = problems.WriteText(c.err, c.lang)
	}
	if err != nil {
		return err
	}
	if problems.Has(diag.Error) {
		return errFaults
	}
	return nil
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
