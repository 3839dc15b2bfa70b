package survey

import (
	"maps"
	"slices"

	"manyi/internal/diag"
	"manyi/internal/ledger"
)

// The kinds of survey. The answers to a complaint form are records of the ledger
// of complaints (METHODS A16); in every other way it is a survey.
const (
	SurveyKind    = "survey"
	ComplaintKind = "complaint"
)

// complaintsLedger is where the answers to a complaint form go.
const complaintsLedger = "complaints"

// FormMapping says how an answer to the complaint form becomes a record: the
// case number is its id, received when it was sent; a question is the column of
// the same name, unless columns of ledgers: says otherwise.
// The encoding and the columns of its file are those of the wave that names it.
func (s *Survey) FormMapping(encoding string, wave map[string]string) *ledger.Mapping {
	m := s.Ledgers[complaintsLedger]
	own := map[string]string{"_id": "id", "_submitted": "received"}
	maps.Copy(own, m.Columns)
	columns := maps.Clone(own)
	for file, column := range wave {
		delete(columns, column)
		columns[file] = column
		if to, ok := own[column]; ok {
			columns[file] = to
		}
	}
	m.Columns, m.Encoding, m.Dates = columns, encoding, ""
	return &m
}

// judgeComplaint checks that a complaint form can become records.
func (r *reader) judgeComplaint(s *Survey, have found) {
	kind := have["kind"].value
	if s.Kind != ComplaintKind || kind == nil {
		return
	}
	known := ledger.ColumnNames(complaintsLedger)
	m := s.Ledgers[complaintsLedger]
	takes := func(column string) bool {
		if m.Set[column] != "" {
			return true
		}
		for id := range r.def.columns {
			c := r.def.columns[id]
			if to, ok := m.Columns[c.id]; ok && to == column || !ok && c.id == column && c.role != silent {
				return true
			}
		}
		return false
	}
	var has []string
	for _, column := range known {
		if takes(column) {
			has = append(has, column)
		}
	}
	for _, column := range []string{"id", "received"} {
		if c := r.def.column(column); c != nil && m.Columns[c.id] == "" {
			r.breaks(kind, c.at, "reserved", diag.Say("call the question otherwise, such as happened; the program fills %s of each complaint", column), diag.Say("the complaint form has a question %q, which is the program's", column))
		}
	}
	if !slices.Contains(has, "kind") {
		r.fail(kind, "incomplete", diag.Say("add a question kind with the codes goods and service, or ledgers: {complaints: {set: {kind: goods}}}"), diag.Say("the complaint form does not say whether it is about goods or a service"))
	}
	if !slices.Contains(has, "description") {
		r.fail(kind, "incomplete", diag.Say("add a question description, or map one under ledgers: complaints: columns"), diag.Say("the complaint form has no question for what happened"))
	}
}
