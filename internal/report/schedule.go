package report

import (
	"slices"
	"strings"

	"manyi/internal/survey"
)

// Task is a task of the schedule with what the data say of it.
type Task struct {
	survey.Task
	Title   string // of its survey, "" without
	Folder  string // of its report
	Done    string // day on which it was last done, "" never
	Due     string // day by which it is to be done again, "" where it was never done
	Overdue bool
}

// Plan is what the page of the schedule is made of.
type Plan struct {
	Tasks     []Task
	Forms     []string // titles of the complaint forms
	Today     string
	Languages []string                   // of the site
	To        func(folder string) string // the address of a report
}

// Schedule is the page of what is due, overdue and by whom, and the procedure
// that follows from it (METHODS A98).
func Schedule(p Plan, l *survey.Locale) *Page {
	page := &Page{Name: "index", Title: l.Say("page.schedule"), Kicker: l.Say("flow.kicker", "as_of", p.Today), Heading: p.heading(l)}
	page.Sections = []Section{
		{ID: "due", Title: l.Say("schedule.due_title"), Blocks: []Block{{Table: p.table(l)}, {Note: l.Say("schedule.due_note")}}},
		{ID: "procedure", Title: l.Say("schedule.procedure"), Blocks: []Block{{Text: l.Say("schedule.procedure_text")}, {Table: p.procedure(l)}}},
		{ID: "rules", Title: l.Say("schedule.rules"), Blocks: []Block{{Lists: []List{{Title: l.Say("schedule.rules_title"), Ordered: true, Items: p.rules(l)}}}}},
	}
	return page
}

func (p Plan) text(t survey.Text, l *survey.Locale) string {
	return isolated(t.In(l.Tag(), p.Languages...))
}

// heading says how many tasks are overdue, and which is due next.
func (p Plan) heading(l *survey.Locale) string {
	var late []string
	var next *Task
	for i := range p.Tasks {
		t := &p.Tasks[i]
		switch {
		case t.Overdue || t.Done == "":
			late = append(late, l.Say("schedule.quoted", "task", p.text(t.Name, l)))
		case next == nil || t.Due < next.Due:
			next = t
		}
	}
	text := l.Say("schedule.none_late")
	if len(late) > 0 {
		text = l.Say("schedule.late", "n", len(late), "all", len(p.Tasks), "tasks", strings.Join(late, l.Say("list.comma")))
	}
	if next != nil {
		text += l.Say("schedule.next", "task", p.text(next.Name, l), "day", next.Due)
	}
	return text
}

// table is the tasks with their days.
func (p Plan) table(l *survey.Locale) *Table {
	t := &Table{ID: "schedule-table", Caption: l.Say("schedule.caption"), Head: []string{l.Say("schedule.task")}}
	for _, key := range []string{"who", "every", "done", "due", "state"} {
		t.Head = append(t.Head, l.Say("schedule."+key))
	}
	tasks := slices.Clone(p.Tasks)
	slices.SortStableFunc(tasks, func(a, b Task) int { return strings.Compare(a.Due, b.Due) }) // what was never done has no day and comes first
	for _, x := range tasks {
		row := Row{Label: p.text(x.Name, l)}
		if x.Folder != "" {
			row.Href = p.To(x.Folder)
		}
		state := Cell{Text: l.Say("schedule.in_time"), Tone: "good"}
		switch {
		case x.Done == "":
			state = Cell{Text: l.Say("schedule.never"), Tone: "bad"}
		case x.Overdue:
			state = Cell{Text: l.Say("schedule.overdue"), Tone: "bad"}
		}
		row.Cells = []Cell{{Text: p.owner(x, l), Tone: "text"}, {Text: every(x.Every, l)}, orDash(x.Done), orDash(x.Due), state}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func orDash(s string) Cell {
	if s == "" {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: s}
}

func (p Plan) owner(t Task, l *survey.Locale) string {
	if owner := p.text(t.Owner, l); owner != "" {
		return owner
	}
	return l.Say("schedule.nobody")
}

func every(i survey.Interlude, l *survey.Locale) string {
	return l.Say("schedule.every_"+i.Unit, "n", i.N)
}

// procedure says who does what and when: the tasks, then what always holds.
func (p Plan) procedure(l *survey.Locale) *Table {
	t := &Table{ID: "procedure-table", Caption: l.Say("schedule.procedure_caption"), Head: []string{l.Say("schedule.what"), l.Say("schedule.who"), l.Say("schedule.when"), l.Say("schedule.how")}}
	t.Rows = append(t.Rows, Row{Label: l.Say("schedule.measuring")})
	for _, x := range p.Tasks {
		how := p.text(x.Rule, l)
		if how == "" && x.Title != "" {
			how = l.Say("schedule.by_survey", "survey", isolated(x.Title))
		}
		t.Rows = append(t.Rows, Row{Label: p.text(x.Name, l), Cells: []Cell{{Text: p.owner(x, l), Tone: "text"}, {Text: every(x.Every, l), Tone: "text"}, {Text: how, Tone: "text"}}})
	}
	t.Rows = append(t.Rows, Row{Label: l.Say("schedule.standing")})
	for _, key := range []string{"record", "answer", "count", "act", "judge"} {
		how := l.Say("schedule.standing_" + key + "_how")
		if key == "record" && len(p.Forms) > 0 {
			how = l.Say("schedule.standing_record_form", "forms", isolated(strings.Join(p.Forms, l.Say("list.comma"))))
		}
		t.Rows = append(t.Rows, Row{Label: l.Say("schedule.standing_" + key), Cells: []Cell{
			{Text: l.Say("schedule.standing_" + key + "_who"), Tone: "text"}, {Text: l.Say("schedule.standing_" + key + "_when"), Tone: "text"}, {Text: how, Tone: "text"},
		}})
	}
	return t
}

func (p Plan) rules(l *survey.Locale) []string {
	var out []string
	for _, key := range []string{"indicators", "use", "owners", "complaints", "record"} {
		out = append(out, l.Say("schedule.rule_"+key))
	}
	return out
}
