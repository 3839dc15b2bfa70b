package measure

import (
	"math"

	"manyi/internal/survey"
)

// Economics is what loyalty is worth under the inputs of the author (METHODS
// A109, B10). With margin m a year, retention r and discount d:
//
//	factor   r/(1+d−r)      current  m·factor: the margins of the years to come, if nothing changes
//	new      m·(1+d)/(1+d−r): a new customer's margins, the first at once
//	potential referrals·conversion·new + cross_value·cross_chance
//
// Source: Gupta and Lehmann, Journal of Interactive Marketing 17(1), 2003.
type Economics struct {
	Margin      Number        `json:"margin"`
	Retention   Number        `json:"retention"`
	Discount    Number        `json:"discount"`
	Factor      Number        `json:"factor"`
	Current     Number        `json:"current"`
	New         Number        `json:"new"`
	Potential   Number        `json:"potential"`
	Lift        Number        `json:"lift"`
	Lifted      Number        `json:"lifted"`      // current at retention + lift
	LiftPercent Number        `json:"lift_change"` // share by which current grows
	KeepCost    Number        `json:"keep_cost"`   // present value of the yearly cost of keeping
	Payback     Number        `json:"payback"`     // years until the margin has paid for winning the customer
	WinBack     Number        `json:"win_back"`    // new less the cost of winning back
	Acquire     Number        `json:"acquire"`     // new less the cost of winning
	Total       Number        `json:"total"`       // current of all customers
	TotalLift   Number        `json:"total_lift"`  // how much it grows by the lift
	Sensitivity []Sensitivity `json:"sensitivity"`
}

// Sensitivity is the current value at another retention and discount.
type Sensitivity struct {
	Retention Number `json:"retention"`
	Discount  Number `json:"discount"`
	Factor    Number `json:"factor"`
	Current   Number `json:"current"`
}

// valueFactor is r/(1+d−r): the years of margin that a customer still brings,
// NaN where retention does not fade (d = 0, r = 1).
func valueFactor(r, d float64) float64 {
	if !(1+d-r > 0) {
		return math.NaN()
	}
	return r / (1 + d - r)
}

func givenOr(p *float64, otherwise float64) float64 {
	if p == nil {
		return otherwise
	}
	return *p
}

const (
	defaultDiscount = 0.1
	defaultLift     = 0.05
)

func economics(e *survey.Economics) *Economics {
	if e == nil || e.Margin == nil || e.Retention == nil {
		return nil
	}
	nan := math.NaN()
	m, r, d, lift := *e.Margin, *e.Retention, givenOr(e.Discount, defaultDiscount), givenOr(e.Lift, defaultLift)
	factor, lifted := valueFactor(r, d), valueFactor(math.Min(r+lift, 1), d)
	fresh := m * (1 + factor)
	out := &Economics{
		Margin: Number(m), Retention: Number(r), Discount: Number(d), Factor: Number(factor), Current: Number(m * factor), New: Number(fresh),
		Potential: Number(potentialValue(e.Referrals, e.Conversion, e.CrossValue, e.CrossChance, fresh)),
		Lift:      Number(lift), Lifted: Number(m * lifted), LiftPercent: Number(lifted/factor - 1),
		KeepCost: Number(givenOr(e.RetentionCost, nan) * factor), Payback: Number(givenOr(e.AcquisitionCost, nan) / m),
		Acquire: Number(fresh - givenOr(e.AcquisitionCost, nan)), WinBack: Number(fresh - givenOr(e.WinBackCost, nan)),
		Total: Number(givenOr(e.Customers, nan) * m * factor), TotalLift: Number(givenOr(e.Customers, nan) * m * (lifted - factor)),
	}
	if m <= 0 {
		out.Payback = Number(nan)
	}
	for _, step := range [5]float64{-0.10, -0.05, 0, 0.05, 0.10} {
		for _, rate := range [3]float64{-0.05, 0, 0.05} {
			at, by := r+step, d+rate
			if at <= 0 || at > 1+1e-12 || by < -1e-12 {
				continue
			}
			f := valueFactor(math.Min(at, 1), math.Max(by, 0))
			out.Sensitivity = append(out.Sensitivity, Sensitivity{Number(at), Number(by), Number(f), Number(m * f)})
		}
	}
	return out
}

// potentialValue is what a customer may still bring; NaN where nothing of it is given.
func potentialValue(referrals, conversion, crossValue, crossChance *float64, fresh float64) float64 {
	if (referrals == nil || conversion == nil) && (crossValue == nil || crossChance == nil) {
		return math.NaN()
	}
	return givenOr(referrals, 0)*givenOr(conversion, 0)*fresh + givenOr(crossValue, 0)*givenOr(crossChance, 0)
}
