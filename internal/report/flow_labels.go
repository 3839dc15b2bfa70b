package report

import "slices"

// flowLabel names a code of a ledger's column: by the hidden field, question or
// scale of the survey that is called like the column, else the code itself.
func (b *builder) flowLabel(column, code string) string {
	if code == "" {
		return b.say("flow.unstated")
	}
	if item, ok := b.survey.Item(column); ok && item.Scale != nil && slices.Contains(item.Scale.Codes(), code) {
		return b.optionLabel(item.Scale, code)
	}
	if sc := b.survey.Scales[column]; sc != nil {
		return b.optionLabel(sc, code)
	}
	return isolated(code)
}
