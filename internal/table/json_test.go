package table

import (
	"fmt"
	"strings"
	"testing"
)

func TestJSONLRecordsReadAsTheyStand(t *testing.T) {
	text := "\ufeff" + `{"_id":"a","osat":5,"why":"a\"b\u4e2d","problems":["late"],"age":20}` + "\r\n" +
		"\n  \n" +
		` { "osat" : "5.0" , "plan" : "gold" , "region":"\u5317" , "spend":-1.5e1 } ` + "\n" +
		`{"osat":null,"why":"","problems_late":1,"problems_rude":false,"problems_other":null}` + "\n" +
		`{"__proto__":{"osat":1},"constructor":1,"osat\u0000":2,"":3,"OSAT":4,"_order":[1,2]}` + "\n" +
		`{"o\u0073at":4}`
	a, problems := read(t, cafe(), Options{}, file("r.jsonl", text))
	same(t, "duplicate bindings", words(problems), "error r.jsonl:5 duplicate-column\nerror r.jsonl:5 duplicate-column\nerror r.jsonl:5 duplicate-column\n")
	same(t, "osat", cells(a, "osat"), "5 5 [skipped] [not_shown] 4")
	same(t, "plan", cells(a, "plan"), "[not_shown] gold [not_shown] [not_shown] [not_shown]")
	same(t, "why", cells(a, "why"), "x [not_shown] [skipped] [not_shown] [not_shown]")
	same(t, "region", cells(a, "region"), "[not_shown] 北 [not_shown] [not_shown] [not_shown]")
	same(t, "spend", cells(a, "spend"), "[not_shown] -15 [not_shown] [not_shown] [not_shown]")
	same(t, "late", cells(a, "problems_late"), "1 [not_shown] [not_shown] [not_shown] [not_shown]")
	same(t, "unknown", fmt.Sprintf("%q", a.Unknown), `[{"r.jsonl" "constructor"} {"r.jsonl" "osat\x00"} {"r.jsonl" "OSAT"}]`)
}

func TestJSONLTicksMayStandAlone(t *testing.T) {
	a, problems := read(t, cafe(), Options{}, file("r.jsonl", `{"problems_late":1,"problems_rude":false,"problems_other":null}`+"\n"+`{"problems_late":"0"}`))
	same(t, "problems", words(problems), "")
	same(t, "late", cells(a, "problems_late"), "1 0")
	same(t, "rude", cells(a, "problems_rude"), "0 [not_shown]")
	same(t, "other", cells(a, "problems_other"), "[not_shown] [not_shown]")
}

func TestBrokenJSONLLinesAreRejected(t *testing.T) {
	for _, line := range []string{
		`{"osat":5} {"osat":5}`,
		`[{"osat":5}]`,
		`{"osat":5,}`,
		"{\"osat\":\"\xff\"}",
		"{\"why\":\"a\x00\"}",
		"{\"osat\":5}\x00\x00",
		`{"_id":"a","_id":"b"}`,
		`{"osat":NaN}`,
		`{"osat":05}`,
		`{"osat":5,"wh`,
		`5`,
	} {
		a, problems := read(t, cafe(), Options{}, file("r.jsonl", `{"osat":1}`+"\n"+line+"\n"+`{"osat":2}`))
		same(t, line, words(problems), "warning r.jsonl:2 broken-record\n")
		same(t, line, cells(a, "osat"), "1 2")
		same(t, line, a.Count, Count{Read: 3, Counted: 2, Rejected: 1, Complete: 2})
	}
}

func TestJSONLFaultsHaveTheirPlace(t *testing.T) {
	a, problems := read(t, cafe(), Options{}, file("r.jsonl", `{"why":"多行","osat":7}
{"osat":[5],"age":{"a":[1,{"b":"}"}]},"spend":1}
{"osat":4,"osat":5,"spend":2}
{"osat":5}`))
	same(t, "problems", words(problems), `warning r.jsonl:1:20 unknown-code
warning r.jsonl:2:9 bad-form
warning r.jsonl:2:19 bad-form
warning r.jsonl:3:18 bad-form
`)
	same(t, "osat", cells(a, "osat"), "[invalid] [invalid] [invalid] 5")
	same(t, "spend", cells(a, "spend"), "[not_shown] 1 2 [not_shown]")
	same(t, "counts", a.Count, Count{Read: 4, Counted: 4, Complete: 4, BadCells: 4})
}

func TestUselessKeysDoNotCrowdOutQuestions(t *testing.T) {
	var b strings.Builder
	for i := range 5 * unknownLimit {
		fmt.Fprintf(&b, "{\"k%d\":1}\n", i)
	}
	b.WriteString(`{"osat":5}`)
	a, _ := read(t, cafe(), Options{}, file("r.jsonl", b.String()))
	same(t, "unknown", len(a.Unknown), unknownLimit)
	same(t, "osat", cells(a, "osat")[len(cells(a, "osat"))-1:], "5")
}
