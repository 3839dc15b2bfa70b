package report

import (
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/survey"
)

// explained are the method pages of each page of a report: the first explains
// its figures unless another is known to. The names are those of content/methods.
var explained = map[string][]string{
	"index":              {"questions"},
	"satisfaction-index": {"csi", "weights"},
	"priorities":         {"importance-performance"},
	"drivers":            {"drivers"},
	"gaps":               {"gap"},
	"kano":               {"kano"},
	"model":              {"path-model"},
	"loyalty":            {"loyalty"},
	"customers":          {"customers", "economics", "facts"},
	"competitors":        {"competitors"},
	"words":              {"verbatim"},
	"segments":           {"segments"},
	"explore":            {"segments"},
	"crosstabs":          {"crosstab"},
	"trend":              {"trend"},
	"questions":          {"questions"},
	"sample":             {"sample"},
	"fieldwork":          {"fieldwork"},
	"method":             {"quality", "sample", "privacy"},
	"evidence":           {"evidence"},
	"complaints":         {"complaints"},
	"complaint-causes":   {"complaints"},
	"periods":            {"complaints"},
	"service":            {"service-desk"},
	"voice":              {"voice", "facts"},
	"visits":             {"mystery-visits"},
	"lost":               {"lost-customers", "facts"},
	"scorecards":         {"scorecards"},
	"units":              {"scorecards"},
	"flow":               {"flow"},
	"actions":            {"actions"},
}

// ofMethod are the method pages of analyses that are not called like their method.
var ofMethod = map[string]string{
	"importance_performance": "importance-performance", "penalty_reward": "penalty-reward", "two_factor": "two-factor", "path_model": "path-model",
	"service_evaluation": "service-evaluation",
}

// explain tells every page and every figure which method page says how it is computed.
func (b *builder) explain() {
	for _, p := range b.report.Pages {
		own := pageMethods(p)
		p.Methods = slices.Clone(own)
		if p.Name == "method" {
			p.Methods = append(p.Methods, b.grounds()...)
		}
		if p.Name == "index" {
			p.Methods = append(b.headlines(), p.Methods...)
		}
		figures := false
		for _, s := range p.Sections {
			for _, block := range s.Blocks {
				if f := block.Figure; f != nil {
					f.Method, figures = b.figureMethod(p, s, f, own[0]), figures || f.Kind != chart.Flow
					p.Methods = append(p.Methods, f.Method)
					if f.Method == "economics" {
						p.Methods = append(p.Methods, "facts")
					}
				}
			}
		}
		if figures {
			p.Methods = append(p.Methods, "intervals")
		}
		p.Methods = distinct(p.Methods)
	}
}

// pageMethods are the methods of a page by its name, or by that of the page above it.
func pageMethods(p *Page) []string {
	for _, name := range []string{p.Name, p.Under} {
		if own := explained[name]; own != nil {
			return own
		}
	}
	return []string{"actions"} // topics and reports in four parts are called by their author
}

// headlines are the methods of the numbers at the top of the report.
func (b *builder) headlines() []string {
	var out []string
	for _, a := range b.survey.Analyses {
		if a.Built && (a.Method == "csi" || a.Method == "enterprise") {
			out = append(out, b.analysisMethod(slug(a.ID)))
		}
	}
	for _, m := range b.survey.Metrics() {
		out = append(out, m.Method)
	}
	return out
}

// grounds are the methods behind all pages of this survey.
func (b *builder) grounds() []string {
	out := []string{"intervals"}
	if b.survey.Weighted() {
		out = append(out, "weighting")
	}
	if b.answered() && len(b.reliabilities()) > 0 {
		out = append(out, "reliability")
	}
	if len(b.waves) > 1 {
		out = append(out, "trend")
	}
	if len(b.survey.Segments) > 0 {
		out = append(out, "segments")
	}
	return out
}

// figureMethod is the method page of a figure: by what it shows, by the analysis
// or question whose id its own begins with, else that of its page.
func (b *builder) figureMethod(p *Page, s Section, f *chart.Figure, own string) string {
	id, rest, _ := strings.Cut(f.ID, "-")
	switch {
	case f.Kind == chart.Pareto:
		return "pareto"
	case f.ID == "complaints-rate-chart" || p.Name == "service" && f.Kind == chart.Lines:
		return "control-charts"
	case p.Chapter == serviceChapter:
		return own
	case rest == "trend" || strings.HasSuffix(rest, "-trend") || p.Name == "trend":
		return "trend"
	case p.Name == "satisfaction-index" && strings.Contains("-"+rest, "-by-"):
		return "segments"
	case strings.Contains(rest, "zone"):
		return "zone-of-tolerance"
	case strings.HasSuffix(s.ID, "-economics"):
		return "economics"
	}
	method := b.analysisMethod(id)
	if own == "questions" && method != "csat" && method != "ces" && method != "nps" { // an analysis may be called like a question
		method = ""
	}
	if method != "" && p.Name != "segments" {
		return method
	}
	return b.questionMethod(id, own)
}

// analysisMethod is the method page of the analysis with this id in lower case, "" of none.
func (b *builder) analysisMethod(id string) string {
	k := slices.IndexFunc(b.survey.Analyses, func(a survey.Analysis) bool { return slug(a.ID) == id })
	if k < 0 {
		return ""
	}
	method := b.survey.Analyses[k].Method
	if name, ok := ofMethod[method]; ok {
		return name
	}
	return method
}

// questionMethod is the method page of a question that has one of its own.
func (b *builder) questionMethod(id, own string) string {
	if own != "questions" {
		return own
	}
	for _, m := range b.survey.Metrics() {
		if slug(m.Question) == id {
			return m.Method
		}
	}
	for _, p := range b.survey.Pages {
		for _, q := range p.Questions {
			switch {
			case slug(q.ID) != id:
			case q.Type == survey.MaxDiff:
				return "max-diff"
			case q.Type == survey.Ranking || q.Type == survey.ConstantSum:
				return "ranking"
			}
		}
	}
	return own
}

// distinct keeps the first of equal names.
func distinct(names []string) []string {
	var out []string
	for _, name := range names {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
