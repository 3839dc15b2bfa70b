package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// flow is the page of the whole system, the pages of its months and quarters,
// and the evidence for an audit.
func (b *builder) flow() []*Page {
	if b.options.Service == nil || b.options.Service.Flow == nil {
		return nil
	}
	f := b.options.Service.Flow
	out := []*Page{b.flowPage(f)}
	out = append(out, b.periodPages(f)...)
	return append(out, b.evidencePage(f))
}

// flowTargets say where a box leads to: the first of these places that is there.
var flowTargets = map[string][]string{
	"record": {"complaints"}, "statistics": {"periods#months"}, "report": {"periods#months"}, "management": {"periods#quarters"},
	"assign": {"actions", "loop"}, "solve": {"actions#overdue", "actions", "loop"}, "effect": {"actions#effect", "actions", "loop"}, "good": {"actions#effect", "actions", "loop"}, "close": {"actions#done", "actions", "loop"},
	"answers": {"sample", "index"}, "process": {"questions"}, "paper": {"index"}, "brief": {"priorities#weak-items", "priorities"},
	"find": {"topics", "topic-", "priorities"}, "evaluate": {"actions#effect", "actions", "trend"}, "plan": {"actions#open", "actions", "loop"},
}

// flowPage draws both lanes with their counts.
func (b *builder) flowPage(f *service.Flow) *Page {
	page := &Page{Name: "flow", Title: b.say("page.flow"), Kicker: b.say("flow.kicker", "as_of", b.options.AsOf), Heading: b.flowHeading(f)}
	page.Sections = []Section{
		{ID: "flow", Blocks: []Block{{Figure: b.flowFigure(f)}}},
		{ID: "boxes", Title: b.say("flow.boxes"), Blocks: []Block{{Text: b.say("flow.boxes_text")}, {Table: b.flowTable(f)}, {Note: b.say("flow.note", "days", f.CloseDays)}}},
	}
	return page
}

// flowHeading says where the flow stands still.
func (b *builder) flowHeading(f *service.Flow) string {
	late := []string{}
	for _, x := range f.Boxes {
		if x.Late > 0 {
			late = append(late, b.say("flow.heading_"+x.ID, "n", x.Late, "count", count(x.Late)))
		}
	}
	if len(late) == 0 {
		return b.say("flow.heading_clear")
	}
	started := func(x *service.FlowBox) bool { return (x.ID == "assign" || x.ID == "find") && x.N > 0 }
	if !slices.ContainsFunc(f.Boxes, started) {
		return b.say("flow.heading_idle", "what", b.join(late))
	}
	return b.say("flow.heading", "what", b.join(late))
}

func (b *builder) flowName(id string) string { return b.say("flow.box." + id) }

// flowFigure is both lanes with the decision and the loops.
func (b *builder) flowFigure(f *service.Flow) *chart.Figure {
	title := b.say("flow.title_clear")
	if worst := flowWorst(f); worst != nil {
		title = b.say("flow.title", "box", b.flowName(worst.ID), "n", worst.Late, "count", count(worst.Late))
	}
	fig := &chart.Figure{
		ID: "flow", Kind: chart.Flow, Lang: b.lang, Title: title, Note: b.say("flow.figure_note"), Words: b.chartWords(b.say("flow.step")),
		Columns: []chart.Column{
			{ID: "n", Label: b.say("flow.n"), Role: chart.Value, Format: whole},
			{ID: "late", Label: b.say("flow.late"), Role: chart.Late, Format: whole},
		},
	}
	for _, x := range f.Boxes {
		row := chart.Row{Node: x.ID, Label: b.flowName(x.ID), Series: b.say("flow.lane." + x.Lane), Cells: []float64{float64(x.N), float64(x.Late)}, Detail: b.flowDetail(x), Decides: x.ID == "good"}
		if row.Decides {
			row.Detail = b.say("flow.verdicts", "yes", count(f.Good.Yes), "no", count(f.Good.No))
		}
		row.Strong = x.ID == "close"
		fig.Rows = append(fig.Rows, row)
	}
	for _, way := range flowWays {
		from, to := way[0], way[1]
		if !slices.ContainsFunc(f.Boxes, func(x *service.FlowBox) bool { return x.ID == from }) {
			continue
		}
		row := chart.Row{From: from, To: to, Label: b.flowName(from) + " → " + b.flowName(to), Cells: []float64{math.NaN(), math.NaN()}}
		if way[2] != "" {
			row.Short, row.Cells[0] = b.say("flow."+way[2]), float64(map[string]int{"yes": f.Good.Yes, "no": f.Good.No, "again": f.Improved.No}[way[2]])
		}
		fig.Rows = append(fig.Rows, row)
	}
	return fig
}

// flowWays are the arrows, with the word on them.
var flowWays = [][3]string{
	{"record", "statistics", ""},
	{"statistics", "report", ""},
	{"report", "management", ""},
	{"management", "assign", ""},
	{"assign", "solve", ""},
	{"solve", "effect", ""},
	{"effect", "good", ""},
	{"good", "close", "yes"},
	{"good", "assign", "no"},
	{"answers", "process", ""},
	{"process", "paper", ""},
	{"paper", "brief", ""},
	{"brief", "find", ""},
	{"find", "evaluate", ""},
	{"evaluate", "plan", ""},
	{"plan", "find", "again"},
}

// flowWorst is the box with the most that is late, nil where nothing is.
func flowWorst(f *service.Flow) *service.FlowBox {
	var worst *service.FlowBox
	for _, x := range f.Boxes {
		if x.Late > 0 && (worst == nil || x.Late > worst.Late) {
			worst = x
		}
	}
	return worst
}

// flowDetail is what a box consists of: its counts, or what is done in it.
func (b *builder) flowDetail(x *service.FlowBox) string {
	var parts []string
	for _, p := range x.Parts {
		if p.N == 0 {
			continue
		}
		parts = append(parts, b.say("flow.part."+p.ID, "n", p.N, "count", count(p.N)))
	}
	switch x.ID {
	case "statistics", "process":
		parts = append(parts, b.say("flow.does."+x.ID))
	}
	return strings.Join(parts, b.say("flow.between"))
}

// flowTable lists the boxes with the way to what they count.
func (b *builder) flowTable(f *service.Flow) *Table {
	t := &Table{ID: "flow-table", Caption: b.say("flow.caption"), Head: []string{b.say("flow.step"), b.say("flow.counts"), b.say("flow.n"), b.say("flow.late"), b.say("flow.detail")}}
	lane := ""
	for _, x := range f.Boxes {
		if x.Lane != lane {
			lane = x.Lane
			t.Rows = append(t.Rows, Row{Label: b.say("flow.lane." + lane)})
		}
		late := Cell{Text: "0", Tone: "quiet"}
		if x.Late > 0 {
			late = Cell{Text: count(x.Late), Tone: "bad"}
		}
		detail := b.flowDetail(x)
		if x.ID == "good" {
			detail = b.say("flow.verdicts", "yes", count(f.Good.Yes), "no", count(f.Good.No))
		}
		t.Rows = append(t.Rows, Row{Label: b.flowName(x.ID), Cells: []Cell{{Text: b.say("flow.means." + x.ID), Tone: "text"}, {Text: count(x.N)}, late, {Text: detail, Tone: "text"}}})
	}
	return t
}

// linkFlow gives the boxes their ways, and fills the page of evidence, once every
// page of the report is known.
func (b *builder) linkFlow() {
	i := slices.IndexFunc(b.report.Pages, func(p *Page) bool { return p.Name == "flow" })
	if i < 0 {
		return
	}
	page := b.report.Pages[i]
	if k := slices.IndexFunc(b.report.Pages, func(p *Page) bool { return p.Name == "evidence" }); k >= 0 {
		b.fillEvidence(b.report.Pages[k], b.options.Service.Flow)
	}
	boxes := map[string]string{}
	for id := range flowTargets {
		boxes[id] = b.placeOf(flowTargets[id])
	}
	fig, names := page.Sections[0].Blocks[0].Figure, map[string]string{}
	for k := range fig.Rows {
		if r := &fig.Rows[k]; r.Node != "" {
			r.Href = boxes[r.Node]
			names[r.Series+"\x00"+r.Label] = r.Href
		}
	}
	lane := ""
	rows := page.Sections[1].Blocks[1].Table.Rows
	for k := range rows {
		if rows[k].Cells == nil {
			lane = rows[k].Label
			continue
		}
		rows[k].Href = names[lane+"\x00"+rows[k].Label]
	}
}

// placeOf is the address of the first place that the report has: a page, a page
// and one of its sections, or the first page whose name begins so.
func (b *builder) placeOf(wanted []string) string {
	for _, w := range wanted {
		name, section, _ := strings.Cut(w, "#")
		for _, p := range b.report.Pages {
			if p.Name != name && !(strings.HasSuffix(name, "-") && strings.HasPrefix(p.Name, name)) {
				continue
			}
			if section == "" {
				return p.Name + ".html"
			}
			if slices.ContainsFunc(p.Sections, func(s Section) bool { return s.ID == section }) {
				return p.Name + ".html#" + section
			}
		}
	}
	return ""
}
