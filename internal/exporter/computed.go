package exporter

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/table"
)

// missingMark begins a cell that says why there is no answer; an answer that
// begins with it has it twice.
const missingMark = "~"

// computed writes the rows that figures are made of with every column that is
// measured: a text column only says whether there is a text. Mark is what a
// cell without an answer begins with, its reason behind it; "" leaves it empty.
// With Labels, columns that make groups have labels; ratings stay numbers, to be computed with.
func (x *export) computed(name, mark string) error {
	_, waves, err := x.Measure()
	if err != nil || waves == nil {
		return err
	}
	return x.file(name, func(to io.Writer) error { return x.writeComputed(to, waves, mark) })
}

func (x *export) writeComputed(to io.Writer, waves []measure.Counted, mark string) error {
	ids := x.computedColumns(waves)
	var labels map[string]map[string]string
	if x.opt.Labels && mark == "" {
		labels = x.groupLabels()
	}
	w := bufio.NewWriterSize(to, 1<<16)
	line := []byte("wave_,weight_")
	for _, id := range ids {
		line = appendCell(append(line, ','), id)
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return err
	}
	for _, wave := range waves {
		if x.opt.Wave != "" && x.opt.Wave != wave.ID {
			continue
		}
		columns := make([]*table.Column, len(ids))
		for i, id := range ids {
			columns[i] = wave.Columns[id]
		}
		for row := range wave.Rows {
			x.sum.Rows++
			weight := 1.0
			if wave.Weights != nil {
				weight = wave.Weights[row]
			}
			line = appendCell(line[:0], wave.ID)
			line = strconv.AppendFloat(append(line, ','), weight, 'g', -1, 64)
			for i, c := range columns {
				line = appendComputed(append(line, ','), c, row, mark, labels[ids[i]])
			}
			if _, err := w.Write(append(line, '\n')); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// computedColumns are the columns that some wave has, those of the definition first, personal ones left out.
func (x *export) computedColumns(waves []measure.Counted) []string {
	var order []string
	for _, c := range x.columns {
		if !c.Meta {
			order = append(order, c.ID)
		}
	}
	for _, c := range x.Survey.Calculated {
		order = append(order, c.ID)
	}
	for _, d := range x.Survey.Derived {
		order = append(order, d.ID)
	}
	return slices.DeleteFunc(order, func(id string) bool {
		return !slices.ContainsFunc(waves, func(w measure.Counted) bool { c := w.Columns[id]; return c != nil && !c.Absent })
	})
}

// groupLabels are the labels of the codes of every column that is not rated.
func (x *export) groupLabels() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, c := range x.columns {
		if c.Field.Kind != table.Choice || c.Item.Rated() {
			continue
		}
		all[c.ID] = map[string]string{}
		for _, o := range c.options() {
			all[c.ID][o.Code] = x.labelOf(c, o.Code)
		}
	}
	for _, d := range x.Survey.Derived {
		all[d.ID] = map[string]string{}
		for _, b := range d.Bands {
			all[d.ID][b.Code] = x.text(b.Label)
		}
	}
	return all
}

func appendComputed(to []byte, c *table.Column, row int, mark string, labels map[string]string) []byte {
	why := table.NotShown
	switch {
	case c == nil || c.Absent:
	case c.Field.Kind == table.Number:
		var v float64
		if v, why = c.Number(row); why == table.Answered {
			return strconv.AppendFloat(to, v, 'g', -1, 64)
		}
	default:
		var code int
		if code, why = c.Code(row); why != table.Answered {
			break
		}
		if c.Field.Kind == table.Text {
			return append(to, '1')
		}
		text := c.Codes[code]
		if label := labels[text]; label != "" {
			return appendQuoted(to, table.Guard(label))
		}
		if mark != "" && strings.HasPrefix(text, mark) {
			text = mark + text
		}
		if !integer.MatchString(text) {
			return appendQuoted(to, table.Guard(text))
		}
		return append(to, text...)
	}
	if mark == "" {
		return to
	}
	return append(append(to, mark...), why.String()...)
}
