package report

func (b *builder) kano() *Page { return nil }
