package survey

// Economics is the inputs of the calculator of what loyalty is worth (METHODS
// A109, B10). Nil means not given.
type Economics struct {
	Margin          *float64 // of a customer in a year
	Retention       *float64 // share of customers that stay from one year to the next
	Discount        *float64 // a year
	Lift            *float64 // points of retention that are asked about
	AcquisitionCost *float64 // of a new customer
	RetentionCost   *float64 // of a customer in a year
	WinBackCost     *float64 // of a lost customer that returns
	Customers       *float64
	Referrals       *float64 // new prospects that a customer sends
	Conversion      *float64 // share of them that buy
	CrossValue      *float64 // margin of further products
	CrossChance     *float64
}

func (a *analysisDraft) economics() *Economics {
	if a.loyalty().Economics == nil {
		a.loyalty().Economics = &Economics{}
	}
	return a.loyalty().Economics
}

var economicsKeys = []key[Economics]{
	{"margin", "margin of a customer in a year", number(func(e *Economics) **float64 { return &e.Margin }, -maxWhole, maxWhole), required},
	{"retention", "share of customers that stay a year", number(func(e *Economics) **float64 { return &e.Retention }, 0, 1), required},
	{"discount", "rate at which later money is discounted, a year; 0.1 where nothing is said", number(func(e *Economics) **float64 { return &e.Discount }, 0, 1), optional},
	{"lift", "change of retention that is asked about; 0.05 where nothing is said", number(func(e *Economics) **float64 { return &e.Lift }, 0, 1), optional},
	{"acquisition_cost", "cost of winning a customer", number(func(e *Economics) **float64 { return &e.AcquisitionCost }, 0, maxWhole), optional},
	{"retention_cost", "cost of keeping a customer a year", number(func(e *Economics) **float64 { return &e.RetentionCost }, 0, maxWhole), optional},
	{"win_back_cost", "cost of winning back a lost customer", number(func(e *Economics) **float64 { return &e.WinBackCost }, 0, maxWhole), optional},
	{"customers", "how many customers there are", number(func(e *Economics) **float64 { return &e.Customers }, 0, maxWhole), optional},
	{"referrals", "prospects that a customer sends", number(func(e *Economics) **float64 { return &e.Referrals }, 0, maxWhole), optional},
	{"conversion", "share of these prospects that buy", number(func(e *Economics) **float64 { return &e.Conversion }, 0, 1), optional},
	{"cross_value", "margin of further products that could be sold", number(func(e *Economics) **float64 { return &e.CrossValue }, 0, maxWhole), optional},
	{"cross_chance", "chance that they are sold", number(func(e *Economics) **float64 { return &e.CrossChance }, 0, 1), optional},
}
