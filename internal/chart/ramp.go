package chart

import (
	"math"
	"strconv"
)

// mostSteps is how many levels a side of the neutral one can have a colour of
// its own each: scales up to 0–10.
const mostSteps = 5

// ramp returns the colour of every level of a scale as the theme names it: 1
// worst, 4 neutral, 7 best, and between them those of the least ramp in which
// levels of different tones have different colours: 5b and 5d, 2 3 5 6, 9b …
// 9h, 11b … 11j. A scale of an even number of levels leaves out the neutral.
func ramp(tones []float64) []string {
	side := 1
	for side < mostSteps && !tells(tones, side) {
		side++
	}
	names := make([]string, len(tones))
	for i, tone := range tones {
		names[i] = stepName(rung(tone, side), side)
	}
	return names
}

// rung returns the place of a tone from the neutral, -side worst to side best:
// 0 only for a neutral level, so that a scale without one has no grey.
func rung(tone float64, side int) int {
	at := int(math.Ceil(math.Abs(min(max(tone, -1), 1))*float64(side) - 1e-9))
	if tone < 0 {
		return -at
	}
	return at
}

// tells reports whether so many steps a side keep different tones apart and
// about where they are.
func tells(tones []float64, side int) bool {
	of := map[int]float64{}
	for _, tone := range tones {
		at := rung(tone, side)
		if other, ok := of[at]; ok && math.Abs(other-tone) > 1e-9 {
			return false
		}
		of[at] = tone
		if math.Abs(float64(at)/float64(side)-tone) > .2 {
			return false
		}
	}
	return true
}

func stepName(at, side int) string {
	switch {
	case at == -side:
		return "1"
	case at == side:
		return "7"
	case at == 0 && side < 4:
		return "4"
	case side == 3:
		return strconv.Itoa(4 + at)
	}
	return strconv.Itoa(2*side+1) + string(rune('a'+side+at))
}

// colours returns the colour of every level; where the levels are classes, those
// below the neutral one leave the reds of bad answers for colours of their own.
func (f *Figure) colours(tones []float64) []string {
	names := ramp(tones)
	if !f.Kinds {
		return names
	}
	own := 0
	for i := range names {
		if tones[i] < 0 && own < 2 {
			own++
			names[i] = "k" + strconv.Itoa(own)
		}
	}
	return names
}
