package measure

import "manyi/internal/survey"

func (w *wave) importancePerformance(_ survey.Analysis, _ groups) []Analysis { return nil }
