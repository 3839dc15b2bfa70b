package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/git"
	"manyi/internal/personal"
	versions "manyi/internal/version"
)

// The files that hold what people answered, and those that are never committed.
var (
	answersOf = regexp.MustCompile(`(?:^|/)surveys/([a-z][a-z0-9_]*)/(?:responses|ledger)/`)
	neverIn   = regexp.MustCompile(`(?:^|/)(?:inbox|private)/|\.(?:key|agekey)$|(?:^|/)surveys/[^/]+/(?:tokens|contacts)[^/]*\.csv$`)
)

// staged reports personal data and keys in what the next commit adds.
func staged(repository *git.Folder, problems *diag.List) error {
	names, err := repository.Staged()
	if err != nil {
		return err
	}
	for _, name := range names {
		if neverIn.MatchString(name) {
			problems.Add(diag.Problem{
				Severity: diag.Error, Code: "private-file", Place: diag.Place{File: name}, Summary: diag.Say("the file is private: git would keep it for ever, in every copy"),
				Cure: diag.Say("take it out with git rm --cached, and name it in .gitignore"),
			})
			continue
		}
		body, err := repository.StagedFile(name)
		if err != nil {
			return err
		}
		m := answersOf.FindStringSubmatch(name)
		scan(name, body, m != nil, problems)
		if m != nil {
			named(repository, name, m[1], body, problems)
		}
	}
	return nil
}

// scan looks at every line of a file: for keys, and in files of answers for personal data.
func scan(name string, body []byte, answers bool, problems *diag.List) {
	if bytes.IndexByte(body, 0) >= 0 {
		if answers {
			problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "not-scanned", Place: diag.Place{File: name}, Summary: diag.Say("the file is no plain text: it was not searched for personal data"),
				Cure: diag.Say("commit answers as .csv or .jsonl in UTF-8"),
			})
		}
		return
	}
	number := 0
	for line := range strings.Lines(string(body)) {
		number++
		var kinds []personal.Kind
		if answers {
			kinds = personal.Find(line)
		} else if personal.Secret(line) {
			kinds = []personal.Kind{personal.Key}
		}
		for _, k := range kinds {
			problems.Add(diag.Problem{
				Severity: diag.Error, Code: "personal-data", Place: diag.Place{File: name, Line: number}, Summary: diag.Say("%s would be committed: git keeps it for ever, in every copy", k.Phrase()),
				Cure: diag.Say("take it out of the file, or keep the file out of git"),
			})
		}
	}
}

// named reports answers to questions that the definition calls personal (pii: true).
func named(repository *git.Folder, name, id string, body []byte, problems *diag.List) {
	at := strings.LastIndex(name, "surveys/"+id+"/")
	text, err := repository.StagedFile(name[:at] + "surveys/" + id + "/survey.yaml")
	if err != nil {
		return // no definition says what is personal
	}
	d := versions.Read(text, id, name)
	if d == nil {
		return
	}
	var private []string
	for _, p := range d.Survey.Pages {
		for _, q := range p.Questions {
			if q.PII {
				private = append(private, q.ColumnIDs()...)
			}
		}
	}
	for _, h := range d.Survey.Hidden {
		if h.PII {
			private = append(private, h.ID)
		}
	}
	for _, column := range filled(name, body) {
		if slices.Contains(private, column) {
			problems.Add(diag.Problem{
				Severity: diag.Error, Code: "personal-data", Place: diag.Place{File: name}, Summary: diag.Say("column %q is personal (pii: true) and holds answers: git keeps them for ever, in every copy", column),
				Cure: diag.Say("take it out of the file, or keep the file out of git"),
			})
		}
	}
}

// filled are the columns of a file that hold something.
func filled(name string, body []byte) []string {
	seen := map[string]bool{}
	switch path.Ext(name) {
	case ".csv":
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF"))))
		r.FieldsPerRecord, r.LazyQuotes = -1, true
		rows, err := r.ReadAll()
		if err != nil || len(rows) == 0 {
			return nil
		}
		for _, row := range rows[1:] {
			for i, cell := range row {
				if i < len(rows[0]) && strings.TrimSpace(cell) != "" {
					seen[strings.TrimSpace(rows[0][i])] = true
				}
			}
		}
	case ".jsonl":
		for line := range bytes.Lines(body) {
			var m map[string]any
			if json.Unmarshal(line, &m) != nil {
				continue
			}
			for key, v := range m {
				if v != nil && v != "" {
					seen[key] = true
				}
			}
		}
	}
	var out []string
	for column := range seen {
		out = append(out, column)
	}
	slices.Sort(out)
	return out
}
