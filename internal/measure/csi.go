package measure

import "manyi/internal/survey"

func (w *wave) csi(_ survey.Analysis, _ groups) []Analysis { return nil }
