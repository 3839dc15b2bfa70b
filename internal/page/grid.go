package page

import (
	"strconv"

	"manyi/internal/survey"
)

// matrix is a fieldset a row; its columns have headings where there is room,
// and a key of the numbers where there is not.
func (s Survey) matrix(c *control, q *survey.Question) error {
	c.Kind, c.Input = "matrix", "radio"
	named := q.Type == survey.MatrixMultiple || !numbered(q.Scale)
	if q.Type == survey.MatrixMultiple {
		c.Input, c.Required = "checkbox", false
		c.Least, c.Most = q.MinChoices, q.MaxChoices
		c.Hints = append(c.Hints, s.howMany(q))
	}
	if named {
		c.Look = "named"
	}
	head, err := s.options(q.Scale, "")
	if err != nil {
		return err
	}
	c.Key = head
	for i := range q.Rows {
		row, err := s.row(c, q, &q.Rows[i])
		if err != nil {
			return err
		}
		row.Options, _ = s.options(q.Scale, row.Name)
		for k, o := range row.Options {
			if q.Type == survey.MatrixMultiple {
				row.Options[k].Name, row.Options[k].Value = row.Name+"_"+o.Code, "1"
				row.Options[k].None = q.Scale.Options[k].Exclusive
			}
		}
		row.Look = c.Look
		c.Rows = append(c.Rows, row)
	}
	return nil
}

// row is the start of a row, item or feature of a question.
func (s Survey) row(c *control, q *survey.Question, r *survey.Row) (*control, error) {
	image, err := s.picture(r.Image)
	return &control{
		ID: c.ID + "-" + r.ID, Name: q.ID + "_" + r.ID, Of: r.ID, Input: c.Input, Label: s.texts(r.Label), Image: image, If: s.condition(r.ShowIf),
		Required: c.Required && r.ShowIf == nil, Must: c.Must,
	}, err
}

// numbered reports whether the answers of a scale are numbers, which a small button can show.
func numbered(sc *survey.Scale) bool { return sc != nil && sc.Values() != nil }

// dual asks every row on two scales, side by side where there is room.
func (s Survey) dual(c *control, q *survey.Question) error {
	c.Kind, c.Input = "dual", "radio"
	for _, column := range q.Columns {
		head := choice{Label: s.texts(column.Label)}
		head.Below, _ = s.options(column.Scale, "")
		c.Key = append(c.Key, head)
	}
	for i := range q.Rows {
		row, err := s.row(c, q, &q.Rows[i])
		if err != nil {
			return err
		}
		for _, column := range q.Columns {
			cell := &control{Name: row.Name + "_" + column.ID, Of: column.ID, Label: s.texts(column.Label), Required: row.Required}
			cell.Options, _ = s.options(column.Scale, cell.Name)
			if !numbered(column.Scale) {
				cell.Look = "named"
			}
			row.Rows = append(row.Rows, cell)
		}
		c.Rows = append(c.Rows, row)
	}
	return nil
}

// differential is a row of points between two opposites.
func (s Survey) differential(c *control, q *survey.Question) {
	c.Kind, c.Input = "differential", "radio"
	for i := range q.Rows {
		r := &q.Rows[i]
		row, _ := s.row(c, q, r)
		row.Low, row.High = s.texts(r.Low), s.texts(r.High)
		row.Options, _ = s.options(q.Scale, row.Name)
		c.Rows = append(c.Rows, row)
	}
}

// kano asks two questions about each feature: if it is there, and if it is not.
func (s Survey) kano(c *control, q *survey.Question) error {
	c.Kind, c.Input = "kano", "radio"
	for i := range q.Features {
		f := &q.Features[i]
		row, err := s.row(c, q, f)
		if err != nil {
			return err
		}
		for _, end := range []struct {
			suffix, key string
			own         survey.Text
		}{{"f", "ask.kano_with", f.Functional}, {"d", "ask.kano_without", f.Dysfunctional}} {
			half := &control{Name: row.Name + "_" + end.suffix, Of: end.suffix, Input: "radio", Label: s.words(end.key), Required: row.Required}
			if len(end.own) > 0 {
				half.Label = s.texts(end.own)
			}
			half.Options, _ = s.options(q.Scale, half.Name)
			row.Rows = append(row.Rows, half)
		}
		c.Rows = append(c.Rows, row)
	}
	return nil
}

// tasks are the sets of a max_diff: in each, the best and the worst item.
func (s Survey) tasks(c *control, q *survey.Question) {
	c.Kind, c.Input = "tasks", "radio"
	c.High, c.Low = s.words("ask.best"), s.words("ask.worst")
	if len(q.HighEnd) > 0 {
		c.High = s.texts(q.HighEnd)
	}
	if len(q.LowEnd) > 0 {
		c.Low = s.texts(q.LowEnd)
	}
	labels := map[string][]said{}
	for _, item := range q.Items {
		labels[item.ID] = s.texts(item.Label)
	}
	for i, set := range q.Design() {
		n := strconv.Itoa(i + 1)
		row := &control{
			ID: c.ID + "-" + n, Name: q.ID + "_t" + n, Of: n, Required: c.Required,
			Label: s.words("ask.task", "n", i+1, "all", q.Tasks), Low: c.Low, High: c.High,
		}
		for _, id := range set {
			row.Options = append(row.Options, choice{Name: row.Name, Value: id, Code: id, Label: labels[id]})
		}
		c.Rows = append(c.Rows, row)
	}
}

// items are ranked by a select each, weighed by a number each, or written.
func (s Survey) items(c *control, q *survey.Question) error {
	c.Kind = string(q.Type)
	ranks := len(q.Items)
	if q.MaxChoices > 0 {
		ranks = q.MaxChoices
	}
	switch q.Type {
	case survey.Ranking:
		if ranks < len(q.Items) {
			c.Hints = append(c.Hints, s.words("ask.rank_some", "n", ranks))
		} else {
			c.Hints = append(c.Hints, s.words("ask.rank_all", "n", ranks))
		}
	case survey.ConstantSum:
		c.Min, c.Max, c.Step, c.Total, c.Units = plain(q.Min), plain(q.Max), "any", plain(q.Total), s.texts(q.Unit)
		if q.Integer {
			c.Step = "1"
		}
		c.Hints = append(c.Hints, s.words("ask.total", "total", c.Total))
	}
	for i := range q.Items {
		row, err := s.row(c, q, &q.Items[i])
		if err != nil {
			return err
		}
		row.Min, row.Max, row.Step, row.Units, row.MaxLength = c.Min, c.Max, c.Step, c.Units, c.MaxLength
		if q.Type == survey.Ranking {
			for rank := range ranks {
				n := strconv.Itoa(rank + 1)
				row.Options = append(row.Options, choice{Value: n, In: picked{Text: n}})
			}
		}
		c.Rows = append(c.Rows, row)
	}
	return nil
}

