package survey

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

func readPair(r *reader, n *yaml.Node) (out [2]string, ok bool) {
	if n.Kind != yaml.SequenceNode || len(n.Content) != 2 {
		r.fail(n, "wrong-type", diag.Say("write [from, to]"), diag.Say("a path must be two constructs"))
		return out, false
	}
	from, one := r.str(n.Content[0])
	to, two := r.str(n.Content[1])
	return [2]string{from, to}, one && two
}

// judgePathModel completes a path model: preset, constructs, arrows, target.
func (r *reader) judgePathModel(a *analysisDraft, into *Analysis) {
	d := a.model()
	found := len(r.problems.Problems())
	var known presetDraft
	if d.preset != nil {
		if !slices.Contains(r.presets(), d.Preset) {
			r.fail(d.preset, "unknown-word", didYouMean(d.Preset, r.presets()), diag.Say("unknown preset %q", shorten(d.Preset)))
			return
		}
		var ok bool
		if known, ok = r.preset(d.Preset); !ok || len(r.problems.Problems()) > found {
			return
		}
		d.Title, d.Source = known.title, known.source
	}
	d.Confirmed = d.own != nil || known.status == "published"
	d.Resamples, d.Seed = d.resamples, uint64(d.seed)
	r.judgeConstructs(a, d, known)
	r.judgeArrows(a, d, known)
	if len(r.problems.Problems()) > found && r.problems.Has(diag.Error) {
		return
	}
	r.judgeShape(a, d, known)
	if !d.Confirmed {
		r.report(diag.Problem{
			Severity: diag.Note, Code: "unconfirmed-paths", Place: r.place(d.preset),
			Summary: diag.Say("the arrows of preset %s are confirmed by no free source", d.Preset), Cure: diag.Say("hold them against the standard you use, and give paths: where they differ"),
		})
	}
	m := d.PathModel
	into.PathModel, into.Built = &m, into.Built && a.Built
}

// at is where a fault of the whole model is told.
func (a *analysisDraft) fault(r *reader, code string, cure, summary diag.Phrase) {
	r.report(diag.Problem{Code: code, Place: a.At, Summary: summary, Cure: cure})
}

// judgeConstructs gives the preset's constructs the author's items, in the
// order of the preset, then the author's own.
func (r *reader) judgeConstructs(a *analysisDraft, d *pathDraft, known presetDraft) {
	used := map[string]*yaml.Node{}
	for i := range d.constructs {
		r.judgeConstruct(a, &d.constructs[i], used)
	}
	names := func(c PathConstruct) string { return c.ID }
	for _, p := range known.constructs {
		i := slices.IndexFunc(d.constructs, func(c constructDraft) bool { return c.ID == p.ID })
		switch {
		case i >= 0:
			c := d.constructs[i].PathConstruct
			if len(c.Label) == 0 {
				c.Label = p.Label
			}
			d.Constructs = append(d.Constructs, c)
		case d.own == nil:
			a.fault(r, "missing-key", diag.Say("add it to constructs with its items, or give paths: without it"), diag.Say("construct %q of preset %s has no items", p.ID, d.Preset))
		}
	}
	for _, c := range d.constructs {
		if slices.ContainsFunc(known.constructs, func(p PathConstruct) bool { return p.ID == c.ID }) {
			continue
		}
		if d.preset != nil && d.own == nil {
			r.fail(c.at, "unknown-name", didYouMean(c.ID, mapped(known.constructs, names)), diag.Say("preset %s has no construct %q", d.Preset, shorten(c.ID)))
			continue
		}
		d.Constructs = append(d.Constructs, c.PathConstruct)
	}
	r.judgeDiagnostics(d)
}

func mapped[T any](list []T, name func(T) string) []string {
	var out []string
	for _, x := range list {
		out = append(out, name(x))
	}
	return out
}

// judgeConstruct checks the questions of one construct.
func (r *reader) judgeConstruct(a *analysisDraft, c *constructDraft, used map[string]*yaml.Node) {
	c.Formative = c.mode == "B"
	for _, n := range c.items {
		if first := used[n.Value]; first != nil {
			r.twice(n, r.place(first), "duplicate-id", diag.Say("an item measures one construct: delete one"), diag.Say("item %q stands in the model twice", shorten(n.Value)))
			continue
		}
		used[n.Value] = n
		if r.measures(a, n) {
			c.Items = append(c.Items, n.Value)
		}
	}
	if c.priced {
		c.Price = &PriceTolerance{c.rise.Value, c.cut.Value}
		for _, n := range []*yaml.Node{c.rise, c.cut} {
			r.judgePercent(a, n)
		}
	}
	for name, n := range c.given {
		if !slices.Contains(c.Items, name) && !(name == PriceItem && c.priced) {
			r.fail(n, "unknown-name", didYouMean(name, c.Items), diag.Say("construct %q has no item %q", c.ID, shorten(name)))
		}
	}
	want := slices.Clone(c.Items)
	if c.priced {
		want = append(want, PriceItem)
	}
	sum := 0.0
	for _, name := range want {
		w, ok := c.Weights[name]
		sum += w
		if c.given != nil && !ok {
			r.fail(c.tells, "missing-key", diag.Say("give a weight to every item, or none at all"), diag.Say("item %q of construct %q has no weight", name, c.ID))
		}
	}
	if c.given != nil && !(sum > 0) {
		r.fail(c.tells, "out-of-range", diag.Say("give one of them a weight above 0"), diag.Say("the weights of construct %q sum to 0", c.ID))
	}
}

// measures reports whether a column can be an item: rated, or a number with two bounds.
func (r *reader) measures(a *analysisDraft, n *yaml.Node) bool {
	c := r.def.column(n.Value)
	switch {
	case c == nil || c.role == silent:
		r.fail(n, "unknown-name", didYouMean(n.Value, r.def.names()), diag.Say("%s %q is not a question or column of this survey", diag.Say("item"), shorten(n.Value)))
		return false
	case c.role == group:
		r.breaks(n, c.at, "wrong-question", diag.Say("name one of its columns, such as %s_…", c.id), diag.Say("question %q is more than one column", c.id))
		return false
	case c.number && c.question != nil && c.question.Min != nil && c.question.Max != nil && *c.question.Min < *c.question.Max:
		return true
	case c.number:
		r.breaks(n, c.at, "metric-misfit", diag.Say("give it min: and max:"), diag.Say("number %q has no ends to make a score from 0 to 100 of", c.id))
		return false
	case c.scale == nil || c.role != single || !c.scale.ordered():
		r.breaks(n, c.at, "metric-misfit", diag.Say("take questions rated on a scale, or numbers with min and max"), diag.Say("%q is not rated: it measures no construct", c.id))
		return false
	}
	return true
}

func (r *reader) judgePercent(a *analysisDraft, n *yaml.Node) {
	c := r.def.column(n.Value)
	switch {
	case c == nil || c.role == silent:
		r.fail(n, "unknown-name", didYouMean(n.Value, r.def.names()), diag.Say("%s %q is not a question or column of this survey", diag.Say("item"), shorten(n.Value)))
	case !c.number && (c.scale == nil || c.role != single || c.scale.Values() == nil):
		r.breaks(n, c.at, "metric-misfit", diag.Say("ask it as a number, or as a choice whose codes are percents"), diag.Say("%q gives no percents", c.id))
	}
}

func (r *reader) judgeDiagnostics(d *pathDraft) {
	for _, g := range d.diagnostics {
		i := slices.IndexFunc(d.Constructs, func(c PathConstruct) bool { return c.ID == g.construct.Value })
		if i < 0 {
			r.fail(g.construct, "unknown-name", didYouMean(g.construct.Value, d.ids()), diag.Say("the model has no construct %q", shorten(g.construct.Value)))
			continue
		}
		for _, n := range g.items {
			switch {
			case slices.Contains(d.Constructs[i].Items, n.Value):
				r.fail(n, "duplicate-id", diag.Say("take questions that explain the construct, not those it is made of"), diag.Say("%q measures the construct it should explain", shorten(n.Value)))
			case r.measures(&analysisDraft{}, n):
				d.Constructs[i].Diagnostics = append(d.Constructs[i].Diagnostics, n.Value)
			}
		}
	}
}

func (d *pathDraft) ids() []string {
	return mapped(d.Constructs, func(c PathConstruct) string { return c.ID })
}

// judgeArrows settles the paths: the author's, else the preset's.
func (r *reader) judgeArrows(a *analysisDraft, d *pathDraft, known presetDraft) {
	ids := d.ids()
	if d.own == nil {
		if d.preset == nil {
			a.fault(r, "missing-key", diag.Say("add paths: with pairs [from, to], or preset:"), diag.Say("a path model has neither paths nor a preset"))
		}
		for _, p := range known.paths {
			if from, to := slices.Index(ids, p[0]), slices.Index(ids, p[1]); from >= 0 && to >= 0 {
				d.Paths = append(d.Paths, [2]int{from, to})
			}
		}
		return
	}
	seen := map[[2]int]*yaml.Node{}
	for _, w := range d.arrows {
		from, to := slices.Index(ids, w.from.Value), slices.Index(ids, w.to.Value)
		for _, n := range []*yaml.Node{w.from, w.to} {
			if !slices.Contains(ids, n.Value) {
				r.fail(n, "unknown-name", didYouMean(n.Value, ids), diag.Say("a path names %q, which is no construct with items", shorten(n.Value)))
			}
		}
		if from < 0 || to < 0 {
			continue
		}
		p := [2]int{from, to}
		if first := seen[p]; first != nil {
			r.twice(w.from, r.place(first), "duplicate-id", diag.Say("delete one"), diag.Say("the path from %q to %q is written twice", ids[from], ids[to]))
			continue
		}
		seen[p] = w.from
		if circle := d.circle(p); circle != nil {
			r.fail(w.from, "cycle", diag.Say("delete one of its arrows"), diag.Say("the paths form a circle: %s", strings.Join(circle, " → ")))
			continue
		}
		d.Paths = append(d.Paths, p)
	}
}

// circle is the way that a path would close, nil where it closes none.
func (d *pathDraft) circle(p [2]int) []string {
	ids := d.ids()
	var walk func(at int, way []string) []string
	walk = func(at int, way []string) []string {
		way = append(way, ids[at])
		if at == p[0] {
			return way
		}
		for _, next := range d.Paths {
			if next[0] == at {
				if found := walk(next[1], slices.Clone(way)); found != nil {
					return found
				}
			}
		}
		return nil
	}
	return walk(p[1], []string{ids[p[0]]})
}

// judgeShape checks that every construct is on a path and that something leads to the target.
func (r *reader) judgeShape(a *analysisDraft, d *pathDraft, known presetDraft) {
	ids := d.ids()
	for i, id := range ids {
		if !slices.ContainsFunc(d.Paths, func(p [2]int) bool { return p[0] == i || p[1] == i }) {
			a.fault(r, "no-path", diag.Say("add a path from or to it, or delete it"), diag.Say("construct %q stands on no path", id))
		}
	}
	name := d.targetName
	for _, candidate := range []string{known.target, "satisfaction"} {
		if name == "" && slices.Contains(ids, candidate) {
			name = candidate
		}
	}
	if name == "" && len(d.Paths) > 0 {
		name = ids[d.Paths[len(d.Paths)-1][1]]
	}
	d.Target = slices.Index(ids, name)
	switch {
	case d.Target < 0 && name != "":
		a.fault(r, "unknown-name", didYouMean(name, ids), diag.Say("the target %q is no construct of the model", shorten(name)))
	case d.Target >= 0 && !slices.ContainsFunc(d.Paths, func(p [2]int) bool { return p[1] == d.Target }):
		a.fault(r, "no-path", diag.Say("add a path that leads to it, or choose another target"), diag.Say("no path leads to the target %q", name))
	}
}
