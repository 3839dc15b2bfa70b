package survey

// DeskRules are the limits by which tickets and visits are judged.
type DeskRules struct {
	OnTimeHours int // a ticket is served in time within so many hours, 0 for 24
}

var deskRuleKeys = []key[DeskRules]{
	{"on_time_hours", "hours within which somebody is at the customer's", whole(func(d *DeskRules) *int { return &d.OnTimeHours }, 1, 87600), optional},
}
