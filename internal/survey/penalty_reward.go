package survey

// PenaltyReward is the settings of method penalty_reward.
type PenaltyReward struct{}

var penaltyRewardMethod = method{name: "penalty_reward", later: true, keys: []key[analysisDraft]{
	{"outcome", "what is explained", reference(), required},
	itemsKey,
	{"low", "codes that count as low", formed(either(plainShape("code"), listOf(plainShape("code"))), readCodeList), optional},
	{"high", "codes that count as high", formed(either(plainShape("code"), listOf(plainShape("code"))), readCodeList), optional},
	{"cut", "smallest asymmetry that is named", share(), optional},
}}
