package importer

import (
	"strings"

	"manyi/internal/importer/draft"
)

// segment takes a question by which respondents can be told apart.
func (d *drafter) segment(q *draft.Question, c *Column) {
	if n := len(q.Options); n < 2 || n > 9 || len(d.survey.Segments) >= mostSegments || !mentions(c.Title, segmentWords) {
		return
	}
	d.survey.Segments = append(d.survey.Segments, q.ID)
	d.survey.SegmentsBy = append(d.survey.SegmentsBy, d.note("it says who answered", "说明答题者的特征"))
}

// analyses drafts what the answers measure: an index of what is graded, and
// what drives the answer about everything.
func (d *drafter) analyses() {
	items := d.rated
	if len(items) == 0 {
		return
	}
	d.survey.Analyses = append(d.survey.Analyses, draft.Analysis{
		ID: d.fresh("index"), Method: "csi", Notes: []string{d.note("every question about satisfaction counts the same; group and weigh them", "所有满意度题等权计入；请按需分组和加权")},
		Keys: []draft.Key{{Name: "facets", Below: []string{"- id: all", "  weight: 1", "  items: [" + strings.Join(items, ", ") + "]"}}},
	})
	if d.overall == "" || len(d.rows) < 2 || len(d.rows) > 25 || d.frame.Rows < 10*len(d.rows) {
		return
	}
	d.survey.Analyses = append(d.survey.Analyses, draft.Analysis{
		ID: d.fresh("drivers"), Method: "drivers", Notes: []string{d.note("which graded questions go with the answer about everything", "哪些评分题与总体评价相关")},
		Keys: []draft.Key{{Name: "outcome", Value: d.overall}, {Name: "items", List: d.rows}},
	})
}
