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

	Scatter     Kind = "scatter"     // points of two values, in quadrants
	Pareto      Kind = "pareto"      // columns in falling order with their cumulative share
	Path        Kind = "path"        // boxes joined by coefficients, in layers of cause and effect
	Tree        Kind = "tree"        // boxes under boxes, with a value each
	Fishbone    Kind = "fishbone"    // a problem, its causes and their causes
	Flow        Kind = "flow"        // steps of a process with live counts, in lanes
	Radar       Kind = "radar"       // a few series on a few axes; dots where they are more
	Transitions Kind = "transitions" // from states to states, as bands
)

// More kinds of figure.
const (
	Grouped   Kind = "grouped"   // rows of two to four values, a bar each
	Stacked   Kind = "stacked"   // rows of shares from 0 to the whole, such as the NPS by wave
	Dumbbell  Kind = "dumbbell"  // rows of two values and the gap between them
	Multiples Kind = "multiples" // up to 12 little lines, one a series, on one scale
	Heat      Kind = "heat"      // rows × groups, with letters for what differs
	Histogram Kind = "histogram" // counts of a number by class
	Box       Kind = "box"       // quartiles, whiskers and outliers by group
	Waterfall Kind = "waterfall" // what a change from a start to an end is made of
	Slope     Kind = "slope"     // two waves, a line a row
	Funnel    Kind = "funnel"    // stages, each with what is left of the ones before
	Pyramid   Kind = "pyramid"   // ranks one above the other, such as a loyalty ladder
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
	Events  []Event // Lines: what happened, at a wave
	Words   Words
	Method  string // name of the page that says how it is computed, "" for none

	Kinds  bool  // Diverging: levels of a tone below 0 are classes of their own, no worse answers
	Plain  bool  // Heat: cells without a tone stay grey, where otherwise the value would tint them
	Across Axis  // Scatter: the x axis, Axis is the y axis; Transitions: their labels head the sides
	Cuts   *Cuts // Scatter: its quadrants; nil without
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

	X          Role = "x" // Scatter: the place of the point and its intervals
	XLow       Role = "x_low"
	XHigh      Role = "x_high"
	Y          Role = "y"
	YLow       Role = "y_low"
	YHigh      Role = "y_high"
	Area       Role = "area"       // Scatter: what the area of the point shows
	Cumulative Role = "cumulative" // Pareto: share of this row and those before, 0–1
	Index      Role = "index"      // Path: score of a box (Value is the coefficient of an arrow)
	Fit        Role = "fit"        // Path: R² of a box
	Late       Role = "late"       // Flow: overdue among the Value in a box
	Plain      Role = ""           // only in the table
	Part       Role = "part"       // Grouped, Dumbbell, Slope, Heat: one of several values of a row; Waterfall: the level reached
	Goal       Role = "goal"       // Lines: the target of the wave
	Q1         Role = "q1"         // Box: the quartiles; Value is the median, Low and High end the whiskers
	Q3         Role = "q3"
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
	// Probability is written as < 0.001 where it is smaller.
	Probability bool
	// Letter names a group of a Heat figure in the marks of the others.
	Letter string
}

// State says why a row has no drawing, or that it needs a caution.
type State string

// The states of a row.
const (
	Normal     State = ""
	TooFew     State = "too_few"    // drawn, marked: base under 30
	Suppressed State = "suppressed" // no numbers: base under the privacy threshold
	Empty      State = "empty"      // no numbers: nobody answered, or not asked
	Undecided  State = "undecided"  // Scatter: too near a cut to be placed; Path: not distinguishable from 0; Lines, Multiples: not yet final
)

// Row is one row of the figure's table and one mark (bar, dot, point) of the drawing.
type Row struct {
	Label  string
	Series string    // Lines: the line it belongs to; Dots, Bars: a group heading, "" without
	Cells  []float64 // one a column; NaN = undefined
	State  State
	Why    string    // in words, for Suppressed, Empty and Break
	Break  bool      // Lines: not comparable with the row before: the line is broken
	Strong bool      // emphasised: "ours", the total
	Marks  []Mark    // Heat: one a column; nil without
	Points []float64 // Box: the outliers
	Place  bool      // Histogram: no class but a place on the axis (mean, median), in the Low column
	Count  bool      // Heat: the cells are bases

	Node     string // Path, Tree, Fishbone, Flow: id of the box that the row is
	From, To string // the boxes that an arrow joins; Tree, Fishbone: From is the box above; Transitions: states, good ones first
	Short    string // Flow: the word on an arrow
	Detail   string // Flow: what stands small under the name of a box
	Decides  bool   // Flow: the box is a question, whose arrows are its answers
	Href     string // Flow: where the box leads to, "" for nowhere
}

// Mark is what a cell of a Heat figure says beside its number.
type Mark struct {
	Letters string  // of the groups this one is clearly above: "A C"
	Tone    float64 // −1 clearly bad … +1 clearly good
	State   State   // of this cell alone
}

// Event is something that happened at a wave of a Lines figure, or between it and
// the wave before.
type Event struct {
	At, Text string
	Before   bool // half way from the wave before
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
	Undecided  string // what an undecided mark means: "not distinguishable" / "无法判定"
}
