package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/exporter"
	"manyi/internal/measure"
	"manyi/internal/site"
)

// exportFolder is where exports go unless a folder is named. Git ignores what
// is in it: answers of people do not belong into a history that never forgets.
const exportFolder = "export"

// runExport writes a survey for other programs.
func runExport(c *context, args []string) error {
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	format := flags.String("to", "", strings.Join(exporter.Formats, ", "))
	out := flags.String("out", "", "the folder to write to; - writes one file to standard output")
	var opt exporter.Options
	flags.StringVar(&opt.Wave, "wave", "", "only this wave")
	flags.BoolVar(&opt.Labels, "labels", false, "labels in place of codes (csv, xlsx); ratings stay numbers with --computed; such a file is for readers, not for reading back")
	flags.StringVar(&opt.Lang, "in", "", "language of the labels")
	flags.BoolVar(&opt.Excel, "excel", false, "csv with the byte order mark that Excel wants")
	flags.BoolVar(&opt.Personal, "with-personal-data", false, "columns that may identify a person, too")
	flags.BoolVar(&opt.Computed, "computed", false, "csv of the rows that count, with derived and calculated columns and weights")
	c.formats(flags)
	id, dir, err := c.ofSurvey(flags, args)
	if err != nil {
		return err
	}
	if err := exportFormat(*format); err != nil {
		return err
	}
	var problems diag.List
	if _, err := c.exports(dir, id, *format, *out, opt, &problems); err != nil {
		return err
	}
	return c.tell(exportFaults(&problems))
}

// exportFaults are the problems that an export tells: errors, and what the
// format has no place for. The others are those that check tells.
func exportFaults(all *diag.List) *diag.List {
	out := &diag.List{}
	for _, p := range all.Problems() {
		if p.Severity == diag.Error || p.Code == "not-exported" {
			out.Add(p)
		}
	}
	return out
}

// exportFormat judges the name of a format.
func exportFormat(name string) error {
	switch {
	case name == "":
		return useError{diag.Say("name the format with --to: %s", strings.Join(exporter.Formats, ", "))}
	case name == "xls":
		return useError{diag.Say("the old format .xls is not written: use --to xlsx, which every spreadsheet program reads")}
	case name == "sav":
		return useError{diag.Say("the binary format .sav is not written: use --to spss, whose syntax reads the data and saves it as .sav")}
	case slices.Contains(exporter.Formats, name):
		return nil
	}
	if near := diag.Nearest(name, exporter.Formats); near != "" {
		return useError{diag.Say("there is no format %q; did you mean %q?", name, near)}
	}
	return useError{diag.Say("there is no format %q; there are %s", name, strings.Join(exporter.Formats, ", "))}
}

// exports writes the files; false where faults stand in the way.
func (c *context) exports(dir, id, format, out string, opt exporter.Options, problems *diag.List) (bool, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return false, fmt.Errorf("open workspace: %w", err)
	}
	defer root.Close()
	s, _, err := c.definition(root.FS(), id) // says which surveys there are
	if err != nil {
		return false, err
	}
	if err := knownWave(s, opt.Wave); err != nil {
		return false, err
	}
	if opt.Lang != "" && !slices.Contains(s.Languages, opt.Lang) {
		return false, useError{diag.Say("the survey has no language %q; it has %v", opt.Lang, s.Languages)}
	}
	options, err := c.options()
	if err != nil {
		return false, err
	}
	data, err := site.OpenData(dir, id, options, problems)
	if err != nil || data == nil {
		return false, err
	}
	defer data.Close()
	if problems.Has(diag.Error) {
		return false, nil
	}
	to, err := newTarget(c, dir, id, out)
	if err != nil {
		return false, err
	}
	in := &exporter.Input{Survey: data.Survey, Sources: data.Sources, Options: data.Options}
	in.Measure = func() (*measure.Results, []measure.Counted, error) { return data.Measure(problems) }
	sum, err := exporter.Write(in, format, opt, to.create, problems)
	if err != nil || problems.Has(diag.Error) {
		return false, errors.Join(err, to.discard())
	}
	if err := to.keep(); err != nil {
		return false, err
	}
	c.exported(to, sum)
	return true, nil
}

// exported says what was written and what was left out.
func (c *context) exported(to *target, sum *exporter.Summary) {
	w := c.out
	if to.folder == "" || !c.forPeople() {
		w = c.err
	}
	for _, name := range to.names {
		fmt.Fprintf(w, "%s\n", path.Join(to.shown, name))
	}
	if sum.Rows > 0 {
		fmt.Fprintln(w, "  "+diag.Say("responses: %d", sum.Rows).In(c.lang))
		for _, left := range []struct {
			n    int
			says diag.Phrase
		}{
			{sum.Duplicate, diag.Say("left out, of an id that was there before: %d", sum.Duplicate)},
			{sum.Unmatched, diag.Say("left out, of no wave or of another survey: %d", sum.Unmatched)},
			{sum.Rejected, diag.Say("left out, unreadable: %d", sum.Rejected)},
		} {
			if left.n > 0 {
				fmt.Fprintln(w, "  "+left.says.In(c.lang))
			}
		}
	}
	if len(sum.Withheld) > 0 && sum.Rows > 0 {
		fmt.Fprintln(w, "  "+diag.Say("withheld as personal data: %s (--with-personal-data writes them)", strings.Join(sum.Withheld, ", ")).In(c.lang))
	}
}

// target is where the files of an export go: each under a hidden name first.
type target struct {
	root   *os.Root
	folder string // "" for standard output
	shown  string
	names  []string
	out    io.Writer
}

const unfinished = ".new"

func newTarget(c *context, dir, id, out string) (*target, error) {
	if out == "-" {
		return &target{out: c.out}, nil
	}
	t := &target{folder: out, shown: out}
	if out == "" {
		t.folder, t.shown = path.Join(dir, exportFolder, id), path.Join(exportFolder, id)
	}
	if err := os.MkdirAll(t.folder, 0o755); err != nil {
		return nil, err
	}
	if out == "" {
		if err := ignored(path.Join(dir, exportFolder)); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(t.folder)
	t.root = root
	return t, err
}

// ignored keeps the folder of exports out of git.
func ignored(folder string) error {
	f, err := os.OpenFile(path.Join(folder, ".gitignore"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString("*\n")
	return errors.Join(err, f.Close())
}

// create opens a file. Others may not read it: it holds answers.
func (t *target) create(name string) (io.WriteCloser, error) {
	if t.folder == "" {
		if len(t.names) > 0 {
			return nil, useError{diag.Say("this format has several files: name a folder with --out")}
		}
		t.names = append(t.names, "-")
		return unclosed{t.out}, nil
	}
	t.names = append(t.names, name)
	return t.root.OpenFile("."+name+unfinished, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
}

// unclosed is standard output, which stays open.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// keep puts the finished files in their places.
func (t *target) keep() error {
	if t.folder == "" {
		t.names = nil
		return nil
	}
	for _, name := range t.names {
		if err := t.root.Rename("."+name+unfinished, name); err != nil {
			return err
		}
	}
	return t.root.Close()
}

// discard removes unfinished files.
func (t *target) discard() error {
	if t.folder == "" {
		return nil
	}
	var err error
	for _, name := range t.names {
		err = errors.Join(err, t.root.Remove("."+name+unfinished))
	}
	return errors.Join(err, t.root.Close())
}
