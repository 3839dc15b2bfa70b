package survey

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Task is something that is to be done again and again (METHODS A98): a round of
// a survey, a management review. Survey is the id of the survey that it is, ""
// for what has no answers.
type Task struct {
	Name   Text
	Survey string
	Every  Interlude
	Owner  Text
	Last   string // day on which it was done, "" where the data of the survey say it
	Rule   Text   // what is done, in a sentence
	At     diag.Place
}

// Interlude is a time between two rounds.
type Interlude struct {
	N    int
	Unit string // day, week, month, quarter or year
}

var taskKeys = []key[Task]{
	{"task", "what is to be done", formed(text[Task](nil).shape, readTaskName), required},
	{"survey", "id of the survey", pattern(func(t *Task) *string { return &t.Survey }, "after_sales", surveyPattern), optional},
	{"every", "how often, like 6 months", formed(pattern[Task](nil, "6 months", everyPattern).shape, readEvery), required},
	{"owner", "who does it", text(func(t *Task) *Text { return &t.Owner }), optional},
	{"last", "day on which it was last done, where no data say it", date(func(t *Task) *string { return &t.Last }), optional},
	{"rule", "how it is done, in a sentence or two", text(func(t *Task) *Text { return &t.Rule }), optional},
}

var everyPattern = regexp.MustCompile(`^([1-9][0-9]{0,2}) (day|week|month|quarter|year)s?$`)

// readTaskName keeps the place, for what is said of the task later.
func readTaskName(r *reader, n *yaml.Node, t *Task) {
	t.At = r.place(n)
	text(func(t *Task) *Text { return &t.Name }).read(r, n, t)
}

func readEvery(r *reader, n *yaml.Node, t *Task) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	m := everyPattern.FindStringSubmatch(s)
	if m == nil {
		r.fail(n, "wrong-value", diag.Say("write a number and day, week, month, quarter or year, like 6 months"), diag.Say("%q is not a time between two rounds", shorten(s)))
		return
	}
	t.Every.N, _ = strconv.Atoi(m[1])
	t.Every.Unit = m[2]
}

// After returns the day that is one interlude after another, both ISO 8601; the
// end of a month stays the end: a month after 31 January is the last of February.
func (i Interlude) After(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || i.N == 0 {
		return ""
	}
	months := map[string]int{"month": 1, "quarter": 3, "year": 12}[i.Unit] * i.N
	days := map[string]int{"day": 1, "week": 7}[i.Unit] * i.N
	if months > 0 {
		first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		return first.AddDate(0, 0, min(t.Day(), last)-1).Format(time.DateOnly)
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// Due is when a task is to be done again, given the last day that its survey has
// data of; "" where it was never done.
func (t Task) Due(data string) string { return t.Every.After(t.Done(data)) }

// Done is the day on which a task was last done: the later of what manyi.yaml
// says and of the last answer.
func (t Task) Done(data string) string { return max(t.Last, data) }

// JudgeSchedule checks the tasks against the surveys that there are.
func (w *Workspace) JudgeSchedule(ids []string, problems *diag.List) {
	for _, t := range w.Schedule {
		if t.Survey == "" || slices.Contains(ids, t.Survey) {
			continue
		}
		cure := diag.Say("the surveys are %s", strings.Join(ids, ", "))
		if near := diag.Nearest(t.Survey, ids); near != "" {
			cure = diag.Say("did you mean %q?", near)
		}
		problems.Add(diag.Problem{Severity: diag.Error, Code: "unknown-name", Place: t.At, Summary: diag.Say("a task of the schedule names the survey %q, which is not there", t.Survey), Cure: cure})
	}
}

// Overdue reports whether the due day is past.
func Overdue(due, today string) bool { return due != "" && cmp.Compare(due, today) < 0 }
