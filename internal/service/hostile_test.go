package service

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// TestAHostileLedgerOfManyRecords reads 100,000 records of which hardly one is
// right: every one is accounted for, what is told stays short, no private text
// and no cell is told, and the figures are whole.
func TestAHostileLedgerOfManyRecords(t *testing.T) {
	const records = 100_000
	var b bytes.Buffer
	b.WriteString("id,received,closed,category,defect,product,region,cost,claimed,satisfied_result,customer,description,contact\n")
	for i := range records {
		word := []string{"=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u202egnp.exe", "投诉迟到", "@SUM(1+1)", fmt.Sprintf("only%d", i)}[i%6]
		day := []string{"2026-02-30", "2026-01-05", "31.12.2025", "1e400", "########", "2026-03-01T25:00", "2026-10-01T08:00"}[i%7]
		fmt.Fprintf(&b, "H%d,%s,2025-%02d-15,%s,%s,%s,%s,%d,NaN,1e999,K%d,secretstory,ann@example.com\n", i%90_000, day, i%14, word, word, word, word, -i, i%100)
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"utf-8": b.Bytes(), "gb18030": gbk} {
		opt := ledger.Options{Zone: time.UTC}
		if name != "utf-8" {
			opt.Mappings = map[string]ledger.Mapping{"complaints": {Encoding: name}}
		}
		start := time.Now()
		source := ledger.Source{Ledger: "complaints", Source: table.Source{Name: "complaints.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file)), nil }}}
		var problems diag.List
		l, err := ledger.Read([]ledger.Source{source}, opt, &problems)
		if err != nil {
			t.Fatal(err)
		}
		if n := l.Of("complaints").Count; n.Read != records || n.Read != n.Kept+n.Duplicate+n.Conflict+n.Rejected {
			t.Errorf("%s: %+v", name, n)
		}
		found := Analyse(Input{Survey: &survey.Survey{}, Ledgers: l, Results: &measure.Results{AsOf: "2026-11-22", MinCell: 5}, Zone: time.UTC})
		out, err := json.Marshal(found)
		if err != nil {
			t.Fatal(err)
		}
		var told strings.Builder
		if err := problems.WriteText(&told, "en"); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes of figures, %d of diagnostics, %v", name, len(out), told.Len(), time.Since(start))
		if told.Len() > 100_000 || len(out) > 3_000_000 {
			t.Errorf("%s: %d bytes of figures and %d of diagnostics", name, len(out), told.Len())
		}
		for _, secret := range []string{"secretstory", "ann@example", "only7", "calc"} {
			if strings.Contains(told.String(), secret) {
				t.Errorf("%s: a message shows %q", name, secret)
			}
		}
		if bytes.Contains(out, []byte("secretstory")) || bytes.Contains(out, []byte("ann@")) {
			t.Errorf("%s: the figures show what is private", name)
		}
	}
}
