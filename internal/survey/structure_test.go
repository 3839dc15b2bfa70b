package survey

import (
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"manyi/internal/diag"
	"manyi/internal/table"
)

func TestTheCompleteDefinitionHasNotesOnlyBesideTheSeal(t *testing.T) {
	data, err := os.ReadFile("testdata/complete_definition.txtar")
	if err != nil {
		t.Fatal(err)
	}
	workspace := fstest.MapFS{}
	for _, f := range txtar.Parse(data).Files {
		workspace[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	var problems diag.List
	site := ParseWorkspace(workspace, &problems)
	s := Parse(workspace, "surveys/after_sales", site, &problems)
	for _, p := range problems.Problems() {
		if p.Severity != diag.Note {
			t.Fatalf("got %v", p)
		}
	}
	schedule := []Task{{Name: Text{"": "satisfaction"}, Survey: "after_sales", Every: Interlude{6, "month"}, Owner: Text{"": "Quality"}, At: site.Schedule[0].At}}
	if got, want := *site, (Workspace{
		Title: Text{"zh-CN": "满意度中心", "en": "Satisfaction centre"}, Languages: []string{"zh-CN", "en"}, Timezone: "Asia/Shanghai",
		AsOf: "2026-11-22", Theme: Theme{"plain", "#1c5a9e", "content/logo.svg", "", false}, MinCell: 5, MinCellText: 10, BaseURL: "https://example.com/", Schedule: schedule,
	}); !reflect.DeepEqual(got, want) {
		t.Errorf("workspace %+v, want %+v", got, want)
	}
	w := s.Waves[1]
	if got, want := w.Columns, map[string]string{"Q7ALL": "osat", "RESPNUM": "_id"}; !reflect.DeepEqual(got, want) {
		t.Errorf("columns %v, want %v", got, want)
	}
	if got, want := w.Codes, (map[string]map[string]table.Recode{"osat": {
		"0": {Missing: table.Skipped}, "6": {Missing: table.NotApplicable}, "A": {Code: "1"},
	}}); !reflect.DeepEqual(got, want) {
		t.Errorf("codes %v, want %v", got, want)
	}
	if w.From != "2026-01-01" || w.To != "2026-12-31" || w.Encoding != "cp949" || !slices.Equal(w.Files, []string{"responses/2026.csv"}) {
		t.Errorf("wave %+v", w)
	}
	if s.Weight != "WEIGHT" || s.Sample.Population != 12000 || s.Report.MinCell != 5 || s.Report.Targets["index"] != 85 || s.Collect.Channel != "collector" {
		t.Errorf("survey %+v", s)
	}
	var ids []string
	for _, a := range s.Analyses {
		ids = append(ids, a.ID)
	}
	if got, want := strings.Join(ids, " "), "index osat_csat"; got != want {
		t.Errorf("analyses %s, want %s", got, want)
	}
}

const mediumSurvey = `manyi: 1
id: cafe
version: 2
languages: [zh-CN, en]
title: {zh-CN: 咖啡馆, en: Café}
scales:
  own:
    options:
      - {code: 01, label: 差}
      - {code: 02, label: 好}
      - {code: 98, label: 不适用, missing: not_applicable}
pages:
  - id: first
    questions:
      - {id: hello, type: note, text: 您好}
      - {id: osat, type: rating, scale: sat5, metric: csat, text: {zh-CN: 总体, en: Overall}}
      - {id: nps, type: nps, metric: nps, text: 推荐}
      - id: aspects
        type: matrix
        scale: sat7
        reverse: true
        text: 各项
        rows:
          - {id: speed, label: {zh-CN: 速度, en: Speed}}
          - {id: skill, label: 技术}
  - id: second
    questions:
      - id: problems
        type: multiple_choice
        text: 问题
        options:
          - {code: late, label: 迟到}
          - {code: other, label: 其他, write_in: true}
      - {id: kind, type: single_choice, scale: own, text: 种类}
      - {id: age, type: number, min: 18, integer: true, text: 年龄}
      - {id: why, type: long_text, max_length: 500, text: 原因}
hidden:
  - {id: region, allow: [east, {code: west, label: {zh-CN: 西, en: West}}]}
  - {id: order_no, pattern: "^[A-Z]+$", pii: true}
  - {id: channel}
calculated:
  - {id: unhappy, expr: osat <= 2}
derived:
  - {id: age_band, from: age, bands: {young: 18..29, old: 30..}}
  - {id: tenure, from: years, bands: {new: ..1, long: 2..}}
`

func medium(t *testing.T) *Survey {
	t.Helper()
	s, problems := parse([]byte(mediumSurvey))
	if problems.Has(diag.Error) {
		t.Fatal(problems.Problems()[0])
	}
	return s
}

func TestSchemaHasAFieldForEveryDataColumn(t *testing.T) {
	var got []table.Field
	for _, f := range medium(t).Schema().Fields {
		if f.Rule.Line == 0 {
			t.Errorf("field %s has no rule", f.ID)
		}
		f.Rule = diag.Place{}
		if math.IsNaN(f.Min) {
			f.Min = -999
		}
		if math.IsNaN(f.Max) {
			f.Max = 999
		}
		if f.Pattern != nil {
			f.Pattern, f.Option = nil, f.Pattern.String()
		}
		got = append(got, f)
	}
	sat7 := []string{"1", "2", "3", "4", "5", "6", "7"}
	want := []table.Field{
		{ID: "osat", Codes: []string{"1", "2", "3", "4", "5"}},
		{ID: "nps", Codes: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}},
		{ID: "aspects_speed", Codes: sat7},
		{ID: "aspects_skill", Codes: sat7},
		{ID: "problems_late", Kind: table.Tick, Question: "problems", Option: "late"},
		{ID: "problems_other", Kind: table.Tick, Question: "problems", Option: "other"},
		{ID: "problems_other_text", Kind: table.Text},
		{ID: "kind", Codes: []string{"01", "02"}, Missing: map[string]table.Reason{"98": table.NotApplicable}},
		{ID: "age", Kind: table.Number, Min: 18, Max: 999, Integer: true},
		{ID: "why", Kind: table.Text, Length: 500},
		{ID: "region", Codes: []string{"east", "west"}},
		{ID: "order_no", Kind: table.Text, Option: "^[A-Z]+$"},
		{ID: "channel", Kind: table.Open},
		{ID: "years", Kind: table.Number, Min: -999, Max: 999},
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("field %d: got\n%+v\nwant\n%+v", i, got, want)
		}
	}
}

func TestItemsAreTheColumnsAsTheyAreMeasured(t *testing.T) {
	s := medium(t)
	var got []string
	for _, i := range s.Items() {
		line := i.ID + " " + string(i.Type) + " " + i.Label("en")
		if i.Rated() {
			line += " rated"
		}
		if i.Scale != nil {
			line += " " + strings.Join(i.Scale.Codes(), ",")
			line += " top " + strings.Join(TopCodes(i.Scale, i.Reverse), ",")
		}
		got = append(got, strings.TrimSpace(line))
	}
	want := []string{
		"osat rating Overall rated 1,2,3,4,5 top 4,5",
		"nps nps 推荐 rated 0,1,2,3,4,5,6,7,8,9,10 top 9,10",
		"aspects_speed matrix Speed rated 1,2,3,4,5,6,7 top 1,2,3",
		"aspects_skill matrix 技术 rated 1,2,3,4,5,6,7 top 1,2,3",
		"problems multiple_choice 问题 late,other top",
		"kind single_choice 种类 01,02 top",
		"age number 年龄",
		"why long_text 原因",
		"region hidden region east,west top",
		"order_no hidden order_no",
		"channel hidden channel",
		"unhappy calculated unhappy yes,no top",
		"age_band derived age_band young,old top",
		"tenure derived tenure new,long top",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if _, ok := s.Item("aspects_skill"); !ok {
		t.Error("item aspects_skill is not found")
	}
	if _, ok := s.Item("aspects"); ok {
		t.Error("the matrix itself is no item")
	}
	if i, _ := s.Item("osat"); i.Label("fr") != "总体" {
		t.Errorf("label in another language %q, want the source's", i.Label("fr"))
	}
}

func TestShippedScales(t *testing.T) {
	want := map[string]struct {
		codes, top string
	}{
		"sat5": {"1 2 3 4 5", "4 5"}, "sat7": {"1 2 3 4 5 6 7", "5 6 7"}, "agree5": {"1 2 3 4 5", "4 5"},
		"agree7": {"1 2 3 4 5 6 7", "5 6 7"}, "importance5": {"1 2 3 4 5", "4 5"}, "kano5": {"1 2 3 4 5", ""},
		"likely11": {"0 1 2 3 4 5 6 7 8 9 10", "9 10"}, "rec3": {"1 2 3", ""}, "repurchase3": {"1 2 3", ""}, "yes_no": {"yes no", ""},
	}
	if got, want := sorted(shipped()), sorted(want); !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for name, w := range want {
		sc := shipped()[name]
		if got := strings.Join(sc.Codes(), " "); got != w.codes {
			t.Errorf("%s: codes %q, want %q", name, got, w.codes)
		}
		if got := strings.Join(TopCodes(sc, false), " "); got != w.top {
			t.Errorf("%s: top %q, want %q", name, got, w.top)
		}
		if without := sc.unlabelled([]string{"zh-CN", "en"}); len(without) > 0 {
			t.Errorf("%s: no labels in %v", name, without)
		}
	}
}

func TestTopCodesFollowTheNumbersNotTheOrder(t *testing.T) {
	sc := &Scale{Level: Ordinal}
	for _, c := range []string{"5", "4", "3", "2", "1"} {
		sc.Options = append(sc.Options, Option{Code: c})
	}
	sc.Options = append(sc.Options, Option{Code: "98", Missing: table.DontKnow})
	if got, want := TopCodes(sc, false), []string{"5", "4"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := TopCodes(sc, true), []string{"2", "1"}; !slices.Equal(got, want) {
		t.Errorf("reversed: got %v, want %v", got, want)
	}
}

func TestCodesKeepTheirSpelling(t *testing.T) {
	for code, number := range map[string]bool{"01": false, "1": true, "-99": true, "0": true, "1_0": false, "1e3": false, "yes": false, "2026": true} {
		data := strings.Replace(plainSurvey, "scale: sat5", "options: [{code: "+code+", label: 甲}, {code: 77, label: 乙}]", 1)
		s, _ := parse([]byte(strings.Replace(data, "type: rating", "type: single_choice", 1)))
		sc := s.Pages[0].Questions[0].Scale
		if got := sc.Codes()[0]; got != code {
			t.Errorf("got %q, want %q", got, code)
		}
		if got := sc.Values() != nil; got != number {
			t.Errorf("%q is a number: %v, want %v", code, got, number)
		}
	}
}

// everyKey calls visit for each key of a table and the tables below it.
func everyKey(keys []outline, visit func(outline)) {
	for _, k := range keys {
		visit(k)
		everyShape(k.shape, visit)
	}
}

func everyShape(s shape, visit func(outline)) {
	everyKey(s.keys, visit)
	for _, e := range s.either {
		everyShape(e, visit)
	}
	for _, v := range s.variants {
		everyKey(v.keys, visit)
	}
	if s.of != nil {
		everyShape(*s.of, visit)
	}
}

func TestEveryKeyHasATitleAndAKind(t *testing.T) {
	tables := [][]outline{outlines(surveyKeys), outlines(workspaceKeys), outlines(facetKeys())}
	count := 0
	for _, keys := range tables {
		everyKey(keys, func(k outline) {
			count++
			if k.title == "" || k.shape.kind == "" || k.shape.kind == "word" && len(k.shape.words) == 0 {
				t.Errorf("key %q lacks its title, kind or words", k.name)
			}
		})
	}
	if count < 200 {
		t.Errorf("only %d keys", count)
	}
}

func TestMethodsAreListedByTheirNames(t *testing.T) {
	var names []string
	for _, m := range methods {
		names = append(names, m.name)
	}
	if !slices.Equal(names, methodNames) {
		t.Errorf("methods %v, want %v", names, methodNames)
	}
}
