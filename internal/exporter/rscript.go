package exporter

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

//go:embed script.R
var script string

// r writes the rows that count as CSV and a script in base R that computes
// every base figure of results.json from them, without this program.
func (x *export) r() error {
	results, waves, err := x.Measure()
	if err != nil || results == nil {
		return err
	}
	name := x.Survey.ID
	if err := x.file(name+"-r.csv", func(to io.Writer) error { return x.writeComputed(to, waves, missingMark) }); err != nil {
		return err
	}
	s := &rScript{export: x, results: results}
	s.head(name)
	s.items(waves)
	s.metrics()
	s.waves(waves)
	s.b.WriteString(script)
	return x.file(name+".R", func(w io.Writer) error {
		_, err := w.Write(s.b.Bytes())
		return err
	})
}

type rScript struct {
	*export
	results *measure.Results
	b       bytes.Buffer
}

func (s *rScript) line(format string, args ...any) {
	fmt.Fprintf(&s.b, format+"\n", args...)
}

func (s *rScript) head(name string) {
	s.line("# %s, version %d: every base figure of results.json, computed anew from the responses.", name, s.Survey.Version)
	s.line("# Base R alone. Run: Rscript %s.R; it writes %s-figures.csv beside itself.", name, name)
	s.line("#")
	s.line("# Computed: of every wave and segment the base (responses, weighted, effective); of every question n, missing,")
	s.line("# counts, shares, mean, standard deviation, median, score, top and bottom share, all with 95 %% intervals, with and")
	s.line("# without weights; csat, ces and nps; the index (csi) with its facets and items.")
	s.line("# Not computed: which rows count (the data file holds those that do), calculated and derived columns and raked")
	s.line("# weights (they stand in the data file), weights of an index that are stated, ranked, ahp, derived or pls (they")
	s.line("# stand below as in results.json), and every other method: see the list of analyses.")
	for _, a := range s.Survey.Analyses {
		if a.Method != "csi" && a.Question == "" {
			s.line("#   not computed: %s (%s)", a.ID, a.Method)
		}
	}
	s.line("")
	s.line("data_file <- %s", rString(name+"-r.csv"))
	s.line("figures_file <- %s", rString(name+"-figures.csv"))
	s.line("segments <- %s", rStrings(s.Survey.Segments))
}

// items says of every item how it is read.
func (s *rScript) items(waves []measure.Counted) {
	columns := s.computedColumns(waves)
	s.line("items <- list(")
	var lines []string
	for _, i := range s.Survey.Items() {
		multiple := i.Type == survey.MultipleChoice && i.Scale != nil
		if !multiple && !slices.Contains(columns, i.ID) {
			continue
		}
		fields := []string{"id = " + rString(i.ID), "kind = " + rString(itemKind(i))}
		if i.Scale != nil {
			fields = append(fields, "codes = "+rStrings(i.Scale.Codes()))
		}
		if multiple {
			var ids []string
			for _, code := range i.Scale.Codes() {
				ids = append(ids, i.ID+"_"+code)
			}
			fields = append(fields, "columns = "+rStrings(ids))
		}
		if i.Rated() {
			fields = append(fields, "reverse = "+rBool(i.Reverse), "top = "+rStrings(survey.TopCodes(i.Scale, i.Reverse)), "bottom = "+rStrings(survey.TopCodes(i.Scale, !i.Reverse)))
		}
		lines = append(lines, "  "+rString(i.ID)+" = list("+strings.Join(fields, ", ")+")")
	}
	s.line("%s\n)", strings.Join(lines, ",\n"))
}

func itemKind(i survey.Item) string {
	switch {
	case i.Type == survey.Number:
		return "number"
	case i.Type == survey.MultipleChoice && i.Scale != nil:
		return "multiple"
	case i.Rated():
		return "rated"
	case i.Scale != nil:
		return "nominal"
	}
	return "other"
}

func (s *rScript) metrics() {
	var lines []string
	for _, m := range s.Survey.Metrics() {
		i, ok := s.Survey.Item(m.Question)
		if !ok || !i.Rated() {
			continue
		}
		top := m.Top
		if top == nil {
			top = survey.TopCodes(i.Scale, i.Reverse)
		}
		lines = append(lines, fmt.Sprintf("  list(id = %s, method = %s, question = %s, top = %s)", rString(m.ID), rString(m.Method), rString(m.Question), rStrings(top)))
	}
	s.line("metrics <- list(\n%s\n)", strings.Join(lines, ",\n"))
}

// waves says of every wave which columns it has, whether it is weighted, and its indices.
func (s *rScript) waves(waves []measure.Counted) {
	var lines []string
	for _, w := range waves {
		asked := s.computedColumns([]measure.Counted{w})
		var indices []string
		for _, a := range s.Survey.Analyses {
			if a.Method == "csi" && a.CSI != nil && a.Built {
				if tree := s.index(a, w); tree != "" {
					indices = append(indices, tree)
				}
			}
		}
		lines = append(lines, fmt.Sprintf("  list(id = %s, weighted = %s, asked = %s, indices = list(%s))", rString(w.ID), rBool(w.Weights != nil), rStrings(asked), strings.Join(indices, ",\n    ")))
	}
	s.line("wave_settings <- list(\n%s\n)", strings.Join(lines, ",\n"))
}

// index is an index of one wave as a tree, "" where its weights are hidden.
func (s *rScript) index(a survey.Analysis, w measure.Counted) string {
	var found *measure.CSI
	if block := s.block(w.ID); block != nil {
		found, _ = block.Analyses[a.ID].(*measure.CSI)
	}
	if found == nil {
		return ""
	}
	t := &rTree{rScript: s, settings: a.CSI, wave: w}
	tree := t.node(a.CSI.Facets, nil, found.Facets, nil)
	if t.hidden {
		return ""
	}
	return fmt.Sprintf("list(id = %s, min_answered = %s, tree = %s)", rString(a.ID), rNumber(a.CSI.MinAnswered), tree)
}

func (s *rScript) block(wave string) *measure.Block {
	if b := s.results.ByWave[wave]; b != nil {
		return b
	}
	return s.results.Block
}

// rTree writes the tree of an index.
type rTree struct {
	*rScript
	settings *survey.CSI
	wave     measure.Counted
	hidden   bool
}

func (t *rTree) node(facets []survey.Facet, items []survey.FacetItem, found []*measure.IndexFacet, foundItems []*measure.IndexItem) string {
	var below, weights []string
	for k, i := range items {
		below, weights = append(below, t.item(i)), append(weights, t.weight(i.Weight, func() (measure.Number, bool) { return foundItems[k].Weight, !foundItems[k].Suppressed }))
	}
	for k, f := range facets {
		below = append(below, t.node(f.Facets, f.Items, found[k].Facets, found[k].Items))
		weights = append(weights, t.weight(f.Weight, func() (measure.Number, bool) { return found[k].Weight, !found[k].Suppressed }))
	}
	if slices.Contains(weights, "") || t.settings.Weighting == "given" && !positive(weights) { // siblings of which one has none weigh the same
		for i := range weights {
			weights[i] = "1"
		}
	}
	return "list(weights = c(" + strings.Join(weights, ", ") + "), below = list(" + strings.Join(below, ",\n      ") + "))"
}

func positive(weights []string) bool {
	return slices.ContainsFunc(weights, func(w string) bool { v, _ := strconv.ParseFloat(w, 64); return v > 0 })
}

// weight is the author's weight, 1 where all weigh the same, or the one that was measured.
func (t *rTree) weight(given *float64, found func() (measure.Number, bool)) string {
	switch t.settings.Weighting {
	case "given":
		if given == nil {
			return ""
		}
		return rNumber(*given)
	case "equal":
		return "1"
	}
	w, shown := found()
	t.hidden = t.hidden || !shown
	return rNumber(float64(w))
}

func (t *rTree) item(i survey.FacetItem) string {
	c := t.wave.Columns[i.ID]
	absent := c == nil || c.Absent
	out := "list(column = " + rString(i.ID) + ", absent = " + rBool(absent)
	item, _ := t.Survey.Item(i.ID)
	q := item.Question
	switch {
	case absent:
	case c.Field.Kind == table.Number:
		if q == nil || q.Min == nil || q.Max == nil {
			return "list(column = " + rString(i.ID) + ", absent = TRUE)"
		}
		low, high := *q.Min, *q.Max
		if item.Reverse {
			low, high = high, low
		}
		out += ", low = " + rNumber(low) + ", high = " + rNumber(high)
	case c.Field.Kind == table.Tick:
		out += `, points = c("0" = 0, "1" = 100)`
	default:
		out += ", points = c(" + t.points(item) + ")"
	}
	return out + ")"
}

// points are those of each code: 0 of the worst and 100 of the best, or the author's, mirrored for a reversed item.
func (t *rTree) points(item survey.Item) string {
	codes, of := item.Scale.Codes(), item.Scale.Values()
	if of == nil {
		return ""
	}
	low, high := slices.Min(of), slices.Max(of)
	if item.Reverse {
		low, high = high, low
	}
	sorted := slices.Sorted(slices.Values(of))
	var out []string
	for i, v := range of {
		points := (v - low) / (high - low) * 100
		value := rNumber(points)
		if t.settings.Mapping != nil {
			code := codes[i]
			if item.Reverse {
				code = codes[slices.Index(of, sorted[len(sorted)-1-slices.Index(sorted, v)])]
			}
			value = "NA"
			if p, ok := t.settings.Mapping[code]; ok {
				value = rNumber(p)
			}
		}
		out = append(out, rString(codes[i])+" = "+value)
	}
	return strings.Join(out, ", ")
}

func rNumber(v float64) string { return strconv.FormatFloat(v, 'g', 17, 64) }

func rBool(b bool) string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}

// rString is a literal of R in ASCII: nothing in it is more than text.
func rString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c >= ' ' && c < 0x7f:
			b.WriteRune(c)
		case c > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, c)
		case c != 0:
			fmt.Fprintf(&b, `\u%04x`, c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func rStrings(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = rString(s)
	}
	if len(out) == 0 {
		return "character(0)"
	}
	return "c(" + strings.Join(out, ", ") + ")"
}
