package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"

	"manyi/internal/diag"
	"manyi/internal/git"
	versions "manyi/internal/version"
)

// asked is a state of a questionnaire as answers name it.
type asked struct {
	version int
	build   string
}

// runVersions lists the states of a questionnaire that answers name, the
// definition of each, and what becomes of the series from there to the present.
func runVersions(c *context, args []string) error {
	rest, err := c.parse(flag.NewFlagSet("versions", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return useError{"name a survey"}
	}
	dir, err := workspace(rest[1:])
	if err != nil {
		return err
	}
	files := os.DirFS(dir)
	repository, err := git.Open(dir)
	if err != nil {
		repository = nil // the files of versions/ are left
	}
	known := versions.Definitions(files, repository, rest[0])
	if len(known) == 0 {
		return useError{fmt.Sprintf("there is no survey %q in %q", rest[0], dir)}
	}
	named, err := answersNamed(files, rest[0])
	if err != nil {
		return err
	}
	missing := false
	say := func(p diag.Phrase) { fmt.Fprintln(c.out, p.In(c.lang)) }
	for _, a := range sortedAsked(named) {
		d := versions.ForAnswers(known, a.version, a.build)
		if d == nil {
			missing = true
			say(diag.Say("version %d %s: %d answers, no definition found: put it in surveys/%s/versions/", a.version, a.build, named[a], rest[0]))
			continue
		}
		say(diag.Say("version %d %s: %d answers, defined by %s, %s", a.version, a.build, named[a], d.Source, versions.Worst(versions.Compare(d.Survey, known[0].Survey)).Phrase()))
	}
	if len(named) == 0 {
		say(diag.Say("no answer names a version; %d definitions are known", len(known)))
	}
	if missing {
		return errFaults
	}
	return nil
}

func sortedAsked(named map[asked]int) []asked {
	var out []asked
	for a := range named {
		out = append(out, a)
	}
	slices.SortFunc(out, func(x, y asked) int {
		return cmp.Or(cmp.Compare(x.version, y.version), cmp.Compare(x.build, y.build))
	})
	return out
}

// answersNamed counts _version and _build in the .csv and .jsonl files of a survey.
func answersNamed(files fs.FS, id string) (map[asked]int, error) {
	out := map[asked]int{}
	err := fs.WalkDir(files, "surveys/"+id+"/responses", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".csv" && path.Ext(name) != ".jsonl" {
			return nil // no folder, no answers
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if path.Ext(name) == ".csv" {
			namedInRows(body, out)
		} else {
			namedInLines(body, out)
		}
		return nil
	})
	return out, err
}

func namedInRows(body []byte, out map[asked]int) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF"))))
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, true
	head, err := r.Read()
	if err != nil {
		return
	}
	head = slices.Clone(head)
	version, build := slices.Index(head, "_version"), slices.Index(head, "_build")
	if version < 0 && build < 0 {
		return
	}
	cell := func(row []string, i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return row[i]
	}
	for {
		row, err := r.Read()
		if err != nil {
			return
		}
		count(out, cell(row, version), cell(row, build))
	}
}

func namedInLines(body []byte, out map[asked]int) {
	for line := range bytes.Lines(body) {
		var m struct {
			Version any    `json:"_version"`
			Build   string `json:"_build"`
		}
		if json.Unmarshal(line, &m) == nil && (m.Version != nil || m.Build != "") {
			count(out, fmt.Sprint(m.Version), m.Build)
		}
	}
}

func count(out map[asked]int, version, build string) {
	n, err := strconv.Atoi(version)
	if err != nil && build == "" {
		return
	}
	out[asked{n, build}]++
}
