package importer

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"manyi/internal/importer/draft"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Limits of a drafted survey.
const (
	mostOptions  = 30 // of a choice
	perPage      = 12 // columns of a page
	idLimit      = 32
	mostSegments = 4
)

// drafter guesses a survey from an export.
type drafter struct {
	frame   *Frame
	survey  *draft.Survey
	mapping *Mapping
	ids     map[string]bool
	plain   bool // ids are numbers of columns
	shipped map[string]*survey.Scale
	scales  map[string]string // labels of a scale of the draft's own -> its id
	lang    string
	rated   []string          // columns on ordinal scales, for the index
	overall string            // the column about everything
	rows    []string          // rated columns beside it
	titles  map[string]string // of questions, by id
}

// DraftOptions say how a survey is drafted.
type DraftOptions struct {
	ID     string
	Title  string   // "" is the id
	Lang   string   // of the survey; "" is that of the titles
	Keep   []string // personal columns that become hidden ones, by key
	Plain  bool     // ids are numbers of columns
	Scales map[string]*survey.Scale
}

// Draft guesses a survey from an export: types, scales, options, segments and
// likely analyses, each guess with its reason. The mapping leads the same
// export, and newer ones, into it.
func Draft(f *Frame, opt DraftOptions) (*draft.Survey, *Mapping) {
	d := &drafter{
		frame: f, plain: opt.Plain, ids: map[string]bool{}, titles: map[string]string{}, shipped: opt.Scales, scales: map[string]string{}, lang: cmp.Or(opt.Lang, f.language()),
		mapping: &Mapping{Source: f.Tool.Name},
	}
	d.survey = &draft.Survey{
		ID: opt.ID, Languages: []string{d.lang}, Title: draft.Plain(cmp.Or(opt.Title, opt.ID)),
		Notes: []string{
			fmt.Sprintf("Drafted from an export of %s: %d columns, %d rows. Every guess is marked with its reason.", f.Tool.Title, len(f.Columns), f.Rows),
			"Ids are columns of the data: rename them before the first report is shared, and in imports/ as well.",
		},
	}
	groups := members(f.Columns)
	for i := range f.Columns {
		c := &f.Columns[i]
		if c.Role != Answer {
			if c.Role == Personal && slices.ContainsFunc(opt.Keep, func(k string) bool { return fold(k) == fold(c.Key) || fold(k) == fold(c.Title) }) {
				d.keep(c)
			}
			continue
		}
		if c.Coding == WriteIn && d.beside(c) {
			continue
		}
		if c.Group > 0 {
			if group := groups[c.Group-1]; group[0] == c {
				d.group(group)
			}
			continue
		}
		d.single(c)
	}
	d.analyses()
	d.mapping.index()
	return d.survey, d.mapping
}

// beside takes a column as the text beside the Other of the question before it.
func (d *drafter) beside(c *Column) bool {
	if len(d.survey.Pages) == 0 {
		return false
	}
	last := &d.survey.Pages[len(d.survey.Pages)-1]
	q := &last.Questions[len(last.Questions)-1]
	if c.Group > 0 && len(members(d.frame.Columns)[c.Group-1]) > 1 || q.Type != "single_choice" || d.titles[q.ID] != c.Title {
		return false
	}
	for i := range q.Options {
		o := &q.Options[i]
		if isOther(o.Label[""]) {
			o.WriteIn = true
			d.maps(c, q.ID+"_"+o.Code+"_text")
			return true
		}
	}
	return false
}

// keep takes a personal column as a hidden one that no report shows.
func (d *drafter) keep(c *Column) {
	id := d.fresh(columnID(c.Title, "kept"+strconv.Itoa(c.At+1)))
	d.survey.Hidden = append(d.survey.Hidden, draft.Hidden{ID: id, Label: draft.Plain(title(c)), PII: true, Notes: []string{d.note("kept on demand; it tells who answered", "按要求保留；可识别答题者身份")}})
	d.maps(c, id)
}

// language is the one most of the titles are written in, as far as can be seen.
func (f *Frame) language() string {
	han, all := 0, 0
	for _, c := range f.Columns {
		if c.Role != Answer {
			continue
		}
		for _, r := range c.Title + c.Part {
			all++
			if r >= 0x4e00 && r <= 0x9fff {
				han++
			}
		}
	}
	if 5*han > all {
		return "zh-CN"
	}
	return "en"
}

// note says a reason in the language of the survey.
func (d *drafter) note(english, chinese string) string {
	if d.lang == "zh-CN" {
		return "guessed: " + chinese
	}
	return "guessed: " + english
}

// put adds a question to the last page, or begins a new one.
func (d *drafter) put(q draft.Question, columns int) {
	pages := d.survey.Pages
	if n := len(pages); n == 0 || len(pages[n-1].Questions) > 0 && len(pages[n-1].Questions)+columns > perPage {
		d.survey.Pages = append(pages, draft.Page{ID: d.fresh("p" + strconv.Itoa(n+1))})
	}
	last := &d.survey.Pages[len(d.survey.Pages)-1]
	last.Questions = append(last.Questions, q)
}

var idForm = regexp.MustCompile(`[^A-Za-z0-9_]+`)

// columnID makes a column id of a text, or takes other.
func columnID(s, other string) string {
	s = strings.Trim(idForm.ReplaceAllString(s, "_"), "_")
	for s != "" && !(s[0] >= 'A' && s[0] <= 'Z' || s[0] >= 'a' && s[0] <= 'z') {
		s = strings.TrimLeft(s[1:], "_")
	}
	if s == "" || len(s) > 20 {
		return other
	}
	return s
}

// fresh is an id that nothing has yet.
func (d *drafter) fresh(id string) string {
	id = id[:min(len(id), idLimit)]
	out := id
	for n := 2; d.ids[strings.ToLower(out)]; n++ {
		tail := "x" + strconv.Itoa(n) // with _ it could be a part of a question
		out = id[:min(len(id), idLimit-len(tail))] + tail
	}
	d.ids[strings.ToLower(out)] = true
	return out
}

// id is the id of a question: its code in the tool, else its number.
func (d *drafter) id(c *Column) string {
	name := c.Code
	if d.plain {
		return d.fresh("q" + strconv.Itoa(c.At+1))
	}
	if name == "" && len(c.Title) <= 20 && plainASCII(c.Title) && !strings.Contains(c.Title, " ") {
		name = c.Title
	}
	return d.fresh(columnID(name, "q"+strconv.Itoa(c.At+1)))
}

func (d *drafter) maps(c *Column, to string) {
	d.ids[strings.ToLower(to)] = true
	d.mapping.Columns = append(d.mapping.Columns, MappedColumn{c.Key, to})
}

func (d *drafter) says(item, label, code string, reason table.Reason) {
	d.mapping.Labels = append(d.mapping.Labels, MappedLabel{Item: item, Label: label, Code: code, Missing: reason})
}

func title(c *Column) string {
	s := strip(c.Title)
	if s == "" {
		s = c.Code
	}
	if s == "" {
		s = c.Key
	}
	if utf8.RuneCountInString(s) > 500 {
		s = string([]rune(s)[:500]) + "…"
	}
	return s
}

// group drafts a question of several columns.
func (d *drafter) group(group []*Column) {
	ticks := slices.ContainsFunc(group, func(c *Column) bool { return c.Coding == Tick })
	ranks := !slices.ContainsFunc(group, func(c *Column) bool { return c.Coding != RankAt })
	var rows []*Column
	for _, c := range group {
		if c.Coding == Single && d.frame.Profiles[c.At].Filled > 0 {
			rows = append(rows, c)
		}
	}
	switch {
	case ticks:
		d.ticks(group)
		return
	case ranks:
		d.rankAt(group)
		return
	case len(rows) >= 2 && d.matrix(group, rows):
		return
	}
	for _, c := range group {
		d.single(c)
	}
}

// ticks drafts a multiple choice whose options are columns.
func (d *drafter) ticks(group []*Column) {
	q := draft.Question{ID: d.id(group[0]), Type: "multiple_choice", Text: draft.Plain(title(group[0]))}
	if group[0].Title == "" {
		q.Text = draft.Plain(d.word("Which of these?", "以下哪些？"))
		q.Notes = append(q.Notes, d.note("the export has the options side by side and no title; write the question", "导出文件中各选项并列且没有题目，请补写题目"))
	}
	q.Notes = append(q.Notes, d.note("each column says whether its option was chosen", "每列说明该选项是否被选中"))
	codes := map[string]string{}
	other := ""
	for _, c := range group {
		label := cmp.Or(c.Part, c.PartCode)
		if c.Coding == WriteIn {
			if code := cmp.Or(codes[loose(label)], other); code != "" {
				d.writeIn(&q, code)
				d.maps(c, q.ID+"_"+code+"_text")
				continue
			}
			code := d.option(&q, c, label)
			d.writeIn(&q, code)
			d.maps(c, q.ID+"_"+code+"_text")
			continue
		}
		code := d.option(&q, c, label)
		codes[loose(label)] = code
		if isOther(label) {
			other = code
		}
		d.maps(c, q.ID+"_"+code)
	}
	d.put(q, 1)
}

// option adds an option to a question and returns its code.
func (d *drafter) option(q *draft.Question, c *Column, label string) string {
	code := strconv.Itoa(len(q.Options) + 1)
	if s := c.PartCode; s != "" && len(s) <= 12 && idForm.FindString(s) == "" && !slices.ContainsFunc(q.Options, func(o draft.Option) bool { return strings.EqualFold(o.Code, s) }) {
		code = s
	}
	q.Options = append(q.Options, draft.Option{Code: code, Label: draft.Plain(label)})
	return code
}

func (d *drafter) writeIn(q *draft.Question, code string) {
	for i := range q.Options {
		if q.Options[i].Code == code {
			q.Options[i].WriteIn = true
		}
	}
}

// rankAt drafts a ranking from columns that hold the item at each rank.
func (d *drafter) rankAt(group []*Column) {
	q := draft.Question{ID: d.id(group[0]), Type: "ranking", Text: draft.Plain(title(group[0])), Notes: []string{d.note("the columns are ranks", "各列为名次")}}
	var items tallied
	for _, c := range group {
		for _, s := range d.frame.Profiles[c.At].Values.order {
			items.add(s, mostOptions)
		}
	}
	for i, s := range items.order {
		q.Items = append(q.Items, draft.Row{ID: "i" + strconv.Itoa(i+1), Label: draft.Plain(s)})
	}
	for _, c := range group {
		d.maps(c, q.ID)
	}
	if len(q.Items) >= 2 {
		d.put(q, 1)
	}
}

// matrix drafts a question with rows, where all rows share one scale.
func (d *drafter) matrix(group, rows []*Column) bool {
	var all Profile
	for _, c := range rows {
		all.merge(&d.frame.Profiles[c.At])
	}
	q := draft.Question{ID: d.id(group[0]), Type: "matrix", Text: draft.Plain(title(group[0]))}
	last := d.scale(&q, &all, q.ID, q.Text[""])
	if last == "" {
		delete(d.ids, strings.ToLower(q.ID))
		return false
	}
	for _, c := range group {
		if c.Coding == WriteIn || d.frame.Profiles[c.At].Filled == 0 {
			d.single(c)
			continue
		}
		row := "r" + strconv.Itoa(len(q.Rows)+1)
		q.Rows = append(q.Rows, draft.Row{ID: row, Label: draft.Plain(cmp.Or(c.Part, c.PartCode))})
		d.maps(c, q.ID+"_"+row)
		if last == "ordinal" && d.satisfies(&q) {
			d.rated = append(d.rated, q.ID+"_"+row)
			d.rows = append(d.rows, q.ID+"_"+row)
		}
		for _, l := range d.mapping.Labels {
			if l.Item == q.ID {
				d.says(q.ID+"_"+row, l.Label, l.Code, l.Missing)
			}
		}
	}
	d.mapping.Labels = slices.DeleteFunc(d.mapping.Labels, func(l MappedLabel) bool { return l.Item == q.ID })
	d.put(q, len(q.Rows))
	return true
}

// merge adds the values of another profile.
func (p *Profile) merge(o *Profile) {
	if o.Numbers > 0 {
		if p.Numbers == 0 {
			p.Low, p.High = o.Low, o.High
		}
		p.Low, p.High = math.Min(p.Low, o.Low), math.Max(p.High, o.High)
	}
	p.Filled, p.Numbers, p.Whole = p.Filled+o.Filled, p.Numbers+o.Numbers, p.Whole+o.Whole
	p.Longest = max(p.Longest, o.Longest)
	p.Values.more = p.Values.more || o.Values.more
	for _, s := range o.Values.order {
		p.Values.add(s, valueLimit)
		if have, ok := p.Values.count[s]; ok {
			p.Values.count[s] = have + o.Values.count[s] - 1
		}
	}
}

func (d *drafter) word(english, chinese string) string {
	if d.lang == "zh-CN" {
		return chinese
	}
	return english
}
