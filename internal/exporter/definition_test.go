package exporter_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/exporter"
	"manyi/internal/importer/definition"
	"manyi/internal/survey"
)

// carried are the types that come back as they went out, by format.
var carried = map[string]map[survey.Type]survey.Type{
	"surveyjs": {
		survey.SingleChoice: survey.SingleChoice, survey.Dropdown: survey.Dropdown, survey.MultipleChoice: survey.MultipleChoice, survey.Rating: survey.Rating, survey.Likert: survey.SingleChoice, survey.YesNo: survey.SingleChoice,
		survey.Matrix: survey.Matrix, survey.Ranking: survey.Ranking, survey.Slider: survey.Slider, survey.Number: survey.Number, survey.ShortText: survey.ShortText, survey.LongText: survey.LongText,
		survey.MultiText: survey.MultiText, survey.Email: survey.Email, survey.Phone: survey.Phone, survey.URL: survey.URL, survey.Date: survey.Date, survey.Time: survey.Time, survey.Note: survey.Note,
	},
	"xlsform": {
		survey.SingleChoice: survey.SingleChoice, survey.Dropdown: survey.Dropdown, survey.MultipleChoice: survey.MultipleChoice, survey.Ranking: survey.Ranking, survey.Slider: survey.Slider, survey.Number: survey.Number,
		survey.ShortText: survey.ShortText, survey.LongText: survey.LongText, survey.Email: survey.ShortText, survey.Date: survey.Date, survey.Time: survey.Time, survey.Note: survey.Note, survey.Consent: survey.Consent,
	},
}

func TestDefinitionsGoOutAndComeBack(t *testing.T) {
	for name, s := range samples(t) {
		for format, types := range carried {
			t.Run(name+" "+format, func(t *testing.T) {
				out, _, problems := export(t, input(t, s), format, exporter.Options{})
				var body []byte
				file := ""
				for n, b := range out {
					file, body = n, b.Bytes()
				}
				if got := definition.Recognise(file, body); got != format {
					t.Fatalf("recognised as %q", got)
				}
				d, report, err := definition.Read(file, body)
				if err != nil {
					t.Fatal(err)
				}
				back := parse(t, fstest.MapFS{
					"manyi.yaml":                       {Data: []byte("manyi: 1\ntitle: x\nlanguages: [zh-CN, en]\n")},
					"surveys/" + d.ID + "/survey.yaml": {Data: d.YAML()},
				}, d.ID)
				said, lost := "", 0
				for _, p := range problems.Problems() {
					for _, o := range p.Others {
						said += fmt.Sprintln(o.Says)
						lost++
					}
				}
				held := sameQuestions(t, s, back, types, said+strings.Join(report.Lost, "\n"))
				t.Logf("%d questions are the same; %d things named on the way out, %d on the way back", held, lost, len(report.Lost))
			})
		}
	}
}

// sameQuestions holds the questions of types that are carried against those that went out.
func sameQuestions(t *testing.T, s, back *survey.Survey, types map[survey.Type]survey.Type, said string) int {
	t.Helper()
	found := map[string]*survey.Question{}
	for _, p := range back.Pages {
		for _, q := range p.Questions {
			found[q.ID] = q
		}
	}
	held := 0
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			want, ok := types[q.Type]
			if !ok {
				if !strings.Contains(said, q.ID) && found[q.ID] == nil {
					t.Errorf("question %s of type %s is lost and not named", q.ID, q.Type)
				}
				continue
			}
			got := found[q.ID]
			if got == nil || got.Type != want && got.Type != survey.Rating {
				t.Errorf("question %s of type %s came back as %+v", q.ID, q.Type, got)
				continue
			}
			held++
			for _, lang := range s.Languages {
				if a, b := squeezed(survey.Unpiped(q.Text.In(lang, s.Languages...))), squeezed(got.Text.In(lang)); a != b {
					t.Errorf("question %s in %s: %q, was %q", q.ID, lang, b, a)
				}
			}
			if got.Required != q.Required {
				t.Errorf("question %s: required %v", q.ID, got.Required)
			}
			if q.Scale != nil && got.Scale != nil && !slices.Equal(allCodes(q.Scale), allCodes(got.Scale)) {
				t.Errorf("question %s: codes %v, were %v", q.ID, allCodes(got.Scale), allCodes(q.Scale))
			}
			if (q.ShowIf == nil) != (got.ShowIf == nil) && !strings.Contains(said, q.ID) {
				t.Errorf("question %s: its condition is lost and not named", q.ID)
			}
		}
	}
	return held
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

func allCodes(sc *survey.Scale) []string {
	var out []string
	for _, o := range sc.Options {
		out = append(out, o.Code)
	}
	return out
}

// The Chinese and the English words of a codebook stand beside each other, and
// nothing of the survey is mark-up in it.
func TestTheCodebookTellsEveryColumnAndIsSafe(t *testing.T) {
	s := parse(t, os.DirFS("../.."), "every_type")
	out, _, _ := export(t, input(t, s), "codebook", exporter.Options{})
	for _, name := range []string{"every_type-codebook.html", "every_type-codebook.md", "every_type-codebook.csv"} {
		text := out[name].String()
		for _, f := range s.Schema().Fields {
			if c := f.ID; !strings.Contains(text, c) && !personal(s, c) {
				t.Errorf("%s lacks %q", name, c)
			}
		}
	}
	hostile := written(t, strings.Replace(hostileSurvey, "text: say", `text: "<script>alert(1)</script>| *x*"`, 1))
	out, _, _ = export(t, input(t, hostile), "codebook", exporter.Options{})
	if strings.Contains(out["s-codebook.html"].String(), "<script>") || strings.Contains(out["s-codebook.md"].String(), "<script>") || strings.Contains(out["s-codebook.md"].String(), "*x*|") {
		t.Error("a label is mark-up")
	}
}

func personal(s *survey.Survey, column string) bool {
	i, ok := s.Item(column)
	return ok && i.Question != nil && (i.Question.PII || i.Question.Type == survey.Email || i.Question.Type == survey.Phone)
}
