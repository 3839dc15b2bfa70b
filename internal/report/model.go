package report

func (b *builder) model() *Page { return nil }
