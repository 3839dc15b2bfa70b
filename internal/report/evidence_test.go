package report

import (
	"slices"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/service"
	"manyi/internal/survey"
)

func TestEvidenceNamesWhatTheReportHas(t *testing.T) {
	var problems diag.List
	standards := survey.Standards(nil, &problems)
	proof := func(b *builder, standard, clause string) string {
		i := slices.IndexFunc(standards, func(s survey.Standard) bool { return s.ID == standard })
		for _, r := range b.evidenceClauses(standards[i]).Blocks[1].Table.Rows {
			if r.Label == clause {
				return r.Cells[1].Text
			}
		}
		t.Errorf("%s has no clause %s", standard, clause)
		return ""
	}
	b := complaintsBuilder(t, "en", "2026-03-31", "id,received\n1,2026-01-02\n")
	b.report.Pages = []*Page{
		{Name: "complaints"},
		{Name: "questions"},
		{Name: "method"},
		{Name: "periods", Sections: []Section{{ID: "quarters"}}},
		{Name: "evidence", Sections: []Section{{ID: "trail"}}},
	}
	for _, x := range [][3]string{
		{"iso9001", "10.2", "How single complaints were put right: the sample trail on this page"},
		{"iso9001", "9.3.2 c", "Monthly and quarterly reports of complaints"},
		{"iso9001", "9.1.3 b", "Results by question"},
		{"iso10002", "8.6–8.7", "Quarterly reports"},
		{"iso10004", "8", "Data quality and the log of cleaning"},
	} {
		if got := proof(b, x[0], x[1]); got != x[2] {
			t.Errorf("%s %s: got %q, want %q", x[0], x[1], got, x[2])
		}
	}
	b.report.Pages = append(b.report.Pages, &Page{Name: "actions"}, &Page{Name: "trend"})
	if got := proof(b, "iso9001", "10.2"); !strings.HasPrefix(got, "Actions with owner, date and verdict; how single") {
		t.Errorf("with actions: %q", got)
	}
	if got := proof(b, "iso9001", "9.3.2 c"); !strings.HasSuffix(got, "; the trend of satisfaction over waves") {
		t.Errorf("with a trend: %q", got)
	}
	if got := proof(b, "iso10004", "7.2"); got != "Not in this report." {
		t.Errorf("without a page: %q", got)
	}
}

func TestATrailWithoutActionsPromisesNoEffect(t *testing.T) {
	b := complaintsBuilder(t, "en", "2026-03-31", "id,received\n1,2026-01-02\n")
	e := &service.Evidence{Sampled: 1, Of: 1, Trail: []*service.TrailStep{{ID: "1", Stages: make([]string, len(service.TrailStages))}}}
	for action, promised := range map[string]bool{"": false, "A-1": true} {
		e.Trail[0].Action = action
		page := b.evidencePage(&service.Flow{Evidence: e})
		page.Sections = append(page.Sections, b.evidenceTrail(e))
		words := complaintsWords(page)
		if got := strings.Contains(words, "to the effect"); got != promised {
			t.Errorf("action %q: effect promised %v\n%s", action, got, words)
		}
		if got := strings.Contains(words, "no effect"); got == promised {
			t.Errorf("action %q: says that there is none %v", action, got)
		}
	}
}
