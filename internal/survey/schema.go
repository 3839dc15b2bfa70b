package survey

import (
	"cmp"
	"math"
	"regexp"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// Schema returns what the definition says about the data columns: those of
// the questions in their order, then the hidden ones, then columns of the data
// that only a derived column or accounts name and the metadata that the filter
// reads. Calculated and derived columns are computed and have no field.
func (s *Survey) Schema() *table.Schema {
	out := &table.Schema{Survey: s.ID, Version: s.Version}
	have := map[string]bool{}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			out.Fields = append(out.Fields, q.fields()...)
		}
	}
	for _, h := range s.Hidden {
		out.Fields = append(out.Fields, h.field())
	}
	for _, f := range out.Fields {
		have[f.ID] = true
	}
	for _, c := range s.Calculated {
		out.Computed = append(out.Computed, c.ID)
	}
	if f := s.Report.Filter; f != nil {
		for _, name := range f.Names {
			if meta, ok := metaFields[name]; ok {
				out.Fields = append(out.Fields, meta)
			}
		}
	}
	for _, d := range s.Derived {
		if d.foreign && !have[d.From] {
			have[d.From] = true
			out.Fields = append(out.Fields, d.foreignField())
		}
	}
	out.Fields = append(out.Fields, s.oldFields(out.Fields)...)
	s.keepKeys(out)
	s.markTopics(out)
	if s.Accounts != nil {
		for _, id := range s.Accounts.foreign {
			if !have[id] {
				have[id] = true
				out.Fields = append(out.Fields, table.Field{ID: id, Kind: table.Open, Rule: s.Accounts.At})
			}
		}
	}
	return out
}

func (q *Question) fields() []table.Field {
	if q.Type.several() {
		return q.partFields()
	}
	switch {
	case q.Type == Note:
		return nil
	case q.Type == Number || q.Type == Slider:
		return []table.Field{bounded(q.ID, q.At, q.Min, q.Max, q.Integer)}
	case q.Type == Date || q.Type == Time: // few enough to be kept, and compared
		return []table.Field{{ID: q.ID, Kind: table.Open, Length: q.Length(), Pattern: q.Type.Pattern(), Rule: q.At}}
	case q.Type.written():
		return []table.Field{{ID: q.ID, Kind: table.Text, Length: q.Length(), Pattern: q.Type.Pattern(), Rule: q.At}}
	}
	f := q.Scale.field(q.ID)
	f.Rule = q.At
	return append([]table.Field{f}, q.writeIns()...)
}

// ColumnIDs are the data columns of the question.
func (q *Question) ColumnIDs() []string {
	var out []string
	for _, f := range q.fields() {
		out = append(out, f.ID)
	}
	return out
}

// partFields are the columns of a question of several.
func (q *Question) partFields() []table.Field {
	if q.Type == MultipleChoice {
		return q.ticks()
	}
	var out []table.Field
	one, most := 1.0, float64(len(q.Items))
	if q.MaxChoices > 0 {
		most = float64(q.MaxChoices)
	}
	row := ""
	for _, c := range q.parts() {
		f := c.scale.field(c.id)
		switch {
		case c.role == group: // a row of ticks
			row = c.id
			continue
		case c.role == tick:
			f = table.Field{ID: c.id, Kind: table.Tick, Question: row, Option: c.id[len(row)+1:]}
		case c.text:
			f = table.Field{ID: c.id, Kind: table.Text, Length: q.Length()}
		case q.Type == Ranking:
			f = bounded(c.id, c.at, &one, &most, true)
		case c.number:
			f = bounded(c.id, c.at, q.Min, cmp.Or(q.Max, q.Total), q.Integer)
		}
		f.Rule = c.at
		out = append(out, f)
	}
	return out
}

// bounded is a column of numbers.
func bounded(id string, at diag.Place, low, high *float64, integer bool) table.Field {
	f := table.Field{ID: id, Kind: table.Number, Min: math.NaN(), Max: math.NaN(), Integer: integer, Rule: at}
	if low != nil {
		f.Min = *low
	}
	if high != nil {
		f.Max = *high
	}
	return f
}

// field is a column with the answers of sc; a nil scale, which an error was given for, has none.
func (sc *Scale) field(id string) table.Field {
	f := table.Field{ID: id, Kind: table.Choice}
	if sc == nil {
		return f
	}
	f.Codes = sc.Codes()
	for _, o := range sc.Options {
		if o.Missing == table.Answered {
			continue
		}
		if f.Missing == nil {
			f.Missing = map[string]table.Reason{}
		}
		f.Missing[o.Code] = o.Missing
	}
	return f
}

func (q *Question) ticks() []table.Field {
	if q.Scale == nil {
		return nil
	}
	var out []table.Field
	for _, o := range q.Scale.Options {
		out = append(out, table.Field{
			ID: q.ID + "_" + o.Code, Kind: table.Tick, Question: q.ID, Option: o.Code, Rule: o.At,
		})
	}
	return append(out, q.writeIns()...)
}

// writeIns are the texts beside the options of the question's own list.
func (q *Question) writeIns() []table.Field {
	var out []table.Field
	if q.Scale == nil || q.Scale.ID != "" && q.Type != MultipleChoice {
		return nil
	}
	for _, o := range q.Scale.Options {
		if o.WriteIn {
			out = append(out, table.Field{ID: q.ID + "_" + o.Code + "_text", Kind: table.Text, Rule: o.At})
		}
	}
	return out
}

// field is the column of h. One that identifies a person is a text: its values are not kept in memory.
func (h *Hidden) field() table.Field {
	f := table.Field{ID: h.ID, Kind: table.Open, Rule: h.At}
	if len(h.Options) > 0 {
		f = (&Scale{Options: h.Options}).field(h.ID)
		f.Rule = h.At
		return f
	}
	if h.Pattern != "" {
		f.Pattern, _ = regexp.Compile(h.Pattern) // judged when read
	}
	if h.PII {
		f.Kind = table.Text
	}
	return f
}

// foreignField is a column that only the derived column d names: numbers for bands of numbers, else codes.
func (d *Derived) foreignField() table.Field {
	f := table.Field{ID: d.From, Kind: table.Open, Rule: d.At}
	for _, b := range d.Bands {
		if b.Codes == nil {
			f.Kind, f.Min, f.Max = table.Number, math.NaN(), math.NaN()
		}
	}
	return f
}

// PageFields is how many fields of the schema, the first, are of questions on pages.
func (s *Survey) PageFields() int {
	n := 0
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			n += len(q.fields())
		}
	}
	return n
}
