package survey

// ComplaintRules are the limits by which complaints are judged.
type ComplaintRules struct {
	CloseDays int // a complaint is closed in time within so many days, 0 for 15
}

var complaintRuleKeys = []key[ComplaintRules]{
	{"close_days", "days within which a complaint is to be closed", whole(func(c *ComplaintRules) *int { return &c.CloseDays }, 1, 3650), optional},
}
