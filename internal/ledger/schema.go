package ledger

import (
	"slices"
	"strings"
)

// Kind is what the cells of a column are.
type Kind uint8

// The kinds of column.
const (
	ID     Kind = iota // a key: of a record, a customer, a shop
	Code               // a short word of the firm's own: channel, region, department
	Word               // one word of a fixed list
	Date               // a day
	Moment             // a day, with the time of day where there is one
	Number             // a finite number
	YesNo              // yes or no
	Text               // free text
	List               // codes, in a JSON list or separated by ";"
)

// Column is one column of a ledger.
type Column struct {
	Name     string
	Kind     Kind
	Words    []string // of a Word
	Required bool     // a row without it is no record
	Private  bool     // never leaves the process
	Dropped  bool     // only whether there is something is kept
	Ahead    bool     // a day that may lie in the future
	Flag     bool     // a Moment that may be a plain yes or no
	Links    bool     // a List whose entries may be "child<parent": no circle is allowed
}

// Schema is what a ledger consists of.
type Schema struct {
	Name    string
	Columns []Column
	Key     []string // columns that together name a record; a row without them has none
	Chain   []string // dates in their order: none is earlier than one before it
	Start   []string // dates that are not earlier than the first of Chain
}

func column(kind Kind, names string) []Column {
	var out []Column
	for name := range strings.FieldsSeq(names) {
		out = append(out, Column{Name: name, Kind: kind})
	}
	return out
}

func word(name string, words string) []Column {
	return []Column{{Name: name, Kind: Word, Words: strings.Fields(words)}}
}

func must(columns []Column) []Column {
	for i := range columns {
		columns[i].Required = true
	}
	return columns
}

func private(columns []Column) []Column {
	for i := range columns {
		columns[i].Private = true
	}
	return columns
}

func ahead(columns []Column) []Column {
	for i := range columns {
		columns[i].Ahead = true
	}
	return columns
}

func flag(columns []Column) []Column {
	for i := range columns {
		columns[i].Flag = true
	}
	return columns
}

func links(columns []Column) []Column {
	for i := range columns {
		columns[i].Links = true
	}
	return columns
}

var contact = []Column{{Name: "contact", Kind: Text, Private: true, Dropped: true}}

// Schemas are the ledgers of FORMAT 4, in its order. A column beyond FORMAT's
// is id of transactions and visits, product of transactions (for cross-selling)
// and wave of competitors.
var Schemas = []Schema{
	{"complaints", slices.Concat(
		column(ID, "id"),
		column(Moment, "received"), column(Code, "received_by"), column(Moment, "forwarded acknowledged analysed countermeasure answered closed"), flag(column(Moment, "reopened called_back")), column(Code, "called_by"),
		column(YesNo, "reached"), column(Code, "channel level"), word("kind", "goods service"), column(Code, "category defect aspect product batch usage"), column(Number, "years_used"),
		column(Code, "service staff region department severity"), private(column(Text, "description loss demand")), column(Code, "party"), column(Number, "claimed"), column(Moment, "claimed_on"),
		column(Number, "recovered cost"), column(Code, "method"), column(Number, "satisfied_result satisfied_process satisfied_manner"), column(ID, "customer"), contact,
	), []string{"id"}, strings.Fields("received acknowledged analysed countermeasure answered closed"), strings.Fields("forwarded reopened called_back claimed_on")},
	{"actions", slices.Concat(
		column(ID, "id"),
		column(Code, "kind"), word("source", "weak_item complaint topic audit"), column(Code, "metric"), column(Number, "target"), links(column(List, "cause")), column(Text, "countermeasure"),
		column(Code, "owner department"), column(Date, "opened"), ahead(column(Date, "due")), column(Date, "done"), column(Code, "verdict"), column(Text, "notes"),
	), []string{"id"}, strings.Fields("opened done"), strings.Fields("due")},
	{"topics", slices.Concat(column(ID, "id"), column(Text, "title plan do check act"), column(Code, "metric"), column(Number, "before after"), column(Code, "owner state")), []string{"id"}, nil, nil},
	{"suggestions", slices.Concat(column(ID, "id"), column(Moment, "received"), column(Code, "channel category"), private(column(Text, "text")), column(YesNo, "adopted"), column(Date, "done")), []string{"id"}, strings.Fields("received done"), nil},
	{"sources", slices.Concat(column(ID, "id"), column(Text, "name"), column(Code, "kind"), column(Number, "cost findings")), []string{"id"}, nil, nil},
	{"tickets", slices.Concat(
		column(ID, "id"), column(Code, "kind"),
		column(Moment, "opened"), ahead(column(Moment, "due")), column(Moment, "arrived done"), column(Code, "provider manager product fault"), column(ID, "asset"), column(Number, "visits"), column(YesNo, "first_time"),
		ahead(column(Moment, "promised")), column(Number, "satisfied"),
	), []string{"id"}, strings.Fields("opened arrived done"), strings.Fields("due promised")},
	{"visits", slices.Concat(column(ID, "id"), column(Date, "date"), column(Code, "unit item"), column(Number, "score"), column(YesNo, "critical")), []string{"id", "item"}, nil, nil},
	{"lost", slices.Concat(column(ID, "id"), column(Date, "date"), column(ID, "customer"), column(Code, "reason"), column(Number, "value")), []string{"id"}, nil, nil},
	{"customers", slices.Concat(
		must(column(ID, "id")),
		column(Code, "type segment"), column(Date, "since"),
	), []string{"id"}, nil, nil},
	{"transactions", slices.Concat(column(ID, "id"), must(column(ID, "customer")), column(Date, "date"), column(Number, "revenue margin"), column(Code, "product")), []string{"id"}, nil, nil},
	{"units", slices.Concat(must(column(Code, "period")), column(Code, "unit"), must(column(Number, "sold"))), []string{"period", "unit"}, nil, nil},
	{"competitors", slices.Concat(must(column(Code, "brand item")), column(Code, "wave"), must(column(Number, "mean")), column(Number, "sd n")), []string{"brand", "item", "wave"}, nil, nil},
}

// Names are the names of the ledgers, in the order of FORMAT 4.
func Names() []string {
	var out []string
	for _, s := range Schemas {
		out = append(out, s.Name)
	}
	return out
}

// SchemaOf returns the schema of a ledger; false where there is no such ledger.
func SchemaOf(name string) (Schema, bool) {
	i := slices.IndexFunc(Schemas, func(s Schema) bool { return s.Name == name })
	if i < 0 {
		return Schema{}, false
	}
	return Schemas[i], true
}

// Columns are the names of the columns of a ledger.
func (s Schema) names() []string {
	var out []string
	for _, c := range s.Columns {
		out = append(out, c.Name)
	}
	return out
}

// ColumnNames are the names of the columns of a ledger, nil where there is none.
func ColumnNames(name string) []string {
	s, _ := SchemaOf(name)
	return s.names()
}

// Named returns the ledger that a file of ledger/ belongs to by its name:
// complaints.csv, complaints-2026.csv and complaints.csv.gz are complaints; ""
// where it is none.
func Named(file string) string {
	for _, s := range Schemas {
		rest, ok := strings.CutPrefix(strings.ToLower(file), s.Name)
		if ok && rest != "" && strings.ContainsRune(".-_ ", rune(rest[0])) {
			return s.Name
		}
	}
	return ""
}
