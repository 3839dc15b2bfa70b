package measure

import "manyi/internal/survey"

func (w *wave) penaltyReward(_ survey.Analysis, _ groups) []Analysis { return nil }
