package report

// flowLabel names a code of a ledger's column; none means unstated.
func (b *builder) flowLabel(column, code string) string {
	if code == "" {
		return b.say("flow.unstated")
	}
	return b.codeName(column, code)
}
