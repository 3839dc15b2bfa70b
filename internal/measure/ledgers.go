package measure

import "manyi/internal/ledger"

// LedgerCount is what became of the rows of one ledger.
type LedgerCount struct {
	Name  string   `json:"name"`
	Files []string `json:"files"`
	ledger.Count
	First string `json:"first_day"` // of what has happened, "" without dates
	Last  string `json:"last_day"`
}

// ledgerCounts accounts for every ledger of a survey.
func ledgerCounts(l *ledger.Ledgers) []*LedgerCount {
	out := []*LedgerCount{}
	for _, x := range l.All() {
		out = append(out, &LedgerCount{Name: x.Name, Files: x.Files, Count: x.Count, First: x.First, Last: x.Last})
	}
	return out
}
