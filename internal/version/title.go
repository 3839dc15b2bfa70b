package version

import "manyi/internal/diag"

// Phrase is the part in words.
func (p Part) Phrase() diag.Phrase {
	switch p {
	case Whole:
		return diag.Say("survey")
	case Page:
		return diag.Say("page")
	case Question:
		return diag.Say("question")
	case Row:
		return diag.Say("part")
	case Answer:
		return diag.Say("answer")
	case Hidden:
		return diag.Say("hidden column")
	case Calculated:
		return diag.Say("calculated column")
	case Ending:
		return diag.Say("ending")
	case Analysis:
		return diag.Say("analysis")
	case Facet:
		return diag.Say("part of an index")
	}
	return diag.Say("%s", string(p))
}

// Phrase is the kind in words.
func (k Kind) Phrase() diag.Phrase {
	switch k {
	case Added:
		return diag.Say("added")
	case Removed:
		return diag.Say("removed")
	case Renamed:
		return diag.Say("renamed")
	case Reused:
		return diag.Say("id used for something else")
	case Moved:
		return diag.Say("moved")
	case Wording:
		return diag.Say("other words")
	case Scale:
		return diag.Say("another scale")
	case Direction:
		return diag.Say("another direction")
	case Codes:
		return diag.Say("codes mean something else")
	case Routing:
		return diag.Say("asked of other people")
	case Type:
		return diag.Say("another type")
	case Weights:
		return diag.Say("other weights")
	}
	return diag.Say("changed")
}

// Title is a change in one line: what, which, how.
func (x *Change) Title() diag.Phrase {
	if x.Key == "" {
		return diag.Say("%s %q: %s", x.Part.Phrase(), x.Item, x.Kind.Phrase())
	}
	return diag.Say("%s %q: %s (%s)", x.Part.Phrase(), x.Item, x.Kind.Phrase(), x.Key)
}
