package measure

import "manyi/internal/survey"

func (w *wave) competitors(_ survey.Analysis, _ groups) []Analysis { return nil }
