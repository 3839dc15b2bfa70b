package survey

import "time"

// stamps are the forms of _submitted that name a moment or a local time.
var stamps = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"}

// WaveOf returns the function that finds the wave whose period holds the day
// of a time stamp in zone (IANA name; UTC where it is unknown); "" where none does.
func (s *Survey) WaveOf(zone string) func(submitted string) string {
	at, err := time.LoadLocation(zone)
	if err != nil {
		at = time.UTC
	}
	return func(submitted string) string {
		day := dayOf(submitted, at)
		if day == "" {
			return ""
		}
		for _, w := range s.Waves {
			if w.From != "" && w.From <= day && day <= w.To {
				return w.ID
			}
		}
		return ""
	}
}

func dayOf(stamp string, at *time.Location) string {
	for _, form := range stamps {
		if t, err := time.ParseInLocation(form, stamp, at); err == nil {
			return t.In(at).Format(time.DateOnly)
		}
	}
	return ""
}
