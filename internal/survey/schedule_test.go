package survey

import "testing"

func TestInterludeKeepsTheEndOfTheMonth(t *testing.T) {
	for _, c := range []struct {
		i        Interlude
		day, due string
	}{
		{Interlude{1, "month"}, "2026-01-31", "2026-02-28"},
		{Interlude{1, "quarter"}, "2025-11-30", "2026-02-28"},
		{Interlude{6, "month"}, "2026-09-27", "2027-03-27"},
		{Interlude{1, "year"}, "2024-02-29", "2025-02-28"},
		{Interlude{2, "week"}, "2026-12-25", "2027-01-08"},
		{Interlude{10, "day"}, "2026-02-20", "2026-03-02"},
		{Interlude{6, "month"}, "", ""},
		{Interlude{}, "2026-01-01", ""},
	} {
		if got := c.i.After(c.day); got != c.due {
			t.Errorf("%v after %q is %q, want %q", c.i, c.day, got, c.due)
		}
	}
	task := Task{Every: Interlude{1, "month"}, Last: "2026-03-01"}
	if got := task.Due("2026-05-01"); got != "2026-06-01" {
		t.Errorf("the later of both days counts: %q", got)
	}
	if Overdue("2026-06-01", "2026-06-01") || !Overdue("2026-06-01", "2026-06-02") || Overdue("", "2026-06-02") {
		t.Error("a task is overdue the day after it was due")
	}
}
