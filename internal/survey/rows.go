package survey

import (
	"regexp"
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// rowPattern is the end of a column: it need not start with a letter.
var rowPattern = regexp.MustCompile(`^[A-Za-z0-9_]{1,30}$`)

// rowID is the end of a data column.
func rowID() value[Row] {
	return formed(matching(rowPattern), func(r *reader, n *yaml.Node, row *Row) {
		row.At = r.place(n)
		if s, ok := r.str(n); ok && !rowPattern.MatchString(s) {
			r.fail(n, "wrong-id", diag.Say("use letters, digits and _ only"), diag.Say("row id %q is not allowed", shorten(s)))
		} else if ok {
			row.ID = s
		}
	})
}

var (
	rowIDKey    = key[Row]{"id", "end of the data column", rowID(), required}
	rowLabelKey = key[Row]{"label", "what the respondent reads", text(func(row *Row) *Text { return &row.Label }), required}
	rowImageKey = key[Row]{"image", "a picture beside the label", formed(keyed(imageKeys), func(r *reader, n *yaml.Node, row *Row) { row.Image = r.image(n) }), optional}
	rowMoreKeys = []key[Row]{
		{"show_if", "it is shown only if this is true", expression(func(row *Row) **Expression { return &row.ShowIf }, onPage), optional},
		{"anchor", "keeps its place when its list is shuffled: first or last", word(func(row *Row) *string { return &row.Anchor }, "first", "last"), optional},
	}
)

// rowKeys are the keys of the row of a matrix; the two ends of a
// semantic_differential are its label.
var rowKeys = append([]key[Row]{
	rowIDKey,
	{"label", "what the respondent reads", text(func(row *Row) *Text { return &row.Label }), optional},
	{"low", "semantic_differential: the left end", text(func(row *Row) *Text { return &row.Low }), optional},
	{"high", "semantic_differential: the right end", text(func(row *Row) *Text { return &row.High }), optional},
	rowImageKey,
}, rowMoreKeys...)

// itemRowKeys are the keys of what is ranked, weighed, compared or written.
var itemRowKeys = append([]key[Row]{rowIDKey, rowLabelKey, rowImageKey}, rowMoreKeys...)

// featureKeys are the keys of a feature of kano.
var featureKeys = append([]key[Row]{
	rowIDKey, rowLabelKey, rowImageKey,
	{"functional", "the question what one feels if it is there; else the usual one", text(func(row *Row) *Text { return &row.Functional }), optional},
	{"dysfunctional", "the question what one feels if it is not there; else the usual one", text(func(row *Row) *Text { return &row.Dysfunctional }), optional},
}, rowMoreKeys...)

// dualKeys are the keys of one scale of a matrix_dual.
var dualKeys = []key[DualColumn]{
	{"id", "end of the data column", formed(matching(rowPattern), func(r *reader, n *yaml.Node, d *DualColumn) {
		var row Row
		rowID().read(r, n, &row)
		d.ID, d.At = row.ID, row.At
	}), required},
	{"label", "heading of the column", text(func(d *DualColumn) *Text { return &d.Label }), required},
	{"scale", "name of its scale", special("scale", func(r *reader, n *yaml.Node, d *DualColumn) { d.node = n }), required},
}

// judgeLists checks that q has the rows, items, features, columns or levels that its type needs.
func (r *reader) judgeLists(n *yaml.Node, q *Question, have found) {
	for _, name := range lists[q.Type] {
		if have[name].key == nil && q.ID != "" {
			r.report(diag.Problem{
				Code: "missing-key", Place: q.At, Summary: diag.Say("%s %q has no %s", string(q.Type), q.ID, name), Cure: listCure(name),
			})
		}
	}
	for _, row := range slices.Concat(q.Rows, q.Items, q.Features) {
		r.judgeRow(q, row)
	}
	switch {
	case q.Type == MatrixDual && len(q.Columns) != 2 && have["columns"].value != nil:
		r.fail(have["columns"].key, "wrong-bounds", diag.Say("write two columns; ask more scales as a question of their own"), diag.Say("a matrix_dual has 2 columns, not %d", len(q.Columns)))
	case q.Type == Ranking && len(q.Items) == 1, q.Type == ConstantSum && len(q.Items) == 1:
		r.fail(have["items"].key, "wrong-bounds", diag.Say("add items"), diag.Say("%s compares 2 items or more", string(q.Type)))
	case q.Type == MaxDiff:
		r.judgeMaxDiff(q, have)
		q.Scale = q.itemScale()
	case q.Type == Cascade:
		r.judgeCascade(q, have)
	}
	r.judgeAnchors(q, have)
}

func listCure(name string) diag.Phrase {
	switch name {
	case "columns":
		return diag.Say("add columns: with an id, a label and a scale each")
	case "levels":
		return diag.Say("add levels: with a label each")
	case "branches":
		return diag.Say("add branches: with a code, a label and branches: of the next level each")
	case "options":
		return diag.Say("add options: with a code, a label and an image each")
	}
	return diag.Say("add %s: with an id and a label each", name)
}

func (r *reader) judgeRow(q *Question, row Row) {
	fail := func(code string, summary, cure diag.Phrase) {
		r.report(diag.Problem{Code: code, Place: row.At, Summary: summary, Cure: cure})
	}
	ends := len(row.Low) > 0 || len(row.High) > 0
	switch {
	case row.ID == "":
	case q.Type == Differential && (len(row.Low) == 0 || len(row.High) == 0):
		fail("missing-key", diag.Say("row %q lacks an end", row.ID), diag.Say("add low: and high: with the two opposites"))
	case q.Type != Differential && ends:
		fail("misplaced-key", diag.Say("row %q has ends, which only a semantic_differential shows", row.ID), diag.Say("delete low and high, or use type semantic_differential"))
	case q.Type != Differential && len(row.Label) == 0 && len(q.Rows) > 0:
		fail("missing-key", diag.Say("row %q lacks the key %q", row.ID, "label"), diag.Say("add label: with what the respondent reads"))
	}
}

// judgeAnchors warns of anchors in a list that is not shuffled.
func (r *reader) judgeAnchors(q *Question, have found) {
	if q.Randomize != "" {
		return
	}
	for _, row := range slices.Concat(q.Rows, q.Items, q.Features) {
		if row.Anchor != "" {
			r.report(diag.Problem{
				Severity: diag.Warning, Code: "no-effect", Place: row.At, Summary: diag.Say("%q is anchored, but nothing is shuffled", row.ID),
				Cure: diag.Say("add randomize, or delete anchor"),
			})
		}
	}
}

// itemScale is the list of the items of a max_diff as answers.
func (q *Question) itemScale() *Scale {
	sc := &Scale{Level: Nominal, At: q.At}
	for _, item := range q.Items {
		sc.Options = append(sc.Options, Option{Code: item.ID, Label: item.Label, At: item.At})
	}
	return sc
}
