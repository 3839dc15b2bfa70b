package measure

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Metric is a figure of results.json that an action names and that can be
// followed from wave to wave. Its grammar:
//
//	QUESTION                 satisfaction score 0–100 of a rated column; also QUESTION.score
//	QUESTION.mean            mean on the question's own scale
//	QUESTION.top             share of the best answers; .bottom of the worst; also .top.share
//	QUESTION.shares.CODE     share of one answer
//	ANALYSIS                 its leading figure: score of an index or an NPS, share of a csat
//	ANALYSIS.PATH            a figure of results.json by its path, such as osat_csat.mean
//	INDEX.NODE               score of a facet of an index, or of an item below it
//	METRIC@SEGMENT:GROUP     any of these in one group of a segment, such as index@dealer:north
//
// A metric of complaints (complaints.COLUMN:CODE) is package service's.
type Metric struct {
	Text           string // as it is written
	Item           string // column of the question, or analysis
	Kind           string // of a question: score, mean, top, bottom, share; of an analysis: figure, csat, nps
	Code           string // of a share
	Path           string // of a figure
	Segment, Group string
	LowerIsBetter  bool
	Percent        bool // a share, 0–1
	Score          bool // on 0–100
}

// lessIsBetter are the ends of paths of which less is better.
var lessIsBetter = []string{"detractors", "below", "far_below", "bottom", "complaints"}

// ParseMetric reads a metric; where it names nothing, near is what was probably
// meant, "" without a guess.
func (r *Results) ParseMetric(s *survey.Survey, text string) (m Metric, near string, ok bool) {
	name, part, grouped := strings.Cut(text, "@")
	if grouped {
		segment, group, colon := strings.Cut(part, ":")
		if !colon || group == "" || !slices.Contains(s.Segments, segment) {
			return m, nearWith(name+"@", segment, s.Segments, ":"+group), false
		}
		m.Segment, m.Group = segment, group
	}
	m.Text = text
	head, rest, _ := strings.Cut(name, ".")
	m.Item = head
	for _, a := range s.Metrics() {
		if a.ID == head {
			return metricOf(m, a, rest)
		}
	}
	if item, found := s.Item(head); found && item.Scale != nil {
		return questionMetric(m, item, rest)
	}
	for _, a := range s.Analyses {
		if a.ID == head {
			return r.analysisMetric(m, s, a, rest)
		}
	}
	return m, nearWith("", head, r.metricHeads(s), withDot(rest)), false
}

func withDot(rest string) string {
	if rest == "" {
		return ""
	}
	return "." + rest
}

// nearWith is the known name nearest to word, with what stood around it.
func nearWith(before, word string, known []string, after string) string {
	if near := diag.Nearest(word, known); near != "" {
		return before + near + after
	}
	return ""
}

// metricHeads are the names with which a metric can begin.
func (r *Results) metricHeads(s *survey.Survey) []string {
	out := []string{"complaints"}
	for _, i := range s.Items() {
		if i.Rated() {
			out = append(out, i.ID)
		}
	}
	for _, a := range s.Metrics() {
		out = append(out, a.ID)
	}
	for _, a := range s.Analyses {
		if len(r.metricPaths(a.ID)) > 0 {
			out = append(out, a.ID)
		}
	}
	return out
}

// metricPaths are the paths of the figures of an analysis in any wave.
func (r *Results) metricPaths(id string) []string {
	var out []string
	blocks := []*Block{r.Block}
	for _, w := range r.Waves {
		blocks = append(blocks, r.ByWave[w])
	}
	for _, b := range blocks {
		for _, f := range figuresOf(b, id) {
			if !slices.Contains(out, f.path) {
				out = append(out, f.path)
			}
		}
	}
	return out
}

// metricOf is a metric of csat, ces or nps.
func metricOf(m Metric, a survey.Analysis, rest string) (Metric, string, bool) {
	if a.Method == string(survey.NPS) {
		m.Kind = "nps"
		return m, a.ID, rest == "" || rest == "score"
	}
	known := []string{"share", "mean", "score"}
	m.Kind, m.Path = "csat", "share"
	if rest != "" {
		m.Path = rest
	}
	m.Percent, m.Score = m.Path == "share", m.Path == "score"
	return m, nearWith(a.ID+".", rest, known, ""), slices.Contains(known, m.Path)
}

// questionMetric is a metric of one column.
func questionMetric(m Metric, item survey.Item, rest string) (Metric, string, bool) {
	known := []string{"score", "mean", "top", "bottom", "shares"}
	if code, ok := strings.CutPrefix(rest, "shares."); ok {
		m.Kind, m.Code, m.Percent = "share", code, true
		return m, nearWith(item.ID+".shares.", code, item.Scale.Codes(), ""), slices.Contains(item.Scale.Codes(), code)
	}
	if !item.Rated() {
		return m, item.ID + ".shares." + item.Scale.Codes()[0], false
	}
	switch m.Kind = strings.TrimSuffix(rest, ".share"); m.Kind {
	case "", "score":
		m.Kind, m.Score = "score", true
	case "mean":
		m.LowerIsBetter = item.Reverse
	case "top":
		m.Percent = true
	case "bottom":
		m.Percent, m.LowerIsBetter = true, true
	default:
		return m, nearWith(item.ID+".", rest, known, ""), false
	}
	return m, "", true
}

// analysisMetric is a figure of an analysis; of an index, a node by its id is enough.
func (r *Results) analysisMetric(m Metric, s *survey.Survey, a survey.Analysis, rest string) (Metric, string, bool) {
	m.Kind = "figure"
	if a.CSI != nil {
		for _, leaf := range a.CSI.Leaves() {
			if item, ok := s.Item(leaf.ID); ok && leaf.ID == rest && item.Rated() {
				m.Item, m.Kind, m.Score = leaf.ID, "score", true
				return m, "", true
			}
		}
		m.Score = true
	}
	paths := r.metricPaths(a.ID)
	fits := func(path string) bool {
		return path == rest || path == rest+".score" || strings.HasSuffix(path, "facets."+strings.ReplaceAll(rest, ".", ".facets.")+".score") || rest == "" && (path == "score" || path == paths[0] && !slices.Contains(paths, "score"))
	}
	i := slices.IndexFunc(paths, fits)
	if i < 0 {
		if len(paths) == 0 && a.Built { // nothing is shown in any wave: nothing can be said
			m.Path = rest
			return m, "", true
		}
		return m, nearWith(a.ID+".", rest, nodesOf(paths), ""), false
	}
	m.Path = paths[i]
	last := m.Path[strings.LastIndex(m.Path, ".")+1:]
	m.LowerIsBetter = slices.Contains(lessIsBetter, last)
	return m, "", true
}

// nodesOf are the names that stand for paths.
func nodesOf(paths []string) []string {
	var out []string
	for _, p := range paths {
		parts := strings.Split(p, ".")
		out = append(out, p, parts[max(0, len(parts)-2)])
	}
	return out
}

// in is the part of a block that a metric speaks of, nil where there is none.
func (m Metric) in(b *Block) *Block {
	if b == nil || m.Segment == "" || b.Suppressed {
		return b
	}
	return b.BySegment[m.Segment][m.Group]
}

// found is the metric in one wave, ready to be compared.
func (r *Results) found(s *survey.Survey, m Metric, wave string) found {
	b := m.in(r.ByWave[wave])
	if wave == "" {
		b = m.in(r.Block)
	}
	none := found{Estimate: stat.Estimate{Value: math.NaN(), SE: math.NaN(), Low: math.NaN(), High: math.NaN()}, reason: NotAsked}
	if b == nil {
		return none
	}
	switch m.Kind {
	case "figure":
		return figureIn(b, m.Item, m.Path)
	case "nps":
		return estimate(b, m.Item, "score", "")
	case "csat":
		c, ok := b.Analyses[m.Item].(*Csat)
		if !ok {
			if b.Hidden(m.Item) {
				none.reason = "min_cell"
			}
			return none
		}
		e := estimate(b, c.Question, "mean", "")
		if m.Path == "share" && e.reason == "" {
			return found{Estimate: c.share, weights: e.weights}
		}
		return r.scored(s, e, c.Question, m.Path == "score")
	case "share":
		return estimate(b, m.Item, "share", m.Code)
	case "top", "bottom":
		return estimate(b, m.Item, m.Kind, "")
	}
	return r.scored(s, estimate(b, m.Item, "mean", ""), m.Item, m.Kind == "score")
}

// scored is a mean as a score of 0–100, where that is asked for.
func (r *Results) scored(s *survey.Survey, f found, id string, score bool) found {
	item, ok := s.Item(id)
	if !score || !ok || item.Scale == nil || f.reason != "" {
		return f
	}
	values := item.Scale.Values()
	low, high := slices.Min(values), slices.Max(values)
	if item.Reverse {
		low, high = high, low
	}
	at := func(v float64) float64 { return (v - low) / (high - low) * 100 }
	e := f.Estimate
	f.Value, f.SE, f.Low, f.High = at(e.Value), e.SE/math.Abs(high-low)*100, at(e.Low), at(e.High)
	if item.Reverse {
		f.Low, f.High = f.High, f.Low
	}
	return f
}

// At is a metric in one wave, the latest block where wave is ""; reason says why
// there is no value.
func (r *Results) At(s *survey.Survey, m Metric, wave string) (v Value, reason string) {
	f := r.found(s, m, wave)
	if f.reason != "" {
		nan := math.NaN()
		return Value{nan, nan, nan, f.N}, f.reason
	}
	return Value{f.Value, f.Low, f.High, f.N}, ""
}

// Between is the change of a metric from one wave to a later one, by the test that
// the trend uses for this kind of figure; without adjustment, as it is asked for
// once. A wave between them that asked it in other words makes it incomparable.
func (r *Results) Between(s *survey.Survey, m Metric, from, to string) *Step {
	kind := m.Kind
	switch {
	case m.Kind == "score", m.Kind == "csat" && m.Path != "share":
		kind = "mean"
	case m.Kind == "nps":
		kind = "score"
	}
	a, b := r.found(s, m, from), r.found(s, m, to)
	out := step(from, to, a, b, kind)
	if kind == "mean" {
		out.MannWhitney, out.Effect, out.EffectSize = nil, undefined(), ""
	}
	if !out.Comparable {
		return out
	}
	if reason := unlike(m.in(r.ByWave[from]), m.in(r.ByWave[to]), m.Item, m.Path); m.Kind == "figure" && reason != "" {
		return broken(out, reason)
	}
	if reason := r.changedBetween(s, m.Columns(s), from, to); reason != "" {
		return broken(out, reason)
	}
	return out
}

// Columns are the columns that a metric is made of, as far as they are known here.
func (m Metric) Columns(s *survey.Survey) []string {
	if m.Kind != "figure" {
		for _, a := range s.Metrics() {
			if a.ID == m.Item {
				return []string{a.Question}
			}
		}
		return []string{m.Item}
	}
	for _, a := range s.Analyses {
		if a.ID == m.Item {
			return madeOf(a, m.Path)
		}
	}
	return nil
}
