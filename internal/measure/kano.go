package measure

import "manyi/internal/survey"

func (w *wave) kano(_ survey.Analysis, _ groups) []Analysis { return nil }
