package site

import (
	"cmp"
	"io/fs"
	"maps"
	"path"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// complaintsLedger is where the answers to complaint forms go.
const complaintsLedger = "complaints"

// addForm adds the files of a complaint form to those a survey is built from.
func (b *builder) addForm(in *inputs, id string) error {
	if id == "" || in.form == id {
		return nil
	}
	other, err := b.inputs(id)
	if err != nil {
		return err
	}
	in.form, in.answers = id, other
	maps.Copy(in.hashes, other.hashes)
	return nil
}

// formOf is the survey whose answers are complaints of s beside its ledger; ""
// without.
func formOf(s *survey.Survey) string { return s.Ledgers[complaintsLedger].From }

// formSources are the answers that are records of the ledger of complaints: to
// the survey itself where it is a form, and to the form that it takes them from.
func (b *builder) formSources(s *survey.Survey, in *inputs, problems *diag.List) []ledger.Source {
	var out []ledger.Source
	if s.Kind == survey.ComplaintKind {
		out = b.answersOf(s, in)
	}
	m := s.Ledgers[complaintsLedger]
	if m.From == "" || m.From == s.ID || in.answers == nil {
		return out
	}
	form := survey.Parse(b.files, "surveys/"+m.From, b.site, &diag.List{}) // its faults are told with itself
	if form == nil || form.Kind != survey.ComplaintKind {
		problems.Add(diag.Problem{
			Severity: diag.Error, Code: "unknown-name", Place: m.FromAt, Summary: diag.Say("there is no complaint form %q", m.From),
			Cure: diag.Say("name a survey that has kind: complaint"),
		})
		return out
	}
	return append(out, b.answersOf(form, in.answers)...)
}

// answersOf are the response files of a form, read as records. Answers that were
// withdrawn are none, and codes of a wave mean what they mean in its answers.
func (b *builder) answersOf(form *survey.Survey, in *inputs) []ledger.Source {
	var forgotten func(id string) bool
	if data, err := fs.ReadFile(b.files, path.Dir(form.File)+"/responses/"+table.TombstoneFile); err == nil {
		gone, _ := table.Tombstones(data) // a damaged list is told where the answers are read
		forgotten = func(id string) bool { return gone[table.Tombstone(form.ID, id)] }
	}
	var out []ledger.Source
	for _, file := range b.sources(form, in, &diag.List{}) { // what is wrong with them is told where they are read as answers
		m := form.FormMapping(file.Encoding, file.Columns)
		m.Codes = waveCodes(m, file.Codes)
		out = append(out, ledger.Source{
			Ledger: complaintsLedger, Form: m, Forgotten: forgotten, Source: table.Source{Name: file.Name, Open: file.Open},
		})
	}
	return out
}

// waveCodes are the codes of a mapping with those of a wave, whose questions are
// columns of the ledger by the mapping or by their own name. What stands under
// ledgers is the last word.
func waveCodes(m *ledger.Mapping, wave map[string]map[string]table.Recode) map[string]map[string]string {
	out := map[string]map[string]string{}
	for question, codes := range wave {
		column := cmp.Or(m.Columns[question], question)
		out[column] = map[string]string{}
		for from, to := range codes {
			out[column][from] = to.Code // "" where it says why nothing is there
		}
	}
	for column, codes := range m.Codes {
		if out[column] == nil {
			out[column] = map[string]string{}
		}
		maps.Copy(out[column], codes)
	}
	return out
}
