package measure

// unasked adds the analyses that need no entry in the definition: the
// reliability of the batteries, what the sample stands for, the accounts,
// the improvement list.
func (w *wave) unasked(b *Block) {
	if r := w.batteries(); r != nil {
		b.Analyses["batteries"] = r
	}
	b.Analyses["sample"] = w.sample()
	if a := w.accounts(); a != nil {
		b.Analyses["accounts"] = a
	}
	if l := w.weakItems(b); l != nil {
		b.Analyses["weak_items"] = l
	}
}
