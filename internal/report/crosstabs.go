package report

func (b *builder) crosstabs() *Page { return nil }
