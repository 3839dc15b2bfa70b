package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"manyi/internal/diag"
	"manyi/internal/importer"
	"manyi/internal/site"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// exportFlags say how an export is read.
type exportFlags struct {
	survey, fresh, tool, mapping, wave, name, encoding, zone string
	dry, init, replace, labels                               bool
	keep                                                     []string
}

func (x *exportFlags) register(flags *flag.FlagSet) {
	flags.StringVar(&x.survey, "survey", "", "the survey they belong to")
	flags.StringVar(&x.fresh, "new", "", "draft a survey of this id from the export, and build its report")
	flags.StringVar(&x.tool, "tool", "", "the tool that wrote the export, where it is not recognised")
	flags.StringVar(&x.mapping, "map", "", "a mapping of columns and labels")
	flags.StringVar(&x.wave, "wave", "", "the wave they belong to")
	flags.StringVar(&x.name, "name", "", "what the file of responses is called")
	flags.StringVar(&x.encoding, "encoding", "", "of the file, where it cannot be guessed")
	flags.StringVar(&x.zone, "zone", "", "time zone of the export's times; else the workspace's")
	flags.BoolVar(&x.dry, "dry-run", false, "report every column and write nothing")
	flags.BoolVar(&x.init, "init", false, "draft a mapping and write nothing else")
	flags.BoolVar(&x.replace, "replace", false, "the newer of two responses with one id counts")
	flags.BoolVar(&x.labels, "labels", false, "show labels that few gave, too")
	flags.Func("keep", "keep a personal column; may be repeated", func(s string) error {
		x.keep = append(x.keep, s)
		return nil
	})
}

var newSurveyID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

func (x *exportFlags) judge() error {
	switch {
	case x.tool != "" && !slices.Contains(importer.ToolNames(), x.tool):
		return useError{diag.Say("--tool takes %s, not %q", strings.Join(importer.ToolNames(), ", "), x.tool)}
	case x.wave != "" && !waveName.MatchString(x.wave):
		return useError{diag.Say("a wave is called like 2026 or 2026-spring, not %q", x.wave)}
	case x.name != "" && !waveName.MatchString(x.name):
		return useError{diag.Say("--name takes a word like 2026-spring, not %q", x.name)}
	case x.encoding != "" && !table.IsEncoding(x.encoding):
		return useError{diag.Say("--encoding takes a name like gb18030 or windows-1252, not %q", x.encoding)}
	case x.fresh != "" && !newSurveyID.MatchString(x.fresh):
		return useError{diag.Say("a survey is called like after_sales, with a-z, 0-9 and _, not %q", x.fresh)}
	case x.fresh != "" && x.init:
		return useError{diag.Say("--new drafts a mapping anyway; --init is for a survey that is there")}
	}
	return nil
}

// importExport brings the export of another tool into a survey.
func (c *context) importExport(root *os.Root, dir, name string, x *exportFlags) error {
	if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
		return useError{diag.Say("there is no file %q", name)}
	}
	if strings.EqualFold(path.Ext(name), ".qsf") {
		return useError{diag.Say("a questionnaire of Qualtrics (.qsf) is not read: export its responses as CSV with choice text, and draft the survey from those with --new; the header has every question in words")}
	}
	var problems diag.List
	source := table.Source{Name: name, Encoding: x.encoding, Open: func() (io.ReadCloser, error) { return os.Open(name) }}
	if x.fresh != "" {
		return c.importNew(root, dir, source, x, &problems)
	}
	s, zone, err := c.definition(root.FS(), x.survey)
	if err != nil {
		return err
	}
	frame, err := importer.Load(source, x.tool, &problems)
	if err != nil {
		return err
	}
	if frame == nil {
		return c.tell(&problems)
	}
	mapping, err := c.mappingOf(root, x, frame, &problems)
	if err != nil {
		return err
	}
	if problems.Has(diag.Error) {
		return c.tell(&problems)
	}
	return c.bring(root, frame, s, zone, mapping, x, &problems)
}

// mappingOf reads the mapping that --map names, else that of the survey and tool.
func (c *context) mappingOf(root *os.Root, x *exportFlags, frame *importer.Frame, problems *diag.List) (*importer.Mapping, error) {
	name, file := x.mapping, (*os.File)(nil)
	var err error
	if name != "" {
		if file, err = os.Open(name); errors.Is(err, os.ErrNotExist) {
			return nil, useError{diag.Say("there is no mapping %q", name)}
		}
	} else {
		name = mappingFile(x.survey, frame)
		file, err = root.Open(name)
	}
	names, bad := c.namesOf(root, x.survey, problems)
	if errors.Is(err, os.ErrNotExist) || bad != nil {
		return names, bad
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return importer.ReadMapping(name, file, problems).With(names), nil
}

// namesOf reads what the questionnaire that the survey was drafted from calls otherwise.
func (c *context) namesOf(root *os.Root, id string, problems *diag.List) (*importer.Mapping, error) {
	name := namesFile(id)
	file, err := root.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return importer.ReadMapping(name, file, problems), nil
}

func mappingFile(id string, frame *importer.Frame) string {
	return path.Join("surveys", id, "imports", frame.Tool.Name+".map.yaml")
}

// bring plans, writes and reports an import.
func (c *context) bring(root *os.Root, frame *importer.Frame, s *survey.Survey, zone *time.Location, mapping *importer.Mapping, x *exportFlags, problems *diag.List) error {
	named := x.zone
	if named == "" && mapping != nil {
		named = mapping.Timezone
	}
	if named != "" {
		var err error
		if zone, err = time.LoadLocation(named); err != nil {
			return useError{diag.Say("there is no time zone %q", named)}
		}
	}
	if err := knownWave(s, x.wave); err != nil {
		return err
	}
	plan := importer.NewPlan(frame, s, importer.Options{Name: x.name, Wave: x.wave, Zone: zone, Keep: x.keep, Replace: x.replace, Mapping: mapping})
	really := !x.dry && !x.init
	written, err := plan.Write(root, really, problems)
	if err != nil {
		return fmt.Errorf("import %s: %w", frame.Name(), err)
	}
	if really {
		if err := plan.Record(root, written); err != nil {
			return fmt.Errorf("record the import: %w", err)
		}
	}
	if x.init {
		if err := c.initMapping(root, mappingFile(s.ID, frame), plan); err != nil {
			return err
		}
	}
	report := plan.Report(written, x.labels)
	if c.format == "json" {
		return report.JSON(c.out, c.lang)
	}
	if err := report.Text(c.out, c.lang, !really); err != nil {
		return err
	}
	if really && written.New+written.Finished+written.Replaced > 0 {
		fmt.Fprintln(c.out, diag.Say("written: %s and %s", written.File, written.Record).In(c.lang))
	}
	return c.tell(problems)
}

// initMapping writes the drafted mapping, unless there is one.
func (c *context) initMapping(root *os.Root, name string, plan *importer.Plan) error {
	if _, err := root.Lstat(name); err == nil {
		return useError{diag.Say("%s is there already; change that, or delete it first", name)}
	}
	if err := importer.Put(root, name, plan.Drafted()); err != nil {
		return err
	}
	fmt.Fprintln(c.err, diag.Say("written: %s; change what is wrong, then import again", name).In(c.lang))
	return nil
}

// importNew drafts a survey from an export, imports it and builds its report.
func (c *context) importNew(root *os.Root, dir string, source table.Source, x *exportFlags, problems *diag.List) error {
	folder := path.Join("surveys", x.fresh)
	if _, err := root.Lstat(path.Join(folder, "survey.yaml")); err == nil {
		return useError{diag.Say("survey %q is there already; import into it with --survey %s", x.fresh, x.fresh)}
	}
	if body, err := questionnaire(source.Name); err != nil || body != nil {
		if err != nil {
			return err
		}
		return c.importDefinition(root, dir, source.Name, body, x)
	}
	frame, err := importer.Load(source, x.tool, problems)
	if err != nil {
		return err
	}
	if frame == nil {
		return c.tell(problems)
	}
	drafted, mapping, err := importer.DraftSurvey(root.FS(), frame, x.fresh, x.keep, problems)
	if err != nil || drafted == nil {
		return errors.Join(err, c.tell(problems))
	}
	x.survey = x.fresh
	var quiet diag.List // the build tells them
	if x.dry {
		s, zone, err := drafted.Parsed(&quiet)
		if err != nil || s == nil {
			return errors.Join(err, c.tell(&quiet))
		}
		return c.bring(root, frame, s, zone, mapping, x, problems)
	}
	for _, f := range drafted.Files {
		if _, err := root.Lstat(f.Name); err == nil && f.Name == "manyi.yaml" {
			continue
		}
		if err := importer.Put(root, f.Name, f.Body); err != nil {
			return err
		}
	}
	s, zone, err := drafted.Parsed(&quiet)
	if err != nil || s == nil {
		return errors.Join(err, c.tell(&quiet))
	}
	if err := c.bring(root, frame, s, zone, mapping, x, problems); err != nil {
		return err
	}
	return c.firstReport(dir, x.fresh)
}

// firstReport builds the site and says where the report stands.
func (c *context) firstReport(dir, id string) error {
	opt, err := c.options()
	if err != nil {
		return err
	}
	if c.terminal {
		opt.Progress = c.progress
	}
	start := time.Now()
	var problems diag.List
	result, err := site.Build(dir, opt, &problems)
	c.clear()
	if c.format == "json" {
		if err == nil && problems.Has(diag.Error) {
			err = errFaults
		}
		return err
	}
	if told := c.tell(&problems); told != nil || err != nil {
		return errors.Join(told, err)
	}
	fmt.Fprintln(c.out, summary(dir, result, time.Since(start)).In(c.lang))
	fmt.Fprintln(c.out, diag.Say("the survey: %s; its report: %s", path.Join(dir, "surveys", id, "survey.yaml"), path.Join(dir, "site/reports", id, "index.html")).In(c.lang))
	return nil
}
