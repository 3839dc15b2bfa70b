package importer_test

import (
	"io/fs"
	"os"
	"path"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/importer"
)

// exports of other tools that stand beside the project on the machines of its
// makers and may not be copied into it; without them the test is skipped.
const exports = "../../../shared/data/imports"

// TestRealExportsAreReadWhole holds that every real export is recognised, that
// no row is lost, that a survey can be drafted which takes every column with
// answers, and that its mapping brings them.
func TestRealExportsAreReadWhole(t *testing.T) {
	if _, err := os.Stat(exports); err != nil {
		t.Skip("the real exports are not here: " + exports)
	}
	for _, test := range []struct {
		file, tool            string
		header, rows, columns int
	}{
		{"limesurvey/digital-twins_results_english.csv", "limesurvey", 1, 96, 317},
		{"qualtrics/Better_Sample_Survey.csv", "qualtrics", 3, 10, 59},
		{"qualtrics/porter_data_1header.csv", "qualtrics", 1, 171, 38},
		{"qualtrics/qualtRics_sample_3header.csv", "qualtrics", 3, 1, 20},
		{"qualtrics/qualtRics_sample_legacy_2header.csv", "qualtrics", 2, 1, 16},
		{"surveymonkey/thanksgiving-2015-poll-data.csv", "surveymonkey", 1, 1058, 65},
		{"surveymonkey/contribex-survey-2018.csv", "surveymonkey", 1, 160, 92},
		{"googleforms/r-community-es-2018.tsv", "google", 1, 295, 44},
		{"googleforms/jupyter-education-2016_form-responses.csv", "google", 1, 125, 25},
		{"kobo/kobo_export_repeat_groups.xlsx", "kobo", 1, 7, 5},
		{"kobo/formpack_customer_satisfaction_v1.json", "kobo", 1, 3, 9},
	} {
		t.Run(path.Base(test.file), func(t *testing.T) {
			body, err := fs.ReadFile(os.DirFS(exports), test.file)
			if err != nil {
				t.Fatal(err)
			}
			f, told := load(t, path.Base(test.file), string(body))
			if f == nil {
				t.Fatal(told)
			}
			if f.Tool.Name != test.tool || f.Header != test.header || f.Rows != test.rows || len(f.Columns) != test.columns {
				t.Errorf("got %s, %d header rows, %d rows, %d columns", f.Tool.Name, f.Header, f.Rows, len(f.Columns))
			}
			root := workspace(t)
			var problems diag.List
			d, mapping, err := importer.DraftSurvey(root.FS(), f, "drafted", nil, &problems)
			if err != nil || d == nil {
				t.Fatal(err, problems.Problems())
			}
			s, zone, err := d.Parsed(&problems)
			if err != nil || s == nil {
				t.Fatal(err, problems.Problems())
			}
			plan := importer.NewPlan(f, s, importer.Options{Zone: zone, Mapping: mapping})
			w, err := plan.Write(root, true, &problems)
			if err != nil || w.New != test.rows {
				t.Errorf("got %+v, %v", w.Counts, err)
			}
			for _, c := range plan.Report(w, true).Columns {
				if c.Role == "answer" && (c.How == "unmapped" || c.How == "dropped") && c.Filled > 0 || c.Unknown > 0 {
					t.Errorf("column %q: %+v", c.Column, c)
				}
			}
		})
	}
}
