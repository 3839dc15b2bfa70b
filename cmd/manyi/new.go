package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/templates"
)

func runNew(c *context, args []string) error {
	flags := flag.NewFlagSet("new", flag.ContinueOnError)
	from := flags.String("from", "basic", "the starter to copy")
	with := flags.String("with", "", "blocks to add, separated by commas")
	list := flags.Bool("list", false, "show the starters and blocks")
	format := flags.String("format", "text", "of --list: text or json")
	rest, err := c.parse(flags, args)
	switch {
	case err != nil:
		return err
	case *format != "text" && *format != "json":
		return useError{diag.Say("--format takes text or json, not %q", *format)}
	case *list:
		return c.listStarters(*format == "json")
	case len(rest) != 1:
		return useError{diag.Say("name the new folder")}
	}
	w, err := c.plan(*from, *with)
	if err != nil {
		return err
	}
	if err := create(rest[0], w); err != nil {
		return err
	}
	return c.ready(rest[0], w)
}

// planned is a workspace to be made.
type planned struct {
	starter string
	blocks  []string
	survey  string           // the id of its survey, of the first where there are several
	more    *survey.Combined // nil without blocks
}

// plan looks the starter and its blocks up and joins them before anything is written.
func (c *context) plan(starter, with string) (*planned, error) {
	if err := known(diag.Say("starter"), starter, survey.StarterNames()); err != nil {
		return nil, err
	}
	w := &planned{starter: starter}
	var blocks []string
	for _, b := range survey.Blocks(&diag.List{}) {
		blocks = append(blocks, b.Name)
	}
	for name := range strings.SplitSeq(with, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if err := known(diag.Say("block"), name, blocks); err != nil {
			return nil, err
		}
		w.blocks = append(w.blocks, name)
	}
	if len(w.blocks) > 0 {
		more, why := survey.Combine(starter, w.blocks)
		if !why.Empty() {
			return nil, useError{why}
		}
		w.more, w.survey = more, more.ID
		return w, nil
	}
	surveys, err := fs.ReadDir(templates.Files, path.Join("starters", starter, "surveys"))
	if err != nil {
		return nil, err
	}
	w.survey = surveys[0].Name()
	return w, nil
}

// known reports a name that is not in the list, with the nearest.
func known(what diag.Phrase, name string, names []string) error {
	if slices.Contains(names, name) {
		return nil
	}
	if near := diag.Nearest(name, names); near != "" {
		return useError{diag.Say("there is no %s %q; did you mean %q?", what, name, near)}
	}
	return useError{diag.Say("there is no %s %q; --list shows them", what, name)}
}

// ready says what comes next. A definition that blocks were added to is judged as check does.
func (c *context) ready(dir string, w *planned) error {
	at := strings.TrimSuffix(dir, "/")
	about := w.starter
	if len(w.blocks) > 0 {
		about += " + " + strings.Join(w.blocks, " + ")
		root, err := os.OpenRoot(dir)
		if err != nil {
			return err
		}
		defer root.Close()
		if _, _, err := c.definition(root.FS(), w.survey); err != nil {
			return err
		}
	}
	id := w.survey
	fmt.Fprintln(c.out, diag.Say("%s: ready (%s). Next:", dir, about).In(c.lang))
	for i, step := range []struct {
		what diag.Phrase
		how  []string
	}{
		{diag.Say("change title, contact address and questions"), []string{at + "/surveys/" + id + "/survey.yaml"}},
		{diag.Say("try it with simulated answers"), []string{fmt.Sprintf("manyi simulate %s -n 300 %s", id, dir)}},
		{diag.Say("build the pages"), []string{"manyi build " + dir}},
		{diag.Say("open the questionnaire and the report"), []string{at + "/site/surveys/" + id + "/index.html", at + "/site/reports/" + id + "/index.html"}},
	} {
		fmt.Fprintf(c.out, "%d. %s\n", i+1, step.what.In(c.lang))
		for _, line := range step.how {
			fmt.Fprintf(c.out, "     %s\n", line)
		}
	}
	return nil
}

// create makes the workspace in a folder that does not exist or is empty.
func create(dir string, w *planned) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return useError{diag.Say("%q is not empty", dir)}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, base := range []string{"workspace", path.Join("starters", w.starter)} {
		if err := overlay(root, base, w.survey); err != nil {
			return err
		}
	}
	for _, f := range workspaceFiles() {
		if err := root.MkdirAll(path.Dir(f.name), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(f.name, f.body, 0o644); err != nil {
			return err
		}
	}
	if err := addBlocks(root, w.more); err != nil {
		return err
	}
	return finish(root, w.starter)
}

// workspaceFile makes a folder a workspace. It is written last: what was cut off is none.
const workspaceFile = "manyi.yaml"

func finish(root *os.Root, starter string) error {
	body, err := fs.ReadFile(templates.Files, path.Join("starters", starter, workspaceFile))
	if errors.Is(err, fs.ErrNotExist) {
		body, err = fs.ReadFile(templates.Files, path.Join("workspace", workspaceFile))
	}
	if err != nil {
		return err
	}
	return root.WriteFile(workspaceFile, body, 0o644)
}

// surveyMark stands in the README of a new workspace for the id of its survey.
const surveyMark = "SURVEY"

// overlay copies a folder of the embedded files into the workspace.
func overlay(root *os.Root, base, id string) error {
	return fs.WalkDir(templates.Files, base, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		to := strings.TrimPrefix(name, base+"/")
		if to == workspaceFile {
			return nil
		}
		if err := root.MkdirAll(path.Dir(to), 0o755); err != nil {
			return err
		}
		body, err := fs.ReadFile(templates.Files, name)
		if err != nil {
			return err
		}
		if to == "README.md" {
			body = bytes.ReplaceAll(body, []byte(surveyMark), []byte(id))
		}
		return root.WriteFile(to, body, 0o644)
	})
}

// aboutTitles are the titles of the page about the questionnaire, where a starter has none.
var aboutTitles = map[string]string{"zh-CN": "关于这份问卷", "en": "About this questionnaire"}

// addBlocks writes the definition with blocks, and what the page about the questionnaire says of them.
func addBlocks(root *os.Root, more *survey.Combined) error {
	if more == nil {
		return nil
	}
	if err := root.WriteFile(more.File, more.Body, 0o644); err != nil {
		return err
	}
	for lang, text := range more.About {
		name := path.Join("content", more.ID, "about."+lang+".md")
		body, err := root.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			body, err = []byte("---\ntitle: "+aboutTitles[lang]+"\n---\n"), root.MkdirAll(path.Dir(name), 0o755)
		}
		if err != nil {
			return err
		}
		if err := root.WriteFile(name, append(body, text...), 0o644); err != nil {
			return err
		}
	}
	return nil
}
