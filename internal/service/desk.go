package service

// Desk is what tickets, visits, suggestions, lost customers, sources and the
// survey's own questions about problems say.
type Desk struct{}

func desk(Input) *Desk { return nil }
