package report

func (b *builder) gaps() *Page { return nil }
