package importer_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"manyi/internal/diag"
	"manyi/internal/importer"
	"manyi/internal/importer/definition"
	"manyi/internal/survey"
)

const pairSurveyJS = `{"title":"T","pages":[{"name":"p","elements":[
{"type":"rating","name":"How was it?","title":"How was it?","rateMax":5},
{"type":"radiogroup","name":"plan","title":"Plan","choices":[{"value":"very good plan","text":"Very good"},{"value":"poor plan","text":"Poor"}]},
{"type":"checkbox","name":"a question with quite a long name","title":"Which?","choices":[{"value":"too slow","text":"Slow"},{"value":"too dear","text":"Dear"}]},
{"type":"matrix","name":"parts","title":"Parts","rows":["The room","The food"],"columns":[{"value":1,"text":"Bad"},{"value":2,"text":"Good"}]}]}]}`

const pairLime = `<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>359</DBVersion><languages><language>en</language></languages>
<groups><rows><row><gid>1</gid><sid>9</sid><group_name>G</group_name><group_order>1</group_order><language>en</language></row></rows></groups>
<questions><rows>
<row><qid>1</qid><parent_qid>0</parent_qid><sid>9</sid><gid>1</gid><type>L</type><title>and</title><question>Plan?</question><question_order>1</question_order><language>en</language></row>
<row><qid>2</qid><parent_qid>0</parent_qid><sid>9</sid><gid>1</gid><type>M</type><title>averyveryverylongquestioncode1</title><question>Which?</question><question_order>2</question_order><language>en</language></row>
</rows></questions>
<subquestions><rows>
<row><qid>3</qid><parent_qid>2</parent_qid><sid>9</sid><gid>1</gid><type>T</type><title>SQ001</title><question>Slow</question><question_order>1</question_order><language>en</language><scale_id>0</scale_id></row>
<row><qid>4</qid><parent_qid>2</parent_qid><sid>9</sid><gid>1</gid><type>T</type><title>SQ002</title><question>Dear</question><question_order>2</question_order><language>en</language><scale_id>0</scale_id></row>
</rows></subquestions>
<answers><rows>
<row><qid>1</qid><code>A1</code><answer>Good</answer><sortorder>1</sortorder><language>en</language><scale_id>0</scale_id></row>
<row><qid>1</qid><code>A2</code><answer>Poor</answer><sortorder>2</sortorder><language>en</language><scale_id>0</scale_id></row>
</rows></answers></document>`

func pairForm(t *testing.T) string {
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", "survey")
	f.NewSheet("choices")
	for i, row := range [][]string{{"type", "name", "label"}, {"begin group", "visit", "Visit"}, {"select_one plans", "and", "Plan?"}, {"select_multiple whys", "a_question_with_a_long_name", "Which?"}, {"end group", "", ""}} {
		f.SetSheetRow("survey", fmt.Sprint("A", i+1), &row)
	}
	for i, row := range [][]string{{"list_name", "name", "label"}, {"plans", "good/plan", "Good"}, {"plans", "poor/plan", "Poor"}, {"whys", "much_too_slow_for_everybody", "Slow"}, {"whys", "dear", "Dear"}} {
		f.SetSheetRow("choices", fmt.Sprint("A", i+1), &row)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestResponsesFindTheSurveyDraftedFromTheirQuestionnaire holds that the export
// of a tool needs no mapping where the questionnaire of the tool came before it.
func TestResponsesFindTheSurveyDraftedFromTheirQuestionnaire(t *testing.T) {
	for _, test := range []struct{ name, form, data, want string }{
		{
			"SurveyJS", "q.json|" + pairSurveyJS, `r.json|[{"id":"7","How was it?":4,"plan":"poor plan","a question with quite a long name":["too dear"],"parts":{"The room":1,"The food":2}}]`, "How_was_it=4 a_question_with_quite=[2] parts_The_food=2 parts_The_room=1 plan=2",
		},
		{"LimeSurvey", "q.lss|" + pairLime, "r.csv|" + `"id","submitdate","lastpage","startlanguage","and","averyveryverylongquestioncode1[SQ001]","averyveryverylongquestioncode1[SQ002]"` + "\n" + `"1","2026-09-03 12:00:00","2","en","A2","","Y"` + "\n", "and_q=A2 averyveryverylongquest=[2]"},
		{"KoboToolbox", "q.xlsx|" + pairForm(t), "r.csv|visit/and;visit/a_question_with_a_long_name;visit/a_question_with_a_long_name/much_too_slow_for_everybody;visit/a_question_with_a_long_name/dear;_id;_uuid;_submission_time\npoor/plan;dear;0;1;4;u-1;2026-09-03T12:00:00\n", "a_question_with_a_long=[2] and_q=2"},
		{"问卷星", "q.txt|" + "1、总的来说，您有多满意？[单选题]\nA、满意\nB、不满意\n\n2、为什么？[多选题]\nA、慢\nB、贵\n", "r.csv|序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、总的来说，您有多满意？,2、为什么？(慢),2、为什么？(贵)\n1,2026/9/3 12:00:00,9秒,微信,N/A,1.2.3.4(北京-北京),不满意,0,1\n", "q1=2 q2=[2]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			name, body, _ := strings.Cut(test.form, "|")
			drafted, report, err := definition.Read(name, []byte(body))
			if err != nil {
				t.Fatal(err)
			}
			drafted.ID = "cafe"
			root := workspace(t)
			if err := importer.PutNames(root, "names.yaml", report); err != nil {
				t.Fatal(err)
			}
			var problems diag.List
			files := fstest.MapFS{"manyi.yaml": {Data: []byte("manyi: 1\ntitle: T\nlanguages: [zh-CN, en]\n")}, "surveys/cafe/survey.yaml": {Data: drafted.YAML()}}
			s := survey.Parse(files, "surveys/cafe", survey.ParseWorkspace(files, &problems), &problems)
			if s == nil || problems.Has(diag.Error) {
				t.Fatal(problems.Problems(), string(drafted.YAML()))
			}
			var mapping *importer.Mapping
			if names, err := root.ReadFile("names.yaml"); err == nil {
				mapping = importer.ReadMapping("names.yaml", bytes.NewReader(names), &problems)
			}
			name, body, _ = strings.Cut(test.data, "|")
			frame, told := load(t, name, body)
			if frame == nil {
				t.Fatal(told)
			}
			plan := importer.NewPlan(frame, s, importer.Options{Zone: shanghai, Mapping: mapping})
			w, err := plan.Write(root, true, &problems)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range plan.Report(w, true).Columns {
				if c.Role == "answer" && (c.How == "unmapped" || c.How == "guessed") || c.Unknown > 0 {
					t.Errorf("column %q: %+v", c.Column, c)
				}
			}
			var got []string
			for _, r := range records(t, root, w.File) {
				for k, v := range r {
					if !strings.HasPrefix(k, "_") {
						got = append(got, k+"="+fmt.Sprint(v))
					}
				}
			}
			slices.Sort(got)
			if have := strings.Join(got, " "); have != test.want {
				t.Errorf("got %s, want %s", have, test.want)
			}
		})
	}
}
