package importer

import (
	"slices"
	"strconv"
	"strings"

	"manyi/internal/table"
)

// Role is what a column of an export is.
type Role uint8

// The roles.
const (
	Answer    Role = iota
	ID             // of the response
	Submitted      // when it was sent; empty: it is a partial
	Started        // when it was begun
	Seconds        // how long it took
	Finished       // whether it is complete
	Language       // in which it was answered
	Personal       // tells who answered: dropped unless it is kept
	Technical      // of the tool, not of the survey
	Empty          // neither a header nor a cell
)

var roleNames = [...]string{"answer", "id", "submitted", "started", "seconds", "finished", "language", "personal", "technical", "empty"}

func (r Role) String() string { return roleNames[r] }

// Coding is how the cells of an answer stand for codes.
type Coding uint8

// The codings.
const (
	Single  Coding = iota
	Joined         // several labels or codes in a cell, separated by Column.Separator
	Tick           // one option of several: the cell says whether it was chosen
	WriteIn        // the text beside an option
	Ordered        // a ranking in one cell, first to last
	RankAt         // the item at the rank that is Column.Part
)

// Column is one column of an export.
type Column struct {
	At        int
	Headers   []string // as in the file, top to bottom
	Key       string   // names the column in a mapping; unlike any other of the file
	Code      string   // of the question, "" without
	Title     string   // of the question, "" without
	Part      string   // the label of the row or the option, "" without
	PartCode  string
	Aliases   []string // other names of it, by which it may be known
	Role      Role
	Coding    Coding
	Separator string
	Kept      string // metadata of ours under this key
	Group     int    // columns of one question share it; 0: alone
}

// name is what a person calls the column.
func (c *Column) name() string {
	title := c.Title
	if title == "" {
		title = c.Code
	}
	if c.Part != "" && title != "" {
		return title + " · " + c.Part
	}
	if c.Part != "" {
		return c.Part
	}
	if title == "" {
		return c.Key
	}
	return title
}

// Frame is an export as its tool means it.
type Frame struct {
	Tool     *Tool
	Columns  []Column
	Profiles []Profile
	Header   int // rows of the header
	Rows     int
	file     *file
}

// heads are the headers of the first row.
func (f *Frame) heads() []string {
	var out []string
	for i := range f.Columns {
		out = append(out, f.Columns[i].Headers[0])
	}
	return out
}

// keyLimit is the longest key, in characters: YAML takes no more than 1,024 bytes.
const keyLimit = 200

// keyed gives every column a key of its own.
func keyed(columns []Column) {
	seen := map[string]int{}
	for i := range columns {
		c := &columns[i]
		c.At = i
		key := ""
		for _, h := range c.Headers {
			if h = strings.TrimSpace(h); h != "" && !strings.Contains(h, "ImportId") {
				key = h
				break
			}
		}
		if len(c.Headers) == 2 && c.Headers[1] != "" && c.Part != "" {
			key = c.name()
		}
		if key == "" {
			key = "column " + strconv.Itoa(i+1)
		}
		if r := []rune(key); len(r) > keyLimit {
			key = string(r[:keyLimit]) + "…"
		}
		seen[key]++
		if n := seen[key]; n > 1 {
			key += " (" + strconv.Itoa(n) + ")"
		}
		c.Key = key
	}
}

// grouped gives neighbouring columns with one title, and parts, one group.
func grouped(columns []Column) {
	next := 0
	for i := range columns {
		c := &columns[i]
		if c.Role != Answer || c.Part == "" && c.PartCode == "" || c.Group > 0 {
			continue
		}
		if i > 0 {
			if p := &columns[i-1]; p.Group > 0 && p.Title == c.Title && p.Code == c.Code {
				c.Group = p.Group
				continue
			}
		}
		next++
		c.Group = next
	}
}

// members are the columns of each group, in their order.
func members(columns []Column) [][]*Column {
	var out [][]*Column
	for i := range columns {
		c := &columns[i]
		if c.Role != Answer || c.Group == 0 {
			continue
		}
		for len(out) < c.Group {
			out = append(out, nil)
		}
		out[c.Group-1] = append(out[c.Group-1], c)
	}
	return out
}

// yes and no are what a cell says of an option that was chosen, or not.
var (
	yes = []string{"1", "y", "yes", "true", "ja", "oui", "sí", "si", "sim", "是", "✓", "√", "x", "是的", "选中", "已选"}
	no  = []string{"0", "n", "no", "false", "nein", "non", "não", "否", "不是", "未选", "2"}
)

// settle decides what the data alone can tell: which groups are options to
// tick, which cells hold several answers, which columns are personal.
func (f *Frame) settle() {
	for i := range f.Columns {
		c := &f.Columns[i]
		if i >= len(f.Profiles) {
			continue
		}
		p := &f.Profiles[i]
		switch {
		case strings.TrimSpace(strings.Join(c.Headers, "")) == "" && p.Filled == 0:
			c.Role = Empty
		case c.Role == Answer && (personalTitle(c) || p.personal()):
			c.Role = Personal
		case c.Role == Answer && c.Coding == Single && c.Part == "":
			if s := p.joined(f.Tool.joins); s != "" {
				c.Coding, c.Separator = Joined, s
			}
		}
	}
	for _, group := range members(f.Columns) {
		f.settleGroup(group)
	}
}

// settleGroup finds a group that is one multiple choice: each column holds
// nothing but its own label, or words of yes and no, or a text of its own.
func (f *Frame) settleGroup(group []*Column) {
	if f.constant(group) {
		for _, c := range group {
			if c.Coding == Single {
				c.Coding = Tick
			}
		}
		return
	}
	ticks := 0
	for _, c := range group {
		if c.Coding != Single {
			continue
		}
		switch p := &f.Profiles[c.At]; {
		case p.Filled == 0 || p.ticks(c.Part, f.Tool.missing):
			ticks++
		case isOther(c.Part) || isOther(c.PartCode):
		default:
			return
		}
	}
	if ticks == 0 || !slices.ContainsFunc(group, func(c *Column) bool { return f.Profiles[c.At].Filled > 0 }) {
		return
	}
	for _, c := range group {
		p := &f.Profiles[c.At]
		switch {
		case c.Coding != Single:
		case p.Filled == 0 && isOther(c.Part) || !p.ticks(c.Part, f.Tool.missing):
			c.Coding = WriteIn
		default:
			c.Coding = Tick
		}
	}
}

// constant reports whether each column of a group only ever says one thing, by
// many respondents: it is an option under another word, or its number.
func (f *Frame) constant(group []*Column) bool {
	const fewest = 10
	filled, columns := 0, 0
	for _, c := range group {
		if c.Coding != Single {
			continue
		}
		p := &f.Profiles[c.At]
		different := 0
		for _, s := range p.Values.order {
			if f.Tool.missing[fold(s)] == table.Answered {
				different++
				filled += p.Values.count[s]
			}
		}
		if different > 1 || p.Values.more {
			return false
		}
		columns += different
	}
	return columns >= 2 && f.Rows >= fewest && filled >= 3*columns
}

// isOther reports whether a label stands for what is not listed.
func isOther(label string) bool {
	switch label = strings.Trim(fold(label), " :：."); label {
	case "other", "others", "其他", "其它", "andere", "sonstiges", "otro", "otra", "otros", "autre", "outro", "-oth-":
		return true
	}
	return strings.HasPrefix(label, "other (") || strings.HasPrefix(label, "other, ") || strings.HasPrefix(label, "other:") ||
		strings.HasPrefix(label, "其他(") || strings.HasPrefix(label, "其它(") || strings.HasPrefix(label, "其他,") || strings.HasPrefix(label, "other please")
}
