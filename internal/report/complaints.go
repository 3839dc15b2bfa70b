package report

func (b *builder) complaints() *Page { return nil }
