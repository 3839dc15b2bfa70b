// Package measure turns a definition and its answers into results: every
// figure with its base, its interval and its warnings. One file holds one
// method. It knows neither languages nor pages.
//
// Convention for weights: a response without a positive weight takes no part
// in weighted figures; weights are scaled to mean 1 within a wave; intervals
// of weighted means, shares and NPS use linearised standard errors (METHODS
// B13). Undefined figures are NaN here and null in results.json.
package measure

import (
	"encoding/json"
	"math"

	"manyi/internal/stat"
	"manyi/internal/table"
)

// Number is a figure; NaN, the undefined figure, is null in JSON.
type Number float64

// MarshalJSON writes full precision, null for NaN and infinities.
func (n Number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) || math.IsInf(float64(n), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// Interval is a 95 % interval, null in JSON where it is undefined.
type Interval [2]Number

// MarshalJSON writes [low, high] or null.
func (i Interval) MarshalJSON() ([]byte, error) {
	if width := float64(i[1] - i[0]); math.IsNaN(width) || math.IsInf(width, 0) {
		return []byte("null"), nil
	}
	return json.Marshal([2]Number(i))
}

func interval(e stat.Estimate) Interval { return Interval{Number(e.Low), Number(e.High)} }

// Results is everything measured for one survey: the content of results.json.
// The embedded Block is the latest wave; waves are never pooled.
type Results struct {
	Manyi   int               `json:"manyi"`
	Survey  string            `json:"survey"`
	Version int               `json:"version"`
	Inputs  map[string]string `json:"inputs"` // file -> "sha256:…", filled by the builder
	MinCell int               `json:"min_cell"`
	AsOf    string            `json:"as_of"`
	Count   table.Count       `json:"count"` // of all rows of all files
	Waves   []string          `json:"waves"`
	Latest  string            `json:"latest"`
	Ledgers []*LedgerCount    `json:"ledgers,omitempty"`
	Service any               `json:"service,omitempty"` // what package service finds in the ledgers, nil without
	*Block
	ByWave map[string]*Block `json:"by_wave"`

	spliced  map[string]map[string]string // by wave: new column -> the old one it goes on from
	versions map[string]int               // by wave: the latest version of the questionnaire in it
}

// Block is what one wave, or one segment of it, says.
type Block struct {
	Base      *Base                           `json:"base"`
	Questions map[string]*Question            `json:"questions"`
	Analyses  map[string]Analysis             `json:"analyses"`
	BySegment map[string]map[string]*Block    `json:"by_segment,omitempty"`
	ByPair    map[string]map[string]PairCells `json:"by_pair,omitempty"`

	Suppressed bool `json:"-"`

	least int // fewest answers behind a figure that is followed or compared
}

// MarshalJSON leaves nothing but the reason of a suppressed block.
func (b *Block) MarshalJSON() ([]byte, error) {
	if b.Suppressed {
		return suppressed, nil
	}
	type plain Block
	return json.Marshal((*plain)(b))
}

// MarshalJSON writes the latest wave beside the rest; it is here because the
// embedded Block's own method would otherwise be taken for the whole.
func (r *Results) MarshalJSON() ([]byte, error) {
	type block Block // without the method; a suppressed latest wave has no questions either
	top := (*block)(r.Block)
	if r.Block == nil || r.Block.Suppressed {
		top = &block{}
	}
	return json.Marshal(struct {
		Manyi   int               `json:"manyi"`
		Survey  string            `json:"survey"`
		Version int               `json:"version"`
		Inputs  map[string]string `json:"inputs"`
		MinCell int               `json:"min_cell"`
		AsOf    string            `json:"as_of"`
		Count   table.Count       `json:"count"`
		Waves   []string          `json:"waves"`
		Latest  string            `json:"latest"`
		Ledgers []*LedgerCount    `json:"ledgers,omitempty"`
		Service any               `json:"service,omitempty"`
		*block
		ByWave map[string]*Block `json:"by_wave"`
	}{r.Manyi, r.Survey, r.Version, r.Inputs, r.MinCell, r.AsOf, r.Count, r.Waves, r.Latest, r.Ledgers, r.Service, top, r.ByWave})
}

var suppressed = []byte(`{"suppressed":true,"reason":"min_cell"}`)

// Base is the n behind a block. In a segment only Responses, Weighted and
// Effective are known; the counts of rows belong to files.
type Base struct {
	Responses int    `json:"responses"`
	Complete  int    `json:"complete"`
	Weighted  Number `json:"weighted"`  // sum of the weights scaled to mean 1
	Effective Number `json:"effective"` // Kish: (Σw)²/Σw²
	*table.Count

	positive int // responses of positive weight
}

// Question is the figures of one item. N, Mean and the shares are weighted
// where the survey has weights; Counts never are.
type Question struct {
	Type       string              `json:"type"`
	N          int                 `json:"n"`
	Missing    map[string]int      `json:"missing"`
	Counts     map[string]int      `json:"counts,omitempty"`
	Shares     map[string]*Portion `json:"shares,omitempty"`   // by code: nominal questions and multiple choice
	Weighted   map[string]Number   `json:"weighted,omitempty"` // by code: weighted shares of a rated question; without weights they are counts ÷ n
	Mean       *Number             `json:"mean,omitempty"`
	SD         *Number             `json:"sd,omitempty"`
	CI95       *Interval           `json:"ci95,omitempty"`
	Median     *Number             `json:"median,omitempty"`
	Score      *Score              `json:"score,omitempty"`
	Top        *Top                `json:"top,omitempty"`
	Bottom     *Top                `json:"bottom,omitempty"`
	Unweighted *Unweighted         `json:"unweighted,omitempty"`
	Why        string              `json:"why,omitempty"` // why figures are null
	Warnings   []string            `json:"warnings,omitempty"`
	Withheld   bool                `json:"withheld,omitempty"` // answers by code are not shown: too few gave one of them (see protect)

	Suppressed bool          `json:"-"`
	Asked      bool          `json:"-"` // false: no file of the wave has the column
	mean, top  stat.Estimate // as printed: weighted where weighted
	bottom     stat.Estimate
	points     []stat.Point
	weights    bool
	tallied    *tallied // answers by code, nil without codes
	rows       int      // answers with or without weight
}

// MarshalJSON leaves nothing but the reason of a suppressed question.
func (q *Question) MarshalJSON() ([]byte, error) {
	if q.Suppressed {
		return suppressed, nil
	}
	type plain Question
	return json.Marshal((*plain)(q))
}

// Portion is the share of the base that gave one answer.
type Portion struct {
	Share Number   `json:"share"`
	CI95  Interval `json:"ci95"`

	estimate stat.Estimate
	hit      stat.Point // sums over those who gave it
}

// Score is the mean on 0–100 (满意度): 0 all worst, 100 all best answers.
type Score struct {
	Value Number   `json:"value"`
	CI95  Interval `json:"ci95"`
}

// Top is the share in the best answers (满意率), Bottom that in the worst.
type Top struct {
	Codes []string `json:"codes"`
	Share Number   `json:"share"`
	CI95  Interval `json:"ci95"`
}

// Unweighted is the same figures without weights, beside the weighted ones.
type Unweighted struct {
	N     int    `json:"n"`
	Mean  Number `json:"mean"`
	SD    Number `json:"sd"`
	Share Number `json:"share"`
}

// Analysis is the result of one method, such as *Csat or *Trend, or *Hidden
// where its base is below the privacy threshold.
type Analysis interface {
	common() *Common
}

// Common is what every result of a method has.
type Common struct {
	Method   string   `json:"method"`
	N        int      `json:"n"`
	Warnings []string `json:"warnings"`

	rows int // responses behind it, with or without weight; 0: as many as N
}

func (c *Common) common() *Common { return c }

func (c *Common) warn(codes ...string) { c.Warnings = append(c.Warnings, codes...) }

// Hidden is a suppressed result.
type Hidden struct {
	Common
	was Analysis // what is hidden, nil where nothing asks for it
}

// MarshalJSON leaves nothing but the reason.
func (*Hidden) MarshalJSON() ([]byte, error) { return suppressed, nil }

// Warnings, in results.json and, worded, on the pages.
const (
	Base30        = "base_under_30"
	NoAnswers     = "no_answers"
	OneAnswer     = "one_answer"
	NoVariance    = "no_variance"
	NotAsked      = "not_asked"
	TooManyGroups = "too_many_groups" // followed by ":" and the segment
	Ceiling       = "ceiling"         // over 40 % of the answers are the best one (METHODS B15)
)

func undefined() Number { return Number(math.NaN()) }
