package measure

import "manyi/internal/survey"

func (w *wave) loyalty(_ survey.Analysis, _ groups) []Analysis { return nil }
