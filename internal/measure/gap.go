package measure

import "manyi/internal/survey"

func (w *wave) gap(_ survey.Analysis, _ groups) []Analysis { return nil }
