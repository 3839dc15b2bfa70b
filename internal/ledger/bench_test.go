package ledger

import (
	"io"
	"os"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// BenchmarkReadComplaints reads the file named by MANYI_COMPLAINTS.
func BenchmarkReadComplaints(b *testing.B) {
	name := os.Getenv("MANYI_COMPLAINTS")
	if name == "" {
		b.Skip("MANYI_COMPLAINTS names no file")
	}
	b.ReportAllocs()
	for b.Loop() {
		var problems diag.List
		s := Source{Ledger: "complaints", Source: table.Source{Name: "complaints.csv", Open: func() (io.ReadCloser, error) { return os.Open(name) }}}
		l, err := Read([]Source{s}, Options{}, &problems)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(l.Of("complaints").Rows), "rows")
	}
}
