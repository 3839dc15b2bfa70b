package service

// Flow is the counts of the complaint-information system, its periods, the
// schedule and the evidence.
type Flow struct{}

func flow(Input, *Results) *Flow { return nil }
