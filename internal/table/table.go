// Package table holds the answers of a survey as typed columns and reads them
// from files. It knows what a cell may hold, not what a question means.
package table

import (
	"math"
	"regexp"

	"manyi/internal/diag"
)

// Reason says why a cell holds no answer. Its text is the word used in
// definitions, results.json and pages.
type Reason uint8

// The reasons of FORMAT 1; Answered is none.
const (
	Answered Reason = iota
	NotShown
	Skipped
	NotApplicable
	DontKnow
	Refused
	Invalid
	reasons // how many
)

// Reasons lists every reason a cell may be missing for, in display order.
var Reasons = [...]Reason{NotShown, Skipped, NotApplicable, DontKnow, Refused, Invalid}

func (r Reason) String() string {
	return [...]string{"answered", "not_shown", "skipped", "not_applicable", "dont_know", "refused", "invalid"}[r]
}

// ParseReason returns the reason named s.
func ParseReason(s string) (Reason, bool) {
	for _, r := range Reasons {
		if r.String() == s {
			return r, true
		}
	}
	return Answered, false
}

// Kind is how a column stores its cells.
type Kind uint8

// The kinds of column.
const (
	Choice Kind = iota // one code of a fixed list
	Tick               // one option of a multiple choice: code "0" or "1"
	Open               // one code of a list found while reading, sorted
	Number             // a finite float64
	Text               // only whether there is an answer; the text stays on disk
)

// Field is what the definition says about one data column.
type Field struct {
	ID       string
	Kind     Kind
	Codes    []string          // Choice: the codes that are answers, in the scale's order
	Missing  map[string]Reason // codes of the scale that mean no answer
	Min, Max float64           // Number: inclusive bounds, NaN where open
	Integer  bool              // Number: whole numbers only
	Pattern  *regexp.Regexp    // Open, Text: what the answer must match, nil where free
	Length   int               // Text: the most characters, 0 where unlimited
	// Mark is what is kept of a text, beside that there is one; nil: nothing. It
	// is called concurrently, and its marks must not give the text back.
	Mark     func(text string) []int32
	Question string     // Tick: the multiple choice it belongs to
	Option   string     // Tick: the option's code
	Rule     diag.Place // where the definition says so
}

// Schema is what the definition says about all data columns of a survey.
type Schema struct {
	Survey  string
	Version int // of the questionnaire; rows of a later one are counted apart, 0: none are
	Fields  []Field
	// Computed are columns that a file may hold and that are computed anew from the others.
	Computed []string
}

// Column is the cells of one field in one wave.
//
// A Choice, Tick or Open cell is an index into Codes, or, from MissingBase
// upwards, MissingBase plus a Reason. Lists of up to 240 codes are stored in
// Cells (one byte a row), longer ones in Wide; the other is nil. A Number cell
// is in Numbers, NaN where missing, its reason in Cells. A Text column has
// only Cells: 0 where answered, else MissingBase plus the reason.
type Column struct {
	Field   Field
	Codes   []string
	Cells   []uint8
	Wide    []uint16
	Numbers []float64
	Absent  bool // no file of the wave has this column: every cell is NotShown
	// Of a Text column with Field.Mark: by row the number of its list in Marks, 0 without a text.
	Marked []int32
	Marks  [][]int32
}

// MissingBase is the first cell value in Column.Cells that means a reason;
// WideBase the same in Column.Wide.
const (
	MissingBase = 0xF0
	WideBase    = 0xFFF0
)

// Code returns the index of the answer's code in row i, or -1 and why there is none.
func (c *Column) Code(i int) (int, Reason) {
	if c.Wide != nil {
		if v := c.Wide[i]; v < WideBase {
			return int(v), Answered
		} else {
			return -1, Reason(v - WideBase)
		}
	}
	if v := c.Cells[i]; v < MissingBase {
		return int(v), Answered
	} else {
		return -1, Reason(v - MissingBase)
	}
}

// Number returns the number in row i of a Number column, or NaN and why there is none.
func (c *Column) Number(i int) (float64, Reason) {
	if v := c.Cells[i]; v >= MissingBase {
		return math.NaN(), Reason(v - MissingBase)
	}
	return c.Numbers[i], Answered
}

// Wave is the counted responses of one round.
type Wave struct {
	ID        string
	Rows      int
	Columns   map[string]*Column // by field id; every field of the schema is here
	Weights   []float64          // nil without weights; else one a row, ≥ 0, as read (not scaled)
	Simulated []int32            // rows that are made up, ascending
	Partials  []int32            // rows that are no complete response, ascending; with Options.Partials
	Days      []uint32           // by row, the day of _submitted as yyyymmdd, 0 where unknown; with Options.Days
	Aside     Aside
	Field     []FieldCell // how the responses came, also those that broke off; with Options.Field
	Count     Count
	First     string // earliest and latest day of _submitted, ISO 8601, "" where unknown
	Last      string
}

// Count accounts for every row read:
// Read = Counted + Excluded + Duplicate + Conflict + Rejected + Unmatched + Withdrawn.
type Count struct {
	Read      int `json:"read"`
	Counted   int `json:"counted"`
	Excluded  int `json:"excluded"` // by report.filter, or partial without report.partials
	Duplicate int `json:"duplicate"`
	Conflict  int `json:"conflict"`
	Rejected  int `json:"rejected"` // not a record: torn, unreadable
	Unmatched int `json:"unmatched"`
	Withdrawn int `json:"withdrawn"`

	Complete int `json:"-"` // of the counted
	Partial  int `json:"-"` // of all read
	NoWeight int `json:"-"` // counted rows whose weight is empty or 0
	// OtherVersion is how many counted rows have a _version that the definition
	// does not know: a later one than its own, or no number. They are read by ids.
	OtherVersion int `json:"-"`
	// Simulated is how many counted rows are made up by this program (_mode is simulated).
	Simulated int `json:"simulated,omitempty"`
	// Outside are the excluded that came before the survey opened or after it
	// closed, Uninvited the rejected without a valid invitation, SameToken the
	// duplicates whose invitation was used before.
	Outside   int `json:"outside,omitempty"`
	Uninvited int `json:"uninvited,omitempty"`
	SameToken int `json:"same_token,omitempty"`
	// Sealed is how many records were not opened for want of a key. They are
	// not among the read; nor are those of SealedFiles, whose number is unknown.
	Sealed      int `json:"sealed,omitempty"`
	SealedFiles int `json:"sealed_files,omitempty"`
	BadCells    int `json:"-"` // cells that broke the definition and count as missing
}

// Add sums two counts.
func (c Count) Add(d Count) Count {
	c.Read += d.Read
	c.Counted += d.Counted
	c.Excluded += d.Excluded
	c.Duplicate += d.Duplicate
	c.Conflict += d.Conflict
	c.Rejected += d.Rejected
	c.Unmatched += d.Unmatched
	c.Withdrawn += d.Withdrawn
	c.Complete += d.Complete
	c.Partial += d.Partial
	c.NoWeight += d.NoWeight
	c.BadCells += d.BadCells
	c.Sealed += d.Sealed
	c.SealedFiles += d.SealedFiles
	c.OtherVersion += d.OtherVersion
	c.Simulated += d.Simulated
	c.Outside += d.Outside
	c.Uninvited += d.Uninvited
	c.SameToken += d.SameToken
	return c
}
