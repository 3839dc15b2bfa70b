package chart

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"html"
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestEveryNumberIsInEveryForm(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		for _, f := range gallery(lang) {
			option, err := f.Option()
			if err != nil {
				t.Fatalf("%s: %v", f.ID, err)
			}
			var tree any
			if err := json.Unmarshal(option, &tree); err != nil {
				t.Fatalf("%s: %v", f.ID, err)
			}
			numbers := map[float64]bool{}
			collect(tree, numbers)
			wide, narrow, table := string(f.SVG(Wide)), string(f.SVG(Narrow)), string(f.CSV())
			head, cells := f.Table()
			if f.outlying() {
				head = head[:len(head)-1]
			}
			for i := range f.Rows {
				r := &f.Rows[i]
				shown := cells[i][len(head)-len(f.Columns):]
				for j, column := range f.Columns {
					v := r.cell(j)
					if !finite(v) {
						continue
					}
					text := f.cellText(r, j)
					if shown[j].Text != text {
						t.Errorf("%s row %d %s: table has %q, want %q", f.ID, i, column.ID, shown[j].Text, text)
					}
					hover := html.EscapeString(column.Label + " " + text)
					if !strings.Contains(wide, hover) || !strings.Contains(narrow, hover) {
						t.Errorf("%s row %d: drawings lack %q", f.ID, i, hover)
					}
					if !numbers[v] {
						t.Errorf("%s row %d %s: option lacks %v", f.ID, i, column.ID, v)
					}
					if !strings.Contains(table, ","+strconv.FormatFloat(v, 'f', -1, 64)) {
						t.Errorf("%s row %d %s: CSV lacks %v", f.ID, i, column.ID, v)
					}
				}
			}
		}
	}
}

func collect(node any, numbers map[float64]bool) {
	switch node := node.(type) {
	case float64:
		numbers[node] = true
	case []any:
		for _, child := range node {
			collect(child, numbers)
		}
	case map[string]any:
		for _, child := range node {
			collect(child, numbers)
		}
	}
}

func TestSuppressedNumbersLeaveByNoDoor(t *testing.T) {
	for _, kind := range kinds {
		f := fixture(kind, "en")
		f.Rows = append(f.Rows, Row{Label: "secret", Series: "x", Cells: []float64{.7531, .7531, .7531, .7531, .7531, .7531, 7531}[:len(f.Columns)], State: Suppressed})
		for i := range f.Columns {
			f.Columns[i].Format.Decimals = 4
		}
		option, err := f.Option()
		if err != nil {
			t.Fatal(err)
		}
		_, rows := f.Table()
		forms := map[string]string{
			"wide": string(f.SVG(Wide)), "narrow": string(f.SVG(Narrow)), "csv": string(f.CSV()),
			"option": string(option), "description": f.Description(),
		}
		for _, row := range rows {
			for _, cell := range row {
				forms["table"] += cell.Text + "\n"
			}
		}
		for form, text := range forms {
			if strings.Contains(text, "7531") || strings.Contains(text, "75.31") {
				t.Errorf("%s: the %s shows a suppressed number", kind, form)
			}
			if form != "csv" && !strings.Contains(text, "too few answers to show") {
				t.Errorf("%s: the %s does not say why", kind, form)
			}
		}
	}
}

var poison = []string{
	"</script><script>alert(1)</script>", "__f__x__f__", "@fn:x", "@fn:whisker", "@token:accent", "a\u2028b",
	`"><img src=x onerror=alert(1)>`, "=1+1", "{b}", "{style|x}", "{{.}}", "]]>", "\x00\x1b", "\xff", "&lt;", "'", "-1", "+1", "@x", "\t=1", "＝1",
}

func TestPoisonStaysText(t *testing.T) {
	for _, kind := range kinds {
		for _, bad := range poison {
			f := fixture(kind, "en")
			f.Title, f.Note, f.Axis.Label, f.Axis.RefLabel = bad, bad, bad, bad
			f.Events = []Event{{At: bad, Text: bad}}
			f.Words = Words{Base: bad, Suppressed: bad, NoData: bad, Interval: bad, Row: bad, TooFew: bad, Break: bad}
			for i := range f.Columns {
				f.Columns[i].Label, f.Columns[i].Letter = bad, bad
			}
			for i := range f.Rows {
				f.Rows[i].Label, f.Rows[i].Series, f.Rows[i].Why = bad, bad, bad
				for j := range f.Rows[i].Marks {
					f.Rows[i].Marks[j].Letters = bad
				}
			}
			poisonNodes(f, bad)
			for _, size := range []Size{Wide, Narrow} {
				svg := f.SVG(size)
				read(t, svg)
				if bytes.Contains(svg, []byte("<script")) || bytes.Contains(svg, []byte("<img")) {
					t.Errorf("%s: %q became an element", kind, bad)
				}
			}
			checkPoisonOption(t, f, bad)
			checkPoisonCSV(t, f, bad)
		}
	}
}

// checkPoisonOption demands that the label is in the option as it is, that
// nothing of it is markup, and that functions stand at their own key only.
func checkPoisonOption(t *testing.T, f *Figure, bad string) {
	t.Helper()
	option, err := f.Option()
	if err != nil {
		t.Fatalf("%s %q: %v", f.Kind, bad, err)
	}
	if bytes.ContainsAny(option, "<>&\u2028") {
		t.Errorf("%s %q: the option has characters that HTML or JavaScript read", f.Kind, bad)
	}
	var tree map[string]any
	if err := json.Unmarshal(option, &tree); err != nil {
		t.Fatal(err)
	}
	want := strings.ToValidUTF8(bad, "\uFFFD")
	axis := map[Kind]string{Diverging: "yAxis", Bars: "yAxis", Dots: "yAxis", Lines: "xAxis", Pareto: "xAxis"}[f.Kind]
	if axis == "" { // the label stands at its mark
		found := false
		walk(tree, "", func(_, value string) { found = found || strings.HasPrefix(value, verbatim(want)) || value == want })
		if !found {
			t.Errorf("%s: the option lacks the label %q", f.Kind, want)
		}
	} else if got := tree[axis].([]any)[0].(map[string]any)["data"].([]any)[0].(map[string]any)["value"]; got != want {
		t.Errorf("%s: label is %q, want %q", f.Kind, got, want)
	}
	walk(tree, "", func(key, value string) {
		colour := key == "color" || key == "borderColor" || key == "backgroundColor"
		switch {
		case colour && value != "transparent" && !strings.HasPrefix(value, "@token:"), colour && value == bad && bad != "@token:accent":
			t.Errorf("%s: %q is no colour of ours", f.Kind, value)
		case key == "renderItem" && value != "@fn:whisker" && value != "@fn:band":
			t.Errorf("%s: %q is no function of ours", f.Kind, value)
		case key == "formatter" && strings.Contains(bad, "{") && strings.Contains(value, bad):
			t.Errorf("%s: %q is a template", f.Kind, value)
		}
	})
}

func walk(node any, key string, visit func(key, value string)) {
	switch node := node.(type) {
	case string:
		visit(key, node)
	case []any:
		for _, child := range node {
			walk(child, key, visit)
		}
	case map[string]any:
		for name, child := range node {
			walk(child, name, visit)
		}
	}
}

func checkPoisonCSV(t *testing.T, f *Figure, bad string) {
	t.Helper()
	text := f.CSV()
	if !bytes.HasPrefix(text, []byte("\xEF\xBB\xBF")) {
		t.Error("CSV lacks the byte order mark")
	}
	records, err := csv.NewReader(bytes.NewReader(text[3:])).ReadAll()
	if err != nil {
		t.Fatalf("%s %q: %v", f.Kind, bad, err)
	}
	if len(records) != len(f.Rows)+1 {
		t.Errorf("%s %q: got %d records, want %d", f.Kind, bad, len(records), len(f.Rows)+1)
	}
	for _, record := range records {
		for _, cell := range record {
			if _, err := strconv.ParseFloat(cell, 64); err == nil {
				continue
			}
			if strings.IndexAny(strings.TrimSpace(cell), "=+-@＝") == 0 {
				t.Errorf("%s: a spreadsheet runs %q", f.Kind, cell)
			}
		}
	}
}

func TestRowsWithoutNumbersSayWhy(t *testing.T) {
	f := fixture(Bars, "zh-CN")
	head, rows := f.Table()
	if got, want := head[0].Text, "题目"; got != want {
		t.Errorf("heading: got %q, want %q", got, want)
	}
	if got, want := rows[4][1].Text, "无回答"; got != want {
		t.Errorf("empty row: got %q, want %q", got, want)
	}
	if got, want := rows[5][1].Text, "人数少于 10，不显示"; got != want {
		t.Errorf("suppressed row: got %q, want %q", got, want)
	}
	if got, want := rows[5][2].Text, "–"; got != want {
		t.Errorf("suppressed cell: got %q, want %q", got, want)
	}
}

func TestFiguresWithoutRowsAreOneQuietLine(t *testing.T) {
	for _, kind := range kinds {
		f := &Figure{ID: "none", Kind: kind, Lang: "zh-CN"}
		_, height, texts, _ := read(t, f.SVG(Wide))
		if len(texts) != 1 || texts[0].text != "无回答" || height > 50 {
			t.Errorf("%s: got %v texts on a height of %v", kind, texts, height)
		}
		if _, err := f.Option(); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestDescriptionsAreMadeFromTheNumbers(t *testing.T) {
	for _, test := range []struct {
		figure *Figure
		want   []string
	}{
		{fixture(Diverging, "en"), []string{"7 rows", "“Poor” to “Outstanding”", "lowest 40%", "highest 76% (Boarding areas clean)", "Base 27–2,890", "base under 30", "fewer than 10 people"}},
		{fixture(Bars, "zh-CN"), []string{"最低 3.21（餐饮选择）", "最高 4.18（登机区清洁）", "参考线：总体 3.75", "无回答"}},
		{fixture(Lines, "en"), []string{"from 74.9 (2014) to 75.8 (2016)", "lowest 74.9 (2014), highest 76.1 (2015)", "Target 80"}},
		{singleWave("zh-CN"), []string{"2016 为 75.8，95% 置信区间 75.0–76.6"}},
		{allEqual("en"), []string{"all 3 rows 4.00"}},
		{&Figure{Lang: "fr"}, []string{"no answers."}},
	} {
		got := test.figure.Description()
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q lacks %q", test.figure.ID, got, want)
			}
		}
	}
}

func TestNumbersAreWrittenOneWay(t *testing.T) {
	for _, test := range []struct {
		column Column
		v      float64
		want   string
	}{
		{Column{}, math.NaN(), "–"},
		{Column{}, math.Inf(-1), "–"},
		{Column{Format: Format{Decimals: 2}}, 4.005, "4.01"},
		{Column{Format: Format{Decimals: 1}}, -.04, "0.0"},
		{Column{Format: Format{Decimals: 1}}, -1.25, "\u22121.3"},
		{Column{Format: Format{Percent: true}}, .285, "29%"},
		{Column{Format: Format{Percent: true}}, .625, "63%"},
		{Column{Format: Format{Percent: true, Decimals: 1, Signed: true}}, .0344, "+3.4%"},
		{Column{Format: Format{Signed: true}}, 0, "0"},
		{Column{Role: Base}, 999, "999"},
		{Column{Role: Base}, 1000, "1,000"},
		{Column{Role: Base}, 1234567, "1,234,567"},
		{Column{Role: Base, Format: Format{Decimals: 1}}, 12345.67, "12,345.7"},
		{Column{Role: Value}, 1234, "1,234"},
		{Column{Probability: true, Format: Format{Decimals: 3}}, .0004, "<\u00a00.001"},
		{Column{Probability: true, Format: Format{Decimals: 3}}, .0123, "0.012"},
	} {
		if got := test.column.text(test.v); got != test.want {
			t.Errorf("%v: got %q, want %q", test.v, got, test.want)
		}
	}
}
