package table

import (
	"fmt"
	"strings"
	"testing"

	"manyi/internal/diag"
)

func TestCellsReadAsTheDefinitionSays(t *testing.T) {
	for _, test := range []struct{ field, cells, want, problems string }{
		{"osat", "1|5|３| 4 |\u00a02\u3000|5.0|5.00", "1 5 3 4 2 5 5", ""},
		{"osat", "98|99|99.0|９８", "[not_applicable] [dont_know] [dont_know] [not_applicable]", ""},
		{"osat", "|6|5.5|05|+5|5.|x", "[skipped] [invalid] [invalid] [invalid] [invalid] [invalid] [invalid]", "unknown-code"},
		{"plan", "01|1|gold|Gold|1.0|０１", "01 1 gold [invalid] [invalid] 01", "unknown-code"},
		{"age", "18|120|42.0|４２|+42|4.2e1|999", "18 120 42 42 42 42 [refused]", ""},
		{"age", "17|121|1e308", "[invalid] [invalid] [invalid]", "out-of-range"},
		{"age", "42.5", "[invalid]", "not-whole"},
		{"spend", "-0|1.5|.5|5.|-2.25|\u22121|1e-05|0.1|123456789012345678901234567890123456789012", "0 1.5 0.5 5 -2.25 -1 1e-05 0.1 1.2345678901234568e+41", ""},
		{"spend", "1,5|1 000|1e999|NaN|Inf|0x10|1_0|--1|.|e5|1e|١", strings.TrimSpace(strings.Repeat(" [invalid]", 12)), "bad-number"},
		{"problems_late", "1|0||true|１|2", "1 0 [not_shown] 1 1 [invalid]", "unknown-code"},
		{"region", " 北京 |north||Ünal", "北京 north [skipped] Ünal", ""},
		{"region", "north 1", "[invalid]", "bad-pattern"},
		{"why", "ok|   ||十个字十个字十个字十|十个字十个字十个字十一", "x [skipped] [skipped] x [invalid]", "too-long"},
		{"why", "\xff\xfe", "[invalid]", "not-utf8"},
	} {
		texts := strings.Split(test.cells, "|")
		var rows strings.Builder
		rows.WriteString(test.field + ",_lang\n")
		for _, text := range texts {
			rows.WriteString(`"` + text + `",en` + "\n")
		}
		a, problems := read(t, cafe(), Options{}, file("r.csv", rows.String()))
		if got := cells(a, test.field); got != test.want {
			t.Errorf("%s %q:\n got %s\nwant %s", test.field, test.cells, got, test.want)
		}
		same(t, "bad cells of "+test.field, a.Count.BadCells, strings.Count(test.want, "invalid"))
		same(t, "problems of "+test.field, len(problems) > 0, a.Count.BadCells > 0)
		for _, p := range problems {
			same(t, test.field, p.Code, test.problems)
			same(t, test.field, p.Severity, diag.Warning)
			same(t, test.field, p.Rule, a.Waves[0].Columns[test.field].Field.Rule)
		}
	}
}

func TestMultipleChoiceReadsFromOneColumn(t *testing.T) {
	for _, test := range []struct{ csv, json, late, rude, other string }{
		{"late;other", `["late","other"]`, "1", "0", "1"},
		{" rude ;", `["rude"]`, "0", "1", "0"},
		{";", `[]`, "0", "0", "0"},
		{"", `""`, "[skipped]", "[skipped]", "[skipped]"},
		{"", `null`, "[skipped]", "[skipped]", "[skipped]"},
		{"late;gone", `["late","gone"]`, "1", "0", "0"},
		{"gone", `["gone", {"a":[1]}, null]`, "[invalid]", "[invalid]", "[invalid]"},
		{"gone", `{"late":1}`, "[invalid]", "[invalid]", "[invalid]"},
	} {
		for name, text := range map[string]string{
			"r.csv":   "_lang,problems\nen," + test.csv + "\n",
			"r.jsonl": `{"problems": ` + test.json + "}\n",
		} {
			a, problems := read(t, cafe(), Options{}, file(name, text))
			got := cells(a, "problems_late") + cells(a, "problems_rude") + cells(a, "problems_other")
			same(t, name+" "+text, got, test.late+test.rude+test.other)
			same(t, name+" "+text, len(problems), a.Count.BadCells)
			same(t, name+" "+text, len(problems) > 0, strings.Contains(test.json, "gone") || test.json[0] == '{')
		}
	}
}

func TestCodesOfTheFileAreRecodedFirst(t *testing.T) {
	source := file("r.csv", "osat,age,region,problems,plan\n0,old,N,L;0,A\nA,?,S,9,\n 5 ,30,East,late,B\n")
	source.Codes = map[string]map[string]Recode{
		"osat":     {"0": {Missing: Skipped}, "A": {Code: "1"}, "5": {Code: "99"}},
		"age":      {"old": {Code: "90"}, "?": {Missing: DontKnow}},
		"region":   {"N": {Code: "north"}, "S": {Missing: Refused}},
		"problems": {"L": {Code: "late"}, "0": {Code: "other"}, "9": {Missing: NotApplicable}},
		"plan":     {"A": {Code: "gold"}, "": {Missing: NotShown}, "B": {Code: "silver"}},
	}
	a, problems := read(t, cafe(), Options{}, source)
	same(t, "osat", cells(a, "osat"), "[skipped] 1 [dont_know]")
	same(t, "age", cells(a, "age"), "90 [dont_know] 30")
	same(t, "region", cells(a, "region"), "north [refused] East")
	same(t, "late", cells(a, "problems_late"), "1 [not_applicable] 1")
	same(t, "other", cells(a, "problems_other"), "1 [not_applicable] 0")
	same(t, "plan", cells(a, "plan"), "gold [not_shown] [invalid]")
	same(t, "problems", words(problems), "warning r.csv:4:18 unknown-code\n")
}

func TestLongListsAreWide(t *testing.T) {
	schema := &Schema{Fields: []Field{{ID: "shop", Kind: Choice}, {ID: "city", Kind: Open}}}
	var text strings.Builder
	text.WriteString("shop,city\n")
	for i := range 300 {
		schema.Fields[0].Codes = append(schema.Fields[0].Codes, fmt.Sprintf("s%d", i))
		text.WriteString(fmt.Sprintf("s%d,c%03d\n", 299-i, 299-i))
	}
	a, problems := read(t, schema, Options{}, file("r.csv", text.String()+"s300,\n"))
	same(t, "problems", words(problems), "warning r.csv:302:1 unknown-code\n")
	for _, id := range []string{"shop", "city"} {
		c := a.Waves[0].Columns[id]
		got, _ := c.Code(0)
		same(t, id+" code of row 0", got, 299)
		same(t, id+" wide", c.Wide != nil, true)
	}
}

func TestOpenValuesAreSortedAndLimited(t *testing.T) {
	var b strings.Builder
	b.WriteString("city\n")
	for i := range openLimit + 2 {
		fmt.Fprintf(&b, "c%d\n", openLimit+1-i)
	}
	schema := &Schema{Fields: []Field{{ID: "city", Kind: Open, Rule: rule(9)}}}
	a, problems := read(t, schema, Options{}, file("a.csv", b.String()), file("b.csv", "city\nnew\nc5\n"))
	c := a.Waves[0].Columns["city"]
	same(t, "values", len(c.Codes), openLimit)
	same(t, "bad cells", a.Count.BadCells, 3)
	same(t, "problems", words(problems), fmt.Sprintf("warning a.csv:%d:1 too-many-values\nwarning a.csv:%d:1 too-many-values\nwarning survey.yaml:9:5 too-many-values\n", openLimit+2, openLimit+3))
	if code, _ := c.Code(openLimit + 3); c.Codes[code] != "c5" {
		t.Errorf("last value: got %q, want c5", c.Codes[code])
	}
}

func TestDiagnosticsShowNoAnswer(t *testing.T) {
	text := "osat,plan,age,region,problems,why,spend,_submitted,_wave,_survey,w\n" +
		"Wang,13800138000,secret1,secret 2,secret3,secret4secret4,secret5,secret6,,,secret9\n" +
		"1,1,20,n,late,ok,5,2026-01-01,secret7,,1\n" +
		"1,1,20,n,late,ok,5,2026-01-01,,secret8,1\n"
	line := `{"osat":"Wang","osat":"secret","age":["secret"],"problems":"secret","why":{"secret":1}}` + "\n"
	_, problems := read(t, cafe(), Options{Waves: []string{"2026"}, WaveOf: func(string) string { return "2026" }, Weight: "w"},
		file("r.csv", text), file("r.jsonl", line+"{secret\n"))
	for _, p := range problems {
		for _, private := range []string{"secret", "Wang", "1380"} {
			if strings.Contains(p.Summary.String()+p.Cure.String()+p.Source, private) {
				t.Errorf("%s shows an answer: %s; %s", p.Place, p.Summary, p.Cure)
			}
		}
	}
	if len(problems) < 12 {
		t.Errorf("got %d problems, want all faults:\n%s", len(problems), words(problems))
	}
	_, problems = read(t, cafe(), Options{}, file("r.csv", "osat,plan\n97,Gold\n"))
	same(t, "short number", problems[0].Summary.String(), `column "osat" holds the code "97" that is not in its list`)
	same(t, "code of the list in other case", problems[1].Summary.String(), `column "plan" holds the code "Gold" that is not in its list`)
}
