package exporter

func (x *export) tripleS() error  { return nil }
func (x *export) ddi() error      { return nil }
