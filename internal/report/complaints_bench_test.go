package report

import (
	"io"
	"os"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

// BenchmarkComplaints reads, analyses and arranges a million complaints, or the
// file of complaints that MANYI_COMPLAINTS names.
func BenchmarkComplaints(b *testing.B) {
	name := os.Getenv("MANYI_COMPLAINTS")
	if name == "" {
		name = complaintsFile(b, 1_000_000)
	}
	l, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		b.Fatal(err)
	}
	s := &survey.Survey{ID: "care", Languages: []string{"en"}}
	for b.Loop() {
		start := time.Now()
		var problems diag.List
		source := ledger.Source{Ledger: "complaints", Source: table.Source{Name: "complaints.csv", Open: func() (io.ReadCloser, error) { return os.Open(name) }}}
		ledgers, err := ledger.Read([]ledger.Source{source}, ledger.Options{}, &problems)
		if err != nil {
			b.Fatal(err)
		}
		read := time.Now()
		r := &measure.Results{AsOf: "2026-10-31", MinCell: 5}
		found := service.Analyse(service.Input{Survey: s, Ledgers: ledgers, Results: r, Zone: time.UTC})
		analysed := time.Now()
		p := &builder{survey: s, results: r, locale: l, lang: "en", options: Options{Service: found}, report: &Report{}}
		p.complaints()
		p.complaintCauses()
		b.ReportMetric(read.Sub(start).Seconds(), "s-read")
		b.ReportMetric(analysed.Sub(read).Seconds(), "s-analyse")
		b.ReportMetric(time.Since(analysed).Seconds(), "s-pages")
		b.ReportMetric(float64(found.Complaints.N), "records")
	}
}
