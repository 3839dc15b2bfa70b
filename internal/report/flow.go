package report

func (b *builder) flow() []*Page { return nil }
