// Package ledger holds the records of service life that are no answers:
// complaints, actions, tickets, customers, transactions and the rest of FORMAT
// 4, as tables of typed columns. It reads their files and says what is wrong
// with them; it knows no method and no page.
//
// Private columns (Column.Private) never leave the process: no page, message,
// log or results.json shows them. They are contact (only whether there is one
// is kept), and what people wrote: description, loss and demand of complaints,
// text of suggestions, reason of lost customers. A method may count or redact
// them. Keys of customers (Kind ID: customers.id, customer) are pseudonyms: they
// join records and are shown nowhere but in a list that the author asked for
// with internal: true.
package ledger

import (
	"slices"

	"manyi/internal/diag"
)

// Ledgers are the ledgers of one survey. The zero value has none.
type Ledgers struct{ all []*Ledger }

// Of returns a ledger by its name, nil where the survey has no file of it.
func (l *Ledgers) Of(name string) *Ledger {
	if l == nil {
		return nil
	}
	if i := slices.IndexFunc(l.all, func(x *Ledger) bool { return x.Name == name }); i >= 0 {
		return l.all[i]
	}
	return nil
}

// All returns the ledgers that have files, in the order of FORMAT 4.
func (l *Ledgers) All() []*Ledger {
	if l == nil {
		return nil
	}
	return l.all
}

// Latest is the latest day of what has happened in any ledger, ISO 8601, ""
// without one. Days that lie ahead by nature, such as due, do not count.
func (l *Ledgers) Latest() string {
	latest := ""
	for _, x := range l.All() {
		latest = max(latest, x.Last)
	}
	return latest
}

// Ledger is the records of one kind, column by column.
type Ledger struct {
	Name   string
	Files  []string // in the order they were read
	Rows   int      // kept records
	Count  Count
	Faults []Fault // of the order of dates, and words that the author does not list
	First  string  // earliest and latest day of what has happened, ISO 8601, "" without
	Last   string

	columns []*Values
	places  []diag.Place // of each row, of ledgers whose rows are judged one by one
}

// Place is where a row of the ledgers actions and topics stands; of the others
// only the first file is known.
func (l *Ledger) Place(row int) diag.Place {
	if row < len(l.places) {
		return l.places[row]
	}
	return diag.Place{File: l.Files[0]}
}

// Count accounts for every row: Read = Kept + Duplicate + Conflict + Rejected + Joined.
type Count struct {
	Read      int `json:"read"`
	Kept      int `json:"kept"`
	Duplicate int `json:"duplicate"`        // same key, same content: counted once
	Conflict  int `json:"conflict"`         // same key, other content: the first is kept
	Rejected  int `json:"rejected"`         // no record, or without a column that must be there
	Joined    int `json:"joined,omitempty"` // adds to the record that the answer to a form began
	BadCells  int `json:"bad_cells"`        // cells that broke the schema and count as missing
}

// Of returns a column by its name; one that no file has is there without
// values in every row. It is nil where the schema has no such column.
func (l *Ledger) Of(column string) *Values {
	if l == nil {
		return nil
	}
	if i := slices.IndexFunc(l.columns, func(v *Values) bool { return v.Column.Name == column }); i >= 0 {
		return l.columns[i]
	}
	return nil
}

// Columns returns every column of the schema, then those that an analysis asked for.
func (l *Ledger) Columns() []*Values { return l.columns }
