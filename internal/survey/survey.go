// Package survey says what a survey is: it reads survey.yaml and manyi.yaml
// with the place of every value, judges them, and answers what columns the
// data has, how they are labelled and what is measured. It reads no answers.
package survey

import (
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/table"
)

// Text is a text by language tag. A plain string of the file stands under ""
// and is good for every language.
type Text map[string]string

// In returns the text in lang, else the plain one, else the one of the first
// of fallback that has it, else "".
func (t Text) In(lang string, fallback ...string) string {
	if s, ok := t[lang]; ok {
		return s
	}
	if s, ok := t[""]; ok {
		return s
	}
	for _, l := range fallback {
		if s, ok := t[l]; ok {
			return s
		}
	}
	return ""
}

// Survey is one survey.yaml.
type Survey struct {
	ID         string
	Version    int
	Kind       string   // SurveyKind, ComplaintKind or "" for the first
	Languages  []string // the first is the source
	Title      Text
	Intro      Text // Markdown
	Privacy    Privacy
	Scales     map[string]*Scale // declared and shipped
	Pages      []Page
	Hidden     []Hidden
	Calculated []Calculated
	Endings    []Ending
	Segments   []string // column ids
	Waves      []Wave
	History    []Event // what changed between waves or versions, as the author says
	Equivalent []Equivalent
	Derived    []Derived
	Weight     string // data column of weights, "" without
	WeightAt   diag.Place
	Rake       *Rake // margins to make weights of, nil without
	Sample     Sample
	Accounts   *Accounts // nil without
	Quality    QualityRule
	Report     Report
	Analyses   []Analysis
	Collect    Collect
	TimeLimit  int                       // quiz: seconds for the whole survey, 0 without
	Ledgers    map[string]ledger.Mapping // by ledger
	Service    Service
	Simulate   *Profile // nil without
	File       string   // survey.yaml, relative to the workspace

	canonical []byte
}

// Privacy is what the respondent is told and how long answers are kept.
type Privacy struct {
	Anonymous    bool
	Contact      string
	RetainMonths int
	Consent      string

	Controller  Text
	Purpose     Text
	Basis       string
	Categories  []Text
	Recipients  []Text // who else gets the answers
	CrossBorder Text   // where outside the country they go, and to whom
	Sensitive   Text   // which sensitive data are asked for, and why
	Withdrawal  bool   // every respondent gets a code by which the answers can be withdrawn
}

// Level is the level of measurement of a scale.
type Level string

// The levels of measurement.
const (
	Nominal  Level = "nominal"
	Ordinal  Level = "ordinal"
	Interval Level = "interval"
	Ratio    Level = "ratio"
)

// Scale is a list of answers. The code is the datum, the label its display.
type Scale struct {
	ID      string // "" for the options of one question
	Level   Level
	Options []Option
	Low     Text // labels of the ends, where only they have one
	High    Text
	At      diag.Place

	node *yaml.Node // as it is written
}

// Option is one answer of a scale.
type Option struct {
	Code      string
	Label     Text // empty for inner points of a scale with end labels
	Missing   table.Reason
	Image     Image
	ShowIf    *Expression
	WriteIn   bool
	Exclusive bool
	Anchor    string  // first, last or ""
	Correct   bool    // quiz: the right answer, or one of them
	Score     float64 // quiz: what it earns; 0: what the question says
	At        diag.Place
}

// Image is a picture of the workspace, with the text that stands for it.
type Image struct {
	File string // workspace path, "" without
	Alt  Text
}

// Page is one page of questions.
type Page struct {
	ID        string
	Title     Text
	Text      Text
	ShowIf    *Expression
	Shuffled  bool // questions in random order
	Questions []*Question
}

// Type is a question type of FORMAT 2.
type Type string

// The question types.
const (
	SingleChoice   Type = "single_choice"
	Dropdown       Type = "dropdown"
	MultipleChoice Type = "multiple_choice"
	YesNo          Type = "yes_no"
	Rating         Type = "rating"
	Likert         Type = "likert"
	NPS            Type = "nps"
	ImageChoice    Type = "image_choice"
	Cascade        Type = "cascade"
	Matrix         Type = "matrix"
	MatrixMultiple Type = "matrix_multiple"
	MatrixDual     Type = "matrix_dual"
	Differential   Type = "semantic_differential"
	Ranking        Type = "ranking"
	ConstantSum    Type = "constant_sum"
	MaxDiff        Type = "max_diff"
	KanoPairs      Type = "kano"
	Slider         Type = "slider"
	Number         Type = "number"
	ShortText      Type = "short_text"
	LongText       Type = "long_text"
	MultiText      Type = "multi_text"
	Email          Type = "email"
	Phone          Type = "phone"
	URL            Type = "url"
	Date           Type = "date"
	Time           Type = "time"
	Consent        Type = "consent"
	Note           Type = "note"
)

// Question is one question of the page. Hidden and calculated columns are not
// questions; see Hidden and Calculated.
type Question struct {
	ID         string
	Type       Type
	Scale      *Scale // nil for number, texts and note
	Text       Text
	Label      Text // a short name for reports
	Help       Text
	Metric     string // csat, ces, nps or ""
	Reverse    bool   // high codes are bad
	Required   bool
	ShowIf     *Expression
	RequiredIf *Expression
	Image      Image
	Look       string       // rating: number, star or smiley; "" is number
	Rows       []Row        // the matrices; low and high of a semantic_differential
	Items      []Row        // ranking, constant_sum, max_diff, multi_text
	Features   []Row        // kano
	Columns    []DualColumn // matrix_dual: its two scales
	Levels     []Row        // cascade: one select each
	Branches   []Branch     // cascade: the options of the first level
	PerTask    int          // max_diff: items shown at once
	Tasks      int          // max_diff: how many sets
	Step       *float64     // slider
	Total      *float64     // constant_sum
	TimeLimit  int          // quiz: seconds, 0 without
	Correct    []string     // quiz: the right codes or text
	Score      float64      // quiz: what a right answer earns
	Randomize  string       // rows, options, items or features
	LowEnd     Text         // slider, max_diff: the label of the lowest value, of the worst choice
	HighEnd    Text         // slider, max_diff: the label of the highest value, of the best choice
	Earliest   string       // date, time: the first that is taken, "" where open
	Latest     string       // date, time: the last
	MinChoices int          // 0 without
	MaxChoices int
	Min, Max   *float64 // number, slider
	Integer    bool
	Unit       Text
	MaxLength  int
	PII        bool
	Contact    bool // consent: whoever agrees asks to be called
	At         diag.Place

	canonical []byte
}

// Row is one row of a matrix, item, feature or level; its column is the
// question's id, "_", and ID.
type Row struct {
	ID        string
	Label     Text
	Low, High Text // semantic_differential: the two ends
	Image     Image
	ShowIf    *Expression
	Anchor    string // first, last or ""
	At        diag.Place

	// kano: the two questions about the feature, nil: the usual ones
	Functional, Dysfunctional Text
}

// DualColumn is one scale of a matrix_dual; its columns are the question's id,
// "_", the row's, "_", and ID.
type DualColumn struct {
	ID    string
	Label Text
	Scale *Scale
	At    diag.Place

	node *yaml.Node // the name of the scale
}

// Branch is one option of a cascade with the options of the next level.
type Branch struct {
	Code     string
	Label    Text
	Branches []Branch
	At       diag.Place
}

// Hidden is a column filled from the address of the page.
type Hidden struct {
	ID      string
	Label   Text
	From    string
	Options []Option // allow: as options, labelled where the author gave labels
	Pattern string
	PII     bool
	At      diag.Place
}

// Calculated is a column computed from others.
type Calculated struct {
	ID    string
	Label Text
	Expr  *Expression
	At    diag.Place

	kind  kind
	scale *Scale // of a condition or a choice between texts, else nil
}

// Ending is a thank-you text.
type Ending struct {
	ID     string
	ShowIf *Expression
	Text   Text
	At     diag.Place
}

// Wave is one round.
type Wave struct {
	ID       string
	Label    Text
	From, To string // period, ISO 8601 days, inclusive; "" without
	Files    []string
	Encoding string
	Columns  map[string]string                  // file column -> id
	Codes    map[string]map[string]table.Recode // id -> code of the file -> meaning
	Invited  int                                // how many were asked, 0 where it is not known
	Changed  []string                           // items asked in other words than in the wave before
	At       diag.Place
}

// Derived is a recode of one column into bands of numbers or groups of codes.
type Derived struct {
	ID    string
	Label Text
	From  string
	Level Level // "" is nominal; ordinal makes its codes values to be rated by
	Bands []Band
	At    diag.Place

	foreign bool // From is a column of the data that the definition does not name
}

// Band is one code of a derived column: numbers from Low to High inclusive, or the codes listed.
type Band struct {
	Code      string
	Label     Text
	Low, High float64
	Codes     []string
}

// Report is the report options of the survey.
type Report struct {
	MinCell   int // 0: the site's
	Partials  bool
	Filter    *Expression // which responses count; nil: all
	Targets   map[string]float64
	Practical *float64    // smallest effect that matters, nil: Cohen's 0.2
	Pairs     [][2]string // of segments by which figures are split at once
	Audiences []Audience
}

// Analysis is one entry of analyses. Method-specific keys are read by the method.
type Analysis struct {
	ID       string
	Method   string
	Label    Text
	Question string   // csat, ces, nps
	Top      []string // csat, ces: the codes that count as satisfied; nil = the rule of the scale
	Built    bool     // false: the method is not built yet; a note was given
	At       diag.Place

	// The settings of the method, nil of the others.
	CSI                   *CSI
	Competitors           *Competitors
	Crosstab              *Crosstab
	Customers             *Customers
	Drivers               *Drivers
	Enterprise            *Enterprise
	Gap                   *Gap
	ImportancePerformance *ImportancePerformance
	Kano                  *Kano
	Loyalty               *Loyalty
	PathModel             *PathModel
	PenaltyReward         *PenaltyReward
	Reliability           *Reliability
	ServiceEvaluation     *ServiceEvaluation
	TwoFactor             *TwoFactor
	Verbatim              *Verbatim
}
