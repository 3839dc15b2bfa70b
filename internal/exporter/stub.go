package exporter

func (x *export) tripleS() error  { return nil }
func (x *export) ddi() error      { return nil }
func (x *export) surveyJS() error { return nil }
func (x *export) xlsForm() error  { return nil }
