package measure

import "manyi/internal/survey"

func (w *wave) crosstab(_ survey.Analysis, _ groups) []Analysis { return nil }
