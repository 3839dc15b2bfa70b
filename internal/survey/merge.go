package survey

import (
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// add merges what the block adds into the tree of the definition and lays the
// whole out. The lines of the block stand behind those of the file, so that
// every node finds its own.
func (m *merger) add(file *source, b Block) ([]byte, diag.Phrase) {
	if kind := child(file.root, "kind"); kind != nil && kind.Value == ComplaintKind && !b.Forms {
		return nil, diag.Say("block %q belongs into a survey of customers, and %s is a form of complaint", b.Name, m.name)
	}
	head, comments, foot := file.attach()
	_, own, _ := b.file.attach()
	maps.Copy(comments, own)
	fragment := child(b.file.root, "survey")
	moveDown(fragment, len(file.lines))
	p := &parts{block: b, to: m.name, comments: comments, taken: namesOf(file.root), metrics: metricsOf(file.root)}
	if p.judge(fragment); !p.why.Empty() {
		return nil, p.why
	}
	p.drop(fragment)
	m.added += effortOf(child(fragment, "pages")) / itemsAMinute
	p.mapping(file.root, fragment, "")
	switch {
	case !p.why.Empty():
		return nil, p.why
	case p.n == 0:
		return nil, diag.Say("block %q adds nothing: %s asks all of it already", b.Name, m.name)
	}
	joined := &source{name: file.name, lines: slices.Concat(file.lines, b.file.lines), root: file.root}
	return joined.write(keyed(surveyKeys), head, comments, foot), diag.Phrase{}
}

// moveDown moves a tree down by so many lines.
func moveDown(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		moveDown(c, lines)
	}
}

// parts is one merge.
type parts struct {
	block    Block
	to       diag.Phrase
	taken    map[string]string // ids of the file -> where they stand
	metrics  map[string]string // metrics of the file -> the question
	comments map[*yaml.Node]around
	why      diag.Phrase // why it cannot be
	n        int         // entries added
}

// identified are the lists whose entries have ids.
var identified = []string{"pages", "hidden", "calculated", "derived", "analyses", "endings"}

// namesOf are the ids of a definition: those of columns by themselves, others with their list.
func namesOf(root *yaml.Node) map[string]string { return maps.Collect(idsOf(root)) }

// idsOf yields the ids of a definition with the list they stand in.
func idsOf(root *yaml.Node) iter.Seq2[string, string] {
	return func(yield func(id, list string) bool) {
		for _, list := range identified {
			for _, e := range entriesOf(child(root, list)) {
				if id := child(e, "id"); id != nil && !yield(kindOfID(list)+id.Value, list) {
					return
				}
				for _, q := range entriesOf(child(e, "questions")) {
					if id := child(q, "id"); id != nil && !yield(id.Value, "questions") {
						return
					}
				}
			}
		}
	}
}

// kindOfID tells names apart that do not clash: pages, analyses and endings are no columns.
func kindOfID(list string) string {
	switch list {
	case "pages", "analyses", "endings":
		return list + " "
	}
	return ""
}

// bare is the id itself.
func bare(id string) string { return id[strings.LastIndexByte(id, ' ')+1:] }

func entriesOf(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

// metricsOf are the metrics that questions are for, with the question.
func metricsOf(root *yaml.Node) map[string]string {
	out := map[string]string{}
	for _, page := range entriesOf(child(root, "pages")) {
		for _, q := range entriesOf(child(page, "questions")) {
			metric, t, id := child(q, "metric"), child(q, "type"), child(q, "id")
			switch {
			case id == nil:
			case metric != nil:
				out[metric.Value] = id.Value
			case t != nil && t.Value == string(NPS):
				out["nps"] = id.Value
			}
		}
	}
	return out
}

// judge finds metrics and names that both have. Where the file has another
// question of the metric of a shared one, that question takes its place.
func (p *parts) judge(fragment *yaml.Node) {
	for metric, question := range metricsOf(fragment) {
		first, taken := p.metrics[metric]
		switch {
		case !taken || p.shared(question, "questions"):
		case slices.ContainsFunc(p.block.Shared, func(g []string) bool { return g[0] == question }):
			p.taken[question] = "questions"
			replace(child(fragment, "analyses"), question, first)
		default:
			p.why = diag.Say("block %q does not fit: %s asks %s already, in question %q", p.block.Name, p.to, metric, first)
			return
		}
	}
	for id, list := range idsOf(fragment) {
		if _, taken := p.taken[id]; taken && !p.shared(id, list) {
			p.why = diag.Say("block %q does not fit: %s has %q already, under %s", p.block.Name, p.to, bare(id), p.taken[id])
			return
		}
	}
}

// replace writes another name wherever the plain value is the one.
func replace(n *yaml.Node, one, other string) {
	if n == nil {
		return
	}
	if n.Kind == yaml.ScalarNode && n.Value == one {
		n.Value = other
	}
	for _, c := range n.Content {
		replace(c, one, other)
	}
}

// shared reports whether a column of the block is left out because the file has it, or what it is for.
func (p *parts) shared(id, list string) bool {
	for _, group := range p.block.Shared {
		if slices.Contains(group, id) && p.taken[group[0]] != "" && (id != group[0] || p.taken[id] == list) {
			return true
		}
	}
	return false
}

// drop takes out of the block what the file has already, and pages that stay empty.
func (p *parts) drop(fragment *yaml.Node) {
	without := func(n *yaml.Node, list string) {
		if n != nil {
			n.Content = slices.DeleteFunc(n.Content, func(e *yaml.Node) bool { return p.shared(child(e, "id").Value, list) })
		}
	}
	without(child(fragment, "calculated"), "calculated")
	pages := child(fragment, "pages")
	if pages == nil {
		return
	}
	for _, page := range pages.Content {
		without(child(page, "questions"), "questions")
	}
	pages.Content = slices.DeleteFunc(pages.Content, func(page *yaml.Node) bool { return len(child(page, "questions").Content) == 0 })
	if simulate := child(fragment, "simulate"); simulate != nil {
		for _, n := range simulate.Content {
			p.forget(n)
		}
	}
}

// forget takes what is said of columns out that the file does not get.
func (p *parts) forget(n *yaml.Node) {
	for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); {
		if id := n.Content[i].Value; p.shared(id, "questions") {
			n.Content = slices.Delete(n.Content, i, i+2)
		} else {
			i += 2
		}
	}
}

// mapping adds the keys of a mapping of the block to one of the file. path is
// the key it stands behind, "" at the top.
func (p *parts) mapping(into, from *yaml.Node, path string) {
	for c := range slices.Chunk(from.Content, 2) {
		name, value := c[0], c[1]
		if value.Kind != yaml.ScalarNode && len(value.Content) == 0 { // all of it is there
			continue
		}
		below := path
		if path == "" {
			below = name.Value
		}
		switch have := child(into, name.Value); {
		case have == nil:
			into.Content = append(into.Content, name, value)
			p.n++
			if path == "" {
				p.apart(name)
			}
		case sameTree(have, value):
		case have.Kind == yaml.MappingNode && value.Kind == yaml.MappingNode && path != "scales": // a scale is one thing
			p.mapping(have, value, below)
		case have.Kind == yaml.SequenceNode && value.Kind == yaml.SequenceNode:
			p.list(have, value, name.Value)
		case below == "simulate": // what the file says stays
		default:
			p.why = diag.Say("block %q does not fit: %s has %q already, under %s", p.block.Name, p.to, name.Value, below)
		}
	}
}

// apart sets a new key of the definition apart by a blank line.
func (p *parts) apart(name *yaml.Node) {
	a := p.comments[name]
	if len(a.head) == 0 || a.head[0] != "" {
		a.head = slices.Insert(a.head, 0, "")
		p.comments[name] = a
	}
}

// personal are the pages of questions about the respondent, which stay last.
var personal = []string{"you", "about_you"}

// list adds the entries of a list of the block: pages before that of personal
// questions, others at the end, plain values that are there once only.
func (p *parts) list(into, from *yaml.Node, name string) {
	at := len(into.Content)
	if name == "pages" {
		if i := slices.IndexFunc(into.Content, func(n *yaml.Node) bool {
			id := child(n, "id")
			return id != nil && slices.Contains(personal, id.Value)
		}); i >= 0 {
			at = i
		}
	}
	for _, e := range from.Content {
		if e.Kind == yaml.ScalarNode && slices.ContainsFunc(into.Content, func(n *yaml.Node) bool { return n.Value == e.Value }) {
			continue
		}
		into.Content = slices.Insert(into.Content, at, e)
		at++
		p.n++
	}
}

// effortOf is how many ratings the pages of a block are worth, as Length counts.
func effortOf(pages *yaml.Node) float64 {
	sum := 0.0
	for _, page := range entriesOf(pages) {
		for _, q := range entriesOf(child(page, "questions")) {
			n := 1.0
			for _, key := range []string{"rows", "features", "items"} {
				n = math.Max(n, float64(len(entriesOf(child(q, key)))))
			}
			switch t := child(q, "type"); Type(t.Value) {
			case KanoPairs, MatrixDual, LongText, ShortText:
				n *= 2
			case Note:
				n = 0
			}
			if child(q, "show_if") != nil || child(page, "show_if") != nil {
				n /= 2
			}
			sum += n
		}
	}
	return sum
}
