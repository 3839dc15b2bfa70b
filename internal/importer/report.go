package importer

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// shownLabel is how often a label must occur to be shown in a report: what few
// people said is an answer, what many said is a label.
const shownLabel = 5

// Report is what an import did, or would do, column by column.
type Report struct {
	Tool     string         `json:"tool"`
	File     string         `json:"file"`
	Header   int            `json:"header_rows"`
	Encoding string         `json:"encoding,omitempty"`
	Sheet    string         `json:"sheet,omitempty"`
	Rows     Counts         `json:"rows"`
	Columns  []ReportColumn `json:"columns"`
	Hints    []diag.Phrase  `json:"-"`
	title    string
}

// ReportColumn is the line of one column.
type ReportColumn struct {
	Column  string   `json:"column"`
	Role    string   `json:"role"`
	How     string   `json:"how"`
	To      []string `json:"to,omitempty"`
	Filled  int      `json:"filled"`
	Answers int      `json:"answers"`
	Missing int      `json:"missing,omitempty"`
	Guesses int      `json:"guesses,omitempty"`
	Written int      `json:"written,omitempty"`
	Unknown int      `json:"unknown,omitempty"`
	Labels  []Label  `json:"unknown_labels,omitempty"`
	Rare    int      `json:"rare_labels,omitempty"` // unknown labels that occur too seldom to be shown
	Damaged int      `json:"spreadsheet_damage,omitempty"`
	Also    string   `json:"fills_the_same_as,omitempty"`
	way     Way
	role    Role
}

// Label is a label that no option has.
type Label struct {
	Label string `json:"label"`
	N     int    `json:"n"`
}

// Report sums up an import. all shows labels however seldom they are.
func (p *Plan) Report(w Written, all bool) *Report {
	f := p.Frame
	out := &Report{Tool: f.Tool.Name, title: f.Tool.Title, File: f.file.source.Name, Header: f.Header, Encoding: f.file.info.Encoding, Sheet: f.file.info.Sheet, Rows: w.Counts}
	for i := range p.Fates {
		fate := &p.Fates[i]
		pr := &f.Profiles[fate.Column.At]
		c := ReportColumn{
			Column: fate.Column.Key, Role: fate.Column.Role.String(), How: fate.Way.String(), To: fate.To, Filled: pr.Filled, Answers: fate.Answers, Missing: fate.Missing,
			Guesses: fate.Guesses, Written: fate.Written, Unknown: fate.Unknown, Damaged: pr.damage(fate), Also: fate.Also, way: fate.Way, role: fate.Column.Role,
		}
		for _, s := range fate.unknowns.order {
			if n := fate.unknowns.count[s]; n >= shownLabel || all {
				c.Labels = append(c.Labels, Label{s, n})
			} else {
				c.Rare++
			}
		}
		out.Columns = append(out.Columns, c)
	}
	out.hints(p)
	return out
}

// damage is how many cells a spreadsheet seems to have broken: ids rounded to
// 1E+17, codes that became dates.
func (p *Profile) damage(fate *ColumnFate) int {
	n := p.rounded
	if it := fate.place.item; it != nil && (it.kind == takesCode || it.kind == takesCodes) {
		n += p.daily
	}
	for _, s := range []string{"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"} {
		n += p.Values.count[s]
	}
	for _, s := range p.Values.order {
		if len(s) >= 3 && strings.Trim(s, "#") == "" {
			n += p.Values.count[s]
		}
	}
	return n
}

// hints are what a person should look at.
func (r *Report) hints(p *Plan) {
	f := p.Frame
	if c := f.column(Submitted); c != nil {
		if d := &f.Profiles[c.At].dates; d.ambiguous() && strings.Contains(strings.Join(f.Profiles[c.At].Values.order, ""), "/") && !startsWithYear(f.Profiles[c.At].Values.order) {
			r.Hints = append(r.Hints, diag.Say("the dates do not say whether the day or the month stands first; the month is taken"))
		}
	} else {
		r.Hints = append(r.Hints, diag.Say("the export has no time of submission: its responses count as complete and belong to no period"))
	}
	if f.column(ID) == nil {
		r.Hints = append(r.Hints, diag.Say("the export has no ids: a response is known again by what it says"))
	}
	for _, g := range []struct {
		n int
		p diag.Phrase
	}{
		{f.file.info.Lost, diag.Say("%d lines are no rows, the first of them on line %d", f.file.info.Lost, first(f.file.info.Broken))},
		{f.file.info.Garbled, diag.Say("%d cells are in another encoding than the file; name its encoding with --encoding", f.file.info.Garbled)},
	} {
		if g.n > 0 {
			r.Hints = append(r.Hints, g.p)
		}
	}
}

func startsWithYear(values []string) bool {
	return len(values) > 0 && yearFirst.MatchString(values[0])
}

func first(lines []int) int {
	if len(lines) == 0 {
		return 0
	}
	return lines[0]
}

// JSON writes the report for programs.
func (r *Report) JSON(w io.Writer, lang string) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	hints := []string{}
	for _, h := range r.Hints {
		hints = append(hints, h.In(lang))
	}
	return e.Encode(struct {
		*Report
		Hints []string `json:"hints"`
	}{r, hints})
}

// Text writes the report for people. dry says that nothing was written.
func (r *Report) Text(w io.Writer, lang string, dry bool) error {
	var b strings.Builder
	say := func(p diag.Phrase) { b.WriteString(p.In(lang) + "\n") }
	head := diag.Say("%s: an export of %s, %d header rows", plainText(r.File), r.title, r.Header)
	if r.Header == 1 {
		head = diag.Say("%s: an export of %s, 1 header row", plainText(r.File), r.title)
	}
	b.WriteString(head.In(lang))
	if r.Encoding != "" {
		b.WriteString(", " + r.Encoding)
	}
	if r.Sheet != "" {
		b.WriteString(", " + diag.Say("sheet %q", plainText(r.Sheet)).In(lang))
	}
	b.WriteString("\n\n")
	r.lines(&b, lang)
	r.labels(&b, lang)
	b.WriteByte('\n')
	for _, h := range r.Hints {
		b.WriteString("· ")
		say(h)
	}
	say(r.columns())
	say(r.rows(dry))
	_, err := io.WriteString(w, b.String())
	return err
}

// Widths of the report, in cells of a terminal.
const (
	titleWidth = 46
	toWidth    = 24
)

// lines writes a line for each column: what needs a look is marked.
func (r *Report) lines(b *strings.Builder, lang string) {
	to := 0
	for _, c := range r.Columns {
		to = max(to, cells(strings.Join(c.To, ", ")))
	}
	to = min(max(to, 6), toWidth)
	for _, c := range r.Columns {
		if c.role == Empty {
			continue
		}
		target := strings.Join(c.To, ", ")
		if target == "" {
			target = "–"
		}
		fmt.Fprintf(b, "  %s %s  %s  %s\n", c.mark(), fit(middle(plainText(c.Column), titleWidth), titleWidth), fit(target, to), c.words().In(lang))
	}
}

// mark is ✓ for what is sure, ? for what to look at, ✗ for what is lost, · for what is no answer.
func (c *ReportColumn) mark() string {
	switch {
	case c.role != Answer && c.way == Unmapped, c.way == Dropped, c.Filled == 0:
		return "·"
	case c.way == Unmapped:
		return "✗"
	case c.way == Guessed || c.Unknown > 0 || c.Guesses > 0 || c.Damaged > 0:
		return "?"
	}
	return "✓"
}

func (c *ReportColumn) words() diag.Phrase {
	switch {
	case c.Damaged > 0 && c.way == Unmapped:
		return diag.Say("%d cells look spreadsheet-damaged (1E+17, ######, 1月2日)", c.Damaged)
	case c.Also != "":
		return diag.Say("not taken: %q fills the same", plainText(c.Also))
	case c.way == Dropped && c.Filled == 0:
		return diag.Say("empty")
	case c.way == Dropped:
		return diag.Say("not wanted, says the mapping")
	case c.way == Unmapped && c.role == Personal:
		return diag.Say("personal: not imported; --keep %q keeps it", plainText(c.Column))
	case c.way == Unmapped && c.role == Technical:
		return diag.Say("of the tool: not imported")
	case c.way == Unmapped && c.role != Answer:
		return c.roleWords()
	case c.Filled == 0:
		return diag.Say("empty")
	case c.way == Unmapped:
		return diag.Say("UNMAPPED: %d cells are not imported", c.Filled)
	}
	return c.outcome()
}

func (c *ReportColumn) roleWords() diag.Phrase {
	switch c.role {
	case ID:
		return diag.Say("the id of the response")
	case Submitted:
		return diag.Say("when it was sent")
	case Started:
		return diag.Say("when it was begun")
	case Seconds:
		return diag.Say("how long it took")
	case Finished:
		return diag.Say("whether it is complete")
	}
	return diag.Say("the language it was answered in")
}

func (c *ReportColumn) outcome() diag.Phrase {
	switch {
	case c.Damaged > 0:
		return diag.Say("%d answers; %d cells look spreadsheet-damaged (1E+17, ######, 1月2日)", c.Answers, c.Damaged)
	case c.Unknown > 0:
		return diag.Say("%d answers by %s; %d cells with labels that no option has", c.Answers, c.way.words(), c.Unknown)
	case c.Guesses > 0:
		return diag.Say("%d answers by %s; %d labels guessed", c.Answers, c.way.words(), c.Guesses)
	case c.way == Guessed:
		return diag.Say("%d answers; GUESSED, look at it", c.Answers)
	case c.Written > 0:
		return diag.Say("%d answers by %s, %d of them written", c.Answers, c.way.words(), c.Written)
	}
	return diag.Say("%d answers by %s", c.Answers, c.way.words())
}

func (w Way) words() diag.Phrase {
	switch w {
	case ByMapping:
		return diag.Say("mapping")
	case ByCode:
		return diag.Say("code")
	case ByTitle:
		return diag.Say("title")
	case ByWording:
		return diag.Say("wording")
	case Kept:
		return diag.Say("--keep")
	}
	return diag.Say("guess")
}

// labels names the labels that no option has.
func (r *Report) labels(b *strings.Builder, lang string) {
	begun := false
	for _, c := range r.Columns {
		if len(c.Labels) == 0 && c.Rare == 0 {
			continue
		}
		if !begun {
			begun = true
			b.WriteString("\n" + diag.Say("Labels that no option has; their cells count as missing. Say in a mapping what they are (--init drafts one):").In(lang) + "\n")
		}
		fmt.Fprintf(b, "  %s", strings.Join(c.To, ", "))
		for i, l := range c.Labels {
			if i == 12 {
				fmt.Fprintf(b, " …")
				break
			}
			fmt.Fprintf(b, "  %q × %d", plainText(l.Label), l.N)
		}
		if c.Rare > 0 {
			b.WriteString("  " + diag.Say("%d seen fewer than %d times (--labels shows them)", c.Rare, shownLabel).In(lang))
		}
		b.WriteByte('\n')
	}
}

// columns sums up the columns.
func (r *Report) columns() diag.Phrase {
	var sure, guess, lost, own, private int
	for _, c := range r.Columns {
		switch {
		case c.role == Empty || c.way == Dropped:
		case c.role == Personal && c.way == Unmapped:
			private++
		case c.role != Answer && c.way == Unmapped:
			own++
		case c.way == Unmapped && c.Filled > 0:
			lost++
		case c.way == Guessed:
			guess++
		case c.way != Unmapped:
			sure++
		}
	}
	return diag.Say("columns: %d. Mapped: %d, guessed: %d, unmapped: %d, of the tool: %d, personal: %d", len(r.Columns), sure, guess, lost, own, private)
}

// rows sums up the rows.
func (r *Report) rows(dry bool) diag.Phrase {
	c := r.Rows
	if dry {
		return diag.Say("rows: %d. New: %d, known: %d, changed: %d, twice in the file: %d, no rows: %d. Partial: %d. Nothing was written.",
			c.Read, c.New, c.Known, c.Finished+c.Replaced+c.Conflict, c.Twice, c.Rejected, c.Partial)
	}
	return diag.Say("rows: %d. New: %d, known: %d, finished or replaced: %d, in conflict: %d, twice in the file: %d, no rows: %d. Partial: %d",
		c.Read, c.New, c.Known, c.Finished+c.Replaced, c.Conflict, c.Twice, c.Rejected, c.Partial)
}

// Drafted is a mapping of what was found, for --init: a person completes it.
func (p *Plan) Drafted() []byte {
	m := &Mapping{Source: p.Frame.Tool.Name}
	for i := range p.Fates {
		fate := &p.Fates[i]
		to := dropped
		if len(fate.To) > 0 {
			to = strings.TrimSuffix(strings.Split(fate.To[0], " #")[0], " ")
		} else if fate.Column.Role != Answer && fate.Column.Role != Personal {
			continue
		}
		m.Columns = append(m.Columns, MappedColumn{fate.Column.Key, to})
		it := fate.place.item
		if it == nil || it.kind != takesCode {
			continue
		}
		for _, s := range p.Frame.Profiles[fate.Column.At].Values.order {
			if p.Frame.Profiles[fate.Column.At].Values.more || p.reason(s) != table.Answered {
				break
			}
			switch found := it.answers.of(s); found.sure {
			case isKnown, isGuessed:
				m.Labels = append(m.Labels, MappedLabel{Item: it.id, Label: s, Code: found.code})
			case isUnknown:
				m.Labels = append(m.Labels, MappedLabel{Item: it.id, Label: s, Missing: table.Invalid})
			case isMissing:
				m.Labels = append(m.Labels, MappedLabel{Item: it.id, Label: s, Missing: found.reason})
			}
		}
	}
	return m.YAML([]string{"What the columns and labels of this export are. Change what is wrong:", "a column goes to a column of the survey (osat, aspects_speed, problems_late) or to drop;", "a label to a code, or to {missing: reason}."})
}
