package site

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"manyi/internal/audit"
	"manyi/internal/diag"
	"manyi/internal/survey"
)

// Audit reads the published reports of the workspace in dir as a reader would
// and tells every figure of fewer people than the threshold that they show or
// give away. What a definition says of recodings is known to such a reader.
// Before is the site/ of an earlier edition, "" without. It returns how many
// reports it read.
func Audit(dir, before string, problems *diag.List) (int, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	files := root.FS()
	var unsaid diag.List // faults of definitions are told by check
	ws := survey.ParseWorkspace(files, &unsaid)
	bases, err := basesIn(files, ws)
	if err != nil {
		return 0, err
	}
	names, err := fs.Glob(files, "site/reports*/*/results.json")
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		folder := filepath.ToSlash(filepath.Dir(name))
		below, err := fs.Sub(files, folder)
		if err != nil {
			return 0, err
		}
		opt := audit.Options{Bases: bases}
		if s := survey.Parse(files, "surveys/"+filepath.Base(folder), ws, &unsaid); s != nil {
			opt.Recodings = recodings(s)
		}
		if before != "" {
			opt.Before = os.DirFS(filepath.Join(before, filepath.Base(filepath.Dir(folder)), filepath.Base(folder)))
		}
		found, err := audit.Report(below, opt)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the earlier edition did not have this report
		}
		if err != nil {
			return 0, err
		}
		for _, f := range found {
			problems.Add(diag.Problem{
				Severity: diag.Error, Code: "derivable", Place: diag.Place{File: folder + "/" + f.File}, Summary: diag.Say("%s: %s", f.Where, f.What),
				Cure: diag.Say("raise min_cell, merge small groups under derived, or drop the segment; then build again"),
			})
		}
	}
	return len(names), nil
}

// basesIn is what counts of people are called on pages, in the languages of the site.
func basesIn(files fs.FS, ws *survey.Workspace) ([]string, error) {
	var out []string
	for _, lang := range ws.Languages {
		l, err := survey.LoadLocale(Templates(files), lang)
		if err != nil {
			return nil, err
		}
		out = append(out, l.Say("figure.base"), l.Say("table.responses"))
	}
	return out, nil
}

// recodings are the segments that are made of other segments by lists of codes.
func recodings(s *survey.Survey) []audit.Recoding {
	var out []audit.Recoding
	for _, d := range s.Derived {
		if !slices.Contains(s.Segments, d.ID) || !slices.Contains(s.Segments, d.From) {
			continue
		}
		r := audit.Recoding{Segment: d.ID, From: d.From, Of: map[string][]string{}}
		for _, b := range d.Bands {
			if b.Codes != nil {
				r.Of[b.Code] = b.Codes
			}
		}
		out = append(out, r)
	}
	return out
}
