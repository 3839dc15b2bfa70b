package report

func (b *builder) loop() []*Page { return nil }
