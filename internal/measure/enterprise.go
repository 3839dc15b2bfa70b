package measure

import "manyi/internal/survey"

func (w *wave) enterprise(_ survey.Analysis, _ groups) []Analysis { return nil }
