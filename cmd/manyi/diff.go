package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/page"
	"manyi/internal/site"
	versions "manyi/internal/version"
)

// runDiff says what changed in questionnaires, and what becomes of their series.
func runDiff(c *context, args []string) error {
	flags := flag.NewFlagSet("diff", flag.ContinueOnError)
	dir := flags.String("dir", ".", "the workspace that revisions are of")
	only := flags.String("survey", "", "compare this survey only")
	out := flags.String("o", "", "write to this file")
	format := "text"
	flags.Func("format", "text, json or html", oneOf(&format, "text", "json", "html"))
	rest, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) < 1 || len(rest) > 2 {
		return useError{diag.Say("name what to compare: OLD, and NEW where it is not the workspace as it is")}
	}
	old, err := sideOf(rest[0], *dir)
	if err != nil {
		return err
	}
	latest, err := sideOf(cmp.Or(strings.Join(rest[1:], ""), *dir), *dir)
	if err != nil {
		return err
	}
	found := compare(old, latest)
	if *only != "" {
		found = slices.DeleteFunc(found, func(x compared) bool { return x.ID != *only })
	}
	if len(found) == 0 {
		return useError{diag.Say("the two have no survey in common")}
	}
	w := c.out
	if *out != "" {
		f, err := os.Create(*out)
		if err != nil {
			return err
		}
		defer f.Close()
		w = f
	}
	return c.writeDiff(w, format, old, latest, found)
}

// oneOf is the reader of a flag that takes one of some words.
func oneOf(into *string, words ...string) func(string) error {
	return func(s string) error {
		if !slices.Contains(words, s) {
			return errors.New("one of these is wanted: " + strings.Join(words, ", "))
		}
		*into = s
		return nil
	}
}

// writeDiff writes what was found in the form that is wanted.
func (c *context) writeDiff(w io.Writer, format string, old, latest *side, found []compared) error {
	switch format {
	case "json":
		return diffJSON(w, found, c.lang)
	case "html":
		return c.diffHTML(w, old, latest, found)
	}
	return c.diffText(w, found)
}

// diffText writes one line a change, the gravest verdict of each survey first.
func (c *context) diffText(out io.Writer, found []compared) error {
	var w strings.Builder
	say := func(format diag.Phrase) string { return format.In(c.lang) }
	for _, x := range found {
		switch {
		case x.Old == nil:
			fmt.Fprintf(&w, "%s: %s\n", x.ID, say(diag.Say("the survey is new")))
			continue
		case x.New == nil:
			fmt.Fprintf(&w, "%s: %s\n", x.ID, say(diag.Say("the survey is gone")))
			continue
		case len(x.Changes) == 0:
			fmt.Fprintf(&w, "%s: %s\n", x.ID, say(diag.Say("nothing that respondents see or that counts has changed")))
			continue
		}
		fmt.Fprintln(&w, say(diag.Say("%s: %s", x.ID+" "+stateOf(x.Old)+" → "+stateOf(x.New), versions.Worst(x.Changes).Phrase())))
		for _, ch := range x.Changes {
			fmt.Fprintf(&w, "  %s\n    %s\n", say(ch.Title()), say(diag.Say("%s: %s", ch.Verdict.Phrase(), ch.Reason)))
			for _, t := range ch.Words {
				fmt.Fprintf(&w, "    %s%s\n", prefixed(t.Lang), marked(t.Pieces))
			}
			if len(ch.Words) == 0 && ch.Old+ch.New != "" {
				fmt.Fprintf(&w, "    %s → %s\n", cmp.Or(ch.Old, "—"), cmp.Or(ch.New, "—"))
			}
			if note := ch.Note.In(c.lang, "en", "zh-CN"); note != "" {
				fmt.Fprintf(&w, "    %s\n", note)
			}
		}
		if x.New.Survey.Version == x.Old.Survey.Version && versions.Worst(x.Changes) > versions.Same {
			fmt.Fprintf(&w, "  %s\n", say(diag.Say("count version up in survey.yaml, so that answers say which questionnaire they are of")))
		}
	}
	for line := range strings.Lines(w.String()) {
		if _, err := fmt.Fprintln(out, diag.Clean(strings.TrimSuffix(line, "\n"))); err != nil {
			return err
		}
	}
	return nil
}

func prefixed(lang string) string {
	if lang == "" {
		return ""
	}
	return lang + ": "
}

func stateOf(d *versions.Definition) string {
	return fmt.Sprintf("%d (%s)", d.Survey.Version, d.Survey.Build())
}

// marked writes what went in [- -] and what came in {+ +}, as git does.
func marked(pieces []versions.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Is {
		case "-":
			b.WriteString("[-" + p.Text + "-]")
		case "+":
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// changeJSON is a change for programs: the words of verdict and reason added.
type changeJSON struct {
	versions.Change
	Verdict string `json:"verdict"`
	Reason  string `json:"reason"`
}

type surveyJSON struct {
	Survey  string       `json:"survey"`
	Old     *stateJSON   `json:"old"`
	New     *stateJSON   `json:"new"`
	Verdict string       `json:"verdict"`
	Changes []changeJSON `json:"changes"`
}

type stateJSON struct {
	Version int    `json:"version"`
	Build   string `json:"build"`
	Source  string `json:"source"`
}

func diffJSON(w io.Writer, found []compared, lang string) error {
	state := func(d *versions.Definition) *stateJSON {
		if d == nil {
			return nil
		}
		return &stateJSON{d.Survey.Version, d.Survey.Build(), d.Source}
	}
	out := []surveyJSON{}
	for _, x := range found {
		s := surveyJSON{x.ID, state(x.Old), state(x.New), versions.Worst(x.Changes).Word(), []changeJSON{}}
		for _, ch := range x.Changes {
			s.Changes = append(s.Changes, changeJSON{ch, ch.Verdict.Word(), ch.Reason.In(lang)})
		}
		out = append(out, s)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

// diffHTML writes one page that stands for itself.
func (c *context) diffHTML(w io.Writer, old, latest *side, found []compared) error {
	d := page.Diff{Lang: c.lang, Old: old.name, New: latest.name}
	for _, x := range found {
		s := page.DiffSurvey{ID: x.ID, Changes: x.Changes}
		if x.Old != nil {
			s.Old = stateOf(x.Old)
		}
		if x.New != nil {
			s.New, s.Title = stateOf(x.New), x.New.Survey.Title.In(c.lang, x.New.Survey.Languages...)
		}
		d.Surveys = append(d.Surveys, s)
	}
	body, err := page.WriteDiff(site.Templates(os.DirFS(".")), d)
	if err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}
