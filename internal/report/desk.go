package report

func (b *builder) desk() *Page { return nil }
