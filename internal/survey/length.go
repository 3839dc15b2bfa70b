package survey

import (
	"math"
	"regexp"
	"strconv"
)

// itemsAMinute is how many ratings a respondent gives in a minute.
const itemsAMinute = 8

// textItems is how many ratings a text takes the time of.
const textItems = 2

// Length is how much a survey asks at most, and how many minutes it takes as
// its introduction says, else by the count: what is asked only on a condition
// counts half, an open question as two.
func (s *Survey) Length() (items, minutes int) {
	effort := 0.0
	for _, page := range s.Pages {
		for _, q := range page.Questions {
			n := q.asks()
			items += n
			part := float64(n)
			switch q.Type {
			case ShortText, LongText, MultiText:
				part *= textItems
			}
			if page.ShowIf != nil || q.ShowIf != nil {
				part /= 2
			}
			effort += part
		}
	}
	if minutes = s.saidMinutes(); minutes == 0 {
		minutes = max(1, int(math.Round(effort/itemsAMinute)))
	}
	return items, minutes
}

// asks is how many answers a question wants.
func (q *Question) asks() int {
	switch q.Type {
	case Note:
		return 0
	case Matrix, Differential, MatrixMultiple:
		return len(q.Rows)
	case MatrixDual:
		return len(q.Rows) * len(q.Columns)
	case MultiText, ConstantSum:
		return len(q.Items)
	case KanoPairs:
		return 2 * len(q.Features)
	case MaxDiff:
		return q.Tasks
	case Cascade:
		return len(q.Levels)
	}
	return 1
}

// said is the time that an introduction promises, in bold.
var said = regexp.MustCompile(`\*\*([0-9]{1,2})(( 分钟| minutes?)\*\*)`)

func (s *Survey) saidMinutes() int {
	for _, text := range s.Intro {
		if m := said.FindStringSubmatch(text); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}
