package report

func (b *builder) loyalty() *Page { return nil }
