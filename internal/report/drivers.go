package report

func (b *builder) drivers() *Page { return nil }
