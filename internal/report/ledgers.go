package report

import (
	"manyi/internal/measure"
)

// ledgers accounts for the rows of every ledger; nil without ledgers.
func (b *builder) ledgers() *Section {
	if len(b.results.Ledgers) == 0 {
		return nil
	}
	t := &Table{ID: "ledgers-table", Caption: b.say("ledgers.caption"), Head: []string{b.say("ledgers.name")}}
	for _, key := range []string{"read", "kept", "joined", "duplicate", "conflict", "rejected", "bad_cells", "days"} {
		t.Head = append(t.Head, b.say("ledgers."+key))
	}
	for _, l := range b.results.Ledgers {
		if l.Joined > 0 {
			t.Note = b.say("ledgers.joined_note")
		}
		row := Row{Label: b.say("ledger." + l.Name)}
		for i, n := range []int{l.Read, l.Kept, l.Joined, l.Duplicate, l.Conflict, l.Rejected, l.BadCells} {
			tone := ""
			if n == 0 {
				tone = "quiet"
			} else if i > 4 {
				tone = "bad"
			}
			row.Cells = append(row.Cells, Cell{Text: count(n), Tone: tone})
		}
		row.Cells = append(row.Cells, Cell{Text: span(l), Tone: "quiet"})
		t.Rows = append(t.Rows, row)
	}
	return &Section{ID: "ledgers", Title: b.say("ledgers.title"), Blocks: []Block{{Text: b.say("ledgers.text")}, {Table: t}}}
}

// span is the first and last day of a ledger.
func span(l *measure.LedgerCount) string {
	switch l.First {
	case "":
		return "–"
	case l.Last:
		return l.First
	}
	return l.First + "–" + l.Last
}
