package measure

import "manyi/internal/survey"

func (w *wave) drivers(_ survey.Analysis, _ groups) []Analysis { return nil }
