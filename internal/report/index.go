package report

func (b *builder) indices() *Page { return nil }
