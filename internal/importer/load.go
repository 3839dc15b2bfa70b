package importer

import (
	"strings"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// headRows is how many rows are looked at to recognise a tool.
const headRows = 8

// Load looks at an export as a whole: which tool wrote it, what each column
// is, what its cells have in common. It is nil where the file cannot be read;
// problems say why. tool is a name of ToolNames, or "" to recognise it.
func Load(source table.Source, tool string, problems *diag.List) (*Frame, error) {
	f, ok, err := open(source, problems)
	if err != nil || !ok {
		return nil, err
	}
	var quiet diag.List // told once, by the whole look
	head, err := f.head(headRows, &quiet)
	if err != nil {
		return nil, err
	}
	if len(head) == 0 {
		problems.Merge(&quiet)
		if !problems.Has(diag.Error) {
			problems.Add(diag.Problem{Severity: diag.Error, Code: "empty-file", Place: diag.Place{File: source.Name}, Summary: diag.Say("the export is empty"), Cure: diag.Say("export it again")})
		}
		return nil, nil
	}
	out := &Frame{file: f}
	out.Tool, out.Header = recognise(head, tool)
	if f.isJSON() && tool == "" && out.Tool.Name == "table" {
		out.Tool, out.Header = recognise(head, "surveyjs")
	}
	out.Columns = out.Tool.columns(head[:out.Header])
	keyed(out.Columns)
	if err := out.look(problems); err != nil {
		return nil, err
	}
	if problems.Has(diag.Error) {
		return nil, nil
	}
	if out.Tool.Name == "typeform" {
		out.optionsAside()
	}
	out.settle()
	out.settleTimes()
	return out, nil
}

// look goes through all rows once.
func (f *Frame) look(problems *diag.List) error {
	f.Profiles = make([]Profile, len(f.Columns))
	row := 0
	err := f.file.each(problems, func(_ int, cells []string) bool {
		row++
		if row <= f.Header {
			return true
		}
		f.Rows++
		for i, cell := range cells {
			if cell != "" && i < len(f.Profiles) {
				f.Profiles[i].look(cell, f.joins(i))
			}
		}
		return true
	})
	return err
}

// joins are the separators that may join answers in a column.
func (f *Frame) joins(i int) []string {
	if c := &f.Columns[i]; c.Role == Answer && c.Part == "" && c.Coding == Single {
		return f.Tool.joins
	}
	return nil
}

// settleTimes takes a column of times for what it is called only where it holds times.
func (f *Frame) settleTimes() {
	for i := range f.Columns {
		c := &f.Columns[i]
		p := &f.Profiles[i]
		if (c.Role == Submitted || c.Role == Started) && p.Filled > 0 && p.dates.seen == 0 {
			c.Role = Technical
		}
		if c.Role == ID && p.Filled > 0 && len(p.Values.order) < min(p.Filled, valueLimit) && !p.Values.more {
			c.Role = Technical // the same for several responses: it is no id of theirs
		}
	}
}

// column returns the first column of a role, nil without one.
func (f *Frame) column(role Role) *Column {
	for i := range f.Columns {
		if f.Columns[i].Role == role {
			return &f.Columns[i]
		}
	}
	return nil
}

// stem is the name of a file without folder and ending, fit for a file of ours.
func stem(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	if at := strings.LastIndex(name, "."); at > 0 {
		name = name[:at]
	}
	var b strings.Builder
	for _, c := range fold(name) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= 0x4e00 && c <= 0x9fff:
			b.WriteRune(c)
		default:
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
		}
	}
	out := strings.Trim(b.String(), "-")
	if r := []rune(out); len(r) > 60 {
		out = strings.Trim(string(r[:60]), "-")
	}
	return out
}
