package site

import (
	"cmp"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Data is a survey with its responses, for who hands them on.
type Data struct {
	Survey    *survey.Survey
	Sources   []table.Source
	Options   table.Options
	Workspace *survey.Workspace

	builder *builder
	inputs  *inputs
}

// OpenData finds the responses of a survey as a build does; nil where its
// definition has an error. Close it when the sources are read.
func OpenData(dir, id string, opt Options, problems *diag.List) (*Data, error) {
	b, err := open(dir, opt, problems)
	if err != nil || b == nil {
		return nil, err
	}
	in, err := b.inputs(id)
	if err != nil {
		b.close()
		return nil, err
	}
	s := survey.Parse(b.files, "surveys/"+id, b.site, problems)
	if s == nil || problems.Has(diag.Error) {
		b.close()
		return nil, nil
	}
	d := &Data{Survey: s, Workspace: b.site, Options: b.readOptions(s, problems), builder: b, inputs: in}
	d.Sources = b.sources(s, in, problems)
	b.tellSkipped(in, problems)
	return d, nil
}

// Close closes the workspace.
func (d *Data) Close() { d.builder.close() }

// Measure reads all answers and measures them as a build does; nil where the
// answers have an error.
func (d *Data) Measure(problems *diag.List) (*measure.Results, []measure.Counted, error) {
	answers, err := table.Read(d.Survey.Schema(), d.Sources, d.Options, problems)
	if err != nil || problems.Has(diag.Error) {
		return nil, nil, err
	}
	ledgers, err := d.builder.ledgers(d.Survey, d.inputs, problems)
	if err != nil || problems.Has(diag.Error) {
		return nil, nil, err
	}
	forgetCalculated(d.Survey, answers)
	opt := measure.Options{
		MinCell: cmp.Or(max(d.Survey.Report.MinCell, d.Workspace.MinCell), 5), AsOf: d.builder.asOf(d.Survey, answers, ledgers), Ledgers: ledgers, Problems: problems,
	}
	results := measure.Compute(d.Survey, answers, opt)
	return results, measure.CountedRows(d.Survey, answers, opt), nil
}
