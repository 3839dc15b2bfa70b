package definition_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/importer/definition"
	"manyi/internal/importer/draft"
	"manyi/internal/survey"
)

// shared are questionnaires of other tools; the folder is not part of the project.
const shared = "../../../../shared/data/imports/"

// draftOf reads a questionnaire whose draft must be a survey without errors.
func draftOf(t *testing.T, name string, body []byte) (*draft.Survey, *definition.Report, *survey.Survey) {
	t.Helper()
	d, r, err := definition.Read(name, body)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d, r, parsed(t, d)
}

// parsed judges a draft as check does.
func parsed(t *testing.T, d *draft.Survey) *survey.Survey {
	t.Helper()
	yaml := d.YAML()
	files := fstest.MapFS{
		"manyi.yaml":                       {Data: []byte("manyi: 1\ntitle: x\nlanguages: [zh-CN, en]\n")},
		"surveys/" + d.ID + "/survey.yaml": {Data: yaml},
	}
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	s := survey.Parse(files, "surveys/"+d.ID, ws, &problems)
	if s == nil || problems.Has(diag.Error) {
		var text strings.Builder
		_ = problems.WriteText(&text, "en")
		t.Fatalf("%s\n%s", yaml, text.String())
	}
	return s
}

func TestQuestionnairesOfOtherToolsBecomeSurveys(t *testing.T) {
	for _, c := range []struct {
		file, format string
		questions    int
	}{
		{"surveyjs/watts_TIPI.json", definition.SurveyJS, 1},
		{"surveyjs/surveyjs_example_survey.json", definition.SurveyJS, 4},
		{"limesurvey/limesurvey_survey_222232.lss", definition.LimeSurvey, 30},
		{"xlsform/mitwirken_umfrage.xlsx", definition.XLSForm, 10},
		{"xlsform/pyxform_xlsform_spec_test.xlsx", definition.XLSForm, 10},
	} {
		t.Run(filepath.Base(c.file), func(t *testing.T) {
			body, err := os.ReadFile(shared + c.file)
			if err != nil {
				t.Skip("the shared questionnaires are not on this machine")
			}
			if got := definition.Recognise(c.file, body); got != c.format {
				t.Errorf("got format %q, want %q", got, c.format)
			}
			d, r, _ := draftOf(t, c.file, body)
			if r.Questions < c.questions {
				t.Errorf("got %d questions, want at least %d", r.Questions, c.questions)
			}
			if yaml := string(d.YAML()); strings.Contains(yaml, "<span") || strings.Contains(yaml, "<br") || strings.Contains(yaml, "<h1>") {
				t.Error("markup is left in a text")
			}
			t.Logf("%d questions, %d guesses, %d lost: %.600q", r.Questions, len(r.Guessed), len(r.Lost), r.Lost)
		})
	}
}
