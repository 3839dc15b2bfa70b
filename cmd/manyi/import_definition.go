package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"manyi/internal/diag"
	"manyi/internal/importer"
	"manyi/internal/importer/definition"
	"manyi/internal/importer/draft"
	"manyi/internal/survey"
)

// mostDefinition is the largest questionnaire that is looked at.
const mostDefinition = 16 << 20

// questionnaire is the content of a file that holds a questionnaire, not
// answers; nil where it is none.
func questionnaire(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, mostDefinition+1))
	if err != nil || len(body) > mostDefinition || definition.Recognise(name, body) == "" {
		return nil, err
	}
	return body, nil
}

// importDefinition drafts a survey from a questionnaire of another tool and
// builds its page.
func (c *context) importDefinition(root *os.Root, dir, name string, body []byte, x *exportFlags) error {
	drafted, report, err := definition.Read(filepath.Base(name), body)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	drafted.ID = x.fresh
	file := path.Join("surveys", x.fresh, "survey.yaml")
	fmt.Fprintln(c.out, diag.Say("%s: a questionnaire of %s with %d questions", filepath.Base(name), report.Format, report.Questions).In(c.lang))
	for _, lost := range report.Lost {
		fmt.Fprintln(c.out, "  "+diag.Say("not carried over: %s", lost).In(c.lang))
	}
	for _, guess := range report.Guessed {
		fmt.Fprintln(c.out, "  "+diag.Say("guessed: %s", guess).In(c.lang))
	}
	if x.dry {
		return nil
	}
	if err := importer.Put(root, file, drafted.YAML()); err != nil {
		return err
	}
	if err := importer.PutNames(root, namesFile(x.fresh), report); err != nil {
		return err
	}
	if _, err := fs.Stat(root.FS(), "manyi.yaml"); errors.Is(err, fs.ErrNotExist) {
		settings := fmt.Appendf(nil, "manyi: 1\ntitle: %s\nlanguages: [%s]\n", draft.Scalar(x.fresh), siteLanguage(drafted.Languages))
		if err := importer.Put(root, "manyi.yaml", settings); err != nil {
			return err
		}
	}
	var quiet diag.List
	if body := survey.Format(root.FS(), file, &quiet); body != nil && !quiet.Has(diag.Error) {
		if err := importer.Put(root, file, body); err != nil {
			return err
		}
	}
	return c.firstReport(dir, x.fresh)
}

// namesFile holds the names of the questionnaire that a survey was drafted from.
func namesFile(id string) string { return path.Join("surveys", id, "imports", "definition.map.yaml") }

// siteLanguage is the language of a site for a questionnaire in these.
func siteLanguage(languages []string) string {
	if slices.Contains(languages, "zh-CN") {
		return "zh-CN"
	}
	return "en"
}
