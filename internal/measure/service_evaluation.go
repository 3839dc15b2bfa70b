package measure

import "manyi/internal/survey"

func (w *wave) serviceEvaluation(_ survey.Analysis, _ groups) []Analysis { return nil }
