// Command manyi compiles surveys into static pages and their answers into
// satisfaction reports.
//
// The rules of the terminal: results go to standard output, problems and
// progress to standard error; progress is shown only on a terminal. Exit codes:
// 0 fine, 1 faults in the user's files, 2 wrong use, 3 the system failed. No
// answer, token or key is ever printed.
package main

import (
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
	{"new", "new DIR [--from STARTER]", "a workspace that builds at once; --list shows the starters", runNew},
	{"check", "check [DIR]", "every fault of definitions and answers, with file, line and cure", runCheck},
	{"build", "build [DIR] [--only surveys|reports]", "site/ from everything that changed", runBuild},
	{"version", "version", "the version of this program", runVersion},
}

// context is what a command may use of the outside.
type context struct {
	out, err io.Writer
	env      func(string) string
	terminal bool
	command  command // the one that runs
}

// errFaults says that problems were printed.
var errFaults = errors.New("faults in the files")

// useError is wrong use of the command line.
type useError struct{ message string }

func (e useError) Error() string { return e.message }

func main() { os.Exit(run(os.Args[1:])) }

// run is main without the exit, for the tests.
func run(args []string) int {
	c := &context{out: os.Stdout, err: os.Stderr, env: os.Getenv, terminal: isTerminal(os.Stderr)}
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
		fmt.Fprintf(c.err, "manyi: unknown command %q\n", args[0])
		if near := diag.Nearest(args[0], names); near != "" {
			fmt.Fprintf(c.err, "  did you mean %q?\n", near)
		}
		fmt.Fprintln(c.err, "  \"manyi help\" lists the commands")
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
		fmt.Fprintf(c.err, "manyi %s: %s\n  use: manyi %s\n", c.command.name, use.message, c.command.use)
		return wrongUse
	}
	fmt.Fprintf(c.err, "manyi %s: %v\n", c.command.name, err)
	return systemFail
}

func (c *context) help(w io.Writer) {
	fmt.Fprintln(w, "manyi compiles surveys and their answers into static survey pages and satisfaction reports.\n\nUse:")
	for _, x := range commands {
		fmt.Fprintf(w, "  manyi %-40s %s\n", x.use, x.about)
	}
	fmt.Fprintln(w, "\nDIR is the workspace, the current folder where it is left out.")
}

// parse reads flags wherever they stand among the arguments and returns the others.
func (c *context) parse(flags *flag.FlagSet, args []string) ([]string, error) {
	flags.SetOutput(io.Discard)
	var rest []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				fmt.Fprintf(c.out, "manyi %s\n  %s\n", c.command.use, c.command.about)
				return nil, err
			}
			return nil, useError{err.Error()}
		}
		if args = flags.Args(); len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	return rest, nil
}

// workspace is the one optional DIR argument.
func workspace(rest []string) (string, error) {
	switch len(rest) {
	case 0:
		return ".", nil
	case 1:
		return rest[0], nil
	}
	return "", useError{"one folder at a time: " + strings.Join(rest, " ")}
}

// tell prints the problems; with an error among them it returns errFaults.
func (c *context) tell(problems *diag.List) error {
	if err := problems.WriteText(c.err); err != nil {
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
