package survey

import (
	"regexp"

	"manyi/internal/diag"
)

// The bounds of types that need none written.
const (
	sliderLow, sliderHigh = 0, 100
	usualTotal            = 100
)

var (
	emailPattern = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s.]+$`)
	phonePattern = regexp.MustCompile(`^\+?[0-9][0-9 ()./-]{3,38}$`)
	urlPattern   = regexp.MustCompile(`^https?://[^\s/]+\S*$`)
	datePattern  = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`)
	timePattern  = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
)

// Pattern is what the text of an answer must match, nil where it is free.
func (t Type) Pattern() *regexp.Regexp {
	switch t {
	case Email:
		return emailPattern
	case Phone:
		return phonePattern
	case URL:
		return urlPattern
	case Date:
		return datePattern
	case Time:
		return timePattern
	}
	return nil
}

// usualLength is the most characters of a text whose question does not say it.
var usualLength = map[Type]int{Email: 254, Phone: 40, URL: 2000, Date: 10, Time: 5}

// Length is the most characters of a text, 0 where unlimited.
func (q *Question) Length() int {
	if q.MaxLength > 0 {
		return q.MaxLength
	}
	return usualLength[q.Type]
}

// judgeSizes completes and judges min, max, step, total and the like, and what identifies a person.
func (r *reader) judgeSizes(d *questionDraft, have found) {
	q := &d.Question
	switch q.Type {
	case Slider:
		q.LowEnd, q.HighEnd = d.Low, d.High
		r.judgeSlider(q, have)
	case ConstantSum:
		r.judgeTotal(q, have)
	case MaxDiff:
		q.LowEnd, q.HighEnd = d.Low, d.High
	case Ranking:
		if n := len(q.Items); n > 0 && q.MaxChoices > n {
			r.fail(have["max_choices"].value, "wrong-bounds", diag.Say("delete it, or write less"), diag.Say("max_choices %d is more than the %d items there are", q.MaxChoices, n))
		}
	case Email, Phone:
		q.PII = true
	case Date, Time:
		r.judgeDays(q, have)
	}
}

func (r *reader) judgeSlider(q *Question, have found) {
	low, high, step := float64(sliderLow), float64(sliderHigh), 1.0
	if q.Min != nil {
		low = *q.Min
	}
	if q.Max != nil {
		high = *q.Max
	}
	switch {
	case q.Min != nil && q.Max != nil && low > high: // told already
	case low >= high:
		at := have["min"].value
		if at == nil {
			at = have["max"].value
		}
		r.fail(at, "wrong-bounds", diag.Say("write both min and max"), diag.Say("a slider from %s to %s has no way to go", plain(low), plain(high)))
	case q.Step != nil && (*q.Step <= 0 || *q.Step > high-low):
		r.fail(have["step"].value, "wrong-bounds", diag.Say("write a number above 0 and up to %s", plain(high-low)), diag.Say("step %s does not fit a slider from %s to %s", plain(*q.Step), plain(low), plain(high)))
	}
	if q.Step == nil {
		q.Step = &step
	}
	q.Min, q.Max = &low, &high
}

func (r *reader) judgeTotal(q *Question, have found) {
	total, low, n := float64(usualTotal), 0.0, float64(len(q.Items))
	if q.Total != nil {
		total = *q.Total
	}
	if q.Min != nil {
		low = *q.Min
	}
	switch {
	case n == 0:
	case total <= 0:
		r.fail(have["total"].value, "wrong-bounds", diag.Say("write a number above 0"), diag.Say("total %s leaves nothing to give", plain(total)))
	case low*n > total:
		r.fail(have["min"].value, "wrong-bounds", diag.Say("write %s or less", plain(total/n)), diag.Say("%d items of at least %s are more than the total %s", len(q.Items), plain(low), plain(total)))
	case q.Max != nil && *q.Max*n < total:
		r.fail(have["max"].value, "wrong-bounds", diag.Say("write %s or more", plain(total/n)), diag.Say("%d items of at most %s never reach the total %s", len(q.Items), plain(*q.Max), plain(total)))
	case q.Integer && total != float64(int(total)):
		r.fail(have["total"].value, "wrong-bounds", diag.Say("write a whole number"), diag.Say("whole numbers never add up to %s", plain(total)))
	}
	q.Total, q.Min = &total, &low
}

// judgeDays checks earliest and latest of a date or a time.
func (r *reader) judgeDays(q *Question, have found) {
	like := "2026-10-15"
	if q.Type == Time {
		like = "09:30"
	}
	for _, name := range []string{"earliest", "latest"} {
		n := have[name].value
		if n == nil {
			continue
		}
		if q.Type == Date {
			r.date(n, n.Value)
		} else if !q.Type.Pattern().MatchString(n.Value) {
			r.fail(n, "wrong-value", diag.Say("write it like %s, in quotes", like), diag.Say("%q is not a time of day", shorten(n.Value)))
		}
	}
	if q.Earliest != "" && q.Latest != "" && q.Earliest > q.Latest {
		r.breaks(have["latest"].value, r.place(have["earliest"].value), "wrong-bounds", diag.Say("swap the two"), diag.Say("latest %s is before earliest %s", q.Latest, q.Earliest))
	}
}
