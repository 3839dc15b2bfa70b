package survey

// LoopRules say how the improvement loop is followed.
type LoopRules struct {
	Units string // segment whose groups are dealers or units with a page of their own, "" for none
}

var loopRuleKeys = []key[LoopRules]{
	{"units", "segment whose groups have a page of their own: dealers, branches", str(func(l *LoopRules) *string { return &l.Units }), optional},
}
