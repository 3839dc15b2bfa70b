package definition_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"manyi/internal/importer/definition"
	"manyi/internal/survey"
)

func questions(s *survey.Survey) map[string]*survey.Question {
	out := map[string]*survey.Question{}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			out[q.ID] = q
		}
	}
	return out
}

func TestTheTextOfWenjuanxingBecomesASurvey(t *testing.T) {
	body, err := os.ReadFile("testdata/wjx.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := definition.Recognise("q.txt", body); got != definition.Wenjuanxing {
		t.Fatalf("got format %q", got)
	}
	d, r, s := draftOf(t, "售后.txt", body)
	q := questions(s)
	want := map[string]survey.Type{
		"q1": survey.SingleChoice, "q2": survey.Rating, "q3": survey.MultipleChoice, "q4": survey.Matrix, "q5": survey.NPS, "q6": survey.Ranking, "q7": survey.Rating, "q8": survey.ShortText, "q9": survey.Note,
	}
	for id, typ := range want {
		if q[id] == nil || q[id].Type != typ {
			t.Errorf("question %s: got %v, want %s", id, q[id], typ)
		}
	}
	if len(s.Pages) != 2 || !q["q1"].Required || q["q3"].Required || q["q2"].Metric != "csat" || q["q5"].Metric != "nps" || !q["q8"].PII {
		t.Error("pages, required, metrics or personal data are not as the text says")
	}
	if !slices.Equal(s.Segments, []string{"q1"}) || s.Analyses[0].CSI == nil || len(s.Analyses[0].CSI.Leaves()) != 3 {
		t.Errorf("got segments %v and analyses %v", s.Segments, s.Analyses)
	}
	if yaml := string(d.YAML()); strings.Contains(yaml, "alert") || strings.Contains(yaml, "<b>") || !strings.Contains(yaml, "guessed: ") || !strings.Contains(yaml, "missing: not_applicable") {
		t.Errorf("got\n%s", yaml)
	}
	if len(r.Lost) != 1 || !strings.Contains(r.Lost[0], "上传文件题") {
		t.Errorf("got lost %q", r.Lost)
	}
}

const surveyJS = `{"locale": "zh-cn", "title": {"default": "满意度", "en": "Satisfaction"},
 "pages": [{"name": "one", "elements": [
  {"type": "rating", "name": "osat", "title": {"default": "您有多满意？", "en": "How satisfied are you?"}, "isRequired": true, "rateMax": 5},
  {"type": "checkbox", "name": "problems", "title": "哪些问题？", "choices": ["late", {"value": "rude one", "text": "粗鲁"}], "hasOther": true, "hasNone": true, "visibleIf": "{osat} <= 3 and {osat} notempty"},
  {"type": "panel", "name": "more", "visibleIf": "{problems} contains 'late'", "elements": [
    {"type": "comment", "name": "why", "title": "<img src=x onerror=alert(1)>为什么？", "visibleIf": "{osat} = 1"}]},
  {"type": "matrix", "name": "grid", "columns": [1, 2, 3], "rows": ["a", {"value": "b", "text": "乙"}], "visibleIf": "{missing} = 1"},
  {"type": "file", "name": "photo"},
  {"type": "expression", "name": "half", "expression": "iif({osat} > 3, 1, 0)"}]}],
 "triggers": [{"type": "complete"}]}`

func TestSurveyJSKeepsConditionsTextsAndNamesWhatIsLost(t *testing.T) {
	d, r, s := draftOf(t, "form.json", []byte(surveyJS))
	q := questions(s)
	if got := q["osat"].Text.In("en"); got != "How satisfied are you?" || q["osat"].Metric != "csat" || !q["osat"].Required {
		t.Errorf("got %q, %+v", got, q["osat"])
	}
	if got := q["problems"].ShowIf.Source; got != "osat <= 3 and answered(osat)" {
		t.Errorf("got show_if %q", got)
	}
	if got := q["why"].ShowIf.Source; got != `("late" in problems) and (osat == 1)` {
		t.Errorf("got show_if %q", got)
	}
	if got := q["problems"].Scale.Codes(); !slices.Equal(got, []string{"late", "2", "other", "none"}) {
		t.Errorf("got codes %v", got)
	}
	for _, lost := range []string{"photo", "half", "triggers", "{missing} = 1"} {
		if !slices.ContainsFunc(r.Lost, func(l string) bool { return strings.Contains(l, lost) }) {
			t.Errorf("%s is lost and not named: %q", lost, r.Lost)
		}
	}
	if strings.Contains(string(d.YAML()), "onerror") {
		t.Error("markup is left")
	}
}

func workbook(t *testing.T, sheets map[string][][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, r := range rows {
			at, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(name, at, &r); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSFormKeepsGroupsChoicesTranslationsAndNamesRepeats(t *testing.T) {
	body := workbook(t, map[string][][]string{
		"survey": {
			{"type", "name", "label::English (en)", "label::中文 (zh)", "hint::English (en)", "relevant", "required", "constraint", "calculation"},
			{"begin_group", "about", "About you", "关于您", "", "", "", "", ""},
			{"select_one yn", "used", "Used it?", "用过吗？", "honest", "", "yes", "", ""},
			{"select_multiple probs or_other", "probs", "Problems", "问题", "", "${used} = 'y'", "", "", ""},
			{"integer", "age", "Age", "年龄", "", "selected(${probs}, 'late') and not(${used} = 'n')", "", ". >= 18 and . <= 99", ""},
			{"end_group"},
			{"begin_repeat", "child", "Child", "孩子"},
			{"text", "child_name", "Name", "名字"},
			{"end_repeat"},
			{"calculate", "n_probs", "", "", "", "", "", "", "count-selected(${probs})"},
			{"geopoint", "where", "Where", "哪里"},
			{"text", "odd", "Odd", "其它", "", "regex(${age}, '[0-9]')", "", "", ""},
		},
		"choices":  {{"list_name", "name", "label::English (en)", "label::中文 (zh)"}, {"yn", "y", "Yes", "是"}, {"yn", "n", "No", "否"}, {"probs", "late", "Late", "晚"}, {"probs", "rude", "Rude", "粗鲁"}},
		"settings": {{"form_title", "default_language"}, {"Feedback", "English (en)"}},
	})
	if got := definition.Recognise("f.xlsx", body); got != definition.XLSForm {
		t.Fatalf("got format %q", got)
	}
	_, r, s := draftOf(t, "f.xlsx", body)
	q := questions(s)
	if s.Pages[0].ID != "about" || q["used"].Text.In("zh-CN") != "用过吗？" || q["used"].Help.In("en") != "honest" || !q["used"].Required {
		t.Error("page, translation, hint or required are lost")
	}
	if got := q["probs"].ShowIf.Source; got != `used == "y"` {
		t.Errorf("got show_if %q", got)
	}
	if got := q["age"].ShowIf.Source; got != `"late" in probs and not (used == "n")` || *q["age"].Min != 18 || *q["age"].Max != 99 || !q["age"].Integer {
		t.Errorf("got show_if %q", got)
	}
	if len(s.Calculated) != 1 || s.Calculated[0].Expr.Source != "count(probs)" {
		t.Errorf("got calculated %v", s.Calculated)
	}
	for _, lost := range []string{"child: a group that repeats", "child_name", "geopoint", "regex("} {
		if !slices.ContainsFunc(r.Lost, func(l string) bool { return strings.Contains(l, lost) }) {
			t.Errorf("%s is lost and not named: %q", lost, r.Lost)
		}
	}
}

func TestFilesThatAreNoQuestionnairesAreRefused(t *testing.T) {
	for name, body := range map[string]string{
		"a.json": `{"a": 1}`, "b.csv": "a,b\n1,2\n", "c.txt": "hello", "d.lss": "<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", "e.lss": `<!DOCTYPE x [<!ENTITY a "b">]><document>&a;</document>`,
		"f.xlsx": "PK", "g.json": strings.Repeat("[", 1<<20), "h.json": `{"pages":[{"elements":[]}]}`,
	} {
		if _, _, err := definition.Read(name, []byte(body)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
	if _, _, err := definition.Read("x.xls", nil); err != definition.ErrOldWorkbook {
		t.Errorf("got %v for .xls", err)
	}
}

func FuzzConditionsNeverBreak(f *testing.F) {
	f.Add("{osat} <= 3 and {problems} contains 'late'")
	f.Add("((((")
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 200 || strings.ContainsAny(source, "\"\\\x00") {
			return
		}
		body := strings.Replace(surveyJS, "{missing} = 1", strings.Map(func(c rune) rune {
			if c < ' ' {
				return ' '
			}
			return c
		}, strings.ToValidUTF8(source, "")), 1)
		d, _, err := definition.Read("form.json", []byte(body))
		if err == nil {
			parsed(t, d)
		}
	})
}
