package site

import (
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// listLedgers lists and hashes the files of surveys/<id>/ledger.
func (b *builder) listLedgers(in *inputs, home *place) error {
	return home.walk("ledger", func(name string, info fs.FileInfo) {
		if base := path.Base(name); strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") {
			return
		}
		if info != nil && table.Readable(name) && !table.Sealed(name) {
			in.ledgers = append(in.ledgers, name)
			b.print(in, home, name, info)
		} else {
			in.skipped = append(in.skipped, name)
		}
	})
}

// ledgers reads the ledgers of a survey.
func (b *builder) ledgers(s *survey.Survey, in *inputs, problems *diag.List) (*ledger.Ledgers, error) {
	opt := ledger.Options{Zone: b.zone(), Mappings: s.Ledgers, Also: s.LedgerColumns(), Needed: s.LedgerNeeds(), Known: s.LedgerWords()}
	return ledger.Read(b.ledgerSources(s, in, problems), opt, problems)
}

// zone is the time zone of the site.
func (b *builder) zone() *time.Location {
	zone, err := time.LoadLocation(b.site.Timezone)
	if err != nil {
		return time.UTC // manyi.yaml was judged before
	}
	return zone
}

// ledgerSources says which ledger each file belongs to: the one whose mapping
// names it, else the one it is called like.
func (b *builder) ledgerSources(s *survey.Survey, in *inputs, problems *diag.List) []ledger.Source {
	base := path.Dir(s.File) + "/"
	mapped := ledger.MappedFiles(s.Ledgers)
	for _, file := range slices.Sorted(maps.Keys(mapped)) {
		if !slices.Contains(in.ledgers, base+path.Clean(file)) {
			problems.Add(diag.Problem{
				Code: "missing-file", Place: s.Ledgers[mapped[file]].At, Summary: diag.Say("ledger %q names the file %q, which is not there", mapped[file], file),
				Cure: diag.Say("put it into %sledger/ or take it out of files", base),
			})
		}
	}
	out := b.formSources(s, in, problems)
	for _, name := range in.ledgers {
		kind := mapped[strings.TrimPrefix(name, base)]
		if kind == "" {
			kind = ledger.Named(path.Base(name))
		}
		if kind == "" {
			problems.Add(notRead(name, diag.Say("name it like its ledger, such as complaints.csv or complaints-2026.csv, or list it under ledgers; ledgers are %s", strings.Join(ledger.Names(), ", "))))
			continue
		}
		out = append(out, ledger.Source{Ledger: kind, Source: table.Source{Name: name, Open: func() (io.ReadCloser, error) { return b.files.Open(name) }}})
	}
	return out
}
