package survey

import "manyi/internal/diag"

var methodTitles = map[string]diag.Phrase{
	"csat":                   diag.Say("CSAT"),
	"ces":                    diag.Say("customer effort"),
	"nps":                    diag.Say("NPS"),
	"competitors":            diag.Say("comparison with competitors"),
	"crosstab":               diag.Say("crosstabs"),
	"customers":              diag.Say("customers by value"),
	"csi":                    diag.Say("satisfaction index"),
	"drivers":                diag.Say("drivers"),
	"enterprise":             diag.Say("enterprise indicators"),
	"gap":                    diag.Say("expectation gaps"),
	"importance_performance": diag.Say("status matrix"),
	"kano":                   diag.Say("Kano"),
	"loyalty":                diag.Say("loyalty"),
	"path_model":             diag.Say("path model"),
	"penalty_reward":         diag.Say("penalty and reward"),
	"reliability":            diag.Say("reliability"),
	"service_evaluation":     diag.Say("service evaluation"),
	"two_factor":             diag.Say("two factors"),
	"verbatim":               diag.Say("answers in words"),
	"complaints":             diag.Say("complaints"),
}

// MethodName is what lists call the method of an analysis; complaints is that of forms of complaint.
func MethodName(method string) diag.Phrase {
	if p, ok := methodTitles[method]; ok {
		return p
	}
	return diag.Say("%s", method)
}
