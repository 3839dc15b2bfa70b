package measure

import "manyi/internal/survey"

func (w *wave) reliability(_ survey.Analysis, _ groups) []Analysis { return nil }
