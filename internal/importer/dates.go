package importer

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateProfile tells in which order days and months stand.
type dateProfile struct {
	seen, first, second int // dates with slashes whose first, or second, number passes 12
}

var (
	yearFirst = regexp.MustCompile(`^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?)?\s*(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?$`)
	yearLast  = regexp.MustCompile(`^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{2}|[0-9]{4})(?:,?[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*(AM|PM|am|pm)?)?\s*(Z|UTC|GMT)?$`)
	chinese   = regexp.MustCompile(`^([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})\s*(上午|下午)\s*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?.*$`)
)

func (d *dateProfile) look(cell string) {
	if len(cell) < 6 || cell[0] < '0' || cell[0] > '9' {
		return
	}
	if yearFirst.MatchString(cell) || chinese.MatchString(cell) {
		d.seen++
		return
	}
	if m := yearLast.FindStringSubmatch(cell); m != nil {
		d.seen++
		if a, _ := strconv.Atoi(m[1]); a > 12 {
			d.first++
		}
		if b, _ := strconv.Atoi(m[2]); b > 12 {
			d.second++
		}
	}
}

// ambiguous reports whether the file does not say what 3/4/2026 means.
func (d *dateProfile) ambiguous() bool { return d.seen > 0 && d.first == 0 && d.second == 0 }

// dayFirst reports whether the day stands before the month.
func (d *dateProfile) dayFirst() bool { return d.first > d.second }

// stamp reads a time as tools write it and returns it in ISO 8601 with the
// offset of zone; false where it is no time. A day that no calendar has, and
// LimeSurvey's 1980-01-01 of anonymous surveys, are none.
func stamp(cell string, d *dateProfile, zone *time.Location) (t time.Time, ok bool) {
	cell = clean(cell)
	if m := chinese.FindStringSubmatch(cell); m != nil {
		hour := number(m[5])
		if m[4] == "下午" && hour < 12 {
			hour += 12
		}
		return instant([6]int{number(m[1]), number(m[2]), number(m[3]), hour, number(m[6]), number(m[7])}, zone)
	}
	if m := yearFirst.FindStringSubmatch(cell); m != nil {
		return instant([6]int{number(m[1]), number(m[2]), number(m[3]), number(m[4]), number(m[5]), number(m[6])}, offset(m[7], zone))
	}
	m := yearLast.FindStringSubmatch(cell)
	if m == nil {
		return t, false
	}
	month, day, year, hour := number(m[1]), number(m[2]), number(m[3]), number(m[4])
	if d.dayFirst() {
		month, day = day, month
	}
	if year < 100 {
		year += 2000
	}
	switch strings.ToLower(m[7]) {
	case "pm":
		if hour < 12 {
			hour += 12
		}
	case "am":
		if hour == 12 {
			hour = 0
		}
	}
	return instant([6]int{year, month, day, hour, number(m[5]), number(m[6])}, offset(m[8], zone))
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // digits or nothing
	return n
}

func instant(v [6]int, zone *time.Location) (time.Time, bool) {
	t := time.Date(v[0], time.Month(v[1]), v[2], v[3], v[4], v[5], 0, zone)
	return t, t.Month() == time.Month(v[1]) && t.Day() == v[2] && v[3] < 24 && v[4] < 60 && v[5] < 60 && v[0] > 1980
}

// offset is the zone that a time names.
func offset(s string, zone *time.Location) *time.Location {
	switch s {
	case "":
		return zone
	case "Z", "UTC", "GMT":
		return time.UTC
	}
	t, err := time.Parse("-0700", strings.ReplaceAll(s, ":", ""))
	if err != nil {
		return zone
	}
	_, seconds := t.Zone()
	return time.FixedZone("", seconds)
}

var spell = regexp.MustCompile(`^(?:([0-9]+)\s*(?:小时|时|h))?\s*(?:([0-9]+)\s*(?:分钟|分|m|min))?\s*(?:([0-9]+(?:\.[0-9]+)?)\s*(?:秒|s|sec)?)?$`)

// seconds reads how long something took: 123, 123秒, 2分3秒, 00:02:03.
func seconds(cell string) (float64, bool) {
	cell = clean(cell)
	if parts := strings.Split(cell, ":"); len(parts) == 3 {
		return float64(number(parts[0])*3600 + number(parts[1])*60 + number(parts[2])), true
	}
	m := spell.FindStringSubmatch(fold(cell))
	if m == nil || cell == "" {
		return 0, false
	}
	s, _ := strconv.ParseFloat("0"+m[3], 64) // digits or nothing
	return float64(number(m[1])*3600+number(m[2])*60) + s, true
}
