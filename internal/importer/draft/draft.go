// Package draft is a survey that is still being guessed: what a foreign export
// or a foreign questionnaire tells of one, and how it is written as survey.yaml
// in the layout of the house. Each guess is a comment beside what was guessed.
// It judges nothing: survey.Parse does.
package draft

import (
	"strings"
)

// Text is a text by language tag; one under "" is good for every language.
type Text map[string]string

// Plain is a text for every language, nil where it is empty.
func Plain(s string) Text {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return Text{"": s}
}

// Survey is a draft of survey.yaml. Empty values are not written.
type Survey struct {
	Notes      []string // comments at the head: where it comes from, what could not be carried over
	ID         string
	Version    int // 0 is written as 1
	Languages  []string
	Title      Text
	Intro      Text
	Scales     []Scale
	Pages      []Page
	Hidden     []Hidden
	Calculated []Calculated
	Endings    []Ending
	Segments   []string
	SegmentsBy []string // why each segment, parallel to Segments or nil
	Analyses   []Analysis
}

// Scale is a scale of the survey's own.
type Scale struct {
	ID        string
	Level     string // nominal, ordinal, interval, ratio
	Options   []Option
	Points    string // "1..10", instead of options
	Low, High Text
	Notes     []string
}

// Option is one answer.
type Option struct {
	From      string // what the tool calls it, "" where it does not matter; never written
	Code      string
	Label     Text
	Missing   string // a reason of FORMAT 1
	WriteIn   bool
	Exclusive bool
	Anchor    string
	ShowIf    string
	Notes     []string
}

// Page is one page.
type Page struct {
	ID        string
	Title     Text
	Text      Text
	ShowIf    string
	Questions []Question
	Notes     []string
}

// Row is a row of a matrix, an item or a feature.
type Row struct {
	From      string // as of Option
	ID        string
	Label     Text
	Low, High Text
	ShowIf    string
}

// Question is one question. Notes are written as comments above it, each guess
// beginning with "guessed: " and what could not be carried over with "lost: ".
type Question struct {
	From       string // as of Option
	ID, Type   string
	Scale      string // name of a scale, instead of Options or Points
	Options    []Option
	Points     string
	Low, High  Text
	Metric     string
	Look       string
	Reverse    bool
	Required   bool
	RequiredIf string
	ShowIf     string
	Text       Text
	Label      Text
	Help       Text
	Rows       []Row
	Items      []Row // ranking, constant_sum, max_diff, multi_text
	Columns    []Column
	Levels     []Row    // cascade
	Branches   []Branch // cascade
	Randomize  string
	MinChoices int
	MaxChoices int
	Min, Max   string // numbers as they are written
	Step       string
	Total      string
	Integer    bool
	Unit       Text
	MaxLength  int
	PII        bool
	Notes      []string
}

// Column is one scale of a matrix_dual.
type Column struct {
	ID    string
	Label Text
	Scale string
}

// Branch is one option of a cascade.
type Branch struct {
	Code     string
	Label    Text
	Branches []Branch
}

// Hidden is a column that no question fills.
type Hidden struct {
	ID    string
	Label Text
	From  string
	Allow []string
	PII   bool
	Notes []string
}

// Calculated is a computed column.
type Calculated struct {
	ID, Expr string
	Label    Text
	Notes    []string
}

// Ending is a thank-you text.
type Ending struct {
	ID, ShowIf string
	Text       Text
}

// Analysis is one entry of analyses. Keys are written in their order, each a
// word, a number or a list in flow style as it stands.
type Analysis struct {
	ID, Method string
	Label      Text
	Keys       []Key
	Notes      []string
}

// Key is a key of an analysis with its value: text, a list, or lines of YAML
// that stand below the key.
type Key struct {
	Name  string
	Value string
	List  []string
	Below []string
}
