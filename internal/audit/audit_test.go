package audit_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/audit"
)

// The auditor is not blind: each table gives away what is named.
func TestTheAuditorFindsWhatATableGivesAway(t *testing.T) {
	shown := func(n string) string { return `{"base":{"responses":` + n + `},"questions":{},"analyses":{}}` }
	const hidden = `{"suppressed":true,"reason":"min_cell"}`
	segments := func(total, inside string) string {
		return `{"min_cell":5,"base":{"responses":` + total + `},"questions":{},"analyses":{},"by_segment":{` + inside + `}}`
	}
	answers := func(whole, groups string) string {
		return `{"min_cell":5,"base":{"responses":60},"questions":{"q":{"type":"rating","n":60,"counts":` + whole + `}},"analyses":{},"by_segment":{"s":{` + groups + `}}}`
	}
	group := func(n, counts string) string {
		return `{"base":{"responses":` + n + `},"questions":{"q":{"type":"rating","n":` + n + `` + counts + `}},"analyses":{}}`
	}
	paired := func(ax, ay string) string { // a has 60 people
		return `{"min_cell":5,"base":{"responses":100},"questions":{},"analyses":{},"by_segment":{"s":{"a":` + shown("60") + `,"b":` + shown("40") + `},"t":{"x":` + hidden + `,"y":` + hidden + `}},` +
			`"by_pair":{"s":{"t":{"a":{"x":` + ax + `,"y":` + ay + `},"b":{"x":` + shown("40") + `}}}}}`
	}
	divided := func(whole, groups string) string {
		return `{"min_cell":5,"base":{"responses":60},"questions":{},"analyses":{"a":` + whole + `},"by_segment":{"s":{` + groups + `}}}`
	}
	in := func(analysis string) string {
		return `{"base":{"responses":30},"questions":{},"analyses":{"a":` + analysis + `}}`
	}
	kano := func(n, counts string) string {
		return `{"method":"kano","n":` + n + `,"features":[{"id":"f","n":` + n + `,"counts":` + counts + `}]}`
	}
	gap := func(n, shares string) string {
		return `{"method":"gap","n":` + n + `,"dimensions":[],` + shares + `}`
	}
	for name, c := range map[string]struct{ results, want string }{
		"nothing small":                {segments("100", `"s":{"a":`+shown("60")+`,"b":`+shown("40")+`}`), ""},
		"one small group shown":        {segments("100", `"s":{"a":`+shown("97")+`,"b":`+shown("3")+`}`), "s = b: 3 people are shown"},
		"one small group hidden alone": {segments("100", `"s":{"a":`+shown("97")+`,"b":`+hidden+`}`), "all that is not shown: 3 people"},
		"two hidden groups":            {segments("100", `"s":{"a":`+shown("90")+`,"b":`+hidden+`,"c":`+hidden+`}`), ""},
		"a coarser form of a segment": {segments("100",
			`"city":{"a":`+shown("48")+`,"b":`+hidden+`,"c":`+hidden+`},"region":{"north":`+shown("50")+`,"south":`+shown("50")+`}`), "region = north · all that is not shown: 2 people"},
		"a small cell":                      {answers(`{"1":20,"2":40}`, `"a":`+group("30", `,"counts":{"1":3,"2":27}`)+`,"b":`+group("30", `,"counts":{"1":17,"2":13}`)), "s = a · 1: 3 people are shown"},
		"answers of a group by subtraction": {answers(`{"1":20,"2":40}`, `"a":`+group("30", "")+`,"b":`+group("30", `,"counts":{"1":17,"2":13}`)), "q · s · 1 · all that is not shown: 3 people"},
		"answers of two groups hidden":      {answers(`{"1":20,"2":40}`, `"a":`+group("30", "")+`,"b":`+group("30", "")), ""},
		"two crossing":                      {answers(`{"1":3,"2":57}`, `"a":`+group("30", "")+`,"b":`+group("20", "")+`,"c":`+group("10", `,"counts":{"1":0,"2":10}`)), ""},
		"a forced cell":                     {answers(`{"1":4,"2":56}`, `"a":`+group("30", `,"counts":{"1":0,"2":30}`)+`,"b":`+group("20", `,"counts":{"1":0,"2":20}`)+`,"c":`+group("10", "")), "s = c · 1: 4 people"},
		"a small cell of two segments":      {paired(shown("3"), shown("57")), "s × t · responses = a, x: 3 people are shown"},
		"a cell of two segments alone":      {paired(hidden, shown("57")), "a · all that is not shown: 3 people"},
		"two cells of two segments hidden":  {paired(hidden, hidden), ""},
		"a class of few":                    {divided(kano("60", `{"A":30,"O":30}`), `"x":`+in(kano("30", `{"A":3,"O":27}`))+`,"y":`+in(kano("30", `{"A":27,"O":3}`))), "a · f · s = x · A: 3 people are shown"},
		"a class by subtraction":            {divided(kano("60", `{"A":30,"O":30}`), `"x":`+in(kano("30", "null"))+`,"y":`+in(kano("30", `{"A":27,"O":3}`))), "s · A · all that is not shown: 3 people"},
		"classes of two groups hidden":      {divided(kano("60", `{"A":30,"O":30}`), `"x":`+in(kano("30", "null"))+`,"y":`+in(kano("30", "null"))), ""},
		"a class in a share":                {divided(gap("60", `"exceed":0.5,"meet":0.5,"below":0,"far_below":0`), `"x":`+in(gap("30", `"exceed":0.9,"meet":0.1,"below":0,"far_below":0`))), "a · s = x · meet: 3 people are shown"},
		"a share by subtraction":            {divided(gap("60", `"exceed":0.5,"meet":0.5,"below":0,"far_below":0`), `"x":`+in(gap("28", `"exceed":0.5,"meet":0.5,"below":0,"far_below":0`))+`,"y":`+in(gap("32", `"exceed":null,"meet":null,"below":null,"far_below":null`))), ""},
		"a base in a figure's data":         {"", "data/f.csv x · n: 4 people are shown"},
	} {
		files := fstest.MapFS{"results.json": {Data: []byte(c.results)}}
		if c.results == "" {
			files["results.json"] = &fstest.MapFile{Data: []byte(segments("100", ""))}
			files["data/f.csv"] = &fstest.MapFile{Data: []byte("\ufefflabel,mean,n,state\nx,4.5,4,\ny,4,40,\n")}
		}
		opt := audit.Options{Recodings: []audit.Recoding{{Segment: "region", From: "city", Of: map[string][]string{"north": {"a", "b"}, "south": {"c"}}}}}
		found, err := audit.Report(files, opt)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, f := range found {
			said = append(said, f.File+" "+f.Where+": "+f.What.In("en"))
		}
		got := strings.Join(said, "\n")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// What a page shows in a table is read as well, whatever the language of its heads.
func TestTheAuditorReadsTheTablesOfThePages(t *testing.T) {
	const results = `{"min_cell":5,"base":{"responses":100},"questions":{},"analyses":{}}`
	for name, c := range map[string]struct{ table, want string }{
		"a base":             {`<tr><th scope="col">Item</th><th scope="col">基数</th></tr><tr><th scope="row">x</th><td class="num">4</td></tr>`, "x · 基数"},
		"a row of bases":     {`<tr><th>Item</th><th>North</th></tr><tr data-foot><th scope="row">Responses</th><td class="quiet">3</td></tr>`, "Responses · North"},
		"a base with a mark": {`<tr><th>Item</th><th>Base</th></tr><tr><th>x</th><td>2<small>n &lt; 30</small></td></tr>`, "x · Base"},
		"enough":             {`<tr><th>Item</th><th>Base</th></tr><tr><th>x</th><td>1,205</td></tr>`, ""},
		"no count of people": {`<tr><th>Item</th><th>Score</th></tr><tr><th>x</th><td>3</td></tr>`, ""},
	} {
		files := fstest.MapFS{"results.json": {Data: []byte(results)}, "en/segments.html": {Data: []byte("<main><table>" + c.table + "</table></main>")}}
		found, err := audit.Report(files, audit.Options{Bases: []string{"Base", "基数", "Responses"}})
		if err != nil {
			t.Fatal(err)
		}
		if (len(found) > 0) != (c.want != "") || len(found) > 0 && (found[0].Where != c.want || found[0].File != "en/segments.html") {
			t.Errorf("%s: got %v, want %q", name, found, c.want)
		}
	}
}

func TestAnEditionThatDiffersByFewPeopleIsNamed(t *testing.T) {
	edition := func(n string) fstest.MapFS {
		return fstest.MapFS{"results.json": {Data: []byte(`{"min_cell":5,"latest":"","base":{"responses":100},"questions":{},"analyses":{},"by_segment":{"s":{"a":{"base":{"responses":` + n + `}},"b":{"base":{"responses":40}}}}}`)}}
	}
	for n, want := range map[string]int{"60": 0, "61": 1, "64": 1, "65": 0} {
		found, err := audit.Report(edition("60"), audit.Options{Before: edition(n)})
		if err != nil || len(found) != want {
			t.Errorf("60 after %s: got %v (%v), want %d findings", n, found, err, want)
		}
	}
}
