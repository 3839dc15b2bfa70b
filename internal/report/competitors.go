package report

func (b *builder) competitors() *Page { return nil }
