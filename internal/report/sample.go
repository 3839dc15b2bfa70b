package report

func (b *builder) samplePage() *Page { return nil }
