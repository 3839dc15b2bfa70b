package ledger

import (
	"bytes"
	"compress/gzip"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// of is a file of the given bytes that belongs to the ledger it is called like.
func of(name, text string) Source {
	return Source{Ledger: Named(name), Source: table.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}}
}

func shanghai(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Skip("no time zones here")
	}
	return zone
}

// read reads files and returns the ledgers with what was told, in English.
func read(t *testing.T, opt Options, files ...Source) (*Ledgers, string) {
	t.Helper()
	var problems diag.List
	l, err := Read(files, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := problems.WriteText(&b, "en"); err != nil {
		t.Fatal(err)
	}
	return l, b.String()
}

func TestEveryFormatGivesTheSameLedger(t *testing.T) {
	const rows = "id,kind,received,claimed,reached,contact\nC1,goods,2026-03-01T08:30,12.5,yes,ann@example.com\nC2,service,2026-03-02,,0,\n"
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, _ = w.Write([]byte(rows))
	w.Close()
	book := excelize.NewFile()
	for r, line := range strings.Split(strings.TrimSpace(rows), "\n") {
		for c, cell := range strings.Split(line, ",") {
			name, _ := excelize.CoordinatesToCellName(c+1, r+1)
			_ = book.SetCellValue("Sheet1", name, cell)
		}
	}
	var sheet bytes.Buffer
	_ = book.Write(&sheet)
	for name, text := range map[string]string{
		"complaints.csv":       rows,
		"complaints-2026.tsv":  strings.ReplaceAll(rows, ",", "\t"),
		"complaints.csv.gz":    zipped.String(),
		"complaints.xlsx":      sheet.String(),
		"complaints.jsonl":     `{"id":"C1","kind":"goods","received":"2026-03-01T08:30","claimed":12.5,"reached":true,"contact":"ann@example.com"}` + "\n" + `{"id":"C2","kind":"service","received":"2026-03-02","claimed":null,"reached":false,"contact":""}` + "\n",
		"complaints_north.yml": "- id: C1\n  kind: goods\n  received: 2026-03-01T08:30\n  claimed: 12.5\n  reached: yes\n  contact: ann@example.com\n- id: C2\n  kind: service\n  received: 2026-03-02\n  reached: no\n",
	} {
		l, told := read(t, Options{Zone: shanghai(t)}, of(name, text))
		c := l.Of("complaints")
		if told != "" || c == nil || c.Rows != 2 || c.Count != (Count{Read: 2, Kept: 2}) {
			t.Errorf("%s: %v\n%s", name, c, told)
			continue
		}
		at := c.Of("received")
		if got := at.Time(0).UTC().Format(time.RFC3339) + " " + at.Time(1).UTC().Format(time.RFC3339); got != "2026-03-01T00:30:00Z 2026-03-01T16:00:00Z" || at.Days[0] || !at.Days[1] {
			t.Errorf("%s: received %s, days %v", name, got, at.Days)
		}
		if c.Of("kind").Text(1) != "service" || c.Of("claimed").Number(0) != 12.5 || !math.IsNaN(c.Of("claimed").Number(1)) || c.Of("reached").Number(0) != 1 || c.Of("reached").Number(1) != 0 {
			t.Errorf("%s: other cells", name)
		}
		if c.Of("contact").Text(0) != kept || c.Of("contact").Has(1) {
			t.Errorf("%s: contact is kept as %q", name, c.Of("contact").Text(0))
		}
		if c.First != "2026-03-01" || c.Last != "2026-03-02" {
			t.Errorf("%s: from %s to %s", name, c.First, c.Last)
		}
	}
}

func TestFaultsOfLedgersAreNamedWithPlaceAndCure(t *testing.T) {
	l, told := read(t, Options{}, of("complaints.csv", `id,kind,received,closed,claimed,reached,severty
C1,goods,2026-03-01,01.04.2026,12,yes,x
C2,gadget,2026-13-01,,1.200 yuan,perhaps,x
C1,goods,2026-03-01,01.04.2026,12,yes,x
C1,service,2026-03-01,,12,yes,x
,goods,2026-03-05,,,,
`), of("transactions.csv", "customer,date,revenue\nK1,2026-01-01,5\n,2026-01-02,6\nK2,########,7\n"))
	c := l.Of("complaints")
	if want := (Count{Read: 5, Kept: 3, Duplicate: 1, Conflict: 1, BadCells: 6}); c.Count != want {
		t.Errorf("complaints: %+v, want %+v", c.Count, want)
	}
	if want := (Count{Read: 3, Kept: 2, Rejected: 1, BadCells: 1}); l.Of("transactions").Count != want {
		t.Errorf("transactions: %+v, want %+v", l.Of("transactions").Count, want)
	}
	for _, want := range []string{
		"complaints.csv:2:21: warning: column \"closed\" does not hold a date", "name the form with dates: under ledgers",
		"complaints.csv:3:4: warning: column \"kind\" holds a word that is not in its list", "allowed: goods, service",
		"complaints.csv:3:11: warning: column \"received\" does not hold a date",
		"complaints.csv:3:23: warning: column \"claimed\" does not hold a number", "complaints.csv:3:34: warning: column \"reached\" holds neither yes nor no",
		"did you mean \"severity\"?", "note: columns that ledger \"complaints\" does not have are not read: severty",
		"complaints.csv:4: note: the record repeats another one", "complaints.csv:5: warning: ledger \"complaints\" has another record with the same id",
		"transactions.csv:3: warning: the row is no record: column \"customer\" holds nothing", "it looks damaged by a spreadsheet",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("not told: %s\n%s", want, told)
		}
	}
	for _, cell := range []string{"gadget", "yuan", "perhaps", "2026-13-01", "01.04.2026"} {
		if strings.Contains(told, cell) {
			t.Errorf("a message shows the cell %q", cell)
		}
	}
}

func TestAMappingReadsFilesOfOtherHands(t *testing.T) {
	text, err := simplifiedchinese.GB18030.NewEncoder().String("编号,类别,受理,索赔,原因\nT1,商品,2026/3/1 8:05,否,等待;态度\nT2,未知,2026/12/31 23:59,是,\n")
	if err != nil {
		t.Fatal(err)
	}
	m := Mapping{
		Encoding: "gb18030", Dates: "YYYY/M/D H:mm", Columns: map[string]string{"编号": "id", "类别": "kind", "受理": "received", "索赔": "reached"},
		Codes: map[string]map[string]string{"kind": {"商品": "goods", "未知": ""}},
	}
	l, told := read(t, Options{Zone: shanghai(t), Mappings: map[string]Mapping{"complaints": m}}, of("complaints.csv", text))
	c := l.Of("complaints")
	if c.Rows != 2 || c.Of("kind").Text(0) != "goods" || c.Of("kind").Has(1) || c.Of("reached").Number(1) != 1 {
		t.Errorf("%+v\n%s", c.Count, told)
	}
	if got := c.Of("received").Time(0).Format("2006-01-02 15:04 -0700"); got != "2026-03-01 08:05 +0800" {
		t.Errorf("received %s", got)
	}
	if !strings.Contains(told, "原因") {
		t.Errorf("the unknown column is not told: %s", told)
	}
	causes := Mapping{Columns: map[string]string{"why": "cause"}, Codes: map[string]map[string]string{"cause": {"w": "wait"}}}
	l, _ = read(t, Options{Mappings: map[string]Mapping{"actions": causes}}, of("actions.csv", "id,why,due\nA1,w;staff,2030-01-01\n"))
	if got := strings.Join(l.Of("actions").Of("cause").Lists[0], " "); got != "wait staff" || l.Of("actions").Last != "" {
		t.Errorf("causes %q, last day %q: a due day has not happened", got, l.Of("actions").Last)
	}
}

func TestEmptyAndTornLedgersArePlain(t *testing.T) {
	l, told := read(t, Options{}, of("tickets.csv", "id,kind\n"), of("lost.csv", ""), of("units.csv", "month,sold\n2026-01,5\n"))
	if got := l.Of("tickets"); got == nil || got.Rows != 0 {
		t.Errorf("a ledger of a header alone: %v", got)
	}
	if !strings.Contains(told, "units.csv:1: error: ledger \"units\" lacks the column \"period\"") || !strings.Contains(told, "lost.csv: warning: the file has no header row") {
		t.Error(told)
	}
	if l.Of("units").Count.Rejected != 1 || l.Of("visits") != nil || (*Ledgers)(nil).Of("units") != nil || (*Ledgers)(nil).Latest() != "" {
		t.Errorf("%+v", l.Of("units").Count)
	}
	_, told = read(t, Options{}, of("tickets.csv", "a,b\n1,2\n"))
	if !strings.Contains(told, "no column of the file is one of its ledger") {
		t.Error(told)
	}
	if strings.Contains(told, "survey") {
		t.Errorf("a ledger is spoken of as a survey: %s", told)
	}
}

func TestColumnsOfAnAnalysisAreReadBesideTheSchema(t *testing.T) {
	opt := Options{Also: map[string][]string{"customers": {"recommend", "segment"}}, Needed: map[string][]Need{"customers": {{Column: "recommend"}, {Column: "vip", At: diag.Place{File: "survey.yaml", Line: 3}}}}}
	l, told := read(t, opt, of("customers.csv", "id,segment,recommend\nK1,north,9\nK1,north,9\nK2,south,\n"))
	c := l.Of("customers")
	if c.Of("recommend").Text(0) != "9" || c.Of("recommend").Has(1) || c.Count.Duplicate != 1 || len(c.Columns()) != 5 {
		t.Errorf("%+v", c.Count)
	}
	if !strings.Contains(told, "survey.yaml:3: warning: ledger \"customers\" has no column \"vip\", which an analysis reads") {
		t.Error(told)
	}
}

func TestFilesAreOfTheLedgerTheyAreCalledLike(t *testing.T) {
	for name, want := range map[string]string{
		"complaints.csv": "complaints", "Complaints-2026.csv.gz": "complaints", "actions_a.yaml": "actions", "customersat.csv": "", "notes.csv": "", "lost": "", "units sold.xlsx": "units",
	} {
		if got := Named(name); got != want {
			t.Errorf("%q is of %q, want %q", name, got, want)
		}
	}
	for _, form := range []string{"DD.MM.YYYY", "YYYY/M/D HH:mm", "02.01.2006", "yyyy-MM-dd hh:mm:ss", "D/M/YY"} {
		if !IsDateForm(form) {
			t.Errorf("%q is no form of dates", form)
		}
	}
	for _, form := range []string{"", "soon", "YYYY", "MM.DD", "HH:mm"} {
		if IsDateForm(form) {
			t.Errorf("%q is a form of dates", form)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id,received\nC1,2026-01-01\n", "csv")
	f.Add(`{"id":["a"],"received":{"x":1}}`, "jsonl")
	f.Add("- id: C1\n  received: 2026\n", "yaml")
	f.Fuzz(func(t *testing.T, text, ending string) {
		if ending != "csv" && ending != "jsonl" && ending != "yaml" {
			return
		}
		var problems diag.List
		l, err := Read([]Source{of("complaints."+ending, text)}, Options{}, &problems)
		if err != nil {
			t.Fatal(err)
		}
		c := l.Of("complaints")
		if n := c.Count; n.Read != n.Kept+n.Duplicate+n.Conflict+n.Rejected {
			t.Fatalf("%+v", n)
		}
		for _, v := range c.Columns() {
			if v.Len() != c.Rows {
				t.Fatalf("column %s has not %d rows", v.Column.Name, c.Rows)
			}
		}
	})
}
