package report

func (b *builder) customers() *Page { return nil }
