package report

func (b *builder) priorities() *Page { return nil }
