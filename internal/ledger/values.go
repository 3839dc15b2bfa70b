package ledger

import (
	"math"
	"slices"
	"time"
)

// Values is one column, a cell a row. Only the slice of its kind is set: Texts
// for ID and Text (empty where missing), codes for Code and Word, Numbers for Number and
// YesNo (1 and 0, NaN where missing), Lists for List, moments for Date and
// Moment. A private column that is not kept has "•" for each cell that holds
// something.
type Values struct {
	Column  Column
	Present bool // a file has the column
	Texts   []string
	Numbers []float64
	Days    []bool // Date, Moment: the cell has no time of day
	Lists   [][]string

	moments []int64 // seconds since 1970
	zone    *time.Location
	codes   []uint32 // into names
	names   []string // each word of a Code or Word once in memory; the first is ""
	words   map[string]uint32
}

// What stands for no moment. A Flag is of a Moment that may be a plain yes.
const (
	noMoment = math.MinInt64
	yesAtAll = math.MinInt64 + 1
)

// newValues is a column without rows. Its slice is not nil: that tells its kind.
func newValues(c Column, zone *time.Location) *Values {
	v := &Values{Column: c, zone: zone}
	switch c.Kind {
	case Number, YesNo:
		v.Numbers = []float64{}
	case Date, Moment:
		v.moments, v.Days = []int64{}, []bool{}
	case List:
		v.Lists = [][]string{}
	case Code, Word:
		v.codes, v.names, v.words = []uint32{}, []string{""}, map[string]uint32{}
	default:
		v.Texts = []string{}
	}
	return v
}

// Len is how many rows the column has.
func (v *Values) Len() int {
	return len(v.Texts) + len(v.codes) + len(v.Numbers) + len(v.moments) + len(v.Lists)
}

// Has reports whether a row has a value.
func (v *Values) Has(row int) bool {
	switch {
	case v == nil:
		return false
	case v.Numbers != nil:
		return !math.IsNaN(v.Numbers[row])
	case v.moments != nil:
		return v.moments[row] != noMoment
	case v.Lists != nil:
		return len(v.Lists[row]) > 0
	case v.codes != nil:
		return v.codes[row] != 0
	case v.Texts != nil:
		return v.Texts[row] != ""
	}
	return false
}

// Text is the cell of a column of texts, "" where there is none.
func (v *Values) Text(row int) string {
	switch {
	case v == nil:
	case v.codes != nil:
		return v.names[v.codes[row]]
	case v.Texts != nil:
		return v.Texts[row]
	}
	return ""
}

// Number is the cell of a column of numbers, NaN where there is none.
func (v *Values) Number(row int) float64 {
	if v == nil || v.Numbers == nil {
		return math.NaN()
	}
	return v.Numbers[row]
}

// Time is the cell of a column of dates, the zero time where there is none or
// its moment is not known. A Date, or a Moment without a time of day, is the
// start of the day in the site's zone.
func (v *Values) Time(row int) time.Time {
	t, ok := v.Seconds(row)
	if !ok {
		return time.Time{}
	}
	return time.Unix(t, 0).In(v.zone)
}

// Seconds is Time in seconds since 1970; false where there is none.
func (v *Values) Seconds(row int) (int64, bool) {
	if v == nil || v.moments == nil || v.moments[row] <= yesAtAll {
		return 0, false
	}
	return v.moments[row], true
}

// Day reports whether the cell of a column of dates has no time of day.
func (v *Values) Day(row int) bool { return v != nil && v.Days != nil && v.Days[row] }

// Undated reports whether the cell says that something happened, but not when.
func (v *Values) Undated(row int) bool {
	return v != nil && v.moments != nil && v.moments[row] == yesAtAll
}

// List is the cell of a column of lists, nil where there is none.
func (v *Values) List(row int) []string {
	if v == nil || v.Lists == nil {
		return nil
	}
	return v.Lists[row]
}

func (v *Values) add(p *parsed) {
	switch {
	case v.Numbers != nil:
		v.Numbers = append(v.Numbers, p.number)
	case v.moments != nil:
		v.moments, v.Days = append(v.moments, p.moment), append(v.Days, p.day)
	case v.Lists != nil:
		v.Lists = append(v.Lists, p.list)
	case v.codes != nil:
		v.codes = append(v.codes, p.code)
	default:
		v.Texts = append(v.Texts, p.text)
	}
}

// fill makes a column that the files read so far do not have as long as the others.
func (v *Values) fill(rows int) {
	more := rows - v.Len()
	switch {
	case more <= 0:
	case v.Numbers != nil:
		v.Numbers = append(v.Numbers, slices.Repeat([]float64{math.NaN()}, more)...)
	case v.moments != nil:
		v.moments = append(v.moments, slices.Repeat([]int64{noMoment}, more)...)
		v.Days = append(v.Days, make([]bool, more)...)
	case v.Lists != nil:
		v.Lists = append(v.Lists, make([][]string, more)...)
	case v.codes != nil:
		v.codes = append(v.codes, make([]uint32, more)...)
	default:
		v.Texts = append(v.Texts, make([]string, more)...)
	}
}

// grow makes room for more rows.
func (v *Values) grow(rows int) {
	switch {
	case v.Numbers != nil:
		v.Numbers = slices.Grow(v.Numbers, rows)
	case v.moments != nil:
		v.moments, v.Days = slices.Grow(v.moments, rows), slices.Grow(v.Days, rows)
	case v.Lists != nil:
		v.Lists = slices.Grow(v.Lists, rows)
	case v.codes != nil:
		v.codes = slices.Grow(v.codes, rows)
	default:
		v.Texts = slices.Grow(v.Texts, rows)
	}
}
