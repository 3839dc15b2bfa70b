// Package chart draws figures. A figure is a table first: one value holds its
// numbers, its title, its note and how to draw them, and the SVG, the HTML
// table, the CSV and the interactive twin all come from it, so that they
// cannot disagree. The package knows nothing of surveys or pages.
package chart

// Kind is how a figure is drawn.
type Kind string

// The kinds of figure.
const (
	Diverging Kind = "diverging" // rows of stacked shares around the middle of the neutral level
	Bars      Kind = "bars"      // rows of one value, with its interval
	Dots      Kind = "dots"      // rows of one value with its interval, on an axis that need not start at 0
	Lines     Kind = "lines"     // a value over waves, with its interval as a band
)

// Figure is numbers with a title and a way to draw them.
type Figure struct {
	ID      string // [a-z0-9_-]+, unique in a report; also the name of its CSV
	Kind    Kind
	Lang    string // BCP 47
	Title   string // what the figure says
	Note    string // measure, base, how to read it
	Columns []Column
	Rows    []Row
	Axis    Axis
	Words   Words
}

// Role is what a column means to the drawing; every column is in the table.
type Role string

// The roles.
const (
	Level Role = "level" // Diverging: share of one answer, from bad to good, 0–1
	Total Role = "total" // Diverging: figure printed at the right of the row (top share)
	Value Role = "value" // Bars, Dots, Lines: the estimate
	Low   Role = "low"   // its interval
	High  Role = "high"
	Base  Role = "base" // the n behind the row
	Plain Role = ""     // only in the table
)

// Format is how a column's numbers are written.
type Format struct {
	Percent  bool // 0.61 is written 61%
	Decimals int
	Signed   bool // + before positive numbers
}

// Column is one column of the figure's table.
type Column struct {
	ID     string // heading in the CSV, in the words of results.json: "mean", "ci95_low"
	Label  string // heading on the page
	Role   Role
	Format Format
	// Tone places a Level between bad and good: −1 worst … 0 neutral … +1
	// best. Every level without an answer (not applicable) is no level.
	Tone float64
}

// State says why a row has no drawing, or that it needs a caution.
type State string

// The states of a row.
const (
	Normal     State = ""
	TooFew     State = "too_few"    // drawn, marked: base under 30
	Suppressed State = "suppressed" // no numbers: base under the privacy threshold
	Empty      State = "empty"      // no numbers: nobody answered, or not asked
)

// Row is one row of the figure's table and one mark (bar, dot, point) of the drawing.
type Row struct {
	Label  string
	Series string    // Lines: the line it belongs to; Dots, Bars: a group heading, "" without
	Cells  []float64 // one a column; NaN = undefined
	State  State
	Why    string // in words, for Suppressed and Empty
	Break  bool   // Lines: not comparable with the row before: the line is broken
	Strong bool   // emphasised: "ours", the total
}

// Axis bounds the value axis; Min = Max = 0 lets the drawing choose.
type Axis struct {
	Min, Max  float64
	Label     string
	Reference float64 // a dashed line, such as a target or the overall value; NaN without
	RefLabel  string
}

// Words are the few texts the drawing adds itself, in the figure's language.
type Words struct {
	Base       string // "Base" / "基数"
	Suppressed string // "too few to show" / "人数过少，不显示"
	NoData     string // "no answers" / "无回答"
	Interval   string // "95% interval" / "95% 置信区间"
	Row        string // heading of the label column: "Item" / "题目"
	TooFew     string // what a hollow or pale mark means: "base under 30" / "基数不足 30"
	Break      string // what a gap in a line means: "not comparable with before" / "与之前不可比"
}
