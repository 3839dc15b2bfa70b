package measure

import "manyi/internal/survey"

func (w *wave) twoFactor(_ survey.Analysis, _ groups) []Analysis { return nil }
