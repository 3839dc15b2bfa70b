package measure

import "manyi/internal/survey"

func (w *wave) pathModel(_ survey.Analysis, _ groups) []Analysis { return nil }
