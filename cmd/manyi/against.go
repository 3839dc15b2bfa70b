package main

import (
	"os"
	"path/filepath"
	"strings"

	"manyi/internal/diag"
	versions "manyi/internal/version"
)

// against compares the workspace with a revision, or a folder, and reports ids
// that now stand for something else.
func against(revision, dir string, problems *diag.List) error {
	old, err := sideOf(revision, dir)
	if err != nil {
		return err
	}
	latest, err := folderSide(dir)
	if err != nil {
		return err
	}
	for _, x := range compare(old, latest) {
		if x.Old == nil || x.New == nil {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, "surveys", x.ID, "survey.yaml"))
		if err != nil {
			return err
		}
		lines := strings.Split(string(text), "\n")
		for i := range x.Changes {
			if ch := &x.Changes[i]; ch.Misused() {
				problems.Add(misuse(ch, x, old.name, lines))
			}
		}
		if versions.Worst(x.Changes) > versions.Same && x.New.Survey.Version <= x.Old.Survey.Version {
			problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "same-version", Place: diag.Place{File: x.New.Survey.File},
				Summary: diag.Say("the questionnaire differs from %q, and its version is still %d", old.name, x.New.Survey.Version),
				Cure:    diag.Say("count version up in survey.yaml, so that answers say which questionnaire they are of"),
			})
		}
	}
	return nil
}

func misuse(ch *versions.Change, x compared, old string, lines []string) diag.Problem {
	p := diag.Problem{
		Severity: diag.Error, Code: "reused-id", Place: ch.Place(x.New.Survey),
		Summary: diag.Say("%s; in %q it was another: %s", ch.Title(), old, ch.Reason),
		Cure:    diag.Say("give it a new id, or judge the change in history: {version: %d, item: %s, change: %s, series: new}", x.New.Survey.Version, ch.Item, string(ch.Kind)),
	}
	if p.Place.Line > 0 && p.Place.Line <= len(lines) {
		p.Source = strings.TrimSuffix(lines[p.Place.Line-1], "\r")
	}
	return p
}
